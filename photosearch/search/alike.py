"""Near-duplicates among the photos of an answer, folded under the best of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_BITS = 6  # of the 64 of two perceptual hashes that may differ
_COSINE = 0.95  # of two vectors, at least: a hash alone takes one plain wall for another


def fold(
    photo_ids: Sequence[int], vectors: Floats, hashes: Mapping[int, int | None]
) -> dict[int, tuple[int, ...]]:
    """The photos that stay, in order, each with those after it that show nearly the same picture.
    Each of these is compared with the photo that it is folded under, never with a third.

    `vectors`: unit, float32 (n, dimension); `hashes`: perceptual hashes, signed 64 bits (None:
    a picture too plain to have one).
    """
    signs = [hashes.get(photo_id) for photo_id in photo_ids]
    known = np.array([sign is not None for sign in signs])
    bits = np.array([sign or 0 for sign in signs], np.int64).view(np.uint64)
    left = np.ones(len(photo_ids), np.bool_)
    kept: dict[int, tuple[int, ...]] = {}
    for place, photo_id in enumerate(photo_ids):
        if not left[place]:
            continue
        left[place] = False
        near = np.zeros(0, np.int64)
        if known[place]:
            near = np.flatnonzero(left & known & (_ones(bits ^ bits[place]) <= _BITS))
            near = near[vectors[near] @ vectors[place] >= _COSINE]
            left[near] = False
        kept[photo_id] = tuple(photo_ids[other] for other in near.tolist())
    return kept


def _ones(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.intp]:
    """How many bits are set in each value."""
    counted: npt.NDArray[np.intp] = np.unpackbits(values.view(np.uint8).reshape(-1, 8), axis=1).sum(
        axis=1
    )
    return counted

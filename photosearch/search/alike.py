"""Near-duplicates among the photos of an answer, folded under the best of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_BITS = 6  # of the 64 of two perceptual hashes that may differ
_ROWS = 256  # photos that are compared with all others at once
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
    known = np.array([sign is not None for sign in signs], np.bool_)
    bits = np.array([sign or 0 for sign in signs], np.int64).view(np.uint64)
    left = np.ones(len(photo_ids), np.bool_)
    folded: dict[int, tuple[int, ...]] = {}
    for start in range(0, len(photo_ids), _ROWS):
        rows = slice(start, start + _ROWS)
        near = np.bitwise_count(bits[rows, None] ^ bits) <= _BITS
        near &= known[rows, None] & known
        near &= vectors[rows] @ vectors.T >= _COSINE
        near = np.triu(near, start + 1)
        for row in np.flatnonzero(near.any(axis=1)).tolist():
            if left[start + row]:
                others = np.flatnonzero(near[row] & left)
                left[others] = False
                folded[photo_ids[start + row]] = tuple(photo_ids[n] for n in others.tolist())
    return {photo_ids[n]: folded.get(photo_ids[n], ()) for n in np.flatnonzero(left).tolist()}

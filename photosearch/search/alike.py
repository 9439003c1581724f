"""Near-duplicates among the photos of an answer, folded under the best of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

_BITS = 6  # of the 64 of two perceptual hashes that may differ
_ROWS = 256  # photos that are compared with all others at once
_COSINE = 0.95  # of two vectors, at least: a hash alone takes one plain wall for another


def fold(
    photo_ids: Sequence[int],
    vectors: Floats,
    hashes_of: Callable[[Sequence[int]], Mapping[int, int | None]],
) -> dict[int, tuple[int, ...]]:
    """The photos that stay, in order, each with those after it that show nearly the same picture.
    Each of these is compared with the photo that it is folded under, never with a third.

    `vectors`: unit, float32 (n, dimension); `hashes_of`: perceptual hashes, signed 64 bits (None:
    a picture too plain to have one), which are asked for of photos alone whose vectors are near.
    """
    count = len(photo_ids)
    asked, known = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    bits = np.zeros(count, np.uint64)
    left = np.ones(count, np.bool_)
    folded: dict[int, tuple[int, ...]] = {}
    for start in range(0, count, _ROWS):
        rows = slice(start, start + _ROWS)
        near: Mask = np.triu(vectors[rows] @ vectors.T >= _COSINE, start + 1)
        among: Mask = np.asarray(near.any(axis=0))
        among[rows] |= near.any(axis=1)
        among &= ~asked
        if among.any():
            wanted = [photo_ids[n] for n in np.flatnonzero(among).tolist()]
            hashes = hashes_of(wanted)
            signs = [hashes.get(photo_id) for photo_id in wanted]
            known[among] = [sign is not None for sign in signs]
            bits[among] = np.array([sign or 0 for sign in signs], np.int64).view(np.uint64)
            asked |= among
        near &= known[rows, None] & known
        near &= np.bitwise_count(bits[rows, None] ^ bits) <= _BITS
        for row in np.flatnonzero(near.any(axis=1)).tolist():
            if left[start + row]:
                others = np.flatnonzero(near[row] & left)
                left[others] = False
                folded[photo_ids[start + row]] = tuple(photo_ids[n] for n in others.tolist())
    return {photo_ids[n]: folded.get(photo_ids[n], ()) for n in np.flatnonzero(left).tolist()}

"""Near-duplicates of an answer are folded under the first of them, never by way of a third."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosearch.search import alike
from photosearch.search.alike import Floats, fold

HASHES = st.one_of(
    st.none(), st.sampled_from([0, -1, 2**63 - 1, -(2**63)]), st.integers(-(2**63), 2**63 - 1)
)


def plainly(
    photo_ids: Sequence[int], vectors: Floats, hashes: Mapping[int, int | None]
) -> dict[int, tuple[int, ...]]:
    """The same, photo by photo."""
    kept: dict[int, tuple[int, ...]] = {}
    place = {photo_id: at for at, photo_id in enumerate(photo_ids)}
    for photo_id in photo_ids:
        for first in kept:
            one, other = hashes[first], hashes[photo_id]
            if one is None or other is None or ((one ^ other) % 2**64).bit_count() > 6:
                continue
            if vectors[place[first]] @ vectors[place[photo_id]] >= 0.95:
                kept[first] += (photo_id,)
                break
        else:
            kept[photo_id] = ()
    return kept


@given(st.lists(st.tuples(HASHES, st.integers(0, 3), st.integers(0, 62)), max_size=40))
@pytest.mark.parametrize("rows", [1, 7, 256])
def test_it_folds_as_photo_by_photo(rows: int, photos: list[tuple[int | None, int, int]]) -> None:
    ids = [7 * number % 101 + 1 for number in range(len(photos))]
    hashes = {  # one bit of each turned: xor keeps the sign below bit 63
        photo_id: None if sign is None else sign ^ (1 << bit)
        for photo_id, (sign, _, bit) in zip(ids, photos, strict=True)
    }
    vectors = np.eye(4, dtype=np.float32)[[direction for _, direction, _ in photos]]
    asked: list[int] = []

    def hashes_of(wanted: Sequence[int]) -> Mapping[int, int | None]:
        asked.extend(wanted)
        return {photo_id: hashes[photo_id] for photo_id in wanted}

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(alike, "_ROWS", rows)
        found = fold(ids, vectors.reshape(-1, 4), hashes_of)
    assert found == plainly(ids, vectors, hashes)
    assert list(found) == [photo_id for photo_id in ids if photo_id in found]
    directions = [direction for _, direction, _ in photos]
    shared = [n for n, each in enumerate(directions) if directions.count(each) > 1]
    assert sorted(asked) == sorted(ids[n] for n in shared)  # each once, and no others

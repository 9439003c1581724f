"""What the measured facts of two photos mean, and the keys by which they are found."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageOps

from photosearch.catalog.pairs import Copy, CopyFile, Pair
from photosearch.duplicates import placing
from photosearch.duplicates.best import Judge
from photosearch.duplicates.candidates import (
    HASH_BITS,
    Candidates,
    FeatureIndex,
    HashIndex,
    ShotIndex,
    hash_rows,
    project,
)
from photosearch.duplicates.compare import Picture, compare_parts
from photosearch.duplicates.groups import make_groups, one_shot
from photosearch.duplicates.kinds import Compared, Part, Shot, Whole, evidence, gap, judge, shot
from tests.conftest import draw

SAME = Whole(0, 0.999, 0.99, 3.0, 5.0)
UNLIKE = Whole(0, 0.2, 0.1, 120.0, 200.0)
CROPPED = Part(200, False, 0.8, 0.2, (0.7, 1.0), 0.99, 0.97, (False, False))
SHIFTED = Part(200, False, 1.0, 0.2, (0.8, 0.8), 0.99, 0.97, (False, False))
NEVER = Shot()
BURST = (Shot(100.0, "Canon", True), Shot(100.4, "Canon", True))


def compared(whole: Whole = UNLIKE, part: Part | None = None, cosine: float = 0.5) -> Compared:
    return Compared(whole, True, part, cosine, (True, True), (1.0, 1.0))


def kind_of(found: Compared, first: Shot = NEVER, second: Shot = NEVER) -> str | None:
    verdict = judge(found, first, second)
    return None if verdict is None else verdict.kind


def test_the_three_kinds() -> None:
    assert kind_of(compared(SAME)) == "duplicate"
    assert kind_of(compared(part=CROPPED)) == "edited-copy"
    assert kind_of(compared(SAME), *BURST) == "similar-shot"
    assert kind_of(compared(cosine=0.9), *BURST) == "similar-shot"
    assert kind_of(compared(cosine=0.6), *BURST) is None
    assert kind_of(compared(cosine=0.99)) is None, "features alone prove nothing"


def test_frames_that_correlate_are_not_enough() -> None:
    framed = Whole(0, 0.93, 0.87, 109.0, 162.0)
    assert kind_of(compared(framed)) is None
    assert kind_of(compared(framed, part=CROPPED)) == "edited-copy"


def test_one_time_and_no_picture_within_the_other_is_a_burst() -> None:
    at_once = (Shot(100.0, "Canon"), Shot(100.0, "Canon"))
    assert kind_of(compared(part=SHIFTED), *at_once) == "similar-shot"
    assert kind_of(compared(part=CROPPED), *at_once) == "edited-copy"
    assert kind_of(compared(SAME), *at_once) == "duplicate"
    hours = (Shot(100.0, "Canon"), Shot(9999.0, "Canon"))
    assert kind_of(compared(cosine=0.95), *hours) is None


def test_times_of_one_camera_only() -> None:
    assert gap(Shot(1.0, "A"), Shot(2.0, "B")) is None
    assert gap(Shot(1.0, None), Shot(2.0, None)) is None
    assert gap(Shot(1.5, "A", True), Shot(3.0, "A", True)) == 1.5
    assert gap(Shot(1.9, "A", True), Shot(1.0, "A")) == 0, "a copy may have lost the fraction"
    assert shot("2020-01-01T00:00:01", 250, "shutter", "A").seconds == pytest.approx(
        shot("2020-01-01T00:00:01", None, "shutter", "A").seconds or 0, abs=0.3
    )
    assert shot("2020-01-01T00:00:01", None, "changed", "A").seconds is None


@settings(deadline=None)
@given(
    st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=40, unique=True),
    st.integers(0, 39),
    st.sets(st.integers(0, 63), max_size=HASH_BITS),
)
def test_all_hashes_within_reach_are_found(hashes: list[int], which: int, flips: set[int]) -> None:
    ids = np.arange(1, len(hashes) + 1)
    wanted = which % len(hashes)
    value = hashes[wanted]
    for bit in flips:
        value ^= 1 << bit if bit < 63 else -(2**63)
    ((_, found, distances),) = HashIndex(ids, hash_rows(hashes)).near(hash_rows([value]))
    known = dict(zip(found.tolist(), distances.tolist(), strict=True))
    assert known[wanted + 1] == len(flips)


def test_projected_features_keep_their_cosines() -> None:
    dice = np.random.default_rng(1)
    base = dice.random((50, 1280), dtype=np.float32)
    near = base + 0.1 * dice.standard_normal((50, 1280), dtype=np.float32)
    full = (base * near).sum(1) / np.linalg.norm(base, axis=1) / np.linalg.norm(near, axis=1)
    assert np.abs((project(base) * project(near)).sum(1) - full).max() < 0.05
    assert project(base[:, :32]).shape == (50, 256)


def test_features_of_many_photos_are_found_in_cells_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("photosearch.duplicates.candidates._MANY", 100)
    dice = np.random.default_rng(2)
    vectors = project(dice.standard_normal((600, 300), dtype=np.float32))
    vectors[300:] = project(
        vectors[:300] + 0.01 * dice.standard_normal((300, 256), dtype=np.float32)
    )
    index = FeatureIndex(np.arange(600), vectors, 600)
    found = {photo_id: ids.tolist() for photo_id, ids, _ in index.near(range(300))}
    assert sum(photo_id + 300 in ids for photo_id, ids in found.items()) > 290


def test_shots_are_found_by_camera_and_time() -> None:
    shots = {n: Shot(float(n), "A") for n in range(10)} | {10: Shot(3.0, "B"), 11: Shot()}
    index = ShotIndex(shots)
    assert set(index.near(0).tolist()) == {1, 2, 3, 4, 5}
    assert index.near(10).tolist() == index.near(11).tolist() == []


def test_candidates_are_pairs_once_with_the_least_distance() -> None:
    found = Candidates()
    found.add(2, np.array([1, 2]), [5, 0])
    found.add(1, np.array([2]), [3])
    found.add(1, np.array([2, 4]))
    assert found.pairs == {(1, 2): 3, (1, 4): None}


def copy(photo_id: int, width: int, *paths: bytes, format: str = "JPEG") -> Copy:
    files = tuple(CopyFile(path, 1, 1) for path in paths or (b"/a/%d.jpg" % photo_id,))
    content = bytes([photo_id] * 32)
    return Copy(photo_id, content, width, width, width, format, 0, 0, False, (), files, None)


def test_a_group_is_never_chained_through_a_third() -> None:
    copies = {n: copy(n, 100 - n) for n in (1, 2, 3)}
    pairs = [Pair(1, 2, "duplicate", {"why": "x"}), Pair(2, 3, "duplicate", {"why": "y"})]
    groups = make_groups(pairs, copies, Judge())
    members = [(g.keep.photo_id, [o.copy.photo_id for o in g.others]) for g in groups]
    assert members == [(1, [2]), (2, [3])]
    assert groups[0].reasons[0] == "the most pixels (99 × 99)"


@settings(deadline=None)
@given(
    st.integers(2, 12).flatmap(
        lambda count: st.sets(
            st.tuples(st.integers(1, count), st.integers(1, count)).filter(lambda p: p[0] < p[1])
        )
    )
)
def test_every_pair_is_covered_and_no_other_is_said(pairs: set[tuple[int, int]]) -> None:
    copies = {n: copy(n, 50 + n % 5) for pair in pairs for n in pair}
    groups = make_groups([Pair(*pair, "duplicate", {}) for pair in pairs], copies, Judge())
    said = {
        tuple(sorted((group.keep.photo_id, other.copy.photo_id)))
        for group in groups
        for other in group.others
    }
    assert said <= pairs
    covered = {photo_id for pair in said for photo_id in pair}
    assert covered == {photo_id for pair in pairs for photo_id in pair}


def test_raw_and_jpeg_of_one_stem_are_one_shot() -> None:
    raw = copy(1, 10, b"/a/IMG_1.DNG", format="RAW")
    assert one_shot(raw, copy(2, 10, b"/a/img_1.jpg"))
    assert not one_shot(raw, copy(2, 10, b"/b/IMG_1.jpg"))
    assert not one_shot(copy(3, 10, b"/a/IMG_1.png"), copy(2, 10, b"/a/IMG_1.jpg"))


# --- how one picture lies on the other ---


@pytest.mark.parametrize("orientation", range(8))
def test_a_whole_picture_is_placed_as_it_is_oriented(orientation: int) -> None:
    picture = np.arange(12).reshape(3, 4)
    turned = np.rot90(picture[:, ::-1] if orientation >= 4 else picture, orientation % 4)
    a, b, c, d, e, f = placing.oriented(orientation)
    back = placing.inverted((a, b, c, d, e, f))
    for row in range(3):
        for column in range(4):
            u, v = (column + 0.5) / 4, (row + 0.5) / 3
            x, y = a * u + b * v + c, d * u + e * v + f
            height, width = turned.shape
            assert turned[int(y * height), int(x * width)] == picture[row, column]
            assert back[0] * x + back[1] * y + back[2] == pytest.approx(u)
            assert back[3] * x + back[4] * y + back[5] == pytest.approx(v)


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_crop_is_found_where_it_was_cut_out(mirrored: bool) -> None:
    whole = ImageOps.mirror(draw(3, (480, 360))) if mirrored else draw(3, (480, 360))
    crop = draw(3, (480, 360)).crop((96, 72, 384, 324))
    part = compare_parts(Picture(np.asarray(whole)), Picture(np.asarray(crop)), mirrored=mirrored)
    assert part is not None
    a, _, c, _, e, f = part.laid
    expected = (-0.6, 0.8) if mirrored else (0.6, 0.2)
    assert (a, c) == pytest.approx(expected, abs=0.02)
    assert (e, f) == pytest.approx((0.7, 0.2), abs=0.02)


def test_of_a_pair_the_evidence_says_how_it_lies() -> None:
    laid = (0.6, 0.0, 0.2, 0.0, 0.7, 0.2)
    found = compared(part=dataclasses.replace(CROPPED, laid=laid))
    verdict = judge(found, NEVER, NEVER)
    assert verdict is not None
    assert placing.placed(json.loads(json.dumps(evidence(found, verdict, 3)))) == laid
    assert placing.placed({"why": "of an older version"}) is None

"""Relevance: what the formula promises, and that it tells what is there from what is not."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosearch.encoders.calibration import (
    Reference,
    Weights,
    load_reference,
    read_weights,
    save_reference,
)
from photosearch.search.relevance import FEATURES, OWN, SHARED, Calibration, Floats, falling

BUILTIN = Path(__file__).parents[2] / "resources" / "encoders" / "pocket-v2"


def units(count: int, dimension: int, seed: int) -> Floats:
    """Random unit vectors."""
    dice = np.random.default_rng(seed)
    found = dice.standard_normal((count, dimension)).astype(np.float32)
    unit: Floats = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_a_falling_line_keeps_the_sum_and_never_rises(values: list[float]) -> None:
    found = falling(np.array(values))
    assert (np.diff(found) <= 1e-6).all()
    assert found.sum() == pytest.approx(sum(values), abs=1e-3)
    if all(a >= b for a, b in pairwise(values)):
        assert found == pytest.approx(values, abs=1e-6)


def test_a_photo_of_the_thing_is_relevant_and_one_of_another_is_not() -> None:
    """One that points where the query does, among photos that point anywhere."""
    calibration = Calibration(Reference(units(500, 64, 0), units(50, 64, 1)), read_weights())
    query = units(1, 64, 2)[0]
    others = units(100, 64, 3)
    shows = 0.9 * query + 0.4 * others[0]
    best = np.stack([shows / np.linalg.norm(shows), *others[np.argsort(-(others @ query))][:20]])
    judged = calibration.judge(query, best, 101)
    assert judged[0] > 0.9 and judged[1] < 0.5
    assert judged.dtype == np.float32 and ((judged >= 0) & (judged <= 1)).all()


def test_an_encoder_whose_texts_are_all_alike_is_judged_too() -> None:
    prompts = units(50, 64, 1) + 3 * units(1, 64, 5)
    prompts /= np.linalg.norm(prompts, axis=1, keepdims=True)
    calibration = Calibration(Reference(units(500, 64, 0), prompts), read_weights())
    assert np.isfinite(calibration.judge(prompts[0], units(20, 64, 3), 20)).all()


def test_the_weights_are_of_the_features() -> None:
    assert set(read_weights().weights) == set(SHARED)
    assert set(read_weights(BUILTIN).weights) == set(FEATURES) > set(SHARED)
    assert len(set(read_weights().prompts)) == len(read_weights().prompts) > 200


def test_a_library_of_its_own_moves_what_is_usual() -> None:
    """In a library whose photos are all a little like the query, to be so is nothing."""
    reference = Reference(units(500, 64, 0), units(50, 64, 1))
    query = units(1, 64, 2)[0]
    near = units(OWN, 64, 4) + 0.3 * query
    near /= np.linalg.norm(near, axis=1, keepdims=True)
    own = Calibration(reference, read_weights(), near)
    photo = near[np.argsort(near @ query)[-20:-10]]
    usual = Calibration(reference, read_weights()).features(query, photo, 100)
    assert (own.features(query, photo, 100)[:, 0] < usual[:, 0] - 1).all()


def test_reference_vectors_survive_their_file(tmp_path: Path) -> None:
    reference = Reference(units(5, 384, 0), units(3, 384, 1))
    save_reference(reference, tmp_path / "c.safetensors")
    again = load_reference(tmp_path / "c.safetensors")
    assert again is not None and again.images == pytest.approx(reference.images, abs=1e-3)
    (tmp_path / "c.safetensors").write_bytes(b"no tensors")
    assert load_reference(tmp_path / "c.safetensors") is None
    assert load_reference(tmp_path / "nothing") is None


def test_what_looks_like_the_reference_photos_nearest_to_the_query_is_like_it() -> None:
    query = units(1, 64, 2)[0]
    strangers, look = units(480, 64, 0), units(1, 64, 7)[0]
    depicting = 0.7 * query + 0.7 * look + 0.1 * units(20, 64, 4)
    depicting /= np.linalg.norm(depicting, axis=1, keepdims=True)
    images = np.concatenate([strangers, depicting])
    weights = Weights((), 0.0, dict.fromkeys(FEATURES, 1.0))
    calibration = Calibration(Reference(images, units(50, 64, 1)), weights)
    at = {name: column for column, name in enumerate(FEATURES)}
    same = 0.3 * query + 0.9 * look  # a lower score, but the same kind of picture
    photos = np.stack([same / np.linalg.norm(same), units(1, 64, 9)[0], images[0]])
    found = calibration.features(query, photos, 100)
    assert found[0, at["like"]] > 3 > found[1:, at["like"]].max()
    assert found[0, at["depicted"]] > 3

"""Heads learned from a few examples, on vectors of which it is known what they show."""

from __future__ import annotations

import numpy as np
import pytest

from photosearch.tagging.head import background, fit, quality

DICE = np.random.default_rng(0)
SIDE = 24


def photos(count: int, towards: int | None = None) -> np.ndarray:
    rows = DICE.normal(size=(count, SIDE)).astype(np.float32)
    if towards is not None:
        rows[:, towards] += 4
    unit: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


BEHIND = background(np.concatenate([photos(300), photos(10, 0), photos(100, 1)]))
NONE = np.zeros((0, SIDE), np.float32)


def test_a_few_examples_tell_the_thing_from_the_library() -> None:
    head = fit(photos(5, 0), NONE, None, BEHIND)
    assert (head.confidences(photos(40, 0)) >= 0.5).mean() > 0.7
    assert (head.confidences(photos(40, 1)) >= 0.5).mean() < 0.1
    assert head.auc is not None and head.auc > 0.95
    assert "tell" in quality(head.auc, 5)


def test_photos_that_are_not_it_turn_it_away_from_them() -> None:
    shows = np.concatenate([photos(3, 0), photos(3, 1)])
    before = fit(shows, NONE, None, BEHIND).confidences(photos(40, 1)).mean()
    after = fit(shows, photos(4, 1), None, BEHIND).confidences(photos(40, 1)).mean()
    assert after < before


def test_a_name_that_says_it_helps_and_one_that_says_nothing_is_left_out() -> None:
    name = np.eye(SIDE, dtype=np.float32)[0]
    shows = photos(2, 0)
    assert fit(shows, NONE, name, BEHIND).confidences(photos(40, 0)).mean() > 0.6
    wrong = fit(shows, NONE, -name, BEHIND)
    assert wrong.confidences(photos(40, 0)).mean() > 0.5


def test_examples_that_show_nothing_in_common_are_said_to_be_poor() -> None:
    head = fit(photos(6), NONE, None, BEHIND)
    assert head.auc is not None and head.auc < 0.93
    assert "often wrong" in quality(head.auc, 6) or "cannot" in quality(head.auc, 6)


def test_one_example_is_enough_to_begin() -> None:
    head = fit(photos(1, 0), NONE, None, BEHIND)
    assert head.auc is None and np.isfinite(head.weights).all()
    assert "too few" in quality(head.auc, 1)


@pytest.mark.parametrize("count", [1, 2])
def test_a_library_of_next_to_nothing_is_no_error(count: int) -> None:
    head = fit(photos(3, 0), NONE, None, background(photos(count)))
    assert np.isfinite(head.confidences(photos(5))).all()

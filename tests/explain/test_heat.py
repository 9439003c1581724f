"""The arithmetic of heat maps, and their colours."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from photosearch.explain.heat import CELLS, Heat, coarse, heat, upright
from photosearch.explain.picture import colours, overlay

WHOLE = (0.0, 0.0, 1.0, 1.0)


def spot(shape: tuple[int, int], at: tuple[int, int], value: float = 1.0) -> np.ndarray:
    values = np.zeros(shape, np.float32)
    values[at] = value
    return values


def test_the_peak_lies_where_it_was_seen() -> None:
    found = heat("a dog", 0.4, spot((15, 15), (3, 12), 0.25), WHOLE, (600, 400))
    assert found.values.shape == (round(CELLS * 400 / 600), CELLS)
    assert found.peak is not None
    assert found.peak == pytest.approx((12.5 / 15, 3.5 / 15), abs=0.03)
    assert found.values.max() == 1.0 and found.values.min() == 0.0


def test_an_empty_map_has_no_peak() -> None:
    found = heat("a dog", 0.1, np.zeros((8, 8), np.float32), WHOLE, (400, 400))
    assert found.peak is None and not found.values.any()


def test_what_was_cropped_away_is_empty() -> None:
    seen = np.ones((8, 8), np.float32)
    values = upright(seen, (0.25, 0.0, 0.75, 1.0), (8, 16))
    assert not values[:, :4].any() and not values[:, 12:].any()
    assert np.allclose(values[:, 4:12], 1.0)


@given(
    st.tuples(st.integers(1, 9), st.integers(1, 9)),
    st.tuples(st.integers(1, 60), st.integers(1, 60)),
    st.randoms(use_true_random=False),
)
def test_resampling_stays_within_what_was_seen(
    shape: tuple[int, int], to: tuple[int, int], dice: object
) -> None:
    seen = np.random.default_rng(dice.randrange(99)).random(shape, np.float32)  # type: ignore[attr-defined]
    values = upright(seen, WHOLE, to)
    assert values.shape == to
    assert values.min() >= seen.min() - 1e-6 and values.max() <= seen.max() + 1e-6
    assert np.allclose(upright(seen, WHOLE, shape), seen, atol=1e-6)


@given(st.tuples(st.integers(1, 60), st.integers(1, 60)), st.integers(1, 20))
def test_the_coarse_grid_loses_nothing(shape: tuple[int, int], cells: int) -> None:
    values = spot(shape, (shape[0] // 2, shape[1] // 3))
    rows = coarse(values, cells)
    assert max(map(max, rows)) == 1.0
    assert max(len(rows), len(rows[0])) <= cells and len({len(row) for row in rows}) == 1


def test_colours_grow_lighter_for_every_kind_of_eye() -> None:
    linear = (colours() / 255) ** 2.2
    light = linear @ np.array([0.2126, 0.7152, 0.0722])
    assert (np.diff(light) > 0).all(), "hotter is lighter, seen in grey"
    without_red = linear @ np.array([0.11, 0.87, 0.02])  # what protanopes see of brightness
    assert (np.diff(without_red) > 0).all()
    assert light[-1] > 30 * light[0]


def test_the_overlay_covers_what_is_hot_and_nothing_else() -> None:
    photo = Image.new("RGB", (96, 64), (200, 10, 10))
    hot = heat("x", 0.5, spot((6, 6), (0, 0)), WHOLE, photo.size)
    over = np.asarray(overlay(photo, hot), int)
    assert (over[-1, -1] == (200, 10, 10)).all()
    assert over[2, 2, 1] > 120, "yellow over red"
    empty = Heat("x", 0.0, None, np.zeros((6, 6), np.float32))
    assert overlay(photo, empty).tobytes() == photo.tobytes()

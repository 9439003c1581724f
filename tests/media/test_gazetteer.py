"""The nearest place of a point, offline."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photosearch.media import gazetteer
from photosearch.media.gazetteer import Place, nearest


@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        (41.89, 12.49, Place("Rome", "Latium", "Italy")),
        (27.7172, 85.324, Place("Kathmandu", "Central Region", "Nepal")),
        (-34.6037, -58.3816, Place("Buenos Aires", "Buenos Aires F.D.", "Argentina")),
        (51.178281, -1.826639, Place("Amesbury", "England", "United Kingdom")),
    ],
)
def test_a_point_has_the_name_of_the_nearest_place(
    latitude: float, longitude: float, place: Place
) -> None:
    assert nearest(latitude, longitude) == place


@pytest.mark.parametrize(("latitude", "longitude"), [(0.0, -30.0), (89.0, 0.0), (-85.0, 100.0)])
def test_far_from_everywhere_there_is_no_place(latitude: float, longitude: float) -> None:
    assert nearest(latitude, longitude) is None


def test_the_date_line_is_no_border() -> None:
    """Taveuni lies on it; its town is nearest from both sides."""
    assert nearest(-16.8, 179.99) == nearest(-16.8, -179.99) is not None


@settings(max_examples=50, deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_on_earth_has_a_place_or_none(latitude: float, longitude: float) -> None:
    place = nearest(latitude, longitude)
    assert place is None or (place.city and place.country)


def test_a_program_without_the_gazetteer_names_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHOTOSEARCH_RESOURCES", str(tmp_path))
    gazetteer._load.cache_clear()
    assert nearest(41.89, 12.49) is None
    gazetteer._load.cache_clear()

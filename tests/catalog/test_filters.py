"""Filters: the SQL selects just the photos of which the plain function says that they match."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from photosearch.catalog import said_pairs
from photosearch.catalog.albums import put as put_into_album
from photosearch.catalog.curate import favourite, rate, tag
from photosearch.catalog.database import Catalog
from photosearch.catalog.fields import Period, circle, kilometres, period
from photosearch.catalog.filters import (
    AllOf,
    AnyOf,
    Condition,
    Facts,
    Filter,
    Not,
    matches,
    photos_where,
)
from photosearch.catalog.outcomes import DONE, FAILED, Outcome, Stage, set_outcomes
from photosearch.catalog.pairs import Pair, add_pairs
from photosearch.catalog.words import undo
from tests.catalog.rows import ALBUM, content, put, rolled_back

TODAY = date(2021, 7, 9)
STAGE = Stage("content", "1")


def store(connection: Connection, name: str, facts: Facts) -> int:
    """A photo of which these things are known."""
    make, _, model = facts.camera.partition(" ")
    photo_id = 0
    for folder in facts.folders:
        path = f"{folder}/{name}.jpg".encode()
        photo_id = put(
            connection,
            path,
            name,
            taken_at=facts.taken_at,
            camera_make=make or None,
            camera_model=model or None,
            format=facts.format,
            bytes=facts.bytes,
            width=1,
            lens=facts.lens or None,
            city=facts.places[0] if facts.places else None,
            country=facts.places[1] if facts.places else None,
            latitude=facts.position[0] if facts.position else None,
            longitude=facts.position[1] if facts.position else None,
            caption=facts.caption or None,
        )
    if facts.stars:
        rate(connection, [content(name)], facts.stars, name)
    if facts.favourite:
        favourite(connection, [content(name)], True, name)
    for each in facts.albums:
        put_into_album(connection, [content(name)], each, name)
    for each in facts.tags:
        tag(connection, content(name), each, True, name)
    status = FAILED if facts.failed else DONE
    set_outcomes(connection, [Outcome(photo_id, STAGE, status, "why" if facts.failed else None)])
    return photo_id


def _with_pairs(facts: Facts) -> Facts:
    """Two files of one photo are duplicates; no other pairs are stored here."""
    return replace(facts, pairs=("duplicate",) if len(facts.folders) > 1 else ())


_facts = st.builds(
    Facts,
    taken_at=st.none()
    | st.sampled_from(
        ["2019-01-01T00:00:00", "2019-12-31T23:59:59", "2020-02-29T12:00:00", "2021-07-08T09:00:00"]
    ),
    folders=st.sampled_from(
        [("/album",), ("/album/Italy 2019",), ("/album/STRAßE",), ("/album/a", "/album/b")]
    ),
    camera=st.sampled_from(["", "Canon EOS 6D", "NIKON Z", "Ärger Ä1"]),
    lens=st.sampled_from(["", "EF 50mm f/1.8", "Süd 1"]),
    places=st.sampled_from([(), ("München", "Germany"), ("Oslo", "Norway")]),
    position=st.none()
    | st.sampled_from([(48.8583, 2.2945), (48.8606, 2.3376), (0.0, 180.0), (-0.01, -179.99)])
    | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    caption=st.sampled_from(["", "a cake"]),
    tags=st.sampled_from([(), ("kids",), ("Kids", "Größe"), ("grandma",)]),
    format=st.sampled_from(["JPEG", "PNG", "HEIF"]),
    bytes=st.sampled_from([1, 1000, 2_000_000]),
    stars=st.integers(0, 5),
    favourite=st.booleans(),
    failed=st.booleans(),
    albums=st.sampled_from([(), ("Wall",), ("wall", "Größe"), ("Walls",)]),
).map(_with_pairs)
_VALUES = {
    "after": ["2019", "2020-02"],
    "before": ["2019-12-31", "yesterday"],
    "on": ["2019", "2020-02", "2019-12-31", "yesterday"],
    "in": ["italy", "strasse", "STRAẞE", "a", "nowhere", "%", "_"],
    "camera": ["canon", "eos", "ä1", "x"],
    "lens": ["50MM", "süd", "x"],
    "place": ["MÜNCHEN", "norw", "a", "nowhere"],
    "near": [
        "48.8583,2.2945,3",
        "48.86,2.34",
        "0,180,5",
        "90,0,0.5",
        "-12.5,100,20000",
        "0,0,9000",
    ],
    "has": ["gps", "date", "caption"],
    "tag": ["kids", "GRÖSSE", "kid"],
    "album": ["WALL", "GRÖSSE", "wal"],
    "type": ["jpeg", "JPG", "heic", "gif"],
    "rating": ["3", ">3", "<=2", "=0", ">=5", "<1"],
    "size": [">1kb", "<=1000", "2MB", "<0.002mb"],
    "is": ["favourite", "failed", "Untagged", "duplicate", "edited-copy"],
}
_filters = st.sampled_from(
    [Filter(name, value) for name, values in _VALUES.items() for value in values]
)


def _compound(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.builds(Not, inner) | st.builds(AllOf, several) | st.builds(AnyOf, several)


_conditions = st.recursive(_filters, _compound, max_leaves=5)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(_facts, min_size=1, max_size=6), st.lists(_conditions, min_size=1, max_size=8))
def test_both_ways_agree(catalog: Catalog, known: list[Facts], asked: list[Condition]) -> None:
    with rolled_back(catalog) as connection:
        ids = [store(connection, f"p{number}", facts) for number, facts in enumerate(known)]
        for condition in asked:
            found = photos_where(connection, [condition], TODAY)
            expected = {
                photo_id
                for photo_id, facts in zip(ids, known, strict=True)
                if matches(condition, facts, TODAY)
            }
            assert found == expected, condition


@contextmanager
def _album(catalog: Catalog) -> Iterator[tuple[Connection, int, int]]:
    with rolled_back(catalog) as connection:
        old = Facts(
            "2019-06-30T10:00:00",
            ("/album/italy",),
            "Canon",
            "EF 50mm",
            ("Rome", "Italy"),
            tags=("kids",),
            format="JPEG",
            bytes=10,
            stars=4,
            albums=("Best of",),
        )
        new = Facts("2021-07-08T10:00:00", ("/album/home",), "Nikon", "Z", format="PNG", bytes=20)
        new = replace(new, favourite=True, position=(48.86, 2.35))
        yield connection, store(connection, "old", old), store(connection, "new", new)


@pytest.mark.parametrize("name", sorted(_VALUES))
def test_every_filter_tells_photos_apart(catalog: Catalog, name: str) -> None:
    value = {
        **{"after": "2020", "before": "2020", "on": "2019-06", "in": "ital", "camera": "can"},
        **{"lens": "ef", "place": "ITAL", "has": "gps", "near": "48.8,2.3,15"},
        **{"tag": "KIDS", "type": "png", "rating": ">3", "size": ">15", "is": "favourite"},
        "album": "best OF",
    }[name]
    with _album(catalog) as (connection, old, new):
        found = photos_where(connection, [Filter(name, value)], TODAY)
        of_old = ("before", "on", "in", "camera", "lens", "place", "tag", "rating", "album")
        assert found == {old if name in of_old else new}


def test_kilometres_are_those_of_the_globe() -> None:
    """Paris to Rome, across the date line, and from pole to pole."""
    assert kilometres(48.8583, 2.2945, 41.8902, 12.4922) == pytest.approx(1109, abs=2)
    assert kilometres(0, 179.5, 0, -179.5) == pytest.approx(111.2, abs=0.1)
    assert kilometres(90, 0, -90, 77) == pytest.approx(20015, abs=1)


@pytest.mark.parametrize("text", ["", "48.8", "91,0", "0,181,5", "1,2,-3", "1,2,3,4", "a,b", "1;2"])
def test_what_is_no_circle(text: str) -> None:
    assert circle(text) is None


def test_the_files_own_stars_count_until_the_user_gives_some(catalog: Catalog) -> None:
    with rolled_back(catalog) as connection:
        photo = put(connection, b"/album/a.jpg", "a", rating=4.0)
        rejected = put(connection, b"/album/b.jpg", "b", rating=-1.0)
        assert photos_where(connection, [Filter("rating", "4")], TODAY) == {photo}
        assert photos_where(connection, [Filter("rating", "0")], TODAY) == {rejected}
        rate(connection, [content("a")], 2, "a")
        assert photos_where(connection, [Filter("rating", "2")], TODAY) == {photo}


def test_a_missing_file_is_in_no_folder(catalog: Catalog) -> None:
    from tests.catalog.rows import lose

    with _album(catalog) as (connection, old, _):
        assert photos_where(connection, [Filter("in", "italy")], TODAY) == {old}
        lose(connection, ALBUM + b"/italy/old.jpg")
        assert photos_where(connection, [Filter("in", "italy")], TODAY) == set()


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2019", date(2019, 1, 1), date(2020, 1, 1)),
        ("2019-12", date(2019, 12, 1), date(2020, 1, 1)),
        ("2020-2", date(2020, 2, 1), date(2020, 3, 1)),
        ("2020-02-29", date(2020, 2, 29), date(2020, 3, 1)),
        ("today", TODAY, TODAY + DAY),
        ("Yesterday", TODAY - DAY, TODAY),
        ("this week", date(2021, 7, 5), date(2021, 7, 12)),
        ("last  week", date(2021, 6, 28), date(2021, 7, 5)),
        ("last month", date(2021, 6, 1), date(2021, 7, 1)),
        ("this month", date(2021, 7, 1), date(2021, 8, 1)),
        ("last year", date(2020, 1, 1), date(2021, 1, 1)),
        ("last spring", date(2021, 3, 1), date(2021, 6, 1)),
        ("last summer", date(2020, 6, 1), date(2020, 9, 1)),
        ("last winter", date(2020, 12, 1), date(2021, 3, 1)),
    ],
)
def test_what_days_a_text_means(text: str, start: date, end: date) -> None:
    assert period(text, TODAY) == Period(start, end)


@pytest.mark.parametrize(
    "text", ["", "19", "2019-13", "2019-02-30", "next year", "0000", "9999-12"]
)
def test_what_means_no_days(text: str) -> None:
    assert period(text, TODAY) is None


def test_pairs_count_while_both_photos_are_there_and_nobody_said_otherwise(
    catalog: Catalog,
) -> None:
    from tests.catalog.rows import lose

    with rolled_back(catalog) as connection:
        one = put(connection, b"/album/a.jpg", "a", width=1)
        other = put(connection, b"/album/b.jpg", "b", width=1)
        add_pairs(connection, [Pair(one, other, "edited-copy", {"why": "cropped"})])
        edited = [Filter("is", "edited-copy")]
        assert photos_where(connection, edited, TODAY) == {one, other}
        assert photos_where(connection, [Filter("is", "duplicate")], TODAY) == set()
        said_pairs.reject(connection, [(content("b"), content("a"))], "b")
        assert photos_where(connection, edited, TODAY) == set()
        undo(connection)
        assert photos_where(connection, edited, TODAY) == {one, other}
        lose(connection, b"/album/b.jpg")
        assert photos_where(connection, edited, TODAY) == set()

"""Photos to look at: which are shown, in which order, and what is known of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from photosearch.catalog.browse import count_shown, photo_rows, shown_photos
from photosearch.catalog.curate import add_root, favourite, rate, remove_root, tag
from photosearch.catalog.database import Catalog
from photosearch.catalog.places import Changes, apply_changes, find_file, paths_of
from photosearch.catalog.schema import photos
from photosearch.catalog.words import export, undo
from tests.catalog.rows import ALBUM, content, list_file, lose, put, record, rolled_back

SIZE: dict[str, Any] = {"width": 40, "height": 30}
OTHER = b"/other"


def shown(connection: Connection) -> list[int]:
    """The ids of the photos that are shown; they must be as many as are counted."""
    found = shown_photos(connection)
    assert count_shown(connection) == len(found)
    return found


def path_of(connection: Connection, photo_id: int) -> tuple[bytes, bool] | None:
    """The path that a photo's row names, and whether it is there; None where it has no row."""
    rows = photo_rows(connection, [photo_id])
    return (rows[0].path, rows[0].present) if rows else None


def test_an_empty_library_shows_nothing(connection: Connection) -> None:
    assert shown(connection) == []
    assert photo_rows(connection, []) == photo_rows(connection, [1, 2]) == []


def test_the_newest_come_first_and_those_without_a_date_last(connection: Connection) -> None:
    dates = {"a": "2020-01-01T00:00:00", "b": None, "c": "2024-06-01T12:00:00", "d": None}
    dates |= {"e": "1999-12-31T23:59:59", "f": "2024-06-01T12:00:00"}
    ids = {
        name: put(connection, ALBUM + b"/" + name.encode(), name, **SIZE, taken_at=date)
        for name, date in dates.items()
    }
    assert shown(connection) == [ids[name] for name in "fcaedb"]


def test_a_file_without_a_picture_is_not_shown(connection: Connection) -> None:
    bad = put(connection, ALBUM + b"/bad", "bad")
    list_file(connection, ALBUM + b"/unread")
    good = put(connection, ALBUM + b"/good", "good", **SIZE)
    assert shown(connection) == [good]
    assert [row.photo_id for row in photo_rows(connection, [bad, good])] == [good]


def test_a_missing_photo_is_not_listed_but_has_its_row(connection: Connection) -> None:
    photo_id = put(connection, ALBUM + b"/a", "a", **SIZE)
    assert path_of(connection, photo_id) == (ALBUM + b"/a", True)
    lose(connection, ALBUM + b"/a")
    assert shown(connection) == []
    assert path_of(connection, photo_id) == (ALBUM + b"/a", False)
    assert paths_of(connection, [photo_id]) == {photo_id: []}


def test_of_two_files_one_that_is_there_is_named(connection: Connection) -> None:
    photo_id = put(connection, ALBUM + b"/a", "a", **SIZE)
    assert put(connection, ALBUM + b"/b", "a", **SIZE) == photo_id
    assert shown(connection) == [photo_id]
    both = [ALBUM + b"/a", ALBUM + b"/b"]
    assert paths_of(connection, [photo_id, 99]) == {photo_id: both, 99: []}
    assert path_of(connection, photo_id) == (both[0], True)
    lose(connection, both[0])
    assert shown(connection) == [photo_id]
    assert path_of(connection, photo_id) == (both[1], True)
    assert paths_of(connection, [photo_id]) == {photo_id: both[1:]}
    lose(connection, both[1])
    assert shown(connection) == []
    place = path_of(connection, photo_id)
    assert place is not None and not place[1]


def test_a_superseded_photo_has_neither(connection: Connection) -> None:
    old = put(connection, ALBUM + b"/a", "old", **SIZE)
    new = put(connection, ALBUM + b"/a", "new", **SIZE)
    assert shown(connection) == [new]
    assert path_of(connection, old) is None and path_of(connection, new) == (ALBUM + b"/a", True)
    assert put(connection, ALBUM + b"/a", "old", **SIZE) == old  # the edit is taken back
    assert shown(connection) == [old]


def test_a_removed_folder_is_not_shown_until_it_is_back(connection: Connection) -> None:
    add_root(connection, OTHER)
    here = put(connection, ALBUM + b"/a", "a", **SIZE)
    there = put(connection, OTHER + b"/b", "b", **SIZE)
    both = put(connection, ALBUM + b"/c", "c", **SIZE)
    put(connection, OTHER + b"/c", "c", **SIZE)
    remove_root(connection, ALBUM)
    assert sorted(shown(connection)) == [there, both]
    assert path_of(connection, here) is None
    assert path_of(connection, both) == (OTHER + b"/c", True)
    undo(connection)
    assert sorted(shown(connection)) == [here, there, both]


def test_a_row_says_all_that_is_known(connection: Connection) -> None:
    plain = put(connection, ALBUM + b"/plain", "plain", **SIZE)
    dear = put(connection, ALBUM + b"/dear", "dear", **SIZE, taken_at="2024-01-02T03:04:05")
    rate(connection, [content("dear")], 4, "dear")
    favourite(connection, [content("dear")], True, "dear")
    for name in ("snow", "alps"):
        tag(connection, content("dear"), name, True, "dear")
    first, second = photo_rows(connection, [dear, 99, plain, dear, plain])
    assert (first.photo_id, first.content, first.path, first.present) == (
        *(dear, content("dear"), ALBUM + b"/dear"),
        True,
    )
    assert (first.width, first.height, first.taken_at) == (40, 30, "2024-01-02T03:04:05")
    assert (first.stars, first.favourite, first.tags) == (4, True, ("alps", "snow"))
    assert (second.photo_id, second.stars, second.favourite) == (plain, 0, False)
    assert (second.tags, second.taken_at) == ((), None)


@dataclass
class Model:
    """What the catalog should show, worked out the plain way."""

    holds: dict[bytes, str] = field(default_factory=dict)
    missing: set[bytes] = field(default_factory=set)
    removed: set[bytes] = field(default_factory=set)

    def in_use(self, path: bytes) -> bool:
        return path.rpartition(b"/")[0] not in self.removed

    def shown(self) -> set[str]:
        there = (path for path in self.holds if path not in self.missing and self.in_use(path))
        return {self.holds[path] for path in there} - {"bad"}

    def with_row(self) -> set[str]:
        return {name for path, name in self.holds.items() if self.in_use(path)} - {"bad"}


PATHS = [root + name for root in (ALBUM, OTHER) for name in (b"/1", b"/2", b"/3")]
STEPS = st.one_of(
    st.tuples(st.just("put"), st.sampled_from(PATHS), st.sampled_from(["a", "b", "c", "bad"])),
    st.tuples(st.just("lose"), st.sampled_from(PATHS), st.none()),
    st.tuples(st.just("remove"), st.sampled_from([ALBUM, OTHER]), st.none()),
    st.tuples(st.just("add"), st.sampled_from([ALBUM, OTHER]), st.none()),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=st.lists(STEPS, max_size=14))
def test_whatever_the_disk_does_what_is_counted_is_what_is_shown(
    catalog: Catalog, steps: list[tuple[str, bytes, str | None]]
) -> None:
    with rolled_back(catalog) as connection:
        add_root(connection, OTHER)
        model = Model()
        for what, path, name in steps:
            step(connection, model, what, path, name)
        names = {
            row.id: next(each for each in ("a", "b", "c", "bad") if content(each) == row.hash)
            for row in connection.execute(select(photos.c.id, photos.c.hash))
        }
        assert {names[photo_id] for photo_id in shown(connection)} == model.shown()
        rows = photo_rows(connection, list(names))
        assert {names[row.photo_id] for row in rows} == model.with_row()
        for row in rows:
            assert row.present == (names[row.photo_id] in model.shown())
            assert model.holds[row.path] == names[row.photo_id] and model.in_use(row.path)
            assert row.present == (row.path not in model.missing)


def step(connection: Connection, model: Model, what: str, path: bytes, name: str | None) -> None:
    """Do the same to the catalog and to the model."""
    if what == "put" and name is not None and model.in_use(path):
        facts: dict[str, Any] = {} if name == "bad" else SIZE
        place = find_file(connection, path)
        if place is None:
            record(connection, list_file(connection, path), name, **facts)
        else:
            if path in model.missing:
                apply_changes(connection, 0, {}, Changes(back=[place.file_id]))
            record(connection, place.file_id, name, **facts)
        model.holds[path] = name
        model.missing.discard(path)
    elif what == "lose" and path in model.holds and model.in_use(path):
        lose(connection, path)
        model.missing.add(path)
    elif what == "remove" and path not in model.removed:
        remove_root(connection, path)
        model.removed.add(path)
    elif what == "add" and path in model.removed:
        add_root(connection, path)
        model.removed.discard(path)


@pytest.mark.parametrize("count", [5, 1000])
def test_many_rows_come_in_the_order_asked_for(connection: Connection, count: int) -> None:
    ids = [put(connection, ALBUM + b"/%d" % n, str(n), **SIZE) for n in range(count)]
    wanted = ids[::-1][::2] + ids[1::3]
    rows = photo_rows(connection, wanted)
    assert [row.photo_id for row in rows] == list(dict.fromkeys(wanted))
    assert export(connection)["ratings"] == []

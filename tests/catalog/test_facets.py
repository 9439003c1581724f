"""Facets: each says how many photos its filter leaves, and which there are."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection

from photosearch.catalog.curate import add_root, favourite, remove_root, tag
from photosearch.catalog.facets import Facet, facets
from photosearch.catalog.filters import photos_where
from photosearch.catalog.schema import tags
from tests.catalog.rows import ALBUM, content, lose, put

TODAY = date(2026, 1, 1)
SIZE: dict[str, Any] = {"width": 40, "height": 30}


def album(connection: Connection) -> None:
    """Seven photos in some folders; two of them are out of sight."""
    facts: dict[bytes, dict[str, Any]] = {
        b"/album/2019/a": {"taken_at": "2019-06-01T10:00:00", "city": "Rome", "country": "Italy"},
        b"/album/2019/b": {"taken_at": "2019-06-30T10:00:00", "city": "Rome", "country": "Italy"},
        b"/album/2019/far/c": {"taken_at": "2019-01-30T10:00:00", "country": "Italy"},
        b"/album/2020/d": {"taken_at": "2020-01-30T10:00:00", "camera_model": "D 7"},
        b"/album/20190/e": {"camera_make": "Nikon", "camera_model": "D 750"},
        b"/album/gone": {"taken_at": "2001-01-01T10:00:00", "city": "Oslo"},
    }
    for path, says in facts.items():
        put(connection, path, path.decode(), **SIZE, **says)
    put(connection, b"/album/no picture", "no picture", taken_at="1999-01-01T00:00:00")
    lose(connection, b"/album/gone")
    for name in ("2019/a", "2020/d"):
        tag(connection, content(f"/album/{name}"), "kids", True, "-")
    tag(connection, content("/album/gone"), "lost", True, "-")
    row = {"photo_id": 1, "name": "kids", "source": "file"}
    connection.execute(tags.insert(), [row])
    favourite(connection, [content("/album/2019/a"), content("/album/gone")], True, "-")


def told(found: tuple[Facet, ...]) -> list[tuple[int, str, int]]:
    return [(facet.depth, facet.name, facet.count) for facet in found]


def test_what_there_is_and_how_often(connection: Connection) -> None:
    album(connection)
    found = facets(connection)
    assert told(found.folders) == [
        *((0, "/album", 5), (1, "2019", 3), (2, "far", 1), (1, "20190", 1), (1, "2020", 1))
    ]
    assert told(found.months) == [
        *((0, "2020", 1), (1, "2020-01", 1)),
        *((0, "2019", 3), (1, "2019-06", 2), (1, "2019-01", 1)),
    ]
    assert told(found.tags) == [(0, "kids", 2)], "of two sources, counted once"
    assert told(found.places) == [(0, "Italy", 3), (1, "Rome", 2)]
    assert sorted(told(found.cameras)) == [(0, "D 7", 2), (0, "Nikon D 750", 1)]
    assert found.favourites == 1


def test_each_filter_leaves_as_many_photos_as_its_facet_says(connection: Connection) -> None:
    album(connection)
    found = facets(connection)
    shown = photos_where(connection, [], TODAY) - {6, 7}
    for facet in (*found.folders, *found.months, *found.tags, *found.cameras, *found.places):
        left = photos_where(connection, [facet.filter], TODAY) & shown
        assert len(left) == facet.count, facet


def test_the_whole_disk_and_a_folder_that_is_no_part_any_more(connection: Connection) -> None:
    remove_root(connection, ALBUM)
    assert facets(connection).folders == ()
    add_root(connection, b"/")
    put(connection, b"/top", "top", **SIZE)
    put(connection, b"/a/b/c", "c", **SIZE)
    assert told(facets(connection).folders) == [(0, "/", 2), (1, "a", 1), (2, "b", 1)]


def test_a_photo_in_two_folders_counts_in_both_and_once_above(connection: Connection) -> None:
    for path in (b"/album/a/1", b"/album/a/b/1 again", b"/album/c/1 once more"):
        put(connection, path, "one", **SIZE)
    put(connection, b"/album/c/2", "two", **SIZE)
    assert told(facets(connection).folders) == [
        *((0, "/album", 2), (1, "a", 1), (2, "b", 1), (1, "c", 2))
    ]

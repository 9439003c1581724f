"""Albums put together by hand."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from photosearch.catalog.albums import album_name, all_albums, put, remove, rename, take
from photosearch.catalog.words import Change, export, import_document, say, undo
from photosearch.errors import PhotoSearchError
from tests.catalog.rows import content, lose
from tests.catalog.rows import put as put_photo

A, B = content("a"), content("b")


@pytest.fixture
def two(connection: Connection) -> Connection:
    """A catalog of two photos."""
    for name in ("a", "b"):
        put_photo(connection, f"/album/{name}.jpg".encode(), name, width=1)
    return connection


def test_put_take_rename_remove_and_undo_of_each(two: Connection) -> None:
    assert put(two, [A, B], "  for  the wall ", "2 photos") == "for the wall"
    assert all_albums(two) == {"for the wall": 2}
    assert put(two, [A], "FOR THE WALL", "a") == "for the wall", "case makes no other album"
    assert take(two, [A], "For the Wall", "a") == "for the wall"
    assert all_albums(two) == {"for the wall": 1}
    assert rename(two, "for the wall", "For The Wall") == "For The Wall"
    assert rename(two, "For The Wall", "hall") == "hall"
    assert all_albums(two) == {"hall": 1}
    assert remove(two, "hall") == "hall"
    assert all_albums(two) == {}
    undo(two)
    assert all_albums(two) == {"hall": 1}
    undo(two)
    undo(two)
    assert all_albums(two) == {"for the wall": 1}
    undo(two)
    assert all_albums(two) == {"for the wall": 2}
    assert undo(two) == "put 2 photos into the album for the wall"
    assert all_albums(two) == {}


def test_an_empty_album_stays_and_a_lost_photo_does_not_count(two: Connection) -> None:
    put(two, [A, B], "Wall", "2 photos")
    lose(two, b"/album/a.jpg")
    assert all_albums(two) == {"Wall": 1}
    take(two, [A, B], "Wall", "2 photos")
    assert all_albums(two) == {"Wall": 0}


def test_a_name_that_is_taken_is_refused(two: Connection) -> None:
    put(two, [A], "one", "a")
    put(two, [B], "two", "b")
    with pytest.raises(PhotoSearchError, match="already") as caught:
        rename(two, "one", "TWO")
    assert caught.value.code == "album-exists"
    assert all_albums(two) == {"one": 1, "two": 1}


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\0b", 'my "best"'])
def test_names_that_are_none(two: Connection, name: str) -> None:
    with pytest.raises(PhotoSearchError) as caught:
        put(two, [A], name, "a")
    assert caught.value.code == "bad-album"
    assert album_name("a\tb") == "a b"


@pytest.mark.parametrize("act", [lambda c: take(c, [A], "x", "a"), lambda c: remove(c, "x")])
def test_an_album_that_is_not_there(two: Connection, act: object) -> None:
    with pytest.raises(PhotoSearchError) as caught:
        act(two)  # type: ignore[operator]
    assert caught.value.code == "unknown-album"


def test_an_import_that_names_an_album_by_its_photos_alone(two: Connection) -> None:
    row = {"photo": A.hex(), "album": "old"}
    import_document(two, {"format": "photosearch-export", "version": 1, "album_photos": [row]})
    assert all_albums(two) == {"old": 1}
    remove(two, "old")
    assert all_albums(two) == {}
    say(two, "again", [Change("album_photos", None, row)])
    assert rename(two, "old", "new") == "new"
    assert export(two)["album_photos"] == [{**row, "album": "new"}]

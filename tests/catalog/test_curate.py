"""The single things a user says: ratings, favourites, tags, and which folders there are."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, select

from photosearch.catalog.curate import (
    add_root,
    favourite,
    rate,
    relocate_root,
    remove_root,
    tag,
    tags_of,
)
from photosearch.catalog.places import active_roots, find_file, set_mounted
from photosearch.catalog.schema import photos, roots
from photosearch.catalog.words import MAX_TAG, export, undo
from photosearch.errors import PhotoSearchError
from tests.catalog.rows import ALBUM, content, put, root_id, stars

A = content("a")


def paths(connection: Connection) -> list[bytes]:
    return [root.path for root in active_roots(connection)]


def code_of_relocating(connection: Connection, old: bytes, new: bytes) -> str:
    with pytest.raises(PhotoSearchError) as caught:
        relocate_root(connection, old, new)
    return caught.value.code


# --- ratings, favourites, tags ---


def test_a_new_rating_replaces_the_old_and_none_removes_it(connection: Connection) -> None:
    rate(connection, [A], 2, "a")
    rate(connection, [A], 5, "a")
    assert stars(connection) == {A.hex(): 5}
    rate(connection, [A], 0, "a")
    assert stars(connection) == {}


@pytest.mark.parametrize("count", [-1, 6])
def test_a_rating_that_is_none_is_refused(connection: Connection, count: int) -> None:
    with pytest.raises(PhotoSearchError):
        rate(connection, [A], count, "a")


def test_a_favourite_is_on_or_off(connection: Connection) -> None:
    favourite(connection, [A], True, "a")
    assert export(connection)["favourites"] == [{"photo": A.hex()}]
    favourite(connection, [A], False, "a")
    assert export(connection)["favourites"] == []


def test_many_are_rated_in_one_action_with_one_undo(connection: Connection) -> None:
    many = [content(str(number)) for number in range(50)]
    rate(connection, many[:1], 5, "first")
    rate(connection, many[:2], 1, "two")
    before = stars(connection)
    rate(connection, many, 3, "50 photos")
    assert stars(connection) == {each.hex(): 3 for each in many}
    assert undo(connection) == "rate 50 photos 3"
    assert stars(connection) == before
    assert undo(connection) == "rate two 1"
    assert stars(connection) == {many[0].hex(): 5}


def test_many_become_favourites_in_one_action_with_one_undo(connection: Connection) -> None:
    many = [content(str(number)) for number in range(50)]
    favourite(connection, many[10:20], True, "10 photos")
    favourite(connection, many, True, "50 photos")
    assert len(export(connection)["favourites"]) == 50
    assert undo(connection) == "favourite 50 photos"
    found = {row["photo"] for row in export(connection)["favourites"]}
    assert found == {each.hex() for each in many[10:20]}
    favourite(connection, many, False, "50 photos")
    assert undo(connection) == "favourite 50 photos --off"
    assert len(export(connection)["favourites"]) == 10


def test_what_changes_nothing_is_no_action(connection: Connection) -> None:
    rate(connection, [A], 3, "a")
    rate(connection, [A], 3, "a again")
    rate(connection, [], 5, "0 photos")
    favourite(connection, [A], False, "a")
    assert undo(connection) == "rate a 3"


def test_a_rating_that_is_none_changes_none_of_many(connection: Connection) -> None:
    many = [A, content("b")]
    rate(connection, many, 2, "two")
    with pytest.raises(PhotoSearchError):
        rate(connection, many, 6, "two")
    assert set(stars(connection).values()) == {2}


def test_a_tag_is_tidied_and_there_once(connection: Connection) -> None:
    photo_id = put(connection, ALBUM + b"/a", "a")
    for name in ("  snow \t white", "snow white", "alp"):
        tag(connection, A, name, True, "a")
    assert tags_of(connection, [photo_id, photo_id + 1]) == {photo_id: ["alp", "snow white"]}
    tag(connection, A, "snow  white", False, "a")
    assert tags_of(connection, [photo_id]) == {photo_id: ["alp"]}


@pytest.mark.parametrize("name", ["", " \n ", "x" * (MAX_TAG + 1), "bell\a", "\ud800"])
def test_a_name_that_is_no_tag_is_refused(connection: Connection, name: str) -> None:
    with pytest.raises(PhotoSearchError) as caught:
        tag(connection, A, name, True, "a")
    assert caught.value.code == "bad-tag"


# --- folders ---


def test_a_removed_folder_comes_back_with_what_was_known_of_it(connection: Connection) -> None:
    put(connection, ALBUM + b"/photo", "a")
    before = find_file(connection, ALBUM + b"/photo")
    remove_root(connection, ALBUM)
    assert paths(connection) == []
    add_root(connection, ALBUM)
    assert find_file(connection, ALBUM + b"/photo") == before


def test_undo_brings_a_removed_folder_back_and_takes_an_added_one_away(
    connection: Connection,
) -> None:
    remove_root(connection, ALBUM)
    assert undo(connection) == "remove folder /album"
    assert paths(connection) == [ALBUM]
    put(connection, ALBUM + b"/photo", "a")
    assert undo(connection) == "add folder /album"
    assert paths(connection) == []
    add_root(connection, ALBUM)
    assert find_file(connection, ALBUM + b"/photo") is not None


@pytest.mark.parametrize("path", [b"/unknown", b"/album/inner", b"/alb"])
def test_a_folder_that_is_none_of_the_librarys_cannot_be_removed(
    connection: Connection, path: bytes
) -> None:
    with pytest.raises(PhotoSearchError) as caught:
        remove_root(connection, path)
    assert caught.value.code == "unknown-root"


def test_a_folder_cannot_be_removed_twice(connection: Connection) -> None:
    remove_root(connection, ALBUM)
    with pytest.raises(PhotoSearchError) as caught:
        remove_root(connection, ALBUM)
    assert caught.value.code == "unknown-root"


def test_relocating_moves_every_path_and_undo_moves_it_back(connection: Connection) -> None:
    put(connection, ALBUM + b"/x/photo", "a")
    before = find_file(connection, ALBUM + b"/x/photo")
    relocate_root(connection, ALBUM, b"/elsewhere")
    assert find_file(connection, ALBUM + b"/x/photo") is None
    assert find_file(connection, b"/elsewhere/x/photo") == before
    assert undo(connection) == "relocate folder /album to /elsewhere"
    assert find_file(connection, ALBUM + b"/x/photo") == before


@pytest.mark.parametrize("new", [b"/other", b"/other/inside", b"/"])
def test_a_folder_cannot_be_relocated_onto_around_or_into_another(
    connection: Connection, new: bytes
) -> None:
    add_root(connection, b"/other")
    assert code_of_relocating(connection, ALBUM, new) == "root-overlap"
    assert paths(connection) == [ALBUM, b"/other"]


@pytest.mark.parametrize("new", [b"/albums", b"/alb", ALBUM + b"/inner", b"/"])
def test_a_folder_may_be_relocated_beside_into_or_around_where_it_was(
    connection: Connection, new: bytes
) -> None:
    relocate_root(connection, ALBUM, new)
    assert paths(connection) == [new]


def test_only_a_folder_of_the_library_can_be_relocated(connection: Connection) -> None:
    assert code_of_relocating(connection, b"/unknown", b"/new") == "unknown-root"
    remove_root(connection, ALBUM)
    assert code_of_relocating(connection, ALBUM, b"/new") == "unknown-root"


def test_relocating_to_where_a_removed_folder_was_takes_its_place(connection: Connection) -> None:
    add_root(connection, b"/removed")
    put(connection, b"/removed/only there", "a")
    put(connection, b"/removed/in both", "b")
    put(connection, ALBUM + b"/in both", "b")
    rate(connection, [A], 5, "a")
    remove_root(connection, b"/removed")
    relocate_root(connection, ALBUM, b"/removed")
    assert connection.scalars(select(roots.c.path)).all() == [b"/removed"]
    assert find_file(connection, b"/removed/in both") is not None
    assert find_file(connection, b"/removed/only there") is None
    assert stars(connection) == {A.hex(): 5}  # said of a photo, whose file may turn up again
    orphans = select(photos.c.hash).where(photos.c.orphaned_at.is_not(None))
    assert connection.scalars(orphans).all() == [A]


def test_a_relocated_folder_need_not_be_a_mount_point_as_it_was(connection: Connection) -> None:
    set_mounted(connection, root_id(connection), True)
    relocate_root(connection, ALBUM, b"/copied/to/the/disk")
    assert [root.mounted for root in active_roots(connection)] == [False]

"""Roots, folders and files: what a scan changes, and finding a file by its path."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from photosearch.catalog.contents import mark_pending, record_problem
from photosearch.catalog.curate import add_root, remove_root
from photosearch.catalog.database import Catalog, open_catalog
from photosearch.catalog.places import (
    Changes,
    Listed,
    absolute,
    active_roots,
    apply_changes,
    as_stored,
    compare_folder,
    files_of_folders,
    find_file,
    known_folders,
    paths_of,
    present_file_counts,
    relative_to,
)
from photosearch.catalog.schema import files
from tests.catalog.rows import (
    ALBUM,
    Entry,
    content,
    list_file,
    lose,
    put,
    record,
    rolled_back,
    root_id,
)
from tests.postgres import Keeping

FOLDER = b"2024/summer"


def scan(connection: Connection, *listing: Entry) -> Changes:
    """Compare FOLDER with a listing of it, and apply what differs."""
    known = known_folders(connection, root_id(connection))
    changes = Changes()
    compare_folder(connection, known.get(FOLDER), FOLDER, listing, changes)
    apply_changes(connection, root_id(connection), known, changes)
    return changes


def counts(changes: Changes) -> tuple[int, int, int, int]:
    found = len(changes.new), len(changes.changed), len(changes.back), len(changes.gone)
    assert len(changes) == sum(found)
    return found


def row_of(connection: Connection, name: bytes) -> tuple[bool, str | None, int, bool]:
    """Of a file: whether it is pending, its problem, its attempts, whether it is missing."""
    row = connection.execute(
        select(files.c.pending, files.c.problem, files.c.attempts, files.c.missing_since).where(
            files.c.name == name
        )
    ).one()
    return row[0], row[1], row[2], row[3] is not None


# --- compare and apply ---


def test_a_new_file_is_to_be_read(connection: Connection) -> None:
    assert counts(scan(connection, Entry(b"a"), Entry(b"b"))) == (2, 0, 0, 0)
    assert row_of(connection, b"a") == (True, None, 0, False)


def test_files_that_are_as_they_were_change_nothing(connection: Connection) -> None:
    scan(connection, Entry(b"a"), Entry(b"b"))
    assert counts(scan(connection, Entry(b"b"), Entry(b"a"))) == (0, 0, 0, 0)


@pytest.mark.parametrize("now", [Entry(b"a", size=2), Entry(b"a", mtime_ns=2)])
def test_a_file_of_another_size_or_time_is_to_be_read_again(
    connection: Connection, now: Entry
) -> None:
    put(connection, ALBUM + b"/" + FOLDER + b"/a", "first")
    assert row_of(connection, b"a") == (False, None, 0, False)
    assert counts(scan(connection, now)) == (0, 1, 0, 0)
    assert row_of(connection, b"a") == (True, None, 0, False)
    assert counts(scan(connection, now)) == (0, 0, 0, 0)


def test_a_changed_file_has_a_new_chance(connection: Connection) -> None:
    file_id = list_file(connection, ALBUM + b"/" + FOLDER + b"/a")
    record_problem(connection, file_id, "no picture", give_up=True)
    assert row_of(connection, b"a") == (False, "no picture", 1, False)
    scan(connection, Entry(b"a", size=2))
    assert row_of(connection, b"a") == (True, None, 0, False)


def test_a_file_that_is_gone_is_missing_once_and_keeps_its_row(connection: Connection) -> None:
    put(connection, ALBUM + b"/" + FOLDER + b"/a", "first")
    assert counts(scan(connection)) == (0, 0, 0, 1)
    assert row_of(connection, b"a") == (False, None, 0, True)
    assert counts(scan(connection)) == (0, 0, 0, 0)


def test_a_file_that_is_back_unchanged_is_not_read_again(connection: Connection) -> None:
    put(connection, ALBUM + b"/" + FOLDER + b"/a", "first")
    scan(connection)
    assert counts(scan(connection, Entry(b"a"))) == (0, 0, 1, 0)
    assert row_of(connection, b"a") == (False, None, 0, False)


def test_a_file_that_is_back_with_other_bytes_is_read_again(connection: Connection) -> None:
    put(connection, ALBUM + b"/" + FOLDER + b"/a", "first")
    scan(connection)
    assert counts(scan(connection, Entry(b"a", size=2))) == (0, 1, 0, 0)
    assert row_of(connection, b"a") == (True, None, 0, False)


def test_new_folders_are_known_to_whoever_applied_them(connection: Connection) -> None:
    known = known_folders(connection, root_id(connection))
    new: list[tuple[bytes, Listed]] = [
        (FOLDER, Entry(b"a")),
        (b"", Entry(b"b")),
        (FOLDER, Entry(b"c")),
    ]
    apply_changes(connection, root_id(connection), known, Changes(new=new))
    assert known.keys() == {FOLDER, b""}
    assert known == known_folders(connection, root_id(connection))


def test_files_of_folders_are_those_not_known_to_be_missing(connection: Connection) -> None:
    here = list_file(connection, ALBUM + b"/x/here")
    list_file(connection, ALBUM + b"/x/gone")
    list_file(connection, ALBUM + b"/y/elsewhere")
    lose(connection, ALBUM + b"/x/gone")
    known = known_folders(connection, root_id(connection))
    assert files_of_folders(connection, [known[b"x"]]) == [here]


def test_present_file_counts_leave_missing_files_out(connection: Connection) -> None:
    put(connection, ALBUM + b"/here", "a")
    put(connection, ALBUM + b"/gone", "b")
    lose(connection, ALBUM + b"/gone")
    assert present_file_counts(connection) == {root_id(connection): 1}


# --- finding a file by its path ---


@pytest.fixture(scope="module")
def shared(kept_in: Keeping, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    """A catalog for many examples, each rolled back."""
    catalog = open_catalog(kept_in(tmp_path_factory.mktemp("places")))
    with catalog.write() as connection:
        add_root(connection, ALBUM)
    yield catalog
    catalog.close()


names = st.binary(min_size=1, max_size=30).map(lambda name: name.replace(b"/", b"\n"))


@given(path=st.lists(names, min_size=1, max_size=4))
def test_a_file_of_any_name_is_found(shared: Catalog, path: list[bytes]) -> None:
    with rolled_back(shared) as connection:
        whole = b"/".join([ALBUM, *path])
        photo_id = put(connection, whole, "a")
        place = find_file(connection, whole)
        assert place is not None
        assert (place.photo_id, place.content, place.pending) == (photo_id, content("a"), False)
        assert paths_of(connection, [photo_id]) == {photo_id: [whole]}


def test_a_file_that_was_never_read_has_no_photo(connection: Connection) -> None:
    file_id = list_file(connection, ALBUM + b"/new")
    place = find_file(connection, ALBUM + b"/new")
    assert place is not None
    assert (place.file_id, place.pending) == (file_id, True)
    assert (place.photo_id, place.content) == (None, None)


def test_a_file_whose_bytes_are_in_doubt_says_so(connection: Connection) -> None:
    put(connection, ALBUM + b"/a", "a")
    place = find_file(connection, ALBUM + b"/a")
    assert place is not None and not place.pending
    mark_pending(connection, place.file_id)
    place = find_file(connection, ALBUM + b"/a")
    assert place is not None and place.pending and place.content == content("a")


@pytest.mark.parametrize("path", [ALBUM, ALBUM + b"/", ALBUM + b"/b", b"/albums/a", b"/a", b"/"])
def test_a_path_that_no_root_knows_is_not_found(connection: Connection, path: bytes) -> None:
    put(connection, ALBUM + b"/a", "a")
    assert find_file(connection, path) is None


def test_a_file_of_a_removed_root_is_not_found(connection: Connection) -> None:
    put(connection, ALBUM + b"/a", "a")
    remove_root(connection, ALBUM)
    assert find_file(connection, ALBUM + b"/a") is None


def test_a_file_in_the_inner_of_two_roots_is_found_there(connection: Connection) -> None:
    add_root(connection, ALBUM + b"/inner")
    file_id = list_file(connection, ALBUM + b"/inner/a")
    place = find_file(connection, ALBUM + b"/inner/a")
    assert place is not None and place.file_id == file_id


def test_what_an_outer_root_once_knew_does_not_hide_the_file_of_the_inner(
    connection: Connection,
) -> None:
    # The outer root was removed, the inner added and scanned, the outer added again and scanned:
    # the inner one's files are the inner's now, and the outer's rows of them are missing.
    put(connection, ALBUM + b"/inner/a", "old bytes")
    lose(connection, ALBUM + b"/inner/a")
    remove_root(connection, ALBUM)
    add_root(connection, ALBUM + b"/inner")
    record(connection, list_file(connection, ALBUM + b"/inner/a"), "new bytes")
    add_root(connection, ALBUM)
    place = find_file(connection, ALBUM + b"/inner/a")
    assert place is not None and place.content == content("new bytes")


# --- paths of photos ---


def test_paths_of_a_photo_begin_with_one_that_is_there(connection: Connection) -> None:
    photo_id = put(connection, ALBUM + b"/gone", "a")
    put(connection, ALBUM + b"/here", "a")
    lose(connection, ALBUM + b"/gone")
    assert paths_of(connection, [photo_id])[photo_id][0] == ALBUM + b"/here"


def test_paths_of_a_photo_leave_removed_roots_out(connection: Connection) -> None:
    add_root(connection, b"/other")
    photo_id = put(connection, ALBUM + b"/a", "a")
    put(connection, b"/other/a", "a")
    remove_root(connection, ALBUM)
    assert paths_of(connection, [photo_id]) == {photo_id: [b"/other/a"]}
    assert [root.path for root in active_roots(connection)] == [b"/other"]


@pytest.mark.parametrize(
    ("root", "path", "inside"),
    [
        (b"/a", b"/a", b""),
        (b"/a", b"/a/b", b"b"),
        (b"/a", b"/a/b/c", b"b/c"),
        (b"/a", b"/ab", None),
        (b"/a/b", b"/a/bc", None),
        (b"/a/b", b"/a", None),
        (b"/", b"/", b""),
        (b"/", b"/a/b", b"a/b"),
        (b"/\xff", b"/\xff/\n", b"\n"),
    ],
)
def test_relative_to_respects_the_borders_of_folders(
    root: bytes, path: bytes, inside: bytes | None
) -> None:
    assert relative_to(root, path) == inside


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        ((b"/", b"", b"a"), b"/a"),
        ((b"/", b"b", b"a"), b"/b/a"),
        ((b"/r", b"", b"a"), b"/r/a"),
        ((b"/r", b"b/c", b"a"), b"/r/b/c/a"),
    ],
)
def test_absolute_puts_the_parts_together(parts: tuple[bytes, bytes, bytes], path: bytes) -> None:
    assert absolute(*parts) == path


def test_a_path_is_stored_absolute_and_without_detours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    stored = bytes(tmp_path) + b"/album"
    assert as_stored("album") == as_stored("x/../album/") == as_stored(tmp_path / "album") == stored

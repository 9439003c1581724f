"""Thumbnails of a shared library: made by one computer, shown and compared by all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from photosearch.duplicates.groups import Group
from photosearch.engine.requests import GetDuplicates, GetRows
from photosearch.library import Library
from photosearch.library.copying import copy_library
from photosearch.progress import Done, Progress
from photosearch.shared import SERVER_FILE
from tests.engine.talk import engine
from tests.postgres import Databases

pytestmark = pytest.mark.usefixtures("children_end")
Computer = Callable[[str], Library]


@pytest.fixture
def address(databases: Databases) -> str:
    return databases.new()


@pytest.fixture
def computer(address: str, tmp_path: Path) -> Iterator[Computer]:
    """Opens the library on a computer of this name; nobody else has its folder."""
    with ExitStack() as opened:
        yield lambda name: opened.enter_context(Library(folder_of(tmp_path / name, address)))


@pytest.fixture
def album(album: Path) -> Path:
    """The album, with a photo that is in it twice."""
    shutil.copy(album / "winter" / "0.jpg", album / "again.jpg")
    with (album / "again.jpg").open("ab") as file:
        file.write(b"\0")  # other bytes, the same picture
    return album


def folder_of(folder: Path, address: str) -> Path:
    folder.mkdir()
    (folder / SERVER_FILE).write_text(address)
    return folder


def index(library: Library, *folders: Path) -> bool:
    """Index; whether anything was read."""
    events = list(library.index(list(folders)))
    assert isinstance(events[-1], Done)
    return any(isinstance(event, Progress) and event.stage == "read" for event in events)


def files(library: Library) -> dict[str, bytes]:
    folder = library.folder / "thumbnails"
    return {file.name: file.read_bytes() for file in folder.rglob("*.jpg*")}


def rows(address: str, question: LiteralString) -> list[tuple[object, ...]]:
    with psycopg.connect(address) as connection:
        return connection.execute(question).fetchall()


def groups(library: Library) -> list[tuple[str, set[str]]]:
    def names(group: Group) -> set[str]:
        found = (group.file.path, *(other.file.path for other in group.others))
        return {path.rpartition(b"/")[2].decode() for path in found}

    return [(group.kind, names(group)) for group in library.duplicates.groups()]


def test_who_only_looks_has_them_all(
    computer: Computer, address: str, album: Path, tmp_path: Path
) -> None:
    one = computer("one")
    index(one, album)
    photo_ids = tuple(one.photos())
    reader = one.give_roles()[0]
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE ROLE nora LOGIN")
        both = Identifier(reader.name), Identifier("nora")
        connection.execute(SQL("GRANT {} TO {}").format(*both))
    album.rename(tmp_path / "not on this computer")
    folder = folder_of(tmp_path / "other", address.replace("postgres@", "nora@"))
    with engine(folder) as talk:
        (group,) = talk.answer(GetDuplicates()).groups
        shown = [Path(each.thumbnail) for each in (group.keep, *group.others)]
        assert len(shown) == 2 and all(file.is_file() for file in shown)
        found = talk.answer(GetRows(photo_ids)).rows
        assert len(found) == 7
        for row in found:
            file = Path(row.thumbnail)
            assert file.is_relative_to(folder)
            assert file.read_bytes() == files(one)[file.name]
    with Library(folder) as other:
        assert other.status().todo == 0
        assert other.status().stages["thumbnail"] == {"done": 7}
        shutil.rmtree(folder / "thumbnails")
        (folder / "thumbnails").touch()  # a disk that takes nothing
        contents = [row.content for row in other.photo_rows(photo_ids)]
        assert set(other.thumbnail_files(contents)) == set(contents)


def test_computers_that_index_in_turn_make_each_once(
    computer: Computer, address: str, album: Path
) -> None:
    one, other = computer("one"), computer("other")
    assert index(one, album)
    made: LiteralString = (
        "SELECT photo_id, outcomes.xmin::text, thumbnails.xmin::text"
        " FROM outcomes JOIN thumbnails USING (photo_id) ORDER BY photo_id, stage"
    )
    before = rows(address, made)
    assert len(before) > 7
    assert not index(other) and not index(one) and not index(other)
    assert rows(address, made) == before
    assert len(files(one)) == 7 and files(other) == {}


def test_one_compares_what_another_made(computer: Computer, album: Path, tmp_path: Path) -> None:
    one, other = computer("one"), computer("other")
    one.switch_stage("duplicates", False)
    index(one, album)
    one.switch_stage("duplicates", True)
    album.rename(tmp_path / "not on this computer")
    assert groups(one) == []
    index(other)
    assert groups(one) == groups(other) == [("duplicate", {"0.jpg", "again.jpg"})]
    assert files(other) == files(one)


def test_what_is_lost_is_made_again_and_what_is_purged_goes(
    computer: Computer, address: str, album: Path
) -> None:
    index(computer("one"), album)
    count = "SELECT count(*) FROM thumbnails"
    assert rows(address, count) == [(7,)]
    for loss in ("DELETE FROM thumbnails WHERE photo_id < 3", "DROP TABLE thumbnails"):
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(loss)
        later = computer(f"after {loss.partition(' ')[0]}")
        assert index(later)
        assert rows(address, count) == [(7,)] and not index(later)
    (album / "again.jpg").unlink()
    index(later)
    later.purge(0)
    assert rows(address, count) == [(6,)]


def test_a_copy_of_a_library_is_filled_by_the_next_run(
    computer: Computer, address: str, album: Path, tmp_path: Path
) -> None:
    with Library(tmp_path / "library") as embedded:
        index(embedded, album)
        made = files(embedded)
    shared = folder_of(tmp_path / "shared", address)
    for _ in copy_library(tmp_path / "library", shared):
        pass
    one = computer("one")
    assert files(one) == {} and rows(address, "SELECT * FROM thumbnails") == []
    index(one)
    assert len(rows(address, "SELECT * FROM thumbnails")) == 7
    assert files(one) == made

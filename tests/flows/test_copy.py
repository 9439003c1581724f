"""A library copied into a shared one, and back: both hold the same, whatever came in between."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from photosearch.catalog.curate import add_root, rate
from photosearch.catalog.database import CATALOG_FILE, Catalog, open_catalog
from photosearch.catalog.embeddings import add_vectors
from photosearch.catalog.outcomes import DONE, Outcome, Stage, set_outcomes
from photosearch.catalog.schema import meta, metadata, outcomes, photos, removals, vectors
from photosearch.catalog.searches import remember
from photosearch.errors import PhotoSearchError
from photosearch.indexing.run import an_indexer
from photosearch.library.copying import copy_library
from photosearch.shared import library_folder
from tests.catalog.rows import ALBUM, content, put
from tests.catalog.test_digest import fill
from tests.conftest import Command
from tests.flows.test_shared import one_line
from tests.postgres import Databases

# Copies by three rows, and kills itself before the end of the n-th transaction that writes.
KILLED = """
import os, signal, sys
from contextlib import contextmanager
from pathlib import Path
from photosearch.catalog import copying
from photosearch.catalog.database import Catalog
from photosearch.library.copying import copy_library
source, target, number = sys.argv[1:]
copying._BATCH, whole, left = 3, Catalog.write, int(number)
@contextmanager
def write(self, **how):
    global left
    with whole(self, **how) as connection:
        yield connection
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
Catalog.write = write
for _ in copy_library(Path(source), Path(target)):
    pass
"""
NAMES = "abcdefgh"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An embedded library with everything that a catalog can hold."""
    folder = tmp_path / "full"
    folder.mkdir()
    with closing(open_catalog(folder)) as catalog:
        with catalog.write() as connection:
            add_root(connection, ALBUM)
            fill(connection, NAMES)
            photo_id = put(connection, ALBUM + b"/a", "a")
            thumbnail = Outcome(photo_id, Stage("thumbnail", "of this folder"), DONE)
            set_outcomes(connection, [thumbnail])
            add_vectors(connection, "Other/encoder", [(photo_id, b"\0\x3c" * 16)])
            last = select(photos.c.id).where(photos.c.hash == content("h")).scalar_subquery()
            connection.execute(
                update(photos).where(photos.c.id == photo_id).values(superseded_by=last)
            )
            moved = {"batch": 1, "at": "2024", "hash": b"\1" * 32, "path": b"/\xff", "size": 1}
            moved |= {"mtime_ns": 2**60, "kept": b"\2" * 32, "place": b"/t", "state": "removed"}
            connection.execute(insert(removals), moved)
            remember(connection, "snow")
        catalog.set_setting("encoder", "tiny")
    return folder


def held(folder: Path) -> dict[str, list[Any]]:
    """All rows of a library, but what is its own."""
    with closing(open_catalog(folder)) as catalog, catalog.read() as connection:
        found = {}
        for table in metadata.sorted_tables:
            rows = [dict(row) for row in connection.execute(select(table)).mappings()]
            if table is outcomes:
                rows = [row for row in rows if row["stage"] != "thumbnail"]
            if table is meta:
                rows = [row for row in rows if row["key"] != "catalog_id"]
            found[table.name] = sorted(rows, key=repr)
    del found["schema_version"]
    return found


def copied(source: Path, target: Path) -> None:
    for _ in copy_library(source, target):
        pass


def id_of(folder: Path) -> str:
    with closing(open_catalog(folder)) as catalog:
        return catalog.id


def test_there_and_back_both_hold_the_same(
    databases: Databases, here: Command, folder: Path, tmp_path: Path
) -> None:
    address, back = databases.new(), tmp_path / "back"
    whole = here("--library", folder, "doctor", "--digest", "--json").rows[0]
    assert whole["photos"] == len(NAMES) and whole["vector_count"] == len(NAMES) + 1
    there = here("library", "copy", folder, address, "--json")
    assert there.code == 0, there.err
    assert there.rows[-1] == {"event": "copied", **whole}
    counts = [(row["done"], row["total"]) for row in there.rows if row.get("stage") == "copy"]
    assert counts[0][0] == 0 and counts[-1][0] == counts[-1][1] > 50
    assert "now holds what" in here("library", "copy", address, back).out
    for copy in (library_folder(address), back):
        assert here("--library", copy, "doctor", "--digest", "--json").rows[0] == whole
        assert held(copy) == held(folder)
    assert len({id_of(each) for each in (folder, library_folder(address), back)}) == 3
    for copy in (folder, library_folder(address), back):  # each goes on by itself
        with closing(open_catalog(copy)) as catalog, catalog.write() as connection:
            photo_id = put(connection, ALBUM + b"/new", "new")
            add_vectors(connection, "tiny", [(photo_id, b"\0" * 8)])
            rate(connection, [content("new")], 2, "new")
            seq = connection.scalar(select(vectors.c.seq).where(vectors.c.photo_id == photo_id))
        assert (photo_id, seq) == (len(NAMES) + 1, len(NAMES) + 2)


@pytest.mark.parametrize("to_server", [True, False])
def test_killed_in_the_middle_it_goes_on(
    databases: Databases, here: Command, folder: Path, tmp_path: Path, to_server: bool
) -> None:
    source, target = folder, library_folder(databases.new())
    if not to_server:
        copied(folder, target)
        source, target = target, tmp_path / "back"
    begun = 0
    for number in (4, 9, 20, 30):
        line = [sys.executable, "-c", KILLED, str(source), str(target), str(number)]
        done = subprocess.run(line, env=os.environ, capture_output=True, text=True, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
        one_line(here("--library", target, "status"), "is a copy of a library that was not finish")
        one_line(here("library", "copy", target, tmp_path / "other"), "was not finished")
        with closing(open_catalog(target, unfinished=True)) as catalog:
            begun = max(begun, rows_in(catalog))
    assert 0 < begun < sum(map(len, held(source).values()))
    ran = here("library", "copy", source, target, "--json")
    assert ran.code == 0, ran.err
    first = next(row for row in ran.rows if row.get("stage") == "copy")
    assert first["done"] > 30  # what was finished is not copied again
    assert held(target) == held(source)


def rows_in(catalog: Catalog) -> int:
    with catalog.read() as connection:
        return sum(len(connection.execute(select(table)).all()) for table in metadata.sorted_tables)


def test_what_is_no_place_for_a_copy_is_refused_and_left_as_it_is(
    databases: Databases, here: Command, folder: Path, tmp_path: Path
) -> None:
    address, other = databases.new(), tmp_path / "other"
    other.mkdir()
    with closing(open_catalog(other)) as catalog, catalog.write() as connection:
        add_root(connection, b"/elsewhere")
    before = held(other)
    one_line(here("library", "copy", folder, other), "is another library")
    one_line(here("library", "copy", folder, folder), "are the same library")
    one_line(here("library", "copy", tmp_path / "nowhere", address), "There is no library in")
    assert not (tmp_path / "nowhere").exists()
    for busy in (folder, library_folder(address)):
        with closing(open_catalog(busy)) as catalog, an_indexer(catalog):
            one_line(here("library", "copy", folder, address), "is being indexed already")
    copying = copy_library(folder, library_folder(address))
    for event in copying:
        if event.stage == "copy" and event.done:
            break
    for end in (folder, library_folder(address)):
        with (
            closing(open_catalog(end, unfinished=True)) as catalog,
            pytest.raises(PhotoSearchError, match="indexed already"),
            an_indexer(catalog),
        ):
            pass
    copying.close()  # a copy that was begun
    one_line(here("library", "copy", other, address), "a copy of another one")
    with closing(open_catalog(folder)) as catalog, catalog.write() as connection:
        rate(connection, [content("a")], 5, "a")
    ran = here("library", "copy", folder, address, "--json")
    assert ran.code == 1 and ran.rows[1:] == []  # it was looked at, and nothing copied
    assert ran.err.count("\n") == 1 and "has changed since the copy" in ran.err
    assert held(other) == before


def test_a_copy_is_of_one_moment(databases: Databases, folder: Path, tmp_path: Path) -> None:
    shared, back = library_folder(databases.new()), tmp_path / "back"
    for source, target in ((folder, shared), (shared, back)):
        before = held(source)
        copying = copy_library(source, target)
        for event in copying:
            if event.stage == "copy":
                break
        with closing(open_catalog(source)) as catalog, catalog.write() as connection:
            put(connection, ALBUM + b"/late", f"late {source.name}")
            rate(connection, [content("h")], 1, "h")
        for _ in copying:
            pass
        assert held(target) == before != held(source)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE ratings SET stars = 1", "the digest is another"),
        ("DELETE FROM favourites WHERE photo_id = 1", "7 rows of favourites, not 8"),
        ("UPDATE vectors SET seq = seq - 100", "rows do not fit together"),
    ],
)
def test_a_copy_that_was_changed_is_no_copy(
    here: Command, folder: Path, tmp_path: Path, statement: str, words: str
) -> None:
    target = tmp_path / "target"
    copying = copy_library(folder, target)
    for event in copying:
        if event.done == event.total:
            break
    copying.close()
    with closing(sqlite3.connect(target / CATALOG_FILE)) as connection:
        connection.execute(statement)
        connection.commit()
    ran = here("library", "copy", folder, target, "--json")
    assert ran.code == 1 and ran.err.count("\n") == 1 and words in ran.err
    one_line(here("--library", target, "status"), "was not finished")

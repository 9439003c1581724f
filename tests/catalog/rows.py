"""How the tests say “this file holds that”: through the catalog's own functions."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

import pytest
from sqlalchemy import Connection, select

from photosearch.catalog.contents import FileState, record_content
from photosearch.catalog.database import Catalog
from photosearch.catalog.places import (
    Changes,
    active_roots,
    apply_changes,
    find_file,
    known_folders,
    relative_to,
)
from photosearch.catalog.schema import files
from photosearch.catalog.sidecars import Sidecar
from photosearch.catalog.words import export

ALBUM = b"/album"


class Entry(NamedTuple):
    """A file as a listing shows it."""

    name: bytes
    size: int = 1
    mtime_ns: int = 1
    inode: int = 1
    sidecar: Sidecar | None = None
    still: bytes | None = None


def content(name: str) -> bytes:
    """A content hash that `name` stands for."""
    return hashlib.blake2b(name.encode(), digest_size=32).digest()


def root_id(connection: Connection) -> int:
    """The id of the root ALBUM."""
    return next(root.id for root in active_roots(connection) if root.path == ALBUM)


def list_file(connection: Connection, path: bytes) -> int:
    """A scan of the innermost root around `path` has seen a new file there; returns its id."""
    around = [r for r in active_roots(connection) if relative_to(r.path, path) is not None]
    root = max(around, key=lambda root: len(root.path))
    folder, _, name = (relative_to(root.path, path) or b"").rpartition(b"/")
    known = known_folders(connection, root.id)
    apply_changes(connection, root.id, known, Changes(new=[(folder, Entry(name))]))
    row = select(files.c.id).where(files.c.folder_id == known[folder], files.c.name == name)
    return int(connection.execute(row).scalar_one())


def put(
    connection: Connection,
    path: bytes,
    holds: str,
    *,
    turned: Sequence[int] = (),
    **facts: object,
) -> int:
    """The file at `path` was read and holds the content `holds`; returns the photo's id."""
    place = find_file(connection, path)
    file_id = list_file(connection, path) if place is None else place.file_id
    return record(connection, file_id, holds, turned=turned, **facts)


def record(
    connection: Connection, file_id: int, holds: str, *, turned: Sequence[int] = (), **facts: object
) -> int:
    """The file with this id was read and holds the content `holds`; returns the photo's id."""
    state = FileState(size=1, mtime_ns=1, inode=1)
    return record_content(connection, file_id, content(holds), state, facts, turned=turned)


def lose(connection: Connection, path: bytes) -> None:
    """A scan no longer saw the file at `path`."""
    place = find_file(connection, path)
    assert place is not None
    apply_changes(connection, 0, {}, Changes(gone=[place.file_id]))


def stars(connection: Connection) -> dict[str, int]:
    """The ratings, by the hash of the photo in hex."""
    return {row["photo"]: row["stars"] for row in export(connection)["ratings"]}


class _Back(Exception):
    pass


@contextmanager
def rolled_back(catalog: Catalog) -> Iterator[Connection]:
    """A transaction that leaves nothing behind, for tests with many examples."""
    with suppress(_Back), catalog.write() as connection:
        yield connection
        raise _Back


def effort(connection: Connection, query: Callable[[], object]) -> int:
    """How much SQLite does for a query, in hundreds of instructions of its virtual machine: a
    count, the same on every computer."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        pytest.skip("counts what SQLite does")
    spent = 0

    def tell() -> int:
        nonlocal spent
        spent += 1
        return 0

    driver.set_progress_handler(tell, 100)
    query()
    driver.set_progress_handler(None, 0)
    return spent

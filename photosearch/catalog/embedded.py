"""The catalog in a file of its own, by SQLite: all that is so with SQLite alone."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import NoReturn

from filelock import FileLock
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from photosearch.catalog.fields import kilometres
from photosearch.catalog.migrations import bring_up_to_date
from photosearch.errors import PhotoSearchError, disk_full
from photosearch.paths import printable

BUSY_MILLISECONDS = 60_000
"""How long a write waits for another process's: far longer than any transaction here takes."""


_CANNOT_WRITE = {
    *("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_DIR_FSYNC"),
    *("SQLITE_IOERR_TRUNCATE", "SQLITE_IOERR_SHMSIZE"),
}


class Embedded:
    """A catalog's file. See `store.Store`."""

    errors: tuple[type[Exception], ...] = (sqlite3.Error,)
    searches = False
    several = False

    def __init__(self, file: Path) -> None:
        """The catalog in `file`, whose folder must be there."""
        self.file = file
        self.folder = file.parent
        self._engine = _engine(file)
        self._watch: PoolProxiedConnection | None = None  # SQLite counts what others than it commit
        self._watching = Lock()

    @property
    def place(self) -> str:
        """The file's path."""
        return printable(self.file)

    @property
    def program(self) -> str:
        """SQLite's version."""
        return f"SQLite {sqlite3.sqlite_version}"

    def prepare(self) -> None:
        """Bring the tables to the newest version. One process at a time: SQLite does not wait where
        two make a file or put it in WAL mode."""
        with FileLock(f"{self.file}.lock"):
            bring_up_to_date(self, self._use_wal)

    def _use_wal(self) -> None:
        """Put the file in WAL mode, in which it then stays. Not before its version is known: a
        newer one's file is left as it is."""
        with closing(self._engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA journal_mode = WAL")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[Connection]:
        """A transaction that takes SQLite's write lock when it begins: it can wait for its turn,
        but never fails half-way for want of it."""
        with self._engine.connect() as connection:
            connection.execution_options(photosearch_begin="BEGIN IMMEDIATE")
            with connection.begin():
                yield connection
        if durable:  # a commit alone only hands it to the system (`synchronous = NORMAL`)
            with open(f"{self.file}-wal", "rb+") as log:
                os.fsync(log.fileno())

    def changes(self) -> int:
        """SQLite's `data_version`."""
        with self._watching:
            if self._watch is None:
                self._watch = self._engine.raw_connection()
            version: int = self._watch.cursor().execute("PRAGMA data_version").fetchone()[0]
        return version

    def integrity(self) -> list[str]:
        """What SQLite finds wrong with the file."""
        with self.reading() as connection:
            rows = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        problems = [row for row in rows if row != "ok"]
        return problems + [f"row {row[1]} of {row[0]} refers to nothing" for row in broken]

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """The lock in the library's folder does it: nobody comes to this file by another way."""
        yield True

    def give_roles(self) -> NoReturn:
        """There are none: the file's owner owns it."""
        raise PhotoSearchError(
            "not-shared",
            f"{self.place} is a library of your own, without roles",
            "Give the address of a shared one: postgresql://HOST/NAME.",
        )

    def back_up(self, label: str) -> None:
        """See `back_up`."""
        back_up(self.file, label)

    def index_vectors(self, encoder: str, dimension: int) -> None:
        """Nothing: FAISS searches them (see `photosearch.vectors`)."""

    def close(self) -> None:
        """Close all connections."""
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self._engine.dispose()

    def known(self, error: BaseException | None) -> PhotoSearchError | None:
        """What a person can do about an error of SQLite's."""
        code = getattr(error, "sqlite_errorname", "")
        place = self.place
        if code in _CANNOT_WRITE:  # SQLite knows only of the first that it is for want of space
            return disk_full(place, "" if code == "SQLITE_FULL" else " (or its disk fails)")
        if code.startswith("SQLITE_IOERR"):
            return PhotoSearchError(
                "disk-error", f"The disk gave an error on {place} ({error})", "Check the disk."
            )
        if code.startswith("SQLITE_CORRUPT") or code == "SQLITE_NOTADB":
            return PhotoSearchError(
                "damaged-library",
                f"The library's catalog {place} is damaged ({error})",
                "Put back a copy from the 'backups' folder beside it, or move it away and index"
                " again.",
            )
        if code.startswith("SQLITE_BUSY") or code.startswith("SQLITE_LOCKED"):
            return PhotoSearchError(
                "library-busy",
                f"Another program holds {place} for writing",
                "Wait until it has finished, then try again.",
            )
        if code.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
            return PhotoSearchError(
                "no-permission",
                f"{place} cannot be opened for writing ({error})",
                "Check its folder's permissions, or name another library with --library.",
            )
        return None


def back_up(file: Path, label: str) -> Path:
    """Copy the catalog, with all that is committed, to the library's `backups` folder by SQLite's
    backup API; the copy appears under its name only when it is whole and on the disk."""
    folder = file.parent / "backups"
    folder.mkdir(exist_ok=True)
    name = f"catalog-{label}-{datetime.now(UTC):%Y%m%dT%H%M%S}.sqlite"
    part = folder / f"{name}.part"
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
    with part.open("rb+") as copied:
        os.fsync(copied.fileno())
    return part.replace(folder / name)


def _engine(file: Path) -> Engine:
    url = URL.create("sqlite", database=str(file))
    engine = create_engine(url, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.create_function("kilometres", 4, kilometres, deterministic=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        connection.exec_driver_sql(options.get("photosearch_begin", "BEGIN"))

    return engine

"""Opening the catalog, and its transactions: `read()` sees one moment, `write()` is all or
nothing and waits its turn."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from filelock import FileLock
from sqlalchemy import URL, Connection, Engine, create_engine, event, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from photosearch.catalog.fields import kilometres
from photosearch.catalog.migrations import bring_up_to_date, writing
from photosearch.catalog.schema import meta
from photosearch.errors import PhotoSearchError, disk_full, from_os_error
from photosearch.paths import printable

BUSY_MILLISECONDS = 60_000
"""How long a write waits for another process's: far longer than any transaction here takes."""


_CANNOT_WRITE = {
    *("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_DIR_FSYNC"),
    *("SQLITE_IOERR_TRUNCATE", "SQLITE_IOERR_SHMSIZE"),
}


class Catalog:
    """An open catalog. Safe to use from several threads; each transaction has its connection."""

    def __init__(self, file: Path) -> None:
        """Open (or create) the catalog in `file`, whose folder must be there.

        Raises PhotoSearchError: `newer-library`, `damaged-library`, `disk-full`, `no-permission`.
        """
        self.file = file
        self._engine = _engine(file)
        self._watch: PoolProxiedConnection | None = None  # SQLite counts what others than it commit
        self._watching = Lock()
        try:
            # One at a time: SQLite does not wait where two make a file or put it in WAL mode.
            with self._errors(), FileLock(f"{file}.lock"):
                bring_up_to_date(self._engine, file)
            self.id = self._catalog_id()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close all connections."""
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads: all of it sees the same moment."""
        with self._errors(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[Connection]:
        """A transaction that writes: committed whole at the end, or not at all. It takes the write
        lock when it begins, so it can wait for its turn but never fails half-way for want of it.
        Keep it under 200 ms: others wait. `durable`: it is on the disk when this returns, whatever
        happens to the power."""
        with self._errors():
            with writing(self._engine) as connection:
                yield connection
            if durable:  # a commit alone only hands it to the system (`synchronous = NORMAL`)
                with open(f"{self.file}-wal", "rb+") as log:
                    os.fsync(log.fileno())

    def setting(self, key: str) -> str | None:
        """A value that belongs to this library (None where it was never set)."""
        with self.read() as connection:
            return connection.scalar(select(meta.c.value).where(meta.c.key == key))

    def set_setting(self, key: str, value: str) -> None:
        """Remember a value that belongs to this library."""
        with self.write() as connection:
            connection.execute(meta.delete().where(meta.c.key == key))
            connection.execute(meta.insert().values(key=key, value=value))

    def changes(self) -> int:
        """A number that is another one as soon as anything was committed since it was asked for
        last, by whatever process. Costs no search through the tables."""
        with self._errors(), self._watching:
            if self._watch is None:
                self._watch = self._engine.raw_connection()
            version: int = self._watch.cursor().execute("PRAGMA data_version").fetchone()[0]
        return version

    def integrity(self) -> list[str]:
        """What SQLite finds wrong with the file; empty where all is well."""
        with self.read() as connection:
            rows = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        problems = [row for row in rows if row != "ok"]
        return problems + [f"row {row[1]} of {row[0]} refers to nothing" for row in broken]

    def _catalog_id(self) -> str:
        known = self.setting("catalog_id")
        if known is not None:
            return known
        with self.write() as connection:
            insert = meta.insert().prefix_with("OR IGNORE")
            connection.execute(insert.values(key="catalog_id", value=secrets.token_hex(8)))
        return self.setting("catalog_id") or ""

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn SQLite's errors about the environment into ones a person can act on; anything else
        is a mistake of ours and stays as it is."""
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            known = _known(error.orig if isinstance(error, DBAPIError) else error, self.file)
            if known is None:
                raise
            raise known from error
        except OSError as error:
            raise from_os_error(error, printable(self.file)) from error


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


def _known(error: BaseException | None, file: Path) -> PhotoSearchError | None:
    code = getattr(error, "sqlite_errorname", "")
    place = printable(file)
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
            "Put back a copy from the 'backups' folder beside it, or move it away and index again.",
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

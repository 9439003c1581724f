"""The catalog of a shared library in a PostgreSQL database: all that is so with PostgreSQL alone.

Writers take turns, as they do with SQLite: each begins by counting up the one row of `writes`,
which waits for whoever has done so and not ended yet. So the row is the write lock, and its number
tells what was committed since; it is exact, since it is committed with what it counts. (A
snapshot's transaction numbers would tell of other databases' and the server's own work, too.)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Table,
    create_engine,
    inspect,
    select,
)
from sqlalchemy import func as sql
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.exc import DBAPIError

from photosearch.catalog import leases, pgvector, shares
from photosearch.catalog.migrations import bring_up_to_date
from photosearch.catalog.passwords import kept_password
from photosearch.catalog.people import Role, give_roles
from photosearch.catalog.schema import metadata
from photosearch.catalog.thumbnails import thumbnails
from photosearch.catalog.types import HalfVector
from photosearch.errors import PhotoSearchError, disk_full
from photosearch.paths import printable

OLDEST = 15
"""The oldest PostgreSQL that will do."""

BUSY = "60s"
"""How long a write waits for its turn: far longer than any transaction here takes."""

_GIVEN: dict[str, Any] = {  # unless the address says otherwise
    **{"connect_timeout": 10, "application_name": "photosearch"},
    # A server whose plug was pulled is missed within a minute, not after the two hours of TCP.
    **{"keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 4},
    "tcp_user_timeout": 60_000,
}
_MAKING, _INDEXING = 0x70686F746F, 0x696E646578  # advisory locks: “photo”, “index”
_SESSION = (
    "SELECT set_config('lock_timeout', %s, false),"
    " set_config('idle_in_transaction_session_timeout', '600s', false),"  # a computer fell asleep
    " set_config('jit', 'off', false),"  # it takes longer than any statement here
    " current_setting('server_encoding'),"
    " (SELECT set_config('role', pg_get_userbyid(relowner), false) FROM pg_class"
    " WHERE oid = to_regclass(%s) AND pg_has_role(session_user, relowner, %s))"
)  # an owner acts as the owners' role (see `people.py`)
_OWN = leases.OWN
_WRITES = Table("writes", _OWN, Column("number", BigInteger, nullable=False))
_TURN = _WRITES.update().values(number=_WRITES.c.number + 1)

ischema_names.setdefault("halfvec", HalfVector)  # that SQLAlchemy knows one when it looks at tables


class Served:
    """A database on a server. See `store.Store`."""

    errors: tuple[type[Exception], ...] = (psycopg.Error,)
    searches = True
    several = True

    def __init__(self, address: str, folder: Path) -> None:
        """The database at an address as libpq reads it (`postgresql://HOST/NAME`), without a
        password: that comes from where libpq finds it (a service file, .pgpass)."""
        self.folder = folder
        self._address = address
        self._engine = create_engine(
            "postgresql+psycopg://",
            creator=self._connect,
            pool_pre_ping=True,  # the server may have been started anew
            use_native_hstore=False,
        )
        self._shares = shares.follow(self._engine.dialect)
        self._reading = self._engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._writing = self._engine.execution_options(isolation_level="READ COMMITTED")
        self._single = self._engine.execution_options(isolation_level="AUTOCOMMIT")

    @property
    def place(self) -> str:
        """The address."""
        return printable(self._address)

    @cached_property
    def program(self) -> str:
        """The server's version."""
        with self._single.connect() as connection:
            return f"PostgreSQL {connection.exec_driver_sql('SHOW server_version').scalar_one()}"

    def _connect(self) -> psycopg.Connection[Any]:
        try:
            given = conninfo_to_dict(self._address)
        except psycopg.ProgrammingError as error:
            raise PhotoSearchError(
                "bad-address",
                f"{self.place} is no address of a library ({_line(error)})",
                "Give it as postgresql://HOST/NAME.",
            ) from None
        line = make_conninfo(**{**_GIVEN, **given})
        try:
            connection = psycopg.connect(line, autocommit=True)
        except psycopg.OperationalError as error:
            # libpq knows no password, and the server wants one: only then the keyring is asked.
            password = kept_password(self._address) if "no password" in str(error) else None
            if password is None:
                raise
            connection = psycopg.connect(line, password=password, autocommit=True)
        try:
            self._check(connection)
            connection.autocommit = False
        except BaseException:
            connection.close()
            raise
        return connection

    def _check(self, connection: psycopg.Connection[Any]) -> None:
        """Raise PhotoSearchError where this server or database will not do."""
        version = connection.info.server_version // 10_000
        if version < OLDEST:
            raise PhotoSearchError(
                "old-server",
                f"The server of {self.place} is PostgreSQL {version}",
                f"A shared library needs PostgreSQL {OLDEST} or newer.",
            )
        become = "SET" if version >= 16 else "MEMBER"
        row = connection.execute(_SESSION, (BUSY, _WRITES.name, become)).fetchone()
        if row is not None and row[3] != "UTF8":
            raise PhotoSearchError(
                "not-a-library",
                f"The database {self.place} keeps text as {row[3]}, not as UTF8",
                "Make a new one: createdb --encoding=UTF8 --template=template0 NAME.",
            )

    def prepare(self) -> None:
        """Make the tables, or bring them to the newest version. Where nothing lacks, nothing is
        written: a replica could not."""
        with self.reading() as connection:
            there = _tables(connection)
        if not _OWN.tables.keys() <= there:
            with self._making() as connection:
                self._make_own(connection)
        bring_up_to_date(self)
        if thumbnails.name not in there:
            with self._making() as connection:  # it hangs on the table of photos
                thumbnails.create(connection, checkfirst=True)

    @contextmanager
    def _making(self) -> Iterator[Connection]:
        with self._writing.connect() as connection, connection.begin():
            connection.execute(select(sql.pg_advisory_xact_lock(_MAKING)))
            yield connection

    def _make_own(self, connection: Connection) -> None:
        """Make the tables that only a shared library has; also those that a newer version has."""
        there = _tables(connection)  # another process may have been faster
        if _WRITES.name in there:
            _OWN.create_all(connection)
            return
        if there.intersection(metadata.tables):
            raise PhotoSearchError(
                "not-a-library",
                f"The database {self.place} has tables of another program",
                "Name an empty one: createdb NAME makes it.",
            )
        pgvector.add_extension(connection, self.place)
        _OWN.create_all(connection)
        connection.execute(_WRITES.insert().values(number=0))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment."""
        self._shares.look(self.folder)
        with self._reading.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[Connection]:
        """A transaction that has the turn to write. After it got its turn it sees all that was
        committed before (READ COMMITTED)."""
        self._shares.look(self.folder)
        with self._writing.connect() as connection, connection.begin():
            self._take_turn(connection)
            if durable:  # whatever the server's default is
                connection.exec_driver_sql("SET LOCAL synchronous_commit = on")
            yield connection

    def _take_turn(self, connection: Connection) -> None:
        try:
            connection.execute(_TURN)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != _NO_PERMISSION:
                raise
            raise PhotoSearchError(
                "no-permission",
                f"You may look at the library {self.place}, but not change it",
                "Ask whoever looks after it to make you a contributor.",
            ) from error

    def changes(self) -> int:
        """How many transactions have written."""
        with self._single.connect() as connection:
            return connection.scalar(select(_WRITES.c.number)) or 0

    def integrity(self) -> list[str]:
        """What of the tables is not there, and indexes that the server says are not valid."""
        with self.reading() as connection:
            known = inspect(connection)
            there = set(known.get_table_names())
            problems = [f"the table {name} is missing" for name in metadata.tables.keys() - there]
            for table in metadata.sorted_tables:
                if table.name in there:
                    columns = {column["name"] for column in known.get_columns(table.name)}
                    problems += [
                        f"the column {table.name}.{name} is missing"
                        for name in set(table.c.keys()) - columns
                    ]
            broken = connection.exec_driver_sql(
                "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
            )
            problems += [f"the index {name} is not valid" for name in broken.scalars()]
        return sorted(problems)

    @contextmanager
    def held(self, *, alone: bool) -> Iterator[bool]:
        """Hold an advisory lock, which the server frees when its holder ends, however that
        happens."""
        try_it, free = (
            (sql.pg_try_advisory_lock, sql.pg_advisory_unlock)
            if alone
            else (sql.pg_try_advisory_lock_shared, sql.pg_advisory_unlock_shared)
        )
        with self._single.connect() as connection:
            held = connection.scalar(select(try_it(_INDEXING)))
            try:
                yield bool(held)
            finally:
                if held:
                    with suppress(DBAPIError):  # the server is gone, and the lock with it
                        connection.execute(select(free(_INDEXING)))

    def analyse(self) -> None:
        """Until PostgreSQL does it by itself, after a minute or more, it takes tables for nearly
        empty that a run has filled, and looks for one row by going through all."""
        with self._single.connect() as connection:
            connection.exec_driver_sql("ANALYZE files, folders, photos, outcomes")

    def give_roles(self) -> list[Role]:
        """See `people.give_roles`."""
        with self._connect() as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MAKING,))
            return give_roles(connection, self.place, _WRITES.name)

    def back_up(self, label: str) -> None:
        """Nothing: the backups of a server are its owner's (see docs/shared-library.md)."""

    def index_vectors(self, encoder: str, dimension: int) -> None:
        """Make the HNSW index of an encoder's vectors."""
        with self._single.connect() as connection:
            connection.detach()  # and not used again: its settings are for this
            pgvector.make_index(connection, encoder, dimension)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def known(self, error: BaseException | None) -> PhotoSearchError | None:
        """What a person can do about an error of the server's, or where there is none."""
        if not isinstance(error, psycopg.Error):
            return None
        code = error.sqlstate or ""
        if code == "0A000" and "recovery" in str(error):  # what a replica says to a writer
            code = "25006"
        found = _KNOWN.get(code) or _KNOWN.get(code[:2])
        if code.startswith("53") and code != "53300":  # insufficient resources
            return disk_full(f"the database {self.place}", f" ({_line(error)})")
        if found is None and isinstance(error, psycopg.OperationalError):
            found = _while_connecting(str(error))
        if found is None:
            return None
        name, what, todo = found
        return PhotoSearchError(name, what.format(place=self.place, error=_line(error)), todo)


_NO_PERMISSION = "42501"
_KNOWN = {  # by the error's code in SQL, or its first two characters
    "08": (
        "server-gone",
        "The server of {place} does not answer ({error})",
        "Check that it runs and that this computer reaches it, then try again; what was finished"
        " is kept.",
    ),
    "57": (
        "server-gone",
        "The server of {place} has ended the connection ({error})",
        "Try again when it runs; what was finished is kept.",
    ),
    "28": (
        "server-refuses",
        "The server refuses {place} ({error})",
        "Check the database's and your name in the address; a password belongs into ~/.pgpass, a"
        " service file or the keyring, as docs/shared-library.md shows.",
    ),
    _NO_PERMISSION: (
        "no-permission",
        "The library {place} does not let you do this ({error})",
        "Ask whoever looks after it for a role that may.",
    ),
    "25006": (
        "no-permission",
        "The server of {place} only answers, and takes nothing: it is a replica, or was made"
        " read-only",
        "Search and look here; for anything else name the server that it follows.",
    ),
    "53300": (
        "library-busy",
        "The server of {place} takes no more connections ({error})",
        "Close other windows, or have its max_connections raised.",
    ),
    "55P03": (
        "library-busy",
        "Another program holds {place} for writing",
        "Wait until it has finished, then try again.",
    ),
    "25P03": (
        "server-gone",
        "The server of {place} has given up waiting for this computer",
        "Try again; what was finished is kept.",
    ),
    "54000": (
        "too-long",
        "{place} cannot keep something as long as this ({error})",
        "Give it a shorter name.",
    ),
}


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def _while_connecting(text: str) -> tuple[str, str, str]:
    """What is known of an error that has no code, since it did not come to a connection."""
    if "SSL" in text:
        return (
            "no-tls",
            "There is no safe connection to the server of {place} ({error})",
            "Have TLS put in order there, as docs/shared-library.md shows.",
        )
    if "the database system is" in text:  # starting up, shutting down, in recovery mode
        return _KNOWN["08"]
    return _KNOWN["28" if "FATAL: " in text or "password" in text else "08"]


def _line(error: BaseException) -> str:
    """The first line of an error, which says most of it."""
    return printable(str(error).strip().partition("\n")[0])

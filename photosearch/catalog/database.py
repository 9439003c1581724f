"""Opening the catalog, and its transactions: `read()` sees one moment, `write()` is all or
nothing and waits its turn."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from photosearch.catalog.embedded import Embedded
from photosearch.catalog.portable import add_missing
from photosearch.catalog.schema import meta
from photosearch.catalog.store import Store
from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.shared import address_of

if TYPE_CHECKING:
    from photosearch.catalog.people import Role

CATALOG_FILE = "catalog.sqlite"
"""The catalog in a library's folder."""

ID, UNFINISHED = "catalog_id", "unfinished copy"
"""What `meta` says of the catalog itself: its id, and of what it is a copy that was only begun."""


def open_catalog(folder: Path, *, unfinished: bool = False) -> Catalog:
    """The catalog of the library in a folder, made where there is none; or that on a server, where
    it is the folder of a shared one (see `photosearch.shared`). `unfinished`: see `Catalog`.

    Raises PhotoSearchError: `no-driver`, and as `Catalog`.
    """
    address = address_of(folder)
    if address is None:
        return Catalog(Embedded(folder / CATALOG_FILE), unfinished=unfinished)
    try:
        from photosearch.catalog.postgres import Served  # with its driver: only who needs it
    except ImportError as error:
        raise PhotoSearchError(
            "no-driver",
            f"A shared library needs psycopg, the driver of PostgreSQL, which is not here"
            f" ({error})",
            "Install it with `pip install 'photosearch[shared]'`.",
        ) from error
    return Catalog(Served(address, folder), unfinished=unfinished)


def is_library(folder: Path) -> bool:
    """Whether there is a library in a folder, or it is that of a shared one."""
    return (folder / CATALOG_FILE).exists() or address_of(folder) is not None


class Catalog:
    """An open catalog. Safe to use from several threads; each transaction has its connection."""

    def __init__(self, store: Store | Path, *, unfinished: bool = False) -> None:
        """Open (or create) the catalog in a database; a path is that of an embedded one's file,
        whose folder must be there. `unfinished`: also one that is a copy that was only begun.

        Raises PhotoSearchError: `newer-library`, `damaged-library`, `disk-full`, `no-permission`,
        `unfinished-copy`.
        """
        self._store: Store = Embedded(store) if isinstance(store, Path) else store
        self._failures: tuple[type[Exception], ...] = (DBAPIError, *self._store.errors)
        self._settings: tuple[int, dict[str, str]] | None = None  # as of this many changes
        try:
            with self._errors():
                self._store.prepare()
            self.id = self._catalog_id(unfinished)
        except BaseException:
            self.close()
            raise

    @property
    def folder(self) -> Path:
        """Where this computer keeps what belongs to the library, beside its catalog or instead."""
        return self._store.folder

    @property
    def place(self) -> str:
        """What the catalog is called in a sentence for a person."""
        return self._store.place

    @property
    def program(self) -> str:
        """The database program and its version."""
        return self._store.program

    def close(self) -> None:
        """Close all connections."""
        self._store.close()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads: all of it sees the same moment."""
        with self._errors(), self._store.reading() as connection:
            yield connection

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[Connection]:
        """A transaction that writes: committed whole at the end, or not at all. It takes the write
        lock when it begins, so it can wait for its turn but never fails half-way for want of it.
        Keep it under 200 ms: others wait. `durable`: it is on the disk when this returns, whatever
        happens to the power."""
        with self._errors(), self._store.writing(durable=durable) as connection:
            yield connection

    def setting(self, key: str) -> str | None:
        """A value that belongs to this library (None where it was never set)."""
        changes = self.changes()
        if self._settings is None or self._settings[0] != changes:
            with self.read() as connection:
                rows = connection.execute(select(meta.c.key, meta.c.value))
                self._settings = changes, {row.key: row.value for row in rows}
        return self._settings[1].get(key)

    def set_setting(self, key: str, value: str) -> None:
        """Remember a value that belongs to this library."""
        with self.write() as connection:
            connection.execute(meta.delete().where(meta.c.key == key))
            connection.execute(meta.insert().values(key=key, value=value))

    def changes(self) -> int:
        """A number that is another one as soon as anything was committed since it was asked for
        last, by whatever process. Costs no search through the tables."""
        with self._errors():
            return self._store.changes()

    def integrity(self) -> list[str]:
        """What the database finds wrong with the catalog; empty where all is well."""
        with self._errors():
            return self._store.integrity()

    @property
    def searches(self) -> bool:
        """Whether the database finds the nearest vectors itself."""
        return self._store.searches

    def analyse(self) -> None:
        """Have the database see how full its tables have become, as it plans by that."""
        with self._errors():
            self._store.analyse()

    def index_vectors(self, encoder: str, dimension: int) -> None:
        """Make, where the database searches vectors itself, the index of an encoder's."""
        with self._errors():
            self._store.index_vectors(encoder, dimension)

    @property
    def several(self) -> bool:
        """Whether several computers may index it at once."""
        return self._store.several

    @contextmanager
    def held(self, *, alone: bool = True) -> Iterator[bool]:
        """Hold the catalog as one of several indexers, or (`alone`) against those of other
        computers; whether that could be had."""
        with self._errors(), self._store.held(alone=alone) as held:
            yield held

    def give_roles(self) -> list[Role]:
        """Make the roles of a shared library on its server, by which people get their rights; none
        is made twice.

        Raises PhotoSearchError: `not-shared` for a library in a folder; `no-permission`.
        """
        with self._errors():
            return self._store.give_roles()

    def _catalog_id(self, unfinished: bool) -> str:
        with self.read() as connection:
            query = select(meta.c.key, meta.c.value).where(meta.c.key.in_((ID, UNFINISHED)))
            known: dict[str, str] = {row.key: row.value for row in connection.execute(query)}
        if UNFINISHED in known and not unfinished:
            raise PhotoSearchError(
                "unfinished-copy",
                f"{self.place} is a copy of a library that was not finished",
                "Run the same `photosearch library copy` again to go on with it.",
            )
        if ID in known:
            return known[ID]
        with self.write() as connection:
            add_missing(connection, meta, {"key": ID, "value": secrets.token_hex(8)})
        return self.setting(ID) or ""

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn the database's errors about the environment into ones a person can act on; anything
        else is a mistake of ours and stays as it is."""
        try:
            yield
        except self._failures as error:
            known = self._store.known(error.orig if isinstance(error, DBAPIError) else error)
            if known is None:
                raise
            raise known from error
        except OSError as error:
            raise from_os_error(error, self.place) from error

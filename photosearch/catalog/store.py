"""What a catalog needs of the database that it is kept in: SQLite (`embedded.py`) or PostgreSQL
(`postgres.py`)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Connection

from photosearch.errors import PhotoSearchError

if TYPE_CHECKING:
    from photosearch.catalog.people import Role


class Store(Protocol):
    """A database. `folder`: where this computer keeps what belongs to it, and its caches;
    `errors`: those of its driver; `searches`: it finds the nearest vectors itself;
    `several`: several computers index it."""

    folder: Path
    errors: tuple[type[Exception], ...]
    searches: bool
    several: bool

    @property
    def place(self) -> str:
        """What it is called in a sentence for a person."""

    @property
    def program(self) -> str:
        """The database program and its version."""

    def prepare(self) -> None:
        """Bring its tables to the newest version, or make them. One process at a time."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one moment."""

    def writing(self, *, durable: bool = False) -> AbstractContextManager[Connection]:
        """A transaction that no other writes beside: it waits for its turn at its beginning.
        `durable`: what it wrote outlasts a loss of power as soon as it has ended."""

    def changes(self) -> int:
        """A number that is another one after every transaction that wrote something."""

    def integrity(self) -> list[str]:
        """What is wrong with it; empty where all is well."""

    def alone(self) -> AbstractContextManager[bool]:
        """Hold it against other indexers, also on other computers; whether that could be had."""

    def give_roles(self) -> list[Role]:
        """Make the roles by which people get their rights."""

    def back_up(self, label: str) -> None:
        """Copy it before its tables are changed."""

    def index_vectors(self, encoder: str, dimension: int) -> None:
        """Make, where it searches itself, the index of an encoder's vectors."""

    def known(self, error: BaseException | None) -> PhotoSearchError | None:
        """What a person can do about an error of the driver; None: it is a mistake of ours."""

    def close(self) -> None:
        """Close all connections."""

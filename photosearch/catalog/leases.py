"""Leases: who does what, where several computers index one shared library on PostgreSQL.

Each computer that indexes is a row, which it renews as long as it lives; what it has in hand are
rows that hang on that one. So whoever dies gives all of it back as soon as its row runs out, and
whoever ends well, at once. Leases are taken and given back in the transactions of writers, often
those that record the work; since writers take turns (see `postgres.py`), nobody else takes the same
one meanwhile, and none need be skipped because it is locked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    DateTime,
    ForeignKey,
    Index,
    MetaData,
    ScalarSelect,
    Table,
    select,
)
from sqlalchemy import func as sql
from sqlalchemy.dialects.postgresql import insert

from photosearch.catalog.types import Text

OWN = MetaData()
"""Tables of a shared library alone."""

# `until`: when it counts as dead, by the server's clock.
indexers = Table(
    "indexers",
    OWN,
    Column("name", Text, primary_key=True),
    Column("until", DateTime(timezone=True), nullable=False),
)

# `kind`: what `number` is the id of, and what is done with it.
leases = Table(
    "leases",
    OWN,
    Column("kind", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("holder", ForeignKey("indexers.name", ondelete="CASCADE"), nullable=False),
)
Index("leases_holder", leases.c.holder)


def renew(connection: Connection, name: str, seconds: float) -> None:
    """Say that an indexer lives, for so many seconds from now; the dead lose what they had."""
    until = sql.clock_timestamp() + timedelta(seconds=seconds)
    statement = insert(indexers).values(name=name, until=until)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"until": until})
    )
    connection.execute(indexers.delete().where(indexers.c.until < sql.clock_timestamp()))


def leave(connection: Connection, name: str) -> None:
    """An indexer ends, and gives back what it has."""
    connection.execute(indexers.delete().where(indexers.c.name == name))


def take(connection: Connection, name: str, kind: str, numbers: Collection[int]) -> set[int]:
    """Lease what nobody has; returns what of `numbers` is now the indexer's, which must live."""
    if not numbers:
        return set()
    rows = [{"kind": kind, "number": number, "holder": name} for number in sorted(numbers)]
    connection.execute(insert(leases).on_conflict_do_nothing(), rows)
    return held(connection, name, kind, numbers)


def held(connection: Connection, name: str, kind: str, numbers: Collection[int]) -> set[int]:
    """What of `numbers` an indexer has."""
    return _among(connection, kind, numbers, leases.c.holder == name)


def of_others(connection: Connection, name: str, kind: str, numbers: Collection[int]) -> set[int]:
    """What of `numbers` others than this indexer have."""
    return _among(connection, kind, numbers, leases.c.holder != name)


def _among(
    connection: Connection, kind: str, numbers: Collection[int], whose: ColumnElement[bool]
) -> set[int]:
    query = select(leases.c.number).where(leases.c.kind == kind, whose)
    return set(connection.scalars(query.where(leases.c.number.in_(list(numbers)))))


def give_back(connection: Connection, name: str, kind: str, numbers: Iterable[int]) -> None:
    """What is done, or cannot be done, is nobody's any more."""
    connection.execute(
        leases.delete().where(
            *(leases.c.kind == kind, leases.c.holder == name),
            leases.c.number.in_(list(numbers)),
        )
    )


def in_hand(kind: str, *, of_others_than: str | None = None) -> ScalarSelect[int]:
    """Selects the numbers that are leased: to anybody, or to others than this indexer."""
    query = select(leases.c.number).where(leases.c.kind == kind)
    if of_others_than is not None:
        query = query.where(leases.c.holder != of_others_than)
    return query.scalar_subquery()

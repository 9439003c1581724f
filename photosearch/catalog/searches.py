"""Searches that are kept: under a name, as the user wants them; and those asked before."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from photosearch.catalog.places import now
from photosearch.catalog.schema import search_history, searches
from photosearch.catalog.words import MAX_TAG, Change, is_line, said_row, say
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable

_REMEMBERED = 200
LONGEST: int = searches.c.query.info["longest"]
"""Characters of a query that can be kept."""


def save(connection: Connection, name: str, query: str) -> str:
    """Keep a query under a name (in the place of one that has it); returns the name, tidied.

    Raises PhotoSearchError (`bad-search`) for a name or a query that cannot be kept.
    """
    name, query = (" ".join(text.split()) for text in (name, query))
    if not is_line(name, MAX_TAG):
        raise PhotoSearchError(
            "bad-search", f"A saved search needs a name of 1 to {MAX_TAG} printable characters"
        )
    if not is_line(query, LONGEST):
        raise PhotoSearchError(
            "bad-search", f"A saved search needs 1 to {LONGEST} printable characters to search for"
        )
    after = {"name": name, "query": query}
    say(connection, f"save search {name}", [Change("searches", _row(connection, name), after)])
    return name


def remove(connection: Connection, name: str) -> None:
    """Forget a saved search. Raises PhotoSearchError (`unknown-search`)."""
    row = {"name": name, "query": query_of(connection, name)}
    say(connection, f"remove search {name}", [Change("searches", row, None)])


def query_of(connection: Connection, name: str) -> str:
    """The query that is saved under a name. Raises PhotoSearchError (`unknown-search`)."""
    row = _row(connection, name)
    if row is None:
        raise PhotoSearchError(
            "unknown-search",
            f"No search is saved as “{printable(name[:40])}”",
            "`photosearch searches list` shows those that are.",
        )
    return row["query"]


def saved(connection: Connection) -> dict[str, str]:
    """The saved searches, by name."""
    rows = connection.execute(select(searches.c.name, searches.c.query).order_by(searches.c.name))
    return {row.name: row.query for row in rows}


def remember(connection: Connection, query: str) -> None:
    """A query was asked; the oldest of many are forgotten."""
    query = " ".join(query.split())
    if not is_line(query, LONGEST):
        return
    table = search_history
    connection.execute(delete(table).where(table.c.query == query))
    connection.execute(table.insert().values(query=query, at=now()))
    kept = select(table.c.query).order_by(table.c.at.desc(), table.c.query).limit(_REMEMBERED)
    connection.execute(delete(table).where(table.c.query.not_in(kept)))


def history(connection: Connection) -> list[str]:
    """What was asked before, the last first."""
    table = search_history
    return list(
        connection.scalars(select(table.c.query).order_by(table.c.at.desc(), table.c.query))
    )


def forget(connection: Connection) -> None:
    """Forget what was asked before."""
    connection.execute(delete(search_history))


def _row(connection: Connection, name: str) -> dict[str, str] | None:
    return said_row(connection, "searches", {"name": name})

"""What the user said of a photo, given on to another that shows the same."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from photosearch.catalog.portable import add_missing
from photosearch.catalog.schema import said_tables


def inherit(connection: Connection, old: int, new: int, *, replace: bool) -> None:
    """Copy the user's words from one photo to another, which keeps those it has unless
    `replace`."""
    for table in said_tables():
        if "photo_id" not in table.c:
            continue
        mine = [table.c[name] == value for name, value in table.info.get("said_where", {}).items()]
        if replace:
            connection.execute(table.delete().where(table.c.photo_id == new, *mine))
        names = [column.name for column in table.c if column.name not in ("id", "photo_id")]
        for row in connection.execute(
            select(table).where(table.c.photo_id == old, *mine)
        ).mappings():
            values = {name: row[name] for name in names}
            add_missing(connection, table, {"photo_id": new, **values})


def with_words(connection: Connection, photo_ids: Collection[int]) -> set[int]:
    """Those of some photos of which the user said something."""
    found: set[int] = set()
    for table in said_tables():
        if "photo_id" in table.c:
            mine = [
                table.c[name] == value for name, value in table.info.get("said_where", {}).items()
            ]
            found.update(
                connection.scalars(
                    select(table.c.photo_id).where(table.c.photo_id.in_(photo_ids), *mine)
                )
            )
    return found

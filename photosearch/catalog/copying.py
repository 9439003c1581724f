"""Copying a catalog into another database, so that both hold the same.

Tables are copied in the order of their foreign keys, each in the order of its keys, in batches of
which each is one transaction. So the last row that the copy has says how far it is, and a mark in
its table `meta` whose copy it is; one that was ended in the middle is gone on with. As long as the
mark is there, nobody else can open it. Rows keep their numbers. The copy is another catalog, with
an id of its own, so that no cache is taken for its.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, exists, literal, select, tuple_
from sqlalchemy import func as sql
from sqlalchemy.exc import IntegrityError

from photosearch.catalog.database import ID, UNFINISHED, Catalog
from photosearch.catalog.digest import CACHE_STAGES, Digest, digest
from photosearch.catalog.embeddings import make_room
from photosearch.catalog.portable import number_on
from photosearch.catalog.schema import (
    meta,
    metadata,
    outcomes,
    schema_version,
    search_history,
    tag_heads,
    vectors,
)
from photosearch.catalog.shares import as_kept
from photosearch.errors import PhotoSearchError
from photosearch.progress import Progress

_BATCH = 1000
_AT_ONCE = (tag_heads, search_history)  # small, and changed by who only looks: with the last batch
_BATCHED = [
    table
    for table in metadata.sorted_tables
    if table not in (meta, schema_version, *_AT_ONCE)  # which each catalog has of its own
]
_ITSELF = (ID, UNFINISHED)  # of `meta`: what is said of the catalog, not of what it holds


def copy(source: Catalog, target: Catalog) -> Generator[Progress, None, Digest]:
    """Copy all that `source` holds now into `target`, opened as one that may be unfinished; returns
    the digest of both. What is said of the source meanwhile is not in the copy.

    Raises PhotoSearchError: `same-library`, `not-empty`, `changed-meanwhile`, `copy-differs`.
    """
    _claim(source, target)
    with source.read() as reading:  # to the last row: so all of it is of one moment
        yield Progress("compare", 0, 2, "libraries")
        wanted, counts = digest(reading), _counts(reading)
        _begin(source, target, wanted)
        yield Progress("compare", 1, 2, "libraries")
        try:
            yield from _copy_rows(reading, target, sum(counts.values()))
            _finish(reading, target)
        except IntegrityError as error:
            raise _differs(source, target, "rows do not fit together") from error
    with target.read() as reading:
        found, now = digest(reading), _counts(reading)
    for name, count in counts.items():
        if now[name] != count:
            raise _differs(source, target, f"{now[name]} rows of {name}, not {count}")
    if found != wanted:
        raise _differs(source, target, "the digest is another")
    with target.write(durable=True) as connection:
        connection.execute(meta.delete().where(meta.c.key == UNFINISHED))
    yield Progress("compare", 2, 2, "libraries")
    return found


def _claim(source: Catalog, target: Catalog) -> None:
    """Mark the target as a copy of the source. Raises PhotoSearchError where it is neither that nor
    empty, or may not be written."""
    if source.id == target.id:
        raise PhotoSearchError(
            "same-library",
            f"{source.place} and {target.place} are the same library",
            "Name another one to copy it to.",
        )
    begun = target.setting(UNFINISHED)
    with target.read() as connection:
        tables = [] if begun else [*_BATCHED, *_AT_ONCE]
        full = any(connection.scalar(select(exists(select(table)))) for table in tables)
    if full or (begun and json.loads(begun)["of"] != source.id):
        raise PhotoSearchError(
            "not-empty",
            f"{target.place} is another library, or a copy of another one",
            "Name an empty database, or a folder that is not there yet.",
        )
    if begun is None:
        target.set_setting(UNFINISHED, json.dumps({"of": source.id}))


def _begin(source: Catalog, target: Catalog, wanted: Digest) -> None:
    """Note in the mark what the source holds now. Raises PhotoSearchError where the copy was begun
    when it held something else."""
    mark = {"of": source.id, "rows": wanted.rows, "vectors": wanted.vectors}
    begun = json.loads(target.setting(UNFINISHED) or "{}")
    if "rows" not in begun:  # and nothing was copied yet
        target.set_setting(UNFINISHED, json.dumps(mark))
    elif begun != mark:
        raise PhotoSearchError(
            "changed-meanwhile",
            f"{source.place} has changed since the copy in {target.place} was begun",
            _ANEW,
        )


_ANEW = "Delete the unfinished copy (its folder, or the database) and copy anew."


def _differs(source: Catalog, target: Catalog, why: str) -> PhotoSearchError:
    return PhotoSearchError(
        "copy-differs", f"The copy in {target.place} is not what {source.place} holds: {why}", _ANEW
    )


def _copy_rows(reading: Connection, target: Catalog, total: int) -> Iterator[Progress]:
    with target.read() as connection:
        done = sum(_counts(connection).values())
        last = {table.name: _last(connection, table) for table in _BATCHED}
    yield Progress("copy", done, total, "rows")
    for table in _BATCHED:
        later = dict.fromkeys((column.name for column in _to_itself(table)), None)
        for rows in _rows_after(reading, table, last[table.name]):
            with target.write() as connection:
                _insert(connection, table, [{**row, **later} for row in rows])
            done += len(rows)
            yield Progress("copy", done, total, "rows")
        for column in _to_itself(table):
            yield from _refer(reading, target, column, Progress("copy", done, total, "rows"))


def _refer(
    reading: Connection, target: Catalog, column: Column[Any], progress: Progress
) -> Iterator[Progress]:
    """Fill in a column that leads to rows of its own table, now that all of them are there."""
    (key,) = column.table.primary_key
    said = select(key.label("row"), column.label("value")).where(column.is_not(None))
    result = reading.execute(said, execution_options={"yield_per": _BATCH})
    change = column.table.update().where(key == bindparam("row"))
    for rows in result.mappings().partitions():
        with target.write() as connection:
            connection.execute(
                change.values({column: bindparam("value")}), [dict(row) for row in rows]
            )
        yield progress


def _finish(reading: Connection, target: Catalog) -> None:
    """Copy the rest at once, and the settings. New rows are numbered after those that are there."""
    with target.write() as connection:
        for table in _AT_ONCE:
            connection.execute(table.delete())
            for some in _rows_after(reading, table, None):
                _insert(connection, table, [dict(row) for row in some])
        connection.execute(meta.delete().where(meta.c.key.not_in(_ITSELF)))
        settings = reading.execute(select(meta).where(meta.c.key.not_in(_ITSELF)))
        if rows := [dict(row) for row in settings.mappings()]:
            connection.execute(meta.insert(), rows)
        for table in _BATCHED:
            number_on(connection, table)


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    if table is vectors:
        for encoder in {row["encoder"] for row in rows}:
            make_room(connection, encoder)
    connection.execute(table.insert(), rows)


def _rows_after(
    reading: Connection, table: Table, last: Sequence[Any] | None
) -> Iterator[Sequence[Any]]:
    """Batches of a table's rows after one, by key. They are read as they come, so that the order is
    made once."""
    key = _key(table)
    query = _of(table, *map(as_kept, table.c)).order_by(*key)
    if last is not None:
        values = [literal(value, column.type) for value, column in zip(last, key, strict=True)]
        query = query.where(tuple_(*key) > tuple_(*values))
    result = reading.execute(query, execution_options={"yield_per": _BATCH})
    yield from result.mappings().partitions()


def _last(connection: Connection, table: Table) -> Sequence[Any] | None:
    """The key of a table's last row."""
    key = _key(table)
    backwards = [column.desc() for column in key]
    return connection.execute(select(*map(as_kept, key)).order_by(*backwards).limit(1)).first()


def _counts(connection: Connection) -> dict[str, int]:
    return {table.name: connection.scalar(_of(table, sql.count())) or 0 for table in _BATCHED}


def _of(table: Table, *columns: Any) -> Any:
    """Select something of a table's rows but what is said of caches, which stay behind."""
    query = select(*columns).select_from(table)
    return query.where(outcomes.c.stage.not_in(CACHE_STAGES)) if table is outcomes else query


def _key(table: Table) -> Sequence[Column[Any]]:
    """By what the rows are ordered: for which there is an index in each database."""
    return (vectors.c.encoder, vectors.c.seq) if table is vectors else tuple(table.primary_key)


def _to_itself(table: Table) -> list[Column[Any]]:
    return [
        column
        for column in table.c
        if any(key.column.table is table for key in column.foreign_keys)
    ]

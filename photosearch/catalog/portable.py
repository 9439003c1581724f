"""What a statement needs that databases spell in different ways. Each name here says what is meant;
how it is written is chosen when a statement is compiled or run."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Float,
    Insert,
    Integer,
    Select,
    String,
    Table,
    cast,
    literal,
    select,
)
from sqlalchemy import func as sql
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from photosearch.catalog.fields import EARTH_KM
from photosearch.catalog.types import Text

# --- rows that may be there already ---


def replace_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows (one or more), in place of those with the same primary key."""
    connection.execute(_upsert(connection.dialect.name, table, tuple(rows[0])), rows)


def add_missing(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, unless there is one with the same primary key."""
    connection.execute(_upsert(connection.dialect.name, table, ()), row)


def number_on(connection: Connection, table: Table) -> None:
    """Have new rows numbered after those that are there, which brought their numbers with them.
    SQLite does it by itself."""
    column = table.autoincrement_column
    if column is None or connection.dialect.name != "postgresql":
        return
    last = select(sql.max(column)).scalar_subquery()
    counter = sql.pg_get_serial_sequence(table.name, column.name)
    connection.execute(select(sql.setval(counter, sql.coalesce(last, 1), last.is_not(None))))


@functools.cache
def _upsert(dialect: str, table: Table, names: tuple[str, ...]) -> Insert:
    """Made once: building a statement anew takes several times as long as what SQLite does."""
    keys = [column.name for column in table.primary_key]
    insert: postgresql.Insert | sqlite.Insert = (
        postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    )
    values = {name: insert.excluded[name] for name in names if name not in keys}
    if not values:
        return insert.on_conflict_do_nothing(index_elements=keys)
    return insert.on_conflict_do_update(index_elements=keys, set_=values)


# --- answers ---


def ids_of(connection: Connection, wanted: Select[tuple[int]]) -> set[int]:
    """The ids that a query gives, which come as one text: as many rows of one number each take
    three times as long."""
    column = wanted.subquery().c[0]
    text = connection.scalar(select(sql.aggregate_strings(cast(column, String), ",")))
    return set(json.loads(f"[{text or ''}]"))


# --- functions ---


class myself(FunctionElement[str]):
    """Who is connected: the name on the server; "" where the library is a file, and whose it is."""

    type = Text
    inherit_cache = True


@compiles(myself)
def _nobody(element: myself, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ARG001
    return "''"


@compiles(myself, "postgresql")
def _session_user(element: myself, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ARG001
    return "session_user"  # also where a role's rights are made use of (`SET ROLE`)


class hexadecimal(FunctionElement[str]):
    """Bytes in hex, in small letters."""

    type = Text
    inherit_cache = True


@compiles(hexadecimal)
def _hexadecimal(element: hexadecimal, compiler: SQLCompiler, **options: Any) -> str:
    return f"lower(hex({compiler.process(element.clauses, **options)}))"


@compiles(hexadecimal, "postgresql")
def _hexadecimal_postgresql(element: hexadecimal, compiler: SQLCompiler, **options: Any) -> str:
    return f"encode({compiler.process(element.clauses, **options)}, 'hex')"


class byte_count(FunctionElement[int]):
    """How many bytes fp16 takes."""

    type = Integer()
    inherit_cache = True


@compiles(byte_count)
def _byte_count(element: byte_count, compiler: SQLCompiler, **options: Any) -> str:
    return f"length({compiler.process(element.clauses, **options)})"


@compiles(byte_count, "postgresql")
def _byte_count_postgresql(element: byte_count, compiler: SQLCompiler, **options: Any) -> str:
    return f"(2 * vector_dims({compiler.process(element.clauses, **options)}))"


class kilometres(FunctionElement[float]):
    """How far two positions are from each other: north and east of the one, and of the other (see
    `fields.kilometres`)."""

    type = Float()
    inherit_cache = True


@compiles(kilometres)
def _kilometres(element: kilometres, compiler: SQLCompiler, **options: Any) -> str:
    return f"kilometres({compiler.process(element.clauses, **options)})"


@compiles(kilometres, "postgresql")
def _kilometres_postgresql(element: kilometres, compiler: SQLCompiler, **options: Any) -> str:
    north, east, other, away = (compiler.process(each, **options) for each in element.clauses)
    up, across = _no_dust(f"{other} - {north}"), _no_dust(f"{away} - {east}")
    return (
        f"({2 * EARTH_KM!r} * asin(least(1.0, sqrt(power(sin(radians({up}) / 2), 2)"
        f" + power(sin(radians({across}) / 2), 2)"
        f" * cos(radians({_no_dust(north)})) * cos(radians({_no_dust(other)}))))))"
    )


def _no_dust(degrees: str) -> str:
    """A number without what is so near to 0 that PostgreSQL, to which an underflow is an error,
    refuses to reckon with it; a file may well give such a position."""
    return f"(CASE WHEN abs({degrees}) < 1e-120 THEN 0 ELSE {degrees} END)"


def text_has(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """Whether a text has a word in it, which is in small letters; case does not count in letters
    of English."""
    return _holds(sql.lower(sql.coalesce(column, "")), literal(word, Text))


def name_has(column: ColumnElement[bytes], word: str) -> ColumnElement[bool]:
    """As `text_has`, of the bytes of a file's name, which need be no text."""
    return _name_holds(column, literal(word, Text))


class _holds(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True


@compiles(_holds)
def _text_holds(element: _holds, compiler: SQLCompiler, **options: Any) -> str:
    return f"(instr({compiler.process(element.clauses, **options)}) > 0)"


@compiles(_holds, "postgresql")
def _text_holds_postgresql(element: _holds, compiler: SQLCompiler, **options: Any) -> str:
    return f"(strpos({compiler.process(element.clauses, **options)}) > 0)"


class _name_holds(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True


@compiles(_name_holds)
def _bytes_hold(element: _name_holds, compiler: SQLCompiler, **options: Any) -> str:
    name, word = (compiler.process(each, **options) for each in element.clauses)
    return f"(instr(lower(CAST({name} AS VARCHAR)), {word}) > 0)"


@compiles(_name_holds, "postgresql")
def _bytes_hold_postgresql(element: _name_holds, compiler: SQLCompiler, **options: Any) -> str:
    name, word = (compiler.process(each, **options) for each in element.clauses)
    low = f"decode(lower(encode({name}, 'escape') COLLATE \"C\"), 'escape')"
    return f"(position(convert_to({word}, 'UTF8') IN {low}) > 0)"

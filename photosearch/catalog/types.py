"""Types of columns that must hold and order the same on every database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Index, Integer, String
from sqlalchemy.types import TypeEngine

Whole: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of 64 bits. SQLite's INTEGER has as many, and is its row id where it is a key."""

Text: TypeEngine[str] = String().with_variant(String(collation="C"), "postgresql")
"""Text that is compared and ordered by its code points, as SQLite does it."""


def partial(name: str, *columns: ColumnElement[Any], where: ColumnElement[bool]) -> Index:
    """An index of those rows alone of which something is true."""
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)

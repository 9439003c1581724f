"""Types of columns that must hold and order the same on every database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    String,
    cast,
)
from sqlalchemy import func as sql
from sqlalchemy.types import TypeEngine, UserDefinedType

Whole: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of 64 bits. SQLite's INTEGER has as many, and is its row id where it is a key."""

Text: TypeEngine[str] = String().with_variant(String(collation="C"), "postgresql")
"""Text that is compared and ordered by its code points, as SQLite does it."""


class HalfVector(UserDefinedType[bytes]):
    """pgvector's `halfvec`, given and taken as little-endian fp16."""

    cache_ok = True

    def __init__(self, dimension: int | None = None) -> None:
        """`dimension`: how many numbers each has; None: any."""
        self.dimension = dimension

    def get_col_spec(self, **_: Any) -> str:
        """How it is written in SQL."""
        return "halfvec" if self.dimension is None else f"halfvec({self.dimension})"

    def bind_expression(self, bindvalue: BindParameter[bytes]) -> ColumnElement[bytes]:
        """It is handed over as text."""
        return cast(bindvalue, self)

    def bind_processor(self, _: Dialect) -> Callable[[bytes | None], str | None]:
        """fp16 as the text that pgvector reads; fp32 holds each exactly."""

        def written(value: bytes | None) -> str | None:
            if value is None:
                return None
            import numpy as np  # not where a window waits for a library in a file

            return str(np.frombuffer(value, "<f2").astype(np.float32).tolist())

        return written

    def column_expression(self, colexpr: ColumnElement[bytes]) -> ColumnElement[bytes]:
        """It comes back as bytes: four that tell the dimension, then big-endian fp16."""
        return sql.halfvec_send(colexpr, type_=self)

    def result_processor(self, _: Dialect, __: object) -> Callable[[bytes], bytes]:
        """Those bytes as fp16."""
        import numpy as np

        return lambda value: np.frombuffer(value, ">u2", offset=4).astype("<u2").tobytes()


Halves: TypeEngine[bytes] = LargeBinary().with_variant(HalfVector(), "postgresql")
"""Numbers as little-endian fp16."""


def partial(name: str, *columns: ColumnElement[Any], where: ColumnElement[bool]) -> Index:
    """An index of those rows alone of which something is true."""
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)

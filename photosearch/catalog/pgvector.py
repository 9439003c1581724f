"""Vectors in the server of a shared library, by pgvector.

Each encoder has a table of its own, a part of `vectors` that is made when its first vector comes
and holds `halfvec`; the server itself knows which parts there are. So whatever asks `vectors` finds
them all, and each can have an HNSW index of its own dimension.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Float,
    LargeBinary,
    any_,
    bindparam,
    case,
    cast,
    column,
    literal,
    select,
    table,
    text,
)
from sqlalchemy import func as sql
from sqlalchemy.exc import DBAPIError

from photosearch.catalog.schema import vectors
from photosearch.catalog.types import HalfVector, Text
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from photosearch.catalog.database import Catalog

    Floats = npt.NDArray[np.float32]
    Ids = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]

OLDEST = (0, 8)
"""The oldest pgvector that will do: the first whose scans go on until enough fits a filter."""

_WIDE, _WIDEST = 200, 1000  # candidates that HNSW has in hand at a time; pgvector takes no more
_NODE = 800  # bytes that HNSW takes for a vector, beside its numbers
_MEMORY = (2 << 20) - 1  # kB that making an index may take, where the server does not give more

_INDEXES = table("pg_index", column("indexrelid"), column("indisvalid"))
_SETTINGS = table("pg_settings", column("name"), column("setting"))


# --- tables and indexes ---


def add_extension(connection: Connection, place: str) -> None:
    """Have pgvector in a database. Raises PhotoSearchError (`no-pgvector`) where it is not on the
    server, is too old, or may not be added by whoever asks."""
    installed = "SELECT extversion FROM pg_extension WHERE extname = 'vector'"
    version = connection.exec_driver_sql(installed).scalar()
    if version is None:
        try:
            with connection.begin_nested():
                connection.exec_driver_sql("CREATE EXTENSION vector")
        except DBAPIError as error:
            words = printable(str(error.orig).strip().partition("\n")[0])
            raise _no_pgvector(place, f"has no pgvector ({words})") from error
        version = connection.exec_driver_sql(installed).scalar_one()
    if tuple(int(part) for part in re.findall(r"\d+", version)[:2]) < OLDEST:
        raise _no_pgvector(place, f"has pgvector {version}")


def _no_pgvector(place: str, what: str) -> PhotoSearchError:
    return PhotoSearchError(
        "no-pgvector",
        f"The database {place} {what}",
        "A shared library needs pgvector 0.8 or newer on its server, and in its database"
        " CREATE EXTENSION vector by whoever looks after the server.",
    )


def make_table(connection: Connection, encoder: str) -> None:
    """Make the table of an encoder's vectors, where there is none yet."""
    name = _table_name(encoder)
    if connection.scalar(select(sql.to_regclass(name))) is None:
        written = literal(encoder, Text).compile(connection, compile_kwargs={"literal_binds": True})
        connection.exec_driver_sql(
            f"CREATE TABLE {name} PARTITION OF vectors FOR VALUES IN ({written})"
        )
        # Long ones, too, lie in the row itself: a scan need not fetch each from elsewhere.
        connection.exec_driver_sql(f"ALTER TABLE {name} ALTER COLUMN vector SET STORAGE MAIN")


def _table_name(encoder: str) -> str:
    """One that PostgreSQL takes as it is, whatever the encoder is called."""
    words = re.sub(r"[^a-z0-9]+", "_", encoder.lower()).strip("_")[:30]
    number = hashlib.blake2b(encoder.encode(), digest_size=5).hexdigest()
    return f"vectors_{words}_{number}"


def make_index(connection: Connection, encoder: str, dimension: int) -> None:
    """Make the HNSW index of an encoder's vectors, beside which others may read and write: on a
    connection without a transaction, whose settings are changed."""
    name = _table_name(encoder)
    index = f"{name}_hnsw"
    count = connection.scalar(_all_of(encoder, sql.count())) or 0
    wanted = min(_MEMORY, count * (2 * dimension + _NODE) // 1024)
    given = connection.scalar(_current("maintenance_work_mem")) or 0
    settings = {"lock_timeout": "0", "maintenance_work_mem": f"{max(wanted, given, 1024)}kB"}
    workers: tuple[Mapping[str, str], ...] = ({}, {"max_parallel_maintenance_workers": "0"})
    for more in workers:  # which share memory; in a container there often is little to share
        _set(connection, {**settings, **more}, local=False)
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {index}")  # of a try that was ended
        try:
            connection.exec_driver_sql(
                f"CREATE INDEX CONCURRENTLY {index} ON {name}"
                f" USING hnsw ((vector::halfvec({dimension})) halfvec_ip_ops)"
            )
            return
        except DBAPIError as error:
            short = str(getattr(error.orig, "sqlstate", None) or "").startswith("53")
            if more or not short:
                raise


def _current(setting: str) -> Any:
    """A setting of the server, a number in its own unit."""
    return select(cast(_SETTINGS.c.setting, BigInteger)).where(_SETTINGS.c.name == setting)


def _set(connection: Connection, settings: Mapping[str, str], *, local: bool) -> None:
    """Change settings; `local`: of this transaction alone."""
    connection.execute(select(*(sql.set_config(*each, local) for each in settings.items())))


# --- search ---


def _all_of(encoder: str, *columns: ColumnElement[Any]) -> Any:
    """Select something of an encoder's vectors. Its name is written out, so that the server looks
    at its table alone when it makes its plan."""
    mine = bindparam(None, encoder, Text, literal_execute=True)
    return select(*columns).where(vectors.c.encoder == mine)


class ServedVectors:
    """The vectors of one encoder, searched by the server that holds them."""

    def __init__(self, catalog: Catalog, encoder: str) -> None:
        self._catalog = catalog
        self._encoder = encoder

    def indexed(self) -> bool:
        """Whether they have their HNSW index."""
        index = sql.to_regclass(f"{_table_name(self._encoder)}_hnsw")
        valid = select(_INDEXES.c.indisvalid).where(_INDEXES.c.indexrelid == index)
        with self._catalog.read() as connection:
            return bool(connection.scalar(valid))

    def make_index(self, dimension: int) -> None:
        """Make their HNSW index. It takes a while."""
        self._catalog.index_vectors(self._encoder, dimension)

    def nearest(
        self,
        query: Floats,
        count: int,
        *,
        by_index: bool = False,
        few: Collection[int] | None = None,
        mask: Mask | None = None,
        beyond: bool = True,
    ) -> tuple[Ids, Floats]:
        """The `count` photos nearest to `query` (unit, float32), best first, and their cosines;
        equal ones in the order of photo ids. `by_index`: of those that HNSW finds. Only among:
        `few`; those whose ids are positions where `mask` is true, or (`beyond`) come after it."""
        import numpy as np

        allowed = []
        if few is not None:
            ids = literal(list(few), ARRAY(BigInteger))
            allowed.append(vectors.c.photo_id == any_(ids))
        if mask is not None:
            allowed.append(_in_mask(mask, beyond))
        # pgvector takes a query as fp16, too: what it loses by that is asked for beside it.
        rough = query.astype(np.float16)
        rest = (query - rough).astype(np.float16)
        cosine = -(_product(vectors.c.vector, rough) + _product(vectors.c.vector, rest))
        asked = _all_of(self._encoder, vectors.c.photo_id, cosine.label("cosine")).where(*allowed)
        best_first = text("cosine DESC, photo_id")
        with self._catalog.read() as connection:
            if by_index:
                _set(connection, _by_index(count), local=True)
                indexed = cast(vectors.c.vector, HalfVector(len(query)))
                asked = select(asked.order_by(_product(indexed, rough)).limit(count).subquery())
            rows = connection.execute(asked.order_by(best_first).limit(count)).all()
        ids_found = np.fromiter((row[0] for row in rows), np.int64, len(rows))
        return ids_found, np.fromiter((row[1] for row in rows), np.float32, len(rows))

    def vectors_of(self, photo_ids: Collection[int]) -> Iterator[tuple[int, bytes]]:
        """The vectors of some photos, in no order."""
        ids = literal(list(photo_ids), ARRAY(BigInteger))
        wanted = _all_of(self._encoder, vectors.c.photo_id, vectors.c.vector)
        with self._catalog.read() as connection:
            rows = connection.execute(wanted.where(vectors.c.photo_id == any_(ids))).all()
        yield from ((photo_id, vector) for photo_id, vector in rows)

    def at(self, positions: Collection[int]) -> list[bytes]:
        """The vectors at some positions, counted from 0 in the order in which they were stored."""
        place = sql.row_number().over(order_by=vectors.c.seq).label("place")
        placed = _all_of(self._encoder, vectors.c.seq, place).subquery()
        here = placed.c.place == any_(literal([at + 1 for at in positions], ARRAY(BigInteger)))
        seqs = select(placed.c.seq).where(here)
        wanted = _all_of(self._encoder, vectors.c.vector).where(vectors.c.seq.in_(seqs))
        with self._catalog.read() as connection:
            return list(connection.scalars(wanted.order_by(vectors.c.seq)))


def _product(stored: ColumnElement[bytes], query: npt.NDArray[np.float16]) -> ColumnElement[float]:
    """The negative inner product."""
    given = literal(query.astype("<f2").tobytes(), HalfVector())
    return stored.op("<#>", return_type=Float())(given)


def _in_mask(mask: Mask, beyond: bool) -> ColumnElement[bool]:
    """A bit for each photo: 125 kB for a million, which nobody has to sort or to look up in."""
    import numpy as np

    bits = literal(np.packbits(mask, bitorder="little").tobytes(), LargeBinary)
    photo_id = vectors.c.photo_id
    return case((photo_id < len(mask), sql.get_bit(bits, photo_id) == 1), else_=beyond)


def _by_index(count: int) -> dict[str, str]:
    return {
        "hnsw.ef_search": str(min(max(count, _WIDE), _WIDEST)),
        "hnsw.iterative_scan": "relaxed_order",  # the order is made good afterwards
        "hnsw.max_scan_tuples": str(2**31 - 1),  # until enough is found, whatever a filter leaves
        "hnsw.scan_mem_multiplier": "1000",
        "enable_seqscan": "off",  # whoever asks knows which is the quicker way
        "enable_sort": "off",
        "plan_cache_mode": "force_custom_plan",
    }

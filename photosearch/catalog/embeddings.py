"""Embeddings in the catalog: one unit vector for a photo and an encoder, and the pooled features of
the built-in network under a name of their own (see `encoders.registry.features_name`); as fp16."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Select, select, union
from sqlalchemy import func as sql

from photosearch.catalog import pgvector
from photosearch.catalog.database import Catalog
from photosearch.catalog.pgvector import ServedVectors
from photosearch.catalog.portable import ids_of
from photosearch.catalog.schema import files, folders, photos, roots, vectors

_CHUNK = 10_000


def add_vectors(connection: Connection, encoder: str, rows: Iterable[tuple[int, bytes]]) -> None:
    """Store vectors (photo id, little-endian fp16 bytes) in place of those that may be there."""
    fresh = [
        {"photo_id": photo_id, "encoder": encoder, "vector": vector} for photo_id, vector in rows
    ]
    if not fresh:
        return
    make_room(connection, encoder)
    ids = [row["photo_id"] for row in fresh]
    connection.execute(
        vectors.delete().where(vectors.c.encoder == encoder, vectors.c.photo_id.in_(ids))
    )
    connection.execute(vectors.insert(), fresh)


def make_room(connection: Connection, encoder: str) -> None:
    """Have a place for an encoder's vectors, where each encoder has one of its own."""
    if connection.dialect.name == "postgresql":
        pgvector.make_table(connection, encoder)


def lack_vectors(connection: Connection, encoder: str, other: str) -> bool:
    """Whether photos that have a vector of an encoder have none of another one."""
    has = select(vectors.c.photo_id).where(vectors.c.encoder == other)
    lacks = (vectors.c.encoder == encoder, vectors.c.photo_id.not_in(has))
    return connection.scalar(select(vectors.c.seq).where(*lacks).limit(1)) is not None


def vector_of(connection: Connection, encoder: str, photo_id: int) -> bytes | None:
    """The stored vector of one photo."""
    return connection.scalar(
        select(vectors.c.vector).where(vectors.c.photo_id == photo_id, vectors.c.encoder == encoder)
    )


def hidden_photos(connection: Connection) -> set[int]:
    """Ids of the photos of `hidden_query`."""
    return ids_of(connection, hidden_query())


def hidden_query() -> Select[tuple[int]]:
    """Selects photos without a file to show: missing, superseded, in removed roots only, or the RAW
    of a shot that is shown as a JPEG. Looks only at those that can be, so it costs nothing where
    all is in place."""
    in_roots = (
        select(files.c.photo_id)
        .select_from(files)
        .join(folders, files.c.folder_id == folders.c.id)
        .join(roots, folders.c.root_id == roots.c.id)
    )
    removed = select(roots.c.id).where(roots.c.removed)
    in_removed = select(folders.c.id).where(folders.c.root_id.in_(removed))
    suspects = union(
        select(photos.c.id).where(photos.c.orphaned_at.is_not(None)),
        select(files.c.photo_id).where(files.c.missing_since.is_not(None)),
        select(files.c.photo_id).where(files.c.folder_id.in_(in_removed)),
        select(files.c.photo_id).where(files.c.companion_of.is_not(None)),
    )
    shown = in_roots.where(
        *(files.c.photo_id == photos.c.id, files.c.missing_since.is_(None), ~roots.c.removed),
        files.c.companion_of.is_(None),
    )
    return select(photos.c.id).where(photos.c.id.in_(suspects), ~shown.correlate(photos).exists())


class StoredVectors:
    """The vectors of one encoder in the order in which they were stored, for a cache to be made
    of or topped up from. A generation is the largest `seq` at some moment."""

    def __init__(self, catalog: Catalog, encoder: str) -> None:
        self._catalog = catalog
        self._encoder = encoder

    @property
    def server(self) -> ServedVectors | None:
        """What searches them, where the database does it."""
        return ServedVectors(self._catalog, self._encoder) if self._catalog.searches else None

    def count(self, generation: int | None = None) -> tuple[int, int]:
        """How many vectors there are, and the last one's generation; only those up to
        `generation` where it is given."""
        query = select(sql.count(), sql.coalesce(sql.max(vectors.c.seq), 0)).where(
            vectors.c.encoder == self._encoder
        )
        if generation is not None:
            query = query.where(vectors.c.seq <= generation)
        with self._catalog.read() as connection:
            count, last = connection.execute(query).one()
        return count, last

    def after(self, generation: int) -> Iterator[tuple[int, list[int], bytes]]:
        """Chunks of what was stored after `generation`: the last one's generation, photo ids, and
        their vectors one after the other."""
        while True:
            with self._catalog.read() as connection:
                rows = connection.execute(
                    select(vectors.c.seq, vectors.c.photo_id, vectors.c.vector)
                    .where(vectors.c.encoder == self._encoder, vectors.c.seq > generation)
                    .order_by(vectors.c.seq)
                    .limit(_CHUNK)
                ).all()
            if not rows:
                return
            generation = rows[-1].seq
            yield (
                generation,
                [row.photo_id for row in rows],
                b"".join(row.vector for row in rows),
            )

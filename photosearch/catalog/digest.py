"""The digest of a catalog: equal for two catalogs that hold the same, however they came to it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from sqlalchemy import Connection, and_, select

from photosearch.catalog.places import absolute
from photosearch.catalog.portable import byte_count
from photosearch.catalog.schema import (
    files,
    folders,
    outcomes,
    pairs,
    photos,
    removals,
    roots,
    tags,
    vectors,
)
from photosearch.catalog.shares import as_kept
from photosearch.catalog.words import export

# Caches have outcomes too, but losing one must not change what the catalog holds.
CACHE_STAGES = ("thumbnail",)
"""Those of what is no part of the catalog."""


@dataclass(frozen=True)
class Digest:
    """BLAKE2b-128 over all rows keyed by content hash and path, without row ids, times and
    attempt counts; and one over the keys of the vectors (content hash, encoder), whose numbers
    are to be compared by cosine, since they may differ in the last bit."""

    rows: str
    vectors: str
    photos: int
    files: int
    vector_count: int


def digest(connection: Connection) -> Digest:
    """The digest of all that is committed now."""
    rows: list[str] = [
        json.dumps(["said", name, said]) for name, said in export(connection).items()
    ]
    columns = [c for c in photos.c if c.name not in ("id", "orphaned_at")]
    photo_rows = connection.execute(
        select(*columns, photos.c.orphaned_at.is_not(None)).order_by(photos.c.hash)
    ).all()
    rows += [_line("photo", *row) for row in photo_rows]
    still = photos.alias()
    file_rows = connection.execute(
        select(
            as_kept(roots.c.path),
            folders.c.path,
            files.c.name,
            files.c.size,
            files.c.pending,
            files.c.problem,
            files.c.missing_since.is_not(None),
            files.c.sidecar,
            files.c.sidecar_size,
            files.c.still,
            photos.c.hash,
            still.c.hash,
        )
        .select_from(files)
        .join(folders, files.c.folder_id == folders.c.id)
        .join(roots, folders.c.root_id == roots.c.id)
        .outerjoin(photos, files.c.photo_id == photos.c.id)
        .outerjoin(still, and_(still.c.id == files.c.companion_of, files.c.missing_since.is_(None)))
    ).all()
    rows += sorted(_line("file", absolute(*row[:3]), *row[3:]) for row in file_rows)
    rows += sorted(
        _line("outcome", *row)
        for row in connection.execute(
            select(
                photos.c.hash,
                outcomes.c.stage,
                outcomes.c.version,
                outcomes.c.status,
                outcomes.c.reason,
            )
            .join(outcomes, outcomes.c.photo_id == photos.c.id)
            .where(outcomes.c.stage.not_in(CACHE_STAGES))
        )
    )
    rows += sorted(
        _line("tag", *row)
        for row in connection.execute(
            select(photos.c.hash, tags.c.name, tags.c.source, tags.c.encoder, tags.c.confidence)
            .join(tags, tags.c.photo_id == photos.c.id)
            .where(tags.c.source != "user")
        )
    )
    one, other = photos.alias(), photos.alias()
    rows += sorted(
        _line("pair", *row)
        for row in connection.execute(
            select(one.c.hash, other.c.hash, pairs.c.kind)
            .select_from(pairs)
            .join(one, one.c.id == pairs.c.photo_a)
            .join(other, other.c.id == pairs.c.photo_b)
        )
    )
    rows += sorted(
        _line("removal", *row)
        for row in connection.execute(
            select(
                *(removals.c.hash, as_kept(removals.c.path), removals.c.size),
                *(removals.c.kept, removals.c.state),
            )
        )
    )
    keys = sorted(
        _line("vector", *row)
        for row in connection.execute(
            select(photos.c.hash, vectors.c.encoder, byte_count(vectors.c.vector)).join(
                vectors, vectors.c.photo_id == photos.c.id
            )
        )
    )
    return Digest(_hash(rows), _hash(keys), len(photo_rows), len(file_rows), len(keys))


def _line(kind: str, *values: object) -> str:
    return json.dumps([kind, *(v.hex() if isinstance(v, bytes) else v for v in values)])


def _hash(lines: list[str]) -> str:
    total = hashlib.blake2b(digest_size=16)
    for line in lines:
        total.update(line.encode() + b"\n")
    return total.hexdigest()

"""Pairs of photos that show the same shot, and what is known of the photos in them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, or_, select, union
from sqlalchemy import func as sql

from photosearch.catalog.embeddings import hidden_query
from photosearch.catalog.facts import FROM_FILE
from photosearch.catalog.outcomes import Stage, all_have
from photosearch.catalog.places import absolute, from_roots
from photosearch.catalog.portable import hexadecimal, replace_rows
from photosearch.catalog.schema import (
    favourites,
    files,
    folders,
    kept,
    not_duplicates,
    outcomes,
    pairs,
    photos,
    ratings,
    roots,
    tags,
)
from photosearch.catalog.tagged import believed

_CHUNK = 10_000  # ids in one query


@dataclass(frozen=True, slots=True)
class Look:
    """What photos are compared by, before their pictures are. `phash`: signed, 64 bits; `camera`:
    make and model."""

    photo_id: int
    content: bytes
    phash: int | None
    taken_at: str | None
    taken_ms: int | None
    taken_source: str | None
    camera: str


@dataclass(frozen=True)
class Pair:
    """Two photos and what they are to each other: see `duplicates.kinds`."""

    photo_a: int
    photo_b: int
    kind: str
    evidence: Mapping[str, Any]


@dataclass(frozen=True)
class CopyFile:
    """A file of a photo: absolute path, size in bytes, time of its last change."""

    path: bytes
    size: int
    mtime_ns: int


@dataclass(frozen=True)
class Copy:
    """A photo that stands in a group. `size`: in bytes; `facts`: how many things it says of itself;
    `stars`: the user's, else the file's; `tags`: the user's and the file's; `files`: those that are
    there, by path; `kept`: the file that the user wants kept of it."""

    photo_id: int
    content: bytes
    width: int
    height: int
    size: int
    format: str
    facts: int
    stars: int
    favourite: bool
    tags: tuple[str, ...]
    files: tuple[CopyFile, ...]
    kept: bytes | None


def looks(connection: Connection) -> list[Look]:
    """All photos that have a picture and a file, by id."""
    rows = connection.execute(
        select(
            *(photos.c.id, photos.c.hash, photos.c.phash),
            *(photos.c.taken_at, photos.c.taken_ms, photos.c.taken_source),
            sql.trim(
                sql.coalesce(photos.c.camera_make, "")
                + " "
                + sql.coalesce(photos.c.camera_model, "")
            ),
        )
        .where(photos.c.width.is_not(None), photos.c.orphaned_at.is_(None))
        .order_by(photos.c.id)
    )
    same: dict[str, str] = {}  # one string for all photos of a camera
    return [Look(*row[:-1], same.setdefault(row[-1], row[-1])) for row in rows]


def to_compare(connection: Connection, stage: Stage) -> list[int]:
    """Ids of the photos with a picture and a file to show that lack an outcome of `stage`."""
    if all_have(connection, [stage]):
        return []
    done = exists().where(
        outcomes.c.photo_id == photos.c.id,
        outcomes.c.stage == stage.name,
        outcomes.c.version == stage.version,
    )
    return list(
        connection.scalars(
            select(photos.c.id)
            .where(photos.c.width.is_not(None), photos.c.orphaned_at.is_(None), ~done)
            .where(photos.c.id.not_in(hidden_query()))
            .order_by(photos.c.id)
        )
    )


def add_pairs(connection: Connection, found: Iterable[Pair]) -> None:
    """Record pairs, in place of what was known of the same photos."""
    rows = [
        {
            **{"photo_a": pair.photo_a, "photo_b": pair.photo_b, "kind": pair.kind},
            "evidence": json.dumps(pair.evidence),
        }
        for pair in found
    ]
    if rows:
        replace_rows(connection, pairs, rows)


def live_pairs(connection: Connection, among: Collection[int] | None = None) -> Iterator[Pair]:
    """The pairs of photos that can both be shown and of which the user has not said that they are
    none; `among`: only those of these photos, which have no pairs with others."""
    columns = (pairs.c.photo_a, pairs.c.photo_b, pairs.c.kind, pairs.c.evidence)
    query = _live(*columns).order_by(pairs.c.photo_a, pairs.c.photo_b)
    if among is not None:
        query = query.where(pairs.c.photo_a.in_(among))
    for photo_a, photo_b, kind, evidence in connection.execute(query):
        yield Pair(photo_a, photo_b, kind, json.loads(evidence))


def connected(connection: Connection, content: bytes) -> set[int] | None:
    """A photo and all that pairs lead to from it; None where these are too many for a query."""
    found: set[int] = set()
    new = set(connection.scalars(select(photos.c.id).where(photos.c.hash == content)))
    while new:
        found |= new
        if len(found) > _CHUNK:
            return None
        ends = union(
            select(pairs.c.photo_a).where(pairs.c.photo_b.in_(new)),
            select(pairs.c.photo_b).where(pairs.c.photo_a.in_(new)),
        )
        new = set(connection.scalars(ends)) - found
    return found


def in_pairs(kind: str) -> Select[tuple[int]]:
    """Selects the photos that stand in a live pair of this kind."""
    ends = (_live(end).where(pairs.c.kind == kind) for end in (pairs.c.photo_a, pairs.c.photo_b))
    found = union(*ends).subquery()
    return select(found.c[0])


def in_several_files() -> Select[tuple[int]]:
    """Selects the photos of which there are identical files."""
    return (
        from_roots(files.c.photo_id)
        .join(photos, photos.c.id == files.c.photo_id)
        .where(files.c.missing_since.is_(None), files.c.companion_of.is_(None))
        .where(photos.c.width.is_not(None))
        .group_by(files.c.photo_id)
        .having(sql.count() > 1)
    )


def neighbours(connection: Connection, content: bytes) -> list[bytes]:
    """The contents of the photos that stand in a pair with this one."""
    mine = select(photos.c.id).where(photos.c.hash == content).scalar_subquery()
    ends = union(
        select(pairs.c.photo_a).where(pairs.c.photo_b == mine),
        select(pairs.c.photo_b).where(pairs.c.photo_a == mine),
    )
    return list(connection.scalars(select(photos.c.hash).where(photos.c.id.in_(ends))))


def duplicates_of(connection: Connection, photo_ids: Collection[int]) -> dict[int, set[int]]:
    """The photos that are live duplicates of each of these, of those that have any."""
    found: dict[int, set[int]] = {}
    wanted = sorted(photo_ids)
    for start in range(0, len(wanted), _CHUNK):
        some = wanted[start : start + _CHUNK]
        for mine, other in (
            (pairs.c.photo_a, pairs.c.photo_b),
            (pairs.c.photo_b, pairs.c.photo_a),
        ):
            query = _live(mine, other).where(pairs.c.kind == "duplicate", mine.in_(some))
            for photo_id, twin in connection.execute(query):
                found.setdefault(photo_id, set()).add(twin)
    return found


def _live(*columns: ColumnElement[Any]) -> Select[Any]:
    one, other = photos.alias(), photos.alias()
    said = exists().where(
        or_(
            (not_duplicates.c.photo_id == one.c.id)
            & (not_duplicates.c.other == hexadecimal(other.c.hash)),
            (not_duplicates.c.photo_id == other.c.id)
            & (not_duplicates.c.other == hexadecimal(one.c.hash)),
        )
    )
    return (
        select(*columns)
        .select_from(pairs)
        .join(one, one.c.id == pairs.c.photo_a)
        .join(other, other.c.id == pairs.c.photo_b)
        .where(one.c.id.not_in(hidden_query()), other.c.id.not_in(hidden_query()), ~said)
    )


def copies(connection: Connection, photo_ids: Iterable[int]) -> dict[int, Copy]:
    """What is known of photos, of those that have a file that is there (and is not the RAW of a
    shot that is shown as a JPEG)."""
    wanted = sorted(set(photo_ids))
    found: dict[int, Copy] = {}
    for start in range(0, len(wanted), _CHUNK):
        found.update(_copies(connection, wanted[start : start + _CHUNK]))
    return found


_FACTS = ("taken_at", "camera_model", "lens", "exposure_time", "latitude", "title", "caption")


def _copies(connection: Connection, photo_ids: Sequence[int]) -> Iterator[tuple[int, Copy]]:
    there: dict[int, list[CopyFile]] = {}
    rows = connection.execute(
        from_roots(
            *(files.c.photo_id, roots.c.path, folders.c.path, files.c.name),
            *(files.c.size, files.c.mtime_ns),
        )
        .where(files.c.photo_id.in_(photo_ids), files.c.missing_since.is_(None), ~files.c.pending)
        .where(files.c.companion_of.is_(None))
    )
    for photo_id, root, folder, name, size, mtime_ns in rows:
        file = CopyFile(absolute(root, folder, name), size, mtime_ns)
        there.setdefault(photo_id, []).append(file)
    names: dict[int, set[str]] = {}
    tagged = select(tags.c.photo_id, tags.c.name).where(
        tags.c.photo_id.in_(photo_ids), tags.c.source.in_(("user", FROM_FILE)), believed()
    )
    for photo_id, name in connection.execute(tagged):
        names.setdefault(photo_id, set()).add(name)
    facts = connection.execute(
        select(photos, ratings.c.stars, favourites.c.photo_id.label("favourite"), kept.c.path)
        .outerjoin(ratings, ratings.c.photo_id == photos.c.id)
        .outerjoin(favourites, favourites.c.photo_id == photos.c.id)
        .outerjoin(kept, kept.c.photo_id == photos.c.id)
        .where(photos.c.id.in_(list(there)))
    ).mappings()
    for row in facts:
        photo_id = row[photos.c.id]
        tags_ = tuple(sorted(names.get(photo_id, ())))
        yield (
            photo_id,
            Copy(
                photo_id,
                row["hash"],
                row["width"] or 0,
                row["height"] or 0,
                row["bytes"] or 0,
                row["format"] or "",
                sum(row[name] is not None for name in _FACTS) + bool(tags_),
                row["stars"] or max(0, round(row["rating"] or 0)),
                row["favourite"] is not None,
                tags_,
                tuple(sorted(there[photo_id], key=lambda file: file.path)),
                row["path"],
            ),
        )

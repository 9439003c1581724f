"""Tags that the program gave to photos, by the side of those that people gave."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy import func as sql

from photosearch.catalog.outcomes import Stage, all_have
from photosearch.catalog.places import absolute, from_roots, relative_to
from photosearch.catalog.portable import replace_rows
from photosearch.catalog.schema import (
    files,
    folders,
    outcomes,
    photos,
    rejected_tags,
    roots,
    tag_examples,
    tag_heads,
    tags,
    vectors,
)

PEOPLE = ("user", "file")
"""Sources of tags that a person gave, here or in another program."""


@dataclass(frozen=True)
class TagRow:
    """A tag of a photo from one source; `encoder` and `confidence` only of the program's own."""

    photo_id: int
    name: str
    source: str
    encoder: str | None = None
    confidence: float | None = None


@dataclass(frozen=True)
class Head:
    """What was learned of a taught tag (see `tag_heads` in the schema)."""

    name: str
    encoder: str
    stamp: str
    numbers: bytes
    quality: str


def believed() -> ColumnElement[bool]:
    """Of rows of `tags`: the user did not reject them."""
    return (
        ~select(rejected_tags.c.name)
        .where(rejected_tags.c.photo_id == tags.c.photo_id, rejected_tags.c.name == tags.c.name)
        .correlate(tags)
        .exists()
    )


def by_people() -> ColumnElement[bool]:
    """Of rows of `tags`: a person gave them."""
    return tags.c.source.in_(PEOPLE)


def tag_rows(connection: Connection, photo_ids: Sequence[int]) -> list[TagRow]:
    """The tags of photos that are believed, of all sources: the user's first, then the file's, then
    the program's, the surest first."""
    rows = connection.execute(select(tags).where(tags.c.photo_id.in_(photo_ids), believed()))
    found = [TagRow(*row) for row in rows]
    return sorted(found, key=lambda row: (row.photo_id, _rank(row), row.name))


def _rank(row: TagRow) -> tuple[int, float]:
    place = PEOPLE.index(row.source) if row.source in PEOPLE else len(PEOPLE)
    return place, -(row.confidence or 0.0)


def rejections(connection: Connection, photo_ids: Sequence[int]) -> dict[int, set[str]]:
    """The names of tags that the user took away, of photos that have any."""
    found: dict[int, set[str]] = {}
    rows = select(rejected_tags).where(rejected_tags.c.photo_id.in_(photo_ids))
    for photo_id, name in connection.execute(rows):
        found.setdefault(photo_id, set()).add(name)
    return found


def replace_tags(
    connection: Connection,
    photo_ids: Collection[int],
    sources: Collection[str],
    rows: Iterable[TagRow],
) -> None:
    """Put rows in place of all that these sources said of these photos."""
    connection.execute(
        tags.delete().where(tags.c.photo_id.in_(list(photo_ids)), tags.c.source.in_(list(sources)))
    )
    fresh = [vars(row) for row in rows]
    if fresh:
        connection.execute(tags.insert(), fresh)


def untagged_by(connection: Connection, features: str, stage: Stage) -> list[int]:
    """Photos that have features of this name and lack the stage's outcome, by id."""
    if all_have(connection, [stage]):
        return []
    done = select(outcomes.c.photo_id).where(
        outcomes.c.photo_id == vectors.c.photo_id,
        outcomes.c.stage == stage.name,
        outcomes.c.version == stage.version,
    )
    query = select(vectors.c.photo_id).where(
        vectors.c.encoder == features, ~done.correlate(vectors).exists()
    )
    return list(connection.scalars(query.order_by(vectors.c.photo_id)))


def stored(connection: Connection, encoder: str, photo_ids: Sequence[int]) -> dict[int, bytes]:
    """What is stored of photos under an encoder's name, little-endian fp16."""
    query = select(vectors.c.photo_id, vectors.c.vector).where(
        vectors.c.encoder == encoder, vectors.c.photo_id.in_(photo_ids)
    )
    return {row.photo_id: row.vector for row in connection.execute(query)}


def files_below(connection: Connection, inside: Sequence[bytes]) -> list[tuple[bytes, int]]:
    """The files that are there at or below some folders (none: in all roots), with their photos, by
    path."""
    rows = connection.execute(
        from_roots(files.c.photo_id, roots.c.path, folders.c.path, files.c.name).where(
            *(files.c.photo_id.is_not(None), files.c.missing_since.is_(None), ~roots.c.removed),
            files.c.companion_of.is_(None),
        )
    )
    found = [(absolute(*place), photo_id) for photo_id, *place in rows]
    return sorted(
        (path, photo_id)
        for path, photo_id in found
        if not inside or any(relative_to(folder, path) is not None for folder in inside)
    )


# --- taught tags ---


def examples(connection: Connection) -> dict[str, list[tuple[int, bytes, bool]]]:
    """The examples of every taught tag: photo, its content, and whether it shows it; by content."""
    rows = connection.execute(
        select(tag_examples.c.name, photos.c.id, photos.c.hash, tag_examples.c.shows)
        .join(photos, photos.c.id == tag_examples.c.photo_id)
        .order_by(tag_examples.c.name, photos.c.hash)
    )
    found: dict[str, list[tuple[int, bytes, bool]]] = {}
    for name, photo_id, content, shows in rows:
        found.setdefault(name, []).append((photo_id, content, shows))
    return found


def heads(connection: Connection) -> dict[str, Head]:
    """What was learned of the taught tags."""
    return {row.name: Head(*row) for row in connection.execute(select(tag_heads))}


def set_head(connection: Connection, head: Head) -> None:
    """Keep what was learned of a tag, in place of what was."""
    replace_rows(connection, tag_heads, [vars(head)])


def forget_head(connection: Connection, name: str) -> None:
    """Forget a taught tag that has no examples any more, and what it said of photos."""
    connection.execute(tag_heads.delete().where(tag_heads.c.name == name))
    connection.execute(tags.delete().where(tags.c.name == name, tags.c.source == "taught"))


def sample_of(connection: Connection, encoder: str, count: int) -> list[tuple[int, bytes]]:
    """Up to `count` photos with their stored vectors, the same whenever the library holds the same
    photos: those with the least content hashes."""
    query = (
        select(vectors.c.photo_id, vectors.c.vector)
        .join(photos, photos.c.id == vectors.c.photo_id)
        .where(vectors.c.encoder == encoder)
        .order_by(photos.c.hash)
        .limit(count)
    )
    return [(photo_id, blob) for photo_id, blob in connection.execute(query)]


def names_in_use(connection: Connection) -> list[tuple[str, int]]:
    """The names of tags and on how many photos they are, the most frequent first."""
    count = sql.count(sql.distinct(tags.c.photo_id))
    rows = connection.execute(
        select(tags.c.name, count)
        .where(believed())
        .group_by(tags.c.name)
        .order_by(-count, tags.c.name)
    )
    return [(name, number) for name, number in rows]

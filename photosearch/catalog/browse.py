"""Photos to look at: which there are, and what is known of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy import func as sql

from photosearch.catalog.curate import tags_of
from photosearch.catalog.embeddings import hidden_photos, hidden_query
from photosearch.catalog.places import absolute, from_roots
from photosearch.catalog.schema import favourites, files, folders, photos, ratings, roots

_PICTURES = (photos.c.orphaned_at.is_(None), photos.c.width.is_not(None))


@dataclass(frozen=True)
class PhotoRow:
    """A photo to show: its content hash, one of its files (`present`: it was there when its folder
    was last looked at), upright size in pixels, and what was said of it."""

    photo_id: int
    content: bytes
    path: bytes
    present: bool
    width: int
    height: int
    taken_at: str | None
    stars: int
    favourite: bool
    tags: tuple[str, ...]


def is_shown() -> tuple[ColumnElement[bool], ...]:
    """Of rows of `photos`: it has a picture and a file to show."""
    return (*_PICTURES, photos.c.id.not_in(hidden_query()))


def shown_photos(connection: Connection) -> list[int]:
    """Ids of the photos that have a picture and a file to show, the newest first (those without a
    date at the end)."""
    hidden = hidden_photos(connection)
    query = (
        select(photos.c.id)
        .where(*_PICTURES)
        .order_by(photos.c.taken_at.desc().nulls_last(), photos.c.id.desc())
    )
    # A Row of SQLAlchemy's for each of a million ids would take a second.
    found = connection.connection.cursor().execute(str(query.compile(connection.engine)))
    return [photo_id for (photo_id,) in found if photo_id not in hidden]


def count_shown(connection: Connection) -> int:
    """How many photos have a picture and a file to show."""
    return connection.scalar(select(sql.count()).select_from(photos).where(*is_shown())) or 0


def photo_rows(connection: Connection, photo_ids: Sequence[int]) -> list[PhotoRow]:
    """The rows of those photos that have a picture and a file in the library, in order."""
    wanted = list(dict.fromkeys(photo_ids))
    places = _places(connection, wanted)
    facts = connection.execute(
        select(
            *(photos.c.id, photos.c.hash, photos.c.width, photos.c.height, photos.c.taken_at),
            ratings.c.stars,
            favourites.c.photo_id.is_not(None).label("favourite"),
        )
        .outerjoin(ratings, ratings.c.photo_id == photos.c.id)
        .outerjoin(favourites, favourites.c.photo_id == photos.c.id)
        .where(photos.c.id.in_(wanted), photos.c.width.is_not(None))
    )
    tags = tags_of(connection, wanted)
    rows = {}
    for photo_id, content, width, height, taken_at, stars, favourite in facts:
        if photo_id in places:
            path, present = places[photo_id]
            rows[photo_id] = PhotoRow(
                photo_id,
                content,
                path,
                present,
                width,
                height,
                taken_at,
                stars or 0,
                bool(favourite),
                tuple(dict.fromkeys(tags.get(photo_id, ()))),
            )
    return [rows[photo_id] for photo_id in wanted if photo_id in rows]


def _places(connection: Connection, photo_ids: Collection[int]) -> dict[int, tuple[bytes, bool]]:
    """For each photo that has a file in the roots in use, its path (one that is there where there
    is one) and whether it is there."""
    found = connection.execute(
        from_roots(
            *(files.c.photo_id, roots.c.path, folders.c.path, files.c.name),
            files.c.missing_since.is_(None),
        )
        .where(files.c.photo_id.in_(photo_ids))
        .order_by(  # the last one written wins
            *(files.c.missing_since.is_(None), files.c.companion_of.is_(None)), files.c.id.desc()
        )
    )
    return {
        photo_id: (absolute(root, folder, name), bool(present))
        for photo_id, root, folder, name, present in found
    }

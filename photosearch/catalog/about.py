"""All that is known of one photo, to be read by a person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from photosearch.catalog.facts import sidecars_of
from photosearch.catalog.filters import CAMERA
from photosearch.catalog.items import companions
from photosearch.catalog.places import absolute, from_roots
from photosearch.catalog.schema import favourites, files, folders, photos, ratings, roots
from photosearch.catalog.tagged import TagRow, tag_rows


@dataclass(frozen=True)
class About:
    """A photo: its files (those that are there first), and what lies `beside` them and belongs to
    them: RAWs of the same shot, sidecars, clips; upright size in pixels, size in bytes, format;
    when it was taken (local time, ISO, with minutes east of UTC where that is known); camera and
    lens; exposure in seconds, f-number, ISO, focal length in mm; degrees north and east; town,
    region, country; `rating` is the user's, else the file's."""

    files: tuple[tuple[bytes, bool], ...]
    beside: tuple[bytes, ...]
    width: int
    height: int
    bytes: int
    format: str
    taken_at: str | None
    taken_offset: int | None
    camera: str
    lens: str
    exposure_time: float | None
    f_number: float | None
    iso: int | None
    focal_length: float | None
    position: tuple[float, float] | None
    places: tuple[str, ...]
    title: str
    caption: str
    rating: int
    favourite: bool
    tags: tuple[TagRow, ...]


def about(connection: Connection, photo_id: int) -> About | None:
    """What is known of a photo; None where there is none with this id."""
    row = connection.execute(
        select(
            photos, CAMERA.label("camera"), ratings.c.stars, favourites.c.photo_id.label("liked")
        )
        .outerjoin(ratings, ratings.c.photo_id == photos.c.id)
        .outerjoin(favourites, favourites.c.photo_id == photos.c.id)
        .where(photos.c.id == photo_id)
    ).one_or_none()
    if row is None:
        return None
    places = connection.execute(
        from_roots(
            *(roots.c.path, folders.c.path, files.c.name), files.c.missing_since.is_(None)
        ).where(files.c.photo_id == photo_id)
    )
    paths = sorted((not there, absolute(*parts)) for *parts, there in places)
    raws = companions(connection, [photo_id])
    both = [photo_id, *(raw.photo_id for raw in raws)]
    sidecars = sorted(
        path for found in sidecars_of(connection, both).values() for path, _, _ in found
    )
    position = None if row.latitude is None else (row.latitude, row.longitude)
    return About(
        tuple((path, not away) for away, path in paths),
        tuple(dict.fromkeys([*(raw.path for raw in raws), *sidecars])),
        row.width or 0,
        row.height or 0,
        row.bytes or 0,
        row.format or "",
        row.taken_at,
        row.taken_offset,
        row.camera or "",
        row.lens or "",
        row.exposure_time,
        row.f_number,
        row.iso,
        row.focal_length,
        position,
        tuple(name for name in (row.city, row.region, row.country) if name),
        row.title or "",
        row.caption or "",
        row.stars or max(0, round(row.rating or 0)),
        bool(row.liked),
        tuple(tag_rows(connection, [photo_id])),
    )

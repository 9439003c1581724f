"""What an album can be narrowed down by: folders, months, tags, cameras, places, with how many
photos each filter would leave."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy import func as sql

from photosearch.catalog.embeddings import hidden_query
from photosearch.catalog.filters import CAMERA, Filter
from photosearch.catalog.schema import favourites, files, folders, photos, roots, tags
from photosearch.catalog.tagged import believed


@dataclass(frozen=True)
class Facet:
    """A filter and how many photos of the library it leaves. `name`: what a person calls it;
    `depth`: of how many facets before it, each inside the other, it is a part."""

    filter: Filter
    name: str
    count: int
    depth: int = 0


@dataclass(frozen=True)
class Facets:
    """All that there are: folders and places as trees, the newest months first, tags and cameras
    with the most photos first."""

    folders: tuple[Facet, ...]
    months: tuple[Facet, ...]
    tags: tuple[Facet, ...]
    cameras: tuple[Facet, ...]
    places: tuple[Facet, ...]
    favourites: int


def facets(connection: Connection) -> Facets:
    """The facets of the photos that have a picture and a file to show."""
    return Facets(
        tuple(_folders(connection)),
        tuple(_months(connection)),
        tuple(_tags(connection)),
        tuple(_cameras(connection)),
        tuple(_places(connection)),
        _favourites(connection),
    )


def _shown() -> tuple[ColumnElement[bool], ...]:
    there = (photos.c.orphaned_at.is_(None), photos.c.width.is_not(None))
    return (*there, photos.c.id.not_in(hidden_query()))


def _folders(connection: Connection) -> Iterable[Facet]:
    """Each root, and the folders in it that hold photos or lead to some. A photo with files in two
    folders counts in both."""
    rows = connection.execute(
        select(roots.c.path, folders.c.path, files.c.photo_id)
        .select_from(files)
        .join(folders, files.c.folder_id == folders.c.id)
        .join(roots, folders.c.root_id == roots.c.id)
        .join(photos, files.c.photo_id == photos.c.id)
        .where(~roots.c.removed, files.c.missing_since.is_(None), photos.c.width.is_not(None))
    )
    within: dict[str, tuple[int, set[int]]] = {}  # by path: how deep, and the photos in it
    for root, folder, photo_id in rows:
        path = os.fsdecode(root)
        within.setdefault(path, (0, set()))[1].add(photo_id)
        for depth, name in enumerate(filter(None, os.fsdecode(folder).split("/")), 1):
            path = f"{path.rstrip('/')}/{name}"
            within.setdefault(path, (depth, set()))[1].add(photo_id)
    for path in sorted(within, key=lambda each: each.split("/")):
        depth, inside = within[path]
        name = path if depth == 0 else path.rpartition("/")[2]
        yield Facet(Filter("in", f"{path.rstrip('/')}/"), name, len(inside), depth)


def _months(connection: Connection) -> Iterable[Facet]:
    month = sql.substr(photos.c.taken_at, 1, 7)
    rows = connection.execute(
        select(month, sql.count())
        .where(*_shown(), photos.c.taken_at.is_not(None))
        .group_by(month)
        .order_by(month.desc())
    )
    counted = [(str(name), int(count)) for name, count in rows]
    years: Counter[str] = Counter()
    for name, count in counted:
        years[name[:4]] += count
    for year, total in years.items():
        yield Facet(Filter("on", year), year, total)
        for name, count in counted:
            if name.startswith(year):
                yield Facet(Filter("on", name), name, count, 1)


def _tags(connection: Connection) -> Iterable[Facet]:
    photo = sql.count(tags.c.photo_id.distinct())
    rows = connection.execute(
        select(tags.c.name, photo)
        .join(photos, tags.c.photo_id == photos.c.id)
        .where(*_shown(), believed())
        .group_by(tags.c.name)
        .order_by(photo.desc(), tags.c.name)
    )
    return [Facet(Filter("tag", name), name, count) for name, count in rows]


def _cameras(connection: Connection) -> Iterable[Facet]:
    rows = connection.execute(select(CAMERA, sql.count()).where(*_shown()).group_by(CAMERA))
    counts = {str(name): int(count) for name, count in rows if name}
    found = [Facet(Filter("camera", name), name, _with(name, counts)) for name in counts]
    return sorted(found, key=lambda facet: (-facet.count, facet.name))


def _with(name: str, counts: dict[str, int]) -> int:
    """How many photos have the name in theirs, as the filter looks for it."""
    low = name.casefold()
    return sum(count for other, count in counts.items() if low in other.casefold())


def _places(connection: Connection) -> Iterable[Facet]:
    """Countries, and their towns."""
    columns = (photos.c.city, photos.c.region, photos.c.country)
    rows = connection.execute(select(*columns, sql.count()).where(*_shown()).group_by(*columns))
    counted = [(tuple(name or "" for name in names), int(n)) for *names, n in rows]

    def holding(name: str) -> int:
        low = name.casefold()
        return sum(n for names, n in counted if any(low in each.casefold() for each in names))

    countries: dict[str, set[str]] = {}
    for (city, _, country), _ in counted:
        if country or city:
            countries.setdefault(country or city, set()).update({city} if country and city else ())
    for country in sorted(countries, key=lambda name: (-holding(name), name)):
        yield Facet(Filter("place", country), country, holding(country))
        for city in sorted(countries[country], key=lambda name: (-holding(name), name)):
            yield Facet(Filter("place", city), city, holding(city), 1)


def _favourites(connection: Connection) -> int:
    rows = select(sql.count()).select_from(favourites).join(photos).where(*_shown())
    return connection.scalar(rows) or 0

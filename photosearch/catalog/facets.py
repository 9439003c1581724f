"""What an album can be narrowed down by: folders, months, tags, cameras, places, with how many
photos each filter would leave."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy import func as sql

from photosearch.catalog.browse import is_shown
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


def _folders(connection: Connection) -> Iterable[Facet]:
    """Each root, and the folders in it that hold photos or lead to some. A photo with files in two
    folders counts in both, and once in what both lie in."""
    in_sight = (files.c.missing_since.is_(None), photos.c.width.is_not(None), ~roots.c.removed)
    there = (
        select(files.c.photo_id, files.c.folder_id)
        .join(photos, files.c.photo_id == photos.c.id)
        .join(folders, files.c.folder_id == folders.c.id)
        .join(roots, folders.c.root_id == roots.c.id)
        .where(*in_sight, files.c.companion_of.is_(None))
        .subquery()
    )
    counts = connection.execute(select(there.c.folder_id, sql.count()).group_by(there.c.folder_id))
    several = (
        select(files.c.photo_id)
        .where(files.c.photo_id.is_not(None), files.c.missing_since.is_(None))
        .group_by(files.c.photo_id)
        .having(sql.count() > 1)
    )
    twice = connection.execute(select(there).where(there.c.photo_id.in_(several)))
    paths = {
        folder_id: (os.fsdecode(root), os.fsdecode(path))
        for folder_id, root, path in connection.execute(
            select(folders.c.id, roots.c.path, folders.c.path).join(roots).where(~roots.c.removed)
        )
    }
    single: Counter[str] = Counter()  # by path: files in it of photos that have no other
    others: dict[str, set[int]] = {}  # by path: photos with several files
    depths: dict[str, int] = {}
    for folder_id, count in counts:
        for depth, path in enumerate(_way_to(*paths[folder_id])):
            depths[path] = depth
            single[path] += count
    for photo_id, folder_id in twice:
        for path in _way_to(*paths[folder_id]):
            single[path] -= 1
            others.setdefault(path, set()).add(photo_id)
    for path in sorted(depths, key=lambda each: each.split("/")):
        name = path if depths[path] == 0 else path.rpartition("/")[2]
        total = single[path] + len(others.get(path, ()))
        yield Facet(Filter("in", f"{path.rstrip('/')}/"), name, total, depths[path])


def _way_to(root: str, folder: str) -> Iterable[str]:
    """The paths from a root down to a folder in it."""
    path = root
    yield path
    for name in filter(None, folder.split("/")):
        path = f"{path.rstrip('/')}/{name}"
        yield path


def _months(connection: Connection) -> Iterable[Facet]:
    month = sql.substr(photos.c.taken_at, 1, 7)
    rows = connection.execute(
        select(month, sql.count())
        .where(*is_shown(), photos.c.taken_at.is_not(None))
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
        .where(*is_shown(), believed())
        .group_by(tags.c.name)
        .order_by(photo.desc(), tags.c.name)
    )
    return [Facet(Filter("tag", name), name, count) for name, count in rows]


def _cameras(connection: Connection) -> Iterable[Facet]:
    rows = connection.execute(select(CAMERA, sql.count()).where(*is_shown()).group_by(CAMERA))
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
    rows = connection.execute(select(*columns, sql.count()).where(*is_shown()).group_by(*columns))
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
    rows = select(sql.count()).select_from(favourites).join(photos).where(*is_shown())
    return connection.scalar(rows) or 0

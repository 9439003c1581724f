"""Conditions on what the catalog knows of photos: as values, as SQL, and as a plain function.

Texts (folders, cameras, tags, formats) are compared by Python over their few distinct values, which
SQL then only looks up: so both ways agree, in any language and on any database.
"""

from __future__ import annotations

import operator
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)

from photosearch.catalog import fields
from photosearch.catalog.fields import Compared
from photosearch.catalog.outcomes import FAILED
from photosearch.catalog.pairs import in_pairs, in_several_files
from photosearch.catalog.places import absolute
from photosearch.catalog.portable import ids_of, kilometres
from photosearch.catalog.schema import (
    album_photos,
    favourites,
    files,
    folders,
    outcomes,
    photos,
    ratings,
    roots,
    tags,
)
from photosearch.catalog.tagged import believed, by_people


@dataclass(frozen=True)
class Filter:
    """What must be true of a photo: a field of `fields.FIELDS`, and its value as text."""

    field: str
    value: str


@dataclass(frozen=True)
class Not:
    """The opposite of a condition."""

    condition: Condition


@dataclass(frozen=True)
class AllOf:
    """Two or more conditions that must all be true."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """Two or more conditions of which one must be true."""

    conditions: tuple[Condition, ...]


Condition = Filter | Not | AllOf | AnyOf


@dataclass(frozen=True)
class Facts:
    """What conditions look at. `taken_at`: local time, ISO; `folders`: absolute, of the files that
    are there; `places`: town, region, country; `position`: degrees north and east; `stars`: the
    user's, else the file's; `failed`: something could not be done for it; `pairs`: the kinds of
    pairs that it stands in (see `duplicates.kinds`; identical files count as duplicates)."""

    taken_at: str | None = None
    folders: tuple[str, ...] = ()
    camera: str = ""
    lens: str = ""
    places: tuple[str, ...] = ()
    position: tuple[float, float] | None = None
    caption: str = ""
    tags: tuple[str, ...] = ()
    format: str = ""
    bytes: int = 0
    stars: int = 0
    favourite: bool = False
    failed: bool = False
    pairs: tuple[str, ...] = ()
    albums: tuple[str, ...] = ()


def matches(condition: Condition, facts: Facts, today: date) -> bool:
    """Whether a condition is true of a photo. `today`: the day that words like “last week” mean."""
    if isinstance(condition, Not):
        return not matches(condition.condition, facts, today)
    if isinstance(condition, AllOf):
        return all(matches(each, facts, today) for each in condition.conditions)
    if isinstance(condition, AnyOf):
        return any(matches(each, facts, today) for each in condition.conditions)
    return _MATCHES[condition.field](condition.value, facts, today)


def _taken(name: str, value: str, taken_at: str | None, today: date) -> bool:
    start, end = _span(name, value, today)
    return taken_at is not None and (start or "") <= taken_at and (end is None or taken_at < end)


def _span(name: str, value: str, today: date) -> tuple[str | None, str | None]:
    """The first moment of a date filter, and the first after it, as they compare with texts."""
    period = fields.period(value, today)
    assert period is not None, value
    start, end = period.start.isoformat(), period.end.isoformat()
    return {"after": (start, None), "before": (None, start), "on": (start, end)}[name]


def _has(value: str, text: str) -> bool:
    """Whether a text has the value in it, without regard to case."""
    return value.casefold() in text.casefold()


def _in(value: str, folder: str) -> bool:
    """Whether a folder's path has the value in it: `kids` is also in `/our kids 2`, `/kids/` is
    only where a folder is named so."""
    return _has(value, folder.rstrip("/") + "/")


def _is_name(value: str, name: str) -> bool:
    return value.casefold() == name.casefold()


def _near(value: str, position: tuple[float, float] | None) -> bool:
    centre = fields.circle(value)
    assert centre is not None, value
    if position is None:
        return False
    return fields.kilometres(centre.latitude, centre.longitude, *position) <= centre.km


_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {  # of numbers, and of columns alike
    **{"<": operator.lt, "<=": operator.le, "=": operator.eq},
    **{">=": operator.ge, ">": operator.gt},
}


def _compare(value: Compared | None, number: float) -> bool:
    assert value is not None
    return bool(_COMPARE[value.operator](number, value.number))


def _format(value: str) -> str:
    return {"jpg": "jpeg", "tif": "tiff", "heic": "heif"}.get(value.lower(), value.lower())


_IS: Mapping[str, Callable[[Facts], bool]] = {
    "favourite": lambda facts: facts.favourite,
    "failed": lambda facts: facts.failed,
    "untagged": lambda facts: not facts.tags,
    "duplicate": lambda facts: "duplicate" in facts.pairs,
    "edited-copy": lambda facts: "edited-copy" in facts.pairs,
    "similar-shot": lambda facts: "similar-shot" in facts.pairs,
}

_KNOWN: Mapping[str, Callable[[Facts], bool]] = {
    "gps": lambda facts: facts.position is not None,
    "date": lambda facts: facts.taken_at is not None,
    "caption": lambda facts: bool(facts.caption),
}

_MATCHES: Mapping[str, Callable[[str, Facts, date], bool]] = {
    "after": lambda value, facts, today: _taken("after", value, facts.taken_at, today),
    "before": lambda value, facts, today: _taken("before", value, facts.taken_at, today),
    "on": lambda value, facts, today: _taken("on", value, facts.taken_at, today),
    "in": lambda value, facts, _: any(_in(value, folder) for folder in facts.folders),
    "camera": lambda value, facts, _: _has(value, facts.camera),
    "lens": lambda value, facts, _: _has(value, facts.lens),
    "place": lambda value, facts, _: any(_has(value, place) for place in facts.places),
    "near": lambda value, facts, _: _near(value, facts.position),
    "tag": lambda value, facts, _: any(_is_name(value, name) for name in facts.tags),
    "album": lambda value, facts, _: any(_is_name(value, name) for name in facts.albums),
    "type": lambda value, facts, _: _format(value) == facts.format.lower(),
    "rating": lambda value, facts, _: _compare(fields.rating(value), facts.stars),
    "size": lambda value, facts, _: _compare(fields.size(value), facts.bytes),
    "is": lambda value, facts, _: _IS[value.lower()](facts),
    "has": lambda value, facts, _: _KNOWN[value.lower()](facts),
}


def photos_where(connection: Connection, conditions: Iterable[Condition], today: date) -> set[int]:
    """Ids of the photos of which all the conditions are true."""
    clauses = [_clause(connection, each, today) for each in conditions]
    return ids_of(connection, select(photos.c.id).where(and_(true(), *clauses)))


def _clause(connection: Connection, condition: Condition, today: date) -> ColumnElement[bool]:
    if isinstance(condition, Not):
        return not_(_clause(connection, condition.condition, today))
    if isinstance(condition, AllOf):
        return and_(*(_clause(connection, each, today) for each in condition.conditions))
    if isinstance(condition, AnyOf):
        return or_(*(_clause(connection, each, today) for each in condition.conditions))
    return _CLAUSES[condition.field](connection, condition.value, today)


def _taken_clause(name: str, value: str, today: date) -> ColumnElement[bool]:
    start, end = _span(name, value, today)
    known = func.coalesce(photos.c.taken_at, "")
    clauses = [known != "", known >= (start or "")]
    return and_(*clauses, known < end) if end is not None else and_(*clauses)


def _in_clause(connection: Connection, value: str) -> ColumnElement[bool]:
    rows = connection.execute(
        select(folders.c.id, roots.c.path, folders.c.path)
        .join(roots, folders.c.root_id == roots.c.id)
        .where(~roots.c.removed)
    )
    found = [
        folder_id
        for folder_id, root, path in rows
        if _in(value, os.fsdecode(absolute(root, path, b"")))
    ]
    there = select(files.c.photo_id).where(
        files.c.folder_id.in_(found), files.c.missing_since.is_(None), files.c.photo_id.is_not(None)
    )
    return photos.c.id.in_(there)


CAMERA = func.trim(
    func.coalesce(photos.c.camera_make, "") + " " + func.coalesce(photos.c.camera_model, "")
)
"""A photo's camera, as `camera:` looks at it."""


def _camera_clause(connection: Connection, value: str) -> ColumnElement[bool]:
    return _text_clause(connection, CAMERA, value)


def _text_clause(
    connection: Connection, column: ColumnElement[str], value: str
) -> ColumnElement[bool]:
    """Whether a text column, of few distinct values, has the value in it."""
    names = connection.scalars(select(column).distinct())
    return column.in_([name for name in names if _has(value, name)])


def _place_clause(connection: Connection, value: str) -> ColumnElement[bool]:
    names = (photos.c.city, photos.c.region, photos.c.country)
    return or_(*(_text_clause(connection, func.coalesce(name, ""), value) for name in names))


def _near_clause(value: str) -> ColumnElement[bool]:
    centre = fields.circle(value)
    assert centre is not None, value
    north, east = photos.c.latitude, photos.c.longitude
    away = kilometres(literal(centre.latitude), literal(centre.longitude), north, east)
    # Most are told by their latitude alone (110.5 km a degree, at least); the rest are reckoned.
    degrees = centre.km / 110.5 + 1e-9
    band = north.between(centre.latitude - degrees, centre.latitude + degrees)
    # A photo without a position is not near, and “not near” must be true of it.
    known = and_(north.is_not(None), east.is_not(None))
    return and_(known, case((and_(known, band), away <= centre.km), else_=false()))


def _tag_clause(connection: Connection, value: str) -> ColumnElement[bool]:
    names = connection.scalars(select(tags.c.name).distinct())
    found = [name for name in names if _is_name(value, name)]
    return photos.c.id.in_(select(tags.c.photo_id).where(tags.c.name.in_(found), believed()))


def _album_clause(connection: Connection, value: str) -> ColumnElement[bool]:
    names = connection.scalars(select(album_photos.c.album).distinct())
    found = [name for name in names if _is_name(value, name)]
    return photos.c.id.in_(select(album_photos.c.photo_id).where(album_photos.c.album.in_(found)))


def _compare_clause(column: ColumnElement[int], value: Compared | None) -> ColumnElement[bool]:
    assert value is not None
    compared: ColumnElement[bool] = _COMPARE[value.operator](column, literal(value.number))
    return compared


def _stars() -> ColumnElement[int]:
    stars = select(ratings.c.stars).where(ratings.c.photo_id == photos.c.id).scalar_subquery()
    of_file = case((photos.c.rating > 0, photos.c.rating), else_=0)  # -1: rejected
    return func.coalesce(stars, of_file)


def _is_clause(value: str) -> ColumnElement[bool]:
    if value.lower() == "favourite":
        return photos.c.id.in_(select(favourites.c.photo_id))
    if value.lower() == "untagged":
        return photos.c.id.not_in(select(tags.c.photo_id).where(believed(), by_people()))
    if value.lower() == "failed":
        failed = select(outcomes.c.photo_id).where(outcomes.c.status == FAILED)
        return photos.c.id.in_(failed)
    found = photos.c.id.in_(in_pairs(value.lower()))
    if value.lower() == "duplicate":
        return or_(found, photos.c.id.in_(in_several_files()))
    return found


def _known_clause(value: str) -> ColumnElement[bool]:
    return {
        "gps": photos.c.latitude.is_not(None),
        "date": photos.c.taken_at.is_not(None),
        "caption": func.coalesce(photos.c.caption, "") != "",
    }[value.lower()]


_CLAUSES: Mapping[str, Callable[[Connection, str, date], ColumnElement[bool]]] = {
    "after": lambda _, value, today: _taken_clause("after", value, today),
    "before": lambda _, value, today: _taken_clause("before", value, today),
    "on": lambda _, value, today: _taken_clause("on", value, today),
    "in": lambda connection, value, _: _in_clause(connection, value),
    "camera": lambda connection, value, _: _camera_clause(connection, value),
    "lens": lambda connection, value, _: _text_clause(
        connection, func.coalesce(photos.c.lens, ""), value
    ),
    "place": lambda connection, value, _: _place_clause(connection, value),
    "near": lambda _, value, __: _near_clause(value),
    "tag": lambda connection, value, _: _tag_clause(connection, value),
    "album": lambda connection, value, _: _album_clause(connection, value),
    "type": lambda _, value, __: func.lower(func.coalesce(photos.c.format, "")) == _format(value),
    "rating": lambda _, value, __: _compare_clause(_stars(), fields.rating(value)),
    "size": lambda _, value, __: _compare_clause(
        func.coalesce(photos.c.bytes, 0), fields.size(value)
    ),
    "is": lambda _, value, __: _is_clause(value),
    "has": lambda _, value, __: _known_clause(value),
}

"""What a query that is being typed could go on as: filters whose values there are in the library,
searches that were saved or asked before."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy import func as sql

from photosearch.catalog import fields, searches
from photosearch.catalog.places import absolute
from photosearch.catalog.schema import albums, folders, photos, roots, tags

MOST = 10
"""Suggestions at a time."""

_WORD = re.compile(r"""[-(]*(?:[a-z]+:"[^"]*"?|[^\s()"]+)""", re.I)


@dataclass(frozen=True)
class Suggestions:
    """Whole queries to take the place of what was typed, the likeliest first."""

    queries: tuple[str, ...] = ()


class Values:
    """The values that fields have in a library. Those that are read of all photos are kept: with a
    million photos they take half a second, and a person types on. When the library has changed
    they are read anew, but for a twentieth of the time at most."""

    def __init__(self, changes: Callable[[], int]) -> None:
        """`changes` gives another number when the library was changed (`Catalog.changes`)."""
        self._changes = changes
        self._kept: dict[str, tuple[int, float, tuple[str, ...]]] = {}

    def of(self, connection: Connection, field: str) -> Iterable[str]:
        """The values of a field, the likeliest first."""
        if field not in _OF_ALL_PHOTOS:
            return _VALUES[field](connection)
        began, now = time.monotonic(), self._changes()
        changes, until, values = self._kept.get(field, (None, 0.0, ()))
        if changes != now and began >= until:
            values = tuple(_VALUES[field](connection))
            ended = time.monotonic()
            self._kept[field] = now, ended + 20 * (ended - began), values
        return values


def suggest(connection: Connection, text: str, cursor: int, values: Values) -> Suggestions:
    """What the word at `cursor` (characters before it) could go on as: `ki` as `tag:kids`,
    `place:ro` as `place:Rome`; before these, searches that begin with all that was typed."""
    cursor = max(0, min(cursor, len(text)))
    found: dict[str, None] = {}
    begun = " ".join(text.split()).casefold()
    if begun and cursor == len(text):
        kept = [*searches.saved(connection).values(), *searches.history(connection)]
        found |= dict.fromkeys(q for q in kept if q.casefold().startswith(begun))
    for match in _WORD.finditer(text):
        if match.start() < cursor <= match.end():
            head, tail = text[: match.start()], text[match.end() :]
            for word in _continued(connection, match[0], values):
                found.setdefault(head + word + tail)
    found.pop(text, None)
    return Suggestions(tuple(found)[:MOST])


def _continued(connection: Connection, word: str, values: Values) -> Iterable[str]:
    """What a single word could be meant for."""
    sign = word[: len(word) - len(word.lstrip("-("))]
    name, colon, begun = word[len(sign) :].partition(":")
    if colon and name.lower() in _VALUES:
        for value in values.of(connection, name.lower()):
            if '"' not in value and _begins(value, begun.strip('"')):
                yield f"{sign}{name.lower()}:{_quoted(value)}"
        return
    if colon:
        return
    yield from (f"{sign}{field}:" for field in fields.FIELDS if field.startswith(name.lower()))
    for field in ("tag", "album", "place", "camera", "in"):
        for value in values.of(connection, field):
            if '"' not in value and _begins(value, name):
                yield f"{sign}{field}:{_quoted(value)}"


def _begins(value: str, begun: str) -> bool:
    """Whether a value, or a word in it, begins so."""
    low, begun = value.casefold(), begun.casefold()
    return low.startswith(begun) or f" {begun}" in low


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"[\s()]", value) else value


def _tags(connection: Connection) -> Iterable[str]:
    rows = select(tags.c.name).group_by(tags.c.name).order_by(sql.count().desc(), tags.c.name)
    return connection.scalars(rows)


def _albums(connection: Connection) -> Iterable[str]:
    return connection.scalars(select(albums.c.name).order_by(albums.c.name))


def _places(connection: Connection) -> Iterable[str]:
    names: dict[str, None] = {}
    for column in (photos.c.city, photos.c.region, photos.c.country):
        rows = select(column).where(column.is_not(None)).group_by(column)
        names |= dict.fromkeys(connection.scalars(rows.order_by(sql.count().desc(), column)))
    return names


def _cameras(connection: Connection) -> Iterable[str]:
    column = photos.c.camera_model
    rows = select(column).where(column.is_not(None)).group_by(column)
    return connection.scalars(rows.order_by(sql.count().desc(), column))


def _lenses(connection: Connection) -> Iterable[str]:
    rows = select(photos.c.lens).where(photos.c.lens.is_not(None)).group_by(photos.c.lens)
    return connection.scalars(rows.order_by(sql.count().desc(), photos.c.lens))


def _folders(connection: Connection) -> Iterable[str]:
    rows = connection.execute(
        select(roots.c.path, folders.c.path).join(folders).where(~roots.c.removed)
    )
    last = (os.fsdecode(absolute(*row, b"")).rpartition("/")[2] for row in rows)
    return sorted({name for name in last if name and name.isprintable()})


def _kinds(connection: Connection) -> Iterable[str]:
    rows = select(sql.lower(photos.c.format)).where(photos.c.format.is_not(None)).distinct()
    return sorted(connection.scalars(rows))


def _years(connection: Connection) -> Iterable[str]:
    year = sql.substr(photos.c.taken_at, 1, 4)
    rows = select(year).where(photos.c.taken_at.is_not(None)).distinct().order_by(year.desc())
    return connection.scalars(rows)


_VALUES: Mapping[str, Callable[[Connection], Iterable[str]]] = {
    "album": _albums,
    **{"tag": _tags, "place": _places, "camera": _cameras, "lens": _lenses, "in": _folders},
    **{"type": _kinds, "on": _years, "after": _years, "before": _years},
    **{"is": lambda _: fields.IS, "has": lambda _: fields.HAS},
}
_OF_ALL_PHOTOS = frozenset({"place", "camera", "lens", "type", "on", "after", "before"})

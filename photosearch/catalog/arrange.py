"""Photos in another order, and in groups with a name: by day, month or folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, select

from photosearch.catalog.places import absolute, from_roots
from photosearch.catalog.schema import files, folders, photos, roots
from photosearch.errors import PhotoSearchError

ORDERS = ("", "date", "oldest", "name")
"""As they come; the newest first; the oldest first; by file name."""
GROUPS = ("", "day", "month", "folder")


@dataclass(frozen=True)
class Group:
    """Photos side by side that have something in common: a day (2019-06-30), a month (2019-06), a
    folder (its path); "" of those that have none."""

    name: str
    count: int


def arrange(
    connection: Connection, photo_ids: Sequence[int], order: str = "", group: str = ""
) -> tuple[list[int], list[Group]]:
    """The same photos in an order of ORDERS, in groups of GROUPS: of times the newest first (with
    `oldest` the oldest; those without at the end), of folders by path. Without a group: none.

    Raises PhotoSearchError (`unknown-order`).
    """
    if order not in ORDERS or group not in GROUPS:
        raise PhotoSearchError("unknown-order", f"There is no order “{order}” or group “{group}”")
    ids = list(photo_ids)
    if order in ("date", "oldest") or group in ("day", "month"):
        taken = _taken(connection, ids)
    if order == "name" or group == "folder":
        paths = _paths(connection, ids)
    if order in ("date", "oldest"):
        ids = _by_time(ids, taken, newest_first=order == "date")
    elif order == "name":
        keys = {each: _natural(paths.get(each, "").rpartition("/")[2]) for each in ids}
        ids.sort(key=lambda each: keys[each])
    if not group:
        return ids, []
    if group == "folder":
        names = {each: paths.get(each, "").rpartition("/")[0] for each in ids}
        ids.sort(key=lambda each: _natural(names[each]))
    else:
        length = 10 if group == "day" else 7
        names = {each: (taken.get(each) or "")[:length] for each in ids}
        dated = sorted(
            (each for each in ids if names[each]),
            key=lambda each: names[each],
            reverse=order != "oldest",
        )
        ids = dated + [each for each in ids if not names[each]]
    runs = groupby(ids, key=lambda each: names[each])
    return ids, [Group(name, sum(1 for _ in run)) for name, run in runs]


def _by_time(ids: Iterable[int], taken: dict[int, str], *, newest_first: bool) -> list[int]:
    ids = list(ids)
    dated = sorted(
        (each for each in ids if taken.get(each)),
        key=lambda each: taken[each],
        reverse=newest_first,
    )
    return dated + [each for each in ids if not taken.get(each)]


def _taken(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    query = select(photos.c.id, photos.c.taken_at).where(photos.c.taken_at.is_not(None))
    rows = connection.execute(query if len(ids) > _FEW else query.where(photos.c.id.in_(ids)))
    return {row.id: row.taken_at for row in rows}


def _paths(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """One path of each photo: of a file that is there, where one is."""
    query = from_roots(files.c.photo_id, roots.c.path, folders.c.path, files.c.name).where(
        files.c.photo_id.is_not(None)
    )
    query = query if len(ids) > _FEW else query.where(files.c.photo_id.in_(ids))
    rows = connection.execute(query.order_by(files.c.missing_since.is_(None), files.c.id.desc()))
    return {photo_id: os.fsdecode(absolute(*parts)) for photo_id, *parts in rows}


_FEW = 10_000  # ids that a statement names; beyond that all are looked at


def _natural(text: str) -> tuple[list[tuple[str, int]], str]:
    """A key by which 2 comes before 10, and case does not count."""
    parts = re.split(r"(\d+)", text.casefold())
    pairs = [(parts[at], int(parts[at + 1])) for at in range(0, len(parts) - 1, 2)]
    return [*pairs, (parts[-1], -1)], text

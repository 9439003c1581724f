"""A few files from all over a root, by which one sees whether a folder is that root."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, select
from sqlalchemy import func as sql

from photosearch.catalog.schema import files, folders, photos

_FOLDERS, _FILES = 50, 200
_THERE = files.c.missing_since.is_(None)


@dataclass(frozen=True)
class Known:
    """A file that is there as far as is known, and the content hash of what is in it: None while it
    was not read as it is now."""

    name: bytes
    size: int
    mtime_ns: int
    content: bytes | None


def some_folders(connection: Connection, root_id: int) -> list[tuple[int, bytes]]:
    """Ids and relative paths of at most 50 folders of a root in which there are files, as far as
    is known: all there are, or from all over it."""
    filled = exists().where(files.c.folder_id == folders.c.id, _THERE)
    of_root = select(folders.c.id, folders.c.path).where(folders.c.root_id == root_id, filled)
    rows = connection.execute(_spread(of_root, folders.c.path, _FOLDERS))
    return [(folder_id, path) for folder_id, path, *_ in rows]


def some_files(connection: Connection, folder_id: int, among: int) -> list[Known]:
    """Files of a folder, from all over it: as many as make 200 of `among` folders."""
    in_it = (
        select(
            *(files.c.name, files.c.size, files.c.mtime_ns),
            case((~files.c.pending, photos.c.hash)),
        )
        .outerjoin(photos, photos.c.id == files.c.photo_id)
        .where(and_(files.c.folder_id == folder_id, _THERE))
    )
    rows = connection.execute(_spread(in_it, files.c.name, _FILES // among))
    return [Known(name, size, mtime_ns, content) for name, size, mtime_ns, content, *_ in rows]


def files_named(
    connection: Connection, root_id: int, names: Collection[bytes]
) -> set[tuple[bytes, int, int]]:
    """Name, size and time of the files of a root with one of these names, as far as is known."""
    rows = connection.execute(
        select(files.c.name, files.c.size, files.c.mtime_ns)
        .join(folders, folders.c.id == files.c.folder_id)
        .where(folders.c.root_id == root_id, files.c.name.in_(names), _THERE)
    )
    return {(name, size, mtime_ns) for name, size, mtime_ns in rows}


def _spread(query: Select[Any], by: ColumnElement[Any], most: int) -> Select[Any]:
    """Selects at most so many of a query's rows, each as far from the next."""
    number, of = sql.row_number().over(order_by=by), sql.count().over()
    rows = query.add_columns(number.label("number"), of.label("of")).subquery()
    return select(rows).where(rows.c.number * most % rows.c.of < most)

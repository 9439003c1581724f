"""Removing rows of photos that are long gone, when the user says so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, case, delete, select
from sqlalchemy import func as sql

from photosearch.catalog.places import absolute
from photosearch.catalog.schema import files, folders, photos, roots
from photosearch.catalog.words import SaidRow, export


@dataclass(frozen=True)
class Gone:
    """A photo without any file that is there.

    `last_path`: where it was last, None where no file ever held it here or it was superseded.
    `since`: when its last file was found to be missing, UTC; empty where only folders that the
    user removed from the library hold it.
    """

    photo_id: int
    content: bytes
    last_path: bytes | None
    since: str


def gone_photos(connection: Connection, days: int) -> list[Gone]:
    """Photos that no file shows any more, for at least `days` days or in removed roots only."""
    limit = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    there = case(
        (files.c.id.is_(None), 0),
        (roots.c.removed, 0),
        (files.c.missing_since.is_not(None), 0),
        else_=1,
    )
    since = case((roots.c.removed, ""), else_=files.c.missing_since)
    rows = connection.execute(
        select(
            photos.c.id,
            photos.c.hash,
            sql.min(files.c.id),
            sql.coalesce(sql.max(since), photos.c.orphaned_at, ""),
        )
        .outerjoin(files, files.c.photo_id == photos.c.id)
        .outerjoin(folders, files.c.folder_id == folders.c.id)
        .outerjoin(roots, folders.c.root_id == roots.c.id)
        .group_by(photos.c.id)
        .having(sql.sum(there) == 0)
    ).all()
    gone = [
        Gone(photo_id, content, _path(connection, file_id), since)
        for photo_id, content, file_id, since in rows
        if since <= limit
    ]
    return sorted(gone, key=lambda photo: photo.last_path or b"")


def words_of(connection: Connection, contents: Collection[bytes]) -> dict[str, list[SaidRow]]:
    """What the user said of some photos, as `export` gives it."""
    wanted = {content.hex() for content in contents}
    return {
        table: [row for row in rows if row.get("photo") in wanted]
        for table, rows in export(connection).items()
    }


def purge(connection: Connection, gone: Collection[Gone]) -> None:
    """Delete the rows of these photos and of their missing files. Their words go with them: the
    caller keeps `words_of` first."""
    for photo in gone:
        connection.execute(delete(files).where(files.c.photo_id == photo.photo_id))
        connection.execute(delete(photos).where(photos.c.id == photo.photo_id))


def _path(connection: Connection, file_id: int | None) -> bytes | None:
    row = connection.execute(
        select(roots.c.path, folders.c.path, files.c.name)
        .select_from(files)
        .join(folders, files.c.folder_id == folders.c.id)
        .join(roots, folders.c.root_id == roots.c.id)
        .where(files.c.id == file_id)
    ).first()
    return None if row is None else absolute(*row)

"""Photos as content: recording what a file was read to hold, and the supersede rule."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy import func as sql

from photosearch.catalog.inherit import inherit
from photosearch.catalog.places import insert_row, now, update_row
from photosearch.catalog.schema import files, photos
from photosearch.paths import printable

SAME_PICTURE = 6
"""Largest Hamming distance (of 64 bits) of the perceptual hashes of one picture saved twice."""

_BY_HASH = select(photos.c.id, photos.c.superseded_by).where(photos.c.hash == bindparam("content"))
_TAKEN = select(photos.c.id, photos.c.taken_at).where(
    photos.c.id.in_(bindparam("photo_ids", expanding=True))
)
_HELD = select(files.c.photo_id).where(files.c.id == bindparam("file_id"))


@dataclass(frozen=True)
class FileState:
    """A file at the moment it was read."""

    size: int
    mtime_ns: int
    inode: int


def record_content(
    connection: Connection,
    file_id: int,
    content: bytes,
    state: FileState,
    facts: Mapping[str, object],
    *,
    turned: Sequence[int] = (),
) -> int:
    """Record that a file holds the photo with the hash `content`, and return the photo's id.

    `facts` are columns of `photos` (empty where the bytes are no picture that can be decoded),
    `turned` the perceptual hashes of the picture turned by quarters.
    Where the file held another photo before, the supersede rule is applied: the new one inherits
    what the user said if it shows the same picture; the old one keeps its words.
    """
    before = connection.execute(_BY_HASH, {"content": content}).first()
    values = {"bytes": state.size, "orphaned_at": None, "superseded_by": None, **facts}
    if before is None:
        photo_id = insert_row(connection, photos, hash=content, **values)
    else:
        photo_id = before.id
        update_row(connection, photos, photo_id, **values)
    superseded = connection.scalar(_HELD, {"file_id": file_id})
    held = {"photo_id": photo_id, "size": state.size, "mtime_ns": state.mtime_ns}
    there = {"pending": False, "problem": None, "attempts": 0, "missing_since": None}
    update_row(connection, files, file_id, **held, **there, inode=state.inode)
    if superseded is not None and superseded != photo_id:
        same = _same_picture(connection, superseded, photo_id, turned)
        if same:
            # An earlier state that comes back (an edit undone) has stale words: the newest win. Any
            # other photo keeps the words of its own.
            stale = before is not None and before.superseded_by == superseded
            inherit(connection, superseded, photo_id, replace=stale)
        orphan_if_nowhere(connection, superseded, superseded_by=photo_id if same else None)
    return photo_id


def record_problem(connection: Connection, file_id: int, reason: str, *, give_up: bool) -> None:
    """Record why a file could not be read; with `give_up` it is left alone until it changes."""
    connection.execute(
        update(files)
        .where(files.c.id == file_id)
        .values(problem=printable(reason), attempts=files.c.attempts + 1, pending=not give_up)
    )


def attempts(connection: Connection, file_id: int) -> int:
    """How many times reading a file has failed since it last changed."""
    return connection.scalar(select(files.c.attempts).where(files.c.id == file_id)) or 0


def mark_pending(connection: Connection, file_id: int) -> None:
    """Have a file read again: its bytes are not those that the catalog knows."""
    connection.execute(update(files).where(files.c.id == file_id).values(pending=True))


def keep_photo(connection: Connection, file_id: int, state: FileState, reason: str) -> bool:
    """Record that a file's new bytes are no picture, and keep showing the one it held: it may be
    half-written, and its next bytes are then compared with that one. False where it held none."""
    held = connection.scalar(
        select(photos.c.width)
        .join(files, files.c.photo_id == photos.c.id)
        .where(files.c.id == file_id)
    )
    if held is None:
        return False
    connection.execute(
        update(files)
        .where(files.c.id == file_id)
        .values(
            size=state.size,
            mtime_ns=state.mtime_ns,
            inode=state.inode,
            pending=False,
            problem=printable(reason),
        )
    )
    return True


def orphan_if_nowhere(
    connection: Connection, photo_id: int, *, superseded_by: int | None = None
) -> None:
    """Note the moment at which a photo lost its last file, and which photo took its place with
    the same picture."""
    count = connection.scalar(select(sql.count()).where(files.c.photo_id == photo_id))
    if not count:
        connection.execute(
            update(photos)
            .where(photos.c.id == photo_id)
            .values(orphaned_at=now(), superseded_by=superseded_by)
        )


def successor(connection: Connection, content: bytes) -> bytes | None:
    """The content hash of the photo that superseded this one with the same picture."""
    later = photos.alias()
    return connection.scalar(
        select(later.c.hash)
        .join(photos, photos.c.superseded_by == later.c.id)
        .where(photos.c.hash == content)
    )


def photo_for_words(connection: Connection, content: bytes) -> int:
    """The id of the photo with this hash; a row without a file is made for one not yet seen, so
    that words said of it are kept until its file turns up."""
    known = photo_by_content(connection, content)
    return (
        known
        if known is not None
        else insert_row(connection, photos, hash=content, orphaned_at=now())
    )


def photo_by_content(connection: Connection, content: bytes) -> int | None:
    """The id of the photo with this hash."""
    return connection.scalar(select(photos.c.id).where(photos.c.hash == content))


def taken_at(connection: Connection, photo_ids: Sequence[int]) -> dict[int, str | None]:
    """When each photo was taken (local time, ISO 8601), None where it does not say."""
    rows = connection.execute(_TAKEN, {"photo_ids": list(photo_ids)})
    return {row[0]: row[1] for row in rows}


def hashes_of(connection: Connection, photo_ids: Collection[int]) -> dict[int, int | None]:
    """The perceptual hash of each photo (None: it is too plain to have one)."""
    wanted = select(photos.c.id, photos.c.phash).where(photos.c.id.in_(photo_ids))
    return {row[0]: row[1] for row in connection.execute(wanted).all()}


def content_of(connection: Connection, photo_ids: Sequence[int]) -> dict[int, bytes]:
    """The content hash of each photo."""
    rows = connection.execute(select(photos.c.id, photos.c.hash).where(photos.c.id.in_(photo_ids)))
    return {row[0]: row[1] for row in rows}


def _same_picture(connection: Connection, old: int, new: int, turned: Sequence[int]) -> bool:
    """Whether two photos show the same picture: equal pixels as stored, or perceptual hashes that
    are near each other, the new one upright or turned."""
    found = {
        row.id: row
        for row in connection.execute(
            select(photos.c.id, photos.c.pixels, photos.c.phash).where(photos.c.id.in_([old, new]))
        )
    }
    if found[old].pixels is not None and found[old].pixels == found[new].pixels:
        return True
    if found[old].phash is None or found[new].phash is None:
        return False
    return any(
        ((found[old].phash ^ phash) & (2**64 - 1)).bit_count() <= SAME_PICTURE
        for phash in (found[new].phash, *turned)
    )

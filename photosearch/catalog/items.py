"""Items of several files: a camera RAW beside the JPEG or HEIC of the same shot is a *companion* of
that. It is not shown by itself, and what the user says of the one holds for both.

`files.still` names the picture beside a RAW that is called the same, as the scan found it;
`files.companion_of` is what follows from that and from what was read, and is kept in step with it
in the transaction that changes either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    bindparam,
    case,
    or_,
    select,
    union,
    update,
)
from sqlalchemy import func as sql

from photosearch.catalog.inherit import inherit, with_words
from photosearch.catalog.places import absolute, from_roots
from photosearch.catalog.schema import files, folders, photos, roots

_NOT_OF_THE_SHOT = ("changed", "gps")  # sources of a date that need not be the shutter's


@dataclass(frozen=True)
class Companion:
    """A file (absolute path, size in bytes, time of its last change) and the photo in it, which
    belong to the picture in the file `still`."""

    photo_id: int
    content: bytes
    path: bytes
    size: int
    mtime_ns: int
    still: bytes


def settle(connection: Connection, file_ids: Collection[int]) -> None:
    """Find out anew whether these files, and those that lie beside them, are companions.

    A RAW is one while the picture of its name beside it is there and can be seen, unless both say
    when they were taken and it is not the same second. What was said of a RAW goes over to the
    picture, which keeps what it has, and on to one that takes the picture's place; where the
    picture goes away, the RAW takes all of it.
    """
    raw, still = files.alias(), files.alias()
    of_raw, of_still = photos.alias(), photos.alias()
    beside = and_(still.c.folder_id == raw.c.folder_id, still.c.name == raw.c.still)
    one_shot = and_(
        *(raw.c.photo_id.is_not(None), still.c.missing_since.is_(None)),
        of_still.c.width.is_not(None),
        or_(~_dated(of_raw), ~_dated(of_still), of_raw.c.taken_at == of_still.c.taken_at),
    )
    named = select(raw.c.id).join(still, beside).where(still.c.id.in_(file_ids))
    themselves = select(files.c.id).where(
        files.c.id.in_(file_ids), or_(files.c.still.is_not(None), files.c.companion_of.is_not(None))
    )
    rows = connection.execute(
        select(raw.c.id, raw.c.photo_id, raw.c.companion_of, case((one_shot, still.c.photo_id)))
        .select_from(raw)
        .outerjoin(still, beside)
        .outerjoin(of_raw, of_raw.c.id == raw.c.photo_id)
        .outerjoin(of_still, of_still.c.id == still.c.photo_id)
        .where(raw.c.missing_since.is_(None), raw.c.id.in_(union(named, themselves)))
    )
    changed = [tuple(row) for row in rows if row[2] != row[3]]
    if not changed:
        return
    connection.execute(
        update(files).where(files.c.id == bindparam("file")).values(companion_of=bindparam("of")),
        [{"file": file_id, "of": wanted} for file_id, _, _, wanted in changed],
    )
    spoken = with_words(connection, {each for row in changed for each in row[1:3] if each})
    for _, photo_id, before, wanted in changed:
        if wanted is None:
            if spoken & {photo_id, before}:
                inherit(connection, before, photo_id, replace=True)
        elif (before or photo_id) in spoken:  # of the RAW alone, or of the picture before this one
            inherit(connection, before or photo_id, wanted, replace=False)


def _dated(of: FromClause) -> ColumnElement[bool]:
    """Whether a photo says to the second when it was taken."""
    known = sql.length(sql.coalesce(of.c.taken_at, "")) == len("2020-01-31T23:59:58")
    return and_(known, sql.coalesce(of.c.taken_source, "").not_in(_NOT_OF_THE_SHOT))


def files_of(connection: Connection, photo_ids: Collection[int]) -> list[int]:
    """Ids of the files that hold these photos."""
    return list(connection.scalars(select(files.c.id).where(files.c.photo_id.in_(photo_ids))))


def beside(connection: Connection, photo_id: int, path: bytes) -> list[bytes]:
    """The file of this photo that lies at `path`, or to which the one there belongs, and what
    belongs to it: paths, the picture first."""
    found = companions(connection, [photo_id])
    still = next((each.still for each in found if each.path == path), path)
    return [still, *(each.path for each in found if each.still == still)]


def companions(connection: Connection, photo_ids: Iterable[int]) -> list[Companion]:
    """The files that are there and belong to the pictures of these photos, by path."""
    rows = connection.execute(
        from_roots(
            *(photos.c.id, photos.c.hash, files.c.size, files.c.mtime_ns),
            *(roots.c.path, folders.c.path, files.c.name, files.c.still),
        )
        .join(photos, photos.c.id == files.c.photo_id)
        .where(
            *(files.c.companion_of.in_(list(photo_ids)), files.c.missing_since.is_(None)),
            files.c.still.is_not(None),
        )
    )
    found = [
        Companion(
            *(photo_id, content, absolute(root, folder, name), size, mtime_ns),
            absolute(root, folder, still),
        )
        for photo_id, content, size, mtime_ns, root, folder, name, still in rows
    ]
    return sorted(found, key=lambda each: each.path)

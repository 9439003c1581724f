"""The journal of files that were moved out of the album: written before each move, read by undo."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, or_, select, update
from sqlalchemy import func as sql

from photosearch.catalog.items import settle
from photosearch.catalog.places import find_file, now
from photosearch.catalog.schema import files, pairs, photos, removals

MOVING, REMOVED, RESTORED, GIVEN_UP = "moving", "removed", "restored", "given-up"


@dataclass(frozen=True)
class Removal:
    """A file and where it was moved to. `kept`: the content hash of what was kept for it."""

    id: int
    batch: int
    content: bytes
    path: bytes
    size: int
    mtime_ns: int
    kept: bytes
    place: bytes
    state: str
    journal_id: int | None


_ROWS = select(
    *(removals.c.id, removals.c.batch, removals.c.hash, removals.c.path, removals.c.size),
    *(removals.c.mtime_ns, removals.c.kept, removals.c.place, removals.c.state),
    removals.c.journal_id,
)


def next_batch(connection: Connection) -> int:
    """A number for what one command removes."""
    return (connection.scalar(select(sql.max(removals.c.batch))) or 0) + 1


def begin(
    connection: Connection,
    batch: int,
    *,
    content: bytes,
    path: bytes,
    size: int,
    mtime_ns: int,
    kept: bytes,
    place: bytes,
    journal_id: int | None = None,
) -> int:
    """Write down that a file is about to be moved; returns the row's id. `content` is that of its
    photo, for a sidecar too; `journal_id`: of the words merged into what was kept."""
    values = {"hash": content, "path": path, "size": size, "mtime_ns": mtime_ns, "kept": kept}
    moving = {"batch": batch, "at": now(), "place": place, "state": MOVING}
    key = connection.execute(
        removals.insert().values(**values, **moving, journal_id=journal_id)
    ).inserted_primary_key
    assert key is not None
    return int(key[0])


def set_state(connection: Connection, removal_id: int, state: str) -> None:
    """Write down what became of a move."""
    connection.execute(update(removals).where(removals.c.id == removal_id).values(state=state))


def by_id(connection: Connection, removal_id: int) -> Removal:
    """A row of the journal."""
    row = connection.execute(_ROWS.where(removals.c.id == removal_id)).one()
    return Removal(*tuple(row))


def in_state(connection: Connection, state: str, batch: int | None = None) -> list[Removal]:
    """The removals in a state (of one batch, or of all), in the order in which they began."""
    query = _ROWS.where(removals.c.state == state)
    if batch is not None:
        query = query.where(removals.c.batch == batch)
    return [Removal(*tuple(row)) for row in connection.execute(query.order_by(removals.c.id))]


def last_batch(connection: Connection) -> int | None:
    """The newest batch of which something is removed; None where there is none."""
    newest = select(sql.max(removals.c.batch)).where(removals.c.state == REMOVED)
    batch: int | None = connection.scalar(newest)
    return batch


def is_relied_on(connection: Connection, content: bytes, instead: int) -> bool:
    """Whether a photo was kept for one that is removed now, to which the photo `instead`, which
    would be kept for it, was never compared with success."""
    relying = select(removals.c.hash).where(
        removals.c.kept == content,
        removals.c.hash != content,
        removals.c.state.in_([MOVING, REMOVED]),
    )
    gone = photos.alias()
    verified = (
        select(gone.c.hash)
        .join(
            pairs,
            or_(
                (pairs.c.photo_a == gone.c.id) & (pairs.c.photo_b == instead),
                (pairs.c.photo_b == gone.c.id) & (pairs.c.photo_a == instead),
            ),
        )
        .where(gone.c.hash.in_(relying))
    )
    found = set(connection.scalars(relying))
    return bool(found - set(connection.scalars(verified)))


def rely_on(connection: Connection, content: bytes, instead: bytes) -> None:
    """What was kept for other photos is removed: another one is kept for them now."""
    connection.execute(
        update(removals)
        .where(removals.c.kept == content, removals.c.hash != content)
        .values(kept=instead)
    )


def set_missing(connection: Connection, path: bytes, missing: bool) -> None:
    """Note that a file is gone, or there again, as the next scan would find."""
    place = find_file(connection, path)
    if place is not None:
        connection.execute(
            update(files)
            .where(files.c.id == place.file_id)
            .values(missing_since=now() if missing else None)
        )
        settle(connection, [place.file_id])

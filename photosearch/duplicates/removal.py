"""Removing what is twice, so that nothing is lost: each file is read again just before, written
down, then moved to the trash; undo brings back the files and the words.

What always holds, whatever was asked for: the kept file is there and holds what it held; no file of
a protected folder is moved; and what was once kept for another photo is not removed later.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from photosearch.catalog import removals, words
from photosearch.catalog.database import Catalog
from photosearch.catalog.pairs import Copy
from photosearch.catalog.words import Change, SaidRow, said_row
from photosearch.duplicates.best import Judge
from photosearch.duplicates.groups import Group, Other
from photosearch.errors import PhotoSearchError
from photosearch.media import trash
from photosearch.media.file_bytes import read_bytes
from photosearch.paths import printable

_FILMS = (b".mov", b".mp4", b".MOV", b".MP4", b".Mov", b".Mp4")


@dataclass(frozen=True)
class Moved:
    """A file that was moved (or would be): where it was, where it lies (None in a dry run)."""

    path: bytes
    place: bytes | None


@dataclass(frozen=True)
class Refused:
    """A file that stays (or could not come back), and why."""

    path: bytes
    why: str


Result = Moved | Refused


def remove(
    catalog: Catalog, groups: Sequence[Group], judge: Judge, max_bytes: int, *, merge: bool = True
) -> Iterator[Result]:
    """Move the others of these groups to the trash, group after group, and merge what was said of
    them into what is kept (unless not `merge`).

    Raises PhotoSearchError (`disk-full`, `no-trash`) where no file can be moved any more; what was
    moved by then can be brought back.
    """
    settle(catalog)
    with catalog.read() as connection:
        batch = removals.next_batch(connection)
    for group in groups:
        yield from _remove_group(catalog, batch, group, judge, max_bytes, merge=merge)


def plan(
    catalog: Catalog, groups: Sequence[Group], judge: Judge, max_bytes: int
) -> Iterator[Result]:
    """What `remove` would do; nothing is changed."""
    gone: set[bytes] = set()
    relied_on: set[bytes] = set()
    for group in groups:
        state = _state(group.file.path, group.keep, max_bytes)
        why_not = "what was kept for it is removed" if group.file.path in gone else None
        for other in group.others:
            why = why_not or (state if isinstance(state, str) else None)
            why = why or _refusal(catalog, group, other, judge, max_bytes)
            if other.copy.content in relied_on and other.copy.content != group.keep.content:
                why = why or _RELIED_ON
            if why is not None:
                yield Refused(other.file.path, why)
            elif other.file.path not in gone:
                gone.add(other.file.path)
                relied_on.add(group.keep.content)
                yield Moved(other.file.path, None)


def undo(catalog: Catalog) -> Iterator[Result]:
    """Bring back what the last command removed, and take back the words that it merged."""
    settle(catalog)
    with catalog.read() as connection:
        batch = removals.last_batch(connection)
        rows = [] if batch is None else removals.in_state(connection, removals.REMOVED, batch)
    for row in reversed(rows):
        try:
            if _holds(row.path, row.size, row.mtime_ns) and not os.path.lexists(row.place):
                trash.forget(row.place)  # an undo was cut off just here
            else:
                trash.bring_back(row.place, row.path)
        except PhotoSearchError as error:
            yield Refused(row.path, str(error))
            continue
        with catalog.write() as connection:
            removals.set_state(connection, [row.id], removals.RESTORED)
            removals.set_missing(connection, [row.path], False)
            if row.journal_id is not None:
                words.take_back(connection, row.journal_id)
        yield Moved(row.path, row.place)


def settle(catalog: Catalog) -> None:
    """Find out what became of moves that were cut off: each was made, or it was not."""
    with catalog.read() as connection:
        rows = removals.in_state(connection, removals.MOVING)
    if not rows:
        return
    with catalog.write() as connection:
        for row in rows:
            made = os.path.lexists(row.place)
            state = removals.REMOVED if made else removals.GIVEN_UP
            removals.set_state(connection, [row.id], state)
            if made and not os.path.lexists(row.path):
                removals.set_missing(connection, [row.path], True)
            if not made:
                trash.forget(row.place)


def _remove_group(
    catalog: Catalog, batch: int, group: Group, judge: Judge, max_bytes: int, *, merge: bool
) -> Iterator[Result]:
    keep = _state(group.file.path, group.keep, max_bytes)
    moved: list[tuple[Other, int]] = []
    results: list[Result] = []
    try:
        for other in group.others:
            why = keep if isinstance(keep, str) else None
            why = why or _refusal(catalog, group, other, judge, max_bytes)
            if why is None and not _unchanged(group.file.path, keep):
                why = f"{_shown(group.file.path)}, which is kept for it, has just changed"
            if why is not None:
                results.append(Refused(other.file.path, why))
                continue
            place = trash.choose_place(other.file.path)
            with catalog.write(durable=True) as connection:
                row = removals.begin(
                    connection,
                    batch,
                    content=other.copy.content,
                    path=other.file.path,
                    size=other.file.size,
                    mtime_ns=other.file.mtime_ns,
                    kept=group.keep.content,
                    place=place,
                )
            try:
                trash.move_away(other.file.path, place)
            except PhotoSearchError as error:
                with catalog.write() as connection:
                    removals.set_state(connection, [row], removals.GIVEN_UP)
                if error.code != "vanished":
                    raise
                results.append(Refused(other.file.path, error.what))
                continue
            moved.append((other, row))
            results.append(Moved(other.file.path, place))
    finally:
        if moved:
            with catalog.write() as connection:
                _record(connection, group.keep, moved, merge=merge)
    yield from results


def _record(
    connection: Connection, keep: Copy, moved: Sequence[tuple[Other, int]], *, merge: bool
) -> None:
    journal_id = None
    if merge:
        changes = merged(connection, keep, [other.copy for other, _ in moved])
        if words.say(connection, "take over the words of removed copies", changes):
            journal_id = words.last_entry(connection)
    for other, _ in moved:
        if other.copy.content != keep.content:
            removals.rely_on(connection, other.copy.content, keep.content)
    removals.set_state(connection, [row for _, row in moved], removals.REMOVED, journal_id)
    removals.set_missing(connection, [other.file.path for other, _ in moved], True)


def merged(connection: Connection, keep: Copy, others: Sequence[Copy]) -> list[Change]:
    """What the kept photo takes over: the best rating, being a favourite, the tags."""
    photo = {"photo": keep.content.hex()}
    others = [other for other in others if other.content != keep.content]
    changes = []
    stars = max((other.stars for other in others), default=0)
    if stars > keep.stars:
        after: SaidRow = {**photo, "stars": stars}
        changes.append(Change("ratings", said_row(connection, "ratings", photo), after))
    if not keep.favourite and any(other.favourite for other in others):
        changes.append(Change("favourites", None, photo))
    names = {name for other in others for name in other.tags} - set(keep.tags)
    for name in sorted(filter(words.is_tag_name, names)):
        key = {**photo, "name": name, "source": "user"}
        after = {**key, "encoder": None, "confidence": None}
        changes.append(Change("tags", said_row(connection, "tags", key), after))
    return changes


_RELIED_ON = "it was kept for a photo that is removed; bring that back first"


def _refusal(
    catalog: Catalog, group: Group, other: Other, judge: Judge, max_bytes: int
) -> str | None:
    """Why a file of a group must stay; None where it may go."""
    path = other.file.path
    why = _refusal_of_place(path, group.file.path, judge)
    if why is not None:
        return why
    state = _state(path, other.copy, max_bytes)
    if isinstance(state, str):
        return state
    if other.copy.content != group.keep.content:
        with catalog.read() as connection:
            if removals.is_relied_on(connection, other.copy.content, group.keep.photo_id):
                return _RELIED_ON
    return None


def _refusal_of_place(path: bytes, keep: bytes, judge: Judge) -> str | None:
    """Why a file must stay for where it lies; None where it may go."""
    folder, name = os.path.split(path)
    if judge.is_protected(path) or judge.is_protected(os.path.join(os.path.realpath(folder), name)):
        return "it lies in a protected folder"
    if os.path.islink(path):
        return "it is a link to another file"
    with contextlib.suppress(OSError):  # what went away is found out when it is read
        if os.path.samefile(path, keep):
            return "it is the kept file by another name"
    film = next((film for film in _film_names(path) if os.path.lexists(film)), None)
    if film is not None:
        return f"it is a half of a motion photo: {_shown(os.path.basename(film))} lies beside it"
    return None


def _film_names(path: bytes) -> list[bytes]:
    stem = os.path.splitext(path)[0]
    return [stem + suffix for suffix in _FILMS]


def _state(path: bytes, copy: Copy, max_bytes: int) -> os.stat_result | str:
    """The state of a file that holds what the catalog says; else why not, in words."""
    try:
        data, state = read_bytes(path, max_bytes)
    except PhotoSearchError as error:
        return f"{_shown(path)}: {error.what}"
    if hashlib.blake2b(data, digest_size=32).digest() != copy.content:
        return f"{_shown(path)} has changed since it was indexed"
    return state


def _unchanged(path: bytes, state: os.stat_result | str) -> bool:
    try:
        now = os.stat(path)
    except OSError:
        return False
    return not isinstance(state, str) and (now.st_ino, now.st_size, now.st_mtime_ns) == (
        state.st_ino,
        state.st_size,
        state.st_mtime_ns,
    )


def _holds(path: bytes, size: int, mtime_ns: int) -> bool:
    try:
        state = os.lstat(path)
    except OSError:
        return False
    return (state.st_size, state.st_mtime_ns) == (size, mtime_ns)


def _shown(path: bytes) -> str:
    return printable(os.fsdecode(path))

"""Removing what is twice, so that nothing is lost: each file is read again just before, written
down, then moved to the trash, and the sidecar that speaks of it alone after it; undo brings back
the files and the words.

What always holds, whatever was asked for: the kept file is there and holds what it held; no file of
a protected folder is moved; and what was once kept for another photo is not removed later.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from photosearch.catalog import removals, words
from photosearch.catalog.database import Catalog
from photosearch.catalog.pairs import Copy, CopyFile
from photosearch.catalog.removals import Removal
from photosearch.catalog.words import Change, SaidRow, said_row
from photosearch.duplicates.best import Judge
from photosearch.duplicates.groups import Group, Other
from photosearch.errors import PhotoSearchError
from photosearch.media import trash
from photosearch.media.beside import of_this_alone
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
                sidecar = of_this_alone(other.file.path, gone)
                if sidecar is not None:
                    yield Moved(sidecar, None)


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
            removals.set_state(connection, row.id, removals.RESTORED)
            removals.set_missing(connection, row.path, False)
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
            if os.path.lexists(row.path) and not os.path.lexists(row.place):
                _give_up(connection, row)
                trash.forget(row.place)
            else:  # in the trash; or in neither place: then it was moved, and the trash emptied
                _moved(connection, row)


def _remove_group(
    catalog: Catalog, batch: int, group: Group, judge: Judge, max_bytes: int, *, merge: bool
) -> Iterator[Result]:
    keep = _state(group.file.path, group.keep, max_bytes)
    for other in group.others:
        why = keep if isinstance(keep, str) else None
        why = why or _refusal(catalog, group, other, judge, max_bytes)
        if why is None and not _unchanged(group.file.path, keep):
            why = f"{_shown(group.file.path)}, which is kept for it, has just changed"
        if why is not None:
            yield Refused(other.file.path, why)
            continue
        result = _move(catalog, batch, group, other, merge=merge)
        yield result
        sidecar = _sidecar(other.file.path) if isinstance(result, Moved) else None
        if sidecar is not None:
            beside = replace(other, file=sidecar)
            yield _move(catalog, batch, group, beside, merge=False)


def _sidecar(path: bytes) -> CopyFile | None:
    """The sidecar that speaks of this file alone."""
    sidecar = of_this_alone(path)
    if sidecar is None:
        return None
    try:
        state = os.lstat(sidecar)
    except OSError:  # it went away just now
        return None
    return CopyFile(sidecar, state.st_size, state.st_mtime_ns)


def _move(catalog: Catalog, batch: int, group: Group, other: Other, *, merge: bool) -> Result:
    """Move one file. Its row, and the words that what is kept takes over, are written before: a
    move that is cut off loses neither."""
    place = trash.choose_place(other.file.path)
    with catalog.write(durable=True) as connection:
        changes = merged(connection, group.keep, other) if merge else []
        said = words.say(connection, "take over the words of a removed copy", changes)
        row = removals.begin(
            connection,
            batch,
            content=other.copy.content,
            path=other.file.path,
            size=other.file.size,
            mtime_ns=other.file.mtime_ns,
            kept=group.keep.content,
            place=place,
            journal_id=words.last_entry(connection) if said else None,
        )
    try:
        trash.move_away(other.file.path, place)
    except PhotoSearchError as error:
        with catalog.write() as connection:
            _give_up(connection, removals.by_id(connection, row))
        if error.code != "vanished":
            raise
        return Refused(other.file.path, error.what)
    with catalog.write() as connection:
        _moved(connection, removals.by_id(connection, row))
    return Moved(other.file.path, place)


def _moved(connection: Connection, row: Removal) -> None:
    if row.content != row.kept:
        removals.rely_on(connection, row.content, row.kept)
    removals.set_state(connection, row.id, removals.REMOVED)
    if not os.path.lexists(row.path):
        removals.set_missing(connection, row.path, True)


def _give_up(connection: Connection, row: Removal) -> None:
    removals.set_state(connection, row.id, removals.GIVEN_UP)
    if row.journal_id is not None:
        words.take_back(connection, row.journal_id)


def merged(connection: Connection, keep: Copy, other: Other) -> list[Change]:
    """What the kept photo takes over of another: the better rating, being a favourite, the tags
    that the user did not take from it. Of a file of the same photo only what may stand in its
    sidecar, which will no longer be read."""
    photo = {"photo": keep.content.hex()}
    copy = other.copy
    known = keep
    if copy.content == keep.content:
        if of_this_alone(other.file.path) is None:
            return []
        known = replace(keep, stars=0, tags=())
    changes = []
    rated = said_row(connection, "ratings", photo)
    if copy.stars > max(known.stars, 0 if rated is None else int(rated["stars"])):
        after: SaidRow = {**photo, "stars": copy.stars}
        changes.append(Change("ratings", rated, after))
    if copy.favourite:
        changes.append(Change("favourites", said_row(connection, "favourites", photo), photo))
    for name in sorted(set(copy.tags) - set(known.tags)):
        named = {**photo, "name": name}
        if words.is_tag_name(name) and said_row(connection, "rejected_tags", named) is None:
            key = {**named, "source": "user"}
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

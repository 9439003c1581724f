"""Moving files of the library to the trash, so that nothing is lost: each is read again just
before, written down, then moved, and what speaks of it alone after it; undo brings all of it back.

What always holds: no file of a protected folder is moved, and none that is not what the catalog
knows.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from photosearch.catalog import items, pairs, removals, said_pairs, words
from photosearch.catalog.database import Catalog
from photosearch.catalog.items import Companion
from photosearch.catalog.pairs import Copy, CopyFile
from photosearch.catalog.places import paths_of, relative_to
from photosearch.catalog.removals import Removal
from photosearch.catalog.words import Change
from photosearch.errors import PhotoSearchError
from photosearch.media import trash as places
from photosearch.media.beside import clip_names, of_this_alone
from photosearch.media.file_bytes import read_bytes
from photosearch.paths import printable


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


@dataclass(frozen=True)
class Planned:
    """A file that would be moved. `only`: no other copy of its photo stays in the library."""

    path: bytes
    only: bool


@dataclass(frozen=True)
class Batch:
    """What one command removes: its number, and what it does, in words."""

    number: int
    action: str

    @classmethod
    def next(cls, catalog: Catalog, action: str) -> Batch:
        """The next one."""
        with catalog.read() as connection:
            return cls(removals.next_batch(connection), action)


@dataclass(frozen=True)
class Item:
    """A file of a photo, and the RAW of the same shot beside it: they go together, or neither."""

    copy: Copy
    file: CopyFile
    companions: tuple[Companion, ...] = ()

    @property
    def paths(self) -> list[bytes]:
        """Where its files lie."""
        return [self.file.path, *(each.path for each in self.companions)]


@dataclass(frozen=True)
class Part:
    """A file of an item that is to be moved: the content of its photo, the content that is kept
    for it, and the words that this takes over."""

    content: bytes
    file: CopyFile
    kept: bytes
    merged: Callable[[Connection], list[Change]] = lambda _: []

    @classmethod
    def raw(cls, companion: Companion) -> Part:
        """The RAW beside a picture."""
        file = CopyFile(companion.path, companion.size, companion.mtime_ns)
        return cls(companion.content, file, companion.content)


def chosen_items(connection: Connection, photo_ids: Sequence[int]) -> list[Item]:
    """What these photos are in the folders: all their files that are there, by path."""
    beside: dict[bytes, list[Companion]] = {}
    for companion in items.companions(connection, photo_ids):
        beside.setdefault(companion.still, []).append(companion)
    found = [
        Item(copy, file, tuple(beside.get(file.path, ())))
        for copy in pairs.copies(connection, photo_ids).values()
        for file in copy.files
    ]
    return sorted(found, key=lambda item: item.file.path)


def plan(connection: Connection, chosen: Sequence[Item]) -> list[Planned | Refused]:
    """What `trash` would do, without reading the files."""
    protected = said_pairs.protected_folders(connection)
    why: dict[bytes, str | None] = {}
    of: dict[bytes, int] = {}
    for item in chosen:
        refusals = [refusal_of_place(path, protected) for path in item.paths]
        why |= dict.fromkeys(item.paths, next(filter(None, refusals), None))
        of |= {item.file.path: item.copy.photo_id}
        of |= {each.path: each.photo_id for each in item.companions}
    going = {path for path, refusal in why.items() if refusal is None}
    there = paths_of(connection, set(of.values()))
    staying = {photo_id for photo_id, paths in there.items() if not going.issuperset(paths)}
    twins = pairs.duplicates_of(connection, there.keys() - staying)
    beside = pairs.copies(connection, {twin for found in twins.values() for twin in found})
    stays = {
        photo_id
        for photo_id, copy in beside.items()
        if any(file.path not in going for file in copy.files)
    }
    found: list[Planned | Refused] = []
    for path, photo_id in of.items():
        refusal = why[path]
        if refusal is None:
            other = photo_id in staying or bool(stays & twins.get(photo_id, set()))
            found.append(Planned(path, not other))
        else:
            found.append(Refused(path, refusal))
    return found


def trash(
    catalog: Catalog, chosen: Sequence[Item], max_bytes: int, action: str
) -> Iterator[Result]:
    """Move items to the trash, also the last files of their photos; what was said of these stays,
    out of sight. `action` says in words what is done, for the undo message.

    Raises PhotoSearchError (`disk-full`, `no-trash`) where no file can be moved any more; what was
    moved by then can be brought back.
    """
    settle(catalog)
    batch = Batch.next(catalog, action)
    with catalog.read() as connection:
        protected = said_pairs.protected_folders(connection)
    for item in chosen:
        content = item.copy.content
        parts = [*map(Part.raw, item.companions), Part(content, item.file, content)]
        why = next(
            filter(None, (_refusal(part, protected, max_bytes) for part in parts)),
            None,
        )
        if why is not None:
            yield from (Refused(path, why) for path in item.paths)
            continue
        results = move_whole(catalog, batch, parts)
        yield from results
        if isinstance(results[0], Moved):
            for part in parts:
                for beside_of in (film_of, sidecar_of):  # a film left would have a sidecar, too
                    beside = beside_of(part.file.path)
                    if beside is not None:
                        yield move(catalog, batch, Part(content, beside, content))


def _refusal(part: Part, protected: Sequence[bytes], max_bytes: int) -> str | None:
    why = refusal_of_place(part.file.path, protected)
    if why is not None:
        return why
    state = file_state(part.file.path, part.content, max_bytes)
    return state if isinstance(state, str) else None


def undo(catalog: Catalog, batch: int | None = None) -> Iterator[Result]:
    """Bring back what a command removed (`batch`; None: the last one of which anything is removed
    still), and take back the words that it merged."""
    settle(catalog)
    with catalog.read() as connection:
        if batch is None:
            batch = removals.last_batch(connection)
        rows = [] if batch is None else removals.in_state(connection, removals.REMOVED, batch)
    for row in reversed(rows):
        yield _bring_back(catalog, row)
    if batch is not None:
        with catalog.write() as connection:
            words.batch_undone(connection, batch)


def _bring_back(catalog: Catalog, row: Removal) -> Result:
    if catalog.several and not any(
        _holds(each, row.size, row.mtime_ns) for each in (row.place, row.path)
    ):
        return Refused(
            row.path,
            f"{shown(row.path)} is not in the trash of this computer (it was {shown(row.place)});"
            " undo it on the one on which it was removed",
        )
    try:
        if _holds(row.path, row.size, row.mtime_ns) and not os.path.lexists(row.place):
            places.forget(row.place)  # an undo was cut off just here
        else:
            places.bring_back(row.place, row.path)
    except PhotoSearchError as error:
        return Refused(row.path, str(error))
    with catalog.write() as connection:
        removals.set_state(connection, row.id, removals.RESTORED)
        removals.set_missing(connection, row.path, False)
        if row.journal_id is not None:
            words.take_back(connection, row.journal_id)
    return Moved(row.path, row.place)


def settle(catalog: Catalog) -> None:
    """Find out what became of moves that were cut off: each was made, or it was not. (One of which
    nothing is to be seen here may be another computer's to find out about.)"""
    with catalog.read() as connection:
        rows = removals.in_state(connection, removals.MOVING)
    if not rows:
        return
    with catalog.write() as connection:
        for row in rows:
            here, moved = os.path.lexists(row.path), os.path.lexists(row.place)
            if catalog.several and not here and not moved:
                continue
            if here and not moved:
                _give_up(connection, row)
                places.forget(row.place)
            else:  # in the trash; or in neither place: then it was moved, and the trash emptied
                _moved(connection, row)


def sidecar_of(path: bytes) -> CopyFile | None:
    """The sidecar that speaks of this file alone."""
    sidecar = of_this_alone(path)
    return None if sidecar is None else _as_it_is(sidecar)


def film_of(path: bytes) -> CopyFile | None:
    """The film that is the other half of this motion photo alone; `path` may be gone already."""
    folder, name = os.path.split(path)
    films = {os.path.basename(film) for film in clip_names(path)}
    stem = os.path.splitext(name)[0]
    try:
        beside = [each for each in os.listdir(folder) if os.path.splitext(each)[0] == stem]
    except OSError:
        return None
    found = [each for each in beside if each in films]
    others = set(beside) - films - {name}
    if len(found) != 1 or any(not each.lower().endswith(b".xmp") for each in others):
        return None
    film = os.path.join(folder, found[0])
    return None if os.path.islink(film) else _as_it_is(film)


def _as_it_is(path: bytes) -> CopyFile | None:
    try:
        state = os.lstat(path)
    except OSError:  # it went away just now
        return None
    return CopyFile(path, state.st_size, state.st_mtime_ns)


def move_whole(catalog: Catalog, batch: Batch, parts: Sequence[Part]) -> list[Result]:
    """Move all parts of an item, or none: where one cannot be moved, those before it come back.
    Raises PhotoSearchError as `move`."""
    results: list[Result] = []
    try:
        for part in parts:
            results.append(move(catalog, batch, part))
            if isinstance(results[-1], Refused):
                break
        else:
            return results
    except PhotoSearchError:
        _take_back(catalog, batch, results)
        raise
    why = results[-1].why if isinstance(results[-1], Refused) else ""
    _take_back(catalog, batch, results)
    return [Refused(part.file.path, why) for part in parts]


def _take_back(catalog: Catalog, batch: Batch, results: Sequence[Result]) -> None:
    moved = {result.path for result in results if isinstance(result, Moved)}
    with catalog.read() as connection:
        rows = removals.in_state(connection, removals.REMOVED, batch.number)
    for row in reversed(rows):
        if row.path in moved:
            _bring_back(catalog, row)


def move(catalog: Catalog, batch: Batch, part: Part) -> Result:
    """Move a file. Its row, and the words that what is kept takes over, are written before: a move
    that is cut off loses neither."""
    file = part.file
    place = places.choose_place(file.path)
    with catalog.write(durable=True) as connection:
        words.note_batch(connection, batch.number, batch.action)
        merged = part.merged(connection)
        said = words.say(connection, "take over the words of a removed copy", merged)
        row = removals.begin(
            connection,
            batch.number,
            content=part.content,
            path=file.path,
            size=file.size,
            mtime_ns=file.mtime_ns,
            kept=part.kept,
            place=place,
            journal_id=words.last_entry(connection) if said else None,
        )
    try:
        places.move_away(file.path, place)
    except PhotoSearchError as error:
        with catalog.write() as connection:
            _give_up(connection, removals.by_id(connection, row))
        if error.code != "vanished":
            raise
        return Refused(file.path, error.what)
    with catalog.write() as connection:
        _moved(connection, removals.by_id(connection, row))
    return Moved(file.path, place)


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


def refusal_of_place(path: bytes, protected: Sequence[bytes]) -> str | None:
    """Why a file must stay for where it lies; None where it may go."""
    folder, name = os.path.split(path)
    real = os.path.join(os.path.realpath(folder), name)
    if any(relative_to(each, at) is not None for each in protected for at in (path, real)):
        return "it lies in a protected folder"
    if os.path.islink(path):
        return "it is a link to another file"
    return None


def file_state(path: bytes, content: bytes, max_bytes: int) -> os.stat_result | str:
    """The state of a file that holds this content; else why not, in words."""
    try:
        data, state = read_bytes(path, max_bytes)
    except PhotoSearchError as error:
        return f"{shown(path)}: {error.what}"
    if hashlib.blake2b(data, digest_size=32).digest() != content:
        return f"{shown(path)} has changed since it was indexed"
    return state


def unchanged(path: bytes, state: os.stat_result | str) -> bool:
    """Whether a file is still as `file_state` found it."""
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


def shown(path: bytes) -> str:
    """A path in one line."""
    return printable(os.fsdecode(path))

"""Removing what is twice (see `photosearch/removal.py` for how a file is moved and brought back):
which files of a group may go, and the words that what is kept takes over.

What always holds, whatever was asked for: the kept file is there and holds what it held; no file of
a protected folder is moved; and what was once kept for another photo is not removed later.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from photosearch.catalog import items, removals, words
from photosearch.catalog.database import Catalog
from photosearch.catalog.items import Companion
from photosearch.catalog.pairs import Copy
from photosearch.catalog.places import paths_of
from photosearch.catalog.words import Change, SaidRow, said_row
from photosearch.duplicates.best import Judge
from photosearch.duplicates.groups import Group, Other
from photosearch.media.beside import clip_names, of_this_alone
from photosearch.removal import (
    Batch,
    Moved,
    Part,
    Refused,
    Result,
    file_state,
    move,
    move_whole,
    refusal_of_place,
    shown,
    sidecar_of,
    unchanged,
)


def remove(
    catalog: Catalog, groups: Sequence[Group], judge: Judge, max_bytes: int, *, merge: bool = True
) -> Iterator[Result]:
    """Move the others of these groups to the trash, group after group, and merge what was said of
    them into what is kept (unless not `merge`).

    Raises PhotoSearchError (`disk-full`, `no-trash`) where no file can be moved any more; what was
    moved by then can be brought back.
    """
    batch = Batch.next(catalog, "move copies to the trash")
    for group in groups:
        yield from _remove_group(catalog, batch, group, judge, max_bytes, merge=merge)


def plan(
    catalog: Catalog, groups: Sequence[Group], judge: Judge, max_bytes: int
) -> Iterator[Result]:
    """What `remove` would do; nothing is changed."""
    gone: set[bytes] = set()
    relied_on: set[bytes] = set()
    for group in groups:
        state = file_state(group.file.path, group.keep.content, max_bytes)
        why_not = "what was kept for it is removed" if group.file.path in gone else None
        for other in group.others:
            why = why_not or (state if isinstance(state, str) else None)
            why = why or _refusal(catalog, group, other, judge, max_bytes)
            raws = _companions(catalog, other)
            why = why or _refusal_of_raws(catalog, raws, judge, max_bytes, gone)
            if other.copy.content in relied_on and other.copy.content != group.keep.content:
                why = why or _RELIED_ON
            if why is not None:
                yield Refused(other.file.path, why)
            elif other.file.path not in gone:
                going = [*(raw.path for raw in raws), other.file.path]
                gone.update(going)
                relied_on.add(group.keep.content)
                yield from (Moved(path, None) for path in going)
                sidecar = of_this_alone(other.file.path, gone)
                if sidecar is not None:
                    yield Moved(sidecar, None)


def _remove_group(
    catalog: Catalog, batch: Batch, group: Group, judge: Judge, max_bytes: int, *, merge: bool
) -> Iterator[Result]:
    keep = file_state(group.file.path, group.keep.content, max_bytes)
    for other in group.others:
        why = keep if isinstance(keep, str) else None
        why = why or _refusal(catalog, group, other, judge, max_bytes)
        raws = _companions(catalog, other)
        why = why or _refusal_of_raws(catalog, raws, judge, max_bytes)
        if why is None and not unchanged(group.file.path, keep):
            why = f"{shown(group.file.path)}, which is kept for it, has just changed"
        if why is not None:
            yield Refused(other.file.path, why)
            continue

        def words_of(connection: Connection, other: Other = other) -> list[Change]:
            return merged(connection, group.keep, other) if merge else []

        content, kept = other.copy.content, group.keep.content
        parts = [*map(Part.raw, raws), Part(content, other.file, kept, words_of)]
        results = move_whole(catalog, batch, parts)
        yield from results
        for part in parts if isinstance(results[0], Moved) else ():
            sidecar = sidecar_of(part.file.path)
            if sidecar is not None:
                yield move(catalog, batch, Part(content, sidecar, kept))


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
    state = file_state(path, other.copy.content, max_bytes)
    if isinstance(state, str):
        return state
    if other.copy.content != group.keep.content:
        with catalog.read() as connection:
            if removals.is_relied_on(connection, other.copy.content, group.keep.photo_id):
                return _RELIED_ON
    return None


def _companions(catalog: Catalog, other: Other) -> list[Companion]:
    with catalog.read() as connection:
        found = items.companions(connection, [other.copy.photo_id])
    return [companion for companion in found if companion.still == other.file.path]


def _refusal_of_raws(
    catalog: Catalog,
    raws: Sequence[Companion],
    judge: Judge,
    max_bytes: int,
    gone: Collection[bytes] = (),
) -> str | None:
    """Why the RAWs that would go with a picture must stay, and it with them; None where each has a
    copy elsewhere that stays (`gone`: what does not)."""
    for raw in raws:
        why = refusal_of_place(raw.path, judge.protected)
        state = file_state(raw.path, raw.content, max_bytes)
        if why is not None or isinstance(state, str):
            return why or str(state)
        with catalog.read() as connection:
            copies = paths_of(connection, [raw.photo_id])[raw.photo_id]
        elsewhere = (path for path in copies if path != raw.path and path not in gone)
        if not any(_is_another(path, raw, max_bytes) for path in elsewhere):
            return f"{shown(os.path.basename(raw.path))} beside it has no other copy"
    return None


def _is_another(path: bytes, raw: Companion, max_bytes: int) -> bool:
    """Whether there is a file of its own at `path` that holds what `raw` does."""
    if isinstance(file_state(path, raw.content, max_bytes), str):
        return False
    try:
        return not os.path.samefile(path, raw.path)
    except OSError:  # it went away just now
        return False


def _refusal_of_place(path: bytes, keep: bytes, judge: Judge) -> str | None:
    """Why a file must stay for where it lies; None where it may go."""
    why = refusal_of_place(path, judge.protected)
    if why is not None:
        return why
    with contextlib.suppress(OSError):  # what went away is found out when it is read
        if os.path.samefile(path, keep):
            return "it is the kept file by another name"
    film = next((film for film in clip_names(path) if os.path.lexists(film)), None)
    if film is not None:
        return f"it is a half of a motion photo: {shown(os.path.basename(film))} lies beside it"
    return None

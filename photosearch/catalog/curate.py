"""The single things a user can say: a rating, a favourite, a tag, a root. Each is one journalled
action of `words.py`."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, select, update

from photosearch.catalog import shares
from photosearch.catalog.contents import orphan_if_nowhere
from photosearch.catalog.places import absolute, relative_to
from photosearch.catalog.schema import (
    excludes,
    files,
    folders,
    photos,
    protected_folders,
    roots,
    tags,
)
from photosearch.catalog.shares import as_kept
from photosearch.catalog.tagged import believed
from photosearch.catalog.words import MAX_TAG, Change, SaidRow, is_tag_name, said_row, say
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable

_TAGS = (
    select(tags.c.photo_id, tags.c.name)
    .where(tags.c.photo_id.in_(bindparam("photo_ids", expanding=True)), believed())
    .order_by(tags.c.name)
)


def rate(connection: Connection, contents: Sequence[bytes], stars: int, label: str) -> None:
    """Rate photos 1 to 5 stars; 0 takes their ratings away. `label` names them for the journal.

    Raises PhotoSearchError (`bad-rating`) for another number.
    """
    if not 0 <= stars <= 5:
        raise PhotoSearchError("bad-rating", f"A rating is 0 to 5 stars, not {stars}")
    says = {"stars": stars} if stars else None
    _set(connection, "ratings", contents, says, f"rate {label} {stars}")


def favourite(connection: Connection, contents: Sequence[bytes], on: bool, label: str) -> None:
    """Make photos favourites, or no longer."""
    says: SaidRow | None = {} if on else None
    _set(connection, "favourites", contents, says, f"favourite {label}{'' if on else ' --off'}")


def tag(connection: Connection, content: bytes, name: str, on: bool, label: str) -> str:
    """Give the photo a tag by hand, or take it away (where the program or the file gave it, too: it
    is rejected, and does not come back by itself); returns the tag's name, tidied.

    Raises PhotoSearchError (`bad-tag`) for a name that is blank, too long, or not one line.
    """
    name = tag_name(name)
    verb = "add" if on else "remove"
    say(connection, f"tag {verb} {label} {name}", _tag_changes(connection, content, name, on))
    return name


def tag_photos(
    connection: Connection, contents: Sequence[bytes], name: str, on: bool, label: str
) -> str:
    """As `tag`, for several photos, as one action."""
    name = tag_name(name)
    changes = [change for each in contents for change in _tag_changes(connection, each, name, on)]
    say(connection, f"tag {'add' if on else 'remove'} {label} {name}", changes)
    return name


def teach(
    connection: Connection, name: str, shows: Sequence[bytes], others: Sequence[bytes]
) -> str:
    """Mark photos as examples of a tag, and others as none; returns its name, tidied.

    Raises PhotoSearchError (`bad-tag`)."""
    name = tag_name(name)
    changes = []
    for content, is_it in [*((each, True) for each in shows), *((each, False) for each in others)]:
        key = {"photo": content.hex(), "name": name}
        before = said_row(connection, "tag_examples", key)
        changes.append(Change("tag_examples", before, {**key, "shows": is_it}))
    say(connection, f"teach {name}", changes)
    return name


def tag_name(name: str) -> str:
    """A tag's name, tidied. Raises PhotoSearchError (`bad-tag`)."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if not is_tag_name(name):
        raise PhotoSearchError(
            "bad-tag",
            f"A tag needs 1 to {MAX_TAG} printable characters, not “{printable(name[:40])}”",
        )
    return name


def _tag_changes(connection: Connection, content: bytes, name: str, on: bool) -> list[Change]:
    key = {"photo": content.hex(), "name": name, "source": "user"}
    after = {**key, "encoder": None, "confidence": None} if on else None
    rejection = {"photo": content.hex(), "name": name}
    was_rejected = said_row(connection, "rejected_tags", rejection)
    others = select(tags.c.name).where(
        tags.c.photo_id.in_(select(photos.c.id).where(photos.c.hash == content)),
        tags.c.name == name,
        tags.c.source != "user",
    )
    rejected = was_rejected
    if on:
        rejected = None
    elif connection.scalar(others) is not None:
        rejected = rejection
    return [
        Change("tags", said_row(connection, "tags", key), after),
        Change("rejected_tags", was_rejected, rejected),
    ]


def tags_of(connection: Connection, photo_ids: Sequence[int]) -> dict[int, list[str]]:
    """The names of the tags of each photo that has any, in order."""
    found: dict[int, list[str]] = {}
    for photo_id, name in connection.execute(_TAGS, {"photo_ids": list(photo_ids)}):
        found.setdefault(photo_id, []).append(name)
    return found


def _set(
    connection: Connection,
    table: str,
    contents: Sequence[bytes],
    says: SaidRow | None,
    action: str,
) -> None:
    """Have the rows of these photos say `says` (None: have none), as one action."""
    changes = []
    for content in contents:
        key = {"photo": content.hex()}
        after = None if says is None else {**key, **says}
        changes.append(Change(table, said_row(connection, table, key), after))
    say(connection, action, changes)


def add_root(connection: Connection, path: bytes) -> None:
    """Add a folder as a root; one that was removed comes back with all that was known of it.

    Raises PhotoSearchError (`name-taken`) where the library means another folder by this path.
    """
    row: SaidRow = {"path": os.fsdecode(_new_name(connection, path)), "removed": False}
    before = said_row(connection, "roots", row)
    # An unknown root counts as a removed one: taking back its adding must not delete its rows.
    known = before or {**row, "removed": True}
    say(connection, f"add folder {printable(row['path'])}", [Change("roots", known, row)])


def remove_root(connection: Connection, path: bytes) -> None:
    """Take a root out of sight. What is known of its photos stays, for `add_root` or undo."""
    before = _known_root(connection, path)
    say(
        connection,
        f"remove folder {printable(before['path'])}",
        [Change("roots", before, {**before, "removed": True})],
    )


def relocate_root(connection: Connection, old: bytes, new: bytes) -> None:
    """Say that a root's folder lies elsewhere now; nothing is read again.

    Raises PhotoSearchError where `old` is no root (`unknown-root`) or `new` lies in one or
    contains one (`root-overlap`), or the library means another folder by it (`name-taken`).
    """
    before = _known_root(connection, old)
    old, new = os.fsencode(before["path"]), _new_name(connection, new)
    for other in connection.scalars(select(as_kept(roots.c.path)).where(~roots.c.removed)).all():
        inside = relative_to(other, new) is not None or relative_to(new, other) is not None
        if other != old and inside:
            raise PhotoSearchError(
                "root-overlap",
                f"{printable(os.fsdecode(new))} overlaps the folder"
                f" {printable(os.fsdecode(other))}, which is in the library already",
                "Remove that one first.",
            )
    _forget_removed(connection, new)
    after = {**before, "path": os.fsdecode(new)}
    action = f"relocate folder {printable(before['path'])} to {printable(after['path'])}"
    changes = [Change("roots", before, after)]
    for folder in connection.scalars(select(as_kept(protected_folders.c.path))).all():
        below = relative_to(old, folder)
        if below is not None:  # what is protected stays so where it lies now
            row = {"path": os.fsdecode(folder)}
            moved = {"path": os.fsdecode(absolute(new, b"", below))}
            known = said_row(connection, "protected_folders", moved)
            changes += [
                Change("protected_folders", row, None),
                Change("protected_folders", known, moved),
            ]
    say(connection, action, changes)
    # Whether the new place is a mount point is for its next scan to find out.
    connection.execute(update(roots).where(as_kept(roots.c.path) == new).values(mounted=False))


def exclude(connection: Connection, pattern: str, on: bool) -> None:
    """Leave out what a pattern means (see `media/excludes.py`), or no longer."""
    pattern = os.fsdecode(shares.of(connection).named(os.fsencode(pattern)))
    row: SaidRow = {"pattern": pattern}
    before = said_row(connection, "excludes", row)
    verb = "leave out" if on else "no longer leave out"
    say(connection, f"{verb} {pattern}", [Change("excludes", before, row if on else None)])


def excluded(connection: Connection) -> list[str]:
    """The patterns of what is left out, in order."""
    here = shares.of(connection).here
    found = connection.scalars(select(excludes.c.pattern))
    return sorted(os.fsdecode(here(os.fsencode(each))) for each in found)


def _new_name(connection: Connection, path: bytes) -> bytes:
    name = shares.of(connection).named(path)
    if name.startswith(shares.NOWHERE):
        raise PhotoSearchError(
            "name-taken",
            f"The library means another folder by {printable(os.fsdecode(path))}, which lies"
            " elsewhere on this computer",
            "Give this one another name, by a link to it or by moving it.",
        )
    return name


def _known_root(connection: Connection, path: bytes) -> SaidRow:
    name = shares.of(connection).named(path)
    row = said_row(connection, "roots", {"path": os.fsdecode(name)})
    if row is None or row["removed"]:
        raise PhotoSearchError(
            "unknown-root",
            f"{printable(os.fsdecode(path))} is no folder of this library",
            "`photosearch roots list` shows them.",
        )
    return row


def _forget_removed(connection: Connection, name: bytes) -> None:
    """Make room for a root named `name`, where a removed one may still keep its (hidden) rows."""
    named = as_kept(roots.c.path) == name
    root_id = connection.scalar(select(roots.c.id).where(named, roots.c.removed))
    if root_id is None:
        return
    inside = select(folders.c.id).where(folders.c.root_id == root_id)
    held = set(connection.scalars(select(files.c.photo_id).where(files.c.folder_id.in_(inside))))
    connection.execute(delete(files).where(files.c.folder_id.in_(inside)))
    connection.execute(delete(folders).where(folders.c.root_id == root_id))
    connection.execute(delete(roots).where(roots.c.id == root_id))
    for photo_id in held - {None}:
        orphan_if_nowhere(connection, photo_id)

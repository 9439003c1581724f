"""Albums that the user puts together by hand. Each thing said is one journalled action of
`words.py`. Two albums whose names differ in case alone are one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from sqlalchemy import Connection, select
from sqlalchemy import func as sql

from photosearch.catalog.browse import is_shown
from photosearch.catalog.schema import album_photos, albums, photos
from photosearch.catalog.words import MAX_TAG, Change, SaidRow, is_line, said_row, say
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable


def all_albums(connection: Connection) -> dict[str, int]:
    """The albums by name, and how many photos of each can be shown."""
    inside = (
        select(album_photos.c.album, sql.count().label("count"))
        .join(photos, photos.c.id == album_photos.c.photo_id)
        .where(*is_shown())
        .group_by(album_photos.c.album)
    )
    counts = {row[0]: row[1] for row in connection.execute(inside)}
    return {name: counts.get(name, 0) for name in sorted(_names(connection), key=str.casefold)}


def put(connection: Connection, contents: Sequence[bytes], name: str, label: str) -> str:
    """Put photos into an album, which is made where there is none of that name; returns its name,
    as it is kept. `label` names the photos for the journal.

    Raises PhotoSearchError (`bad-album`) for a name that is blank, too long or not one line.
    """
    name = _known(connection, name) or album_name(name)
    row = {"name": name}
    changes = [Change("albums", said_row(connection, "albums", row), row)]
    for content in contents:
        inside = {"photo": content.hex(), "album": name}
        changes.append(Change("album_photos", said_row(connection, "album_photos", inside), inside))
    say(connection, f"put {label} into the album {name}", changes)
    return name


def take(connection: Connection, contents: Sequence[bytes], name: str, label: str) -> str:
    """Take photos out of an album; returns its name, as it is kept. Raises PhotoSearchError
    (`unknown-album`)."""
    name = _needed(connection, name)
    changes = []
    for content in contents:
        inside = {"photo": content.hex(), "album": name}
        changes.append(Change("album_photos", said_row(connection, "album_photos", inside), None))
    say(connection, f"take {label} out of the album {name}", changes)
    return name


def remove(connection: Connection, name: str) -> str:
    """Forget an album; its photos stay. Raises PhotoSearchError (`unknown-album`)."""
    name = _needed(connection, name)
    changes = [Change("album_photos", row, None) for row in _inside(connection, name)]
    row = said_row(connection, "albums", {"name": name})
    say(connection, f"remove the album {name}", [*changes, Change("albums", row, None)])
    return name


def rename(connection: Connection, old: str, new: str) -> str:
    """Give an album another name; returns it, tidied.

    Raises PhotoSearchError (`unknown-album`, `bad-album`, `album-exists`).
    """
    old, new = _needed(connection, old), album_name(new)
    known = _known(connection, new)
    if known not in (None, old):
        raise PhotoSearchError(
            "album-exists",
            f"There is an album “{printable(known or '')}” already",
            "Choose another name.",
        )
    row = said_row(connection, "albums", {"name": old})
    changes = [Change("albums", row, None), Change("albums", None, {"name": new})]
    for inside in _inside(connection, old):
        changes.append(Change("album_photos", inside, {**inside, "album": new}))
    say(connection, f"rename the album {old} to {new}", changes if old != new else [])
    return new


def album_name(name: str) -> str:
    """An album's name, tidied. Raises PhotoSearchError (`bad-album`)."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if not is_line(name, MAX_TAG) or '"' in name:  # which no query could name
        raise PhotoSearchError(
            "bad-album",
            f"An album needs a name of 1 to {MAX_TAG} printable characters, without quotation"
            f" marks, not “{printable(name[:40])}”",
        )
    return name


def _names(connection: Connection) -> set[str]:
    """Of all albums; an import may name one by its photos alone."""
    by_photos = connection.scalars(select(album_photos.c.album).distinct())
    return {*connection.scalars(select(albums.c.name)), *by_photos}


def _known(connection: Connection, name: str) -> str | None:
    """The album of a name, as it is kept: in this spelling, else without regard to case."""
    wanted = unicodedata.normalize("NFC", " ".join(name.split()))
    names = _names(connection)
    if wanted in names:
        return wanted
    return next((each for each in sorted(names) if each.casefold() == wanted.casefold()), None)


def _needed(connection: Connection, name: str) -> str:
    known = _known(connection, name)
    if known is None:
        raise PhotoSearchError(
            "unknown-album",
            f"There is no album “{printable(name[:40])}”",
            "`photosearch album list` shows those that are.",
        )
    return known


def _inside(connection: Connection, name: str) -> list[SaidRow]:
    """The rows of the photos of an album."""
    found = connection.scalars(
        select(photos.c.hash)
        .join(album_photos, album_photos.c.photo_id == photos.c.id)
        .where(album_photos.c.album == name)
        .order_by(photos.c.hash)
    )
    return [{"photo": content.hex(), "album": name} for content in found]

"""What the user says of photos (stars, favourites, albums), the trash, and taking it back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photosearch import __version__, removal
from photosearch.catalog import (
    albums,
    contents,
    curate,
    places,
    purge,
    words,
)
from photosearch.catalog.digest import Digest, digest
from photosearch.catalog.purge import Gone
from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.paths import printable

if TYPE_CHECKING:
    from sqlalchemy import Connection


from photosearch.library.opened import Opened, counted


class Saying(Opened):
    """What the user says of photos (stars, favourites, albums), the trash, and taking it back."""

    def rate(self, path: Path, stars: int) -> None:
        """Rate a photo 1 to 5 stars; 0 takes its rating away."""
        with self.catalog.write() as connection:
            content = self._content(connection, path)
            curate.rate(connection, [content], stars, printable(path.name))

    def rate_photos(self, photo_ids: Sequence[int], stars: int) -> str | None:
        """Rate photos by their ids, all with one undo; returns what was done, in words."""
        with self.catalog.write() as connection:
            found = list(contents.content_of(connection, photo_ids).values())
            curate.rate(connection, found, stars, counted(found))
        given = "no stars" if not stars else f"{stars} star{'s' if stars > 1 else ''}"
        return f"{counted(found)}: {given}" if found else None

    def favourite(self, path: Path, on: bool = True) -> None:
        """Make a photo a favourite, or no longer."""
        with self.catalog.write() as connection:
            content = self._content(connection, path)
            curate.favourite(connection, [content], on, printable(path.name))

    def favourite_photos(self, photo_ids: Sequence[int], on: bool) -> str | None:
        """Make photos favourites by their ids, or no longer, all with one undo."""
        with self.catalog.write() as connection:
            found = list(contents.content_of(connection, photo_ids).values())
            curate.favourite(connection, found, on, counted(found))
        return f"{counted(found)}: {'favourite' if on else 'no favourite'}" if found else None

    def undo(self) -> str | None:
        """Take the last change back, whatever it was: something said, or files moved to the trash;
        returns what it was, None where there is nothing. Everybody takes back what is theirs.

        Raises PhotoSearchError: `undo-conflict`; `not-yours` where only others have changed
        something; `not-restored` where no file could come back.
        """
        while True:
            with self.catalog.read() as connection:
                newest = words.newest(connection)
                theirs = words.newest_of_others(connection) if newest is None else None
            if theirs is not None:
                raise PhotoSearchError(
                    "not-yours",
                    f"You have nothing to undo: the last change, “{theirs[1]}”, is that of"
                    f" {printable(theirs[0])}",
                    "Set the value you want by hand.",
                )
            if newest is None:
                return None
            action, batch = newest
            if batch is None:
                with self.catalog.write() as connection:
                    said = words.undo(connection)
                if said is not None:
                    return said
                continue  # of rows that are no more; then what was before
            results = list(removal.undo(self.catalog, batch))
            refused = [each for each in results if isinstance(each, removal.Refused)]
            if refused and len(refused) == len(results):
                raise PhotoSearchError("not-restored", f"Cannot undo “{action}”: {refused[0].why}")
            if refused:
                return f"{action} (without {len(refused)} files: {refused[0].why})"
            if results:
                return action

    def trash_plan(self, photos: Sequence[int | Path]) -> list[removal.Planned | removal.Refused]:
        """What `trash` would do. Raises PhotoSearchError (`not-in-library`)."""
        with self.catalog.read() as connection:
            return removal.plan(connection, self._to_trash(connection, photos))

    def trash(self, photos: Sequence[int | Path]) -> Iterator[removal.Result]:
        """Move photos to the trash: all files of one that is named by its id; of one that is named
        by its path, this file (and what is of one shot with it). One undo brings all of it back.
        See `removal.trash`.

        Raises PhotoSearchError: `not-in-library`, `disk-full`, `no-trash`.
        """
        with self.catalog.read() as connection:
            chosen = self._to_trash(connection, photos)
        count = len({item.copy.photo_id for item in chosen})
        action = f"move {'1 photo' if count == 1 else f'{count} photos'} to the trash"
        most = self.settings.max_photo_megabytes << 20
        yield from removal.trash(self.catalog, chosen, most, action)

    def _to_trash(self, connection: Connection, photos: Sequence[int | Path]) -> list[removal.Item]:
        ids = [photo for photo in photos if isinstance(photo, int)]
        chosen = removal.chosen_items(connection, ids)
        for path in (photo for photo in photos if isinstance(photo, Path)):
            content = self._content(connection, path)
            photo_id = contents.photo_by_content(connection, content)
            named = {places.as_stored(path), places.as_stored(path.resolve())}
            found = removal.chosen_items(connection, [] if photo_id is None else [photo_id])
            mine = [item for item in found if named.intersection(item.paths)]
            if not mine:
                raise PhotoSearchError(
                    "not-in-library",
                    f"{printable(path)} is not there, or has changed since it was indexed",
                    "Look for new photos first: `photosearch index`.",
                )
            chosen += [item for item in mine if item not in chosen]
        return chosen

    def albums(self) -> dict[str, int]:
        """The albums by name, and how many photos of each can be shown."""
        with self.catalog.read() as connection:
            return albums.all_albums(connection)

    def put_into_album(self, photos: Sequence[int | Path], name: str) -> str:
        """Put photos (their ids, or paths) into an album, made where there is none of that name;
        all with one undo. What was done, in words.

        Raises PhotoSearchError (`bad-album`, `not-in-library`).
        """
        with self.catalog.write() as connection:
            found = self._contents(connection, photos)
            name = albums.put(connection, found, name, counted(found))
        return f"{counted(found)}: in the album “{name}”"

    def take_from_album(self, photos: Sequence[int | Path], name: str) -> str:
        """Take photos (their ids, or paths) out of an album. What was done, in words.

        Raises PhotoSearchError (`unknown-album`, `not-in-library`).
        """
        with self.catalog.write() as connection:
            found = self._contents(connection, photos)
            name = albums.take(connection, found, name, counted(found))
        return f"{counted(found)}: no longer in the album “{name}”"

    def remove_album(self, name: str) -> str:
        """Forget an album; its photos stay. What was done, in words. Raises PhotoSearchError
        (`unknown-album`)."""
        with self.catalog.write() as connection:
            return f"the album “{albums.remove(connection, name)}” removed"

    def rename_album(self, old: str, new: str) -> str:
        """Give an album another name. What was done, in words. Raises PhotoSearchError
        (`unknown-album`, `bad-album`, `album-exists`)."""
        with self.catalog.write() as connection:
            return f"“{old}” renamed “{albums.rename(connection, old, new)}”"

    def export(self) -> dict[str, Any]:
        """All that the user said, as a document for `import_`, on this computer or another."""
        with self.catalog.read() as connection:
            return {"program": __version__, **words.export_document(connection)}

    def import_(self, document: object) -> int:
        """Take over an exported document; returns how many rows changed. One undo takes it back."""
        with self.catalog.write() as connection:
            return words.import_document(connection, document)

    def gone(self, days: int) -> list[Gone]:
        """What `purge` would remove."""
        with self.catalog.read() as connection:
            return purge.gone_photos(connection, days)

    def purge(self, days: int) -> tuple[list[Gone], Path | None]:
        """Remove the rows of photos that have been gone for `days` days. What the user said of
        them is written to a file first (returned; None where nothing was said), for `import_`."""
        from photosearch.indexing.run import an_indexer

        with an_indexer(self.catalog), self.catalog.write() as connection:
            gone = purge.gone_photos(connection, days)
            said = purge.words_of(connection, [photo.content for photo in gone])
            backup = self._back_up_words(said) if any(said.values()) else None
            purge.purge(connection, gone)
        return gone, backup

    def _back_up_words(self, said: dict[str, list[words.SaidRow]]) -> Path:
        folder = self.folder / "backups"
        file = folder / f"purged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.json"
        head = {"format": words.FORMAT, "version": words.FORMAT_VERSION}
        try:
            folder.mkdir(exist_ok=True)
            with file.open("x", encoding="ascii") as out:
                json.dump({**head, **said}, out, indent=1)
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise from_os_error(error, printable(file)) from error
        return file

    def digest(self) -> Digest:
        """The digest of the catalog (see `catalog.digest`)."""
        with self.catalog.read() as connection:
            return digest(connection)

"""Tags: what was found and taught, and what the user says of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from photosearch.catalog import (
    contents,
    curate,
    tagged,
)
from photosearch.catalog.tagged import TagRow
from photosearch.paths import printable

if TYPE_CHECKING:
    from photosearch.search.blend import Floats
    from photosearch.tagging.album import Tags
    from photosearch.tagging.teach import Lesson

from photosearch.library.asking import Asking
from photosearch.library.opened import counted


class Tagging(Asking):
    """Tags: what was found and taught, and what the user says of it."""

    @property
    def tags(self) -> Tags:
        """What its photos are tagged with by the program, and what the user teaches it."""
        from photosearch.tagging.album import Tags

        def encode_texts(texts: Sequence[str]) -> Floats:
            return self._answers.encoder().encode_texts(texts)

        return Tags(self.catalog, self.trunk(), self.encoder_folder(), encode_texts)

    def tag(self, path: Path, name: str, on: bool = True) -> str:
        """Give a photo a tag by hand, or take it away; returns the tag's name, tidied."""
        with self.catalog.write() as connection:
            return curate.tag(
                connection, self._content(connection, path), name, on, printable(path.name)
            )

    def teach(self, name: str, shows: Sequence[Path], others: Sequence[Path] = ()) -> Lesson:
        """Teach a tag by photos that show it, and others that do not.

        Raises PhotoSearchError (`not-in-library`, `bad-tag`, `no-encoder`, …)."""
        with self.catalog.read() as connection:
            both = [[self._content(connection, each) for each in some] for some in (shows, others)]
        return self.tags.teach(name, *both)

    def teach_photos(self, photo_ids: Sequence[int], name: str, shows: bool) -> str:
        """Mark photos by their ids as ones that show a tag, or do not, all with one undo; what was
        done. It is learned with the next `Tags.learn`. Raises PhotoSearchError (`bad-tag`)."""
        with self.catalog.write() as connection:
            found = list(contents.content_of(connection, photo_ids).values())
            marked = (found, []) if shows else ([], found)
            name = curate.teach(connection, name, *marked)
        return f"{counted(found)}: {'shown as' if shows else 'not'} “{name}”"

    def tags_at(self, path: Path) -> list[TagRow]:
        """As `tag_rows`, of the photo at a path. Raises PhotoSearchError (`not-in-library`)."""
        with self.catalog.read() as connection:
            photo_id = contents.photo_by_content(connection, self._content(connection, path))
            return [] if photo_id is None else tagged.tag_rows(connection, [photo_id])

    def tag_names(self) -> list[tuple[str, int]]:
        """The tags of the library, and how many photos have each; the most frequent first."""
        with self.catalog.read() as connection:
            return tagged.names_in_use(connection)

    def tag_rows(self, photo_id: int) -> list[TagRow]:
        """The tags of a photo, of all sources, but for those that the user took away."""
        with self.catalog.read() as connection:
            return tagged.tag_rows(connection, [photo_id])

    def tag_photos(self, photo_ids: Sequence[int], name: str, on: bool) -> str | None:
        """Give photos a tag by their ids, or take it away, all with one undo; what was done."""
        with self.catalog.write() as connection:
            found = list(contents.content_of(connection, photo_ids).values())
            name = curate.tag_photos(connection, found, name, on, counted(found))
        return f"{counted(found)}: {'tagged' if on else 'no longer tagged'} “{name}”"

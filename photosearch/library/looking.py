"""Looking at photos: which there are, in which order, what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from photosearch.catalog import (
    about,
    arrange,
    browse,
    contents,
    facets,
    items,
    places,
)
from photosearch.catalog.about import About
from photosearch.catalog.arrange import Group
from photosearch.catalog.facets import Facets
from photosearch.media.beside import clips

if TYPE_CHECKING:
    from photosearch.media.previews import Preview, Previewer
    from photosearch.search.query import Match

from photosearch.library.opened import Opened, not_in_library


class Looking(Opened):
    """Looking at photos: which there are, in which order, what is known of them."""

    def photos(self) -> list[int]:
        """Ids of all photos that can be shown, the newest first."""
        with self.catalog.read() as connection:
            return browse.shown_photos(connection)

    def photo_count(self) -> int:
        """How many photos can be shown."""
        with self.catalog.read() as connection:
            return browse.count_shown(connection)

    def arrange(
        self, photo_ids: Sequence[int], order: str, group: str
    ) -> tuple[list[int], list[Group]]:
        """Photos in another order, and in groups (see `catalog.arrange`)."""
        if not order and not group:
            return list(photo_ids), []
        with self.catalog.read() as connection:
            return arrange.arrange(connection, photo_ids, order, group)

    def facets(self) -> Facets:
        """What all photos can be narrowed down by."""
        with self.catalog.read() as connection:
            return facets.facets(connection)

    def about(self, photo_id: int) -> About:
        """All that is known of a photo. Raises PhotoSearchError (`not-in-library`)."""
        with self.catalog.read() as connection:
            found = about.about(connection, photo_id)
        if found is None:
            raise not_in_library()
        films = [film for path, there in found.files if there for film in clips(path)]
        return replace(found, beside=(*found.beside, *films))

    def photo_at(self, path: Path) -> int:
        """The id of the photo that a file shows (that of a RAW, as it is shown: the JPEG beside
        it). Raises PhotoSearchError (`not-in-library`)."""
        with self.catalog.read() as connection:
            photo_id = contents.photo_by_content(connection, self._content(connection, path))
        if photo_id is None:
            raise not_in_library()
        return photo_id

    def previewer(self) -> Previewer:
        """What makes photos ready for the large view (see `media.previews`); close it after use."""
        from photosearch.media.previews import Previewer

        return Previewer(self.folder / "previews", self.settings)

    def preview(self, previewer: Previewer, photo_id: int, box: tuple[int, int]) -> Preview:
        """A photo decoded to fit into `box` pixels (width, height).

        Raises PhotoSearchError: as `photo_path`, as `Previewer.preview`.
        """
        row = self._row(photo_id)
        return previewer.preview(row.content, row.path, box)

    def thumbnail(self, match: Match) -> Path:
        """Where the thumbnail of a match lies (a cache: it may be missing)."""
        with self.catalog.read() as connection:
            content = contents.content_of(connection, [match.photo_id])[match.photo_id]
        return self.thumbnail_files([content])[content]

    def thumbnail_files(self, contents: Iterable[bytes]) -> dict[bytes, Path]:
        """Where the thumbnails of photos lie, by content hash (a cache: one may be missing, also
        where this computer's disk takes no more)."""
        wanted = list(dict.fromkeys(contents))
        with suppress(OSError):
            self.thumbnails.have(wanted)
        return {content: self.thumbnails.path(content) for content in wanted}

    def export_photo(
        self, previewer: Previewer, photo: int | Path, folder: Path, side: int | None
    ) -> list[Path]:
        """Copy a photo (its id, or a path) into a folder: the file as it is, with the RAW and the
        clip of the same shot beside it; or, with `side`, a JPEG whose longest side has at most so
        many pixels. Nothing is written over. Returns the copies, the picture's first.

        Raises PhotoSearchError: `not-in-library`, as `media.export`.
        """
        from photosearch.media import export  # with Pillow

        export.check_folder(folder)
        if isinstance(photo, Path):
            photo_id, path = self.photo_at(photo), places.as_stored(photo)
        else:
            photo_id, path = photo, self._row(photo).path
        with self.catalog.read() as connection:
            paths = items.beside(connection, photo_id, path)
        if side is None:
            return export.export_originals([*paths, *clips(paths[0])], folder)
        return [export.export_at(previewer, paths[0], folder, side)]

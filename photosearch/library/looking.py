"""Looking at photos: which there are, in which order, what is known of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from photosearch.catalog import (
    about,
    arrange,
    browse,
    contents,
    facets,
)
from photosearch.catalog.about import About
from photosearch.catalog.arrange import Group
from photosearch.catalog.facets import Facets

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
        return found

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
        return self.thumbnails.path(content)

    def export_photo(
        self, previewer: Previewer, photo: int | Path, folder: Path, side: int | None
    ) -> Path:
        """Copy a photo (its id, or a path) into a folder: the file as it is, or, with `side`, a
        JPEG whose longest side has at most so many pixels. Nothing is written over. Returns the
        copy.

        Raises PhotoSearchError: `not-in-library`, as `media.export`.
        """
        from photosearch.media import export  # with Pillow

        export.check_folder(folder)
        if isinstance(photo, Path):
            with self.catalog.read() as connection:
                self._content(connection, photo)
            path = os.fsencode(os.path.abspath(photo))
        else:
            path = self._row(photo).path
        if side is None:
            return export.export_original(path, folder)
        return export.export_at(previewer, path, folder, side)

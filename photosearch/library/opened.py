"""An open library: its folder, catalog and caches, the models in use, what a photo is in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from photosearch.catalog import (
    browse,
    contents,
    places,
)
from photosearch.catalog.browse import PhotoRow
from photosearch.catalog.database import open_catalog
from photosearch.catalog.embeddings import StoredVectors, lack_vectors
from photosearch.catalog.thumbnails import kept_thumbnails
from photosearch.encoders.registry import (
    EncoderFolder,
    find_encoder,
    find_network,
    find_trunk,
    no_encoder,
    vectors_name,
)
from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.media.thumbnails import Thumbnails
from photosearch.paths import printable
from photosearch.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from photosearch.catalog.people import Role
    from photosearch.encoders.offers import Offer


_BEFORE = "encoder before"  # the setting that names the encoder that answers until a run has filled


def make_folder(folder: Path) -> None:
    """Make a library's folder, where it is not there. Raises PhotoSearchError: disk errors."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise from_os_error(error, f"the library folder {printable(folder)}") from error


class Opened:
    """An open library: its folder, catalog and caches, the models in use, what a photo is in it."""

    def __init__(self, folder: Path, settings: Settings | None = None) -> None:
        """Open the library in `folder`, made where it is not there.

        Raises PhotoSearchError where it cannot be opened (see `Catalog`).
        """
        self.folder = folder
        self.settings = settings or Settings.load()
        make_folder(folder)
        self.catalog = open_catalog(folder)
        fetch = partial(kept_thumbnails, self.catalog) if self.catalog.several else None
        self.thumbnails = Thumbnails(folder / "thumbnails", fetch)
        self.vectors_folder = folder / "vectors"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the catalog."""
        self.catalog.close()

    def give_roles(self) -> list[Role]:
        """See `Catalog.give_roles`."""
        return self.catalog.give_roles()

    def encoder_folder(self) -> EncoderFolder | None:
        """The encoder in use: the one chosen for this library, else the first there is; None where
        it is not on this computer."""
        return find_encoder(self.catalog.setting("encoder"))

    def answering_encoder(self) -> EncoderFolder | None:
        """The encoder that answers searches: the one in use, or the one before it until a whole run
        has filled in its vectors."""
        before = self.catalog.setting(_BEFORE)
        return (find_encoder(before) if before else None) or self.encoder_folder()

    def filled(self, encoder: EncoderFolder) -> None:
        """A whole run has made the vectors of the encoder in use: if there are any, it answers."""
        stored = StoredVectors(self.catalog, vectors_name(encoder))
        if self.catalog.setting(_BEFORE) and stored.count()[0]:
            self.catalog.set_setting(_BEFORE, "")

    def use_encoder(self, encoder_id: str) -> EncoderFolder:
        """Choose the encoder for this library, or the backbone that tags its photos; the next
        indexing run fills in its vectors, or its tags. The encoder before it goes on answering
        until then, and its vectors are kept.

        Raises PhotoSearchError (`no-encoder`) where it is not on this computer.
        """
        folder = find_network(encoder_id)
        if folder is None:
            raise no_encoder(encoder_id)
        if folder.backbone is None:
            before = self.answering_encoder()
            with self.catalog.read() as connection:
                wait = before is not None and lack_vectors(
                    connection, vectors_name(before), vectors_name(folder)
                )
            self.catalog.set_setting(_BEFORE, before.id if before is not None and wait else "")
            self.catalog.set_setting("encoder", folder.id)
        if folder.beliefs is not None:
            self.catalog.set_setting("tagger", folder.id)
        return folder

    def models(self) -> list[Offer]:
        """The models there are to choose from, here and for download."""
        from photosearch.encoders.offers import offers

        return offers()

    def remove_model(self, name: str) -> bool:
        """Delete a downloaded model; whether there was one. Raises PhotoSearchError
        (`model-in-use` where this library uses it, `not-removable`, disk errors)."""
        from photosearch.encoders.offers import remove

        used = (self.encoder_folder(), self.answering_encoder(), self.trunk())
        if any(each is not None and each.id == name for each in used):
            raise PhotoSearchError(
                "model-in-use",
                f"{name} is in use in this library",
                "Choose another one first.",
            )
        return remove(name)

    def trunk(self) -> EncoderFolder | None:
        """The network whose features are kept and which tags photos: the one chosen for this
        library, else the built-in one; None where neither is here."""
        return find_trunk(self.catalog.setting("tagger"))

    def needed_encoder(self) -> EncoderFolder:
        """The encoder that answers. Raises PhotoSearchError (`no-encoder`) where it is not on this
        computer."""
        folder = self.answering_encoder()
        if folder is None:
            raise no_encoder(self.catalog.setting("encoder"))
        return folder

    def photo_rows(self, photo_ids: Sequence[int]) -> list[PhotoRow]:
        """What is known of photos, in order; one that cannot be shown is left out."""
        with self.catalog.read() as connection:
            return browse.photo_rows(connection, photo_ids)

    def photo_path(self, photo_id: int) -> Path:
        """Where a photo lies. Raises PhotoSearchError (`not-in-library`)."""
        return Path(os.fsdecode(self._row(photo_id).path))

    def _row(self, photo_id: int) -> PhotoRow:
        rows = self.photo_rows([photo_id])
        if not rows:
            raise not_in_library()
        return rows[0]

    def _content(self, connection: Connection, path: Path) -> bytes:
        """The content hash of a photo in the library, by the path of one of its files."""
        place = places.find_file(connection, places.as_stored(path))
        if place is None:
            place = places.find_file(connection, places.as_stored(path.resolve()))
        if place is None or place.content is None:
            raise PhotoSearchError(
                "not-in-library",
                f"{printable(path)} is not in the library",
                "Add its folder with `photosearch index FOLDER`.",
            )
        return place.content

    def _contents(self, connection: Connection, photos: Sequence[int | Path]) -> list[bytes]:
        """The content hashes of photos by their ids or paths, each once."""
        ids = [photo for photo in photos if isinstance(photo, int)]
        paths = [photo for photo in photos if isinstance(photo, Path)]
        found = [*contents.content_of(connection, ids).values()]
        return list(dict.fromkeys([*found, *(self._content(connection, path) for path in paths)]))


def not_in_library() -> PhotoSearchError:
    """The error where a photo's id leads nowhere."""
    return PhotoSearchError("not-in-library", "This photo is not in the library any more")


def counted(found: Sequence[bytes]) -> str:
    """So many photos, in words."""
    return "1 photo" if len(found) == 1 else f"{len(found)} photos"

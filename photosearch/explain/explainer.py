"""Explains photos: has their pixels read in a child, asks the encoder, keeps what it found."""

from __future__ import annotations

import json
import os
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from photosearch.errors import PhotoSearchError
from photosearch.explain.heat import Floats, Heat, heat
from photosearch.media.read import view_side
from photosearch.media.readers import Readers
from photosearch.paths import printable, resources
from photosearch.settings import Settings

if TYPE_CHECKING:
    from photosearch.encoders.encoder import Encoder

_KEPT = 512  # heat maps, of some ten kilobytes each


Asked = tuple[str, Sequence[Floats]]
"""What is looked for in a photo: its name for a person, and the unit vectors, float32 (dimension,),
that mean it; of several the one nearest to the photo counts."""


@dataclass(frozen=True)
class Photo:
    """A photo to explain: its file, and its content hash and unit vector where they are known."""

    path: bytes
    content: bytes | None = None
    vector: Floats | None = None


class Explainer:
    """Makes heat maps. Use from one thread; it keeps a reader's child warm until it is closed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = replace(settings, workers=1)
        self._readers: tuple[int, Readers] | None = None
        self._seen: tuple[bytes, bytes, Image.Image] | None = None
        self._neutral: tuple[str, Floats] | None = None
        self._kept: OrderedDict[tuple[bytes, str, bytes], Heat] = OrderedDict()

    def close(self) -> None:
        """End the child."""
        if self._readers is not None:
            self._readers[1].close()
        self._readers = None

    def explain(self, encoder: Encoder, photo: Photo, asked: Sequence[Asked]) -> list[Heat]:
        """A heat map for each of `asked`, all from one pass; what was asked before is remembered.

        Raises PhotoSearchError: as `picture`; `no-maps`.
        """
        if photo.content is not None and photo.vector is not None:
            known = self._known(encoder, photo.content, photo.vector, asked)
            if None not in known:
                return [each for each in known if each is not None]
        content, picture = self._read(encoder, photo)
        whole = photo.vector if content == photo.content else None
        if whole is None:
            whole = encoder.encode_images([picture])[0]
        part, vectors = encoder.seen_part(picture.size), [_nearest(each, whole) for each in asked]
        heats = self._known(encoder, content, whole, asked)
        new = [place for place, found in enumerate(heats) if found is None]
        if new:
            directions = np.stack([vectors[place] for place in new]) - self._neutral_of(encoder)
            for place, seen in zip(new, encoder.relevance(picture, directions), strict=True):
                score = round(float(vectors[place] @ whole), 4)
                made = heat(asked[place][0], score, seen, part, picture.size)
                self._kept[content, encoder.folder.id, vectors[place].tobytes()] = made
                heats[place] = made
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return [each for each in heats if each is not None]

    def explain_classes(self, encoder: Encoder, photo: Photo, names: Sequence[str]) -> list[Heat]:
        """A heat map for each of `names`, which the encoder's classifiers must know; its score is
        how likely the class is.

        Raises PhotoSearchError: as `picture`; `unknown-class`.
        """
        unknown = [name for name in names if name not in encoder.classes]
        if unknown:
            raise PhotoSearchError(
                "unknown-class",
                f"The encoder {encoder.folder.id} has no tag “{printable(unknown[0])}”",
                "Ask for it in words instead.",
            )
        picture = self.picture(encoder, photo)
        maps, chances = encoder.class_relevance(picture, names)
        part = encoder.seen_part(picture.size)
        return [
            heat(name, round(chance, 4), seen, part, picture.size)
            for name, chance, seen in zip(names, chances, maps, strict=True)
        ]

    def picture(self, encoder: Encoder, photo: Photo) -> Image.Image:
        """The photo, upright, RGB, as large as its maps need it.

        Raises PhotoSearchError: as `read_one`; `undecodable`.
        """
        return self._read(encoder, photo)[1]

    def _read(self, encoder: Encoder, photo: Photo) -> tuple[bytes, Image.Image]:
        """The photo's content hash and its pixels; those of the last photo are kept."""
        if self._seen is not None and photo.content is not None:
            path, content, picture = self._seen
            if (path, content) == (photo.path, photo.content):
                return content, picture
        side = view_side(encoder.map_side)
        if self._readers is None or self._readers[0] != side:
            self.close()
            self._readers = (side, Readers(self._settings, side))
        name = printable(os.fsdecode(photo.path))
        try:
            reading = self._readers[1].read(photo.path)
        except PhotoSearchError as error:
            todo = "Is its disk connected? Try again, or name another photo."
            raise PhotoSearchError(error.code, f"{name}: {error.what}", todo) from error
        if reading.picture is None:
            raise PhotoSearchError(
                "undecodable", f"{name}: {reading.problem}", "Name another photo."
            )
        picture = Image.frombytes("RGB", reading.picture.view_size, reading.picture.view)
        self._seen = (photo.path, reading.content, picture)
        return reading.content, picture

    def _known(
        self, encoder: Encoder, content: bytes, whole: Floats, asked: Sequence[Asked]
    ) -> list[Heat | None]:
        """The heat maps that are kept, in the order of `asked`."""
        found = []
        for each in asked:
            key = (content, encoder.folder.id, _nearest(each, whole).tobytes())
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                kept = replace(kept, term=each[0])
            found.append(kept)
        return found

    def _neutral_of(self, encoder: Encoder) -> Floats:
        """The mean vector of words that say nothing in particular, (dimension,)."""
        if self._neutral is None or self._neutral[0] != encoder.folder.id:
            words = json.loads((resources() / "heat.json").read_text("utf-8"))["neutral"]
            self._neutral = (encoder.folder.id, encoder.encode_texts(words).mean(axis=0))
        return self._neutral[1]


def _nearest(asked: Asked, whole: Floats) -> Floats:
    return max(asked[1], key=lambda vector: float(vector @ whole))

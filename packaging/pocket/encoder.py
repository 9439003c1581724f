"""An encoder folder as the program uses it: its own reading, its own encoder, its own beliefs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosearch.encoders.encoder import Encoder as ProgramsEncoder
from photosearch.encoders.registry import read_folder
from photosearch.media.read import decode, view_side

Vectors = NDArray[np.float32]

_BATCH = 32
_MAX_PIXELS = 300_000_000


class Encoder(Protocol):
    """What is evaluated."""

    def encode_images(self, paths: Sequence[Path]) -> Vectors:
        """(n, d) unit vectors."""

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """(n, d) unit vectors."""


class FolderEncoder:
    """An encoder folder, with the beliefs that its `encoder.json` names where `believing`."""

    def __init__(self, folder: Path, believing: bool = True) -> None:
        card = read_folder(folder)
        self._encoder = ProgramsEncoder(card if believing else replace(card, beliefs=None))
        self._side = view_side(card.image_side)

    def encode_images(self, paths: Sequence[Path]) -> Vectors:
        """(n, d) unit vectors of photo files, read as the indexer reads them."""
        return np.concatenate([self._encoder.encode_images(batch) for batch in self._views(paths)])

    def _views(self, paths: Sequence[Path]) -> Iterator[list[Image.Image]]:
        def read(path: Path) -> Image.Image:
            picture = decode(path.read_bytes(), self._side, _MAX_PIXELS)
            return Image.frombytes("RGB", picture.view_size, picture.view)

        with ThreadPoolExecutor(2) as pool:
            for start in range(0, len(paths), _BATCH):
                yield list(pool.map(read, paths[start : start + _BATCH]))

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """(n, d) unit vectors."""
        parts = [texts[start : start + 256] for start in range(0, len(texts), 256)]
        return np.concatenate([self._encoder.encode_texts(part) for part in parts])

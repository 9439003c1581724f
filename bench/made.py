"""Libraries of many photos that were never taken: real catalog, thumbnails and vectors, without the
hours of indexing."""

from __future__ import annotations

import hashlib
import io
import os
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image

from photosearch.catalog import curate
from photosearch.catalog.embeddings import add_vectors
from photosearch.catalog.schema import files, folders, photos, roots
from photosearch.encoders.registry import EncoderFolder, vectors_name
from photosearch.library import Library

_PICTURES = 64  # different thumbnails
_AT_ONCE = 10_000  # vectors
_PER_FOLDER = 1000


def made_library(
    work: Path, count: int, encoder: EncoderFolder | None, *, thumbnails: bool = True
) -> Path:
    """A library in `work` with `count` photos over twenty years, each with a thumbnail (if wanted)
    and, where an encoder is given, a random vector of it."""
    with Library(work / f"made-{count}") as library:
        dice = np.random.default_rng(0)
        hashes = [hashlib.blake2b(b"%d" % n, digest_size=32).digest() for n in range(count)]
        start = datetime(2005, 1, 1)
        root = work / "made-album"
        root.mkdir(exist_ok=True)
        with library.catalog.write() as connection:
            curate.add_root(connection, os.fsencode(root))
            root_id = connection.execute(roots.select()).one().id
            whole = range(1, count // _PER_FOLDER + 2)
            connection.execute(
                folders.insert(),
                [{"id": n, "root_id": root_id, "path": b"album-%03d" % n} for n in whole],
            )
            connection.execute(
                photos.insert(),
                [
                    {
                        **{"id": n + 1, "hash": hashes[n], "bytes": 1, "width": 4000},
                        **{"height": 3000, "format": "JPEG"},
                        "taken_at": (start + timedelta(hours=n)).isoformat(),
                    }
                    for n in range(count)
                ],
            )
            connection.execute(
                files.insert(),
                [
                    {
                        **{"id": n + 1, "folder_id": n // _PER_FOLDER + 1, "photo_id": n + 1},
                        **{"name": b"IMG_%06d.jpg" % n, "size": 1, "mtime_ns": 1, "inode": n},
                        "pending": False,
                    }
                    for n in range(count)
                ],
            )
            if encoder is not None:
                vectors = dice.standard_normal((count, encoder.dimension), dtype=np.float32)
                vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
                stored = vectors.astype("<f2")
                for first in range(0, count, _AT_ONCE):
                    some = range(first, min(first + _AT_ONCE, count))
                    rows = ((n + 1, stored[n].tobytes()) for n in some)
                    add_vectors(connection, vectors_name(encoder), rows)
        if thumbnails:
            _thumbnails(library, hashes, dice)
        return library.folder


def _thumbnails(library: Library, hashes: list[bytes], dice: np.random.Generator) -> None:
    library.thumbnails.stamp()
    for n, content in enumerate(hashes):
        if n >= _PICTURES:  # a link to one of the first, so that the disk is not filled
            file = library.thumbnails.path(content)
            file.parent.mkdir(exist_ok=True)
            os.link(library.thumbnails.path(hashes[n % _PICTURES]), file)
            continue
        coarse = Image.fromarray(dice.integers(0, 256, (6, 8, 3), dtype=np.uint8))
        picture = io.BytesIO()
        coarse.resize((320, 240), Image.Resampling.BICUBIC).save(picture, "JPEG", quality=82)
        library.thumbnails.put(content, picture.getvalue())

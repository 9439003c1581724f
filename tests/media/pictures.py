"""What the media tests share: make a file, read it, look at what was read."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image

from photosearch.media.read import Picture, Reading, read_photo
from photosearch.media.readers import Failure, Readers

SIDE = 256
MAX_PIXELS = 50_000_000
MAX_BYTES = 100_000_000


def read(path: Path, side: int = SIDE, **limits: Any) -> Reading:
    """Read a file in this process, with limits that suit a test."""
    limits = {"max_pixels": MAX_PIXELS, "max_bytes": MAX_BYTES, **limits}
    return read_photo(bytes(path), side, **limits)


def picture_of(path: Path, side: int = SIDE, **limits: Any) -> Picture:
    """Read a file that must have a picture in it."""
    reading = read(path, side, **limits)
    assert reading.problem is None, reading.problem
    assert reading.picture is not None
    return reading.picture


def problem_of(path: Path, **limits: Any) -> str:
    """The reason why there is no picture in a file: one line for a person."""
    reading = read(path, **limits)
    assert reading.picture is None
    assert_one_line(reading.problem)
    assert reading.problem is not None
    return reading.problem


def assert_one_line(reason: str | None) -> None:
    assert reason
    assert reason.isprintable()
    assert len(reason) < 300


def view_of(picture: Picture) -> Image.Image:
    return Image.frombytes("RGB", picture.view_size, picture.view)


def thumbnail_of(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.thumbnail))


def pixels(image: Image.Image) -> npt.NDArray[np.float32]:
    return np.asarray(image.convert("RGB"), np.float32)


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of the samples, of 255; the sizes must be equal."""
    assert one.size == other.size
    return float(np.abs(pixels(one) - pixels(other)).mean())


def bits_apart(one: int | None, other: int | None) -> int:
    """Hamming distance of two perceptual hashes."""
    assert one is not None
    assert other is not None
    return ((one ^ other) & (2**64 - 1)).bit_count()


def exif_of(tags: dict[int, object], of_the_shot: dict[int, object] | None = None) -> Image.Exif:
    """EXIF with `tags` in its first folder and `of_the_shot` in the one of the exposure."""
    exif = Image.Exif()
    for tag, value in tags.items():
        exif[tag] = value
    if of_the_shot:
        exif.get_ifd(ExifTags.IFD.Exif).update(of_the_shot)
    return exif


def collect_all(readers: Readers) -> dict[int, Reading | Failure]:
    """All results by key, once everything submitted is finished."""
    results: dict[int, Reading | Failure] = {}
    while not readers.idle:
        for job, result in readers.collect(0.1):
            assert job.key not in results
            results[job.key] = result
    return results


Save = Callable[[Image.Image, Path, Image.Exif], None]


def _saver(format_: str, **options: Any) -> Save:
    def save(image: Image.Image, path: Path, exif: Image.Exif) -> None:
        image.save(path, format_, exif=exif, **options)

    return save


SAVERS: dict[str, Save] = {
    "JPEG": _saver("JPEG", quality=92, subsampling=0),
    "PNG": _saver("PNG"),
    "WEBP": _saver("WEBP", lossless=True),
    "TIFF": _saver("TIFF"),
    "AVIF": _saver("AVIF", quality=90, speed=10),
}
"""The formats that carry an orientation and that Pillow can write."""

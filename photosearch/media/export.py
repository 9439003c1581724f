"""Copies of photos for elsewhere: the file as it is, or its picture at a size. Nothing is written
over, and a copy appears under its name only when it is whole."""

from __future__ import annotations

import io
import itertools
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.media.previews import Previewer
from photosearch.paths import cannot_read, printable

LARGEST = 8192
"""Pixels of the longest side of a copy at a size."""

_QUALITY = 92


def export_originals(paths: Sequence[bytes], folder: Path) -> list[Path]:
    """Copy files that belong together into a folder, with their times, under names that belong
    together; returns the copies. All are copied or none. Raises PhotoSearchError."""
    sources = [Path(os.fsdecode(path)) for path in paths]
    parts = [_part(folder, number) for number in range(len(sources))]
    try:
        for source, part in zip(sources, parts, strict=True):
            _copy(source, part)
        try:
            return _named(parts, folder, [source.name for source in sources])
        except OSError as error:
            raise from_os_error(error, printable(folder)) from error
    except PhotoSearchError:
        for part in parts:
            part.unlink(missing_ok=True)
        raise


def _copy(source: Path, part: Path) -> None:
    try:
        with source.open("rb") as file:
            state = os.fstat(file.fileno())
            try:
                with part.open("wb") as out:
                    shutil.copyfileobj(file, out, 1 << 20)
                os.utime(part, ns=(state.st_atime_ns, state.st_mtime_ns))
            except OSError as error:
                raise from_os_error(error, printable(part.parent)) from error
    except OSError as error:
        raise cannot_read(source, error) from error


def export_at(previewer: Previewer, path: bytes, folder: Path, side: int) -> Path:
    """Write a photo as a JPEG into a folder, upright, its longest side at most `side` pixels; it
    says nothing of the camera or the place. Returns the copy. Raises PhotoSearchError: as
    `Previewer.preview`, and where it cannot be written."""
    width, height, pixels = previewer.decode(path, (min(side, LARGEST),) * 2)
    jpeg = io.BytesIO()
    Image.frombytes("RGB", (width, height), pixels).save(jpeg, "JPEG", quality=_QUALITY)
    source, part = Path(os.fsdecode(path)), _part(folder, 0)
    try:
        part.write_bytes(jpeg.getbuffer())
        state = source.stat()
        os.utime(part, ns=(state.st_atime_ns, state.st_mtime_ns))
        return _named([part], folder, [f"{source.stem}.jpg"])[0]
    except OSError as error:
        part.unlink(missing_ok=True)
        raise from_os_error(error, printable(folder)) from error


def check_folder(folder: Path) -> None:
    """Raise PhotoSearchError (`no-folder`) unless it is a folder; one that is not there is made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise PhotoSearchError(
            "no-folder", f"{printable(folder)} is a file, not a folder", "Choose a folder."
        ) from None
    except OSError as error:
        raise from_os_error(error, printable(folder)) from error


def _part(folder: Path, number: int) -> Path:
    return folder / f".photosearch-{os.getpid()}-{number}.part"


def _named(parts: Sequence[Path], folder: Path, names: Sequence[str]) -> list[Path]:
    """Give whole copies the first names that are all free: `a.jpg` and `a.cr2`, `a (2).jpg` and
    `a (2).cr2`, …"""
    for number in itertools.count(1):
        places = [folder / (name if number == 1 else _numbered(name, number)) for name in names]
        ours: list[Path] = []
        try:
            for place in places:
                place.touch(exist_ok=False)  # from now on the name is ours
                ours.append(place)
        except OSError as error:
            for place in ours:
                place.unlink()
            if not isinstance(error, FileExistsError):
                raise
            continue
        return [part.replace(place) for part, place in zip(parts, places, strict=True)]
    raise AssertionError("there is always another number")


def _numbered(name: str, number: int) -> str:
    stem, suffix = os.path.splitext(name)
    return f"{stem} ({number}){suffix}"

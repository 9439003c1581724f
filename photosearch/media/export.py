"""Copies of photos for elsewhere: the file as it is, or its picture at a size. Nothing is written
over, and a copy appears under its name only when it is whole."""

from __future__ import annotations

import io
import itertools
import os
import shutil
from pathlib import Path

from PIL import Image

from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.media.previews import Previewer
from photosearch.paths import cannot_read, printable

LARGEST = 8192
"""Pixels of the longest side of a copy at a size."""

_QUALITY = 92


def export_original(path: bytes, folder: Path) -> Path:
    """Copy a file into a folder, with its time; returns the copy. Raises PhotoSearchError."""
    source = Path(os.fsdecode(path))
    part = _part(folder)
    try:
        with source.open("rb") as file:
            state = os.fstat(file.fileno())
            try:
                with part.open("wb") as out:
                    shutil.copyfileobj(file, out, 1 << 20)
                os.utime(part, ns=(state.st_atime_ns, state.st_mtime_ns))
                return _named(part, folder, source.name)
            except OSError as error:
                part.unlink(missing_ok=True)
                raise from_os_error(error, printable(folder)) from error
    except OSError as error:
        raise cannot_read(source, error) from error


def export_at(previewer: Previewer, path: bytes, folder: Path, side: int) -> Path:
    """Write a photo as a JPEG into a folder, upright, its longest side at most `side` pixels; it
    says nothing of the camera or the place. Returns the copy. Raises PhotoSearchError: as
    `Previewer.preview`, and where it cannot be written."""
    width, height, pixels = previewer.decode(path, (min(side, LARGEST),) * 2)
    jpeg = io.BytesIO()
    Image.frombytes("RGB", (width, height), pixels).save(jpeg, "JPEG", quality=_QUALITY)
    source, part = Path(os.fsdecode(path)), _part(folder)
    try:
        part.write_bytes(jpeg.getbuffer())
        state = source.stat()
        os.utime(part, ns=(state.st_atime_ns, state.st_mtime_ns))
        return _named(part, folder, f"{source.stem}.jpg")
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


def _part(folder: Path) -> Path:
    return folder / f".photosearch-{os.getpid()}.part"


def _named(part: Path, folder: Path, name: str) -> Path:
    """Give a whole copy the first name that is free: `a.jpg`, `a (2).jpg`, …"""
    stem, suffix = os.path.splitext(name)
    for number in itertools.count(1):
        place = folder / (name if number == 1 else f"{stem} ({number}){suffix}")
        try:
            place.touch(exist_ok=False)  # from now on the name is ours
        except FileExistsError:
            continue
        return part.replace(place)
    raise AssertionError("there is always another number")

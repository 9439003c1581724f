"""Where things lie on this computer, and how file names are shown to a person."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from photosearch.errors import PhotoSearchError, from_os_error


def resources() -> Path:
    """What ships with the program (`PHOTOSEARCH_RESOURCES` names another folder)."""
    override = os.environ.get("PHOTOSEARCH_RESOURCES")
    if override:
        return Path(override)
    packaged = (
        Path(__file__).parent / "resources"
    )  # so in a wheel; beside the package in a checkout
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "resources"


def data_dir() -> Path:
    """The user's own folder for libraries and downloaded encoders."""
    override = os.environ.get("PHOTOSEARCH_DATA")
    return Path(override) if override else platformdirs.user_data_path("photosearch", False)


def default_library() -> str:
    """The library used where no other is named (`PHOTOSEARCH_LIBRARY` names one): its folder, or
    the address of a shared one."""
    return os.environ.get("PHOTOSEARCH_LIBRARY") or str(data_dir() / "library")


def encoder_folders() -> list[Path]:
    """Folders that may hold encoders, in the order in which they are searched.

    Each is an encoder folder itself or holds encoder folders: those named in
    `PHOTOSEARCH_ENCODERS` (as in PATH), those that ship with the program, and those the user
    downloaded.
    """
    named = os.environ.get("PHOTOSEARCH_ENCODERS", "")
    extra = [Path(part) for part in named.split(os.pathsep) if part]
    return [*extra, resources() / "encoders", data_dir() / "encoders"]


def printable(path: str | os.PathLike[str]) -> str:
    """`path` as one line that any terminal can show: control characters and bytes that are no
    text are written as escapes, so that a hostile file name can neither break a line nor steer
    the terminal."""
    text = os.fspath(path)
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def cannot_read(path: Path, error: OSError | ValueError) -> PhotoSearchError:
    """The error for a path that a person named and that cannot be looked at."""
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return PhotoSearchError(
            "not-found", f"There is no {printable(path)}", "Check the path and try again."
        )
    return from_os_error(error, printable(path))

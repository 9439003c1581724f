"""Thumbnails: a cache of small JPEGs, one a photo, named by the photo's content hash."""

from __future__ import annotations

import os
import secrets
import threading
from pathlib import Path

_VERSION = "1"


class Thumbnails:
    """The thumbnail folder of one library.

    `stamp` names this very folder: a cache that was lost is a new folder with a new stamp, and
    photos whose thumbnail was made for another stamp get a new one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def stamp(self) -> str:
        """This folder's stamp, made with the folder where it is not there."""
        file = self._folder / "stamp"
        try:
            return file.read_text("ascii")
        except (FileNotFoundError, UnicodeDecodeError):
            self._folder.mkdir(parents=True, exist_ok=True)
            stamp = f"{_VERSION}-{secrets.token_hex(4)}"
            write_whole(file, stamp.encode("ascii"))
            return stamp

    def path(self, content: bytes) -> Path:
        """Where the thumbnail of a photo lies (it need not be there)."""
        name = content.hex()
        return self._folder / name[:2] / f"{name[:32]}.jpg"

    def put(self, content: bytes, jpeg: bytes) -> None:
        """Write a thumbnail. Raises OSError where the disk takes no more."""
        file = self.path(content)
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, jpeg)


def write_whole(file: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, also for other processes and threads,
    which may write the same one."""
    part = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        part.write_bytes(data)
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise

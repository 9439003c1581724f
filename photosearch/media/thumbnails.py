"""Thumbnails: a cache of small JPEGs, one a photo, named by the photo's content hash."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

_VERSION = "1"
_TOGETHER = 256  # fetched at once: some 4 MB

Fetch = Callable[[Sequence[bytes]], Mapping[bytes, bytes]]
"""Gives the thumbnails of photos that are kept elsewhere, by their content hashes."""


class Thumbnails:
    """The thumbnail folder of one library.

    `stamp` names this very folder: a cache that was lost is a new folder with a new stamp, and
    photos whose thumbnail was made for another stamp get a new one. Where thumbnails are kept
    elsewhere, too, for all computers, the folder is one of several: `have` fetches what lacks in
    it, and one stamp stands for all.
    """

    def __init__(self, folder: Path, fetch: Fetch | None = None) -> None:
        self._folder = folder
        self._fetch = fetch

    def stamp(self) -> str:
        """This folder's stamp, made with the folder where it is not there."""
        if self._fetch is not None:
            return _VERSION
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

    def have(self, contents: Iterable[bytes]) -> None:
        """Have the thumbnails of these photos in the folder, as far as they are kept anywhere.
        Raises OSError where the disk takes no more."""
        if self._fetch is None:
            return
        lacking = [each for each in dict.fromkeys(contents) if not self.path(each).exists()]
        for start in range(0, len(lacking), _TOGETHER):
            for content, jpeg in self._fetch(lacking[start : start + _TOGETHER]).items():
                self.put(content, jpeg)

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

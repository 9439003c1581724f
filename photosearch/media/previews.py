"""Photos decoded for the large view: in a child, under limits, kept for a while as raw pixels.

The files are PPM pictures (a line of text, then RGB bytes), so that the window, which decodes
nothing that comes from outside, can show them by copying.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photosearch.children import receive, send
from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.media.thumbnails import write_whole
from photosearch.paths import printable
from photosearch.settings import Settings

if TYPE_CHECKING:  # the decoders take a quarter of a second, for which a window would wait
    from photosearch.media.readers import Reader

KEPT = 24
"""Newest files that are kept in the folder."""

_STEP = 128  # boxes are rounded up to it, so that a window resized a little is served from the disk
_LARGEST = 8192


@dataclass(frozen=True)
class Preview:
    """A decoded photo: a PPM file, and its size in pixels."""

    file: Path
    width: int
    height: int


class Previewer:
    """Makes previews, one after the other. Use from one thread; it keeps its child warm."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        self._settings = settings
        self._reader: Reader[tuple[int, int, bytes]] | None = None

    def kill(self) -> None:
        """End the child from another thread; whoever waits for its answer sees it die."""
        reader = self._reader
        if reader is not None:
            reader.child.process.kill()

    def close(self) -> None:
        """End the child."""
        if self._reader is not None:
            self._reader.child.kill()
        self._reader = None

    def preview(self, content: bytes, path: bytes, box: tuple[int, int]) -> Preview:
        """The photo of the hash `content` in the file `path`, decoded to fit into `box` (width,
        height; rounded up a little), upright.

        Raises PhotoSearchError where it cannot be shown (`undecodable`, `crashed`, `too-slow`,
        `vanished`, `no-permission`, `disk-full`, …).
        """
        width, height = (min(-(-max(side, 1) // _STEP) * _STEP, _LARGEST) for side in box)
        stem = f"{content.hex()[:32]}-{width}x{height}"
        for file in self._folder.glob(f"{stem}@*.ppm"):
            with contextlib.suppress(OSError, ValueError):
                across, down = file.stem.rpartition("@")[2].split("x")
                os.utime(file)  # OSError: another process or thread has just removed it
                return Preview(file, int(across), int(down))
        across_down = self.decode(path, (width, height))
        file = self._folder / f"{stem}@{across_down[0]}x{across_down[1]}.ppm"
        try:
            self._folder.mkdir(exist_ok=True)
            head = f"P6\n{across_down[0]} {across_down[1]}\n255\n".encode("ascii")
            write_whole(file, head + across_down[2])
            self._prune()
        except OSError as error:
            raise from_os_error(error, printable(file)) from error
        return Preview(file, across_down[0], across_down[1])

    def decode(self, path: bytes, box: tuple[int, int]) -> tuple[int, int, bytes]:
        """A photo, upright, to fit into just `box`: its width, its height, and RGB pixels, which
        are not kept. Raises PhotoSearchError: as `preview`."""
        from photosearch.media.read import NO_MEMORY
        from photosearch.media.readers import Failure, Job, Reader

        if self._reader is None:
            limits = dataclasses.asdict(self._settings)
            self._reader = Reader(_main, limits, unpack=_unpack)
        reader = self._reader
        reader.give(Job(0, path), {"box": box}, self._settings.file_seconds)
        if reader.child.connection.poll(reader.deadline - time.monotonic()):
            result = reader.take()
        else:
            limit = self._settings.file_seconds
            result = Failure(0, "too-slow", f"decoding took longer than {limit} seconds")
        if isinstance(result, Failure):
            if result.code in ("crashed", "too-slow") or result.reason == NO_MEMORY:
                self.close()  # what it could not get it still holds
            name = printable(os.fsdecode(path.rpartition(b"/")[2]))
            raise PhotoSearchError(result.code, f"{name} cannot be shown: {result.reason}")
        return result

    def _prune(self) -> None:
        files = []
        for file in self._folder.iterdir():
            with contextlib.suppress(OSError):
                files.append((file.stat().st_mtime_ns, file))
        for _, file in sorted(files, reverse=True)[KEPT:]:
            file.unlink(missing_ok=True)


def _unpack(head: dict[str, Any], blobs: list[bytes]) -> tuple[int, int, bytes]:
    width, height = head["size"]
    if len(blobs[0]) != 3 * width * height:
        raise ValueError(head)
    return width, height, blobs[0]


def _main(connection: Connection, limits: dict[str, Any]) -> None:
    """The child: decode what is asked for until the connection closes."""
    from photosearch.media.read import read_preview
    from photosearch.media.readers import prepare_to_decode

    settings = Settings(**limits)
    prepare_to_decode(settings)
    while True:
        head, (path,) = receive(connection)
        try:
            image = read_preview(
                path,
                tuple(head["box"]),
                settings.max_megapixels * 1_000_000,
                settings.max_photo_megabytes << 20,
            )
        except PhotoSearchError as error:
            send(connection, {"error": error.code, "reason": error.what, "transient": True})
        else:
            send(connection, {"size": image.size}, image.tobytes())

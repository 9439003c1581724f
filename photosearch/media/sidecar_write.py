"""Keywords written into XMP sidecars, where other programs read them. Photos are never touched.

A sidecar that another program made may be hostile, as any file: it is read and merged in a child
(`media.readers` says how). Written is a new file, fsynced and renamed over the old one; of a
sidecar that was there before, the first change leaves a copy beside it.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import stat
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from photosearch.children import receive, send
from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.media import beside
from photosearch.media.file_bytes import read_bytes
from photosearch.media.readers import Failure, Job, Reader, prepare_to_decode
from photosearch.media.suffixes import RAW_SUFFIXES
from photosearch.media.xmp import MalformedXmp
from photosearch.media.xmp_merge import merge_keywords
from photosearch.paths import printable
from photosearch.settings import Settings

BACKUP = b".before-photosearch"
"""What is added to a sidecar's name for the copy of it as it was before the first change."""

_LARGEST = 16 << 20


@dataclass(frozen=True)
class Keywords:
    """What a sidecar is to say: `names` flat, `paths` with `|` between a name and the more general
    ones before it; names in `without` are taken out."""

    names: tuple[str, ...]
    paths: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def sidecar_of(photo: bytes, raw_stem: bool = False) -> bytes:
    """The path of the sidecar to write for a photo: the one that speaks of it now, since a new one
    might hide that; else `photo.jpg.xmp`. `raw_stem`: `photo.xmp` for camera RAW, as Lightroom has
    it.

    Raises PhotoSearchError where the folder cannot be listed.
    """
    folder, name = os.path.split(photo)
    stem, suffix = os.path.splitext(name)
    if raw_stem and suffix.lower() in RAW_SUFFIXES:
        return os.path.join(folder, stem + beside.SUFFIX)
    try:
        listed = os.listdir(folder or b".")
    except OSError as error:
        raise from_os_error(error, printable(os.fsdecode(folder))) from error
    there = {each: None for each in listed if each.lower().endswith(beside.SUFFIX)}
    known = beside.by_photo([name], there).get(name)
    return os.path.join(folder, known or name + beside.SUFFIX)


class SidecarWriter:
    """Writes sidecars, one after the other, and keeps its child warm. A context manager."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._reader: Reader[bool] | None = None

    def __enter__(self) -> SidecarWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        if self._reader is not None:
            self._reader.child.kill()
        self._reader = None

    def write(self, sidecar: bytes, keywords: Keywords) -> bool:
        """Have a sidecar say `keywords`; whether that changed it.

        Raises PhotoSearchError (`bad-sidecar`, `no-permission`, `disk-full`, `changing`, …); the
        sidecar is then as it was.
        """
        if self._reader is None:
            limits = dataclasses.asdict(self._settings)
            self._reader = Reader(_main, limits, unpack=lambda head, _: bool(head["changed"]))
        reader = self._reader
        reader.give(Job(0, sidecar), dataclasses.asdict(keywords), self._settings.file_seconds)
        if reader.child.connection.poll(reader.deadline - time.monotonic()):
            result = reader.take()
        else:
            result = Failure(0, "too-slow", f"it took over {self._settings.file_seconds} seconds")
        if isinstance(result, Failure):
            if result.code in ("crashed", "too-slow"):
                self.close()
            name = printable(os.fsdecode(os.path.basename(sidecar)))
            raise PhotoSearchError(result.code, f"{name} was not written: {result.reason}")
        return result


def write_sidecar(sidecar: bytes, keywords: Keywords) -> bool:
    """As `SidecarWriter.write`, in this process: for a child."""
    real = os.path.realpath(sidecar)  # a link stays one
    before, info = _read(real)
    try:
        after = merge_keywords(before, keywords.names, keywords.paths, keywords.without)
    except MalformedXmp as error:
        raise PhotoSearchError("bad-sidecar", f"what is there is kept, {error}") from error
    if after == before or (before is None and not keywords.names):
        return False
    part = real + b".%d.part" % os.getpid()
    try:
        if before is not None:
            _back_up(real, before)
        with open(part, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        if info is not None:
            os.chmod(part, stat.S_IMODE(info.st_mode))
        if _state(_stat(real)) != _state(info):
            raise PhotoSearchError("changing", "it changed meanwhile; try again")
        os.replace(part, real)
        _sync_folder(os.path.dirname(real))
    except OSError as error:
        raise from_os_error(error, "it") from error
    finally:
        with contextlib.suppress(OSError):
            os.unlink(part)
    return True


def _read(path: bytes) -> tuple[bytes | None, os.stat_result | None]:
    if _stat(path) is None:
        return None, None
    return read_bytes(path, _LARGEST)


def _stat(path: bytes) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise from_os_error(error, "it") from error


def _state(info: os.stat_result | None) -> tuple[int, int, int] | None:
    return None if info is None else (info.st_ino, info.st_size, info.st_mtime_ns)


def _back_up(path: bytes, data: bytes) -> None:
    """Keep what was there before the first change; a copy that is there already is that."""
    copy = path + BACKUP
    if os.path.lexists(copy):
        return
    part = copy + b".%d.part" % os.getpid()
    try:
        with open(part, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, copy)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(part)


def _sync_folder(folder: bytes) -> None:
    """Have the rename on the disk, too, where a system can say that of a folder."""
    with contextlib.suppress(OSError):
        number = os.open(folder or b".", os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _main(connection: Connection, limits: dict[str, Any]) -> None:
    """The child: write what is asked for until the connection closes."""
    prepare_to_decode(Settings(**limits))
    while True:
        head, (sidecar,) = receive(connection)
        said: dict[str, Sequence[str]] = head
        try:
            changed = write_sidecar(
                sidecar, Keywords(*(tuple(said[key]) for key in ("names", "paths", "without")))
            )
        except PhotoSearchError as error:
            send(connection, {"error": error.code, "reason": error.what, "transient": True})
        else:
            send(connection, {"changed": changed})

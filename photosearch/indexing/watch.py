"""Living folders: what changes in the roots is noticed as it happens, and scanned.

Local disks tell of changes by events (watchdog: inotify, FSEvents, ReadDirectoryChangesW); they
name the folders to scan, and the scan says what is true. Where no events come, as from network
drives or when inotify's watches are used up, the whole root is scanned now and then.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import psutil
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from photosearch.catalog.places import Root, relative_to
from photosearch.indexing.control import Control
from photosearch.indexing.targets import Target
from photosearch.media.walk import LIBRARY_MARKS, is_skipped, join
from photosearch.progress import Note

_QUIET = 0.4  # seconds without an event after which changes are looked at
_AT_MOST = 5.0  # seconds after the first event; then they are looked at in any case
_LOOK = 0.1  # seconds between two looks
_MANY = 100  # changed folders in one root: then all of it is scanned
_TOLD_ONLY = {"opened", "closed", "closed_no_write"}  # kinds of events that change nothing
_REMOTE = ("nfs", "cifs", "smb", "afp", "9p", "afs", "ncp", "davfs", "vboxsf", "webdav")


def sends_no_events(path: bytes) -> bool:
    """Whether a folder lies on a network drive or the like, whose changes others make unseen."""
    here = os.path.realpath(os.fsdecode(path))
    best = ("", "")
    for partition in psutil.disk_partitions(all=True):
        mount = partition.mountpoint
        inside = here == mount or here.startswith(mount.rstrip(os.sep) + os.sep)
        if inside and len(mount) >= len(best[0]):
            best = (mount, partition.fstype.lower())
    remote_fuse = best[1].startswith("fuse.") and best[1] != "fuse.portal"
    return best[1].startswith(_REMOTE) or remote_fuse


class _Changed(FileSystemEventHandler):
    """Collects folders to scan, by path: True where also all below it is to be looked at."""

    def __init__(self) -> None:
        self._told = threading.Lock()
        self._folders: dict[bytes, bool] = {}
        self.first = self.last = 0.0

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _TOLD_ONLY or (
            event.is_directory and event.event_type == "modified"
        ):
            return
        gone, come = event.event_type in ("deleted", "moved"), event.event_type != "deleted"
        for path, there in ((event.src_path, not gone), (event.dest_path, come)):
            if path:
                self._add(_stored(path), event.is_directory, there)

    def _add(self, path: bytes, is_folder: bool, there: bool) -> None:
        """A file: its folder. A folder that came: all of it; one that went: all beside it."""
        parent = path.rpartition(b"/")[0]
        folder, deep = (path, True) if is_folder and there else (parent, is_folder)
        with self._told:
            self.last = time.monotonic()
            if not self._folders:
                self.first = self.last
            self._folders[folder] = self._folders.get(folder, False) or deep

    def ripe(self) -> bool:
        """Whether it is time to look at what was collected."""
        now = time.monotonic()
        with self._told:
            waited = now - self.last > _QUIET or now - self.first > _AT_MOST
            return bool(self._folders) and waited

    def take(self) -> dict[bytes, bool]:
        with self._told:
            taken, self._folders = self._folders, {}
        return taken


@dataclass
class _Watched:
    """A root that is followed. `watch`: None where it is scanned now and then instead."""

    root: Root
    identity: tuple[int, int]
    watch: ObservedWatch | None
    due: float


class Watcher:
    """Follows roots. Use as a context manager."""

    def __init__(self, poll_seconds: float, reachable: Callable[[Root], bool]) -> None:
        """`poll_seconds`: between two scans of a root that sends no events; `reachable`: whether
        the photos of a root can be seen."""
        self._poll = poll_seconds
        self._reachable = reachable
        self._changed = _Changed()
        self._watched: dict[bytes, _Watched] = {}
        self._observer: BaseObserver = Observer()

    def __enter__(self) -> Watcher:
        self._observer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._observer.stop()
        self._observer.join()

    @property
    def last_event(self) -> float:
        """When the last change was told (by `time.monotonic`)."""
        return self._changed.last

    def follow(self, roots: Sequence[Root]) -> Iterator[Note]:
        """Follow just these roots, as far as they can be seen now; says which are polled."""
        now = {root.path: root for root in roots if self._reachable(root)}
        for path, watched in list(self._watched.items()):
            if path not in now or _identity(path) != watched.identity:
                del self._watched[path]
                if watched.watch is not None:
                    with contextlib.suppress(OSError, KeyError):
                        self._observer.unschedule(watched.watch)
        for path, root in now.items():
            identity = _identity(path)
            if path in self._watched or identity is None:
                continue
            watch, why = self._schedule(path)
            # A root that comes is scanned: nobody has said what changed before.
            self._watched[path] = _Watched(root, identity, watch, time.monotonic())
            if watch is None:
                text = f"{why}; it is looked through every {self._poll:.0f} s instead"
                yield Note("watch-polling", text, os.fsdecode(path))

    def wait(self, control: Control, skip: Callable[[bytes], bool], seconds: float) -> list[Target]:
        """What to scan, once something has changed; nothing where `seconds` have passed, or the
        run is told something. `skip` says of an absolute path whether it is left out."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not control.stopped and not control.paused:
            due = [each for each in self._watched.values() if each.due <= time.monotonic()]
            if due or self._changed.ripe():
                for each in due:
                    each.due = time.monotonic() + self._poll if each.watch is None else float("inf")
                return self._targets([each.root for each in due], skip)
            control.wait(_LOOK)
        return []

    def _schedule(self, path: bytes) -> tuple[ObservedWatch | None, str]:
        if sends_no_events(path):
            return None, "this folder lies on a network drive, whose changes are not told"
        try:
            watch = self._observer.schedule(self._changed, os.fsdecode(path), recursive=True)
        except OSError as error:
            return None, f"changes in this folder cannot be followed ({error.strerror or error})"
        return watch, ""

    def _targets(self, whole: list[Root], skip: Callable[[bytes], bool]) -> list[Target]:
        """Roots to scan as a whole, and the folders that have changed."""
        changed = self._changed.take()
        found = [Target(root) for root in whole]
        for root in (each.root for each in self._watched.values() if each.root not in whole):
            inside: dict[bytes, bool] = {}
            for folder, deep in changed.items():
                part = relative_to(root.path, folder)
                if part is None and folder != root.path:
                    continue
                start, deeper = _nearest(root.path, part or b"")
                if not _left_out(root.path, start, skip):
                    inside[start] = inside.get(start, False) or deep or deeper
            if len(inside) > _MANY:
                inside = {b"": True}
            found += [
                Target(root, start, deep)
                for start, deep in sorted(inside.items())
                if not any(
                    wide and other != start and (not other or relative_to(other, start))
                    for other, wide in inside.items()
                )
            ]
        return found


def _nearest(root: bytes, start: bytes) -> tuple[bytes, bool]:
    """The folder itself, or the nearest above it that is there; whether it is one above."""
    found = start
    while found and not os.path.isdir(join(root, found)):
        found = found.rpartition(b"/")[0]
    return found, found != start


def _left_out(root: bytes, start: bytes, skip: Callable[[bytes], bool]) -> bool:
    """Whether a walk of the root would not come to this folder."""
    place = root
    if _is_library(place):
        return True
    for name in start.split(b"/") if start else []:
        place = join(place, name)
        if is_skipped(name) or skip(place) or _is_library(place):
            return True
    return False


def _is_library(place: bytes) -> bool:
    return any(os.path.exists(join(place, mark)) for mark in LIBRARY_MARKS)


def _stored(path: str | bytes) -> bytes:
    return os.fsencode(path).replace(os.fsencode(os.sep), b"/")


def _identity(path: bytes) -> tuple[int, int] | None:
    try:
        info = os.stat(path)
    except OSError:
        return None
    return info.st_dev, info.st_ino

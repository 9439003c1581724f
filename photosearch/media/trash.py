"""Moving a file out of the way so that it can come back: the system's trash on Linux (the
freedesktop.org Trash specification 1.0), elsewhere a holding folder on the same disk.

A place is chosen first, so that it can be written down before anything moves. Moving is a rename on
one disk, never a copy, and nothing is written over.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import stat
import sys
import urllib.parse
from datetime import datetime

from photosearch.errors import DISK_FULL_ERRNOS, PhotoSearchError, disk_full
from photosearch.paths import printable

HOLDING = b".photosearch-removed"
"""The holding folder's name, where there is no trash that gives back."""


def choose_place(path: bytes) -> bytes:
    """Where a file will lie when it was moved out of the way: on its own disk, under a name that
    is free there. Makes the folders.

    Raises PhotoSearchError (`no-trash`, `disk-full`) where there can be none.
    """
    try:
        folder = _folder_for(path)
        name = os.path.basename(path)
        stem, suffix = os.path.splitext(name)
        for number in itertools.count(1):
            free = name if number == 1 else b"%s.%d%s" % (stem[:200], number, suffix[:40])
            place = os.path.join(folder, free)
            if not os.path.lexists(place) and not os.path.lexists(_info(place) or place):
                return place
    except OSError as error:
        raise _no_trash(path, error) from error
    raise AssertionError("there is always another number")


def move_away(path: bytes, place: bytes) -> None:
    """Move a file to the place that was chosen for it.

    Raises PhotoSearchError (`no-trash`, `disk-full`, `vanished`); the file is then where it was.
    """
    info = _info(place)
    try:
        if info is not None:
            _write_info(info, path, place)
        try:
            if os.path.lexists(place):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            os.rename(path, place)
        except OSError:
            if info is not None:
                os.unlink(info)
            raise
    except FileNotFoundError:
        if os.path.lexists(path):
            raise _no_trash(path, "its folder went away") from None
        raise PhotoSearchError("vanished", f"{_shown(path)} is not there any more") from None
    except OSError as error:
        raise _no_trash(path, error) from error
    _settle(path, place)


def bring_back(place: bytes, path: bytes) -> None:
    """Move a file back to where it was; its folder is made where it is gone.

    Raises PhotoSearchError: `not-in-trash`, `in-the-way` (something else is there now),
    `disk-full`, `not-restored`. The file is then still in its place.
    """
    if not os.path.lexists(place):
        raise PhotoSearchError(
            "not-in-trash",
            f"{_shown(path)} is not in the trash any more (it was {_shown(place)})",
            "Look for it in your backups.",
        )
    if _same(place, path):  # cut off between the two steps below
        os.unlink(place)
        forget(place)
        return
    if os.path.lexists(path):
        raise PhotoSearchError(
            "in-the-way",
            f"{_shown(path)} cannot come back: there is another file of that name",
            "Rename that one, then try again.",
        )
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        try:
            os.link(place, path, follow_symlinks=False)  # never writes over what came meanwhile
        except (OSError, NotImplementedError) as error:
            if isinstance(error, FileExistsError):
                raise
            os.rename(place, path)  # a disk without hard links
        else:
            os.unlink(place)
    except OSError as error:
        if error.errno in DISK_FULL_ERRNOS:
            raise disk_full(_shown(path)) from error
        raise PhotoSearchError(
            "not-restored",
            f"{_shown(path)} cannot come back ({error.strerror}); it lies in {_shown(place)}",
            "Check its folder, then try again.",
        ) from error
    forget(place)
    _settle(place, path)


def forget(place: bytes) -> None:
    """Remove what says where a file came from, if the file is not in its place."""
    info = _info(place)
    if info is not None and not os.path.lexists(place):
        with contextlib.suppress(OSError):
            os.unlink(info)


def _same(place: bytes, path: bytes) -> bool:
    try:
        return os.path.samestat(os.lstat(place), os.lstat(path))
    except OSError:
        return False


def _folder_for(path: bytes) -> bytes:
    """The folder on the disk of `path` that files are moved to, made where it is not there."""
    disk = os.stat(os.path.dirname(path)).st_dev
    if not sys.platform.startswith("linux"):
        home = os.path.join(os.fsencode(os.path.expanduser("~")), HOLDING)
        folder = home if _disk_of(home) == disk else os.path.join(_top(path), HOLDING)
        os.makedirs(folder, 0o700, exist_ok=True)
        return folder
    data = os.fsencode(os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share"))
    trash = os.path.join(data, b"Trash")
    if _disk_of(trash) != disk:
        trash = _trash_of_disk(_top(path))
    for part in (b"files", b"info"):
        os.makedirs(os.path.join(trash, part), 0o700, exist_ok=True)
    return os.path.join(trash, b"files")


def _trash_of_disk(top: bytes) -> bytes:
    """The user's trash on another disk: in the shared one, if that is safe, else of its own."""
    user = b"%d" % os.getuid()
    shared = os.path.join(top, b".Trash")
    with contextlib.suppress(OSError):
        info = os.lstat(shared)
        if stat.S_ISDIR(info.st_mode) and info.st_mode & stat.S_ISVTX:
            return os.path.join(shared, user)
    return os.path.join(top, b".Trash-" + user)


def _disk_of(path: bytes) -> int:
    """The device of a path, or of the nearest folder above it that is there."""
    while True:
        try:
            return os.stat(path).st_dev
        except FileNotFoundError:
            path = os.path.dirname(path)


def _top(path: bytes) -> bytes:
    """The mount point of the disk that a file lies on."""
    folder = os.path.dirname(os.path.realpath(path))
    while not os.path.ismount(folder):
        folder = os.path.dirname(folder)
    return folder


def _info(place: bytes) -> bytes | None:
    """The file that says where the one in a trash came from; None in a holding folder."""
    folder, name = os.path.split(place)
    trash, files = os.path.split(folder)
    return os.path.join(trash, b"info", name + b".trashinfo") if files == b"files" else None


def _write_info(info: bytes, path: bytes, place: bytes) -> None:
    """Reserve the name in the trash and say where the file came from, on the disk for sure."""
    trash = os.path.dirname(os.path.dirname(place))
    top = os.path.dirname(trash)
    if os.path.basename(top) == b".Trash":
        top = os.path.dirname(top)
    # In a trash of another disk the path is relative to that disk's top, which may move.
    on_disk = os.path.basename(trash) != b"Trash" and path.startswith(top.rstrip(b"/") + b"/")
    stored = os.path.relpath(path, top) if on_disk else path
    text = (
        f"[Trash Info]\nPath={urllib.parse.quote_from_bytes(stored)}\n"
        f"DeletionDate={datetime.now():%Y-%m-%dT%H:%M:%S}\n"
    )
    descriptor = os.open(info, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(text.encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        os.unlink(info)
        raise


def _settle(*paths: bytes) -> None:
    """Have the folders of these on the disk for sure, where the system can do that."""
    for folder in {os.path.dirname(path) for path in paths}:
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _no_trash(path: bytes, error: OSError | str) -> PhotoSearchError:
    if isinstance(error, OSError) and error.errno in DISK_FULL_ERRNOS:
        return disk_full("the trash")
    reason = error if isinstance(error, str) else error.strerror or type(error).__name__
    return PhotoSearchError(
        "no-trash",
        f"{_shown(path)} cannot be moved to the trash ({reason})",
        "It is where it was; check the trash's folder and try again.",
    )


def _shown(path: bytes) -> str:
    return printable(os.fsdecode(path))

"""Walk a folder tree for pictures; unreadable folders and loops of links survive it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from photosearch.media import beside
from photosearch.media.suffixes import RAW_SUFFIXES, SUFFIXES
from photosearch.paths import printable

SYSTEM_FOLDERS = frozenset(
    {b"@eadir", b"#recycle", b"$recycle.bin", b"system volume information", b"lost+found"}
)


LIBRARY_MARKS = frozenset({b"catalog.sqlite", b"catalog.server"})
"""A folder that holds one of these files is a library of this program, and not looked into."""


@dataclass(frozen=True)
class Sidecar:
    """The XMP file beside a file that speaks of it."""

    name: bytes
    size: int
    mtime_ns: int


class Entry(NamedTuple):
    """One file worth reading, as the folder listing shows it (links followed). A tuple, since a
    scan makes one for every file: it costs a third of a frozen dataclass. `still`: of a RAW, the
    JPEG or HEIC beside it that is called the same."""

    name: bytes
    size: int
    mtime_ns: int
    inode: int
    sidecar: Sidecar | None = None
    still: bytes | None = None


@dataclass
class Folder:
    """One folder of the tree: `path` relative to the root (b"" for the root itself), `/` between
    parts; `problem` says why it could not be listed (its files are then unknown, not gone)."""

    path: bytes
    entries: list[Entry] = field(default_factory=list)
    sidecars: dict[bytes, Sidecar] = field(default_factory=dict)
    has_raw: bool = False
    problem: str | None = None


_NOT_THERE = {errno.ENOENT, errno.ELOOP, errno.ENOTDIR, errno.ENAMETOOLONG}


def _above(path: bytes) -> list[bytes]:
    """The folders above a relative path, the root's b"" first; none above the root itself."""
    parts = path.split(b"/")
    return [b"/".join(parts[:count]) for count in range(len(parts))] if path else []


def _identity(path: bytes) -> tuple[int, int] | None:
    try:
        info = os.stat(path)
    except OSError:
        return None
    return info.st_dev, info.st_ino


_DOT = ord(".")
_TOO_LARGE = 2**63


def signed64(value: int) -> int:
    """An inode or a time in nanoseconds as a database can hold it, still its own."""
    return value if -_TOO_LARGE <= value < _TOO_LARGE else (value + 2**63) % 2**64 - 2**63


def join(folder: bytes, name: bytes) -> bytes:
    """The path of `name` in `folder`, where either may be empty. Always with `/`, which every
    system's file functions take, so that stored paths are the same on all of them."""
    return folder.rstrip(b"/") + b"/" + name if folder and name else folder or name


def is_skipped(name: bytes) -> bool:
    """Whether this is the name of a hidden file, or of a hidden or system folder."""
    return name.startswith(b".") or name.lower() in SYSTEM_FOLDERS


def walk(
    root: bytes,
    start: bytes = b"",
    *,
    skip: Callable[[bytes], bool] = lambda _: False,
    skip_files: bool = True,
    deep: bool = True,
) -> Iterator[Folder]:
    """Yield every folder at and below `root`/`start`, parents first, names in byte order; only
    that one folder where it is not to go `deep`.

    Hidden and system folders are left out, and folders and (with `skip_files`) files whose absolute
    path `skip` says.
    Links to
    folders are followed, but no folder (device, inode) is visited twice.
    """
    seen = {identity for above in _above(start) if (identity := _identity(join(root, above)))}
    todo = [start]
    while todo:
        path = todo.pop()
        absolute = join(root, path)
        folder = Folder(path)
        below: list[bytes] = []
        try:
            here = os.stat(absolute)
            if (here.st_dev, here.st_ino) in seen:
                continue
            seen.add((here.st_dev, here.st_ino))
            with os.scandir(absolute) as listing:
                if not _sort(listing, folder, below):
                    folder.entries.clear()
                    below.clear()
        except OSError as error:
            folder.problem = error.strerror or type(error).__name__
        if skip_files:
            folder.entries = [e for e in folder.entries if not skip(join(absolute, e.name))]
        folder.entries.sort()
        _pair(folder)
        yield folder
        if not deep:
            return
        todo.extend(
            join(path, name)
            for name in sorted(below, reverse=True)
            if not skip(join(absolute, name))
        )


def _pair(folder: Folder) -> None:
    """Give the entries the sidecars that speak of them, and the RAWs the pictures of the same
    name."""
    speaks = beside.by_photo((entry.name for entry in folder.entries), folder.sidecars)
    if speaks:
        folder.entries = [
            entry._replace(sidecar=folder.sidecars[speaks[entry.name]])
            if entry.name in speaks
            else entry
            for entry in folder.entries
        ]
    if folder.has_raw:
        stills = beside.stills(entry.name for entry in folder.entries)
        folder.entries = [
            entry._replace(still=stills[entry.name]) if entry.name in stills else entry
            for entry in folder.entries
        ]


def _sort(listing: Iterator[os.DirEntry[bytes]], folder: Folder, below: list[bytes]) -> bool:
    """Put listed names where they belong: a folder to visit, a file to read, or neither. False for
    a library, with thumbnails, which is no album. What is done for each of 100,000 photos of which
    none has changed is written out: calls would cost as much as the disk."""
    add, new = folder.entries.append, tuple.__new__
    for item in listing:
        name = item.name
        suffix = name[name.rfind(b".") :].lower()
        try:
            if suffix not in SUFFIXES or name[0] == _DOT:
                if name in LIBRARY_MARKS:
                    return False
                _sort_other(item, suffix, folder, below)
                continue
            info = item.stat()
            if stat.S_ISREG(info.st_mode):
                inode, modified = info.st_ino, info.st_mtime_ns
                if inode >= _TOO_LARGE or not -_TOO_LARGE <= modified < _TOO_LARGE:
                    inode, modified = signed64(inode), signed64(modified)
                add(new(Entry, (name, info.st_size, modified, inode, None, None)))
                if suffix in RAW_SUFFIXES:
                    folder.has_raw = True
            elif stat.S_ISDIR(info.st_mode):
                below.append(name)
        except OSError as error:
            # A link that leads nowhere, or a name that vanished meanwhile, is not there; a disk
            # that fails or a permission that lacks says nothing about what is.
            if error.errno not in _NOT_THERE:
                folder.problem = f"{printable(os.fsdecode(name))}: {error.strerror}"
    return True


def _sort_other(
    item: os.DirEntry[bytes], suffix: bytes, folder: Folder, below: list[bytes]
) -> None:
    """Put a name where it belongs that is not that of a photo."""
    if is_skipped(item.name):
        return
    if item.is_dir():
        below.append(item.name)
    elif suffix == beside.SUFFIX:
        info = item.stat()
        if stat.S_ISREG(info.st_mode):
            sidecar = Sidecar(item.name, info.st_size, signed64(info.st_mtime_ns))
            folder.sidecars[item.name] = sidecar

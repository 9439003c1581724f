"""Whether the photos of a root can be seen: where they cannot, what is not there is not gone.

A library of one computer remembers which of its roots are mount points. What several computers see
cannot be told by that: there a root must hold, on this computer, at least half of the photos that
the library knows in it. So an empty mount point is left alone, and a folder that is called the same
on another computer.
"""

from __future__ import annotations

import itertools
import os

from photosearch.catalog import places, samples, shares
from photosearch.catalog.database import Catalog
from photosearch.catalog.places import Root
from photosearch.catalog.samples import Known
from photosearch.media.walk import walk
from photosearch.removal import file_state

_READ = 3  # files of the right size, but of another time, that are read to see what they are
_LISTED = 200  # files, of as many folders, that are looked at where none is at its place


def reachable(catalog: Catalog, root: Root) -> bool:
    """Whether a root's photos can be seen."""
    return why_unseen(catalog, root) is None


def why_unseen(catalog: Catalog, root: Root) -> str | None:
    """Why a root is to be left alone, in words; None where its photos can be seen."""
    if catalog.several:
        return _why_not_here(catalog, root)
    if not os.path.isdir(root.path):
        return "this folder cannot be seen now; its photos are kept as they are"
    # A folder that was a mount point and is none now is the empty place where its disk belongs.
    if root.mounted and not os.path.ismount(root.path):
        return (
            "no disk is mounted here now; its photos are kept as they are (if they now lie in"
            " the folder itself, say so: `photosearch roots relocate` from here to here)"
        )
    return None


def _why_not_here(catalog: Catalog, root: Root) -> str | None:
    if not os.path.isdir(root.path):
        return (
            "this folder cannot be seen on this computer now; its photos are kept as they are"
            " (where it lies elsewhere here, say so: `photosearch roots here`)"
        )
    with catalog.read() as connection:
        here = shares.of(connection)
    if here.named(root.path) in here.sure or holds(catalog, root.id, root.path):
        return None
    return (
        "this folder on this computer does not hold the photos that the library knows under this"
        " name; they are kept as they are (`photosearch roots here` says where they lie here)"
    )


def holds(catalog: Catalog, root_id: int, path: bytes) -> bool:
    """Whether a folder has at least half of the files that are known in a root, by a sample; or
    most of what is there is known in other folders of it; or nothing is known."""
    with catalog.read() as connection:
        chosen = samples.some_folders(connection, root_id)
    there: list[bool] = []
    read: list[bool] = []
    for folder_id, folder in chosen:
        with catalog.read() as connection:
            sample = samples.some_files(connection, folder_id, len(chosen))
        for known in sample:
            there.append(_lies_there(places.absolute(path, folder, known.name), known, read))
    return 2 * sum(there) >= len(there) or _was_arranged_anew(catalog, root_id, path)


def _was_arranged_anew(catalog: Catalog, root_id: int, path: bytes) -> bool:
    some = itertools.islice(walk(path), _LISTED)
    listed = (entry for folder in some for entry in folder.entries)
    found = {(each.name, each.size, each.mtime_ns) for each in itertools.islice(listed, _LISTED)}
    if not found:
        return False
    with catalog.read() as connection:
        known = samples.files_named(connection, root_id, {name for name, _, _ in found})
    return 2 * len(found & known) >= len(found)


def _lies_there(path: bytes, known: Known, read: list[bool]) -> bool:
    """By size and time; or, as not every copy keeps the time, by what is in it: of a few, each of
    which is added to `read`, that stand for all."""
    try:
        found = os.stat(path)
    except OSError:
        return False
    if found.st_size != known.size:
        return False
    if found.st_mtime_ns == known.mtime_ns:
        return True
    if known.content is None or len(read) >= _READ:
        return bool(read) and all(read)
    read.append(isinstance(file_state(path, known.content, known.size), os.stat_result))
    return read[-1]


def remember_seen(catalog: Catalog, root: Root, *, whole: bool) -> None:
    """Remember how a root was seen that was scanned just now, as a whole or not."""
    if not catalog.several:
        with catalog.write() as connection:
            places.set_mounted(connection, root.id, os.path.ismount(root.path))
        return
    with catalog.read() as connection:
        here = shares.of(connection)
    name = here.named(root.path)
    if whole and name in here.sure:  # now the library knows what is there
        shares.write(catalog.folder, shares.Shares(here.places, here.sure - {name}))

"""The scan: compare the folders on the disk with the catalog, and write down what differs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from photosearch.catalog import curate, items, places
from photosearch.catalog.database import Catalog
from photosearch.catalog.places import Changes, Root
from photosearch.indexing.reach import reachable, remember_seen, why_unseen
from photosearch.media.excludes import excluder
from photosearch.media.walk import Folder, walk
from photosearch.progress import Note, Progress

_BATCH = 2000  # changes in one transaction
_TELL = 5000  # files between two words of progress


@dataclass
class Scanned:
    """What the scan of one root has seen so far. `before`: files seen in the roots before it."""

    before: int = 0
    files: int = 0
    reachable: bool = True
    whole: bool = True


def scan_root(
    catalog: Catalog,
    root: Root,
    others: frozenset[bytes],
    start: bytes,
    scanned: Scanned,
    *,
    deep: bool = True,
    check: Callable[[Connection], None] = lambda _: None,
) -> Iterator[Progress | Note]:
    """Bring the files of a root (below the folder `start` of it; only those in that folder where it
    is not to go `deep`) in step with the disk.

    `others`: folders to leave out where they lie inside this one, such as other roots. `check`:
    called in each transaction before it writes, which it may forbid. A folder that cannot be listed
    keeps its files as they were: absence is not deletion.
    """
    why = why_unseen(catalog, root)
    if why is not None:
        scanned.reachable = False
        yield Note("unreachable", why, os.fsdecode(root.path))
        return
    with catalog.read() as connection:
        known = places.known_folders(connection, root.id)
        patterns = curate.excluded(connection)
    excluded = excluder(patterns)
    unvisited = {
        path
        for path in known
        if path == start or (deep and (places.relative_to(start, path) is not None or not start))
    }
    unlisted: list[bytes] = []

    def skip(path: bytes) -> bool:
        return path in others or excluded(path)

    changes = Changes()
    told = 0
    for folder in walk(root.path, start, skip=skip, skip_files=bool(patterns), deep=deep):
        unvisited.discard(folder.path)
        if folder.problem is not None:
            unlisted.append(folder.path)
            scanned.whole = False
            yield _unlisted(root, folder)
        with catalog.read() as connection:
            places.compare_folder(
                connection,
                known.get(folder.path),
                folder.path,
                folder.entries,
                changes,
                whole=folder.problem is None,
            )
        scanned.files += len(folder.entries)
        if len(changes) >= _BATCH:
            _apply(catalog, root, known, changes, check)
            changes = Changes()
        if scanned.files - told >= _TELL:
            told = scanned.files
            yield Progress("scan", scanned.before + scanned.files, unit="files")
    if not reachable(catalog, root):  # unplugged meanwhile: what was not seen proves nothing
        unvisited.clear()
    vanished = [
        known[path]
        for path in sorted(unvisited)
        if not any(_at_or_below(path, above) for above in unlisted)
    ]
    with catalog.read() as connection:
        changes.gone += places.files_of_folders(connection, vanished)
    _apply(catalog, root, known, changes, check)
    remember_seen(catalog, root, whole=deep and not start)
    yield Progress("scan", scanned.before + scanned.files, unit="files")


def _apply(
    catalog: Catalog,
    root: Root,
    known: dict[bytes, int],
    changes: Changes,
    check: Callable[[Connection], None],
) -> None:
    """Write changes down, so many at a time that others who write need not wait long."""
    for part in changes.parts(_BATCH):
        with catalog.write() as connection:
            check(connection)
            places.apply_changes(connection, root.id, known, part)
            items.settle(connection, part.of_known())


def _at_or_below(path: bytes, above: bytes) -> bool:
    return not above or places.relative_to(above, path) is not None


def _unlisted(root: Root, folder: Folder) -> Note:
    path = os.fsdecode(places.absolute(root.path, folder.path, b""))
    return Note("folder-problem", f"this folder cannot be listed whole ({folder.problem})", path)

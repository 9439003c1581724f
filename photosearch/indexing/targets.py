"""What an indexing run scans: roots, and folders inside them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from photosearch.catalog import curate, places
from photosearch.catalog.database import Catalog
from photosearch.catalog.places import Root
from photosearch.media.walk import join


@dataclass(frozen=True)
class Target:
    """What to scan: a root, and the folder below it (b"" for all of it), with all that it holds
    or, where not `deep`, only the files that lie in it."""

    root: Root
    start: bytes = b""
    deep: bool = True

    @property
    def folder(self) -> bytes:
        """Its absolute path."""
        return join(self.root.path, self.start)


def find_targets(catalog: Catalog, paths: Sequence[Path]) -> list[Target]:
    """What to scan: the roots at, around and below `paths`, which become roots where they lie in
    none; without paths all roots."""
    wanted = []
    for path in paths:
        with catalog.write() as connection:
            roots = places.active_roots(connection)
            stored = _known_as(roots, places.as_stored(path))
            wanted.append(stored)
            if not any(places.relative_to(r.path, stored) is not None for r in roots):
                curate.add_root(connection, stored)
    with catalog.read() as connection:
        roots = places.active_roots(connection)
    if not paths:
        return [Target(root) for root in roots]
    targets = []
    for folder in wanted:
        around = [root for root in roots if places.relative_to(root.path, folder) is not None]
        root = max(around, key=lambda root: len(root.path))
        targets.append(Target(root, places.relative_to(root.path, folder) or b""))
        targets += [Target(r) for r in roots if places.relative_to(folder, r.path)]
    return [
        target
        for number, target in enumerate(targets)
        if target not in targets[:number]
        and not any(
            other.root == target.root and places.relative_to(other.folder, target.folder)
            for other in targets
        )
    ]


def _known_as(roots: Sequence[Root], path: bytes) -> bytes:
    """The path under which a folder is a root already (a link to it is no second one)."""
    for root in roots:
        with contextlib.suppress(OSError):
            if os.path.samefile(root.path, path):
                return root.path
    return path

"""Copying a library into another database: a folder into a server, and back."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from photosearch.catalog.copying import copy
from photosearch.catalog.database import is_library, open_catalog
from photosearch.catalog.digest import Digest
from photosearch.errors import PhotoSearchError
from photosearch.library.opened import make_folder
from photosearch.paths import printable
from photosearch.progress import Progress


def copy_library(source: Path, target: Path) -> Generator[Progress, None, Digest]:
    """Copy the catalog of the library in a folder into that of another, which is empty or a copy
    that was begun; both folders may be those of shared libraries. Nobody indexes either meanwhile.
    Caches stay behind: they are made anew. Returns the digest of both.

    Raises PhotoSearchError: `no-library`, `indexer-running`, and as `catalog.copying.copy`.
    """
    from photosearch.indexing.run import an_indexer

    if not is_library(source):
        raise PhotoSearchError(
            "no-library",
            f"There is no library in {printable(source)}",
            "Name its folder, or the address of a shared one.",
        )
    make_folder(target)
    with (
        closing(open_catalog(source)) as one,
        closing(open_catalog(target, unfinished=True)) as other,
    ):
        if one.id == other.id:  # whose one lock cannot be held twice
            return (yield from copy(one, other))
        with an_indexer(one), an_indexer(other):
            return (yield from copy(one, other))

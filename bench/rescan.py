"""A run over 100,000 files of which none changed, against a bare walk of the same tree."""

from __future__ import annotations

import hashlib
import statistics
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from bench.figure import Figure, figure, median
from bench.indexing import bare_walk, index
from photosearch.catalog import curate, places
from photosearch.catalog.contents import FileState, record_content
from photosearch.catalog.embeddings import add_vectors
from photosearch.catalog.outcomes import DONE, Outcome, set_outcomes
from photosearch.catalog.schema import files
from photosearch.duplicates.stage import pairs_stage
from photosearch.encoders.registry import features_name, vectors_name
from photosearch.indexing.scan import Scanned, scan_root
from photosearch.indexing.stages import all_stages
from photosearch.library import Library
from photosearch.tagging.stage import tags_stage

COUNT = 100_000
_PER_FOLDER = 500
_FEATURES = 1280  # as many as the built-in network has


def rescan(work: Path) -> Iterator[Figure]:
    """Seconds that the program says such a run took, once all is recorded and the index saved."""
    album = work / "unchanged"
    write_files(album, COUNT)
    recorded(work / "library-unchanged", album)
    index(album, work / "library-unchanged")
    again = statistics.median(index(album, work / "library-unchanged") for _ in range(5))
    walk = median(bare_walk(album), 5)
    yield figure("rescan_100k", again, "s (bound: 3 x scandir + stat)", 3 * walk)


def write_files(album: Path, count: int) -> None:
    """Files with the names of photos, which nobody reads."""
    for number in range(count):
        folder = album / f"{number // _PER_FOLDER:03}"
        if number % _PER_FOLDER == 0:
            folder.mkdir(parents=True)
        (folder / f"IMG_{number:06}.jpg").write_bytes(b"%d" % number)


def recorded(folder: Path, album: Path) -> None:
    """A library that holds the files of an album, all stages done for all of them."""
    with Library(folder) as library:
        with library.catalog.write() as connection:
            curate.add_root(connection, places.as_stored(album))
            (root,) = places.active_roots(connection)
        for _ in scan_root(library.catalog, root, frozenset(), b"", Scanned()):
            pass
        encoder, trunk = library.encoder_folder(), library.trunk()
        stages = all_stages(library.thumbnails, encoder, trunk, ())
        if trunk is not None:
            stages += [pairs_stage(features_name(trunk)), tags_stage(trunk, encoder)]
        lengths = {} if encoder is None else {vectors_name(encoder): 2 * encoder.dimension}
        lengths |= {} if trunk is None else {features_name(trunk): 2 * _FEATURES}
        with library.catalog.write() as connection:
            found = connection.execute(
                select(files.c.id, files.c.size, files.c.mtime_ns, files.c.inode)
            ).all()
            ids = [
                record_content(
                    *(connection, file_id, hashlib.blake2b(b"%d" % file_id).digest()[:32]),
                    *(FileState(size, mtime_ns, inode), {"width": 1, "height": 1}),
                )
                for file_id, size, mtime_ns, inode in found
            ]
            set_outcomes(connection, (Outcome(i, stage, DONE) for i in ids for stage in stages))
            for name, length in lengths.items():
                for start in range(0, COUNT, 10_000):
                    some = ids[start : start + 10_000]
                    add_vectors(connection, name, ((i, bytes(length)) for i in some))

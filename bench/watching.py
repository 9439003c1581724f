"""How soon what changed in a watched folder is in the catalog."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from bench.figure import Figure, figure
from photosearch.catalog.places import absolute, from_roots
from photosearch.catalog.schema import files, folders, roots, vectors
from photosearch.indexing.control import Control
from photosearch.library import Library
from photosearch.progress import Done

_CHANGES = 500
_PATIENCE = 600.0


def watching(work: Path) -> Iterator[Figure]:
    """Seconds from the last of 500 changes (new, other, renamed, moved, deleted pictures) until the
    catalog is right, beside the run of an index that finds the same changes all there."""
    plain = _changed(work / "plain", watched=False)
    yield figure("watch_500_latency", _changed(work / "watched", watched=True), "s (a run)", plain)


def _changed(work: Path, *, watched: bool) -> float:
    album = work / "album"
    (album / "other").mkdir(parents=True)
    for number in range(_CHANGES):
        _draw(number, album / f"{number}.jpg")
    with Library(work / "library") as library:
        # Made pictures all look alike to the network: comparing them would be most of the time.
        library.switch_stage("duplicates", False)
        if not watched:
            _run(library, album)
            _change(album)
            began = time.perf_counter()
            _run(library)
            assert _present(library) == _there(album)
            return time.perf_counter() - began
        control, ready = Control(), threading.Event()

        def follow() -> None:
            for event in library.watch([album], control):
                if isinstance(event, Done):  # what was there is indexed, and followed by now
                    ready.set()

        thread = threading.Thread(target=follow)
        thread.start()
        try:
            assert ready.wait(_PATIENCE)
            assert _present(library) == _there(album)
            _change(album)
            began = time.perf_counter()
            while _present(library) != _there(album):
                assert time.perf_counter() - began < _PATIENCE
                time.sleep(0.05)
            return time.perf_counter() - began
        finally:
            control.tell("stop")
            thread.join()


def _run(library: Library, *folders: Path) -> None:
    for _ in library.index(folders):
        pass


def _change(album: Path) -> None:
    for number in range(_CHANGES):
        file = album / f"{number}.jpg"
        if number % 5 == 0:
            _draw(number + 10_000, album / f"new-{number}.jpg")
        elif number % 5 == 1:
            _draw(number + 20_000, file)
        elif number % 5 == 2:
            file.rename(album / f"renamed-{number}.jpg")
        elif number % 5 == 3:
            file.rename(album / "other" / file.name)
        else:
            file.unlink()


def _draw(seed: int, file: Path) -> None:
    dice = np.random.default_rng(seed)
    blocks = dice.integers(0, 256, (6, 8, 3), dtype=np.uint8).repeat(40, 0).repeat(40, 1)
    Image.fromarray(blocks).save(file)


def _there(album: Path) -> dict[str, int]:
    return {str(file): file.stat().st_mtime_ns for file in album.rglob("*.jpg")}


def _present(library: Library) -> dict[str, int]:
    """The files that were read as they are, by path, if all their photos have vectors."""
    with library.catalog.read() as connection:
        rows = connection.execute(
            from_roots(
                *(roots.c.path, folders.c.path, files.c.name),
                *(files.c.mtime_ns, vectors.c.seq.is_not(None)),
            )
            .outerjoin(vectors, vectors.c.photo_id == files.c.photo_id)
            .where(files.c.missing_since.is_(None), ~files.c.pending)
        ).all()
    return {os.fsdecode(absolute(*row[:3])): row[3] for row in rows if row[4]}

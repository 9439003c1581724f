"""Several indexers of one shared library on this computer's cores, and how large it becomes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from bench.figure import Figure, figure
from bench.indexing import PHOTOS
from photosearch.shared import SERVER_FILE
from tests.postgres import Databases, binaries, server

_COUNT = 600
_COMPUTERS = ("one", "two")
_PARTS = {  # of the tables of a library, those that grow with it
    "vectors": "relname ~ '^vectors' AND relname !~ 'features'",
    "features": "relname ~ '^vectors.*features'",
    "thumbnails": "relname ~ '^thumbnails'",
    "facts": "relname !~ '^(vectors|thumbnails)'",
}


def indexers(work: Path) -> Iterator[Figure]:
    """Photos a second of two indexers that share the cores of this computer, against one's; bytes
    of a photo in the database."""
    programs = binaries()
    if programs is None or not PHOTOS.is_dir():
        return
    album = work / "indexers-album"
    for number, file in enumerate(sorted(PHOTOS.rglob("*.jpg"))[:_COUNT]):
        to = album / f"{number % 6}" / f"{number}.jpg"
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, to)
    seconds = []
    with server(programs) as running:
        for count in (1, 2, 1, 2):
            address = Databases(running).new()
            seconds.append(_indexed(work / f"indexers-{len(seconds)}", address, album, count))
        one, two = min(seconds[::2]), min(seconds[1::2])
        yield figure("two_indexers", _COUNT / two, "photos/s (one)", _COUNT / one)
        for name, where in _PARTS.items():
            size = _size(address, where) / _COUNT
            yield figure(f"shared_{name}", size, "bytes a photo", size or 1)


def _indexed(work: Path, address: str, album: Path, count: int) -> float:
    """Seconds until all of so many indexers have ended."""
    began = time.perf_counter()
    runs = []
    for name in _COMPUTERS[:count]:
        folder = work / name
        folder.mkdir(parents=True)
        (folder / SERVER_FILE).write_text(address)
        line = [sys.executable, "-m", "photosearch", "--library", folder, "index", album, "--json"]
        runs.append(subprocess.Popen(line, stdout=subprocess.DEVNULL))
    for run in runs:
        assert run.wait() == 0
    return time.perf_counter() - began


def _size(address: str, where: str) -> int:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM FULL")
        row = connection.execute(
            "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class"
            f" WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND {where}".encode()
        ).fetchone()
    assert row is not None
    return int(row[0])

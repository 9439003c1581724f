"""Several indexers of one shared library on this computer's cores, and how large it becomes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg

from bench.figure import Figure, figure
from bench.indexing import PHOTOS
from photosearch.shared import SERVER_FILE
from tests.postgres import Databases, binaries, server

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
    count = sum(1 for _ in PHOTOS.rglob("*.jpg"))
    seconds: list[float] = []
    with server(programs) as running:
        for computers in (1, 2, 1, 2):
            address = Databases(running).new()
            seconds.append(_indexed(work / f"indexers-{len(seconds)}", address, computers))
        one, two = min(seconds[::2]), min(seconds[1::2])
        yield figure("two_indexers", count / two, "photos/s (one)", count / one)
        for name, where in _PARTS.items():
            size = _size(address, where) / count
            yield figure(f"shared_{name}", size, "bytes a photo", size or 1)


def _indexed(work: Path, address: str, count: int) -> float:
    """Seconds that so many indexers take, without their start."""
    runs = []
    for name in _COMPUTERS[:count]:
        folder = work / name
        folder.mkdir(parents=True)
        (folder / SERVER_FILE).write_text(address)
        line = [sys.executable, "-m", "photosearch", "--library", str(folder)]
        line += ["index", str(PHOTOS), "--json"]
        runs.append(subprocess.Popen(line, stdout=subprocess.PIPE, text=True))
    ends = []
    for run in runs:
        out, _ = run.communicate()
        assert run.returncode == 0
        ends.append(float(json.loads(out.splitlines()[-1])["seconds"]))
    return max(ends)


def _size(address: str, where: str) -> int:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM FULL")
        row = connection.execute(
            "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class"
            f" WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND {where}".encode()
        ).fetchone()
    assert row is not None
    return int(row[0])

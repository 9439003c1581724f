"""Several indexers of one shared library on this computer's cores, and how large it becomes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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
    """Photos a second of two indexers that share the cores of this computer, against one's: until
    all is read and encoded, once their models are up; and of the whole run, at whose end one
    compares and tags for both. Bytes of a photo in the database."""
    programs = binaries()
    if programs is None or not PHOTOS.is_dir():
        return
    count = sum(1 for _ in PHOTOS.rglob("*.jpg"))
    found: list[tuple[float, float]] = []
    with server(programs) as running:
        for computers in (1, 2, 1, 2):
            address = Databases(running).new()
            found.append(_indexed(work / f"indexers-{len(found)}", address, computers))
        one, two = (min(found[at::2], key=lambda run: run[1]) for at in (0, 1))
        yield figure("two_indexers", two[0], "photos/s, models up (one)", one[0])
        yield figure("two_indexers_whole", count / two[1], "photos/s (one)", count / one[1])
        for name, where in _PARTS.items():
            size = _size(address, where) / count
            yield figure(f"shared_{name}", size, "bytes a photo", size or 1)


def _indexed(work: Path, address: str, count: int) -> tuple[float, float]:
    """Of so many indexers: photos encoded a second, from when all of them had encoded some until
    nothing more was encoded; and the seconds of the longest run, without its start."""
    runs = []
    for name in _COMPUTERS[:count]:
        folder = work / name
        folder.mkdir(parents=True)
        (folder / SERVER_FILE).write_text(address)
        line = [sys.executable, "-m", "photosearch", "--library", str(folder)]
        line += ["index", str(PHOTOS), "--json"]
        runs.append(subprocess.Popen(line, stdout=subprocess.PIPE, text=True))
    with ThreadPoolExecutor(count) as readers:
        told = list(readers.map(_follow, runs))
    assert all(run.wait() == 0 for run in runs)
    begin = max(encoded[0][0] for encoded, _ in told)
    end = max(encoded[-1][0] for encoded, _ in told)
    done = sum(
        encoded[-1][1] - max(done for at, done in encoded if at <= begin) for encoded, _ in told
    )
    return done / (end - begin), max(seconds for _, seconds in told)


def _follow(run: subprocess.Popen[str]) -> tuple[list[tuple[float, int]], float]:
    """When a run had encoded how many photos, and the seconds that it says it took."""
    assert run.stdout is not None
    encoded, row = [], {}
    for line in run.stdout:
        row = json.loads(line)
        if row.get("stage") == "encode" and row["done"]:
            encoded.append((time.perf_counter(), row["done"]))
    return encoded, float(row["seconds"])


def _size(address: str, where: str) -> int:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM FULL")
        row = connection.execute(
            "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class"
            f" WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND {where}".encode()
        ).fetchone()
    assert row is not None
    return int(row[0])

"""How fast, and how surely, vectors are found in the server of a shared library, beside FAISS."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt
import psycopg

from bench.figure import Figure, figure
from photosearch.catalog.database import open_catalog
from photosearch.catalog.embeddings import StoredVectors, add_vectors
from photosearch.shared import SERVER_FILE
from photosearch.vectors.index import VectorIndex
from photosearch.vectors.opening import Index, open_index
from tests.postgres import Databases, binaries, server

Floats = npt.NDArray[np.float32]

DIMENSION = 384
ENCODER = "bench"
_COUNTS = (100_000, 1_000_000)
_SHARES = (1.0, 0.5, 0.01, 0.0001)
_QUERIES = 100
_CLIENTS = 8
_TOP = 100  # of which the window shows some, and folds some away
_GROUPS, _DIRECTIONS = 2_000, 64
_CHUNK = 50_000
_SETTINGS = ("shared_buffers=2GB", "max_wal_size=8GB", "checkpoint_timeout=1h")


def shared(work: Path) -> Iterator[Figure]:
    """Recall of the ten best, with filters that keep so many of the photos; p50 and p95 of one
    client and of eight at once (bound: the same of FAISS in this process). `PHOTOSEARCH_BENCH_MOST`
    leaves larger libraries out."""
    most = int(os.environ.get("PHOTOSEARCH_BENCH_MOST", _COUNTS[-1]))
    programs = binaries()
    for count in _COUNTS if programs is not None else ():
        if count <= most and programs is not None:
            with server(programs, *_SETTINGS) as running:
                yield from _at(work / f"shared-{count}", Databases(running).new(), count)


def _at(folder: Path, address: str, count: int) -> Iterator[Figure]:
    folder.mkdir()
    (folder / SERVER_FILE).write_text(address)
    name = f"shared_{count // 1000}k"
    with closing(open_catalog(folder)) as catalog:
        stored = StoredVectors(catalog, ENCODER)
        with catalog.write() as connection:
            connection.exec_driver_sql("INSERT INTO photos (hash) VALUES ('\\x00')")
            add_vectors(connection, ENCODER, [(1, _made(1, 1)[0].astype("<f2").tobytes())])
        _fill(address, count)
        index = open_index(folder / "vectors", catalog.id, ENCODER, DIMENSION, stored)
        faiss = VectorIndex(folder / "vectors", catalog.id, ENCODER, DIMENSION)
        queries = list(_made(_QUERIES, 2))
        for each in (index, faiss):
            each.update(stored)
        flat = _times(faiss, queries[:20])
        scan = _times(index, queries[:20])
        yield figure(f"{name}_scan", statistics.median(scan), "s (FAISS)", statistics.median(flat))
        start = time.perf_counter()
        index.save()
        making = time.perf_counter() - start
        yield figure(f"{name}_making_hnsw", making / count * 1e6, "s a million (600)", 600)
        size = _hnsw_size(address) / count
        yield figure(f"{name}_hnsw_size", size, "bytes a vector (its numbers)", 2 * DIMENSION)
        dice = np.random.default_rng(3)
        for share in _SHARES:
            kept = dice.choice(count, max(10, int(share * count)), replace=False) + 1
            only = set(kept.tolist()) if share < 1 else None
            label = f"{share * 100:g}"
            found = _recall(index, faiss, queries[:50], only)
            yield figure(f"{name}_recall_{label}", found, "of the ten best (0.95)", 0.95)
            times = _times(index, queries, only), _times(faiss, queries[:20], only)
            yield from _percentiles(f"{name}_{label}", *times)
        together = (_together(each, queries) for each in (index, faiss))
        yield from _percentiles(f"{name}_{_CLIENTS}_clients", *together)


def _percentiles(name: str, mine: list[float], its: list[float]) -> Iterator[Figure]:
    for part, at in (("p50", 9), ("p95", 18)):
        value, bound = (statistics.quantiles(times, n=20)[at] for times in (mine, its))
        yield figure(f"{name}_{part}", value, "s (FAISS)", bound)


def _times(
    index: Index, queries: Sequence[Floats], only: Collection[int] | None = None
) -> list[float]:
    """Seconds of each query, after one that does not count."""
    index.search(queries[0], _TOP, only=only)
    found = []
    for query in queries:
        start = time.perf_counter()
        index.search(query, _TOP, only=only)
        found.append(time.perf_counter() - start)
    return found


def _together(index: Index, queries: Sequence[Floats]) -> list[float]:
    """Seconds of queries that as many clients ask at once."""
    with ThreadPoolExecutor(_CLIENTS) as clients:
        parts = [queries[number::_CLIENTS] for number in range(_CLIENTS)]
        return [
            each for part in clients.map(lambda some: _times(index, some), parts) for each in part
        ]


def _recall(
    index: Index, faiss: Index, queries: Sequence[Floats], only: Collection[int] | None
) -> float:
    shares = []
    for query in queries:
        found, _ = index.search(query, 10, only=only)
        best, _ = faiss.search(query, 10, only=only)
        shares.append(len(np.intersect1d(found, best)) / len(best))
    return statistics.mean(shares)


def _made(count: int, seed: int) -> Floats:
    """Unit vectors as encoders make them: groups of alike ones, in far fewer directions than they
    have numbers, some of them of more weight than others."""
    world = np.random.default_rng(0)
    weights = (np.arange(1, _DIRECTIONS + 1) ** -0.5).astype(np.float32)
    centres = world.standard_normal((_GROUPS, _DIRECTIONS), np.float32)
    spread = world.standard_normal((_DIRECTIONS, DIMENSION), np.float32)
    dice = np.random.default_rng(seed)
    at = centres[dice.integers(_GROUPS, size=count)]
    at = (at + dice.standard_normal((count, _DIRECTIONS), np.float32)) * weights
    rows = at @ spread + 0.1 * dice.standard_normal((count, DIMENSION), np.float32)
    found: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return found


def _hnsw_size(address: str) -> int:
    with psycopg.connect(address) as connection:
        row = connection.execute(
            "SELECT sum(pg_relation_size(pg_class.oid)) FROM pg_class"
            " JOIN pg_am ON pg_am.oid = relam WHERE amname = 'hnsw' AND relkind = 'i'"
        ).fetchone()
    assert row is not None
    return int(row[0])


def _fill(address: str, count: int) -> None:
    """Photos 2 to `count` of which nothing is known but their vectors, by the quickest way."""
    row = np.dtype(
        [
            *(("fields", ">i2"), ("photo_bytes", ">i4"), ("photo", ">i8")),
            *(("encoder_bytes", ">i4"), ("encoder", "S5"), ("vector_bytes", ">i4")),
            *(("numbers", ">i2"), ("unused", ">i2"), ("vector", ">f2", (DIMENSION,))),
        ]
    )
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO photos (hash) SELECT sha256(n::text::bytea) FROM generate_series(2, %s) n",
            (count,),
        )
        connection.execute("SET session_replication_role = replica")  # each photo is there
        copied = "COPY vectors (photo_id, encoder, vector) FROM STDIN (FORMAT BINARY)"
        with connection.cursor() as cursor, cursor.copy(copied) as copy:
            copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
            for first in range(2, count + 1, _CHUNK):
                rows = np.zeros(min(_CHUNK, count + 1 - first), row)
                rows["fields"], rows["photo_bytes"] = 3, 8
                rows["photo"] = np.arange(first, first + len(rows))
                rows["encoder_bytes"], rows["encoder"] = len(ENCODER), ENCODER.encode()
                rows["vector_bytes"], rows["numbers"] = 4 + 2 * DIMENSION, DIMENSION
                rows["vector"] = _made(len(rows), first)
                copy.write(rows.tobytes())
            copy.write(b"\xff\xff")
        connection.execute("VACUUM ANALYZE")

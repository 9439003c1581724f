"""How long finding and grouping takes among very many photos that were never taken: synthetic
hashes and features, of which a tenth are copies of others."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.figure import Figure, figure
from photosearch.catalog.pairs import Copy, CopyFile, Pair
from photosearch.duplicates.best import Judge
from photosearch.duplicates.candidates import (
    DIMENSION,
    Candidates,
    FeatureIndex,
    HashIndex,
    hash_rows,
)
from photosearch.duplicates.groups import make_groups, marks

_BATCH = 2000
_BOUND = 60.0  # seconds for 100,000 photos


def grouping(_: Path) -> Iterator[Figure]:
    """100,000 photos within a minute; the time of ten times as many against ten times the time."""
    small, large = _measured(10_000), _measured(100_000)
    yield figure("grouping_100k", large["seconds"], "s", _BOUND)
    yield figure("grouping_100k_to_10k", large["seconds"] / small["seconds"], "x (bound: 10)", 10)
    yield figure("grouping_100k_memory", large["megabytes"], "MB (bound: 1000)", 1000)
    yield figure("grouping_100_more", large["more"], "s (bound: a hundredth)", _BOUND / 100)


def _measured(count: int) -> dict[str, float]:
    """In a process of its own, so that its memory can be told."""
    command = [sys.executable, "-m", "bench.grouping", str(count)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(out.splitlines()[-1])
    return found


def _run(count: int) -> dict[str, float]:
    import resource

    dice = np.random.default_rng(0)
    ids = np.arange(1, count + 1)
    hashes = dice.integers(-(2**63), 2**63 - 1, count)
    kinds = dice.standard_normal((200, DIMENSION), dtype=np.float32)
    vectors = kinds[dice.integers(0, 200, count)] * 0.7
    vectors += dice.standard_normal((count, DIMENSION), dtype=np.float32)
    copies_of = dice.integers(0, count * 9 // 10, count // 10)
    own = np.arange(count * 9 // 10, count)[: len(copies_of)]
    hashes[own] = hashes[copies_of] ^ (1 << dice.integers(0, 62, len(own)))
    vectors[own] = vectors[copies_of] + 0.2 * dice.standard_normal((len(own), DIMENSION))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    start = time.perf_counter()
    rows = hash_rows([int(value) for value in hashes])
    near, like = HashIndex(ids, rows), FeatureIndex(ids, vectors, count)
    found = Candidates()
    for first in range(0, count, _BATCH):
        _look_up(found, near, like, ids[first : first + _BATCH], rows[first : first + _BATCH])
    pairs = [
        Pair(one, other, "duplicate", {"why": "", "edited": None, "sharpness": (1.0, 1.0)})
        for (one, other), distance in found.pairs.items()
        if distance is not None
    ]
    groups = make_groups(pairs, _copies(pairs), Judge(marks=marks(pairs)))
    seconds = time.perf_counter() - start
    assert len(groups) >= len(set(copies_of.tolist())) * 0.9, len(groups)
    start = time.perf_counter()
    more = FeatureIndex(ids, vectors, 100)
    _look_up(Candidates(), HashIndex(ids, rows), more, ids[-100:], rows[-100:])
    return {
        "seconds": seconds,
        "more": time.perf_counter() - start,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _look_up(
    found: Candidates,
    near: HashIndex,
    like: FeatureIndex,
    ids: np.ndarray[tuple[int], np.dtype[np.int64]],
    rows: np.ndarray[tuple[int, int], np.dtype[np.uint8]],
) -> None:
    """As the stage does: four hashes of each photo (turned by quarters), and its features."""
    turned = np.concatenate([np.roll(rows, by, axis=1) for by in range(4)])
    for number, others, distances in near.near(turned):
        found.add(int(ids[number % len(ids)]), others, distances)
    for photo_id, others, _ in like.near(ids.tolist()):
        found.add(photo_id, others)


def _copies(pairs: list[Pair]) -> dict[int, Copy]:
    return {
        each: Copy(
            each,
            each.to_bytes(32, "big"),
            *(4000, 3000, 3_000_000 + each % 1000, "JPEG"),
            *(3, 0, False, ()),
            (CopyFile(b"/a/%d.jpg" % each, 1, each),),
            None,
        )
        for pair in pairs
        for each in (pair.photo_a, pair.photo_b)
    }


if __name__ == "__main__":
    print(json.dumps(_run(int(sys.argv[1]))))

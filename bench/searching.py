"""How fast a library is searched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.figure import Figure, figure, median

VECTORS, DIMENSION = 100_000, 384


def searching(work: Path) -> Iterator[Figure]:
    """One query over 100,000 vectors, against a bare FAISS scan of the same."""
    import faiss

    from photosearch.vectors.index import VectorIndex

    dice = np.random.default_rng(0)
    vectors = dice.standard_normal((VECTORS, DIMENSION), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)

    class Source:
        def count(self, generation: int | None = None) -> tuple[int, int]:
            return (0, 0) if generation == 0 else (VECTORS, 1)

        def after(self, generation: int) -> Iterator[tuple[int, list[int], bytes]]:
            if generation < 1:
                yield 1, list(range(VECTORS)), vectors.astype("<f2").tobytes()

    index = VectorIndex(work / "vectors", "bench", "bench", DIMENSION)
    index.update(Source())
    bare = faiss.IndexScalarQuantizer(
        DIMENSION, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    bare.add(vectors)
    query = vectors[0]
    scan = median(lambda: bare.search(query[None], 20), 15)
    yield figure("search_100k", median(lambda: index.search(query, 20), 15), "s", scan)
    hidden = set(range(0, VECTORS, 2))
    half = median(lambda: index.search(query, 20, without=hidden), 15)
    yield figure("search_100k_half_hidden", half, "s", scan)

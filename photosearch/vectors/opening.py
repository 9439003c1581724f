"""The index by which an encoder's vectors are searched: in files of this computer, or in the server
that holds them; whoever searches need not know."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Protocol

from photosearch.vectors.gpu import Floats, Ids, find_gpu, needed, why_not
from photosearch.vectors.index import Source, VectorIndex, in_step
from photosearch.vectors.served import BEST, MANY, ServedIndex, Server, ready

_QUERIES = 20  # by which the recall is measured


class Stored(Source, Protocol):
    """Vectors, and what searches them where they lie, if anything does."""

    @property
    def server(self) -> Server | None: ...


class Index(Protocol):
    """What finds the nearest vectors. See `VectorIndex`, where each of these is told of."""

    folder: Path

    def __len__(self) -> int: ...
    def update(self, source: Source) -> bool: ...
    def save(self) -> None: ...
    def use_gpu(self) -> None: ...
    def rest(self) -> None: ...
    def search(
        self,
        query: Floats,
        top_k: int,
        *,
        only: Collection[int] | None = None,
        without: Collection[int] = (),
    ) -> tuple[Ids, Floats]: ...
    def vectors_of(self, photo_ids: Collection[int]) -> Floats: ...
    def sample(self, count: int) -> Floats: ...


def open_index(
    folder: Path, catalog_id: str, encoder: str, dimension: int, stored: Stored
) -> Index:
    """The index of an encoder's vectors, to be updated before it is searched."""
    if stored.server is not None:
        return ServedIndex(folder, dimension, stored.server)
    return VectorIndex(folder, catalog_id, encoder, dimension)


def is_saved(
    folder: Path,
    catalog_id: str,
    encoder: str,
    dimension: int,
    stored: Stored,
    *,
    thorough: bool = False,
) -> bool:
    """Whether nothing is left for `Index.save` to do (see `in_step`). Does not load FAISS."""
    if stored.server is not None:
        return ready(stored.count()[0], dimension, stored.server)
    return in_step(folder, catalog_id, encoder, stored, thorough=thorough)


def how_searched(folder: Path, dimension: int, stored: Stored) -> str:
    """Where a search looks through the vectors, and how: a part of a sentence. Raises ImportError
    or RuntimeError where FAISS is wanted and cannot be used."""
    count, _ = stored.count()
    if stored.server is not None:
        index = ServedIndex(folder, dimension, stored.server)
        index.update(stored)
        if not index.indexed:
            return f"in the server, by a scan of all (from {MANY:,} vectors on by HNSW)"
        return (
            f"in the server by HNSW, which finds {index.recall(_QUERIES):.1%} of the best {BEST}"
            f" that a scan of all finds ({_QUERIES} samples)"
        )
    gpu = find_gpu()
    why = why_not(count, dimension, gpu)
    if gpu is None or why is not None:
        return f"on the CPU: {why}"
    size = needed(count, dimension) / 1e6
    return f"on the GPU: {gpu.name}, about {size:.0f} MB; searches with filters on the CPU"

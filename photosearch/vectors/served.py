"""The vectors of one encoder on a server that searches them itself: what `VectorIndex` is to those
of an embedded library.

Few are scanned, and the answer is exact; many have an HNSW index in the server, made at the end of
an indexing run. A filter that leaves few photos is answered by a scan of these; HNSW goes on until
enough fits a filter that leaves many.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from photosearch.vectors.gpu import Floats, Ids
from photosearch.vectors.index import Source

Mask = npt.NDArray[np.bool_]

MANY = 50_000
"""Vectors from which on an index is made."""

MOST_NUMBERS = 4000
"""The longest vectors that an HNSW index takes."""

BEST = 10
"""Neighbours by which the recall is measured."""

_DEAR = 30  # vectors that are scanned in the time in which HNSW goes on to one more
_KEPT = 10_000  # vectors that are not asked for again


class Server(Protocol):
    """Where they lie (see `catalog.pgvector`)."""

    def indexed(self) -> bool: ...
    def make_index(self, dimension: int) -> None: ...
    def nearest(
        self,
        query: Floats,
        count: int,
        *,
        by_index: bool = False,
        few: Collection[int] | None = None,
        mask: Mask | None = None,
        beyond: bool = True,
    ) -> tuple[Ids, Floats]: ...
    def vectors_of(self, photo_ids: Collection[int]) -> Iterable[tuple[int, bytes]]: ...
    def at(self, positions: Collection[int]) -> list[bytes]: ...


class ServedIndex:
    """See `opening.Index`."""

    def __init__(self, folder: Path, dimension: int, server: Server) -> None:
        """`folder`: where caches that belong to the vectors are kept."""
        self.folder = folder
        self.dimension = dimension
        self.indexed = False
        self._server = server
        self._count = self._generation = 0
        self._kept: dict[int, Floats] = {}

    def __len__(self) -> int:
        return self._count

    def update(self, source: Source) -> bool:
        """See what there is now."""
        before = self._count, self._generation
        self._count, self._generation = source.count()
        self.indexed = self._count >= MANY and self._server.indexed()
        self._kept.clear()
        return (self._count, self._generation) != before

    def save(self) -> None:
        """Make the index in the server, where there are so many vectors that it pays."""
        if not ready(self._count, self.dimension, self._server):
            self._server.make_index(self.dimension)
        self.indexed = self._count >= MANY and self._server.indexed()

    def use_gpu(self) -> None:
        """The server has what it has."""

    def rest(self) -> None:
        """No GPU's memory is held."""

    def search(
        self,
        query: Floats,
        top_k: int,
        *,
        only: Collection[int] | None = None,
        without: Collection[int] = (),
    ) -> tuple[Ids, Floats]:
        """As `VectorIndex.search`: of many vectors, those that HNSW finds."""
        named = set(without) if only is None else set(only).difference(without)
        top_k = min(top_k, len(self) if only is None else len(named))
        if top_k <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if only is None:
            mask = _mask(named, wanted=False) if named else None
            return self._among(query, top_k, len(self) - len(named), mask, beyond=True)
        # How far HNSW has to go for so many, against a look at each.
        if len(named) ** 2 <= _DEAR * top_k * len(self):
            return self._server.nearest(query, top_k, few=named)
        return self._among(query, top_k, len(named), _mask(named, wanted=True), beyond=False)

    def _among(
        self, query: Floats, top_k: int, most: int, mask: Mask | None, *, beyond: bool
    ) -> tuple[Ids, Floats]:
        if self.indexed:
            found = self._server.nearest(query, top_k, by_index=True, mask=mask, beyond=beyond)
            if len(found[0]) >= min(top_k, most):
                return found
        return self._server.nearest(query, top_k, mask=mask, beyond=beyond)

    def vectors_of(self, photo_ids: Collection[int]) -> Floats:
        """The vectors, float32 (n, dimension), of photos that are in the index, in order."""
        wanted = list(map(int, photo_ids))
        unknown = [photo_id for photo_id in wanted if photo_id not in self._kept]
        if len(self._kept) + len(unknown) > _KEPT:
            self._kept.clear()
            unknown = wanted
        if unknown:
            for photo_id, vector in self._server.vectors_of(unknown):
                self._kept[photo_id] = np.frombuffer(vector, "<f2").astype(np.float32)
        found = np.empty((len(wanted), self.dimension), np.float32)
        for row, photo_id in zip(found, wanted, strict=True):
            row[:] = self._kept[photo_id]
        return found

    def sample(self, count: int) -> Floats:
        """As `VectorIndex.sample`."""
        count = min(count, len(self))
        places = np.linspace(0, max(0, len(self) - 1), count).astype(np.int64)
        found = self._server.at(places.tolist()) if count else []
        return np.frombuffer(b"".join(found), "<f2").astype(np.float32).reshape(-1, self.dimension)

    def recall(self, queries: int) -> float:
        """Which share of the best `BEST` by a scan HNSW finds, asked with so many of the vectors
        themselves; 1 where every search is a scan."""
        if not self.indexed:
            return 1.0
        found = []
        for query in self.sample(queries):
            exact, _ = self._server.nearest(query, BEST)
            quick, _ = self._server.nearest(query, BEST, by_index=True)
            found.append(len(np.intersect1d(exact, quick)) / len(exact))
        return float(np.mean(found))


def ready(count: int, dimension: int, server: Server) -> bool:
    """Whether so many vectors have the index that they should have."""
    return count < MANY or dimension > MOST_NUMBERS or server.indexed()


def _mask(photo_ids: Collection[int], *, wanted: bool) -> Mask:
    """By photo id up to the last of these: whether it is among them, or (not `wanted`) is not."""
    ids = np.fromiter(photo_ids, np.int64, len(photo_ids))
    mask = np.full(int(ids.max()) + 1, not wanted)
    mask[ids] = wanted
    return mask

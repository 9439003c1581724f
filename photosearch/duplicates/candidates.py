"""Which pairs of photos are worth a comparison: cheap keys, looked up in FAISS, never all with all.

Three keys: perceptual hashes in all eight orientations (the same picture, also turned or
mirrored), features of a CNN (also cropped, framed, tilted), and the time of the shot (bursts).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from photosearch.catalog.database import Catalog
from photosearch.catalog.embeddings import StoredVectors
from photosearch.duplicates.kinds import BURST_SECONDS, Shot
from photosearch.vectors.index import Nearest

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Vectors = npt.NDArray[np.float32] | npt.NDArray[np.float16]
Hashes = npt.NDArray[np.uint8]

HASH_BITS = 7
"""Largest Hamming distance (of 64 bits) of hashes worth a comparison. With four parts of 16 bits of
which one may have one bit turned, the index finds all of them (pigeonhole principle)."""

DIMENSION = 256
"""Of the features that are kept in the index: a random projection (Johnson, Lindenstrauss 1984)."""

_NEAREST = 24  # photos looked at by their features
_ALWAYS, _LIKE, _VERY_LIKE = 8, 0.55, 0.75  # so many of them if like, all if very like
_SHOTS = 16  # photos looked at by their time
_MANY = 20_000  # photos from which on the features are searched in cells, not one by one
_BLOCK = 16_384  # vectors looked at, or taken in, at a time
_PROBES = 8  # cells looked into


def hash_rows(values: Sequence[int]) -> Hashes:
    """Signed 64-bit hashes as FAISS takes them, uint8 (n, 8)."""
    return np.array(values, np.int64).astype(">i8").view(np.uint8).reshape(-1, 8)


class HashIndex:
    """Perceptual hashes of all photos, for a search within HASH_BITS."""

    def __init__(self, ids: Ids, hashes: Hashes) -> None:
        import faiss

        self._ids = ids
        self._index = faiss.IndexBinaryMultiHash(64, 4, 16)
        self._index.nflip = 1
        if len(ids):
            self._index.add(hashes)

    def near(self, queries: Hashes) -> Iterator[tuple[int, Ids, npt.NDArray[np.int32]]]:
        """For each of the hashes, uint8 (n, 8): its number, the ids of photos within HASH_BITS, and
        their distances."""
        if not len(self._ids) or not len(queries):
            return
        limits, distances, positions = self._index.range_search(queries, HASH_BITS + 1)
        for number in range(len(queries)):
            part = slice(int(limits[number]), int(limits[number + 1]))
            yield number, self._ids[positions[part]], distances[part].astype(np.int32)


class ProjectedVectors:
    """Stored features as unit vectors of DIMENSION numbers: a Source for a `VectorIndex`."""

    def __init__(self, catalog: Catalog, name: str) -> None:
        """`name`: under which the features are stored (see `catalog.embeddings`)."""
        self._stored = StoredVectors(catalog, name)

    def count(self, generation: int | None = None) -> tuple[int, int]:
        return self._stored.count(generation)

    def after(self, generation: int) -> Iterator[tuple[int, list[int], bytes]]:
        for last, ids, blob in self._stored.after(generation):
            stored = np.frombuffer(blob, "<f2").reshape(len(ids), -1).astype(np.float32)
            yield last, ids, project(stored).astype("<f2").tobytes()


def project(vectors: Floats) -> Floats:
    """Vectors (n, any) as unit vectors (n, DIMENSION) with about the same cosines. Seeded: the same
    for all of one width."""
    width = vectors.shape[1]
    if width > DIMENSION:
        dice = np.random.default_rng(width)
        vectors = vectors @ dice.standard_normal((width, DIMENSION), dtype=np.float32)
    elif width < DIMENSION:
        vectors = np.pad(vectors, ((0, 0), (0, DIMENSION - width)))
    norms = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return np.asarray(vectors / norms, np.float32)


class FeatureIndex:
    """CNN features of all photos, for the nearest of some."""

    def __init__(
        self, ids: Ids, vectors: Vectors, queries: int, copy: Nearest | None = None
    ) -> None:
        """`vectors`: unit vectors (n, DIMENSION), which are kept as they are. `queries`: how many
        will be asked; for many among many, the vectors are sorted into cells first (inverted file,
        approximate). `copy`: them on a GPU, which looks at all of them instead."""
        self._ids, self._vectors = ids, vectors
        self._order = np.argsort(ids, kind="stable")
        self._search: Callable[[Floats, int], tuple[Floats, Ids]]
        if copy is not None:
            self._search = copy.search
        elif len(ids) > _MANY and queries > _MANY // 10:
            self._search = _in_cells(vectors).search
        else:
            self._search = self._among_all

    def __contains__(self, photo_id: int) -> bool:
        return self._row(photo_id) >= 0

    def near(self, photo_ids: Sequence[int]) -> Iterator[tuple[int, Ids, Floats]]:
        """For each of the photos that has features: its id, the ids of those worth a comparison,
        and their cosines."""
        found = {photo_id: self._row(photo_id) for photo_id in photo_ids}
        known = [photo_id for photo_id, row in found.items() if row >= 0]
        if not known:
            return
        rows = [found[photo_id] for photo_id in known]
        cosines, positions = self._search(self._vectors[rows].astype(np.float32), _NEAREST + 1)
        rank = np.arange(cosines.shape[1])
        worth = (cosines >= _VERY_LIKE) | ((rank <= _ALWAYS) & (cosines >= _LIKE))
        for number, photo_id in enumerate(known):
            good = worth[number] & (positions[number] >= 0) & (positions[number] != rows[number])
            yield photo_id, self._ids[positions[number][good]], cosines[number][good]

    def cosine(self, first: int, second: int) -> float | None:
        """The cosine of two photos' features; None where one has none."""
        rows = [self._row(first), self._row(second)]
        if min(rows) < 0:
            return None
        one, other = self._vectors[rows].astype(np.float32)
        return float(one @ other)

    def _row(self, photo_id: int) -> int:
        """Where a photo's vector is; -1 where it has none."""
        place = int(np.searchsorted(self._ids, photo_id, sorter=self._order))
        if place == len(self._ids) or self._ids[self._order[place]] != photo_id:
            return -1
        return int(self._order[place])

    def _among_all(self, queries: Floats, count: int) -> tuple[Floats, Ids]:
        """The nearest of all, exact: block by block, so that no second copy of all is needed."""
        import faiss

        inner = faiss.METRIC_INNER_PRODUCT
        cosines = np.empty((len(queries), 0), np.float32)
        positions = np.empty((len(queries), 0), np.int64)
        for start in range(0, len(self._ids), _BLOCK):
            block = self._vectors[start : start + _BLOCK].astype(np.float32)
            near, at = faiss.knn(queries, block, min(count, len(block)), metric=inner)
            cosines = np.hstack([cosines, near])
            positions = np.hstack([positions, at + start])
            best = np.argsort(-cosines, axis=1, kind="stable")[:, :count]
            cosines = np.take_along_axis(cosines, best, 1)
            positions = np.take_along_axis(positions, best, 1)
        return cosines, positions


def _in_cells(vectors: Vectors) -> Any:
    """An inverted file of vectors, kept as fp16."""
    import faiss

    cells = int(4 * len(vectors) ** 0.5)
    index = faiss.index_factory(DIMENSION, f"IVF{cells},SQfp16", faiss.METRIC_INNER_PRODUCT)
    index.cp.niter = 6
    dice = np.random.default_rng(0)
    sample = np.sort(dice.choice(len(vectors), min(len(vectors), 40 * cells), replace=False))
    index.train(vectors[sample].astype(np.float32))
    index.nprobe = _PROBES
    for start in range(0, len(vectors), _BLOCK):
        index.add(vectors[start : start + _BLOCK].astype(np.float32))
    return index


class ShotIndex:
    """The shots by camera and time."""

    def __init__(self, shots: Mapping[int, Shot]) -> None:
        self._shots = shots
        by_camera: dict[str, list[tuple[float, int]]] = {}
        for photo_id, shot in shots.items():
            if shot.seconds is not None and shot.camera is not None:
                by_camera.setdefault(shot.camera, []).append((shot.seconds, photo_id))
        self._cameras = {}
        for camera, found in by_camera.items():
            found.sort()
            times = np.array([seconds for seconds, _ in found])
            self._cameras[camera] = times, np.array([photo_id for _, photo_id in found], np.int64)

    def near(self, photo_id: int) -> Ids:
        """Ids of the shots of the same camera nearest in time, within BURST_SECONDS."""
        shot = self._shots.get(photo_id, Shot())
        if shot.seconds is None or shot.camera is None:
            return np.empty(0, np.int64)
        times, ids = self._cameras[shot.camera]
        first = np.searchsorted(times, shot.seconds - BURST_SECONDS)
        last = np.searchsorted(times, shot.seconds + BURST_SECONDS, side="right")
        nearest = np.argsort(np.abs(times[first:last] - shot.seconds), kind="stable")
        found = ids[first:last][nearest]
        return np.asarray(found[found != photo_id][:_SHOTS], np.int64)


@dataclass
class Candidates:
    """Pairs worth a comparison, each once: (smaller id, larger id), with the least distance of
    their hashes where that is known."""

    pairs: dict[tuple[int, int], int | None] = field(default_factory=dict)

    def add(self, photo_id: int, others: Ids, distances: npt.ArrayLike | None = None) -> None:
        """Note that a photo is to be compared with others."""
        known = [None] * len(others) if distances is None else np.asarray(distances).tolist()
        for other, distance in zip(others.tolist(), known, strict=True):
            if other == photo_id:
                continue
            pair = (min(photo_id, other), max(photo_id, other))
            least = [each for each in (distance, self.pairs.get(pair)) if each is not None]
            self.pairs[pair] = min(least, default=None)

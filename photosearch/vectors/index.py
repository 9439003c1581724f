"""The vector index of one encoder: a stamped cache of the vectors in the catalog.

`IndexScalarQuantizer` with `QT_fp16` and inner product holds unit vectors as the catalog does, so
a search is exact over them and its scores are cosines. Position i of the index belongs to photo
`ids[i]`. On disk: `<name>.faiss`, `<name>.ids` and the stamp `<name>.json`, which is written
last; a stamp that does not fit is never trusted.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import numpy as np
import numpy.typing as npt

from photosearch.settings import cores
from photosearch.vectors import gpu
from photosearch.vectors.gpu import Floats, GpuCopy, Ids

Halves = npt.NDArray[np.float16]
Mask = npt.NDArray[np.bool_]

_FORMAT = 1
_SUFFIXES = (".faiss", ".ids")
_SPLIT = 50_000  # vectors for a thread: a scan of fewer is over before the next has begun


class Source(Protocol):
    """Where the vectors are true: in the order in which they were stored (see `StoredVectors`)."""

    def count(self, generation: int | None = None) -> tuple[int, int]: ...
    def after(self, generation: int) -> Iterator[tuple[int, list[int], bytes]]: ...


class Nearest(Protocol):
    """What names candidates: scores and positions of the nearest, best first (see `GpuCopy`)."""

    def search(self, rows: Floats, count: int) -> tuple[Floats, Ids]: ...


@dataclass(frozen=True)
class Stamp:
    """What a saved index was made from. It holds the first `count` vectors of this encoder in
    this catalog, up to `generation`; `checksum` is BLAKE2b-128 of both files, `files` the size and
    modification time (ns) of each."""

    format: int
    catalog: str
    encoder: str
    dimension: int
    generation: int
    count: int
    checksum: str
    files: list[list[int]]


class VectorIndex:
    """An index in memory, in step with its source as of the last `update`."""

    def __init__(self, folder: Path, catalog_id: str, encoder: str, dimension: int) -> None:
        """Load the saved index where its stamp fits, else start empty (`update` fills it)."""
        self.folder = folder
        self.catalog_id = catalog_id
        self.encoder = encoder
        self.dimension = dimension
        self.generation = 0
        self.ids: Ids = np.empty(0, np.int64)
        self._index = _empty(dimension)
        self._order: Ids | None = None  # positions by photo id, made when it is wanted
        self._threads: ThreadPoolExecutor | None = None
        self._on_gpu = False
        self._copy: GpuCopy | None = None
        self._load()

    def __len__(self) -> int:
        return len(self.ids)

    def matrix(self) -> Halves:
        """A copy of all vectors, fp16 (n, dimension), in the order of `ids`."""
        return self._halves().copy()

    def use_gpu(self) -> None:
        """From now on search a copy on the GPU, where there is one and it fits: for who searches
        more than once. The first search makes it."""
        self._on_gpu = True

    def gpu_copy(self) -> GpuCopy | None:
        """A copy on the GPU, in step; None where there is no GPU, or too little room on it."""
        try:
            if self._copy is None:
                if gpu.why_not(len(self), self.dimension, gpu.find_gpu()) is not None:
                    self._on_gpu = False
                    return None
                self._copy = GpuCopy(self._index)
            self._copy.follow(self._index)
        except RuntimeError:
            self._copy, self._on_gpu = None, False
        return self._copy

    def rest(self) -> None:
        """Give the GPU's memory back; the next search makes the copy anew."""
        self._copy = None

    def update(self, source: Source) -> bool:
        """Bring the index in step with its source: topped up where it is still a prefix of what
        is stored, else made anew. Says whether that changed anything."""
        before = self.generation, len(self)
        count, _ = source.count(self.generation)
        if count != len(self):
            self.generation = 0
            self.ids = np.empty(0, np.int64)
            self._order = self._copy = None
            self._index = _empty(self.dimension)
        added = [self.ids]
        for generation, ids, blob in source.after(self.generation):
            codes = np.frombuffer(blob, np.uint8).reshape(len(ids), 2 * self.dimension)
            self._index.add_sa_codes(codes)
            added.append(np.asarray(ids, np.int64))
            self.generation = generation
        if len(added) > 1:
            self.ids = np.concatenate(added)
            self._order = None
        return (self.generation, len(self)) != before

    def search(
        self,
        query: Floats,
        top_k: int,
        *,
        only: Collection[int] | None = None,
        without: Collection[int] = (),
    ) -> tuple[Ids, Floats]:
        """The `top_k` photos (fewer where there are not so many) nearest to `query`, best first.

        `query`: unit vector, float32 (dimension,). `only`: photo ids to look among (None: all),
        `without`: to leave out. Returns
        photo ids and cosines; equal cosines come in the order of photo ids.
        """
        mask = self._mask(only, without)
        top_k = min(top_k, len(self) if mask is None else int(mask.sum()))
        if top_k <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        row = np.ascontiguousarray(query, np.float32).reshape(1, self.dimension)
        found = self._scan_gpu(row, top_k, len(without), mask) if only is None else None
        scores, positions = found or self._scan(row, top_k, mask)
        ids = self.ids[positions]
        order = np.lexsort((ids, -scores))[:top_k]
        return ids[order], scores[order]

    def vectors_of(self, photo_ids: Collection[int]) -> Floats:
        """The vectors, float32 (n, dimension), of photos that are in the index, in order."""
        return self._stored(self._positions(photo_ids))

    def sample(self, count: int) -> Floats:
        """`count` vectors (fewer where there are not so many), float32 (n, dimension), evenly over
        all of them."""
        count = min(count, len(self))
        return self._stored(np.linspace(0, max(0, len(self) - 1), count).astype(np.int64))

    def _stored(self, positions: Ids) -> Floats:
        return self._halves()[positions].astype(np.float32)

    def _halves(self) -> Halves:
        """The vectors where FAISS holds them: until the next one is added."""
        import faiss

        codes = self._index.codes
        if not codes.size():
            return np.empty((0, self.dimension), "<f2")
        found: Halves = faiss.rev_swig_ptr(codes.data(), codes.size()).view("<f2")
        return found.reshape(-1, self.dimension)

    def _mask(self, only: Collection[int] | None, without: Collection[int]) -> Mask | None:
        """Which positions may be in an answer; None: all."""
        if not without and only is None:
            return None
        found: Mask = np.full(len(self), only is None)
        if only is not None:
            found[self._positions(only)] = True
        found[self._positions(without)] = False
        return found

    def _positions(self, photo_ids: Collection[int]) -> Ids:
        """Where the vectors of photos are, int64, in order; of one that has none, nothing."""
        if not len(self):
            return np.empty(0, np.int64)
        if self._order is None:
            self._order = np.argsort(self.ids, kind="stable")
        wanted = np.fromiter(photo_ids, np.int64, len(photo_ids))
        places = np.searchsorted(self.ids, wanted, sorter=self._order)
        at: Ids = self._order[np.minimum(places, len(self) - 1)]
        there: Ids = at[self.ids[at] == wanted]
        return there

    def _scan_gpu(
        self, row: Floats, top_k: int, without: int, mask: Mask | None
    ) -> tuple[Floats, Ids] | None:
        """As `_scan`, among candidates from the GPU; None where that does not do. `without`: how
        many photos are to be left out, for which the GPU, that cannot, names as many more."""
        copy = self.gpu_copy() if self._on_gpu else None
        if copy is None:
            return None
        try:
            return self._best_of(copy, row, top_k, without, mask)
        except RuntimeError:  # its memory went to somebody else
            self._copy, self._on_gpu = None, False
            return None

    def _best_of(
        self, copy: Nearest, row: Floats, top_k: int, without: int, mask: Mask | None
    ) -> tuple[Floats, Ids] | None:
        """The best `top_k` by the index itself among candidates that `copy` names; None where it
        cannot be sure that there are no better ones."""
        count = top_k + without + gpu.SPARE
        while True:
            count = min(count, len(self))
            if count > gpu.MOST:
                return None
            rough, candidates = copy.search(row, count)
            among: Ids = np.sort(candidates[0])
            if mask is not None:
                among = among[mask[among]]
            scores, positions = self._scan_few(row, top_k, among)
            enough = len(scores) == top_k and gpu.sure(float(scores.min()), float(rough[0, -1]))
            if enough or count == len(self):
                return scores, positions
            count *= 4

    def _scan_few(self, row: Floats, top_k: int, among: Ids) -> tuple[Floats, Ids]:
        """As `_scan_part`, among a few positions: by the same arithmetic."""
        few = _empty(self.dimension)
        few.add_sa_codes(self._halves()[among].view(np.uint8))
        scores, places = few.search(row, min(top_k, max(1, len(among))))
        there = places[0] >= 0
        return scores[0][there], among[places[0][there]]

    def _scan(self, row: Floats, top_k: int, mask: Mask | None) -> tuple[Floats, Ids]:
        """Scores and positions of the best `top_k` (of several parts: of each). FAISS shares the
        work on several queries among the cores, but not that on one: so each core has a thread
        whose selector lets a part of the positions through; to skip the rest costs next to
        nothing where the parts are not too small."""
        parts = min(cores(), len(self) // _SPLIT)
        if parts <= 1:
            return self._scan_part(row, top_k, mask)
        if self._threads is None:
            self._threads = ThreadPoolExecutor(cores(), thread_name_prefix="scan")
        bounds = np.linspace(0, len(self), parts + 1).astype(np.int64)
        masks = [np.zeros(len(self), np.bool_) for _ in range(parts)]
        for part, start, end in zip(masks, bounds[:-1], bounds[1:], strict=True):
            part[start:end] = True if mask is None else mask[start:end]
        found = list(self._threads.map(lambda part: self._scan_part(row, top_k, part), masks))
        return np.concatenate([one for one, _ in found]), np.concatenate([two for _, two in found])

    def _scan_part(self, row: Floats, top_k: int, mask: Mask | None) -> tuple[Floats, Ids]:
        import faiss

        parameters = None
        if mask is not None:
            bitmap = np.packbits(mask, bitorder="little")  # must outlive the search: held here
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bitmap))
        scores, positions = self._index.search(row, top_k, params=parameters)
        there = positions[0] >= 0
        return scores[0][there], positions[0][there]

    def save(self) -> None:
        """Write the index beside its stamp, whole or not at all. Raises OSError where it cannot
        be written; the catalog is the truth, so nothing is lost then."""
        import faiss

        self.folder.mkdir(parents=True, exist_ok=True)
        self._path(".json").unlink(missing_ok=True)
        # Through Python's own write, so that a full disk is an OSError that says so.
        with _replacing(self._path(".faiss")) as file:
            faiss.write_index(self._index, faiss.PyCallbackIOWriter(file.write, 1 << 20))
        with _replacing(self._path(".ids")) as file:
            file.write(self.ids.tobytes())
        stamp = Stamp(
            _FORMAT,
            self.catalog_id,
            self.encoder,
            self.dimension,
            self.generation,
            len(self),
            _checksum(self.folder, self.encoder),
            _states(self.folder, self.encoder),
        )
        with _replacing(self._path(".json")) as file:
            file.write(json.dumps(asdict(stamp)).encode())

    def _load(self) -> None:
        import faiss

        stamp = read_stamp(self.folder, self.catalog_id, self.encoder)
        if stamp is None or stamp.dimension != self.dimension:
            return
        try:
            if _checksum(self.folder, self.encoder) != stamp.checksum:
                self._reject(stamp)
                return
            ids = np.fromfile(self._path(".ids"), np.int64)
            index = faiss.read_index(str(self._path(".faiss")))
        except (OSError, RuntimeError):
            return
        if index.ntotal == len(ids) == stamp.count and index.d == self.dimension:
            self._index, self.ids = index, ids
            self.generation = stamp.generation

    def _reject(self, stamp: Stamp) -> None:
        """Take away the stamp of files that are not what it says, so that the next run saves them
        anew; not one that a run has written meanwhile."""
        if read_stamp(self.folder, self.catalog_id, self.encoder) == stamp:
            with suppress(OSError):
                self._path(".json").unlink()

    def _path(self, suffix: str) -> Path:
        return _file(self.folder, self.encoder, suffix)


def read_stamp(folder: Path, catalog_id: str, encoder: str) -> Stamp | None:
    """The stamp of the index saved for this catalog and encoder; None where there is none, or
    none that can be used. Does not load FAISS."""
    try:
        stamp = Stamp(**json.loads(_file(folder, encoder, ".json").read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    fits = (stamp.format, stamp.catalog, stamp.encoder) == (_FORMAT, catalog_id, encoder)
    return stamp if fits else None


def in_step(
    folder: Path, catalog_id: str, encoder: str, source: Source, *, thorough: bool = False
) -> bool:
    """Whether the saved index is whole and holds just what its source holds. Its files are taken
    for whole where size and time are those that they were saved with; `thorough`: where every byte
    is. Does not load FAISS."""
    stamp = read_stamp(folder, catalog_id, encoder)
    if stamp is None:
        return source.count() == (0, 0)
    if source.count() != (stamp.count, stamp.generation):
        return False
    try:
        whole = _states(folder, encoder) == stamp.files
        return whole and (not thorough or _checksum(folder, encoder) == stamp.checksum)
    except OSError:
        return False


def _states(folder: Path, encoder: str) -> list[list[int]]:
    found = (_file(folder, encoder, suffix).stat() for suffix in _SUFFIXES)
    return [[each.st_size, each.st_mtime_ns] for each in found]


def _checksum(folder: Path, encoder: str) -> str:
    total = hashlib.blake2b(digest_size=16)
    for suffix in _SUFFIXES:
        with _file(folder, encoder, suffix).open("rb") as file:
            while chunk := file.read(1 << 20):
                total.update(chunk)
    return total.hexdigest()


def _file(folder: Path, encoder: str, suffix: str) -> Path:
    return folder / (re.sub(r"[^\w.-]", "_", encoder) + suffix)


def _empty(dimension: int) -> Any:
    import faiss

    return faiss.IndexScalarQuantizer(
        dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of `path` when it is whole and on the disk."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise

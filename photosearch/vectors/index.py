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
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]

_FORMAT = 1


class Source(Protocol):
    """Where the vectors are true: in the order in which they were stored (see `StoredVectors`)."""

    def count(self, generation: int | None = None) -> tuple[int, int]: ...
    def after(self, generation: int) -> Iterator[tuple[int, list[int], bytes]]: ...


@dataclass(frozen=True)
class Stamp:
    """What a saved index was made from. It holds the first `count` vectors of this encoder in
    this catalog, up to `generation`; `checksum` is BLAKE2b-128 of both files."""

    format: int
    catalog: str
    encoder: str
    dimension: int
    generation: int
    count: int
    checksum: str


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
        self._load()

    def __len__(self) -> int:
        return len(self.ids)

    def matrix(self) -> Floats:
        """All vectors, float32 (n, dimension), in the order of `ids`."""
        found: Floats = self._index.reconstruct_n(0, len(self))
        return found

    def update(self, source: Source) -> bool:
        """Bring the index in step with its source: topped up where it is still a prefix of what
        is stored, else made anew. Says whether that changed anything."""
        before = self.generation, len(self)
        count, _ = source.count(self.generation)
        if count != len(self):
            self.generation = 0
            self.ids = np.empty(0, np.int64)
            self._index = _empty(self.dimension)
        added = [self.ids]
        for generation, ids, blob in source.after(self.generation):
            vectors = np.frombuffer(blob, "<f2").reshape(len(ids), self.dimension)
            self._index.add(np.ascontiguousarray(vectors, np.float32))
            added.append(np.asarray(ids, np.int64))
            self.generation = generation
        self.ids = np.concatenate(added)
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
        import faiss

        allowed = len(self)
        parameters = None
        if without or only is not None:
            named = set(without) if only is None else set(only).difference(without)
            found = np.isin(self.ids, np.fromiter(named, np.int64, len(named)))
            mask = found if only is not None else ~found
            allowed = int(mask.sum())
            bitmap = np.packbits(mask, bitorder="little")  # must outlive the search: held here
            selector = faiss.IDSelectorBitmap(bitmap)
            parameters = faiss.SearchParameters(sel=selector)
        top_k = min(top_k, allowed)
        if top_k <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        row = np.ascontiguousarray(query, np.float32).reshape(1, self.dimension)
        scores, positions = self._index.search(row, top_k, params=parameters)
        ids, best = self.ids[positions[0]], scores[0]
        order = np.lexsort((ids, -best))
        return ids[order], best[order]

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
                return
            ids = np.fromfile(self._path(".ids"), np.int64)
            index = faiss.read_index(str(self._path(".faiss")))
        except (OSError, RuntimeError):
            return
        if index.ntotal == len(ids) == stamp.count and index.d == self.dimension:
            self._index, self.ids = index, ids
            self.generation = stamp.generation

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


def in_step(folder: Path, catalog_id: str, encoder: str, source: Source) -> bool:
    """Whether the saved index is whole and holds just what its source holds. Does not load
    FAISS."""
    stamp = read_stamp(folder, catalog_id, encoder)
    if stamp is None:
        return source.count() == (0, 0)
    if source.count() != (stamp.count, stamp.generation):
        return False
    try:
        return _checksum(folder, encoder) == stamp.checksum
    except OSError:
        return False


def _checksum(folder: Path, encoder: str) -> str:
    total = hashlib.blake2b(digest_size=16)
    for suffix in (".faiss", ".ids"):
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

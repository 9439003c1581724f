"""The vector index is exact, and a cache: whatever happens to its files, its answers are right."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photosearch.catalog.contents import photo_for_words
from photosearch.catalog.database import Catalog
from photosearch.catalog.embeddings import StoredVectors, add_vectors
from photosearch.catalog.schema import photos
from photosearch.vectors.index import VectorIndex, in_step, read_stamp

Floats = npt.NDArray[np.float32]

DIMENSION = 8


class Vectors:
    """A catalog with vectors of the encoder `tiny`, and what an index of them should find."""

    def __init__(self, folder: Path, dimension: int = DIMENSION) -> None:
        self.catalog = Catalog(folder / "catalog.sqlite")
        self.source = StoredVectors(self.catalog, "tiny")
        self.folder = folder / "vectors"
        self.dimension = dimension

    def store(self, rows: npt.ArrayLike, first: int = 0) -> list[int]:
        """Store a vector for each of the photos number `first` and on; returns their ids."""
        ids = []
        with self.catalog.write() as connection:
            for number, row in enumerate(np.asarray(rows, "<f2"), first):
                name = hashlib.blake2b(str(number).encode(), digest_size=32).digest()
                ids.append(photo_for_words(connection, name))
                add_vectors(connection, "tiny", [(ids[-1], row.tobytes())])
        return ids

    def delete(self, photo_id: int) -> None:
        """Purge a photo."""
        with self.catalog.write() as connection:
            connection.execute(photos.delete().where(photos.c.id == photo_id))

    def index(self, encoder: str = "tiny") -> VectorIndex:
        """The index as a new process would open it."""
        return VectorIndex(self.folder, self.catalog.id, encoder, self.dimension)

    def updated(self) -> VectorIndex:
        """The index as a new process would open it and bring it in step."""
        index = self.index()
        index.update(self.source)
        return index

    def saved(self) -> VectorIndex:
        """The same, and saved."""
        index = self.updated()
        index.save()
        return index

    def stored(self) -> dict[int, Floats]:
        """Every stored vector, as NumPy reads it."""
        found: dict[int, Floats] = {}
        for _, ids, blob in self.source.after(0):
            matrix = np.frombuffer(blob, "<f2").reshape(len(ids), self.dimension)
            found |= dict(zip(ids, matrix.astype(np.float32), strict=True))
        return found

    def assert_right(self, index: VectorIndex, *, tolerance: float = 0.0) -> None:
        """The index holds just what is stored, and answers as brute force over it does."""
        stored = self.stored()
        assert sorted(index.ids.tolist()) == sorted(stored) and len(index) == len(stored)
        queries = [np.arange(1, self.dimension + 1), -np.ones(self.dimension)]
        for query, top_k in itertools.product(queries, (1, 3, len(stored) + 1)):
            assert_answer(index, stored, query.astype(np.float32), top_k, (), tolerance)


def assert_answer(
    index: VectorIndex,
    stored: dict[int, Floats],
    query: Floats,
    top_k: int,
    without: Collection[int],
    tolerance: float,
) -> None:
    scores = {photo: float(row @ query) for photo, row in stored.items() if photo not in without}
    best = sorted(scores.values(), reverse=True)[:top_k]
    ids, found = index.search(query, top_k, without=without)
    assert found == pytest.approx(best, abs=tolerance)
    assert len(set(ids.tolist())) == len(ids)
    for photo_id, score in zip(ids.tolist(), found.tolist(), strict=True):
        assert scores[photo_id] == pytest.approx(score, abs=tolerance)
    order = list(zip((-found).tolist(), ids.tolist(), strict=True))
    assert order == sorted(order)  # equal scores by photo id


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[Vectors]:
    vectors = Vectors(tmp_path)
    yield vectors
    vectors.catalog.close()


class Counted(StoredVectors):
    """Stored vectors that count how many of them were asked for."""

    given = 0

    def after(self, generation: int) -> Iterator[tuple[int, list[int], bytes]]:
        for chunk in super().after(generation):
            self.given += len(chunk[1])
            yield chunk


def given_to(index: VectorIndex, vectors: Vectors) -> int:
    """How many vectors an update of the index reads."""
    counted = Counted(vectors.catalog, "tiny")
    index.update(counted)
    return counted.given


# Small whole numbers: their products and sums are exact in fp16 and fp32, whatever the order.
whole_numbers = st.lists(st.integers(-3, 3), min_size=DIMENSION, max_size=DIMENSION)


# --- answers ---


@pytest.mark.parametrize("dimension", [1, 3, 8, 31, 64, 512])
@pytest.mark.parametrize("count", [1, 2, 9, 150])
def test_an_answer_is_that_of_brute_force(tmp_path: Path, dimension: int, count: int) -> None:
    dice = np.random.default_rng(dimension * 1000 + count)
    vectors = Vectors(tmp_path, dimension)
    rows = dice.normal(size=(count, dimension))
    ids = vectors.store(rows / np.linalg.norm(rows, axis=1, keepdims=True))
    index, stored = vectors.updated(), vectors.stored()
    query = dice.normal(size=dimension).astype(np.float32)
    query /= np.linalg.norm(query)
    for without in ((), ids[:1], ids[::2], set(ids[1:]), {10**9}):
        for top_k in (1, 5, count):
            assert_answer(index, stored, query, top_k, without, 1e-5)
    vectors.catalog.close()


@settings(max_examples=30, deadline=None)
@given(
    rows=st.lists(whole_numbers, min_size=1, max_size=30),
    query=whole_numbers,
    top_k=st.integers(1, 40),
    without=st.sets(st.integers(1, 30)),
)
def test_an_answer_is_exact_with_ties_in_the_order_of_photo_ids(
    rows: list[list[int]], query: list[int], top_k: int, without: set[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        vectors = Vectors(Path(folder))
        vectors.store(rows)
        row = np.asarray(query, np.float32)
        assert_answer(vectors.updated(), vectors.stored(), row, top_k, without, 0.0)
        vectors.catalog.close()


@settings(max_examples=30, deadline=None)
@given(
    rows=st.lists(whole_numbers, min_size=3, max_size=30),
    query=whole_numbers,
    top_k=st.integers(1, 40),
    without=st.sets(st.integers(1, 30)),
)
def test_a_scan_that_is_shared_among_cores_is_exact(
    rows: list[list[int]], query: list[int], top_k: int, without: set[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as world:
        world.setattr("photosearch.vectors.index._SPLIT", 3)
        world.setattr("photosearch.vectors.index.cores", lambda: 3)
        vectors = Vectors(Path(folder))
        vectors.store(rows)
        row = np.asarray(query, np.float32)
        assert_answer(vectors.updated(), vectors.stored(), row, top_k, without, 0.0)
        vectors.catalog.close()


def test_all_alike_come_in_the_order_of_photo_ids(vectors: Vectors) -> None:
    ids = vectors.store(np.ones((20, DIMENSION)))
    vectors.store(np.ones((5, DIMENSION)))  # the first five again, stored last now
    found, _ = vectors.updated().search(np.ones(DIMENSION, np.float32), 20)
    assert found.tolist() == ids


def test_an_empty_index_finds_nothing(vectors: Vectors) -> None:
    ids, scores = vectors.updated().search(np.ones(DIMENSION, np.float32), 5)
    assert (len(ids), len(scores)) == (0, 0)


@pytest.mark.parametrize("top_k", [0, 1, 5])
def test_with_all_left_out_nothing_is_found(vectors: Vectors, top_k: int) -> None:
    ids = vectors.store(np.ones((3, DIMENSION)))
    found, _ = vectors.updated().search(np.ones(DIMENSION, np.float32), top_k, without=ids)
    assert found.tolist() == []


def test_vectors_of_another_encoder_are_not_in_it(vectors: Vectors) -> None:
    (photo_id,) = vectors.store(np.ones((1, DIMENSION)))
    with vectors.catalog.write() as connection:
        add_vectors(connection, "other", [(photo_id, np.zeros(DIMENSION, "<f2").tobytes())])
    vectors.assert_right(vectors.updated())


# --- in step with the catalog ---

steps = st.tuples(st.sampled_from(["store", "delete", "update", "save", "open"]), st.integers(0, 9))


@settings(max_examples=25, deadline=None)
@given(todo=st.lists(steps, max_size=20))
def test_whatever_happens_an_updated_index_is_right(todo: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        vectors = Vectors(Path(folder))
        index = vectors.index()
        ids: dict[int, int] = {}
        for turn, (step, number) in enumerate(todo):
            if step == "store":
                row = np.random.default_rng(turn).integers(-3, 4, (1, DIMENSION))
                (ids[number],) = vectors.store(row, first=number)
            elif step == "delete" and number in ids:
                vectors.delete(ids.pop(number))
            elif step == "update":
                index.update(vectors.source)
            elif step == "save":
                index.save()
            elif step == "open":
                index = vectors.index()
        index.update(vectors.source)
        vectors.assert_right(index)
        vectors.catalog.close()


def test_an_index_that_is_in_step_asks_for_nothing(vectors: Vectors) -> None:
    vectors.store(np.eye(DIMENSION))
    vectors.saved()
    assert given_to(vectors.index(), vectors) == 0


def test_an_index_that_is_a_prefix_is_topped_up(vectors: Vectors) -> None:
    vectors.store(np.eye(DIMENSION))
    vectors.saved()
    vectors.store(np.eye(DIMENSION)[:3], first=100)
    index = vectors.index()
    assert given_to(index, vectors) == 3
    vectors.assert_right(index)


@pytest.mark.parametrize("change", ["deleted", "replaced"])
def test_an_index_that_is_no_prefix_any_more_is_made_anew(vectors: Vectors, change: str) -> None:
    ids = vectors.store(np.eye(DIMENSION))
    vectors.saved()
    if change == "deleted":
        vectors.delete(ids[2])
    else:
        vectors.store(-np.eye(DIMENSION)[2:3], first=2)
    index = vectors.index()
    assert given_to(index, vectors) == DIMENSION - (change == "deleted")
    vectors.assert_right(index)


def test_an_update_that_was_interrupted_is_made_good(vectors: Vectors) -> None:
    vectors.store(np.eye(DIMENSION))
    index = vectors.updated()
    vectors.store(np.eye(DIMENSION), first=100)

    class Failing(StoredVectors):
        def after(self, generation: int) -> Iterator[tuple[int, list[int], bytes]]:
            yield from super().after(generation)
            raise OSError("the disk went away")

    with pytest.raises(OSError, match="went away"):
        index.update(Failing(vectors.catalog, "tiny"))
    index.update(vectors.source)
    vectors.assert_right(index)


# --- saved and loaded ---


def test_a_saved_index_is_the_same_when_loaded(vectors: Vectors) -> None:
    vectors.store(np.eye(DIMENSION))
    saved = vectors.saved()
    loaded = vectors.index()
    assert loaded.ids.tolist() == saved.ids.tolist()
    assert loaded.generation == loaded.generation == saved.generation
    vectors.assert_right(loaded)


def test_an_empty_index_can_be_saved_and_loaded(vectors: Vectors) -> None:
    vectors.saved()
    assert len(vectors.index()) == 0
    vectors.assert_right(vectors.updated())


def rewrite_stamp(vectors: Vectors, **values: object) -> None:
    (stamp,) = vectors.folder.glob("*.json")
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), **values}))


def assert_not_trusted(vectors: Vectors) -> None:
    index = vectors.index()
    assert (len(index), index.generation) == (0, 0)
    assert given_to(index, vectors) == DIMENSION
    vectors.assert_right(index)


@pytest.mark.parametrize(
    "values",
    [
        {"catalog": "0123456789abcdef"},
        {"encoder": "other"},
        {"format": 0},
        {"format": 2},
        {"dimension": DIMENSION + 1},
        {"count": DIMENSION - 1},
        {"checksum": "0" * 32},
        {"checksum": None},
        {"unknown": 1},
    ],
)
def test_a_stamp_that_does_not_fit_is_not_trusted(
    vectors: Vectors, values: dict[str, object]
) -> None:
    vectors.store(np.eye(DIMENSION))
    vectors.saved()
    rewrite_stamp(vectors, **values)
    assert_not_trusted(vectors)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null", "\xff"])
def test_a_stamp_that_is_none_is_not_trusted(vectors: Vectors, text: str) -> None:
    vectors.store(np.eye(DIMENSION))
    vectors.saved()
    (stamp,) = vectors.folder.glob("*.json")
    stamp.write_bytes(text.encode("latin-1"))
    assert read_stamp(vectors.folder, vectors.catalog.id, "tiny") is None
    assert_not_trusted(vectors)


def truncated(data: bytes) -> bytes:
    return data[:-1]


def emptied(data: bytes) -> bytes:
    return b""


def flipped_first(data: bytes) -> bytes:
    return bytes([data[0] ^ 1]) + data[1:]


def flipped_last(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def swapped_ids(data: bytes) -> bytes:
    return data[8:16] + data[:8] + data[16:]


@pytest.mark.parametrize("damage", [truncated, emptied, flipped_first, flipped_last, swapped_ids])
@pytest.mark.parametrize("suffix", [".faiss", ".ids"])
def test_a_damaged_file_is_not_trusted(
    vectors: Vectors, suffix: str, damage: Callable[[bytes], bytes]
) -> None:
    vectors.store(np.eye(DIMENSION))
    vectors.saved()
    (file,) = vectors.folder.glob(f"*{suffix}")
    file.write_bytes(damage(file.read_bytes()))
    assert_not_trusted(vectors)


@pytest.mark.parametrize("suffix", [".faiss", ".ids", ".json"])
def test_a_missing_file_is_made_good(vectors: Vectors, suffix: str) -> None:
    vectors.store(np.eye(DIMENSION))
    vectors.saved()
    (file,) = vectors.folder.glob(f"*{suffix}")
    file.unlink()
    assert_not_trusted(vectors)
    vectors.saved()
    assert given_to(vectors.index(), vectors) == 0


def test_encoders_whose_ids_make_the_same_file_name_do_not_mix(vectors: Vectors) -> None:
    ids = vectors.store(np.eye(DIMENSION))
    for number, encoder in enumerate(("a/b", "a_b")):
        with vectors.catalog.write() as connection:
            for photo_id in ids[number:]:
                add_vectors(connection, encoder, [(photo_id, np.ones(DIMENSION, "<f2").tobytes())])
    for number, encoder in [*enumerate(("a/b", "a_b"))] * 2:
        index = vectors.index(encoder)
        index.update(StoredVectors(vectors.catalog, encoder))
        assert index.ids.tolist() == ids[number:]
        index.save()


# Arguments: the folder of a catalog. Saves under a limit on the size of files, then says what came.
SAVE_ON_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from photosearch.catalog.database import Catalog
from photosearch.catalog.embeddings import StoredVectors
from photosearch.vectors.index import VectorIndex

folder = Path(sys.argv[1])
catalog = Catalog(folder / "catalog.sqlite")
index = VectorIndex(folder / "vectors", catalog.id, "tiny", int(sys.argv[2]))
index.update(StoredVectors(catalog, "tiny"))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    index.save()
except OSError as error:
    print(type(error).__name__, error.errno)
"""


@pytest.mark.parametrize("limit", [0, 100, 40_000])
def test_a_save_on_a_full_disk_is_an_error_and_leaves_nothing_half(
    tmp_path: Path, limit: int
) -> None:
    vectors = Vectors(tmp_path, 256)
    dice = np.random.default_rng(0)
    vectors.store(dice.integers(-3, 4, (20, 256)))
    before = vectors.saved().ids.tolist()
    vectors.store(dice.integers(-3, 4, (100, 256)), first=20)  # 61 kB in all
    line = [sys.executable, "-c", SAVE_ON_A_FULL_DISK, str(tmp_path), "256", str(limit)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout.split(), done.stderr) == (["OSError", "27"], "")
    left = vectors.index()
    assert left.ids.tolist() in ([], before)
    assert not list(vectors.folder.glob("*.part"))
    left.update(vectors.source)
    vectors.assert_right(left)
    left.save()
    assert given_to(vectors.index(), vectors) == 0
    vectors.catalog.close()


# --- in_step ---


def step(vectors: Vectors, *, thorough: bool = False) -> bool:
    return in_step(vectors.folder, vectors.catalog.id, "tiny", vectors.source, thorough=thorough)


def test_in_step_until_something_is_stored_or_deleted(vectors: Vectors) -> None:
    assert step(vectors)  # nothing stored, nothing saved
    ids = vectors.store(np.eye(DIMENSION))
    assert not step(vectors)
    vectors.saved()
    assert step(vectors)
    vectors.store(np.eye(DIMENSION)[:1], first=100)
    assert not step(vectors)
    vectors.saved()
    assert step(vectors)
    vectors.delete(ids[0])
    assert not step(vectors)
    vectors.saved()
    assert step(vectors)


def test_replacing_the_last_vector_is_noticed(vectors: Vectors) -> None:
    vectors.store(np.eye(DIMENSION))
    vectors.saved()
    vectors.store(-np.eye(DIMENSION)[-1:], first=DIMENSION - 1)
    assert not step(vectors)


@pytest.mark.parametrize("suffix", [".faiss", ".ids", ".json"])
def test_not_in_step_where_a_file_is_missing(vectors: Vectors, suffix: str) -> None:
    vectors.store(np.eye(DIMENSION))
    vectors.saved()
    (file,) = vectors.folder.glob(f"*{suffix}")
    file.unlink()
    assert not step(vectors)


@pytest.mark.parametrize("damage", [truncated, emptied, flipped_first, flipped_last, swapped_ids])
@pytest.mark.parametrize("suffix", [".faiss", ".ids"])
def test_not_in_step_once_a_file_was_written_to(
    vectors: Vectors, suffix: str, damage: Callable[[bytes], bytes]
) -> None:
    vectors.store(np.eye(DIMENSION))
    vectors.saved()
    (file,) = vectors.folder.glob(f"*{suffix}")
    file.write_bytes(damage(file.read_bytes()))
    assert not step(vectors)


def test_a_file_that_rots_unseen_is_told_by_who_looks_and_made_good(vectors: Vectors) -> None:
    vectors.store(np.eye(DIMENSION))
    vectors.saved()
    (file,) = vectors.folder.glob("*.faiss")
    before = file.stat()
    file.write_bytes(flipped_last(file.read_bytes()))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert step(vectors) and not step(vectors, thorough=True)
    vectors.assert_right(vectors.updated())  # a search: it loads none of it
    assert not step(vectors)  # so the next run saves it anew
    vectors.saved()
    assert step(vectors, thorough=True)


def test_the_stamp_of_another_catalog_is_not_in_step(vectors: Vectors) -> None:
    vectors.store(np.eye(DIMENSION))
    vectors.saved()
    rewrite_stamp(vectors, catalog="0123456789abcdef")
    assert not step(vectors)


def test_asking_for_the_stamp_loads_no_faiss(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from photosearch.vectors.index import read_stamp;"
        "assert read_stamp(Path(sys.argv[1]), 'c', 'e') is None; assert 'faiss' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path], timeout=60, check=True)

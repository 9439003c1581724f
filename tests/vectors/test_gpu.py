"""Candidates from a GPU: the answer is that of the CPU. There is no GPU here, so what rounds as one
(and worse) is a real index on the CPU; what only a GPU can show is in `tests/gpu`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosearch.vectors import gpu
from photosearch.vectors.gpu import ERROR, MOST, SPARE, Floats, Gpu, Ids
from photosearch.vectors.index import VectorIndex

DIMENSION = 32
COUNT = 3000
BIG = Gpu("a GPU", 80 << 30)


class Rough:
    """A copy that errs as much as it may: scores are off by up to `error`, at random."""

    def __init__(self, vectors: Floats, error: float) -> None:
        self.vectors = vectors.astype(np.float16).astype(np.float32)
        self.error = error
        self.asked: list[int] = []

    def follow(self, index: Any) -> None:
        assert index.ntotal == len(self.vectors)

    def search(self, rows: Floats, count: int) -> tuple[Floats, Ids]:
        assert count <= MOST
        self.asked.append(count)
        dice = np.random.default_rng(len(self.asked))
        scores = self.vectors @ rows[0].astype(np.float16).astype(np.float32)
        scores += dice.uniform(-self.error, self.error, len(scores)).astype(np.float32)
        best = np.argsort(-scores)[:count]
        return scores[best][None], best[None].astype(np.int64)


class Source:
    """Vectors as the catalog gives them."""

    def __init__(self, vectors: Floats) -> None:
        self.vectors = vectors.astype("<f2")

    def count(self, generation: int | None = None) -> tuple[int, int]:
        there = len(self.vectors) if generation is None else min(generation, len(self.vectors))
        return there, len(self.vectors)

    def after(self, generation: int) -> Any:
        if generation < len(self.vectors):
            ids = list(range(generation + 1, len(self.vectors) + 1))
            yield len(self.vectors), ids, self.vectors[generation:].tobytes()


def unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def many(spread: float) -> Floats:
    """Unit vectors, the nearer to each other the smaller `spread`."""
    dice = np.random.default_rng(7)
    centre = dice.standard_normal(DIMENSION, dtype=np.float32)
    noise = dice.standard_normal((COUNT, DIMENSION), dtype=np.float32)
    return unit(centre + spread * noise)


def index_of(folder: Path, vectors: Floats) -> VectorIndex:
    index = VectorIndex(folder, "catalog", "encoder", DIMENSION)
    index.update(Source(vectors))
    return index


def with_copy(index: VectorIndex, copy: Any) -> VectorIndex:
    index.use_gpu()
    index._copy = copy
    return index


@pytest.mark.parametrize("spread", [1.0, 0.05, 0.01])
@pytest.mark.parametrize("without", [(), (3, 5, 8)])
def test_the_answer_is_the_cpus_to_the_last_bit(
    tmp_path: Path, spread: float, without: tuple[int, ...]
) -> None:
    """Also where vectors are so near to each other that the GPU cannot tell them apart."""
    vectors = many(spread)
    plain = index_of(tmp_path, vectors)
    index = with_copy(index_of(tmp_path, vectors), Rough(vectors, ERROR / 2))
    for row in unit(np.random.default_rng(1).standard_normal((5, DIMENSION), dtype=np.float32)):
        for top_k in (1, 20, 100):
            expected = plain.search(row, top_k, without=without)
            found = index.search(row, top_k, without=without)
            np.testing.assert_array_equal(found[0], expected[0])
            np.testing.assert_array_equal(found[1], expected[1])


def test_few_candidates_are_asked_for_where_scores_are_apart(tmp_path: Path) -> None:
    vectors = many(1.0)
    copy = Rough(vectors, ERROR / 2)
    with_copy(index_of(tmp_path, vectors), copy).search(vectors[0], 20, without=(9,))
    assert copy.asked == [20 + 1 + SPARE]


def test_searches_with_a_selector_and_very_long_answers_stay_on_the_cpu(tmp_path: Path) -> None:
    vectors = many(1.0)
    copy = Rough(vectors, 0.0)
    index = with_copy(index_of(tmp_path, vectors), copy)
    assert set(index.search(vectors[0], 10, only=range(1, 9))[0].tolist()) == set(range(1, 9))
    assert len(index.search(vectors[0], MOST)[0]) == MOST
    assert len(index.search(vectors[0], 10, without=range(1, MOST))[0]) == 10
    assert copy.asked == []


def test_a_gpu_that_fails_is_given_up(tmp_path: Path) -> None:
    class Failing(Rough):
        def search(self, rows: Floats, count: int) -> tuple[Floats, Ids]:
            self.asked.append(count)
            raise RuntimeError("out of memory")

    vectors = many(1.0)
    copy = Failing(vectors, 0.0)
    index = with_copy(index_of(tmp_path, vectors), copy)
    assert index.search(vectors[4], 1)[0].tolist() == [5]
    assert index.search(vectors[6], 1)[0].tolist() == [7]
    assert len(copy.asked) == 1


def test_a_copy_of_what_is_no_more_is_let_go(tmp_path: Path) -> None:
    vectors = many(1.0)
    index = with_copy(index_of(tmp_path, vectors), Rough(vectors, 0.0))
    index.update(Source(vectors[:5]))
    assert index._copy is None
    index._copy = Rough(vectors[:5], 0.0)  # type: ignore[assignment]
    assert index.search(vectors[4], 5)[0][0] == 5
    index.rest()
    assert index._copy is None


def test_without_a_gpu_there_is_no_copy_and_the_same_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gpu, "find_gpu", lambda: None)
    index = index_of(tmp_path, many(1.0))
    expected = index.search(many(1.0)[3], 9)
    index.use_gpu()
    assert index.gpu_copy() is None
    np.testing.assert_array_equal(index.search(many(1.0)[3], 9), expected)


def test_what_does_not_fit_stays_on_the_cpu() -> None:
    assert "no GPU" in (gpu.why_not(10, 512, None) or "")
    assert gpu.why_not(1_000_000, 512, BIG) is None
    small = Gpu("a small GPU", 2 << 30)
    assert gpu.why_not(100_000, 512, small) is None
    assert "a small GPU" in (gpu.why_not(1_000_000, 512, small) or "")


@given(st.integers(0, 10**8), st.integers(1, 4096))
def test_a_copy_needs_at_least_its_vectors(count: int, dimension: int) -> None:
    assert gpu.needed(count, dimension) >= 2 * count * dimension
    assert gpu.needed(count + 1, dimension) > gpu.needed(count, dimension)

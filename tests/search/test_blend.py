"""The arithmetic of terms, on vectors small enough to check by hand."""

from __future__ import annotations

import numpy as np
import pytest

from photosearch.search.blend import LESS, MOST, Floats, blend
from photosearch.search.language import Either, Phrase, Term

VECTORS = {"x": [1, 0, 0], "y": [0, 1, 0], "z": [0, 0, 1], "xy": [0.6, 0.8, 0]}


def vector_of(term: Term) -> Floats:
    assert isinstance(term, Phrase)
    return np.array(VECTORS[term.words], np.float32)


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([Phrase("x")], [1, 0, 0]),
        ([Phrase("x", 3)], [1, 0, 0]),
        ([Phrase("x"), Phrase("y")], [1, 1, 0]),
        ([Phrase("x", 2), Phrase("y")], [2, 1, 0]),
        ([Phrase("x"), Phrase("y", -1)], [1, -LESS, 0]),
        # only what of 0.6 x + 0.8 y is not in x is taken away
        ([Phrase("x"), Phrase("xy", -1)], [1, -0.8 * LESS, 0]),
        ([Phrase("x"), Phrase("y"), Phrase("xy", -1)], [0.773, 0.634, 0]),
        ([Phrase("y", -2)], [0, -1, 0]),
        ([Phrase("x"), Phrase("x", -1)], [1, 0, 0]),
    ],
)
def test_one_vector(terms: list[Term | Either], expected: list[float]) -> None:
    (found,) = blend(terms, vector_of)
    wanted = np.array(expected) / np.linalg.norm(expected)
    assert found.dtype == np.float32
    assert found == pytest.approx(wanted, abs=1e-3)


def test_each_way_to_choose_has_a_vector() -> None:
    found = blend([Either((Phrase("x"), Phrase("y"))), Phrase("z")], vector_of)
    half = np.sqrt(0.5)
    assert np.allclose(found, [[half, 0, half], [0, half, half]])
    many = [Either((Phrase("x"), Phrase("y"), Phrase("z")))] * 5
    assert len(blend(many, vector_of)) == MOST

"""What a query asks of one photo."""

from __future__ import annotations

import numpy as np
import pytest

from photosearch.errors import PhotoSearchError
from photosearch.search.language import Like, Phrase, Term
from photosearch.search.parts import content_words, parts


def vector_of(term: Term) -> np.ndarray:
    name = term.words if isinstance(term, Phrase) else term.path
    dice = np.random.default_rng(sum(name.encode()))
    vector = dice.standard_normal(8).astype(np.float32)
    return vector / np.linalg.norm(vector)


def names(text: str) -> list[str]:
    return [name for name, _ in parts(text, vector_of)]


def test_the_whole_its_phrases_its_words() -> None:
    assert names("the kids at the beach") == ["the kids at the beach", "kids", "beach"]
    assert names("dog") == ["dog"]
    assert names("2:dog + a beach") == ["dog + a beach", "dog", "a beach", "beach"]
    assert names('"old barn" rating:>3 2019') == ["old barn", "old", "barn"]
    assert names("dog -snow") == ["dog"], "what is not wanted has no place"
    assert names("like:/a/b.jpg at night") == ["b.jpg + at night", "b.jpg", "at night", "night"]


def test_the_whole_is_what_is_searched_with() -> None:
    ((_, (whole,)),) = parts("dog -snow", vector_of)
    assert not np.allclose(whole, vector_of(Phrase("dog")))
    (_, either), *_ = parts("dog OR cat", vector_of)
    assert len(either) == 2
    assert vector_of(Like("x")).shape == (8,)


@pytest.mark.parametrize("text", ["", "rating:>3", "-snow", "2019"])
def test_filters_have_no_place_in_a_photo(text: str) -> None:
    with pytest.raises(PhotoSearchError, match="no words"):
        parts(text, vector_of)


def test_words_that_mean_nothing_by_themselves() -> None:
    assert content_words("The kids' toys, and a T-shirt on the beach") == [
        *("kids'", "toys", "T-shirt", "beach")
    ]

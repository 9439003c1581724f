"""An encoder that came without reference vectors learns from the user's own library what a good
match is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bench.made import made_library
from photosearch.catalog.embeddings import add_vectors
from photosearch.encoders.encoder import Encoder
from photosearch.encoders.registry import read_folder
from photosearch.library import Library
from photosearch.search.answers import Answer
from photosearch.search.blend import Floats
from photosearch.search.references import ENOUGH
from tests.conftest import draw


def kept_words(folder: Path) -> list[Path]:
    """Where the vectors of neutral words are kept."""
    return sorted((folder / "vectors").glob("prompts-*.npy"))


def relevances(answer: Answer) -> list[float | None]:
    """Of each match, best first."""
    return [match.relevance for match in answer.matches]


def test_relevance_is_told_once_the_library_is_large_enough(
    tmp_path: Path, with_encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made_library(tmp_path, ENOUGH, None, thumbnails=False)
    pictures = Encoder(read_folder(with_encoder)).encode_images([draw(n) for n in range(ENOUGH)])
    rows = [(n + 1, vector.astype("<f2").tobytes()) for n, vector in enumerate(pictures)]
    with Library(folder) as library:
        with library.catalog.write() as connection:
            add_vectors(connection, "tiny", rows[1:])
        library.warm_up()
        answer = library.search("a dog")
        assert answer.good is None and set(relevances(answer)) == {None}
        assert not kept_words(folder), "nothing is encoded that cannot be of use yet"

        with library.catalog.write() as connection:
            add_vectors(connection, "tiny", rows[:1])
        first = library.search("a dog")
        told = np.array(relevances(first), float)
        assert len(told) == 20 and (np.diff(told) <= 0).all() and 0 <= told[-1] <= told[0] <= 1
        assert first.good == (told >= 0.5).sum()
    (words,) = kept_words(folder)

    asked: list[str] = []
    encode = Encoder.encode_texts

    def counted(self: Encoder, texts: Sequence[str]) -> Floats:
        asked.extend(texts)
        return encode(self, texts)

    monkeypatch.setattr(Encoder, "encode_texts", counted)
    with Library(folder) as library:
        assert library.search("a dog") == first
    assert asked == ["a dog"], "the neutral words are encoded once"
    words.write_bytes(words.read_bytes()[:100])
    with Library(folder) as library:
        assert library.search("a dog") == first
    assert len(asked) > 200 and words.stat().st_size > 10_000, "what is not whole is made anew"

"""Whatever is typed, a library answers it or says what is wrong with it.

`PHOTOSEARCH_TEST_STRINGS` says how many texts are tried (`make soak`: 10,000).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from photosearch.errors import PhotoSearchError
from photosearch.library import Library
from tests.conftest import draw
from tests.postgres import Keeping
from tests.search.test_language import HOSTILE

STRINGS = int(os.environ.get("PHOTOSEARCH_TEST_STRINGS", "150"))


@pytest.fixture(scope="module")
def small(
    kept_in: Keeping, tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Path
) -> Iterator[Library]:
    """A library of four photos."""
    folder = tmp_path_factory.mktemp("any-text")
    for seed in range(4):
        file = folder / "album" / f"{seed}.jpg"
        file.parent.mkdir(exist_ok=True)
        draw(seed).save(file)
    with pytest.MonkeyPatch.context() as world:
        world.setenv("PHOTOSEARCH_ENCODERS", str(tiny_encoder))
        with Library(kept_in(folder / "library")) as library:
            list(library.index([folder / "album"]))
            library.warm_up()
            yield library


@settings(
    max_examples=STRINGS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=HOSTILE)
@pytest.mark.usefixtures("with_encoder")
def test_any_text_is_answered_or_refused_with_a_reason(small: Library, text: str) -> None:
    for ask in (small.search, small.search_names):
        try:
            answer = ask(text, 5)
        except PhotoSearchError as error:
            assert error.code in {"empty-query", "not-found", "is-folder", "undecodable"}
            assert error.what and "\n" not in error.what
        else:
            assert len(answer.matches) <= 5
            assert all(m.start <= m.end <= len(text) for m in answer.mistakes)
    for query in small.suggest(text, len(text)).queries:
        assert query != text

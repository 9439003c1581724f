"""A library that was indexed once, and a copy of it for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from photosearch.library import Library
from tests.conftest import draw

PHOTOS = 60


@pytest.fixture(scope="session")
def indexed(
    tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Path, resources_without_encoders: Path
) -> Path:
    """The folder of a library with PHOTOS photos and their vectors (and of their album, beside)."""
    folder = tmp_path_factory.mktemp("indexed")
    for number in range(PHOTOS):
        file = folder / "album" / f"{number:02}.jpg"
        file.parent.mkdir(exist_ok=True)
        draw(number, (120, 90)).save(file)
    with pytest.MonkeyPatch.context() as world:
        world.setenv("PHOTOSEARCH_ENCODERS", str(tiny_encoder))
        world.setenv("PHOTOSEARCH_RESOURCES", str(resources_without_encoders))
        with Library(folder / "library") as library:
            for _ in library.index([folder / "album"]):
                pass
            assert library.digest().vector_count == PHOTOS
    return folder / "library"


@pytest.fixture
def library(indexed: Path, with_encoder: Path, tmp_path: Path) -> Iterator[Path]:
    """The folder of a library of its own, indexed; the encoder is found."""
    copy = tmp_path / "library"
    shutil.copytree(indexed, copy)
    yield copy


@pytest.fixture
def photo_ids(library: Path) -> list[int]:
    """The ids of its photos."""
    with Library(library) as opened:
        return opened.photos()

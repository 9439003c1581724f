"""The features stage: the trunk's pooled features are kept for every photo, whichever encoder makes
the vectors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photosearch.catalog.embeddings import StoredVectors, vector_of
from photosearch.encoders.classifiers import load_classifiers
from photosearch.encoders.encoder import Encoder
from photosearch.encoders.registry import read_folder
from photosearch.errors import PhotoSearchError
from photosearch.library import Library
from photosearch.media.read import read_photo
from photosearch.progress import Done

FEATURES = "believer:features"


@pytest.fixture
def library(tmp_path: Path, children_end: None) -> Iterator[Library]:
    with Library(tmp_path / "library") as opened:
        yield opened


def index(library: Library, *folders: Path) -> Done:
    events = list(library.index(list(folders)))
    assert isinstance(events[-1], Done)
    return events[-1]


def rows(library: Library) -> dict[str, list[tuple[int, int]]]:
    """By the name of the rows: which photos, and each row's generation."""
    with library.catalog.read() as connection:
        found = connection.exec_driver_sql("SELECT encoder, photo_id, seq FROM vectors").all()
    made: dict[str, list[tuple[int, int]]] = {}
    for encoder, photo_id, seq in sorted(tuple(row) for row in found):
        made.setdefault(encoder, []).append((photo_id, seq))
    return made


def use(monkeypatch: pytest.MonkeyPatch, *encoders: Path) -> None:
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", os.pathsep.join(map(str, encoders)))


def test_one_pass_gives_vector_and_features(
    library: Library, album: Path, believer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, believer)
    index(library, album)
    before = library.digest()
    assert {name: len(found) for name, found in rows(library).items()} == {
        "believer": 6,
        FEATURES: 6,
    }
    photo = album / "winter" / "0.jpg"
    reading = read_photo(os.fsencode(photo), 256, 10**8, 10**8)
    assert reading.picture is not None
    view = Image.frombytes("RGB", reading.picture.view_size, reading.picture.view)
    _, expected = Encoder(read_folder(believer)).encode_with_features([view])
    assert expected is not None
    with library.catalog.read() as connection:
        photo_id = connection.exec_driver_sql(
            "SELECT id FROM photos WHERE hash = ?", (reading.content,)
        ).scalar_one()
        stored = vector_of(connection, FEATURES, photo_id)
    assert stored is not None
    np.testing.assert_allclose(np.frombuffer(stored, "<f2"), expected[0], rtol=0.01, atol=0.01)
    index(library)
    assert library.digest() == before


def test_another_encoder_leaves_the_features_to_the_trunk(
    library: Library,
    album: Path,
    believer: Path,
    tiny_encoder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use(monkeypatch, tiny_encoder, believer)
    index(library, album)
    assert {name: len(found) for name, found in rows(library).items()} == {"tiny": 6, FEATURES: 6}
    ((_, ids, blob),) = StoredVectors(library.catalog, FEATURES).after(0)
    (classifier,) = load_classifiers(read_folder(believer))
    stored = np.frombuffer(blob, "<f2").reshape(len(ids), -1)
    assert classifier.probabilities(stored).shape == (6, len(classifier.classes))


def test_a_library_without_features_is_filled_and_keeps_its_vectors(
    library: Library,
    album: Path,
    believer: Path,
    tiny_encoder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library.switch_stage("features", False)
    use(monkeypatch, believer)
    index(library, album)
    vectors = rows(library)["believer"]
    assert FEATURES not in rows(library)
    library.switch_stage("features", True)
    done = index(library)
    assert (done.new, done.failed) == (0, 0)
    assert rows(library)["believer"] == vectors and len(rows(library)[FEATURES]) == 6
    before = rows(library)
    use(monkeypatch, tiny_encoder, believer)  # another encoder later: the features stay
    index(library)
    after = rows(library)
    assert len(after.pop("tiny")) == 6 and after == before


def test_stages_are_switched_off_one_by_one(
    library: Library, album: Path, believer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, believer)
    for name in ("vector", "metadata", "thumbnail"):
        library.switch_stage(name, False)
    done = index(library, album)
    assert (done.new, done.failed) == (6, 0)
    assert list(rows(library)) == [FEATURES]
    assert not list((library.folder / "thumbnails").rglob("*.jpg"))
    for name in ("vector", "metadata", "thumbnail"):
        library.switch_stage(name, True)
    features = rows(library)[FEATURES]
    index(library)
    assert rows(library)[FEATURES] == features and len(rows(library)["believer"]) == 6
    assert len(list((library.folder / "thumbnails").rglob("*.jpg"))) == 6
    assert index(library).new == 0
    with pytest.raises(PhotoSearchError, match="content") as caught:
        library.switch_stage("content", False)
    assert caught.value.code == "unknown-stage"


def test_photos_that_are_gone_are_compared_with_nothing(
    library: Library, album: Path, believer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, believer)
    index(library, album)
    photo = album / "winter" / "0.jpg"
    with Image.open(photo) as picture:
        picture.save(album / "again.jpg", quality=60)
    (album / "again.jpg").replace(photo)  # very like the one whose place it takes
    done = index(library)
    assert (done.new, done.failed) == (1, 0)

"""Searching a real, small library: order, what is hidden, and the reasons given."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file, save_file

from photosearch.catalog import schema
from photosearch.catalog.embeddings import StoredVectors
from photosearch.doctor import examine
from photosearch.encoders.registry import CARD, WEIGHTS
from photosearch.errors import PhotoSearchError
from photosearch.library import Library
from tests.conftest import draw, draw_album
from tests.postgres import Keeping


@pytest.fixture(scope="module")
def indexed(
    kept_in: Keeping,
    tmp_path_factory: pytest.TempPathFactory,
    tiny_encoder: Path,
    resources_without_encoders: Path,
) -> Path:
    """A folder with an album of six photos and its library."""
    folder = tmp_path_factory.mktemp("indexed")
    draw_album(folder / "album")
    with pytest.MonkeyPatch.context() as world:
        world.setenv("PHOTOSEARCH_DATA", str(folder / "data"))
        world.setenv("PHOTOSEARCH_RESOURCES", str(resources_without_encoders))
        world.setenv("PHOTOSEARCH_ENCODERS", str(tiny_encoder))
        with Library(kept_in(folder / "library")) as library:
            list(library.index([folder / "album"]))
    return folder


@pytest.fixture
def album(indexed: Path, tmp_path: Path) -> Path:
    shutil.copytree(indexed / "album", tmp_path / "album")
    return tmp_path / "album"


@pytest.fixture
def library(
    kept_in: Keeping, indexed: Path, album: Path, tmp_path: Path, with_encoder: Path
) -> Iterator[Library]:
    with Library(kept_in.copy(indexed / "library", tmp_path / "library")) as copied:
        copied.relocate_root(indexed / "album", album)
        yield copied


def test_scores_are_the_cosines_of_the_vectors(library: Library) -> None:
    searcher = library._answers.searcher()
    query = library._answers.encoder().encode_texts(["a red ball"])[0]
    for match in library.search("a red ball", 10).matches:
        vector = searcher.vector_of(match.photo_id)
        assert vector is not None
        assert match.score == pytest.approx(float(np.dot(vector, query)), abs=2e-3)


def test_a_gpu_serves_who_searched_before_all_was_loaded_too(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.search("a red circle")
    asked: list[object] = []

    def use_gpu(index: object) -> None:
        asked.append(index)

    monkeypatch.setattr(type(library._answers.searcher().index), "use_gpu", use_gpu)
    library.warm_up()
    assert asked == [library._answers.searcher().index]


def test_a_photo_in_no_library_finds_its_likes(library: Library, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jpg"
    draw(4).save(copy, quality=70)
    best = library.similar([copy], 1)[0]
    assert Path(best.path).name == "4.jpg" and (best.score or 0) > 0.99
    assert best.reasons == ("looks like copy.jpg",)


def test_an_exact_copy_elsewhere_leaves_its_photo_out(library: Library, tmp_path: Path) -> None:
    original = Path(library.search("anything", 1).matches[0].path)
    copy = tmp_path / "copy.jpg"
    shutil.copy(original, copy)
    assert str(original) not in [match.path for match in library.similar([copy], 10)]


def test_removed_folders_and_missing_photos_are_not_shown(library: Library, album: Path) -> None:
    gone = album / "winter" / "0.jpg"
    gone.unlink()
    list(library.index())
    assert len(library.search("anything", 10).matches) == 5
    library.remove_root(album)
    assert library.search("anything", 10).matches == ()
    library.undo()
    assert len(library.search("anything", 10).matches) == 5


def test_tags_and_file_names_are_reasons_too(library: Library, album: Path) -> None:
    shutil.copy(album / "winter" / "0.jpg", album / "IMG_sledge_0042.jpg")
    (album / "winter" / "0.jpg").unlink()
    list(library.index())
    library.tag(album / "IMG_sledge_0042.jpg", "the kids")
    reasons = {Path(m.path).name: m.reasons for m in library.search("kids on a sledge", 10).matches}
    assert reasons["IMG_sledge_0042.jpg"] == (
        "looks like “kids on a sledge”",
        "tagged “the kids”",
        "file name has “sledge”",
    )
    assert reasons["1.jpg"] == ("looks like “kids on a sledge”",)


def test_photos_of_another_process_are_found_at_once(library: Library, album: Path) -> None:
    assert len(library.search("anything", 99).matches) == 6
    draw(77).save(album / "new.jpg")
    with Library(library.folder) as other:
        list(other.index())
    assert len(library.search("anything", 99).matches) == 7


def test_a_library_without_photos_says_so(
    kept_in: Keeping, tmp_path: Path, with_encoder: Path
) -> None:
    with (
        Library(kept_in(tmp_path / "empty", lent=True)) as library,
        pytest.raises(PhotoSearchError, match="photosearch index FOLDER"),
    ):
        library.search("a cat")


def test_the_encoder_before_answers_while_another_one_fills(
    library: Library, tiny_encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "second"
    shutil.copytree(tiny_encoder, second)
    (second / "encoder.json").write_text('{"id": "second"}')
    weights = load_file(second / "open_clip_model.safetensors")
    weights["text_projection"] = -weights["text_projection"]  # it says the opposite
    save_file(weights, second / "open_clip_model.safetensors")
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", f"{tiny_encoder}:{second}")

    def scores() -> dict[int, float]:
        return {each.photo_id: each.score or 0 for each in library.search("anything", 99).matches}

    before = scores()
    library.use_encoder("second")
    assert scores() == before
    monkeypatch.setenv("PHOTOSEARCH_ENCODE_BATCH", "1")
    with Library(library.folder) as other:
        for _ in other.index():  # until it is cut off in the middle of the filling
            if StoredVectors(other.catalog, "second").count()[0] > 0:
                break
    assert scores() == before
    draw(78).save(tmp_path / "album" / "new.jpg")
    list(library.index())
    after = scores()
    assert len(after) == 7 and library.digest().vector_count == 6 + 7, "both are kept"
    for photo_id, score in before.items():
        assert after[photo_id] == pytest.approx(-score, abs=2e-3)
    library.use_encoder("tiny")
    assert scores() == after, "the new photo is not known to it yet"
    list(library.index())
    assert before.items() <= scores().items() and len(scores()) == 7
    library.use_encoder("second")
    assert scores() == after, "it is full: nothing to wait for"
    with pytest.raises(PhotoSearchError, match="no-such is not here"):
        library.use_encoder("no-such")


def test_an_encoder_in_the_place_of_another_goes_on_with_its_vectors(
    library: Library, tiny_encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.use_encoder("tiny")
    kept, before = stored_vectors(library), library.search("a red ball", 10)
    heir = tmp_path / "heir"
    shutil.copytree(tiny_encoder, heir)
    weights = load_file(heir / WEIGHTS)
    weights["text_projection"] = weights["text_projection"].flip(0)
    save_file(weights, heir / WEIGHTS)
    (heir / CARD).write_text('{"id": "heir", "vectors_of": "tiny"}')
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", str(heir))
    with Library(library.folder) as later:
        found = later.search("a red ball", 10)
        assert found.matches != before.matches
        query = later._answers.encoder().encode_texts(["a red ball"])[0]
        for match in found.matches:
            vector = later._answers.searcher().vector_of(match.photo_id)
            assert vector is not None
            assert match.score == pytest.approx(float(np.dot(vector, query)), abs=2e-3)
        assert not [event for event in later.index() if getattr(event, "stage", "") == "encode"]
        assert stored_vectors(later) == kept
        health = {each.name: each.text for each in examine(later)}
        assert health["vector index"] == "in step with the catalog, 6 vectors"
        used = later.encoder_folder()
        assert used is not None
        assert used.id == later.use_encoder("tiny").id == later.catalog.setting("encoder") == "heir"


def stored_vectors(library: Library) -> list[tuple[object, ...]]:
    with library.catalog.read() as connection:
        return [tuple(row) for row in connection.execute(schema.vectors.select())]

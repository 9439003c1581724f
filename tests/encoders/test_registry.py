"""Which encoders are found, in which order, and what is said of those that are broken."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from photosearch.encoders.registry import (
    CARD,
    CONFIG,
    WEIGHTS,
    broken_encoders,
    features_name,
    find_encoder,
    installed_encoders,
    no_encoder,
    read_folder,
    vectors_name,
)
from photosearch.errors import PhotoSearchError

CONFIG_OF_A_MODEL: dict[str, Any] = {
    "model_cfg": {"embed_dim": 32, "vision_cfg": {"image_size": 224}, "text_cfg": {}},
    "preprocess_cfg": {"mean": [0, 0, 0]},
}


def put_encoder(folder: Path, card: object = None, config: object = None) -> Path:
    """A folder that looks like an encoder; nothing here loads it."""
    folder.mkdir(parents=True)
    (folder / CONFIG).write_text(json.dumps(config or CONFIG_OF_A_MODEL))
    (folder / WEIGHTS).touch()
    if card is not None:
        (folder / CARD).write_text(json.dumps(card))
    return folder


def name_folders(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", os.pathsep.join(map(str, folders)))


def ids() -> list[str]:
    return [encoder.id for encoder in installed_encoders()]


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    return tmp_path / "data" / "encoders"


# --- finding


def test_without_any_folder_there_is_no_encoder() -> None:
    assert installed_encoders() == []
    assert broken_encoders() == []
    assert find_encoder(None) is None


def test_a_folder_of_folders_gives_all_in_it_by_name(downloads: Path) -> None:
    for name in ("b", "a", "c"):
        put_encoder(downloads / name)
    (downloads / "readme.txt").touch()
    (downloads / "no encoder").mkdir()
    assert ids() == ["a", "b", "c"]
    assert broken_encoders() == []


def test_a_named_folder_is_an_encoder_or_holds_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    itself = put_encoder(tmp_path / "itself")
    put_encoder(tmp_path / "many" / "one")
    put_encoder(tmp_path / "many" / "two")
    name_folders(monkeypatch, itself, tmp_path / "many")
    assert ids() == ["itself", "one", "two"]


def test_named_folders_go_before_those_that_ship_and_those_before_the_downloads(
    tmp_path: Path, downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_encoder(downloads / "downloaded")
    shipped = put_encoder(tmp_path / "resources" / "encoders" / "shipped").parent.parent
    monkeypatch.setenv("PHOTOSEARCH_RESOURCES", str(shipped))
    name_folders(monkeypatch, put_encoder(tmp_path / "named"))
    assert ids() == ["named", "shipped", "downloaded"]
    first = find_encoder(None)
    assert first is not None
    assert first.id == "named"


def test_of_two_with_one_id_the_first_found_counts(
    tmp_path: Path, downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_encoder(downloads / "copy", {"id": "same"})
    named = put_encoder(tmp_path / "named", {"id": "same"})
    name_folders(monkeypatch, named)
    assert [encoder.path for encoder in installed_encoders()] == [named]


def test_an_encoder_is_found_by_its_id(downloads: Path) -> None:
    put_encoder(downloads / "a", {"id": "one"})
    put_encoder(downloads / "b", {"id": "two"})
    found = find_encoder("two")
    assert found is not None
    assert found.path == downloads / "b"
    assert find_encoder("three") is None


def test_an_encoder_is_found_by_the_id_whose_vectors_it_has(downloads: Path) -> None:
    put_encoder(downloads / "a", {"id": "second", "vectors_of": "first"})
    for asked in (None, "first", "second"):
        found = find_encoder(asked)
        assert found is not None
        assert (found.id, vectors_name(found)) == ("second", "first")
        assert features_name(found) == "first:features"
    put_encoder(downloads / "b", {"id": "first"})
    found = find_encoder("first")
    assert found is not None
    assert found.id == "first"


def test_named_folders_that_are_not_there_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.touch()
    put_encoder(tmp_path / "good")
    name_folders(monkeypatch, tmp_path / "gone", file, tmp_path / "good")
    assert ids() == ["good"]


def test_a_name_that_the_system_refuses_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_encoder(tmp_path / "good")
    name_folders(monkeypatch, Path("x" * 300), tmp_path / "good")
    assert ids() == ["good"]


# --- what a folder says


def test_the_card_is_read(tmp_path: Path) -> None:
    card = {
        "id": "pocket",
        "name": "Pocket",
        "licence": "MIT",
        "languages": ["en", "de"],
        "templates": ["{}", "a photo of {}"],
    }
    encoder = read_folder(put_encoder(tmp_path / "folder", card))
    assert (encoder.id, encoder.name, encoder.licence) == ("pocket", "Pocket", "MIT")
    assert encoder.languages == ("en", "de")
    assert encoder.templates == ("{}", "a photo of {}")
    assert encoder.path == tmp_path / "folder"


def test_the_card_is_optional(tmp_path: Path) -> None:
    encoder = read_folder(put_encoder(tmp_path / "folder"))
    assert (encoder.id, encoder.name, encoder.licence) == ("folder", "folder", "not stated")
    assert (encoder.languages, encoder.templates) == (("en",), ("{}",))


@pytest.mark.parametrize(
    ("model_side", "preprocess", "side"),
    [
        (224, {}, 224),
        (224, {"size": 336}, 336),
        (224, {"size": [240, 320]}, 320),
        ([240, 320], {}, 320),
    ],
)
def test_the_side_is_that_of_the_preprocessing_or_else_of_the_tower(
    tmp_path: Path, model_side: object, preprocess: dict[str, Any], side: int
) -> None:
    model = {"embed_dim": 48, "vision_cfg": {"image_size": model_side}}
    config = {"model_cfg": model, "preprocess_cfg": preprocess}
    encoder = read_folder(put_encoder(tmp_path / "folder", config=config))
    assert (encoder.dimension, encoder.image_side) == (48, side)


# --- broken ones

VISION = {"image_size": 224}
BROKEN_CONFIGS = {
    "no JSON": "{",
    "a list": "[]",
    "no model": "{}",
    "no vectors": json.dumps({"model_cfg": {"vision_cfg": VISION}}),
    "vectors of words": json.dumps({"model_cfg": {"embed_dim": "x", "vision_cfg": VISION}}),
    "preprocessing of nothing": json.dumps(
        {"model_cfg": {"embed_dim": 3, "vision_cfg": VISION}, "preprocess_cfg": None}
    ),
    "a side of nothing": json.dumps(
        {"model_cfg": {"embed_dim": 3, "vision_cfg": VISION}, "preprocess_cfg": {"size": []}}
        | {"model_cfg": {"embed_dim": 3, "vision_cfg": {"image_size": []}}}
    ),
}
BROKEN_CARDS = {
    "no JSON": "{",
    "a list": "[1]",
    "languages of a number": '{"languages": 5}',
    "templates of one text": '{"templates": "a photo of {}"}',
    "no templates": '{"templates": []}',
    "templates of numbers": '{"templates": [1]}',
    "a template without a place for the words": '{"templates": ["a photo"]}',
}


def code_of(folder: Path) -> str:
    with pytest.raises(PhotoSearchError) as caught:
        read_folder(folder)
    assert str(caught.value).isprintable()
    assert str(folder) in caught.value.what
    return caught.value.code


@pytest.mark.parametrize("kind", BROKEN_CONFIGS)
def test_a_malformed_config_is_an_error(tmp_path: Path, kind: str) -> None:
    folder = put_encoder(tmp_path / "folder")
    (folder / CONFIG).write_text(BROKEN_CONFIGS[kind])
    assert code_of(folder) == "broken-encoder"


@pytest.mark.parametrize("kind", BROKEN_CARDS)
def test_a_malformed_card_is_an_error(tmp_path: Path, kind: str) -> None:
    folder = put_encoder(tmp_path / "folder")
    (folder / CARD).write_text(BROKEN_CARDS[kind])
    assert code_of(folder) == "broken-encoder"


@pytest.mark.parametrize("name", [CONFIG, WEIGHTS])
def test_a_folder_without_its_files_is_an_error(tmp_path: Path, name: str) -> None:
    folder = put_encoder(tmp_path / "folder")
    (folder / name).unlink()
    assert code_of(folder) == "broken-encoder"


def test_config_that_is_not_text_is_an_error(tmp_path: Path) -> None:
    folder = put_encoder(tmp_path / "folder")
    (folder / CONFIG).write_bytes(b"\xff\xfe")
    assert code_of(folder) == "broken-encoder"


def test_broken_ones_are_left_out_and_named(downloads: Path) -> None:
    put_encoder(downloads / "good")
    (put_encoder(downloads / "bad") / WEIGHTS).unlink()
    assert ids() == ["good"]
    (line,) = broken_encoders()
    assert str(downloads / "bad") in line
    assert WEIGHTS in line


def test_the_name_of_a_broken_folder_cannot_break_the_line(downloads: Path) -> None:
    (put_encoder(downloads / "two\nlines \x1b[31m") / CONFIG).write_text("{")
    (line,) = broken_encoders()
    assert line.isprintable()


# --- none at all


def test_the_error_says_how_to_get_an_encoder() -> None:
    error = no_encoder()
    assert error.code == "no-encoder"
    assert "photosearch models download" in error.todo
    assert "rare" in no_encoder("rare").what

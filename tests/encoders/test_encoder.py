"""A loaded encoder: a small CLIP of a real architecture, against open_clip used by hand."""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import open_clip
import pytest
import torch
from PIL import Image

from photosearch.encoders.encoder import Encoder
from photosearch.encoders.registry import CARD, CONFIG, WEIGHTS, read_folder
from photosearch.encoders.tower import Device, choose_device
from photosearch.errors import PhotoSearchError
from tests.conftest import draw

CPU = Device("cpu", "a test")
PICTURES = [draw(seed, size) for seed, size in enumerate([(240, 180), (64, 64), (30, 500), (9, 9)])]
TEXTS = ["a cat", "", "ein Café 日本語 🏖", "word " * 500]

Floats = npt.NDArray[np.float32]


@pytest.fixture(scope="module")
def encoder(tiny_encoder: Path) -> Encoder:
    return Encoder(read_folder(tiny_encoder), CPU)


@pytest.fixture
def changed(tiny_encoder: Path, tmp_path: Path) -> Callable[..., Path]:
    """A copy of the tiny encoder whose config or card says something else."""

    def change(
        model: dict[str, Any] | None = None, card: dict[str, Any] | None = None, **preprocess: Any
    ) -> Path:
        folder = tmp_path / "changed"
        shutil.copytree(tiny_encoder, folder)
        config = json.loads((folder / CONFIG).read_text())
        for part, values in (model or {}).items():
            config["model_cfg"][part] |= values
        config["preprocess_cfg"] |= preprocess
        (folder / CONFIG).write_text(json.dumps(config))
        if card is not None:
            (folder / CARD).write_text(json.dumps(card))
        return folder

    return change


def by_hand(folder: Path, pictures: list[Image.Image]) -> Floats:
    """What open_clip alone makes of pictures, with the folder's own preprocessing."""
    model, preprocess = open_clip.create_model_from_pretrained(f"local-dir:{folder}", device="cpu")
    model.eval()
    with torch.no_grad():
        rows = [
            model.encode_image(preprocess(picture)[None], normalize=True) for picture in pictures
        ]
    made: Floats = torch.cat(rows).numpy()
    return made


def cosines(one: Floats, other: Floats) -> Floats:
    assert one.shape == other.shape
    product: Floats = (one * other).sum(axis=1)
    return product


# --- pictures


def test_vectors_of_pictures_are_those_of_open_clip(encoder: Encoder, tiny_encoder: Path) -> None:
    made = encoder.encode_images(PICTURES)
    assert np.abs(made - by_hand(tiny_encoder, PICTURES)).max() < 1e-5


def test_the_preprocessing_is_what_the_folder_states(encoder: Encoder, tiny_encoder: Path) -> None:
    """Worked out here from the words of the config: squash to 64, bicubic, mean and std 0.5."""
    squashed = PICTURES[0].resize((64, 64), Image.Resampling.BICUBIC)
    samples = (np.asarray(squashed, np.float32) / 255 - 0.5) / 0.5
    model, _ = open_clip.create_model_from_pretrained(f"local-dir:{tiny_encoder}", device="cpu")
    with torch.no_grad():
        batch = torch.from_numpy(samples).permute(2, 0, 1)[None]
        expected = model.eval().encode_image(batch, normalize=True).numpy()
    assert np.abs(encoder.encode_images(PICTURES[:1]) - expected).max() < 1e-5


def test_pictures_are_made_ready_as_bytes_and_normalised_together(encoder: Encoder) -> None:
    """A quarter of the memory on the way to the model, one pass instead of one for each picture."""
    assert encoder.prepare(PICTURES).dtype == torch.uint8


def test_other_preprocessing_makes_other_vectors(
    encoder: Encoder, changed: Callable[..., Path]
) -> None:
    folder = changed(mean=[0.2, 0.3, 0.4], resize_mode="longest", interpolation="bilinear")
    made = Encoder(read_folder(folder), CPU).encode_images(PICTURES)
    assert np.abs(made - by_hand(folder, PICTURES)).max() < 1e-5
    assert cosines(made, encoder.encode_images(PICTURES)).max() < 0.9999


def test_vectors_of_pictures_are_unit_float32(encoder: Encoder) -> None:
    made = encoder.encode_images(PICTURES)
    assert made.shape == (len(PICTURES), encoder.folder.dimension)
    assert made.dtype == np.float32
    assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-6)


def test_no_pictures_make_no_vectors(encoder: Encoder) -> None:
    made = encoder.encode_images([])
    assert made.shape == (0, encoder.folder.dimension)
    assert made.dtype == np.float32


def test_a_vector_does_not_depend_on_its_batch(encoder: Encoder) -> None:
    pictures = [draw(seed) for seed in range(9)]
    together = encoder.encode_images(pictures)
    alone = np.concatenate([encoder.encode_images([picture]) for picture in pictures])
    turned = encoder.encode_images(pictures[::-1])[::-1]
    assert cosines(together, alone).min() > 0.9999
    assert cosines(together, turned).min() > 0.9999


def test_a_view_is_encoded_like_its_picture(encoder: Encoder) -> None:
    picture = PICTURES[0]
    made = encoder.encode_view(picture.size, picture.tobytes())
    assert made.shape == (encoder.folder.dimension,)
    assert np.array_equal(made, encoder.encode_images([picture])[0])


def test_nothing_is_left_to_chance(encoder: Encoder, changed: Callable[..., Path]) -> None:
    """A model that drops patches while it is trained drops none here."""
    folder = changed(model={"vision_cfg": {"patch_dropout": 0.5}})
    dropping = Encoder(read_folder(folder), CPU)
    expected = encoder.encode_images(PICTURES)
    for _ in range(3):
        assert np.abs(dropping.encode_images(PICTURES) - expected).max() < 1e-5


# --- words


def words_by_hand(folder: Path) -> Floats:
    """What open_clip alone makes of TEXTS."""
    model, _ = open_clip.create_model_from_pretrained(f"local-dir:{folder}", device="cpu")
    tokens = open_clip.get_tokenizer(f"local-dir:{folder}")(TEXTS)
    with torch.no_grad():
        made: Floats = model.eval().encode_text(tokens, normalize=True).numpy()
    return made


@pytest.mark.parametrize("text_cfg", [{}, {"no_causal_mask": True}, {"pool_type": "last"}])
def test_vectors_of_words_are_those_of_open_clip(
    changed: Callable[..., Path], text_cfg: dict[str, Any]
) -> None:
    """Together with a long text, and alone, where a causal tower reads no padding."""
    folder = changed(model={"text_cfg": text_cfg})
    expected = words_by_hand(folder)
    encoder = Encoder(read_folder(folder), CPU)
    alone = np.concatenate([encoder.encode_texts([text]) for text in TEXTS])
    assert np.abs(encoder.encode_texts(TEXTS) - expected).max() < 1e-5
    assert np.abs(alone - expected).max() < 1e-5


def test_a_causal_tower_reads_no_padding(encoder: Encoder) -> None:
    lengths = []
    with encoder._model.ln_final.register_forward_hook(
        lambda _module, _inputs, out: lengths.append(out.shape[1])
    ):
        encoder.encode_texts(["a cat"])
        encoder.encode_texts(["a cat", "word " * 500])
    assert lengths == [8, encoder._model.context_length]


def test_vectors_of_words_are_unit_float32(encoder: Encoder) -> None:
    made = encoder.encode_texts(TEXTS)
    assert made.shape == (len(TEXTS), encoder.folder.dimension)
    assert made.dtype == np.float32
    assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-6)


def test_no_words_make_no_vectors(encoder: Encoder) -> None:
    made = encoder.encode_texts([])
    assert made.shape == (0, encoder.folder.dimension)
    assert made.dtype == np.float32


def test_words_are_the_mean_of_their_prompts(
    encoder: Encoder, changed: Callable[..., Path]
) -> None:
    folder = changed(card={"templates": ["a photo of {}", "{} at night, {}"]})
    made = Encoder(read_folder(folder), CPU).encode_texts(["a cat", "{}"])
    total = encoder.encode_texts(["a photo of a cat", "a photo of {}"])
    total = total + encoder.encode_texts(["a cat at night, a cat", "{} at night, {}"])
    expected = total / np.linalg.norm(total, axis=1, keepdims=True)
    assert np.abs(made - expected).max() < 1e-5


# --- loading


def broken(folder: Path) -> PhotoSearchError:
    with pytest.raises(PhotoSearchError) as caught:
        Encoder(read_folder(folder), CPU)
    assert caught.value.code == "broken-encoder"
    assert str(caught.value).isprintable()
    assert str(folder) in caught.value.what
    return caught.value


def test_truncated_weights_are_an_error(changed: Callable[..., Path]) -> None:
    folder = changed()
    os.truncate(folder / WEIGHTS, (folder / WEIGHTS).stat().st_size // 2)
    broken(folder)


def test_weights_that_are_none_are_an_error(changed: Callable[..., Path]) -> None:
    folder = changed()
    (folder / WEIGHTS).write_bytes(b"no weights\n" * 100)
    broken(folder)


def test_weights_of_another_model_are_an_error(changed: Callable[..., Path]) -> None:
    broken(changed(model={"vision_cfg": {"width": 128}}))


def test_weights_of_a_part_of_the_model_are_an_error(changed: Callable[..., Path]) -> None:
    broken(changed(model={"vision_cfg": {"layers": 3}}))


def test_a_config_that_open_clip_does_not_know_is_an_error(changed: Callable[..., Path]) -> None:
    broken(changed(model={"vision_cfg": {"no_such_part": True}}))


def test_nothing_is_asked_of_the_network(
    tiny_encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: asked.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *address, **_: asked.append(address))
    made = Encoder(read_folder(tiny_encoder), CPU)
    made.encode_images(PICTURES[:1])
    made.encode_texts(["a cat"])
    assert asked == []
    assert os.environ["HF_HUB_OFFLINE"] == "1"


def test_the_device_is_one_that_is_there_and_says_why() -> None:
    device = choose_device()
    assert device.why
    assert torch.zeros(1, device=device.name).sum() == 0

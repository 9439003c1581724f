"""Beliefs, on a small convolutional tower of timm with random weights."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import open_clip
import pytest
import torch

from photosearch.encoders.beliefs import load_beliefs, pooled_features
from photosearch.encoders.encoder import Encoder
from photosearch.encoders.registry import read_folder
from photosearch.encoders.tower import Device
from photosearch.errors import PhotoSearchError
from tests.believer import write_card
from tests.conftest import draw

CPU = Device("cpu", "a test")


@pytest.fixture
def folder(believer: Path, tmp_path: Path) -> Path:
    """A copy: some of these tests break it."""
    return shutil.copytree(believer, tmp_path / "believer")


def test_the_vector_is_the_towers_and_the_text_of_what_it_believes(folder: Path) -> None:
    images = [draw(1), draw(2)]
    encoder = Encoder(read_folder(folder), CPU)
    model, preprocess = open_clip.create_model_from_pretrained(f"local-dir:{folder}")
    model.eval()
    (a,) = load_beliefs(read_folder(folder), "cpu").classifiers
    with torch.inference_mode():
        pixels = torch.stack([preprocess(image) for image in images])
        pooled = model.visual.trunk(pixels).numpy()
        vectors = model.encode_image(pixels).numpy()
    logits = pooled @ a.weight.numpy().T + a.bias.numpy()
    chance = np.exp(logits - logits.max(1, keepdims=True))
    chance /= chance.sum(1, keepdims=True)
    expected = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    for number, best in enumerate(np.argsort(-chance, axis=1)[:, :3]):
        expected[number] += 0.4 * sum(chance[number, c] * a.text[c].numpy() for c in best)
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    np.testing.assert_allclose(encoder.encode_images(images), expected, atol=1e-5)


def test_the_hook_is_gone_afterwards(folder: Path) -> None:
    model, preprocess = open_clip.create_model_from_pretrained(f"local-dir:{folder}")
    with pooled_features(model) as seen:
        model.encode_image(preprocess(draw(1))[None])
    model.encode_image(preprocess(draw(1))[None])
    assert len(seen) == 1 and seen[0].shape == (1, model.visual.trunk.num_features)


def test_beliefs_that_do_not_fit_are_refused(folder: Path) -> None:
    for changes in ({"classes": ["one"]}, {"top": 99}, {"name": "not there"}):
        write_card(folder, **changes)
        with pytest.raises(PhotoSearchError, match="beliefs") as caught:
            Encoder(read_folder(folder), CPU)
        assert caught.value.code == "broken-encoder"
    write_card(folder)
    (folder / "beliefs.safetensors").rename(folder / "away")
    with pytest.raises(PhotoSearchError, match="beliefs"):
        Encoder(read_folder(folder), CPU)
    (folder / "away").rename(folder / "beliefs.safetensors")

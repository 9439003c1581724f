"""Beliefs, on a small convolutional tower of timm with random weights."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import open_clip
import pytest
import torch
from safetensors.torch import save_file

from photosearch.encoders.beliefs import load_beliefs, pooled_features
from photosearch.encoders.encoder import Device, Encoder
from photosearch.encoders.registry import read_folder
from photosearch.errors import PhotoSearchError
from tests.conftest import draw

DIMENSION, CLASSES = 16, 7
CPU = Device("cpu", "a test")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("believer")
    model_cfg = {
        "embed_dim": DIMENSION,
        "vision_cfg": {
            "timm_model_name": "test_efficientnet",
            "timm_pool": "avg",
            "timm_proj": "linear",
            "image_size": 64,
        },
        "text_cfg": {"context_length": 16, "width": 16, "heads": 2, "layers": 1},
    }
    torch.manual_seed(0)
    model = open_clip.CLIP(**model_cfg)
    save_file(model.state_dict(), str(path / "open_clip_model.safetensors"))
    (path / "open_clip_config.json").write_text(
        json.dumps({"model_cfg": model_cfg, "preprocess_cfg": {"size": 64}})
    )
    features = model.visual.trunk.num_features
    text = torch.nn.functional.normalize(torch.randn(CLASSES, DIMENSION), dim=-1)
    tensors = {"a.weight": torch.randn(CLASSES, features), "a.bias": torch.randn(CLASSES)}
    save_file({**tensors, "a.text": text}, str(path / "beliefs.safetensors"))
    write_card(path, top=3)
    return path


def write_card(path: Path, **changes: object) -> None:
    names = [f"class {number}" for number in range(CLASSES)]
    classifier = {"name": "a", "weight": 0.4, "top": 3, "classes": names, **changes}
    beliefs = {"file": "beliefs.safetensors", "classifiers": [classifier]}
    (path / "encoder.json").write_text(json.dumps({"id": "believer", "beliefs": beliefs}))


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

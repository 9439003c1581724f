"""Maps of relevance: for every family of image towers, and what the built-in encoder sees."""

from __future__ import annotations

from typing import Any

import numpy as np
import open_clip
import pytest
import torch
from PIL import Image
from torch.nn.functional import normalize

from photosearch.encoders import relevance
from photosearch.encoders.beliefs import Beliefs
from photosearch.encoders.encoder import Encoder, seen_part
from photosearch.encoders.registry import find_encoder
from photosearch.encoders.relevance import grad_cam, towards, window_map
from photosearch.errors import PhotoSearchError

# The architectures as open_clip lists them, cut down to two blocks where they are transformers.
FAMILIES = {
    "RN50": (224, (7, 7)),
    "ViT-B-32": (224, (7, 7)),
    "ViT-B-16-SigLIP2": (224, (14, 14)),
    "convnext_tiny": (128, (8, 8)),
    "MobileCLIP2-S0": (128, (8, 8)),
    "MobileCLIP-B": (224, (14, 14)),
}


def image_tower(name: str) -> tuple[Any, int]:
    """The image tower of an architecture, with random weights, and its vectors' dimension."""
    config = open_clip.get_model_config(name)
    with torch.device("meta"):  # its own way to random weights takes seconds
        tower = open_clip.model._build_vision_tower(config["embed_dim"], config["vision_cfg"])
    if hasattr(tower, "transformer"):
        tower.transformer.resblocks = tower.transformer.resblocks[:2]
    elif hasattr(tower, "trunk") and hasattr(tower.trunk, "blocks"):
        tower.trunk.blocks = tower.trunk.blocks[:2]
    tower = tower.to_empty(device="cpu").eval().requires_grad_(False)
    torch.manual_seed(0)
    for name_, value in tower.named_parameters():
        if value.ndim > 1:
            value.normal_(std=0.5 * value[0].numel() ** -0.5)
        else:
            value.fill_(float(name_.endswith(("weight", "gamma"))))
    for name_, value in tower.named_buffers():
        value.fill_(float(name_.endswith("var")))
    return tower, config["embed_dim"]


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_of_towers(name: str) -> None:
    side, shape = FAMILIES[name]
    tower, dimension = image_tower(name)
    dice = torch.Generator().manual_seed(1)
    pixels = torch.rand(1, 3, side, side, generator=dice)
    with torch.no_grad():
        before = tower(pixels)
    noise = torch.randn(3, dimension, generator=dice)
    directions = normalize(normalize(before, dim=-1) + normalize(noise, dim=-1), dim=-1)
    read = towards(directions)
    maps = relevance.relevance(tower, Beliefs(), pixels, read, 0.0)
    assert maps.shape == (3, *shape) and maps.isfinite().all() and not maps.requires_grad
    assert maps.min() >= 0 and (maps.flatten(1).std(1) > 0).any(), "a picture, not a constant"
    assert not relevance.relevance(tower, Beliefs(), pixels, read, 2.0).any()
    assert not [m for m in tower.modules() if m._forward_hooks or m._forward_pre_hooks]
    assert all(parameter.grad is None for parameter in tower.parameters())
    with torch.no_grad():
        assert torch.equal(tower(pixels), before), "the model is as it was"
    # In fp64: with random weights, the rounding of fp32 is a few hundredths on some processors.
    exact = (tower.double(), Beliefs(), pixels.double())
    one, other = (
        relevance.relevance(*exact, towards(d), 0.0) for d in (directions, directions[1:2])
    )
    assert torch.allclose(one[1], other[0], atol=1e-5), "each term as if it were alone"


def test_a_tower_of_another_kind_is_refused() -> None:
    with pytest.raises(PhotoSearchError) as refused:
        relevance.relevance(
            torch.nn.Identity(), Beliefs(), torch.zeros(1, 3, 8, 8), towards(torch.eye(2)), 0.0
        )
    assert refused.value.code == "no-maps"


def test_a_token_that_changes_the_vector_is_where_the_map_says() -> None:
    tower, _ = image_tower("ViT-B-32")
    blank, spot = torch.zeros(1, 3, 224, 224), torch.zeros(1, 3, 224, 224)
    spot[..., 64:96, 96:128] = torch.randn(3, 32, 32)  # row 2, column 3 of 7
    with torch.no_grad():
        change = normalize(tower(spot) - tower(blank), dim=-1)
    maps, _ = relevance.token_map(tower, spot, towards(change))
    assert divmod(int(maps[0].argmax()), 7) == (2, 3)


def test_what_the_encoder_sees_of_a_photo() -> None:
    assert seen_part((400, 300), "squash") == (0.0, 0.0, 1.0, 1.0)
    assert seen_part((400, 300), "shortest") == (0.125, 0.0, 0.875, 1.0)
    assert seen_part((300, 400), "shortest") == (0.0, 0.125, 1.0, 0.875)
    left, top, right, bottom = seen_part((400, 200), "longest")
    assert (left, right) == (0.0, 1.0) and (top, bottom) == (-0.5, 1.5)


@pytest.fixture(scope="module")
def builtin() -> Encoder:
    folder = find_encoder(None)
    assert folder is not None
    return Encoder(folder)


@pytest.fixture
def encoder(with_builtin: None, request: pytest.FixtureRequest) -> Encoder:
    loaded: Encoder = request.getfixturevalue("builtin")
    return loaded


def direction(encoder: Encoder, words: str) -> np.ndarray:
    neutral = encoder.encode_texts(["a photo", "an object", "the background", "a pattern"])
    found: np.ndarray = encoder.encode_texts([words]) - neutral.mean(axis=0)
    return found


def test_at_its_own_size_a_window_over_everything_is_the_vector(encoder: Encoder) -> None:
    """What `window_map` reads at places is what the encoder says of photos."""
    image = Image.linear_gradient("L").convert("RGB")
    pixels = encoder._pixels([image])
    visual = encoder._model.visual
    features = visual.trunk.forward_features(pixels)
    vectors, _ = relevance._finish(visual, encoder._beliefs, features)
    assert np.allclose(vectors.numpy(), encoder.encode_images([image]), atol=1e-5)


@pytest.fixture
def grid() -> Image.Image:
    """A cat on the left, a rocket on the right."""
    data: Any = pytest.importorskip("skimage.data")
    cat = Image.fromarray(data.chelsea()).convert("RGB").resize((240, 240))
    rocket = Image.fromarray(data.rocket()).convert("RGB").resize((240, 240))
    both = Image.new("RGB", (480, 240))
    both.paste(cat, (0, 0))
    both.paste(rocket, (240, 0))
    return both


def test_the_builtin_encoder_sees_things_where_they_are(
    encoder: Encoder, grid: Image.Image
) -> None:
    directions = np.concatenate([direction(encoder, "a cat"), direction(encoder, "a rocket")])
    cat, rocket = encoder.relevance(grid, directions)
    middle = cat.shape[1] // 2
    assert cat[:, :middle].sum() > 3 * cat[:, middle:].sum()
    assert rocket[:, middle:].sum() > 3 * rocket[:, :middle].sum()
    (empty,) = encoder.relevance(grid, direction(encoder, "a birthday cake"))
    assert not empty.any(), "what is not there shows nothing"


def test_tags_too(encoder: Encoder, grid: Image.Image) -> None:
    name = next(name for name in ("tabby", "tabby cat", "cat") if name in encoder.classes)
    (found,), (chance,) = encoder.class_relevance(grid, [name])
    middle = found.shape[1] // 2
    assert found.any() and found[:, :middle].sum() > found[:, middle:].sum()
    assert 0 <= chance <= 1


def test_random_weights_give_another_map(encoder: Encoder, grid: Image.Image) -> None:
    """Adebayo et al. 2018: a map that does not depend on what was learned explains nothing."""
    import copy

    words = ("a cat", "a rocket", "fur", "the night sky")
    wanted = torch.from_numpy(np.concatenate([direction(encoder, each) for each in words]))
    pixels = encoder._pixels([grid])
    visual = encoder._model.visual
    learned = window_map(visual, encoder._beliefs, pixels, towards(wanted))
    shuffled = copy.deepcopy(visual)
    torch.manual_seed(0)
    for value in shuffled.parameters():
        value.copy_(value.flatten()[torch.randperm(value.numel())].reshape(value.shape))
    random = window_map(shuffled, encoder._beliefs, pixels, towards(wanted))
    alike = [rank_correlation(*pair) for pair in zip(learned, random, strict=True)]
    assert np.mean(alike) < 0.3, alike


def test_grad_cam_beside_it(encoder: Encoder, grid: Image.Image) -> None:
    pixels = encoder._pixels([grid])
    wanted = torch.from_numpy(direction(encoder, "a cat"))
    maps, whole = grad_cam(encoder._model.visual, encoder._beliefs, pixels, towards(wanted))
    assert maps.shape == (1, 7, 7), "8 places a side, on the corners, as 7 between them"
    assert whole.item() == pytest.approx(
        float(encoder.encode_images([grid])[0] @ wanted[0].numpy()), abs=1e-4
    )


def rank_correlation(one: torch.Tensor, other: torch.Tensor) -> float:
    ranks = [each.detach().flatten().argsort().argsort().float() for each in (one, other)]
    return float(torch.corrcoef(torch.stack(ranks))[0, 1])


def test_the_quick_tower_gives_the_same_maps(encoder: Encoder, grid: Image.Image) -> None:
    wanted = torch.from_numpy(direction(encoder, "a cat"))
    pixels, visual = encoder._pixels([grid]), encoder._model.visual
    plain, quick = (
        relevance.relevance(tower, encoder._beliefs, pixels, towards(wanted), 0.0)
        for tower in (visual, relevance.quick_tower(visual, 225))
    )
    assert plain.any() and torch.allclose(plain, quick, atol=1e-3)

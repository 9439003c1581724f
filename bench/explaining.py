"""How long heat maps take."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import open_clip
import torch
from PIL import Image

from bench.figure import Figure, figure, median
from photosearch.encoders.beliefs import Beliefs
from photosearch.encoders.encoder import Encoder
from photosearch.encoders.registry import find_encoder
from photosearch.encoders.relevance import relevance, towards

MAP_SECONDS = 0.15
FORWARDS = 2.5


def explaining(_work: Path) -> Iterator[Figure]:
    """A map of the built-in encoder; one of ViT-B-32 (random weights) against its bare forward
    pass, which is what it may take 2.5 times of."""
    folder = find_encoder(None)
    assert folder is not None
    encoder = Encoder(folder)
    photo = Image.linear_gradient("L").resize((640, 512)).convert("RGB")
    words = encoder.encode_texts(["a cat", "a dog", "a tree", "a house", "a car"])
    one = median(lambda: encoder.relevance(photo, words[:1]), 9)
    yield figure("map_built_in", one, "s", MAP_SECONDS)
    five = median(lambda: encoder.relevance(photo, words), 5)
    yield figure("map_built_in_of_5_terms", five / 5, "s a term", MAP_SECONDS)

    config = open_clip.get_model_config("ViT-B-32")
    tower = open_clip.model._build_vision_tower(config["embed_dim"], config["vision_cfg"])
    tower.eval().requires_grad_(False)
    pixels = torch.zeros(1, 3, 224, 224)
    read = towards(torch.eye(config["embed_dim"])[:1])
    with torch.inference_mode():
        bare = median(lambda: tower(pixels), 9)
    mapped = median(lambda: relevance(tower, Beliefs(), pixels, read, 0.0), 9)
    yield figure("map_vit_b_32", mapped, "s", FORWARDS * bare)

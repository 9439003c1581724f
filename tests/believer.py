"""A small convolutional tower of timm with random weights and a classifier on its features: an
encoder with beliefs, as the one that ships."""

from __future__ import annotations

import json
from pathlib import Path

DIMENSION, CLASSES = 16, 7


def make_believer(path: Path) -> Path:
    """Write the encoder's folder to `path` (which is there and empty)."""
    import open_clip
    import torch
    from safetensors.torch import save_file

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
    write_card(path)
    return path


def write_card(path: Path, **changes: object) -> None:
    """Write its card, with something changed of its classifier."""
    names = [f"class {number}" for number in range(CLASSES)]
    classifier = {"name": "a", "weight": 0.4, "top": 3, "classes": names, **changes}
    beliefs = {"file": "beliefs.safetensors", "classifiers": [classifier]}
    (path / "encoder.json").write_text(json.dumps({"id": "believer", "beliefs": beliefs}))

"""The product: an open_clip folder in fp16 with beliefs and `encoder.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional

from . import towers
from .beliefs import Beliefs
from .teacher import Vectors

WEIGHTS = "open_clip_model.safetensors"
ENCODER_ID = "pocket-v3"  # the next one: weights that ship have an id of their own
FLOOR = 0.17  # of heat maps; measured with pocket-v1 and -v2: see docs/encoder-card.md
CALIBRATION = "calibration.safetensors"  # which `make calibrate` writes
LIMIT_BYTES, LIMIT_PARAMETERS = 50_000_000, 25_000_000


def export(
    folder: Path,
    model: nn.Module,
    beliefs: Beliefs,
    metric: Tensor,
    *,
    image_size: int = towers.IMAGE_SIZE,
    templates: tuple[str, ...] = ("{}",),
) -> None:
    """Write the folder; the text map `metric` goes into the text projection and the class texts."""
    folder.mkdir(parents=True, exist_ok=True)
    state = {name: value.detach().clone() for name, value in model.state_dict().items()}
    state["text_projection"] = towers.scaled(state["text_projection"] @ metric.detach())
    _save(state, folder / WEIGHTS)
    _write(folder / "open_clip_config.json", towers.config(image_size))
    tensors: dict[str, Tensor] = {}
    listed: list[dict[str, Any]] = []
    for item in beliefs.classifiers:
        layer = cast(nn.Linear, beliefs.layers[item.name])
        text = functional.normalize(beliefs.text(item.name) @ metric.detach(), dim=-1)
        tensors[f"{item.name}.weight"] = layer.weight
        tensors[f"{item.name}.bias"] = layer.bias
        tensors[f"{item.name}.text"] = text
        classes = list(item.classes)
        listed.append(
            {"name": item.name, "weight": item.weight, "top": item.top, "classes": classes}
        )
    _save(tensors, folder / "beliefs.safetensors")
    described = {
        "id": ENCODER_ID,
        "name": "Pocket (built in)",
        "licence": "Apache-2.0",
        "languages": ["en"],
        "templates": list(templates),
        "floor": FLOOR,
        "calibration": CALIBRATION,
        "beliefs": {"file": "beliefs.safetensors", "classifiers": listed},
    }
    _write(folder / "encoder.json", described)
    check_size(folder, sum(value.numel() for value in [*state.values(), *tensors.values()]))


def with_text(start: Path, folder: Path, model: nn.Module, metric: Vectors) -> None:
    """Write `start` with the text tower of `model` to `folder`; its image side stays, bit for bit.

    So does `metric`, its text map, which goes into the new text projection. The vectors of photos
    are those of `start`, which its id is kept for.
    """
    folder.mkdir(parents=True, exist_ok=True)
    state = load_file(start / WEIGHTS)
    new = model.state_dict()
    for name, value in state.items():
        if not name.startswith("visual."):
            state[name] = new[name].to(value.dtype)
    plain = new["text_projection"] @ torch.from_numpy(metric)
    state["text_projection"] = towers.scaled(plain)
    _save(state, folder / WEIGHTS)
    described = json.loads((start / "encoder.json").read_text(encoding="utf-8"))
    beliefs = described["beliefs"]["file"]
    for name in ("open_clip_config.json", beliefs):
        (folder / name).write_bytes((start / name).read_bytes())
    own = {"vectors_of": described.get("vectors_of", described["id"]), "calibration": CALIBRATION}
    _write(folder / "encoder.json", {**described, "id": ENCODER_ID, **own})
    classes = load_file(folder / beliefs).values()
    check_size(folder, sum(value.numel() for value in [*state.values(), *classes]))


def check_size(folder: Path, parameters: int) -> None:
    """Refuse a product over its limits."""
    size = sum(path.stat().st_size for path in folder.iterdir())
    if size > LIMIT_BYTES or parameters > LIMIT_PARAMETERS:
        raise ValueError(f"{folder}: {size} bytes, {parameters} parameters: over the limits")


def _save(tensors: dict[str, Tensor], path: Path) -> None:
    """fp16 where it is a float, contiguous, on the CPU."""
    ready = {
        name: (value.half() if value.is_floating_point() else value).detach().cpu().contiguous()
        for name, value in tensors.items()
    }
    save_file(ready, path)
    path.chmod(0o644)


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

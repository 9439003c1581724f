"""A start from a shipped encoder of ours: its towers, the text map taken out of them again.

`export` folds the text map into the text projection and the classes' vectors. To train on, both
are needed apart: the map is found from what it did to the class names, and the projection times
the map's inverse is the one without it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn

from . import towers
from .beliefs import Beliefs
from .teacher import Vectors, unit


def fit_map(plain: Vectors, mapped: Vectors, hold: float = 0.01, rounds: int = 40) -> Vectors:
    """(d, d) map M near the identity with unit(plain @ M) = mapped, rows (n, d) of unit length.

    The lengths that were divided out are unknown: least squares in turns, M for given lengths,
    lengths for given M. `hold` is the weight (in rows) of the identity.
    """
    wide = plain.astype(np.float64)
    wanted = mapped.astype(np.float64)
    here = np.eye(plain.shape[1])
    left = wide.T @ wide + hold * here
    found = here
    for _ in range(rounds):
        lengths = np.linalg.norm(wide @ found, axis=1, keepdims=True)
        found = np.linalg.solve(left, wide.T @ (wanted * lengths) + hold * here)
    return found.astype(np.float32)


def read_map(folder: Path, said: Mapping[str, tuple[tuple[str, ...], Vectors]]) -> Vectors:
    """The text map of `folder`, (d, d).

    `said`: each classifier's classes, which must be those of the folder, and their vectors
    without the map.
    """
    described = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))["beliefs"]
    classes = {item["name"]: tuple(item["classes"]) for item in described["classifiers"]}
    stored = load_file(folder / described["file"])
    plain, mapped = [], []
    for name, (own, vectors) in said.items():
        if classes.get(name) != own:
            raise ValueError(f"{folder}: the classes of {name} are others than the data's")
        plain.append(vectors)
        mapped.append(unit(stored[f"{name}.text"].float().numpy()))
    return fit_map(np.concatenate(plain), np.concatenate(mapped))


def read_text(folder: Path, model: nn.Module, metric: Vectors) -> None:
    """The text tower of `folder` into `model`, without the text map `metric`."""
    state = load_file(folder / "open_clip_model.safetensors")
    towers.load_text(model, {name: value.float() for name, value in state.items()})
    projection = cast(Any, model).text_projection
    with torch.no_grad():
        plain = torch.linalg.solve(torch.from_numpy(metric).T, projection.T).T
        projection.copy_(towers.scaled(plain))


def read_image(folder: Path, visual: nn.Module, beliefs: Beliefs) -> None:
    """Image tower and classifiers of `folder` in place; `beliefs` has the folder's classes."""
    state = load_file(folder / "open_clip_model.safetensors")
    own = {name.removeprefix("visual."): v for name, v in state.items() if "visual." in name}
    visual.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in own.items()})
    described = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))["beliefs"]
    stored = load_file(folder / described["file"])
    for item in beliefs.classifiers:
        layer = cast(nn.Linear, beliefs.layers[item.name])
        with torch.no_grad():
            layer.weight.copy_(stored[f"{item.name}.weight"])
            layer.bias.copy_(stored[f"{item.name}.bias"])

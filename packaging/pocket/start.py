"""A start from a shipped encoder of ours: its towers, the text map taken out of them again.

`export` folds the text map into the text projection and the classes' vectors. To train on, both
are needed apart: the map is fitted from what it did to the class names, and a projection without
it from the teacher's vectors; what the fit loses, the training that follows wins back.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from . import towers
from .beliefs import Beliefs
from .teacher import Vectors, unit

FITTED = 60_000  # texts that the projection is fitted to


def fit_map(plain: Vectors, mapped: Vectors, hold: float = 1.0, rounds: int = 20) -> Vectors:
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


def fit_projection(model: nn.Module, tokens: towers.Tokens, wanted: Vectors) -> None:
    """Replace the text projection by the least-squares map of the tower's output to `wanted`."""
    rows = np.random.default_rng(0).permutation(len(tokens))[:FITTED]
    lengths = towers.token_lengths(tokens)
    rows = rows[np.argsort(lengths[rows], kind="stable")]
    pooled = []
    with torch.no_grad():
        for start in range(0, len(rows), 512):
            part = rows[start : start + 512]
            cut = torch.from_numpy(tokens[part, : lengths[part[-1]]].astype(np.int64))
            pooled.append(towers.pool_text(model, cut).numpy())
        answer, *_ = np.linalg.lstsq(np.concatenate(pooled), wanted[rows], rcond=None)
        cast(Any, model).text_projection.copy_(torch.from_numpy(answer))


def read_text(folder: Path, model: nn.Module, tokens: towers.Tokens, wanted: Vectors) -> None:
    """The text tower of `folder` into `model`, without the text map."""
    state = load_file(folder / "open_clip_model.safetensors")
    towers.load_text(model, {name: value.float() for name, value in state.items()})
    fit_projection(model, tokens, wanted)


def read_image(folder: Path, visual: nn.Module, beliefs: Beliefs) -> Tensor:
    """Image tower and classifiers of `folder` in place; returns its text map.

    `beliefs` has the plain vectors of its classes, which must be those of the folder.
    """
    state = load_file(folder / "open_clip_model.safetensors")
    own = {name.removeprefix("visual."): v for name, v in state.items() if "visual." in name}
    visual.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in own.items()})
    described = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))["beliefs"]
    classes = {item["name"]: tuple(item["classes"]) for item in described["classifiers"]}
    stored = load_file(folder / described["file"])
    plain, mapped = [], []
    for item in beliefs.classifiers:
        if classes.get(item.name) != item.classes:
            raise ValueError(f"{folder}: the classes of {item.name} are others than the data's")
        layer = cast(nn.Linear, beliefs.layers[item.name])
        with torch.no_grad():
            layer.weight.copy_(stored[f"{item.name}.weight"])
            layer.bias.copy_(stored[f"{item.name}.bias"])
        plain.append(beliefs.text(item.name).numpy())
        mapped.append(unit(stored[f"{item.name}.text"].float().numpy()))
    return torch.from_numpy(fit_map(np.concatenate(plain), np.concatenate(mapped)))

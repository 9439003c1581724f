"""Fine-tuning of the whole image side on pixels, held close to where it came from.

The known failure is forgetting: the photos at hand show few of the backbone's thousand classes.
Against it: low rates, lower still in the first stages; batch norm as a fixed affine; the tuned
classifier's KL from the exact backbone's belief on the same pixels, softened so that the far
classes count as well; the pooled features' distance from the backbone's; the mean of the weights
along the way; and, at export, weights part of the way back to the start (WiSE-FT).
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from . import objective
from .beliefs import Beliefs
from .checkpoint import Checkpoints
from .draws import Draw, draw
from .head import OTHERS
from .objective import Lessons, TextSpace, Weights
from .pictures import Pixels, augment
from .teacher import Vectors
from .trunk import with_norms, without_norms


@dataclass(frozen=True)
class TuneSettings:
    """The whole tower on pixels, held close to where it came from."""

    steps: int = 500
    batch: int = 96
    size: int = 193
    frozen: int = 3  # stages of blocks (with the stem) that stay as they are; 0: all learn
    trunk_rate: float = 2e-4
    head_rate: float = 3e-4
    metric_rate: float = 1e-4
    decay: float = 0.05
    belief_rate: float = 1e-4
    hold: float = 0.5  # KL of the tuned classifier from the backbone's own belief
    heat: float = 2.0  # the temperature of that belief
    stay: float = 0.5  # mean square distance of the features from the backbone's
    everyday: float = 0.1
    average: float = 0.99
    seed: int = 3
    save_every: int = 100


@dataclass(frozen=True)
class Backbone:
    """The exact ImageNet network, frozen: trunk and classifier."""

    trunk: nn.Module
    weight: Tensor
    bias: Tensor


def tune(
    visual: nn.Module,
    beliefs: Beliefs,
    lessons: Lessons,
    pixels: Pixels,
    *,
    backbone: Backbone,
    settings: TuneSettings,
    folder: Path,
    on_save: Callable[[int], None] | None = None,
) -> dict[str, nn.Module]:
    """Fine-tune trunk, head and beliefs on pixels; returns the averaged modules.

    `backbone` gives the exact network's logits over the thousand classes for the same pixels:
    the belief that must not be forgotten. Resumes from the last checkpoint in `folder`.
    """
    torch.manual_seed(settings.seed)
    space = lessons.space
    tower = cast(Any, visual)
    like, tower.trunk = tower.trunk, _light(tower.trunk)
    exact = Backbone(_light(backbone.trunk).requires_grad_(False), backbone.weight, backbone.bias)
    modules: dict[str, nn.Module] = {"visual": visual, "beliefs": beliefs, "space": space}
    averaged = {"visual": deepcopy(visual), "beliefs": deepcopy(beliefs), "space": space.copy()}
    optimiser = _tune_optimiser(visual, beliefs, space, settings)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: _cosine(step, settings.steps)
    )
    parts = {**modules, **{f"mean_{name}": module for name, module in averaged.items()}}
    saved = Checkpoints(folder, {**parts, "optimiser": optimiser, "schedule": schedule})
    for step in range(saved.load(), settings.steps):
        # Every step has a seed of its own, so that a resumed run draws what a whole one would.
        rng = np.random.default_rng([settings.seed, step])
        generator = torch.Generator().manual_seed(settings.seed * 1_000_003 + step)
        torch.manual_seed(settings.seed * 1_000_003 + step)
        batch = draw(lessons.said, len(space.names), settings.batch, rng)
        order = np.argsort(batch.photos)
        taken = np.empty((settings.batch, *pixels.shape[1:]), dtype=np.uint8)
        taken[order] = pixels[batch.photos[order]]
        inputs = augment(taken, settings.size, generator)
        inputs = inputs.contiguous(memory_format=torch.channels_last)
        others = lessons.others(OTHERS, rng)
        loss = _tune_loss(
            modules,
            inputs,
            batch,
            others,
            backbone=exact,
            weights=lessons.weights,
            settings=settings,
        )
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(visual.parameters(), 2.0)
        optimiser.step()
        schedule.step()
        _average(modules, averaged, min(settings.average, (step + 1) / (step + 10)))
        if (step + 1) % settings.save_every == 0 or step + 1 == settings.steps:
            saved.save(step + 1)
            print(f"tune {step + 1}/{settings.steps} loss {loss.item():.3f}", flush=True)
            if on_save is not None:
                on_save(step + 1)
    tower.trunk = with_norms(tower.trunk, like)
    cast(Any, averaged["visual"]).trunk = with_norms(cast(Any, averaged["visual"]).trunk, like)
    return averaged


def _light(trunk: nn.Module) -> nn.Module:
    return without_norms(trunk).to(memory_format=torch.channels_last)


def _first(trunk: Any, inputs: Tensor, stages: int) -> Tensor:
    """Stem and the first `stages` stages; nothing where `stages` is 0."""
    if stages == 0:
        return inputs
    stream: Tensor = trunk.bn1(trunk.conv_stem(inputs))
    for block in trunk.blocks[:stages]:
        stream = block(stream)
    return stream


def _rest(trunk: Any, stream: Tensor, stages: int) -> Tensor:
    """What `_first` left, to pooled features."""
    if stages == 0:
        stream = trunk.bn1(trunk.conv_stem(stream))
    for block in trunk.blocks[stages:]:
        stream = block(stream)
    found: Tensor = trunk.forward_head(trunk.bn2(trunk.conv_head(stream)))
    return found


def _tune_optimiser(
    visual: nn.Module, beliefs: Beliefs, space: TextSpace, settings: TuneSettings
) -> torch.optim.Optimizer:
    """AdamW; the trunk's rate rises from a tenth in the first blocks to the whole in the last."""
    tower = cast(Any, visual)
    blocks = list(tower.trunk.blocks)
    stages: list[tuple[float, list[nn.Parameter]]] = []
    for place, block in enumerate(blocks):
        stages.append((0.1 + 0.9 * place / max(len(blocks) - 1, 1), list(block.parameters())))
    stages = stages[settings.frozen :]
    if settings.frozen == 0:
        stages.append((0.1, list(tower.trunk.conv_stem.parameters())))
    stages.append((1.0, list(tower.trunk.conv_head.parameters())))
    groups: list[dict[str, Any]] = []
    for share, parameters in stages:
        rate = settings.trunk_rate * share
        groups.append({"params": parameters, "lr": rate, "weight_decay": 0.0})
    head = {"params": list(tower.head.parameters()), "lr": settings.head_rate}
    belief = {"params": list(beliefs.parameters()), "lr": settings.belief_rate}
    metric = {"params": [space.metric], "lr": settings.metric_rate, "weight_decay": 0.0}
    groups += [head, belief, metric]
    return torch.optim.AdamW(groups, weight_decay=settings.decay, fused=True)


def _cosine(step: int, steps: int) -> float:
    """Share of the full rate: 5 % warm-up, then half a cosine to a fiftieth."""
    warm = max(1, steps // 20)
    if step < warm:
        return (step + 1) / warm
    return 0.02 + 0.98 * 0.5 * (1 + float(np.cos(np.pi * (step - warm) / max(1, steps - warm))))


def _tune_loss(
    modules: dict[str, nn.Module],
    inputs: Tensor,
    batch: Draw,
    others: Vectors,
    *,
    backbone: Backbone,
    weights: Weights,
    settings: TuneSettings,
) -> Tensor:
    visual = cast(Any, modules["visual"])
    beliefs = cast(Beliefs, modules["beliefs"])
    space = cast(TextSpace, modules["space"])
    with torch.no_grad():
        # What is frozen must be the backbone's own still: it is passed once, for both.
        shared = _first(visual.trunk, inputs, settings.frozen)
    with torch.autocast(inputs.device.type, dtype=torch.bfloat16):
        features = _rest(visual.trunk, shared, settings.frozen).float()
        with torch.no_grad():
            exact = _rest(backbone.trunk, shared, settings.frozen).float()
    dropped = functional.dropout(features, 0.2)
    images = beliefs(functional.normalize(visual.head(dropped), dim=-1), dropped, space.metric)
    wanted = exact @ backbone.weight.T + backbone.bias
    held = beliefs.logits("imagenet", features)
    warm = functional.softmax(wanted / settings.heat, dim=-1)
    forgot = functional.kl_div(
        functional.log_softmax(held / settings.heat, dim=-1), warm, reduction="batchmean"
    )
    drift = (features - exact).square().mean() / exact.square().mean()
    everyday = _everyday_loss(beliefs, features, batch)
    return (
        weights.captions
        * objective.captions_loss(images, space, batch, others, weights.caption_scale)
        + weights.names * objective.names_loss(images, space, batch, weights.name_scale)
        + weights.imagenet
        * objective.imagenet_loss(
            images, space, functional.softmax(wanted, dim=-1), weights.imagenet_scale
        )
        + settings.hold * settings.heat**2 * forgot
        + settings.stay * drift
        + settings.everyday * everyday
        + weights.metric * space.away()
    )


def _everyday_loss(beliefs: Beliefs, features: Tensor, batch: Draw) -> Tensor:
    """Cross-entropy of the everyday classifier; what is seen shares the chance evenly."""
    rows = torch.from_numpy(np.flatnonzero(batch.seen.any(axis=1)))
    truth = torch.from_numpy(batch.seen)[rows].float()
    if len(rows) == 0:
        return features.sum() * 0
    logits = beliefs.logits("everyday", functional.dropout(features[rows], 0.2))
    return functional.cross_entropy(
        logits, truth / truth.sum(dim=1, keepdim=True), label_smoothing=0.05
    )


@torch.no_grad()
def _average(modules: dict[str, nn.Module], averaged: dict[str, nn.Module], keep: float) -> None:
    """Move the running mean of all weights by 1 - keep."""
    for name, module in modules.items():
        for mean, now in zip(averaged[name].parameters(), module.parameters(), strict=True):
            mean.lerp_(now, 1 - keep)


@torch.no_grad()
def between(start: nn.Module, end: nn.Module, share: float) -> nn.Module:
    """A module with weights `share` of the way from `start` to `end`."""
    mixed = deepcopy(end)
    for out, first in zip(mixed.parameters(), start.parameters(), strict=True):
        out.lerp_(first, 1 - share)
    return mixed

"""Fine-tuning of the whole image side on pixels, held close to where it came from.

The known failure is forgetting: the photos at hand show few of the backbone's thousand classes.
Against it: low rates, lower still in the first stages; batch norm as a fixed affine; the tuned
classifier's KL from what two teachers believe (the exact backbone of the same pixels, the second
network of the whole photo), softened so that the far classes count as well; the pooled features'
distance from the backbone's; and the mean of the weights along the way.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from . import objective
from .beliefs import Beliefs
from .checkpoint import Checkpoints
from .device import CPU, quick_numbers
from .draws import Draw, draw
from .head import OTHERS
from .objective import Lessons, Memory, TextSpace, Weights
from .pictures import Pixels, augment
from .teacher import Vectors
from .trunk import with_norms, without_norms


@dataclass(frozen=True)
class TuneSettings:
    """The whole tower on pixels, held close to where it came from."""

    steps: int = 1000
    batch: int = 96
    size: int = 193
    trunk_rate: float = 2e-3  # of each weight tensor's own median size
    bias_rate: float = 1e-4
    early: float = 0.3  # the stem's share of both; it rises evenly to the last stage's 1
    head_rate: float = 3e-4
    metric_rate: float = 1e-4
    decay: float = 0.05
    belief_rate: float = 1e-4
    hold: float = 0.75  # KL of the tuned classifier from the teachers' belief
    heat: float = 2.0  # the temperature of that belief
    second: float = 0.5  # the second teacher's share of it
    memory: int = 1024  # image vectors of past steps that are wrong answers for a text
    stay: float = 0.5  # mean square distance of the features from the backbone's
    everyday: float = 0.25
    average: float = 0.99
    seed: int = 3
    save_every: int = 25


@dataclass(frozen=True)
class Backbone:
    """The exact ImageNet network, frozen: trunk and classifier."""

    trunk: nn.Module
    weight: Tensor
    bias: Tensor

    def on(self, device: torch.device) -> Backbone:
        """The same, made quick, on `device`."""
        trunk = _light(self.trunk).requires_grad_(False).to(device)
        return Backbone(trunk, self.weight.to(device), self.bias.to(device))


def tune(
    visual: nn.Module,
    beliefs: Beliefs,
    lessons: Lessons,
    pixels: Pixels,
    *,
    backbone: Backbone,
    second: NDArray[np.float16],
    settings: TuneSettings,
    folder: Path,
    device: torch.device = CPU,
) -> dict[str, nn.Module]:
    """Fine-tune trunk, head and beliefs on pixels; returns the averaged modules.

    `backbone` gives the exact network's logits over the thousand classes for the same pixels,
    `second` (photos, 1000) those of the second teacher: the belief that must not be forgotten.
    The modules end on the CPU. Resumes from the last checkpoint in `folder`.
    """
    torch.manual_seed(settings.seed)
    space = lessons.space
    tower = cast(Any, visual)
    like, tower.trunk = tower.trunk, _light(tower.trunk)
    exact = backbone.on(device)
    memory = Memory(settings.memory, space.metric.shape[0])
    for part in (visual, beliefs, space, memory):
        part.to(device)
    modules: dict[str, nn.Module] = {"visual": visual, "beliefs": beliefs, "space": space}
    averaged = {"visual": deepcopy(visual), "beliefs": deepcopy(beliefs), "space": space.copy()}
    optimiser = _tune_optimiser(visual, beliefs, space, settings)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: _cosine(step, settings.steps)
    )
    parts = {**modules, **{f"mean_{name}": module for name, module in averaged.items()}}
    parts["memory"] = memory
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
        inputs = augment(taken, settings.size, generator).to(device)
        inputs = inputs.contiguous(memory_format=torch.channels_last)
        loss = _tune_loss(
            modules,
            inputs,
            batch,
            lessons.others(OTHERS, rng),
            memory=memory,
            backbone=exact,
            second=torch.from_numpy(second[batch.photos]).float().to(device),
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
    for module in (*modules.values(), *averaged.values()):
        module.cpu()
    tower.trunk = with_norms(tower.trunk, like)
    cast(Any, averaged["visual"]).trunk = with_norms(cast(Any, averaged["visual"]).trunk, like)
    return averaged


def _light(trunk: nn.Module) -> nn.Module:
    return without_norms(trunk).to(memory_format=torch.channels_last)


def _tune_optimiser(
    visual: nn.Module, beliefs: Beliefs, space: TextSpace, settings: TuneSettings
) -> torch.optim.Optimizer:
    """AdamW over every stage; the trunk's rate rises from `early` of it to the whole.

    AdamW steps by the rate itself, however small the weights: in this trunk (batch norms folded
    in) the tensors' median sizes lie between 0.01 and 0.7, and one rate for all of them throws
    some about while others stand still. So a tensor's rate is a share of its own median.
    """
    tower = cast(Any, visual)
    blocks = list(tower.trunk.blocks)
    stages: list[tuple[float, nn.Module]] = [(settings.early, tower.trunk.conv_stem)]
    for place, block in enumerate(blocks):
        share = settings.early + (1 - settings.early) * place / max(len(blocks) - 1, 1)
        stages.append((share, block))
    stages.append((1.0, tower.trunk.conv_head))
    groups: list[dict[str, Any]] = []
    for share, stage in stages:
        for value in stage.parameters():
            rate = settings.bias_rate
            if value.ndim > 1:
                rate = settings.trunk_rate * float(value.detach().abs().median())
            groups.append({"params": [value], "lr": share * rate, "weight_decay": 0.0})
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
    memory: Memory,
    backbone: Backbone,
    second: Tensor,
    weights: Weights,
    settings: TuneSettings,
) -> Tensor:
    visual = cast(Any, modules["visual"])
    beliefs = cast(Beliefs, modules["beliefs"])
    space = cast(TextSpace, modules["space"])
    with quick_numbers(inputs.device):
        features = visual.trunk(inputs).float()
        with torch.no_grad():
            exact = backbone.trunk(inputs).float()
    dropped = functional.dropout(features, 0.2)
    images = beliefs(functional.normalize(visual.head(dropped), dim=-1), dropped, space.metric)
    wanted = exact @ backbone.weight.T + backbone.bias

    def believed(heat: float) -> Tensor:
        """(n, 1000): the two teachers' mean belief at a temperature."""
        ours, theirs = (functional.softmax(part / heat, dim=-1) for part in (wanted, second))
        return ours.lerp(theirs, settings.second)

    held = beliefs.logits("imagenet", features)
    warm = believed(settings.heat)
    forgot = functional.kl_div(
        functional.log_softmax(held / settings.heat, dim=-1), warm, reduction="batchmean"
    )
    drift = (features - exact).square().mean() / exact.square().mean()
    everyday = _everyday_loss(beliefs, features, batch)
    captions = objective.captions_loss(images, space, batch, others, weights.caption_scale, memory)
    memory.add(images, space, batch)
    total: Tensor = (
        weights.captions * captions
        + weights.names * objective.names_loss(images, space, batch, weights.name_scale)
        + weights.imagenet
        * objective.imagenet_loss(images, space, believed(1.0), weights.imagenet_scale)
        + settings.hold * settings.heat**2 * forgot
        + settings.stay * drift
        + settings.everyday * everyday
        + weights.metric * space.away()
    )
    return total


def _everyday_loss(beliefs: Beliefs, features: Tensor, batch: Draw) -> Tensor:
    """Cross-entropy of the everyday classifier; what is seen shares the chance evenly."""
    rows = torch.from_numpy(np.flatnonzero(batch.seen.any(axis=1)))
    rows = rows.to(features.device)
    truth = torch.from_numpy(batch.seen).to(features.device)[rows].float()
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

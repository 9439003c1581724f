"""The image head and the everyday classifier, trained in minutes on the frozen trunk's features."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from . import objective
from .beliefs import Beliefs
from .device import CPU
from .draws import Sayings, draw
from .objective import Lessons

OTHERS = 2048  # random captions in each batch


@dataclass(frozen=True)
class HeadSettings:
    """The head's few steps on cached features; more of them overfit."""

    steps: int = 800
    everyday_steps: int = 300  # of the everyday classifier, which comes first
    batch: int = 1024
    rate: float = 1.5e-3
    metric_rate: float = 3e-4
    decay: float = 0.05
    dropout: float = 0.4
    seed: int = 2


def softened(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """The backbone's belief."""
    return functional.softmax(logits / temperature, dim=-1)


def train_head(
    head: nn.Module,
    beliefs: Beliefs,
    lessons: Lessons,
    views: list[NDArray[np.float16]],
    settings: HeadSettings,
    device: torch.device = CPU,
) -> None:
    """Train head and text map in place; `views` are the photos' features seen in several ways.

    Half as many made-up features lean toward single ImageNet classes: the head learns the
    thousand names from them.
    """
    space, weights = lessons.space, lessons.weights
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    for part in (head, beliefs, space):
        part.to(device)
    optimiser = torch.optim.AdamW(
        [
            {"params": list(head.parameters()), "lr": settings.rate},
            {"params": [space.metric], "lr": settings.metric_rate, "weight_decay": 0.0},
        ],
        weight_decay=settings.decay,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser,
        [settings.rate, settings.metric_rate],
        total_steps=settings.steps,
        pct_start=0.15,
    )
    teacher = deepcopy(beliefs.layers["imagenet"]).requires_grad_(False)
    names = len(space.names)
    for step in range(settings.steps):
        batch = draw(lessons.said, names, settings.batch, rng)
        which = rng.integers(len(views), size=settings.batch)
        rows = np.stack([views[v][p] for v, p in zip(which, batch.photos, strict=True)])
        features = torch.from_numpy(rows.astype(np.float32)).to(device)
        made = _made_up(features, teacher, rng)
        both = torch.cat([features, made])
        dropped = functional.dropout(both, 0.1)
        vectors = functional.normalize(head(dropped), dim=-1)
        images = beliefs(vectors, dropped, space.metric)
        others = lessons.others(OTHERS, rng)
        with torch.no_grad():
            belief = softened(teacher(both))
        count = settings.batch
        loss = (
            weights.captions
            * objective.captions_loss(images[:count], space, batch, others, weights.caption_scale)
            + weights.names * objective.names_loss(images[:count], space, batch, weights.name_scale)
            + weights.imagenet
            * objective.imagenet_loss(images, space, belief, weights.imagenet_scale)
            + weights.metric * space.away()
        )
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
        if (step + 1) % 100 == 0:
            print(f"head {step + 1}/{settings.steps} loss {loss.item():.3f}", flush=True)
    for part in (head, beliefs, space):
        part.cpu()


def _made_up(features: Tensor, classifier: nn.Module, rng: np.random.Generator) -> Tensor:
    """Features of real photos pushed along the weights of one random class each."""
    count = len(features) // 2
    weight = cast(Tensor, classifier.weight)
    rows = torch.from_numpy(rng.integers(len(weight), size=count)).to(weight.device)
    push = functional.normalize(weight[rows], dim=-1)
    far = torch.from_numpy(rng.uniform(3.0, 12.0, size=(count, 1)).astype(np.float32))
    base = features[torch.from_numpy(rng.permutation(len(features))[:count]).to(features.device)]
    return functional.relu(base + far.to(features.device) * push)


def train_everyday(
    layer: nn.Linear,
    views: list[NDArray[np.float16]],
    said: Sayings,
    names: int,
    *,
    steps: int = 300,
    batch: int = 1024,
    rate: float = 3e-3,
    seed: int = 4,
    device: torch.device = CPU,
) -> None:
    """The linear classifier over the class names, in place; several names may be true."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    layer.to(device)
    optimiser = torch.optim.AdamW(layer.parameters(), lr=rate, weight_decay=0.02, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps)
    labelled = np.array([len(classes) > 0 for classes in said.classes])
    chance = np.where(labelled, said.chance, 0.0)
    only = Sayings(said.captions, said.phrases, said.classes, chance / chance.sum())
    for _ in range(steps):
        drawn = draw(only, names, batch, rng)
        which = rng.integers(len(views), size=batch)
        rows = np.stack([views[v][p] for v, p in zip(which, drawn.photos, strict=True)])
        seen = torch.from_numpy(rows.astype(np.float32)).to(device)
        features = functional.dropout(seen, 0.2)
        truth = torch.from_numpy(drawn.seen).to(device).float()
        truth = truth / truth.sum(dim=1, keepdim=True)
        loss = functional.cross_entropy(layer(features), truth, label_smoothing=0.05)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
    layer.cpu()

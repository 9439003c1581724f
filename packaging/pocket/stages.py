"""The image side in stages; each reads what the former left in the work folder and leaves its own.

Every stage can be stopped and started again: finished files are kept, training goes on from the
last checkpoint.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor, nn

from . import draws, head, held, second, start, towers, trunk, tune
from .beliefs import Beliefs, Classifier
from .corpus import Corpus
from .export import export
from .features import cache_features, trunk_features
from .objective import Lessons, TextSpace
from .pictures import Pixels, cache_pictures
from .recipe import (
    BACKBONE,
    HEAD,
    LAMBDAS,
    STORED_SIZE,
    TEXT_SEED,
    TOP,
    TRAIN_SIZE,
    TUNE_WEIGHTS,
    USED_SIZE,
    WEIGHTS,
    Ground,
    Recipe,
)


def pictures(recipe: Recipe, corpus: Corpus) -> Pixels:
    """The decoded photos."""
    target = recipe.work / f"pictures-{STORED_SIZE}.npy"
    return cache_pictures(recipe.data, corpus.photos, STORED_SIZE, target)


def backbone(recipe: Recipe) -> tune.Backbone:
    """The exact ImageNet network."""
    return tune.Backbone(*trunk.load_backbone(recipe.data / BACKBONE))


def second_logits(recipe: Recipe, pixels: Pixels) -> second.Logits:
    """What the second teacher says of every photo."""
    path = recipe.data / second.FILE
    return second.cache_logits(path, pixels, recipe.work / "second.npy", recipe.device)


def new_beliefs(base: Ground, exact: tune.Backbone) -> Beliefs:
    """The backbone's own classifier, and an everyday one that has learned nothing yet."""
    said = base.classes()
    items = [Classifier(name, LAMBDAS[name], TOP, said[name][0]) for name in LAMBDAS]
    torch.manual_seed(HEAD.seed)
    beliefs = Beliefs(items, trunk.FEATURES, towers.WIDTH)
    with torch.no_grad():
        for name, (_, vectors) in said.items():
            beliefs.text(name).copy_(torch.from_numpy(vectors))
        layer = cast(nn.Linear, beliefs.layers["imagenet"])
        layer.weight.copy_(exact.weight)
        layer.bias.copy_(exact.bias)
    return beliefs


def train_head(recipe: Recipe, base: Ground) -> None:
    """Head, text map and everyday classifier: on frozen features, or read from the start folder."""
    target = recipe.work / "head.pt"
    if target.exists():
        return
    exact = backbone(recipe)
    beliefs = new_beliefs(base, exact)
    space, visual = base.space(), new_visual(recipe, exact)
    if recipe.start is not None:
        start.read_image(recipe.start, visual, beliefs)
        with torch.no_grad():
            space.metric.copy_(torch.from_numpy(start.read_map(recipe.start, base.classes())))
        _store(target, visual, beliefs, space)
        return
    light = exact.trunk.to(recipe.device).to(memory_format=torch.channels_last)
    cached = recipe.work / f"features-{TRAIN_SIZE}.npy"
    views = [cache_features(light, pictures(recipe, base.corpus), TRAIN_SIZE, cached)]
    everyday = cast(nn.Linear, beliefs.layers["everyday"])
    head.train_everyday(
        everyday,
        views,
        base.said,
        len(base.names),
        steps=recipe.head.everyday_steps,
        batch=recipe.head.batch,
        device=recipe.device,
    )
    beliefs.requires_grad_(False)
    visual.head.mlp.drop1.p = recipe.head.dropout
    lessons = Lessons(space, base.said, base.captions, WEIGHTS)
    head.train_head(visual.head, beliefs, lessons, views, recipe.head, device=recipe.device)
    _store(target, visual, beliefs, space)


def new_visual(recipe: Recipe, exact: tune.Backbone) -> Any:
    """The image tower with the backbone's trunk and a random head."""
    visual = cast(Any, towers.build_model(recipe.head.seed)).visual
    visual.trunk.load_state_dict(exact.trunk.state_dict())
    return visual


def _store(target: Path, visual: nn.Module, beliefs: nn.Module, space: nn.Module) -> None:
    parts = {"visual": visual, "beliefs": beliefs, "space": space}
    torch.save({name: part.state_dict() for name, part in parts.items()}, target)


def load(recipe: Recipe, base: Ground, name: str) -> tuple[Any, Beliefs, TextSpace]:
    """Image tower, beliefs and text space as the stage `name` left them."""
    exact = backbone(recipe)
    visual, beliefs, space = new_visual(recipe, exact), new_beliefs(base, exact), base.space()
    state = torch.load(recipe.work / f"{name}.pt", weights_only=True)
    visual.load_state_dict(state["visual"])
    beliefs.load_state_dict(state["beliefs"])
    space.load_state_dict(state["space"])
    return visual, beliefs, space


def fine_tune(recipe: Recipe, base: Ground) -> None:
    """Every stage of the trunk, head, classifiers and text map, on pixels."""
    target = recipe.work / "tuned.pt"
    if target.exists():
        return
    pixels = pictures(recipe, base.corpus)
    visual, beliefs, space = load(recipe, base, "head")
    visual.head.mlp.drop1.p = 0.3
    averaged = tune.tune(
        visual,
        beliefs,
        Lessons(space, base.said, base.captions, TUNE_WEIGHTS),
        pixels,
        backbone=backbone(recipe),
        second=second_logits(recipe, pixels),
        settings=recipe.tune,
        folder=recipe.work / "tune",
        device=recipe.device,
    )
    _store(target, averaged["visual"], averaged["beliefs"], averaged["space"])


def tuned(recipe: Recipe, base: Ground) -> tuple[Any, Beliefs, TextSpace]:
    """What is shipped: weights part of the way from where tuning began to where it ended.

    Tuning finds more by captions and forgets some of the classes; half way both are kept
    (WiSE-FT, Wortsman et al. 2022).
    """
    before, after = load(recipe, base, "head"), load(recipe, base, "tuned")
    with torch.no_grad():
        for first, last in zip(before, after, strict=True):
            for old, new in zip(first.parameters(), last.parameters(), strict=True):
                new.lerp_(old, 1 - recipe.share)
    return after


def weigh(recipe: Recipe, base: Ground) -> dict[str, float]:
    """The beliefs' weights in use, by the rule of `held.best_weights` on the held-out photos."""
    visual, beliefs, space = tuned(recipe, base)
    pixels = pictures(recipe, base.corpus)
    photos = draws.hold_out(base.corpus)
    exact = backbone(recipe)
    features = torch.from_numpy(trunk_features(exact.trunk, pixels[photos], TRAIN_SIZE)).float()
    first = (features @ exact.weight.T + exact.bias).numpy()
    second_of_them = second_logits(recipe, pixels)[photos].astype(np.float32)
    seen = held.look(visual.trunk, base, pixels, first, second_of_them)
    weights, figures = held.best_weights(seen, visual, beliefs, space)
    print(f"beliefs' weights {weights}: held out {figures}", flush=True)
    return weights


def ship(recipe: Recipe, base: Ground, target: Path, lambdas: dict[str, float]) -> None:
    """Write the product from the tuned tower."""
    visual, beliefs, space = tuned(recipe, base)
    beliefs.weigh(lambdas)
    model = cast(Any, towers.build_model(TEXT_SEED, USED_SIZE))
    towers.load_text(model, torch.load(recipe.work / "text.pt", weights_only=True))
    model.visual.load_state_dict(deepcopy(visual).state_dict())
    metric: Tensor = space.metric
    export(target, model, beliefs, metric, image_size=USED_SIZE)

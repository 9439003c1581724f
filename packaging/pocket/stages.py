"""The stages in order; each reads what the former left in the work folder and leaves its own.

Every stage can be stopped and started again: finished files are kept, training goes on from the
last checkpoint.
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

from . import corpus as corpora
from . import draws, head, teacher, text_tower, towers, trunk, tune, words
from .beliefs import Beliefs, Classifier
from .corpus import Corpus
from .export import export
from .features import cache_features
from .objective import Lessons, TextSpace, Weights
from .pictures import Pixels, cache_pictures
from .teacher import TextTargets

BACKBONE = "backbone/mobilenet_v2_1.0_224_quant.tflite"
STORED_SIZE = 192  # px of the cached photos
TRAIN_SIZE, USED_SIZE = 193, 225  # 1 more than a multiple of 32: see trunk.py
LAMBDAS = {"imagenet": 0.5, "everyday": 0.35}  # in the loop, while training
SHIPPED = {"imagenet": 0.8, "everyday": 0.6}
TOP = 5
WEIGHTS = Weights(metric=2.0)
TUNE_WEIGHTS = Weights(metric=2.0, names=0.8)
TEXT_FIRST = text_tower.TextSettings(steps=1800, rate=1.6e-3)
TEXT_SECOND = text_tower.TextSettings(steps=3200, rate=1.1e-3, warm_up=0.03, seed=11)
TEXT_THIRD = text_tower.TextSettings(steps=1200, rate=9e-4, warm_up=0.05, seed=12)
TEXT_FOURTH = text_tower.TextSettings(steps=800, rate=7e-4, warm_up=0.05, seed=13)
HEAD = head.HeadSettings(steps=500)
TUNE_LATE = tune.TuneSettings(steps=500, size=TRAIN_SIZE, frozen=3)
TUNE_ALL = tune.TuneSettings(
    steps=60, size=TRAIN_SIZE, frozen=0, trunk_rate=6e-5, head_rate=6e-5, seed=5, average=0.98
)


@dataclass(frozen=True)
class Recipe:
    """Where things are and how long each training stage is."""

    data: Path
    work: Path
    text_first: text_tower.TextSettings = TEXT_FIRST
    text_second: text_tower.TextSettings = TEXT_SECOND
    text_third: text_tower.TextSettings = TEXT_THIRD
    text_fourth: text_tower.TextSettings = TEXT_FOURTH
    head: head.HeadSettings = HEAD
    tune_late: tune.TuneSettings = TUNE_LATE
    tune_all: tune.TuneSettings = TUNE_ALL
    share: float = 1.0  # how far from the frozen start to the tuned weights (WiSE-FT)


@dataclass(frozen=True)
class Ground:
    """What every stage stands on."""

    corpus: Corpus
    targets: TextTargets
    names: NDArray[np.float32]
    imagenet: NDArray[np.float32]
    said: draws.Sayings
    captions: NDArray[np.int64]

    def space(self) -> TextSpace:
        """A fresh text space, its map the identity."""
        return TextSpace(self.targets.vectors, self.names, self.imagenet)


def ground(recipe: Recipe) -> Ground:
    """Texts and their targets; from the cache where they are there."""
    corpus = corpora.read_corpus(recipe.data)
    targets = corpora.text_targets(corpus, recipe.work)
    held_out = draws.hold_out(corpus)
    return Ground(
        corpus,
        targets,
        targets.of_names(corpus.names, words.NAME_TEMPLATES),
        corpora.imagenet_targets(corpus, targets),
        draws.sayings(corpus, targets, held_out),
        np.array([targets.row[caption] for caption in corpus.captions]),
    )


def pictures(recipe: Recipe, corpus: Corpus) -> Pixels:
    """The decoded photos."""
    target = recipe.work / f"pictures-{STORED_SIZE}.npy"
    return cache_pictures(recipe.data, corpus.photos, STORED_SIZE, target)


def backbone(recipe: Recipe) -> tune.Backbone:
    """The exact ImageNet network."""
    return tune.Backbone(*trunk.load_backbone(recipe.data / BACKBONE))


def tokens(recipe: Recipe, targets: TextTargets) -> towers.Tokens:
    """Token numbers of every text."""
    target = recipe.work / "tokens.npy"
    if not target.exists():
        np.save(target, towers.tokenize(targets.texts))
    return cast(towers.Tokens, np.load(target))


def train_text(recipe: Recipe, base: Ground) -> None:
    """The text tower in four rounds: all texts alike, then captions and class names."""
    target = recipe.work / "text.pt"
    if target.exists():
        return
    numbers = tokens(recipe, base.targets)
    model = towers.build_model(recipe.text_first.seed)
    text_tower.warm_start(model, numbers)
    first, second, third, fourth = text_weights(base)
    rounds = (
        (recipe.text_first, first, "text-1"),
        (recipe.text_second, second, "text-2"),
        (recipe.text_third, third, "text-3"),
        (recipe.text_fourth, fourth, "text-4"),
    )
    for settings, weights, name in rounds:
        text_tower.train_text_tower(
            model,
            numbers,
            base.targets.vectors,
            weights,
            settings=settings,
            folder=recipe.work / name,
        )
    state = {k: v for k, v in model.state_dict().items() if not k.startswith("visual")}
    torch.save(state, target)


def text_weights(base: Ground) -> list[NDArray[np.float64]]:
    """How often each text is drawn in each round: all alike, then captions and class names.

    Names are few, and a wrong vector for one is a wrong class: they count most in the later
    rounds, captions a little more again toward the end.
    """
    corpus = base.corpus
    own = {" ".join(text.split()) for photo in corpus.photos for text in photo.captions}
    names = set(corpora.class_texts(corpus))
    framed = set(words.in_templates(sorted(names)))
    captions, phrases = set(corpus.captions), set(corpus.phrases)
    nouns = {form for noun in corpus.nouns for form in (noun, f"a photo of a {noun}")}

    def weighted(
        name: float, frame: float, caption: float, noun: float = 0.4
    ) -> NDArray[np.float64]:
        kinds = [(names, name), (framed, frame), (own, 2.0), (captions, caption)]
        kinds += [(nouns, noun), (phrases, 0.4)]
        return np.array(
            [
                next((weight for members, weight in kinds if text in members), 0.5)
                for text in base.targets.texts
            ]
        )

    first = np.array([1.5 if text in own else 1.0 for text in base.targets.texts])
    later = [weighted(8.0, 3.0, 1.0), weighted(5.0, 1.5, 1.2), weighted(3.0, 0.6, 1.5, 0.2)]
    return [first, *later]


def check_text(recipe: Recipe, base: Ground, captions: list[str]) -> tuple[float, float]:
    """The text tower against its teacher: mean cosine, share whose own caption is nearest."""
    model = towers.build_model(recipe.text_first.seed)
    model.load_state_dict(torch.load(recipe.work / "text.pt", weights_only=True), strict=False)
    found = towers.text_vectors(model, towers.tokenize(captions))
    wanted = teacher.unit(teacher.teacher_vectors(captions) - base.targets.mean)
    nearest = (found @ wanted.T).argmax(axis=1) == np.arange(len(captions))
    return float((found * wanted).sum(axis=1).mean()), float(nearest.mean())


def new_beliefs(base: Ground, exact: tune.Backbone) -> Beliefs:
    """The backbone's own classifier, and an everyday one that has learned nothing yet."""
    classes = {
        "imagenet": tuple(names[0] for names in base.corpus.imagenet),
        "everyday": tuple(base.corpus.names),
    }
    items = [Classifier(name, LAMBDAS[name], TOP, classes[name]) for name in LAMBDAS]
    torch.manual_seed(HEAD.seed)
    beliefs = Beliefs(items, trunk.FEATURES, towers.WIDTH)
    with torch.no_grad():
        beliefs.text("imagenet").copy_(torch.from_numpy(base.imagenet))
        beliefs.text("everyday").copy_(torch.from_numpy(base.names))
        layer = cast(nn.Linear, beliefs.layers["imagenet"])
        layer.weight.copy_(exact.weight)
        layer.bias.copy_(exact.bias)
    return beliefs


def train_head(recipe: Recipe, base: Ground) -> None:
    """Head, text map and everyday classifier on the frozen trunk's features."""
    target = recipe.work / "head.pt"
    if target.exists():
        return
    exact = backbone(recipe)
    light = exact.trunk.to(memory_format=torch.channels_last)
    pixels = pictures(recipe, base.corpus)
    cached = recipe.work / f"features-{TRAIN_SIZE}.npy"
    views = [cache_features(light, pixels, TRAIN_SIZE, cached)]
    beliefs = new_beliefs(base, exact)
    everyday = cast(nn.Linear, beliefs.layers["everyday"])
    head.train_everyday(everyday, views, base.said, len(base.names))
    beliefs.requires_grad_(False)
    space, visual = base.space(), new_visual(recipe, exact)
    visual.head.mlp.drop1.p = recipe.head.dropout
    lessons = Lessons(space, base.said, base.captions, WEIGHTS)
    head.train_head(visual.head, beliefs, lessons, views, recipe.head)
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
    """The late stages first, then a short round of all of them."""
    pixels = pictures(recipe, base.corpus)
    rounds = (
        ("head", "tuned-late", recipe.tune_late),
        ("tuned-late", "tuned", recipe.tune_all),
    )
    for before, after, settings in rounds:
        target = recipe.work / f"{after}.pt"
        if target.exists():
            continue
        visual, beliefs, space = load(recipe, base, before)
        visual.head.mlp.drop1.p = 0.3
        averaged = tune.tune(
            visual,
            beliefs,
            Lessons(space, base.said, base.captions, TUNE_WEIGHTS),
            pixels,
            backbone=backbone(recipe),
            settings=settings,
            folder=recipe.work / after,
        )
        _store(target, averaged["visual"], averaged["beliefs"], averaged["space"])


def ship(recipe: Recipe, base: Ground, target: Path, lambdas: dict[str, float]) -> None:
    """Write the product from the tuned tower, `share` of the way from the frozen start to it."""
    visual, beliefs, space = load(recipe, base, "tuned")
    if recipe.share < 1.0:
        first = load(recipe, base, "head")
        visual = tune.between(first[0], visual, recipe.share)
        beliefs = cast(Beliefs, tune.between(first[1], beliefs, recipe.share))
        space = cast(TextSpace, tune.between(first[2], space, recipe.share))
    beliefs.weigh(lambdas)
    model = cast(Any, towers.build_model(recipe.text_first.seed, USED_SIZE))
    model.load_state_dict(torch.load(recipe.work / "text.pt", weights_only=True), strict=False)
    model.visual.load_state_dict(deepcopy(visual).state_dict())
    metric: Tensor = space.metric
    export(target, model, beliefs, metric, image_size=USED_SIZE)

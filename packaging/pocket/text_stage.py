"""The text stage: the tower distilled from the teacher's vectors, and its check."""

from __future__ import annotations

from copy import deepcopy
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from . import corpus as corpora
from . import start, teacher, text_tower, towers, words
from .recipe import TEXT_SEED, Ground, Recipe
from .teacher import TextTargets


def tokens(recipe: Recipe, targets: TextTargets) -> towers.Tokens:
    """Token numbers of every text."""
    target = recipe.work / "tokens.npy"
    if not target.exists():
        np.save(target, towers.tokenize(targets.texts))
    return cast(towers.Tokens, np.load(target))


def train_text(recipe: Recipe, base: Ground) -> None:
    """The text tower in rounds: all texts alike, then more of captions and class names.

    A tower read from a start folder has the first rounds behind it: only the last is run, and
    ends half way back to the start (Wortsman et al. 2022), which is better than either end.
    """
    target = recipe.work / "text.pt"
    if target.exists():
        return
    numbers = tokens(recipe, base.targets)
    model = towers.build_model(TEXT_SEED)
    rounds = list(zip(recipe.text, text_weights(base), strict=True))
    if recipe.start is None:
        text_tower.warm_start(model, numbers)
    else:
        start.read_text(recipe.start, model, numbers, base.targets.vectors)
        rounds = rounds[-1:]
    begin = deepcopy(model.state_dict())
    for settings, weights in rounds:
        text_tower.train_text_tower(
            model,
            numbers,
            base.targets.vectors,
            weights,
            settings=settings,
            folder=recipe.work / f"text-{settings.seed}",
            device=recipe.device,
        )
        if recipe.start is not None:
            halfway(model, begin)
    state = {k: v for k, v in model.state_dict().items() if not k.startswith("visual")}
    torch.save(state, target)


@torch.no_grad()
def halfway(model: nn.Module, begin: dict[str, Tensor]) -> None:
    """Put the weights of `model` half way between where they are and `begin`."""
    for name, value in model.named_parameters():
        value.lerp_(begin[name], 0.5)


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
    return [first, *later, weighted(5.0, 1.0, 1.5, 0.3)]


def check_text(recipe: Recipe, base: Ground, captions: list[str]) -> tuple[float, float]:
    """The text tower against its teacher: mean cosine, share whose own caption is nearest."""
    model = towers.build_model(TEXT_SEED)
    towers.load_text(model, torch.load(recipe.work / "text.pt", weights_only=True))
    found = towers.text_vectors(model, towers.tokenize(captions))
    wanted = teacher.unit(teacher.teacher_vectors(captions) - base.targets.mean)
    nearest = (found @ wanted.T).argmax(axis=1) == np.arange(len(captions))
    return float((found * wanted).sum(axis=1).mean()), float(nearest.mean())

"""The text stage: the tower distilled from the teacher's vectors, and its check."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from . import corpus as corpora
from . import draws, export, start, teacher, text_tower, token_rows, towers, words
from .recipe import TEXT_SEED, Ground, Recipe
from .teacher import TextTargets, Vectors


def tokens(recipe: Recipe, targets: TextTargets) -> towers.Tokens:
    """Token numbers of every text."""
    target = recipe.work / "tokens.npy"
    if not target.exists():
        np.save(target, towers.tokenize(targets.texts))
    return cast(towers.Tokens, np.load(target))


def train_text(recipe: Recipe, base: Ground) -> None:
    """The text tower in rounds: all texts alike, then more of captions and class names.

    A tower read from a start folder has the first rounds behind it: only the last is run, in view
    of the folder's text map, and what comes out is `text_share` of the way to where it ends: the
    short round gains on some texts and loses on others. Before the last, tokens that no text has
    get their rows.
    """
    target = recipe.work / "text.pt"
    if target.exists():
        return
    numbers = tokens(recipe, base.targets)
    model = towers.build_model(TEXT_SEED)
    rounds = list(zip(recipe.text, text_weights(base), strict=True))
    metric = None

    def run(rounds: list[tuple[text_tower.TextSettings, NDArray[np.float64]]]) -> None:
        for settings, weights in rounds:
            text_tower.train_text_tower(
                model,
                numbers,
                base.targets.vectors,
                weights,
                settings=settings,
                folder=recipe.work / f"text-{settings.seed}",
                metric=metric,
                device=recipe.device,
            )

    if recipe.start is None:
        text_tower.warm_start(model, numbers)
        run(rounds[:-1])
    else:
        metric = start.read_map(recipe.start, base.classes())
        start.read_text(recipe.start, model, metric)
    fill_rows(recipe, base, model, metric)
    before = _text_of(model)
    run(rounds[-1:])
    state = _text_of(model)
    if recipe.start is not None:
        state = {name: before[name].lerp(value, recipe.text_share) for name, value in state.items()}
    torch.save(state, target)


def _text_of(model: nn.Module) -> dict[str, Tensor]:
    """A copy of the text tower's weights."""
    state = model.state_dict()
    return {name: state[name].clone() for name in state if not name.startswith("visual")}


def fill_rows(recipe: Recipe, base: Ground, model: nn.Module, metric: Vectors | None) -> None:
    """Rows of the tokens that no text has, in place."""
    missing = token_rows.missing_rows(model)
    if not len(missing):
        return  # a start folder that has them
    kept = recipe.work / "words.npz"
    words = teacher.cache_targets(token_rows.word_texts(), kept, mean=base.targets.mean)
    token_rows.guess_rows(model, missing, words, recipe.rows)
    token_rows.train_rows(model, missing, words, metric, recipe.rows)


def text_weights(base: Ground) -> list[NDArray[np.float64]]:
    """How often each text is drawn in each round: all alike, then captions and class names.

    Names are few, and a wrong vector for one is a wrong class: they count most in the later
    rounds, captions a little more again toward the end. In the last round each kind has a share of
    the draws, and the captions of photos that are held out have none: what it brings is seen there.
    """
    corpus = base.corpus
    own = {" ".join(text.split()) for photo in corpus.photos for text in photo.captions}
    names = set(corpora.class_texts(corpus))
    framed = set(words.in_templates(sorted(names)))
    held = {
        " ".join(text.split())
        for photo in draws.hold_out(corpus)
        for text in corpus.photos[photo].captions
    }
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

    def shared(shares: list[tuple[set[str], float]], rest: float) -> NDArray[np.float64]:
        kinds = np.array(
            [
                next((n for n, (members, _) in enumerate(shares) if text in members), len(shares))
                for text in base.targets.texts
            ]
        )
        counts = np.bincount(kinds, minlength=len(shares) + 1)
        each = np.array([*(share for _, share in shares), rest]) / np.maximum(counts, 1)
        return cast(NDArray[np.float64], each[kinds])

    first = np.array([1.5 if text in own else 1.0 for text in base.targets.texts])
    later = [weighted(8.0, 3.0, 1.0), weighted(5.0, 1.5, 1.2), weighted(3.0, 0.6, 1.5, 0.2)]
    last = [(held, 0.0), (names, 0.14), (framed, 0.1), (own, 0.4), (captions, 0.28)]
    return [first, *later, shared(last, 0.08)]


def trained(recipe: Recipe) -> nn.Module:
    """A model with the text tower that the stage left."""
    model = towers.build_model(TEXT_SEED)
    towers.load_text(model, torch.load(recipe.work / "text.pt", weights_only=True))
    return model


def ship_text(recipe: Recipe, base: Ground, target: Path) -> None:
    """Write the start folder with the new text tower."""
    if recipe.start is None:
        raise ValueError("there is no start folder whose image side could stay")
    metric = start.read_map(recipe.start, base.classes())
    export.with_text(recipe.start, target, trained(recipe), metric)


def check_text(recipe: Recipe, base: Ground, captions: list[str]) -> tuple[float, float]:
    """The text tower against its teacher: mean cosine, share whose own caption is nearest."""
    model = trained(recipe)
    found = towers.text_vectors(model, towers.tokenize(captions))
    wanted = teacher.unit(teacher.teacher_vectors(captions) - base.targets.mean)
    nearest = (found @ wanted.T).argmax(axis=1) == np.arange(len(captions))
    return float((found * wanted).sum(axis=1).mean()), float(nearest.mean())

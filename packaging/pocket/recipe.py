"""What a run of the recipe is given, how long each of its stages is, and what all stand on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from . import corpus as corpora
from . import draws, head, text_tower, token_rows, tune, words
from .corpus import Corpus
from .device import CPU
from .objective import TextSpace, Weights
from .teacher import TextTargets

BACKBONE = "backbone/mobilenet_v2_1.0_224_quant.tflite"
STORED_SIZE = 192  # px of the cached photos
TRAIN_SIZE, USED_SIZE = 193, 225  # 1 more than a multiple of 32: see trunk.py
LAMBDAS = {"imagenet": 0.65, "everyday": 0.5}  # in the loop, while training
TOP = 5
TEXT_SEED = 1
WEIGHTS = Weights(metric=2.0)
TUNE_WEIGHTS = Weights(metric=2.0, names=0.8)
# Rounds of the text tower. With a start folder only the last is run.
TEXT = (
    text_tower.TextSettings(steps=1800, rate=1.6e-3),
    text_tower.TextSettings(steps=3200, rate=1.1e-3, warm_up=0.03, seed=11),
    text_tower.TextSettings(steps=1200, rate=9e-4, warm_up=0.05, seed=12),
    text_tower.TextSettings(steps=800, rate=7e-4, warm_up=0.05, seed=13),
    text_tower.TextSettings(steps=160, batch=256, rate=3e-4, warm_up=0.08, average=0.98, seed=21),
)
ROWS = token_rows.RowSettings()  # before the last round
HEAD = head.HeadSettings(steps=500)
# As short as the trial in README.md had to be (text 1,300, this 250): longer is better.
TUNE = tune.TuneSettings(steps=250, size=TRAIN_SIZE)


@dataclass(frozen=True)
class Recipe:
    """Where things are and how long each training stage is."""

    data: Path
    work: Path
    start: Path | None = None  # an encoder folder of ours to go on from
    device: torch.device = CPU
    text: tuple[text_tower.TextSettings, ...] = TEXT
    rows: token_rows.RowSettings = ROWS
    head: head.HeadSettings = HEAD
    tune: tune.TuneSettings = TUNE
    # How far from where it began to where it ended (WiSE-FT): tuning; a text tower's going on.
    share: float = 0.5
    text_share: float = 0.35


@dataclass(frozen=True)
class Ground:
    """What every stage stands on."""

    corpus: Corpus
    targets: TextTargets
    names: NDArray[np.float32]
    imagenet: NDArray[np.float32]
    said: draws.Sayings
    captions: NDArray[np.int64]

    def classes(self) -> dict[str, tuple[tuple[str, ...], NDArray[np.float32]]]:
        """Each classifier's class names and their vectors."""
        thousand = tuple(names[0] for names in self.corpus.imagenet)
        return {
            "imagenet": (thousand, self.imagenet),
            "everyday": (tuple(self.corpus.names), self.names),
        }

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

"""Which photos are drawn, and what is said of each when it is: the weighting of the training.

Captioned photos are about half of all draws; of the rest, a photo of a large class is drawn less
often than one of a small class, by the root of the size. This matters more than anything else.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import words
from .corpus import Corpus
from .teacher import TextTargets

Rows = NDArray[np.int64]
CAPTIONED, LISTED = 0.5, 0.12  # shares of the draws; what is left goes to single labels
TEXTS = 3  # texts drawn for each captioned photo


@dataclass(frozen=True)
class Sayings:
    """Per photo: rows of its caption texts and phrases in the targets, and its class numbers."""

    captions: list[Rows]
    phrases: list[Rows]
    classes: list[Rows]
    chance: NDArray[np.float64]


@dataclass(frozen=True)
class Draw:
    """One batch: photos, text rows for each (-1: none), a class for each (-1: none)."""

    photos: Rows
    texts: Rows  # (n, TEXTS)
    classes: Rows
    seen: NDArray[np.bool_]  # (n, classes): every class that is said of the photo


def sayings(corpus: Corpus, targets: TextTargets, held_out: Rows) -> Sayings:
    """Collect rows; photos in `held_out` are never drawn."""
    number = {name: place for place, name in enumerate(corpus.names)}
    captions, phrases, classes = [], [], []
    for photo, listed in zip(corpus.photos, corpus.list_captions, strict=True):
        texts = [" ".join(text.split()) for text in photo.captions] or list(listed)
        captions.append(np.array([targets.row[text] for text in texts], dtype=np.int64))
        pieces = {piece for text in photo.captions for piece in words.phrases(text)}
        phrases.append(
            np.array([targets.row[p] for p in sorted(pieces) if p in targets.row], dtype=np.int64)
        )
        classes.append(np.array([number[label] for label in photo.labels], dtype=np.int64))
    chance = _chances(corpus)
    chance[held_out] = 0.0
    return Sayings(captions, phrases, classes, chance / chance.sum())


def _chances(corpus: Corpus) -> NDArray[np.float64]:
    sizes = Counter(label for photo in corpus.photos for label in photo.labels)
    kinds: dict[str, list[tuple[int, float]]] = {"captioned": [], "listed": [], "single": []}
    for place, photo in enumerate(corpus.photos):
        if photo.captions:
            kinds["captioned"].append((place, 1.0))
        elif photo.labels:
            rarest = min(sizes[label] for label in photo.labels)
            kind = "single" if len(photo.labels) == 1 else "listed"
            kinds[kind].append((place, rarest**-0.5))
    shares = {"captioned": CAPTIONED, "listed": LISTED, "single": 1 - CAPTIONED - LISTED}
    chance = np.zeros(len(corpus.photos))
    for kind, members in kinds.items():
        total = sum(weight for _, weight in members)
        for place, weight in members:
            chance[place] = shares[kind] * weight / total
    return chance


def draw(said: Sayings, names: int, size: int, rng: np.random.Generator) -> Draw:
    """A batch of `size` photos; one of five captions gives way to a phrase of the photo's own.

    Text vectors are fixed, so a second and third text of a photo cost next to nothing.
    """
    photos = rng.choice(len(said.chance), size=size, p=said.chance)
    texts = np.full((size, TEXTS), -1)
    classes = np.full(size, -1)
    seen = np.zeros((size, names), dtype=bool)
    for place, photo in enumerate(photos):
        for turn in range(TEXTS):
            pool = said.captions[photo]
            if len(said.phrases[photo]) and rng.random() < 0.2:
                pool = said.phrases[photo]
            if len(pool):
                texts[place, turn] = pool[rng.integers(len(pool))]
        if len(said.classes[photo]):
            classes[place] = rng.choice(said.classes[photo])
            seen[place, said.classes[photo]] = True
    return Draw(photos, texts, classes, seen)


def hold_out(corpus: Corpus, seed: int = 7) -> Rows:
    """400 captioned and 1,200 singly labelled photos, to choose settings on."""
    rng = np.random.default_rng(seed)
    sizes = Counter(label for photo in corpus.photos for label in photo.labels)
    captioned = [i for i, photo in enumerate(corpus.photos) if photo.source.startswith("coco")]
    captioned = [i for i in captioned if len(corpus.photos[i].captions) >= 4]
    single = [
        i
        for i, photo in enumerate(corpus.photos)
        if len(photo.labels) == 1 and sizes[photo.labels[0]] >= 8
    ]
    parts = [rng.permutation(captioned)[:400], rng.permutation(single)[:1200]]
    return np.sort(np.concatenate(parts)).astype(np.int64)

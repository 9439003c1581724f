"""Questions of which it is known what answers them: a class of the training photos, and a library
with or without photos of it.

Only photos that the built-in encoder was not trained on (`pocket.draws.hold_out`) are in these
libraries: of those that it has learnt by heart it is too sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pocket.sources import Photo

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Labels of things that are in many photos which do not say so.
EVERYWHERE = frozenset(
    {"person", "people", "chair", "bottle", "potted plant", "dining table", "car", "tv", "sky"}
    | {"tree", "water", "building"}
)
SMALLEST = 14  # photos in a library
_SAME = 0.6  # cosine of two labels from which on photos of one may show the other
_ROUNDS = 12


@dataclass(frozen=True)
class Experiment:
    """A query, the photos (rows) of a library, which of all photos show the thing, and whether any
    of those are in it."""

    words: str
    library: Rows
    shows: Flags
    present: bool


def _stems(text: str) -> set[str]:
    return {re.sub(r"e?s$", "", w) for w in re.findall(r"[a-z]{3,}", text.lower())}


def labels(photos: list[Photo]) -> list[str]:
    """The labels that are asked for."""
    return sorted({p.labels[0] for p in photos if p.labels} - EVERYWHERE)


def captions(photos: list[Photo]) -> list[tuple[int, str]]:
    """A caption of each photo that has any."""
    return [(row, photo.captions[0]) for row, photo in enumerate(photos) if photo.captions]


def experiments(
    photos: list[Photo], texts: dict[str, Vectors], seed: int = 0
) -> Iterator[Experiment]:
    """Each label and each caption, with and without what it means, in libraries of SMALLEST to all
    photos. `texts`: the vectors of all labels."""
    dice = np.random.default_rng(seed)
    every = np.arange(len(photos))
    in_captions = [_stems(" ".join(photo.captions)) for photo in photos]
    for _ in range(_ROUNDS):
        for label in labels(photos):
            shows, may = _shown(label, photos, in_captions, texts)
            wanted, others = every[shows], every[~shows & ~may]
            size = _size(dice, len(photos))
            share = 1 + int(len(wanted) * dice.random())
            kept = dice.permutation(wanted)[:share]
            rest = dice.permutation(others)
            whole = np.concatenate([kept, rest[: max(0, size - len(kept))]])
            yield Experiment(label, whole, shows, True)
            yield Experiment(label, dice.permutation(others)[:size], shows, False)
    for row, caption in captions(photos):
        shows = every == row
        others = dice.permutation(every[~shows])[: _size(dice, len(photos)) - 1]
        yield Experiment(caption, np.concatenate([[row], others]), shows, True)
        yield Experiment(caption, others, shows, False)


def _size(dice: np.random.Generator, most: int) -> int:
    return int(np.exp(dice.uniform(np.log(SMALLEST), np.log(most))))


def _shown(
    label: str, photos: list[Photo], in_captions: list[set[str]], texts: dict[str, Vectors]
) -> tuple[Flags, Flags]:
    """Which photos show the thing, and which of the others may."""
    stems = _stems(label)
    shows, may = (np.zeros(len(photos), np.bool_) for _ in range(2))
    for row, photo in enumerate(photos):
        if photo.labels:
            own = photo.labels[0]
            shows[row] = own == label
            near = float(texts[own] @ texts[label]) > _SAME
            may[row] = own != label and (near or bool(stems & _stems(own)))
        else:
            shows[row] = bool(stems) and stems <= in_captions[row]
            may[row] = bool(stems & in_captions[row])
    return shows, may

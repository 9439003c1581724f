"""Figures on training photos that were never drawn: what settings are chosen on.

Three of them, each in per cent: R@10 of the held-out captions among all held-out photos; top-1 of
the held-out labels among all class names; top-1 over ImageNet's names of the photos on whose
class both ImageNet networks agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from . import draws, metrics
from .beliefs import Beliefs
from .draws import Rows
from .features import trunk_features
from .objective import TextSpace
from .pictures import Pixels
from .recipe import USED_SIZE, Ground

GRID = {"imagenet": (0.3, 0.5, 0.65, 0.8, 1.0), "everyday": (0.2, 0.35, 0.5, 0.65, 0.8)}


@dataclass(frozen=True)
class Held:
    """Features of the held-out photos and what is true of them."""

    features: Tensor  # (n, 1280) of the tower that is judged
    captions: Rows  # rows of the targets
    owner: Rows  # of each caption, a row of `features`
    named: Rows  # rows of `features` with one label
    label: Rows  # its number
    agreed: Rows  # rows of `features` whose ImageNet class two networks agree on
    thousand: Rows  # its number


@torch.inference_mode()
def look(
    trunk: nn.Module,
    base: Ground,
    pixels: Pixels,
    first: NDArray[np.float32],
    second: NDArray[np.float32],
) -> Held:
    """Pass the held-out photos; `first` and `second` are two networks' logits of them."""
    photos = draws.hold_out(base.corpus)
    found = trunk_features(trunk, pixels[photos], USED_SIZE)
    features = torch.from_numpy(found.astype(np.float32))
    captions, owner, named, label = [], [], [], []
    for place, photo in enumerate(photos):
        rows = base.said.captions[photo] if base.corpus.photos[photo].captions else []
        captions += [int(row) for row in rows]
        owner += [place] * len(rows)
        if len(base.said.classes[photo]) == 1:
            named.append(place)
            label.append(int(base.said.classes[photo][0]))
    logits = [torch.from_numpy(part) for part in (first, second)]
    chance = [functional.softmax(part, dim=-1) for part in logits]
    best = [part.argmax(dim=-1) for part in chance]
    sure = torch.stack([part.max(dim=-1).values for part in chance]).mean(dim=0) > 0.4
    agreed = np.flatnonzero(((best[0] == best[1]) & sure).numpy())
    return Held(
        features,
        np.array(captions, dtype=np.int64),
        np.array(owner, dtype=np.int64),
        np.array(named, dtype=np.int64),
        np.array(label, dtype=np.int64),
        agreed,
        best[0].numpy()[agreed],
    )


@dataclass(frozen=True)
class Figures:
    """In per cent."""

    captions: float
    names: float
    imagenet: float

    @property
    def total(self) -> float:
        """What is maximised: captions count as much as the two kinds of class names together."""
        return 2 * self.captions + self.names + self.imagenet


@torch.inference_mode()
def judge(held: Held, visual: Any, beliefs: Beliefs, space: TextSpace) -> Figures:
    """The figures with the beliefs' present weights, texts by the teacher's mapped vectors."""
    unit = functional.normalize(visual.head.eval()(held.features), dim=-1)
    images = beliefs(unit, held.features, space.metric).numpy()
    texts = space.mapped(torch.from_numpy(space.captions[held.captions])).numpy()
    names, thousand = space.mapped(space.names).numpy(), space.mapped(space.imagenet).numpy()

    def top(rows: Rows, classes: NDArray[np.float32], truth: Rows) -> float:
        return metrics.top_k(images[rows], classes, truth) if len(rows) else 0.0

    return Figures(
        metrics.text_to_image(texts, images, held.owner).at10 if len(texts) else 0.0,
        top(held.named, names, held.label),
        top(held.agreed, thousand, held.thousand),
    )


def best_weights(
    held: Held, visual: Any, beliefs: Beliefs, space: TextSpace
) -> tuple[dict[str, float], Figures]:
    """The rule for the beliefs' weights in use: the pair of the grid with the largest total."""
    tried = []
    for pair in product(*GRID.values()):
        weights = dict(zip(GRID, pair, strict=True))
        beliefs.weigh(weights)
        tried.append((weights, judge(held, visual, beliefs, space)))
    return max(tried, key=lambda item: item[1].total)

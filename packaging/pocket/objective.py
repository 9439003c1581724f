"""The losses of the image side, all of them on the vector that is used: beliefs included."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from .draws import Draw, Sayings
from .teacher import Vectors

SYNONYM = 0.65  # texts nearer than this by the teacher are not held against each other


@dataclass(frozen=True)
class Weights:
    """How much each loss counts: one taste is more captions, another more class names."""

    captions: float = 1.0
    names: float = 0.6
    imagenet: float = 0.5
    metric: float = 20.0
    name_scale: float = 20.0
    caption_scale: float = 20.0
    imagenet_scale: float = 40.0


class TextSpace(nn.Module):
    """The teacher's vectors and a learned map of them, close to the identity.

    The map says which differences between texts a photo can show. It is linear and the text
    tower ends in a linear projection, so at export it is folded into that.
    """

    def __init__(self, captions: Vectors, names: Vectors, imagenet: Vectors) -> None:
        super().__init__()
        self.metric = nn.Parameter(torch.eye(names.shape[1]))
        self.captions = captions
        self.names = torch.from_numpy(names)
        self.imagenet = torch.from_numpy(imagenet)
        self.near_names = self.names @ self.names.T > SYNONYM

    def mapped(self, vectors: Tensor) -> Tensor:
        """Unit text vectors in the image space."""
        return functional.normalize(vectors @ self.metric, dim=-1)

    def copy(self) -> TextSpace:
        """The same texts, a map of its own."""
        other = TextSpace(self.captions, self.names.numpy(), self.imagenet.numpy())
        with torch.no_grad():
            other.metric.copy_(self.metric)
        return other

    def away(self) -> Tensor:
        """Mean square distance of the map from the identity, times its width."""
        width = self.metric.shape[0]
        return (self.metric - torch.eye(width)).square().sum() / width


@dataclass(frozen=True)
class Lessons:
    """What the image side is taught from: texts, what is said of each photo, what counts.

    `captions` are the rows of the space's texts that random wrong captions are drawn from.
    """

    space: TextSpace
    said: Sayings
    captions: NDArray[np.int64]
    weights: Weights

    def others(self, count: int, rng: np.random.Generator) -> Vectors:
        """(count, d): random captions."""
        found: Vectors = self.space.captions[rng.choice(self.captions, count)]
        return found


def names_loss(images: Tensor, space: TextSpace, batch: Draw, scale: float) -> Tensor:
    """Softmax over all class names; near synonyms and what else is in the photo are masked."""
    asked = torch.from_numpy(np.flatnonzero(batch.classes >= 0))
    if len(asked) == 0:
        return images.sum() * 0
    truth = torch.from_numpy(batch.classes)[asked]
    logits = scale * images[asked] @ space.mapped(space.names).T
    masked = space.near_names[truth] | torch.from_numpy(batch.seen)[asked]
    masked[torch.arange(len(asked)), truth] = False
    return functional.cross_entropy(logits.masked_fill(masked, -1e4), truth)


def captions_loss(
    images: Tensor, space: TextSpace, batch: Draw, others: Vectors, scale: float
) -> Tensor:
    """Photos against texts both ways; `others` are random captions, wrong for every photo."""
    asked = torch.from_numpy(np.flatnonzero(batch.texts >= 0))
    if len(asked) == 0:
        return images.sum() * 0
    own = torch.from_numpy(space.captions[batch.texts[asked.numpy()]].astype(np.float32))
    texts = torch.cat([own, torch.from_numpy(others.astype(np.float32))])
    near = own @ texts.T > SYNONYM
    places = torch.arange(len(asked))
    near[places, places] = False
    scores = scale * images[asked] @ space.mapped(texts).T
    scores = scores.masked_fill(near, -1e4)
    by_text = scale * space.mapped(own) @ images.T  # every photo of the batch is a candidate
    blocked = torch.zeros_like(by_text, dtype=torch.bool)
    blocked[:, asked] = near[:, : len(asked)]
    by_text = by_text.masked_fill(blocked, -1e4)
    return 0.5 * (
        functional.cross_entropy(scores, places) + functional.cross_entropy(by_text, asked)
    )


def imagenet_loss(images: Tensor, space: TextSpace, belief: Tensor, scale: float) -> Tensor:
    """KL of the photo's scores over the 1,000 names from the backbone's own belief."""
    found = functional.log_softmax(scale * images @ space.mapped(space.imagenet).T, dim=-1)
    return functional.kl_div(found, belief, reduction="batchmean")

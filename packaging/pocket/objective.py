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
        self.names: Tensor
        self.imagenet: Tensor
        self.near_names: Tensor
        self.register_buffer("names", torch.from_numpy(names), persistent=False)
        self.register_buffer("imagenet", torch.from_numpy(imagenet), persistent=False)
        near = self.names @ self.names.T > SYNONYM
        self.register_buffer("near_names", near, persistent=False)

    def mapped(self, vectors: Tensor) -> Tensor:
        """Unit text vectors in the image space."""
        return functional.normalize(vectors @ self.metric, dim=-1)

    def copy(self) -> TextSpace:
        """The same texts, a map of its own."""
        other = TextSpace(self.captions, self.names.cpu().numpy(), self.imagenet.cpu().numpy())
        with torch.no_grad():
            other.metric.copy_(self.metric)
        return other.to(self.metric.device)

    def away(self) -> Tensor:
        """Mean square distance of the map from the identity, times its width."""
        width = self.metric.shape[0]
        return (self.metric - torch.eye(width, device=self.metric.device)).square().sum() / width


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
    device = images.device
    asked = torch.from_numpy(np.flatnonzero(batch.classes >= 0)).to(device)
    if len(asked) == 0:
        return images.sum() * 0
    truth = torch.from_numpy(batch.classes).to(device)[asked]
    logits = scale * images[asked] @ space.mapped(space.names).T
    masked = space.near_names[truth] | torch.from_numpy(batch.seen).to(device)[asked]
    masked[torch.arange(len(asked), device=device), truth] = False
    return functional.cross_entropy(logits.masked_fill(masked, -1e4), truth)


class Memory(nn.Module):
    """The image vectors of the last steps: more wrong photos for a text than a batch holds.

    The tower moves slowly, so a vector some steps old still says what the photo shows
    (cross-batch memory, Wang et al. 2020). `photos` is -1 where nothing was put yet.
    """

    def __init__(self, size: int, width: int) -> None:
        super().__init__()
        self.images: Tensor
        self.texts: Tensor
        self.photos: Tensor
        self.register_buffer("images", torch.zeros(size, width))
        self.register_buffer("texts", torch.zeros(size, width))
        self.register_buffer("photos", torch.full((size,), -1))

    @torch.no_grad()
    def add(self, images: Tensor, space: TextSpace, batch: Draw) -> None:
        """Put a batch in front; the oldest fall out."""
        device, size = images.device, len(self.photos)
        first = batch.texts[:, 0]
        texts = torch.from_numpy(space.captions[first] * (first >= 0)[:, None]).float()
        photos = torch.from_numpy(batch.photos).to(device)
        # New tensors: the losses of this step still need the old ones on their way back.
        self.images = torch.cat([images.detach(), self.images])[:size]
        self.texts = torch.cat([texts.to(device), self.texts])[:size]
        self.photos = torch.cat([photos, self.photos])[:size]


def captions_loss(
    images: Tensor,
    space: TextSpace,
    batch: Draw,
    others: Vectors,
    scale: float,
    memory: Memory | None = None,
) -> Tensor:
    """Photos against texts both ways, the mean over the texts that were drawn for each photo.

    `others` are random captions, wrong for every photo; the photos in `memory`, but for those
    that a text is nearly said of, are wrong for every text.
    """
    device = images.device
    rows = np.flatnonzero(batch.texts[:, 0] >= 0)
    asked = torch.from_numpy(rows).to(device)
    if len(asked) == 0:
        return images.sum() * 0
    wrong = torch.from_numpy(others.astype(np.float32)).to(device)
    places = torch.arange(len(asked), device=device)
    photos = torch.from_numpy(batch.photos[rows]).to(device)
    total = images.sum() * 0
    for turn in batch.texts.T:
        own = torch.from_numpy(space.captions[turn[rows]].astype(np.float32)).to(device)
        texts = torch.cat([own, wrong])
        near = own @ texts.T > SYNONYM
        near[:, : len(asked)] |= photos[:, None] == photos[None, :]  # drawn twice
        near[places, places] = False
        scores = scale * images[asked] @ space.mapped(texts).T
        scores = scores.masked_fill(near, -1e4)
        mapped = space.mapped(own)
        by_text = scale * mapped @ images.T  # every photo of the batch is a candidate
        blocked = torch.zeros_like(by_text, dtype=torch.bool)
        blocked[:, asked] = near[:, : len(asked)]
        if memory is not None:
            by_text = torch.cat([by_text, scale * mapped @ memory.images.T], dim=1)
            same = photos[:, None] == memory.photos[None, :]
            near_memory = (own @ memory.texts.T > SYNONYM) | same | (memory.photos < 0)
            blocked = torch.cat([blocked, near_memory], dim=1)
        by_text = by_text.masked_fill(blocked, -1e4)
        total = total + 0.5 * (
            functional.cross_entropy(scores, places) + functional.cross_entropy(by_text, asked)
        )
    mean: Tensor = total / batch.texts.shape[1]
    return mean


def imagenet_loss(images: Tensor, space: TextSpace, belief: Tensor, scale: float) -> Tensor:
    """KL of the photo's scores over the 1,000 names from the backbone's own belief."""
    found = functional.log_softmax(scale * images @ space.mapped(space.imagenet).T, dim=-1)
    return functional.kl_div(found, belief, reduction="batchmean")

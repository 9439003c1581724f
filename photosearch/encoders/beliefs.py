"""Beliefs: what classifiers on an image tower's pooled features add to its vector.

A small head cannot learn about a thousand classes what a classifier on the same features already
knows. ConSE (Norouzi et al. 2014) maps a classifier's belief into the space of text vectors; here
it is a residual, output = step(x) + x:

    image vector = normalise(v + sum_k weight_k * sum over its `top` best c of p_k(c) * t_k(c))

with v the tower's unit vector, p_k the classifier's softmax and t_k the classes' unit text vectors.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch

from photosearch.encoders.classifiers import load_classifiers
from photosearch.encoders.registry import EncoderFolder


@dataclass(frozen=True)
class Classifier:
    """A linear classifier on pooled features (n, features), with a text vector for each class.

    `weight`: (classes, features), `bias`: (classes,), `text`: unit vectors (classes, dimension),
    all float32; `strength` is its weight in the sum above, `top` how many classes it names.
    """

    name: str
    classes: tuple[str, ...]
    strength: float
    top: int
    weight: torch.Tensor
    bias: torch.Tensor
    text: torch.Tensor

    def probabilities(self, pooled: torch.Tensor) -> torch.Tensor:
        """The softmax over all classes, (n, classes)."""
        return torch.nn.functional.linear(pooled.float(), self.weight, self.bias).softmax(-1)

    def residual(self, pooled: torch.Tensor) -> torch.Tensor:
        """What it adds to the vectors, (n, dimension). Differentiable in `pooled`."""
        best, classes = self.probabilities(pooled).topk(self.top, dim=-1)
        return self.strength * torch.einsum("nk,nkd->nd", best, self.text[classes])


@dataclass(frozen=True)
class Beliefs:
    """All classifiers of an encoder; none for most."""

    classifiers: tuple[Classifier, ...] = ()

    def add_to(self, vectors: torch.Tensor, pooled: torch.Tensor) -> torch.Tensor:
        """Unit vectors (n, dimension) of the tower's `vectors` and `pooled` features."""
        total = torch.nn.functional.normalize(vectors.float(), dim=-1)
        for classifier in self.classifiers:
            total = total + classifier.residual(pooled)
        return torch.nn.functional.normalize(total, dim=-1)


def load_beliefs(folder: EncoderFolder, device: str) -> Beliefs:
    """Load the classifiers that `encoder.json` names.

    Raises PhotoSearchError (`broken-encoder`) where their file does not fit the card.
    """
    if folder.beliefs is None:
        return Beliefs()
    loaded = zip(folder.beliefs.classifiers, load_classifiers(folder), strict=True)
    return Beliefs(
        tuple(
            Classifier(
                card.name,
                card.classes,
                card.weight,
                card.top,
                *(torch.from_numpy(part).to(device) for part in (it.weight, it.bias, it.text)),
            )
            for card, it in loaded
        )
    )


@contextmanager
def pooled_features(model: torch.nn.Module) -> Iterator[list[torch.Tensor]]:
    """While this is open, every pass of the image tower leaves its pooled features, (n, features),
    in the list that it gives: what goes into the tower's head."""
    seen: list[torch.Tensor] = []

    def keep(_module: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        seen.append(inputs[0])

    hook = model.visual.head.register_forward_pre_hook(keep)  # type: ignore[union-attr]
    try:
        yield seen
    finally:
        hook.remove()

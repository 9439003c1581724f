"""Beliefs: linear classifiers on the trunk's features whose classes speak through their names.

Image vector = normalise(v + sum_k weight_k * sum over the `top` best classes c of p_k(c) t_k(c)),
v the tower's unit vector, p_k the classifier's softmax, t_k(c) the unit text vector of class c
(ConSE, Norouzi et al. 2014, as a residual).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class Classifier:
    """What `encoder.json` says of one classifier."""

    name: str
    weight: float
    top: int
    classes: tuple[str, ...]


class Beliefs(nn.Module):
    """The classifiers of an encoder, each with its classes' text vectors as a buffer."""

    def __init__(self, classifiers: list[Classifier], features: int, width: int) -> None:
        super().__init__()
        self.classifiers = classifiers
        self.layers = nn.ModuleDict(
            {item.name: nn.Linear(features, len(item.classes)) for item in classifiers}
        )
        for item in classifiers:
            self.register_buffer(f"{item.name}_text", torch.zeros(len(item.classes), width))

    def weigh(self, weights: dict[str, float]) -> None:
        """Set how strongly each classifier speaks."""
        self.classifiers = [replace(item, weight=weights[item.name]) for item in self.classifiers]

    def text(self, name: str) -> Tensor:
        """(classes, width) unit text vectors of a classifier's classes."""
        return self.get_buffer(f"{name}_text")

    def logits(self, name: str, features: Tensor) -> Tensor:
        """(n, classes) of one classifier."""
        found: Tensor = self.layers[name](features)
        return found

    def forward(self, unit: Tensor, features: Tensor, metric: Tensor | None = None) -> Tensor:
        """(n, width) unit image vectors; `metric` maps text vectors into the image space."""
        total = unit
        for item in self.classifiers:
            text = self.text(item.name)
            if metric is not None:
                text = functional.normalize(text @ metric, dim=-1)
            chance = functional.softmax(self.logits(item.name, features), dim=-1)
            best, at = chance.topk(item.top, dim=-1)
            total = total + item.weight * (best.unsqueeze(-1) * text[at]).sum(dim=1)
        return functional.normalize(total, dim=-1)

"""The logistic regression from features to relevance (see `photosearch.search.relevance`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_RIDGE = 1.0  # of the standardised weights
_STEPS = 50


@dataclass(frozen=True)
class Line:
    """logit = bias + features @ weights."""

    bias: float
    weights: Floats
    names: tuple[str, ...]

    def __call__(self, features: Floats) -> Floats:
        """Relevance, 0 to 1."""
        return 1 / (1 + np.exp(-(self.bias + features @ self.weights)))

    def named(self) -> dict[str, float]:
        """The weights by the names of the features."""
        return {name: round(float(w), 5) for name, w in zip(self.names, self.weights, strict=True)}


def fit(features: Floats, truth: NDArray[np.bool_], names: tuple[str, ...]) -> Line:
    """The most likely weights of the features `names`, with a ridge, by Newton's method.
    `features`: (n, len(names))."""
    mean, spread = features.mean(axis=0), features.std(axis=0)
    x = np.concatenate([np.ones((len(features), 1)), (features - mean) / spread], axis=1)
    ridge = np.diag([0.0, *[_RIDGE] * features.shape[1]])
    w = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-(x @ w)))
        step = np.linalg.solve(
            (x * (p * (1 - p))[:, None]).T @ x + ridge, x.T @ (truth - p) - ridge @ w
        )
        w += step
        if np.abs(step).max() < 1e-8:
            break
    weights = w[1:] / spread
    return Line(float(w[0] - mean @ weights), weights, names)


def auroc(present: Floats, absent: Floats) -> float:
    """The share of pairs in which the first is above the second; ties count half."""
    above = (present[:, None] > absent[None]).mean()
    return float(above + (present[:, None] == absent[None]).mean() / 2)

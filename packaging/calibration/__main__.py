"""`python -m calibration --data DATA --encoder FOLDER [--weights FILE] [--work WORK]`.

Writes the encoder's reference vectors and its own weights beside it and, where asked to, the
weights of encoders that came without. `make calibrate` does both for the encoder that ships.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pocket import draws, sources
from pocket.corpus import Corpus
from pocket.sources import Photo

from photosearch.encoders.calibration import (
    WEIGHTS,
    Reference,
    Weights,
    read_weights,
    save_reference,
)
from photosearch.encoders.encoder import Encoder
from photosearch.encoders.registry import read_folder
from photosearch.media.read import decode, view_side
from photosearch.search.relevance import DIVIDER, FEATURES, SHARED, Calibration, falling
from photosearch.vocabulary import builtin_vocabulary

from .experiments import Experiment, Vectors, captions, experiments, labels
from .fit import Line, auroc, fit

REFERENCES = 4000
CANDIDATES = (
    3  # photos of an answer that are learnt from: 12, 5 and 3 were tried, by the figures below
)
FOLDS = 5
_SEED = 16
_BATCH = 32
_MAX_PIXELS = 300_000_000
FILE = "calibration.safetensors"


def main() -> None:
    """Choose, encode, fit, say how well it separates labels it has not seen, and write."""
    parser = argparse.ArgumentParser(prog="calibration", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--encoder", type=Path, required=True, help="the encoder's folder")
    parser.add_argument("--weights", type=Path, help="where to write the weights")
    parser.add_argument("--work", type=Path, help="keeps vectors for the next time")
    given = parser.parse_args()
    photos = sources.read_photos(given.data)
    held = draws.hold_out(Corpus(photos, [], [], [], [], [], []))
    chosen = np.concatenate([held, _references(photos, held)])
    encoder = Encoder(read_folder(given.encoder), fuse=True)
    kept = given.work / "calibration.npy" if given.work else None
    if kept is not None and kept.exists():
        vectors = np.load(kept)
    else:
        vectors = _encode(encoder, given.data, [photos[row] for row in chosen])
        if kept is not None:
            np.save(kept, vectors)
    by_hand = read_weights(given.weights.parent if given.weights else None).prompts
    more = _with_concepts(by_hand)
    prompts = np.concatenate([encoder.encode_texts([text]) for text in more])
    reference = Reference(vectors[len(held) :], prompts)
    asked = _ask(encoder, [photos[row] for row in held], vectors[: len(held)])
    print("of this encoder:")
    _write(_fit(asked, reference, FEATURES), more, given.encoder / WEIGHTS)
    save_reference(reference, given.encoder / FILE)
    if given.weights:
        print("for all encoders:")
        few = Reference(reference.images, prompts[: len(by_hand)])
        _write(_fit(asked, few, SHARED), by_hand, given.weights)


def _with_concepts(prompts: tuple[str, ...]) -> tuple[str, ...]:
    """Neutral words: those chosen by hand, and all concepts that photos are tagged with."""
    concepts = (concept.phrases[0] for concept in builtin_vocabulary().concepts)
    return tuple(dict.fromkeys([*prompts, *concepts]))


def _references(photos: list[Photo], held: NDArray[np.int64]) -> NDArray[np.int64]:
    """Photos of all kinds, those of a large class more seldom, by the root of its size."""
    sizes = Counter(label for photo in photos for label in photo.labels)
    chance = np.array([min((sizes[x] for x in p.labels), default=16) ** -0.5 for p in photos])
    chance[held] = 0.0
    dice = np.random.default_rng(_SEED)
    return dice.choice(len(photos), REFERENCES, replace=False, p=chance / chance.sum())


def _encode(encoder: Encoder, data: Path, photos: list[Photo]) -> Vectors:
    vectors = np.zeros((len(photos), encoder.folder.dimension), np.float32)
    side = view_side(encoder.folder.image_side)
    for batch in _batches(sources.read_bytes(data, photos)):
        pictures = [decode(picture, side, _MAX_PIXELS) for _, picture in batch]
        views = [Image.frombytes("RGB", each.view_size, each.view) for each in pictures]
        vectors[[row for row, _ in batch]] = encoder.encode_images(views)
    return vectors


def _batches(found: Iterable[tuple[int, bytes]]) -> Iterable[list[tuple[int, bytes]]]:
    batch: list[tuple[int, bytes]] = []
    for each in found:
        batch.append(each)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _write(line: Line, prompts: tuple[str, ...], file: Path) -> None:
    found = {"bias": round(line.bias, 5), "weights": line.named(), "prompts": prompts}
    file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


@dataclass(frozen=True)
class _Asked:
    """All experiments, with the vectors of their texts and photos."""

    done: list[Experiment]
    texts: dict[str, Vectors]
    vectors: Vectors


def _ask(encoder: Encoder, photos: list[Photo], vectors: Vectors) -> _Asked:
    words = sorted({*labels(photos), *(p.labels[0] for p in photos if p.labels)})
    words += [caption for _, caption in captions(photos)]
    texts = dict(zip(words, encoder.encode_texts(words), strict=True))
    return _Asked(list(experiments(photos, texts)), texts, vectors)


def _fit(asked: _Asked, reference: Reference, names: tuple[str, ...]) -> Line:
    """Fit the features `names` to all experiments; before that, print how a fit to four fifths of
    the queries does on the others."""
    calibration = Calibration(reference, Weights((), 0.0, dict.fromkeys(names, 0.0)))
    features, truth, owner = [], [], []
    for number, each in enumerate(asked.done):
        query = asked.texts[each.words]
        best = each.library[np.argsort(-(asked.vectors[each.library] @ query))[:CANDIDATES]]
        features.append(calibration.features(query, asked.vectors[best], len(each.library)))
        truth.append(each.shows[best])
        owner += [number] * len(best)
    x, y = np.concatenate(features).astype(np.float64), np.concatenate(truth)
    fold = {words: n % FOLDS for n, words in enumerate(sorted(asked.texts))}
    folds = np.array([fold[asked.done[number].words] for number in owner])
    p = np.zeros(len(y))
    for part in range(FOLDS):
        p[folds == part] = fit(x[folds != part], y[folds != part], names)(x[folds == part])
    _say(asked.done, p, y, np.array(owner))
    return fit(x, y, names)


def _say(
    done: list[Experiment], p: NDArray[np.float64], y: NDArray[np.bool_], owner: NDArray[np.int64]
) -> None:
    best = np.zeros(len(done))
    shown, right = 0, 0
    for number in range(len(done)):
        rows = owner == number
        relevance = falling(p[rows])
        best[number] = relevance[0]
        above = relevance >= DIVIDER
        shown, right = shown + int(above.sum()), right + int(y[rows][above].sum())
    present = np.array([each.present for each in done])
    long = np.array([len(each.words.split()) > 4 for each in done])
    for name, kind in (("labels", ~long), ("captions", long)):
        found = auroc(best[kind & present], best[kind & ~present])
        print(f"{name}: best relevance of present against absent, AUROC {found:.3f}")
    print(f"above the divider: {right / max(1, shown):.3f} of {shown} show it")


if __name__ == "__main__":
    main()

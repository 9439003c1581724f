"""Makes an encoder's calibration: `python -m tagger.fit --data DATA --encoder ID`.

For each concept the least z is kept above which, among labelled training photos, it is right (the
label or one above it) at least `PRECISION` of the time; never below `LEAST`, and the usual one for
concepts that too few training photos are labelled with.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import numpy as np

from photosearch.encoders.encoder import Encoder
from photosearch.encoders.registry import WEIGHTS, find_encoder
from photosearch.tagging.calibration import USUAL_Z, Calibration
from photosearch.vocabulary import Vocabulary, builtin_vocabulary, folder, templates

from .corpus import Seen, look

PHOTOS = 8000
PRECISION = 0.7
LEAST = 2.5
ENOUGH = 12  # labelled photos of a concept, to have a threshold of its own
_PHRASES = 3  # of a concept that are asked: its prompt and two synonyms


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", default="pocket-v2")
    parser.add_argument("--work", type=Path, default=Path("build/tagger"))
    said = parser.parse_args()
    encoder_folder = find_encoder(said.encoder)
    if encoder_folder is None:
        raise SystemExit(f"there is no encoder {said.encoder}")
    encoder = Encoder(encoder_folder)
    vocabulary = builtin_vocabulary()
    weights = (encoder_folder.path / WEIGHTS).read_bytes()  # another network under the same name
    stamp = hashlib.blake2b(weights, digest_size=6).hexdigest()
    seen = look(said.data, encoder, PHOTOS, said.work / f"{said.encoder}-{stamp}-{PHOTOS}.npz")
    made = calibrate(vocabulary, concept_vectors(vocabulary, encoder), seen)
    np.savez(
        folder() / f"{said.encoder}.npz",
        names=np.array(made.names),
        text=made.text.astype(np.float16),
        z=made.z.astype(np.float16),
        mean=made.mean,
        covariance=made.covariance.astype(np.float32),
    )
    print(f"{sum(made.z != USUAL_Z)} of {len(made.z)} concepts have a threshold of their own")


def concept_vectors(vocabulary: Vocabulary, encoder: Encoder) -> np.ndarray:
    """Unit vectors (concepts, dimension): prompts through all templates, synonyms as much again."""
    texts: list[str] = []
    owner: list[tuple[int, bool]] = []
    for place, concept in enumerate(vocabulary.concepts):
        for number, phrase in enumerate(concept.phrases[:_PHRASES]):
            for template in templates():
                texts.append(template.replace("{}", phrase))
                owner.append((place, number == 0))
    rows = np.concatenate(
        [encoder.encode_texts(texts[at : at + 64]) for at in range(0, len(texts), 64)]
    )
    total = np.zeros((len(vocabulary.concepts), rows.shape[1]), np.float32)
    for first in (True, False):
        sums = np.zeros_like(total)
        counts = np.zeros(len(total))
        for row, (place, is_first) in zip(rows, owner, strict=True):
            if is_first == first:
                sums[place] += row
                counts[place] += 1
        total += sums / np.maximum(counts, 1)[:, None]
    unit: np.ndarray = total / np.linalg.norm(total, axis=1, keepdims=True)
    return unit


def calibrate(vocabulary: Vocabulary, text: np.ndarray, seen: Seen) -> Calibration:
    """The calibration of these concept vectors on these photos."""
    mean = seen.vectors.mean(0)
    covariance = np.cov(seen.vectors.T).astype(np.float32)
    usual = np.full(len(text), USUAL_Z, np.float32)
    made = Calibration(vocabulary.names, text, usual, mean, covariance)
    labelled = [row for row, concepts in enumerate(seen.concepts) if concepts]
    z = made.yardstick(text).z(seen.vectors[labelled])
    shows = np.zeros(z.shape, bool)
    place = {name: number for number, name in enumerate(vocabulary.names)}
    for row, photo in enumerate(labelled):
        for concept in seen.concepts[photo]:
            shows[row, [place[name] for name in vocabulary.line(concept)]] = True
    for number in range(len(text)):
        if shows[:, number].sum() >= ENOUGH:
            usual[number] = _least(z[:, number], shows[:, number])
    return made


def _least(z: np.ndarray, shows: np.ndarray) -> float:
    """The least z above which at least PRECISION of the photos show it."""
    order = np.argsort(-z)
    precision = np.cumsum(shows[order]) / np.arange(1, len(z) + 1)
    good = np.flatnonzero((precision >= PRECISION) & (np.arange(len(z)) >= 4))
    return max(float(z[order][good[-1]]), LEAST) if len(good) else max(float(z.max()), USUAL_Z)


if __name__ == "__main__":
    main()

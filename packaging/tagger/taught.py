"""Judges taught tags: `python -m tagger.taught --data DATA --library LIBRARY`.

For each of the 19 classes with at least 15 photos: heads learned from 3, 5 and 10 seeded draws of
its photos (five each; dog and cat also from 20), with the whole indexed album as what else there
is, against the cosine with the name of the class: average precision over the set's other photos.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from pathlib import Path

import numpy as np

from photosearch.catalog import tagged
from photosearch.encoders.encoder import Encoder
from photosearch.encoders.registry import vectors_name
from photosearch.library import Library
from photosearch.tagging.head import background, fit, rows_of
from photosearch.tagging.teach import SAMPLE

SETS = ("dog_cat", "rooms", "intel_scenes", "flower_photos")
DRAWS = 5


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--library", type=Path, required=True)
    said = parser.parse_args()
    with Library(said.library) as library:
        folder = library.needed_encoder()
        with library.catalog.read() as connection:
            files = tagged.files_below(connection, [])
            name = vectors_name(folder)
            stored = tagged.stored(connection, name, [each for _, each in files])
            behind = background(
                rows_of([blob for _, blob in tagged.sample_of(connection, name, SAMPLE)])
            )
    place = {Path(os.fsdecode(path)).resolve(): photo for path, photo in files}
    lines = (said.data / "eval" / "labels.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    rows = [row for row in rows if row[0] in SETS]
    vectors = rows_of([stored[place[(said.data / path).resolve()]] for _, path, _ in rows])
    sets, labels = (np.array([row[column] for row in rows]) for column in (0, 2))
    classes = sorted({(row[0], row[2]) for row in rows})
    names = Encoder(folder).encode_texts([label for _, label in classes])
    wins: dict[int, list[bool]] = {}
    seconds = []
    for (set_, label), name in zip(classes, names, strict=True):
        members = np.flatnonzero(sets == set_)
        own = members[labels[members] == label]
        text = f"{set_:14}{label:14}"
        for count in (3, 5, 10, 20) if set_ == "dog_cat" else (3, 5, 10):
            taught, zero = [], []
            for seed in range(DRAWS):
                shown = np.random.default_rng(seed).permutation(own)[:count]
                rest = np.setdiff1d(members, shown)
                start = time.perf_counter()
                head = fit(vectors[shown], vectors[:0], name, behind)
                seconds.append(time.perf_counter() - start)
                right = labels[rest] == label
                taught.append(average_precision(vectors[rest] @ head.weights, right))
                zero.append(average_precision(vectors[rest] @ name, right))
            mine, its = statistics.mean(taught), statistics.mean(zero)
            wins.setdefault(count, []).append(mine > its)
            text += f"  {count}: {mine:.3f} / {its:.3f}"
        print(text)
    print("beat the name alone:", {n: f"{sum(won)} of {len(won)}" for n, won in wins.items()})
    print(f"seconds to fit, cross-validation included: median {statistics.median(seconds):.3f}")


def average_precision(scores: np.ndarray, right: np.ndarray) -> float:
    order = np.argsort(-scores, kind="stable")
    hits = right[order]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean())


if __name__ == "__main__":
    main()

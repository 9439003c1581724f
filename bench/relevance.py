"""How honest answers are: `python -m bench.relevance DATA LIBRARY`, with a library that holds the
photos of DATA (`photosearch --library LIBRARY index DATA/photos`).

200 class names, drawn with a fixed seed from the labelled sets, are each asked for twice: among all
labelled photos, and among those without the class and whatever may show it (`classes.tsv`, which
was written before the first measurement). Said are the AUROC of the best relevance, present
against absent; and how many of the photos above the divider show the class.
"""

from __future__ import annotations

import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from photosearch.encoders.encoder import Encoder
from photosearch.library import Library
from photosearch.search.query import Match, Searcher, Wanted
from photosearch.search.references import calibration_of
from photosearch.search.relevance import DIVIDER

CLASSES, SEED = 200, 16


@dataclass(frozen=True)
class Labelled:
    """Photos (paths in the data folder) by class name and by set."""

    by_class: Mapping[str, frozenset[str]]
    by_set: Mapping[str, frozenset[str]]

    @property
    def photos(self) -> frozenset[str]:
        """All of them."""
        return frozenset().union(*self.by_class.values())


def read_labels(data: Path) -> Labelled:
    """The labels of the evaluation photos."""
    classes, sets = defaultdict(set), defaultdict(set)
    for line in (data / "eval" / "labels.tsv").read_text("utf-8").splitlines()[1:]:
        of, path, label = line.split("\t")
        classes[label].add(path)
        sets[of].add(path)
    return Labelled(
        {name: frozenset(paths) for name, paths in classes.items()},
        {name: frozenset(paths) for name, paths in sets.items()},
    )


def read_kin(labelled: Labelled) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """For each class the photos that show it, and those that may."""
    shows = {name: set(paths) for name, paths in labelled.by_class.items()}
    may: dict[str, set[str]] = {name: set() for name in labelled.by_class}

    def photos(names: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for name in names:
            found |= labelled.by_set[name[1:]] if name.startswith("@") else labelled.by_class[name]
        return found

    for line in (Path(__file__).parent / "classes.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, _, rest = line.partition("\t")
        first, *others = rest.split("; ")
        if kind == "same":
            for name in (first, *others):
                shows[name] |= photos([first, *others])
        elif kind == "kinds":
            shows[first] |= photos(others)
            for name in others:
                may[name] |= labelled.by_class[first]
        else:
            may[first] |= photos(others)
    return shows, {name: paths - shows[name] for name, paths in may.items()}


def auroc(present: list[float], absent: list[float]) -> float:
    """The share of pairs in which the first is above the second; ties count half."""
    pairs = [(a > b) + (a == b) / 2 for a in present for b in absent]
    return sum(pairs) / len(pairs)


def main() -> None:
    data, folder = Path(sys.argv[1]), Path(sys.argv[2])
    labelled = read_labels(data)
    shows, may = read_kin(labelled)
    names = random.Random(SEED).sample(sorted(labelled.by_class), CLASSES)
    with Library(folder) as library:
        ids = {}
        for row in library.photo_rows(library.photos()):
            ids[Path(os.fsdecode(row.path)).relative_to(data.resolve()).as_posix()] = row.photo_id
        encoder = Encoder(library.needed_encoder())
        searcher = Searcher(library.catalog, library.vectors_folder, encoder.folder)
        calibration = calibration_of(encoder.folder, searcher.index, encoder.encode_texts)

        def judged(name: str, only: set[int]) -> list[Match]:
            query = encoder.encode_texts([name])[0]
            return searcher.nearest(
                [query], 50, Wanted(name), only=only, calibration=calibration, folded=False
            )

        everything = {ids[path] for path in labelled.photos}
        present, absent, shown, right, unsure = [], [], 0, 0, 0
        for name in names:
            wanted = {ids[path] for path in shows[name]}
            unclear = {ids[path] for path in may[name]}
            there = judged(name, everything)
            gone = judged(name, everything - wanted - unclear)
            present.append(there[0].relevance or 0.0)
            absent.append(gone[0].relevance or 0.0)
            above = [match for match in there if (match.relevance or 0.0) >= DIVIDER]
            sure = [match for match in above if match.photo_id not in unclear]
            shown, unsure = shown + len(sure), unsure + len(above) - len(sure)
            right += sum(match.photo_id in wanted for match in sure)
    print(f"AUROC of the best relevance, present against absent: {auroc(present, absent):.4f}")
    print(f"above the divider: {right} of {shown} show it ({right / max(1, shown):.1%});")
    print(f"  {unsure} more may (another class that often has it in the picture)")
    silent = sum(value < DIVIDER for value in present)
    false = sum(value >= DIVIDER for value in absent)
    print(
        f"“no good match” where it is there: {silent} of {CLASSES}; none where it is not: {false}"
    )


if __name__ == "__main__":
    main()

"""Do minus words take away what they name, and no more? `python -m bench.minus DATA LIBRARY`, with
a library that holds the photos of DATA (as `bench.relevance`).

Ten pairs such as *flower -daisy*. What a photo shows, its label says (of a set that has both
things) or its captions do. Of the first 20 photos there are to be fewer of the minus thing than
without the minus word, and at least four fifths as many of the plus thing.
"""

from __future__ import annotations

import os
import re
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.relevance import Labelled, read_labels
from photosearch.library import Library

FIRST, KEPT = 20, 0.8
_FRUIT = frozenset(
    {"apple", "banana", "grape", "kiwi", "lemon", "lime", "mango", "melon", "nectarine", "orange"}
    | {"papaya", "passion fruit", "peach", "pear", "pineapple", "plum", "pomegranate"}
    | {"red grapefruit", "satsuma", "strawberry"}
)
_VEGETABLES = frozenset(
    {"asparagus", "aubergine", "broccoli", "cabbage", "carrot", "cauliflower", "corn", "cucumber"}
    | {"eggplant", "garlic", "kale", "leek", "lettuce", "onion", "pepper", "potato", "red beet"}
    | {"spinach", "tomato", "turnip", "zucchini"}
)


@dataclass(frozen=True)
class Shown:
    """What shows a thing: photos with one of these labels, of one of these sets, or with one of
    these words in a caption."""

    labels: frozenset[str] = frozenset()
    sets: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()

    def photos(self, labelled: Labelled, captions: Mapping[str, set[str]]) -> set[str]:
        """Their paths in the data folder."""
        found = {path for label in self.labels for path in labelled.by_class[label]}
        found |= {path for name in self.sets for path in labelled.by_set[name]}
        return found | {path for path, words in captions.items() if words & self.said}


def _labels(*names: str) -> Shown:
    return Shown(labels=frozenset(names))


def _said(*words: str) -> Shown:
    return Shown(said=frozenset(words))


_FLOWERS = Shown(sets=frozenset({"flower_photos", "flowers102_part"}))
PAIRS = (
    ("fruit", Shown(labels=_FRUIT), "banana", _labels("banana")),
    ("fruit", Shown(labels=_FRUIT), "orange", _labels("orange")),
    ("vegetables", Shown(labels=_VEGETABLES), "carrot", _labels("carrot")),
    ("flower", _FLOWERS, "sunflower", _labels("sunflower")),
    ("flower", _FLOWERS, "daisy", _labels("daisy", "oxeye daisy", "gerbera daisy")),
    (
        *("sport", Shown(sets=frozenset({"sports100", "capydata_sports"}))),
        *("basketball", _labels("basketball", "wheelchair basketball")),
    ),
    ("a room", Shown(sets=frozenset({"rooms"})), "bed", _labels("bedroom")),
    (
        *("a dog", Shown(_labels("dog", "golden retriever").labels, said=frozenset({"dog"}))),
        *("grass", _said("grass")),
    ),
    ("food", _said("food"), "plate", _said("plate", "plates")),
    (
        *("beach", _said("beach")),
        *("people", _said("people", "person", "man", "men", "woman", "women")),
    ),
)


def read_captions(data: Path) -> dict[str, set[str]]:
    """The words of all captions of a photo, by its path in the data folder."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in (data / "eval" / "captions.tsv").read_text("utf-8").splitlines()[1:]:
        _, path, caption = line.split("\t")
        found[path] |= set(re.findall(r"[a-z]+", caption.lower()))
    return dict(found)


def main() -> None:
    data, folder = Path(sys.argv[1]), Path(sys.argv[2])
    labelled, captions = read_labels(data), read_captions(data)
    good = 0
    with Library(folder) as library:

        def first(query: str) -> set[str]:
            matches = library.search(query, FIRST).matches
            paths = (Path(match.path).relative_to(data.resolve()) for match in matches)
            return {os.fsdecode(path.as_posix()) for path in paths}

        for plus, plus_shown, minus, minus_shown in PAIRS:
            wanted = plus_shown.photos(labelled, captions)
            unwanted = minus_shown.photos(labelled, captions)
            before, after = first(plus), first(f'"{plus}" -"{minus}"')
            less, kept = len(after & unwanted), len(after & wanted)
            usual, all_ = len(before & unwanted), len(before & wanted)
            right = less < usual and kept >= KEPT * all_
            good += right
            print(
                f"{plus} -{minus}: {minus} {usual} -> {less}, {plus} {all_} -> {kept}"
                f"{'' if right else '  MISSED'}",
                flush=True,
            )
    print(f"{good} of {len(PAIRS)} as wanted")


if __name__ == "__main__":
    main()

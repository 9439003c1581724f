"""Judges what `photosearch tag --json` said of the labelled photos: `make tags-eval`.

The first tag of a photo is judged, which is the most specific one that the tagger is sure of. It is
right where it is the concept of the photo's label (`labels.tsv`, fixed before anything was
measured) or that one's direct parent; a label that is no concept is a miss. Beside it, the tag
that is above most photos of all, given to every photo.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

from photosearch.vocabulary import builtin_vocabulary


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--tags", type=Path, required=True)
    said = parser.parse_args()
    vocabulary = builtin_vocabulary()
    table = {}
    for line in (Path(__file__).parent / "labels.tsv").read_text("utf-8").splitlines()[1:]:
        set_, label, concept = line.split("\t")
        table[set_, label] = concept
    first: dict[str, str] = {}
    for line in said.tags.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["tags"]:
            first[str(Path(row["path"]).resolve())] = row["tags"][0]["name"]
    judged = defaultdict(list)
    above: Counter[str] = Counter()
    for line in (said.data / "eval" / "labels.tsv").read_text("utf-8").splitlines()[1:]:
        set_, path, label = line.split("\t")
        concept = table.get((set_, label), "")
        right = set(vocabulary.line(concept)[:2]) if concept else set()
        above.update(vocabulary.line(concept)[1:] if concept else ())
        judged[set_].append((first.get(str((said.data / path).resolve())), right, concept))
    usual = above.most_common(1)[0][0]
    head = ("photos", "coverage", "precision", "exact", f"always “{usual}”")
    print(f"{'':18}" + "".join(f"{each:>11}" for each in head))
    everything = [each for some in judged.values() for each in some]
    for name, rows in [*sorted(judged.items()), ("all", everything)]:
        tagged = [row for row in rows if row[0] is not None]
        right = sum(tag in good for tag, good, _ in tagged)
        exact = sum(tag == concept for tag, _, concept in tagged)
        dull = sum(usual in good for _, good, _ in rows) / len(rows)
        print(
            f"{name:18}{len(rows):11}{len(tagged) / len(rows):11.2f}"
            f"{right / max(1, len(tagged)):11.2f}{exact / len(rows):11.2f}{dull:11.2f}"
        )


if __name__ == "__main__":
    main()

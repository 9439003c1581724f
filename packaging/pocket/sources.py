"""What the recipe reads: training photos, their words, loose texts, the backbone's class names.

The layout is that of the data folder's README: `train/index.jsonl` beside `train/shard-*.tar`,
`train/texts.tsv.xz`, `backbone/imagenet_labels.txt`.
"""

from __future__ import annotations

import json
import lzma
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Three ImageNet names mean two things each; the backbone's own order tells which is which.
SPLIT_NAMES = {
    134: "crane bird",
    517: "construction crane",
    264: "cardigan welsh corgi",
    474: "cardigan sweater",
    638: "maillot swimsuit",
    639: "one piece maillot tank suit",
}


@dataclass(frozen=True)
class Photo:
    """One training photo: where its bytes are, and what is said of it."""

    shard: str
    key: str
    source: str
    captions: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def read_photos(data: Path) -> list[Photo]:
    """All training photos in index order."""
    photos = []
    with (data / "train" / "index.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            labels = row.get("labels", [row["label"]] if "label" in row else [])
            photos.append(
                Photo(
                    row["shard"],
                    row["key"],
                    row["set"],
                    tuple(row.get("captions", ())),
                    tuple(dict.fromkeys(labels)),
                )
            )
    return photos


def read_bytes(data: Path, photos: list[Photo]) -> Iterator[tuple[int, bytes]]:
    """Yield (position in `photos`, encoded bytes), shard by shard."""
    by_shard: dict[str, dict[str, int]] = {}
    for position, photo in enumerate(photos):
        by_shard.setdefault(photo.shard, {})[photo.key] = position
    for shard in sorted(by_shard):
        wanted = by_shard[shard]
        with tarfile.open(data / "train" / shard) as archive:
            for member in archive:
                name = Path(member.name).name
                stream = archive.extractfile(member) if name in wanted else None
                if stream is not None:
                    yield wanted[name], stream.read()


def read_texts(data: Path) -> tuple[list[str], list[str]]:
    """Loose captions and nouns, each without repeats, in file order."""
    kinds: dict[str, dict[str, None]] = {"caption": {}, "noun": {}}
    with lzma.open(data / "train" / "texts.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            kind, _, text = line.rstrip("\n").partition("\t")
            if kind in kinds:
                kinds[kind][" ".join(text.split())] = None
    return list(kinds["caption"]), list(kinds["noun"])


def imagenet_synonyms(data: Path) -> list[tuple[str, ...]]:
    """The names of each of the 1,000 classes (background left out), the plain one first."""
    lines = (data / "backbone" / "imagenet_labels.txt").read_text(encoding="utf-8").splitlines()
    names = []
    for position, line in enumerate(lines[1:]):
        words = [plain(word) for word in line.split(",")]
        if position in SPLIT_NAMES:
            words[0] = SPLIT_NAMES[position]
        names.append(tuple(dict.fromkeys(words)))
    return names


def plain(name: str) -> str:
    """A class name as people type it: lower case, no hyphens, single spaces."""
    return " ".join(name.lower().replace("-", " ").replace("_", " ").split())

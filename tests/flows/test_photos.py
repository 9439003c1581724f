"""The developers' real photos, with a trained encoder: the main job on real data. `make soak` takes
all 2,184; the suite every fifth."""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path

from tests.conftest import Command

EVERY = 1 if os.environ.get("PHOTOSEARCH_TEST_SOAK") else 5
AT_MOST = 10 if EVERY == 1 else 4  # results looked at: of some things there are but five photos

# What everybody would call them, and the labels of the photos that it is right to find.
QUERIES = {
    "a dog": {"dog", "golden retriever", "chihuahua", "dalmatian"},
    "a cat": {"cat", "kitten"},
    "a sunflower": {"sunflower"},
    "a bedroom": {"bedroom"},
    "mountains": {"mountain"},
    "a forest": {"forest"},
}


def some_photos(data: Path, album: Path) -> dict[Path, str]:
    """Copies of the photos in an album, and the path of each in the labels."""
    found = {}
    for photo in sorted((data / "photos").rglob("*.jpg"))[::EVERY]:
        copy = album / photo.relative_to(data)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(photo, copy)
        found[copy] = photo.relative_to(data).as_posix()
    return found


def labels(data: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    with (data / "eval" / "labels.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found.setdefault(row["path"], set()).add(row["label"].lower())
    return found


def test_every_photo_is_indexed_once_and_found_by_words(
    shared_data: Path, with_builtin: None, command: Command, tmp_path: Path
) -> None:
    album = tmp_path / "album"
    photos = some_photos(shared_data, album)
    count = len(photos)
    assert count == len(range(0, 2184, EVERY))
    ran = command("index", album, "--json")
    done = ran.rows[-1]
    assert ran.code == 0
    assert (done["seen"], done["new"], done["failed"]) == (count, count, 0)
    again = command("index", "--json").rows
    assert [row["event"] for row in again if row["event"] != "progress"] == ["done"]
    assert (again[-1]["seen"], again[-1]["new"], again[-1]["failed"]) == (count, 0, 0)
    known = labels(shared_data)
    label = {str(path): known[photo] for path, photo in photos.items() if photo in known}
    ran = command("search", "-", "-n", AT_MOST, "--json", stdin="\n".join(QUERIES))
    for query, right in QUERIES.items():
        paths = [row["path"] for row in ran.rows if row["query"] == query]
        judged = [path for path in paths if path in label]
        good = sum(any(word in name for name in label[path] for word in right) for path in judged)
        assert judged and good / len(judged) >= 0.5, (query, [label[path] for path in judged])

"""The developers' 2,184 real photos, with a trained encoder: the main job on real data."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.conftest import Command

# What everybody would call them, and the labels of the photos that it is right to find.
QUERIES = {
    "a dog": {"dog", "golden retriever", "chihuahua", "dalmatian"},
    "a cat": {"cat", "kitten"},
    "a sunflower": {"sunflower"},
    "a bedroom": {"bedroom"},
    "mountains": {"mountain"},
    "a forest": {"forest"},
}


def labels(data: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    with (data / "eval" / "labels.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found.setdefault(str(data / row["path"]), set()).add(row["label"].lower())
    return found


def test_every_photo_is_indexed_once_and_found_by_words(
    shared_data: Path, with_builtin: None, command: Command
) -> None:
    photos = shared_data / "photos"
    ran = command("index", photos, "--json")
    done = ran.rows[-1]
    assert ran.code == 0
    assert (done["seen"], done["new"], done["failed"]) == (2184, 2184, 0)
    again = command("index", "--json").rows
    assert [row["event"] for row in again if row["event"] != "progress"] == ["done"]
    assert (again[-1]["seen"], again[-1]["new"], again[-1]["failed"]) == (2184, 0, 0)
    label = labels(shared_data)
    ran = command("search", "-", "-n", 10, "--json", stdin="\n".join(QUERIES))
    for query, right in QUERIES.items():
        paths = [row["path"] for row in ran.rows if row["query"] == query]
        judged = [path for path in paths if path in label]
        good = sum(any(word in name for name in label[path] for word in right) for path in judged)
        assert judged and good / len(judged) >= 0.5, (query, [label[path] for path in judged])

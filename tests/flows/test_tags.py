"""Tags, as a person meets them: on the command line, with the built-in encoder."""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path

import pytest

from photosearch.media.xmp import read_packet
from tests.conftest import Command

pytestmark = pytest.mark.usefixtures("with_builtin")


@pytest.fixture
def zoo(shared_data: Path, tmp_path: Path) -> Path:
    """Cats and dogs, and some other photos, with their labels in their names."""
    folder = tmp_path / "zoo"
    folder.mkdir()
    lines = (shared_data / "eval" / "labels.tsv").read_text("utf-8").splitlines()[1:]
    counts: dict[str, int] = {}
    for line in lines:
        set_, path, label = line.split("\t")
        if set_ not in ("dog_cat", "flower_photos", "intel_scenes"):
            continue
        counts[label] = counts.get(label, 0) + 1
        if counts[label] <= (6 if set_ == "dog_cat" else 2):
            shutil.copyfile(shared_data / path, folder / f"{label}-{counts[label]}.jpg")
    return folder


def names(row: dict[str, list[dict[str, object]]]) -> list[object]:
    return [tag["name"] for tag in row["tags"]]


def test_after_index_alone_tags_answer_and_the_users_word_wins(command: Command, zoo: Path) -> None:
    assert command("index", zoo).code == 0
    found = command("search", "tag:dog", "-n", "30", "--json").rows
    right = [row for row in found if Path(row["path"]).name.startswith("dog")]
    assert len(right) >= 4 and len(right) >= 0.8 * len(found)
    assert len(command("search", "tag:animal", "-n", "30", "--json").rows) >= 9
    photo = right[0]["path"]
    listed = command("tag", "list", photo, "--json").rows
    assert {"dog", "animal"} <= {row["tag"] for row in listed}
    assert all(row["source"] in ("classifier", "zero-shot") for row in listed)
    assert command("tag", "remove", photo, "dog").code == 0
    assert command("index").code == 0
    assert photo not in [
        row["path"] for row in command("search", "tag:dog", "-n", "30", "--json").rows
    ]
    (row,) = [each for each in command("tag", "--json").rows if each["path"] == photo]
    assert "dog" not in names(row)
    assert command("tag", "add", photo, "Rex").code == 0
    (row,) = [each for each in command("tag", "--json").rows if each["path"] == photo]
    assert row["tags"][0] == {"name": "Rex", "confidence": 1.0, "source": "user"}
    said = command("search", "Hund", "-n", "5", "--json")
    assert "“Hund” as “dog”" in said.err
    assert Path(said.rows[0]["path"]).name.startswith("dog")


def test_a_tag_is_taught_and_the_teaching_taken_back(command: Command, zoo: Path) -> None:
    assert command("index", zoo).code == 0
    yes = [part for number in range(1, 6) for part in ("--yes", zoo / f"cat-{number}.jpg")]
    (row,) = command("teach", "Minka", *yes, "--no", zoo / "dog-1.jpg", "--json").rows
    assert (row["shows"], row["others"]) == (5, 1)
    assert row["quality"] and row["uncertain"]
    found = [row["path"] for row in command("search", "tag:Minka", "--json").rows]
    assert str(zoo / "cat-6.jpg") in found
    assert not any("glacier" in path or "street" in path for path in found)
    assert "Minka" in command("teach", "list").out
    assert command("teach", "undo", "--json").rows == [{"event": "undone", "action": "teach Minka"}]
    assert command("search", "tag:Minka", "--json").rows == []
    assert command("teach", "undo", "--json").rows == [{"event": "undone", "action": None}]
    assert command("teach", "Minka").code == 2
    wrong = command("teach", "Minka", "--yes", zoo / "none.jpg")
    assert wrong.code == 1 and "not in the library" in wrong.err


def test_a_folder_in_no_library_is_tagged_into_a_table_and_sidecars(
    command: Command, zoo: Path, tmp_path: Path
) -> None:
    words = tmp_path / "words.txt"
    words.write_text("=cmd|' /C calc'!A0\nsay \"cheese\"\nשלום\nsnow-covered peak\tmountain\n")
    sheet = tmp_path / "tags.csv"
    first = command("tag", zoo, "--csv", sheet, "--vocabulary", words, "--min-confidence", "0.4")
    assert first.code == 0, first.err
    before = sheet.read_bytes()
    with sheet.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert {row["path"] for row in rows} == {str(file) for file in zoo.iterdir()}
    assert all(not row["tag"].startswith("=") for row in rows)
    assert not (tmp_path / "library").exists()
    again = command("tag", zoo, "--csv", sheet, "--vocabulary", words, "--min-confidence", "0.4")
    assert again.code == 0 and sheet.read_bytes() == before
    pictures = {file: file.read_bytes() for file in zoo.iterdir()}
    dry = command("tag", zoo, "--xmp", "--dry-run")
    assert dry.code == 0 and set(zoo.iterdir()) == pictures.keys()
    assert command("tag", zoo, "--xmp").code == 0
    sidecar = zoo / "cat-1.jpg.xmp"
    packet = read_packet(sidecar.read_bytes())
    assert "cat" in packet["dc:subject"]
    assert any(path.endswith("|cat") for path in packet["lr:hierarchicalSubject"])
    assert all(file.read_bytes() == data for file, data in pictures.items())
    rows = command("tag", zoo, "--json").rows
    assert all(set(row) == {"path", "tags"} for row in rows) and len(rows) == len(pictures)


def test_what_is_wrong_is_said(command: Command, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes("dog\nright\u202eleft".encode())
    for line, code in (
        (("tag", tmp_path / "none"), 1),
        (("tag", "--vocabulary", bad), 1),
        (("tag", "--min-confidence", "7"), 2),
        (("tag",), 1),  # an empty library
    ):
        ran = command(*line)
        assert ran.code == code, (line, ran)
        assert "Traceback" not in ran.err
    assert os.fspath(bad) in command("tag", "--vocabulary", bad).err

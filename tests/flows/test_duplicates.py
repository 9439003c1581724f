"""`photosearch duplicates` as a person or a script types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import Command, draw


@pytest.fixture
def album(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    folder = tmp_path / "album"
    folder.mkdir()
    draw(1, (480, 360)).save(folder / "photo.jpg", quality=92)
    draw(1, (480, 360)).resize((240, 180)).save(folder / "small.jpg")
    draw(2, (480, 360)).save(folder / "other.jpg")
    return folder


def test_from_indexing_to_undo(command: Command, album: Path) -> None:
    assert command("duplicates").out == "Nothing is twice, as far as was looked at.\n"
    assert command("index", album, "--json").code == 0
    (group,) = command("duplicates", "--json").rows
    photo, small = str(album / "photo.jpg"), str(album / "small.jpg")
    assert (group["kind"], group["keep"], group["paths"]) == ("duplicate", photo, [photo, small])
    assert group["reasons"] and group["evidence"] == [{"path": small, "why": "the same picture"}]
    assert command("duplicates", "--kind", "edited copy", "--json").rows == []
    planned = command("duplicates", "--trash", "--json").rows
    assert planned == [
        {"event": "would-trash", "path": small, "place": None},
        {"event": "done", "moved": 1, "refused": 0},
    ]
    assert (album / "small.jpg").exists()
    moved = command("duplicates", "--trash", "--yes")
    assert moved.code == 0 and "1 files moved to the trash" in moved.out
    assert not (album / "small.jpg").exists()
    assert command("duplicates", "--json").rows == []
    assert command("duplicates", "undo", "--json").rows[-1]["moved"] == 1
    with Image.open(album / "small.jpg") as restored:
        assert restored.size == (240, 180)
    assert command("duplicates", "undo").out == "There is nothing to bring back.\n"


def test_what_is_said_of_copies(command: Command, album: Path) -> None:
    command("index", album)
    photo, small = album / "photo.jpg", album / "small.jpg"
    assert command("duplicates", "keep", small).code == 0
    assert command("duplicates", "--json").rows[0]["keep"] == str(small)
    assert command("duplicates", "protect", album).code == 0
    assert command("duplicates", "protect", "--json").rows == [{"path": str(album)}]
    refused = command("duplicates", "--trash", "--yes", "--json").rows[0]
    assert refused["why"] == "it lies in a protected folder"
    assert command("duplicates", "reject", photo, small).code == 0
    assert command("duplicates", "--json").rows == []
    rules = command("duplicates", "rules", "age", "in:album", "--json").rows
    assert [row["rule"] for row in rules[:2]] == ["age", "in:album"]


def test_mistakes_are_named(command: Command, album: Path) -> None:
    assert command("duplicates", "--yes").code == 2
    wrong = command("duplicates", "--kind", "twin")
    assert wrong.code == 1 and "is no kind of duplicates" in wrong.err
    missing = command("duplicates", "keep", album / "nowhere.jpg")
    assert missing.code == 1 and "not in the library" in missing.err
    assert command("duplicates", "rules", "beauty").code == 1
    slip = command("duplicates", "protect", album / "nowhere")
    assert slip.code == 1 and "is no folder" in slip.err
    command("index", album)
    (album / "photo.jpg").rename(album.with_name("photo.jpg"))
    assert command("duplicates", "protect", album.with_name("photo.jpg")).code == 1
    album.rename(album.with_name("unplugged"))
    assert command("duplicates", "protect", album).code == 0

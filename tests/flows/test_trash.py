"""Photos out of the way and back, by running the commands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Command


@pytest.fixture
def command(here: Command) -> Command:
    """Its commands need no processes of their own."""
    return here


@pytest.fixture(autouse=True)
def own_trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trash of its own, on the disk of the album."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    return tmp_path / "xdg" / "Trash"


def test_shown_first_then_moved_then_brought_back(command: Command, album: Path) -> None:
    photo, twin = album / "winter" / "2.jpg", album / "winter" / "twin.jpg"
    shutil.copy(photo, twin)
    other = album / "summer" / "1.jpg"
    command("index", album)
    command("rate", other, 5)
    before = photo.read_bytes()

    ran = command("trash", photo, other, "--json")
    plan = {row["path"]: row["only"] for row in ran.rows[:-1]}
    assert plan == {str(other): True, str(photo): False}
    assert photo.exists() and other.exists()
    assert "the only one" in command("trash", photo, twin).out

    assert command("trash", photo, other, "--yes").code == 0
    assert not photo.exists() and not other.exists() and twin.exists()
    command("rate", twin, 3)
    assert "rate" in command("undo").out, "the last change first"
    assert not photo.exists()
    assert command("undo").out == "Undone: move 2 photos to the trash\n"
    assert photo.read_bytes() == before and other.exists()
    assert "rate" in command("undo").out
    assert command("search", "rating:5", "--json").rows == []


def test_the_duplicates_undo_and_the_one_undo_are_one(command: Command, album: Path) -> None:
    photo = album / "winter" / "2.jpg"
    command("index", album)
    command("favourite", photo)
    command("trash", photo, "--yes")
    assert command("duplicates", "undo").code == 0 and photo.exists()
    assert "favourite" in command("undo").out


def test_what_cannot_come_back_is_said_once(command: Command, album: Path, own_trash: Path) -> None:
    photo = album / "winter" / "2.jpg"
    command("index", album)
    command("favourite", photo)
    command("trash", photo, "--yes")
    (own_trash / "files" / "2.jpg").unlink()
    ran = command("undo")
    assert ran.code == 1 and "not in the trash any more" in ran.err
    assert "favourite" in command("undo").out, "then what was before"


def test_what_stays_and_why(command: Command, album: Path) -> None:
    photo, changed = album / "winter" / "2.jpg", album / "winter" / "4.jpg"
    command("index", album)
    command("duplicates", "protect", album / "summer")
    changed.write_bytes(changed.read_bytes() + b"more")
    ran = command("trash", photo, changed, album / "summer" / "1.jpg", "--yes", "--json")
    why = {Path(row["path"]).name: row["why"] for row in ran.rows if row["event"] == "refused"}
    assert set(why) == {"1.jpg", "4.jpg"}
    assert "protected" in why["1.jpg"] and "changed" in why["4.jpg"]
    assert not photo.exists() and changed.exists()
    ran = command("trash", album / "none.jpg", "--yes")
    assert ran.code == 1 and ran.err.count("\n") == 1


def test_a_copy_that_is_protected_stays_and_is_another(command: Command, album: Path) -> None:
    photo, twin = album / "winter" / "2.jpg", album / "summer" / "twin.jpg"
    shutil.copy(photo, twin)
    command("index", album)
    command("duplicates", "protect", album / "summer")
    rows = command("trash", photo, twin, "--json").rows
    assert [row["only"] for row in rows if row["event"] == "would-trash"] == [False]
    assert [row["path"] for row in rows if row["event"] == "refused"] == [str(twin)]


def test_a_film_and_a_sidecar_go_along_and_come_back(command: Command, album: Path) -> None:
    photo = album / "winter" / "2.jpg"
    film, sidecar = photo.with_suffix(".MOV"), photo.with_name("2.jpg.xmp")
    film.write_bytes(b"film")
    sidecar.write_text("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    shared = album / "summer" / "1.MOV"
    shared.write_bytes(b"film")
    (album / "summer" / "1.png").write_bytes((album / "summer" / "1.jpg").read_bytes())
    command("index", album)
    assert command("trash", photo, album / "summer" / "1.jpg", "--yes").code == 0
    assert not photo.exists() and not film.exists() and not sidecar.exists()
    assert shared.exists(), "another picture has it too"
    assert command("undo").code == 0
    assert photo.exists() and film.read_bytes() == b"film" and sidecar.exists()

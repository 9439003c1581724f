"""The plug is pulled while files are moved, the disk is full, the trash goes away: no file and no
word is lost, the next command goes on, and undo brings all back."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from photosearch.duplicates.kinds import KINDS
from photosearch.errors import PhotoSearchError
from photosearch.library import Library
from photosearch.media import trash
from photosearch.removal import Moved, Refused
from tests.duplicates.conftest import index, state_of

# Kills itself at the n-th call of a function of a module, just before or just after it.
KILLED = """
import importlib, os, signal, sys
from pathlib import Path
from photosearch.library import Library
action, library, module, name, when, number = sys.argv[1:]
part = importlib.import_module(module)
real, left = getattr(part, name), int(number)
def pulled(*given, **named):
    global left
    left -= 1
    if left == 0 and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    result = real(*given, **named)
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return result
found = Library(Path(library)).duplicates
setattr(part, name, pulled)
for _ in found.remove(lambda _: True, ["duplicate"]) if action == "remove" else found.undo():
    pass
"""
TRASH, REMOVAL = "photosearch.media.trash", "photosearch.removal"
SIDECAR = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"/></rdf:RDF></x:xmpmeta>"""


@pytest.fixture
def said(library: Library, album: Path) -> Library:
    """The album with words on a copy, and a sidecar beside it."""
    library.rate(album / "copies" / "0 small.jpg", 5)
    library.tag(album / "copies" / "1 copy.jpg", "kids")
    (album / "copies" / "0 small.jpg.xmp").write_text(SIDECAR)
    return library


def pull(library: Library, action: str, module: str, name: str, when: str, number: int) -> None:
    line = [sys.executable, "-c", KILLED, action, str(library.folder)]
    done = subprocess.run(
        [*line, module, name, when, str(number)], capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def contents(folder: Path) -> set[bytes]:
    """What the files of a folder hold, if it is there."""
    return {file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def words_of(library: Library) -> dict[str, object]:
    return {**library.export(), "exported_at": None}


def undo_all(library: Library) -> list[Refused]:
    refused: list[Refused] = []
    while results := list(library.duplicates.undo()):
        refused += [each for each in results if isinstance(each, Refused)]
        assert any(isinstance(each, Moved) for each in results), results
    return refused


@pytest.mark.parametrize(
    ("module", "name", "when", "number"),
    [
        (TRASH, "move_away", "before", 1),  # written down, not yet moved
        (TRASH, "_write_info", "after", 2),  # the trash knows of it, it is not there
        ("os", "rename", "after", 1),  # in the trash, and the catalog does not know
        (REMOVAL, "_moved", "before", 2),  # the same, of a sidecar
        (REMOVAL, "_moved", "after", 3),  # in a transaction that never ends
    ],
)
def test_killed_between_trash_and_journal(
    said: Library, album: Path, own_trash: Path, module: str, name: str, when: str, number: int
) -> None:
    before, held, words = state_of(album), contents(album), words_of(said)
    pull(said, "remove", module, name, when, number)
    assert contents(album) | contents(own_trash / "files") >= held
    results = list(said.duplicates.remove(lambda _: True, KINDS))
    assert all(isinstance(each, Moved) for each in results)
    assert {file.name for file in album.rglob("*.jpg")} == {"0.jpg", "1.jpg", "2.jpg", "3.jpg"}
    assert contents(own_trash / "files") | contents(album) >= held
    (kept,) = (row for row in said.photo_rows(said.photos()) if row.path.endswith(b"/0.jpg"))
    assert kept.stars == 5  # what was cut off has merged the words, too
    assert undo_all(said) == []
    assert state_of(album) == before
    assert words_of(said) == words
    assert contents(own_trash) == set()


@pytest.mark.parametrize(
    ("module", "name", "when", "number"),
    [
        ("os", "link", "after", 2),  # in both places
        (TRASH, "forget", "after", 1),  # back, and the catalog does not know
    ],
)
def test_killed_while_files_come_back(
    said: Library, album: Path, own_trash: Path, module: str, name: str, when: str, number: int
) -> None:
    before, words = state_of(album), words_of(said)
    list(said.duplicates.remove(lambda _: True, KINDS))
    pull(said, "undo", module, name, when, number)
    assert undo_all(said) == []
    assert state_of(album) == before
    assert words_of(said) == words
    assert contents(own_trash) == set()


def test_a_full_disk_is_one_line_and_loses_nothing(
    said: Library, album: Path, own_trash: Path, tmp_path: Path
) -> None:
    before, held, words = state_of(album), contents(album), words_of(said)
    command = [sys.executable, "-m", "photosearch", "--library", str(said.folder), "duplicates"]
    for limit in (0, 40, 30_000):  # bytes that a file may have: nothing fits, or a little
        done = subprocess.run(
            [*command, "--trash", "--yes"],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),  # noqa: B023
        )
        assert contents(album) | contents(own_trash / "files") >= held
        if limit < 30_000 or done.returncode:
            assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr
            assert "No space left" in done.stderr
    list(said.duplicates.remove(lambda _: True, KINDS))
    assert undo_all(said) == []
    assert state_of(album) == before
    assert words_of(said) == words


def test_a_trash_that_fills_half_way_says_what_was_moved(
    said: Library, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state_of(album)
    real, moves = trash.move_away, []

    def full(path: bytes, place: bytes) -> None:
        moves.append(path)
        if len(moves) == 3:
            raise trash._no_trash(path, OSError(errno.ENOSPC, "No space left"))
        real(path, place)

    results = []
    with monkeypatch.context() as patched, pytest.raises(PhotoSearchError) as caught:
        patched.setattr(trash, "move_away", full)
        for each in said.duplicates.remove(lambda _: True, KINDS):
            results.append(each)
    assert caught.value.code == "disk-full"
    assert [each.path for each in results] == moves[:2]
    assert undo_all(said) == [] and state_of(album) == before


@pytest.mark.parametrize("at", [1, 2])
def test_a_trash_that_goes_away_is_one_line(
    said: Library, album: Path, own_trash: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    words = words_of(said)
    real, moves = trash.move_away, []

    def gone(path: bytes, place: bytes) -> None:
        moves.append(path)
        if len(moves) == at:
            shutil.rmtree(own_trash)
        real(path, place)

    with monkeypatch.context() as patched, pytest.raises(PhotoSearchError) as caught:
        patched.setattr(trash, "move_away", gone)
        list(said.duplicates.remove(lambda _: True, KINDS))
    assert caught.value.code == "no-trash" and "its folder went away" in caught.value.what
    assert Path(os.fsdecode(moves[-1])).exists()  # what could not be moved stays
    refused = [each for each in said.duplicates.undo() if isinstance(each, Refused)]
    assert len(refused) == at - 1
    assert all("not in the trash any more" in each.why for each in refused)
    if at == 1:
        assert words_of(said) == words


# --- sidecars ---


def moved_names(library: Library) -> list[str]:
    results = library.duplicates.remove(lambda _: True, KINDS)
    return [os.fsdecode(os.path.basename(each.path)) for each in results if isinstance(each, Moved)]


def test_a_sidecar_goes_with_its_photo_and_comes_back(
    said: Library, album: Path, own_trash: Path
) -> None:
    before = state_of(album)
    planned = [each.path for each in said.duplicates.plan(lambda _: True, KINDS)]
    assert moved_names(said)[:2] == ["0 small.jpg", "0 small.jpg.xmp"]
    assert [os.fsdecode(path) for path in planned] == [
        str(album / name) for name in sorted(before.keys() - state_of(album).keys())
    ]
    assert (own_trash / "files" / "0 small.jpg.xmp").read_text() == SIDECAR
    assert undo_all(said) == [] and state_of(album) == before


def test_a_sidecar_of_another_photo_too_stays(said: Library, album: Path) -> None:
    copies = album / "copies"
    (copies / "0 small.jpg.xmp").rename(copies / "0 small.xmp")
    (copies / "0 small.png").write_bytes(b"not looked at yet")
    assert "0 small.xmp" not in moved_names(said)
    assert (copies / "0 small.xmp").exists()
    undo_all(said)
    (copies / "0 small.png").unlink()
    assert "0 small.xmp" in moved_names(said)


def test_what_the_sidecar_of_an_identical_file_says_is_kept(said: Library, album: Path) -> None:
    (album / "copies" / "1 copy.jpg.xmp").write_text(SIDECAR)
    index(said)
    words = words_of(said)
    assert "1 copy.jpg.xmp" in moved_names(said)
    index(said)
    (kept,) = (row for row in said.photo_rows(said.photos()) if row.path.endswith(b"/1.jpg"))
    assert kept.stars == 4
    undo_all(said)
    assert words_of(said) == words


def test_a_tag_that_was_taken_away_does_not_come_from_a_copy(said: Library, album: Path) -> None:
    said.tag(album / "copies" / "2 turned.jpg", "cat")
    with said.catalog.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO rejected_tags SELECT id, 'cat' FROM photos WHERE width = 480"
        )
    assert "2 turned.jpg" in moved_names(said)
    with said.catalog.read() as connection:
        assert not connection.exec_driver_sql(
            "SELECT 1 FROM tags JOIN photos ON photos.id = photo_id"
            " WHERE width = 480 AND name = 'cat'"
        ).all()

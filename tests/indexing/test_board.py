"""The board: a run is seen and steered by another process, and one that was killed is not believed
to go on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psutil
import pytest

from photosearch.errors import PhotoSearchError
from photosearch.indexing.board import Board, Running
from photosearch.indexing.run import one_indexer
from photosearch.library import Library
from photosearch.progress import Done, Progress
from tests.conftest import draw

PATIENCE = 60.0


@pytest.fixture
def folder(tmp_path: Path, album: Path, children_end: None) -> Path:
    """A library's folder; the album has photos enough for a run that takes a while."""
    for number in range(100, 140):
        draw(number, (64, 48)).save(album / f"{number}.jpg")
    Library(tmp_path / "library").close()
    return tmp_path / "library"


@contextmanager
def run(folder: Path, album: Path) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes]]]:
    """A run that nobody steers, in a process of its own, and its rows."""
    with subprocess.Popen(
        [sys.executable, "-m", "photosearch", "--library", folder, "index", album, "--json"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env={**os.environ, "PHOTOSEARCH_WORKERS": "1"},
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout
        finally:
            process.kill()


def until_row(rows: IO[bytes], text: str) -> None:
    """Read rows until one has this text in it."""
    assert any(text.encode() in row for row in rows), text


def age(file: Path, seconds: float) -> None:
    """Make a file this old."""
    info = file.stat()
    os.utime(file, (info.st_atime - seconds, info.st_mtime - seconds))


def test_another_process_sees_and_steers_a_run(folder: Path, album: Path) -> None:
    board = Board(folder)
    assert board.running() is None and not board.tell("pause")
    with run(folder, album) as (process, rows):
        until_row(rows, '"read"')
        seen = board.running()
        assert seen is not None and (seen.pid, seen.state) == (process.pid, "running")
        assert board.tell("pause")
        until_row(rows, '"paused"')
        seen = board.running()
        while seen is not None and seen.state != "paused":  # shown just after it is said
            seen = board.running()
        assert seen is not None and seen.stage == "read" and seen.total == 46
        age(folder / "indexer.json", 3600)  # its computer slept: it holds the lock, so it lives
        assert board.running() is not None
        assert board.tell("resume")
        until_row(rows, '"resumed"')
        assert board.tell("stop")
        until_row(rows, '"stopped"')
        assert process.wait(PATIENCE) == 0
    assert board.running() is None and not board.tell("stop")
    assert sorted(file.name for file in folder.glob("indexer.*")) in ([], ["indexer.lock"])


def test_a_killed_run_is_soon_not_believed_and_its_state_is_removed(
    folder: Path, album: Path
) -> None:
    board = Board(folder)
    with run(folder, album) as (process, rows):
        until_row(rows, '"read"')
        assert board.tell("pause")
        until_row(rows, '"paused"')
        below = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait()
    psutil.wait_procs(below, timeout=5)
    state = folder / "indexer.json"
    values = json.loads(state.read_bytes())
    for pid in (process.pid, os.getpid()):  # also where another process has that number now
        state.write_text(json.dumps({**values, "pid": pid}))
        age(state, 6)
        assert board.running() is None and not state.exists()
    state.write_text(json.dumps(values))
    age(state, -3600)  # the clock was put back
    assert board.running() is None and not state.exists()
    with one_indexer(folder):
        pass  # looking has not kept the lock


def test_looking_at_what_was_left_behind_keeps_no_run_out(folder: Path) -> None:
    board = Board(folder)
    board.open()
    state = (folder / "indexer.json").read_bytes()
    enough = threading.Event()

    def look() -> None:
        while not enough.is_set():
            (folder / "indexer.json").write_bytes(state)
            age(folder / "indexer.json", 6)
            board.running()

    looks = threading.Thread(target=look)
    looks.start()
    try:
        for _ in range(300):
            with one_indexer(folder):
                pass
    finally:
        enough.set()
        looks.join()


def test_a_word_for_a_run_that_was_killed_does_not_reach_the_next(
    folder: Path, album: Path
) -> None:
    board = Board(folder)
    (folder / "indexer.word").write_text("stop")
    with Library(folder) as library:
        assert isinstance(list(library.index([album]))[-1], Done)
    assert board.word() is None


def test_a_word_is_heard_once_and_nonsense_never(folder: Path) -> None:
    board = Board(folder)
    board.open()
    assert board.word() is None
    assert board.tell("pause") and board.tell("resume")
    assert board.word() == "resume" and board.word() is None
    for nonsense in (b"", b"Pause", b"\xff\xfe", b"background", b"x" * 100_000):
        (folder / "indexer.word").write_bytes(nonsense)
        assert board.word() is None and not (folder / "indexer.word").exists()
    board.close()
    assert not board.tell("pause")


@pytest.mark.parametrize(
    "state",
    [
        *(b"", b"{", b"null", b"5", b"[]", b"{}", b"\xff", b'{"pid": 1}'),
        b'{"pid": 1, "state": "running", "stage": "scan", "done": 0, "total": 0, "new": 1}',
        b"[" * 100_000,
        b'{"pid": 1, "state": "running", "stage": "scan", "done": "x", "total": null}',
        b'{"pid": 1, "state": 5, "stage": null, "done": 0, "total": 0}',
    ],
)
def test_a_state_that_is_none_is_no_run(state: bytes, folder: Path, album: Path) -> None:
    (folder / "indexer.json").write_bytes(state)
    assert Board(folder).running() is None
    assert not Board(folder).tell("stop")
    with Library(folder) as library:
        assert isinstance(list(library.index([album]))[-1], Done)
    assert not (folder / "indexer.json").exists()


def test_a_board_that_takes_nothing_stops_no_run(folder: Path, album: Path) -> None:
    for name in ("indexer.json", "indexer.word"):  # as a full disk: neither written nor removed
        (folder / name).mkdir()
    with Library(folder) as library:
        events = list(library.index([album]))
        assert isinstance(events[-1], Done) and events[-1].new == 46
        assert library.indexing() is None and not library.steer_indexer("stop")
    assert not list(folder.glob("*.part"))


def test_a_word_that_cannot_be_left_is_an_error_that_says_so(folder: Path) -> None:
    board = Board(folder)
    board.open()
    (folder / "indexer.word").mkdir()
    with pytest.raises(PhotoSearchError, match=r"indexer\.word"):
        board.tell("stop")
    board.close()


def test_what_is_shown_is_what_was_done(folder: Path) -> None:
    board = Board(folder)
    board.open()
    assert Board(folder).running() == Running(os.getpid(), "running", "scan", 0, None)
    board.show("paused", Progress("read", 3, 9))  # another state is shown at once
    assert Board(folder).running() == Running(os.getpid(), "paused", "read", 3, 9)
    board.show("paused", Progress("read", 4, 9))  # the same again not so soon
    assert Board(folder).running() == Running(os.getpid(), "paused", "read", 3, 9)
    board.show("running")
    assert Board(folder).running() == Running(os.getpid(), "running", "read", 4, 9)
    board.close()
    board.close()
    assert Board(folder).running() is None

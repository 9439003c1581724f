"""One window for each library."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from photosearch.gui.single import OnlyWindow, _name
from tests.gui.conftest import PATIENCE

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from photosearch.gui.single import OnlyWindow
app = QCoreApplication([])
only = OnlyWindow(Path(sys.argv[1]))
if not only.take():
    sys.exit(10 if only.raise_other(sys.argv[2:]) else 11)
print("taken", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def only(tmp_path: Path, nothing_left: None, qapp: object) -> Iterator[OnlyWindow]:
    made = OnlyWindow(tmp_path / "library")
    yield made
    made.release()
    made.deleteLater()


def second(library: Path, *paths: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", SECOND, str(library), *paths],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def test_a_second_start_raises_the_first(only: OnlyWindow, tmp_path: Path, qtbot: QtBot) -> None:
    assert only.take()
    heard: list[list[str]] = []
    only.wanted.connect(heard.append)
    for strange in (b"raise\n", b"3\n", b"\xff\n", b'{"half": '):  # not said by us: not heard
        socket = QLocalSocket(only)
        socket.connectToServer(_name(tmp_path / "library"))
        assert socket.waitForConnected(PATIENCE)
        socket.write(strange)
        socket.flush()
    paths = ["/photos/Käse\n1.jpg", "/photos/\udcff.jpg"]  # the second is no text
    with (
        qtbot.waitSignal(only.wanted, timeout=PATIENCE),
        second(tmp_path / "library", *paths) as other,
    ):
        qtbot.waitUntil(lambda: other.poll() is not None, timeout=PATIENCE)
    assert other.returncode == 10
    assert heard == [paths]


def test_another_library_has_a_window_of_its_own(only: OnlyWindow, tmp_path: Path) -> None:
    assert only.take()
    beside = OnlyWindow(tmp_path / "another")
    assert beside.take()
    beside.release()


def test_one_that_was_killed_is_in_nobodys_way(only: OnlyWindow, tmp_path: Path) -> None:
    with second(tmp_path / "library") as other:
        assert other.stdout is not None and other.stdout.readline() == b"taken\n"
        assert not only.take()
        other.kill()
        other.wait()
    assert only.take() and only._server.isListening()
    only.release()
    assert OnlyWindow(tmp_path / "library").take()


def test_one_that_does_not_answer_is_told_of(
    only: OnlyWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("photosearch.gui.single._WAIT_MS", 50)
    with second(tmp_path / "library") as other:  # has no event loop
        assert other.stdout is not None and other.stdout.readline() == b"taken\n"
        assert not only.take() and not only.raise_other()
        other.kill()

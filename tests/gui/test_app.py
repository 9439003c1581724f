"""The program as a whole: started, started twice, told to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from photosearch.__main__ import main
from photosearch.gui.single import _name
from tests.gui.conftest import PATIENCE


def start(library: Path) -> subprocess.Popen[bytes]:
    line = [sys.executable, "-m", "photosearch", "--library", str(library)]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def is_open(library: Path) -> bool:
    """Whether a window listens for others that start."""
    socket = QLocalSocket()
    socket.connectToServer(_name(library))
    found = socket.waitForConnected(50)
    socket.abort()
    return found


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_its_children(tmp_path: Path, number: signal.Signals) -> None:
    library = tmp_path / "library"
    with start(library) as program:
        end = time.monotonic() + PATIENCE / 1000
        while not is_open(library):
            assert time.monotonic() < end and program.poll() is None
        children: list[psutil.Process] = []
        while not children:
            assert time.monotonic() < end
            children = psutil.Process(program.pid).children()
        with start(library) as second:  # shows the first one, and is done
            assert second.wait(PATIENCE / 1000) == 0
        program.send_signal(number)
        out, err = program.communicate(timeout=PATIENCE / 1000)
    assert program.returncode == 0, err.decode()
    assert b"Traceback" not in err and out == b""
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive
    assert not is_open(library)
    assert (tmp_path / "data" / "window.ini").is_file()


def test_a_library_that_is_no_folder_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with start(tmp_path / "file") as program:
        _, err = program.communicate(timeout=PATIENCE / 1000)
    assert program.returncode == 1
    last = err.decode().splitlines()[-1]
    assert "is no folder" in last and "Traceback" not in err.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_screen_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with start(tmp_path / "library") as program:
        _, said = program.communicate(timeout=60)
    assert (program.returncode, said.count(b"\n")) == (1, 1)
    assert b"no screen" in said and not (tmp_path / "library").exists()


def test_where_no_terminal_can_say_an_error_a_window_does(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    qtbot: QtBot,
) -> None:
    (tmp_path / "file").write_text("x")
    library = str(tmp_path / "file")
    monkeypatch.setattr(sys, "argv", ["photosearch-gui", "--library", library, "status"])
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # those of the tests stay
    shown: list[str] = []

    def read() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            shown.append(box.text())
            looking.stop()
            box.accept()

    looking = QTimer()
    looking.timeout.connect(read)
    looking.start(20)
    with pytest.raises(SystemExit) as ended:
        main(in_window=True)
    assert ended.value.code == 1
    assert len(shown) == 1 and "is no folder" in shown[0]
    assert capsys.readouterr().err.strip() == shown[0]

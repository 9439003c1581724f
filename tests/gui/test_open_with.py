"""“Open with PhotoSearch”: paths given to a second start come to the window that is open."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photosearch.gui.app import OpenedByFinder
from photosearch.gui.single import OnlyWindow
from photosearch.gui.window import MainWindow
from photosearch.library import Library
from tests.gui.conftest import PATIENCE, PHOTOS

GUI_SCRIPT = "from photosearch.__main__ import main_window; main_window()"


@pytest.fixture
def listening(window: MainWindow, library: Path) -> Iterator[MainWindow]:
    """A window that a second start finds."""
    only = OnlyWindow(library)
    assert only.take()
    only.wanted.connect(window.open_paths)
    yield window
    only.release()
    only.deleteLater()


def test_a_photo_is_searched_for_and_a_folder_is_added(
    listening: MainWindow, library: Path, indexed: Path, album: Path, qtbot: QtBot
) -> None:
    photos = indexed.parent / "album"
    line = [sys.executable, "-m", "photosearch", "--library", str(library)]
    with (
        qtbot.waitSignal(listening.session.results.answered, timeout=PATIENCE),
        subprocess.Popen([*line, "window", "003.jpg"], cwd=photos) as second,
    ):
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=PATIENCE)
    assert second.returncode == 0
    assert listening.browser.field.text() == f'like:"{photos / "003.jpg"}"'
    assert len(listening.session.photos.ids) == PHOTOS - 1

    environment = {**os.environ, "PHOTOSEARCH_LIBRARY": str(library)}
    with (
        qtbot.waitSignal(listening.session.run_ended, timeout=PATIENCE),
        subprocess.Popen([sys.executable, "-c", GUI_SCRIPT, str(album)], env=environment) as third,
    ):
        qtbot.waitUntil(lambda: third.poll() is not None, timeout=PATIENCE)
    assert third.returncode == 0
    with Library(library) as opened:
        assert len(opened.photos()) == PHOTOS + 6


def test_what_macos_asks_for_is_opened(qapp: QApplication) -> None:
    heard: list[list[str]] = []
    finder = OpenedByFinder(qapp)
    finder.opened.connect(heard.append)
    QApplication.sendEvent(qapp, QFileOpenEvent("/photos/Größe 1.jpg"))
    qapp.removeEventFilter(finder)
    finder.deleteLater()
    assert heard == [["/photos/Größe 1.jpg"]]

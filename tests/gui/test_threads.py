"""The window's own thread reads and decodes no picture, whatever is looked at.

That it scans no catalog and runs no model is held by `test_imports.py`: it cannot, since nothing of
both is in its process.
"""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QThread
from PySide6.QtGui import QImageReader
from pytestqt.qtbot import QtBot

from photosearch.gui import pictures, thumbnails
from photosearch.gui.window import MainWindow
from tests.gui.conftest import PATIENCE


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each picture that is read: whether that is in the window's own thread."""
    found: list[bool] = []

    class Seen(QImageReader):
        def read(self, *arguments: Any) -> Any:
            app = QCoreApplication.instance()
            found.append(app is not None and QThread.currentThread() == app.thread())
            return super().read(*arguments)

    for module in (pictures, thumbnails):
        monkeypatch.setattr(module, "QImageReader", Seen)
    return found


def test_pictures_are_read_elsewhere(readers: list[bool], window: MainWindow, qtbot: QtBot) -> None:
    browser = window.browser
    with qtbot.waitSignal(window.results_painted, timeout=PATIENCE):
        window.search_for("a dog")
    browser.grid.select(0)
    browser.toggle_view()
    qtbot.waitUntil(lambda: browser.viewer.canvas.sharp, timeout=PATIENCE)
    browser.step(1)
    qtbot.waitUntil(lambda: browser.viewer.canvas.sharp, timeout=PATIENCE)
    assert len(readers) > 10 and not any(readers)

"""The first start: folders are suggested and chosen, or the demo is opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from photosearch.demo import plan
from photosearch.engine.starting import program
from photosearch.gui import desktop
from photosearch.gui.first import FirstPage
from photosearch.gui.settings import WindowSettings
from photosearch.gui.window import MainWindow
from photosearch.paths import data_dir
from photosearch.shared import SERVER_FILE
from tests.gui.conftest import PATIENCE, OpenWindow, make_album


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's folder of pictures, with three photos."""
    folder = make_album(tmp_path / "Pictures", range(3))
    monkeypatch.setattr(QStandardPaths, "writableLocation", staticmethod(lambda _kind: str(folder)))
    return folder


def first_page(window: MainWindow, qtbot: QtBot) -> FirstPage:
    qtbot.waitUntil(lambda: window.browser.page_name == "first", timeout=PATIENCE)
    page = window.browser.first_page
    qtbot.waitUntil(page.isVisible, timeout=PATIENCE)
    return page


def test_folders_are_suggested_and_chosen_by_keyboard(
    pictures: Path, with_encoder: Path, open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    more = make_album(tmp_path / "more", range(3, 5))
    window = open_window(tmp_path / "library")
    page = first_page(window, qtbot)
    assert page.paths() == [str(pictures)]
    assert str(tmp_path / "library") in page.where.text()
    page.another.click()
    dialog = window.panels.dialog
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(more))
    dialog.reject()
    assert page.paths() == [str(pictures), str(more)]
    page.folders.setFocus()
    qtbot.keyClick(page.folders, Qt.Key.Key_Space)  # the tick of the one just chosen
    assert page.paths() == [str(pictures)]
    qtbot.keyClick(page.folders, Qt.Key.Key_Up)
    qtbot.keyClick(page.folders, Qt.Key.Key_Space)
    assert page.paths() == [] and not page.start.isEnabled()
    page.add(str(pictures))  # once more: it is there already
    page.add(str(more))
    assert page.folders.count() == 2
    page.start.setFocus()
    qtbot.keyClick(page.start, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(window.session.photos.ids) == 5, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.session.indexer.ours, timeout=PATIENCE)
    assert {root.path for root in window.session.library.state.roots} == {  # type: ignore[union-attr]
        str(pictures),
        str(more),
    }


def test_what_leaves_this_computer_is_said_of_a_shared_library(
    qapp: QApplication, tmp_path: Path
) -> None:
    page = FirstPage()
    page.set_library(tmp_path)
    assert page.leaves.text().startswith("Nothing leaves this computer")
    assert str(tmp_path) in page.where.text()
    (tmp_path / SERVER_FILE).write_text("postgresql://nas/family")
    page.set_library(tmp_path)
    assert "Small pictures of them go to the server" in page.leaves.text()
    assert "postgresql://nas/family" in page.where.text()


def test_the_demo_opens_in_a_window_and_a_library_of_its_own(
    pictures: Path,
    open_window: OpenWindow,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[Sequence[str]] = []
    monkeypatch.setattr(desktop, "start", started.append)
    window = open_window(tmp_path / "library")
    first_page(window, qtbot).demo.click()
    qtbot.waitUntil(lambda: bool(started), timeout=PATIENCE)
    demo = data_dir() / "demo"
    assert started == [program(demo / "library")]
    names = {photo["name"] for photo in plan()["photos"]}
    assert {each.name for each in (demo / "album").iterdir()} == names
    assert WindowSettings().unfinished(demo / "library") == [(str(demo / "album"),)]
    assert window.browser.page_name == "first"  # the person's own library is as it was

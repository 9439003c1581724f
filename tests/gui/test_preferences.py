"""The settings panel: a row for each setting, checked and kept where it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photosearch import settings
from photosearch.gui.preferences import PreferencesPanel
from photosearch.gui.settings import WindowSettings
from photosearch.gui.window import MainWindow
from photosearch.settings import Settings
from tests.gui.conftest import PATIENCE, OpenWindow


def opened(window: MainWindow, qtbot: QtBot) -> PreferencesPanel:
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.panels.settings is not None, timeout=PATIENCE)
    panel = window.panels.settings
    assert panel is not None
    qtbot.waitUntil(panel.isVisible, timeout=PATIENCE)
    return panel


def test_every_setting_is_a_row_and_is_kept_at_once(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHOTOSEARCH_WORKERS", "1")
    panel = opened(window, qtbot)
    assert list(panel.boxes) == list(settings.all_settings())
    for name, box in panel.boxes.items():
        about = settings.about(name)
        assert (box.minimum(), box.maximum()) == (1, about.most)
        assert box.accessibleName() == about.label and box.accessibleDescription()
        assert not panel.resets[name].isEnabled()
    workers = panel.boxes["workers"]
    assert not workers.isEnabled() and workers.value() == 1
    assert "PHOTOSEARCH_WORKERS" in workers.accessibleDescription()
    box, reset = panel.boxes["file_seconds"], panel.resets["file_seconds"]
    box.selectAll()
    qtbot.keyClicks(box, "90")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert settings.stored().values == {"file_seconds": 90}
    assert Settings.load().file_seconds == 90
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert settings.stored().values == {} and not reset.isEnabled()
    assert box.value() == Settings().file_seconds
    box.selectAll()
    qtbot.keyClicks(box, "99999")  # more than makes sense: not taken
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert 1 <= box.value() <= settings.about("file_seconds").most
    settings.store("encode_batch", 8)
    panel.look()
    assert panel.boxes["encode_batch"].value() == 8


def test_what_cannot_be_kept_and_what_cannot_be_read_is_said(
    open_window: OpenWindow, library: Path, qtbot: QtBot
) -> None:
    settings.file().parent.mkdir(parents=True, exist_ok=True)
    settings.file().write_text("{")
    window = open_window(library)
    assert "cannot be read and are not used" in window.browser.banner.text
    panel = opened(window, qtbot)
    assert "cannot be read" in panel.news.text()
    settings.file().unlink()
    settings.file().mkdir()
    panel.boxes["encode_batch"].setValue(7)
    assert panel.news.isVisible() and "settings.json" in panel.news.text()


def test_the_language_is_chosen_among_those_there_are(window: MainWindow, qtbot: QtBot) -> None:
    panel = opened(window, qtbot)
    language = panel.combos[0]
    texts = [language.itemText(place) for place in range(language.count())]
    assert texts[:2] == ["As the system", "English"] and {"Deutsch", "简体中文"} <= set(texts)
    assert language.currentIndex() == 0
    language.setFocus()
    qtbot.keyClicks(language, "Deu")
    language.activated.emit(language.currentIndex())
    window.settings.sync()
    assert WindowSettings().language == "de"

"""Why this photo? In the large view, with the real children."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photosearch.engine.replies import HeatMap
from photosearch.gui import heat
from photosearch.gui.window import MainWindow
from photosearch.library import Library
from tests.gui.conftest import PATIENCE

Key = Qt.Key


def test_colours_and_shape_of_a_heat_map(qapp: QApplication) -> None:
    corner = HeatMap("x", 0.5, 6, tuple(float(n == 0) for n in range(24)))
    picture = heat.coloured(corner)
    assert picture.width() / picture.height() == 6 / 4
    assert picture.pixelColor(0, 0).alpha() > 200 > 5 > picture.pixelColor(40, 25).alpha()
    assert picture.pixelColor(0, 0).lightness() > 120
    assert heat.coloured(HeatMap("x", 0.1, 6, ())).isNull()


@pytest.fixture
def searched(window: MainWindow, qtbot: QtBot) -> MainWindow:
    with qtbot.waitSignal(window.session.results.answered, timeout=PATIENCE):
        window.search_for("a cat on a chair")
    window.browser.grid.setFocus()
    window.browser.grid.select(0)
    return window


def test_words_one_after_the_other_and_the_next_photo(
    searched: MainWindow, library: Path, qtbot: QtBot
) -> None:
    browser, why = searched.browser, searched.browser.viewer.why
    assert not why.on
    qtbot.keyClick(browser.grid, Key.Key_W)
    assert browser.viewing and why.on and searched.actions_.why.isChecked()
    qtbot.waitUntil(lambda: len(why.chips.buttons()) == 3, timeout=PATIENCE)
    # The bar takes room from the photo, which is decoded anew for what is left.
    qtbot.waitUntil(lambda: browser.viewer.canvas.sharp, timeout=PATIENCE)
    chips = why.chips.buttons()
    assert [chip.text() for chip in chips] == ["a cat on a chair", "cat", "chair"]
    assert chips[0].isChecked() and "“a cat on a chair”" in why.says.text()
    with Library(library) as opened:
        expected = opened.explain(browser.viewer.photo, "a cat on a chair")
    for chip, found in zip(chips, expected, strict=True):
        chip.click()
        assert f"“{found.term}”" in why.says.text() and f"{found.score:.2f}" in why.says.text()
        assert browser.viewer.canvas.heat.isNull() == (found.peak is None)
        assert why.slider.isVisible() == (found.peak is not None)
        if found.peak is None:
            assert why.says.text().startswith("Nothing in this photo stands out")
    why.slider.setValue(30)
    assert browser.viewer.canvas.opacity == pytest.approx(0.3)
    chips[1].click()
    qtbot.keyClick(browser.viewer, Key.Key_Right)
    assert why.says.text() == "Looking for it in this photo…" and not why.chips.buttons()
    qtbot.waitUntil(lambda: len(why.chips.buttons()) == 3, timeout=PATIENCE)
    assert why.chips.buttons()[1].isChecked(), "the word that was looked at before"
    qtbot.keyClick(browser.viewer, Key.Key_W)
    assert not why.on and browser.viewer.canvas.heat.isNull()
    assert not searched.actions_.why.isChecked()


def test_like_another_photo_and_without_a_question(window: MainWindow, qtbot: QtBot) -> None:
    browser, why = window.browser, window.browser.viewer.why
    browser.grid.setFocus()
    browser.grid.select(0)
    window.actions_.why.trigger()
    assert browser.viewing and "Search for something first" in why.says.text()
    assert not why.chips.buttons() and not why.slider.isVisible()
    with qtbot.waitSignal(window.session.results.answered, timeout=PATIENCE):
        window.actions_.similar.trigger()
    assert window.session.results.shown.kind == "similar"
    browser.grid.select(0)
    browser.toggle_view()
    assert why.on, "it stays on until it is turned off"
    qtbot.waitUntil(lambda: len(why.chips.buttons()) == 1, timeout=PATIENCE)
    assert why.chips.buttons()[0].text().endswith(".jpg")


def test_a_photo_that_cannot_be_read_says_so(searched: MainWindow, qtbot: QtBot) -> None:
    why, session = searched.browser.viewer.why, searched.session
    first = session.photos.ids[0]
    qtbot.waitUntil(lambda: session.photos.row_of(first) is not None, timeout=PATIENCE)
    row = session.photos.row_of(first)
    assert row is not None
    file = Path(row.path)
    away = file.rename(file.with_suffix(".away"))
    try:
        searched.actions_.why.trigger()
        qtbot.waitUntil(lambda: file.name in why.says.text(), timeout=PATIENCE)
        assert not why.chips.buttons() and why.picture.isNull()
    finally:
        away.rename(file)

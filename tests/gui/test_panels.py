"""The sheet of keys, and what the program says of itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from photosearch import __version__
from photosearch.gui.widgets import IconButton
from photosearch.gui.window import MainWindow
from tests.gui.conftest import PATIENCE


def test_the_sheet_of_keys_names_every_action_of_the_menus(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.browser.grid.setFocus()
    qtbot.keyClicks(window.browser.grid, "?")
    qtbot.waitUntil(lambda: window.panels.keys is not None, timeout=PATIENCE)
    sheet = window.panels.keys
    assert sheet is not None and sheet.isVisible()
    assert [group.text(0) for group, _ in sheet.groups][:2] == ["File", "Edit"]
    lines = {item.text(0): item.text(1) for _, items in sheet.groups for item in items}
    assert lines["Add folder…"] == "Ctrl+O" and lines["Rating: ★★"] == "2"
    for action in (window.actions_.find, window.actions_.teach, window.actions_.keys):
        keys = [key.toString() for key in action.shortcuts()]
        assert lines[action.text()] == "   ".join(keys)
    qtbot.keyClicks(sheet.field, "full scr")
    seen = [
        item.text(0)
        for group, items in sheet.groups
        for item in items
        if not group.isHidden() and not item.isHidden()
    ]
    assert seen == ["Full screen"]
    window.browser.search()
    qtbot.keyClicks(window.browser.field, "who?")  # there it is a letter
    assert window.browser.field.text() == "who?"


def test_the_program_says_what_it_is(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: window.panels.about is not None, timeout=PATIENCE)
    about = window.panels.about
    assert about is not None
    qtbot.waitUntil(
        lambda: "tiny: none" in [label.text() for label in about.labels.values()], timeout=PATIENCE
    )
    texts = [label.text() for label in about.labels.values()]
    assert "Apache-2.0" in texts and str(window.library) in texts
    about.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert __version__ in copied and str(window.library) in copied
    about.close_button.click()
    assert not about.isVisible()


def test_messages_do_not_nag(window: MainWindow, qtbot: QtBot) -> None:
    browser, banner = window.browser, window.browser.banner
    browser.field.setFocus()
    done: list[int] = []
    browser.say("The disk is full.", warning=True, button="Try again", act=lambda: done.append(1))
    assert banner.isVisible() and browser.field.hasFocus()
    banner.button.click()
    assert done == [1] and not banner.isVisible()
    browser.say("The disk is full.", warning=True)  # it was tried again, and failed again
    assert banner.isVisible() and banner.text == "The disk is full."
    close = next(each for each in banner.findChildren(IconButton))
    close.click()
    assert not banner.isVisible() and not browser.banner_place.isVisible()
    browser.say("The disk is full.", warning=True)  # a person has seen it
    assert not browser.banner_place.isVisible()
    browser.say("Another thing.")
    browser.say("The disk is full.", warning=True)
    assert banner.isVisible() and banner.text == "Another thing."

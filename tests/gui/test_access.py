"""Everybody can use it: names for screen readers, all by keyboard, colours that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QRadioButton,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from photosearch.gui.style import DARK, LIGHT, Theme, sheet
from photosearch.gui.window import MainWindow
from tests.gui.conftest import PATIENCE
from tests.gui.test_style import contrast

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QAbstractSpinBox, QSlider)
WITHOUT_KEYS = {"Light", "Dark", "As the system"}  # reached by their menu


def name_of(widget: QWidget, top: QWidget) -> str:
    """What a screen reader says of a widget: its name, its text, or the label that is its buddy."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton) and widget.text():
        return widget.text()
    labels = [label for label in top.findChildren(QLabel) if label.buddy() is widget]
    return labels[0].text() if labels else ""


def controls(top: QWidget) -> Iterator[QWidget]:
    """What can be used in a window and can be seen, but the insides of other controls."""
    for widget in top.findChildren(QWidget):
        inside = widget.parentWidget()
        if (
            isinstance(widget, CONTROLS)
            and not isinstance(widget, QHeaderView)
            and widget.isVisibleTo(top)
            and widget.window() is top
            and not isinstance(inside, QComboBox | QAbstractSpinBox | QLineEdit | QMenuBar)
            and not widget.objectName().startswith("qt_")
        ):
            yield widget


def by_tab(top: QWidget) -> set[int]:
    """The widgets that the focus comes to by Tab, from the first back to the first."""
    seen: set[int] = set()
    widget = top.nextInFocusChain()
    while widget is not None and widget is not top:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            seen |= {id(widget), id(widget.focusProxy())}
        widget = widget.nextInFocusChain()
    return seen


def assert_usable(top: QWidget) -> None:
    reached = by_tab(top)
    nameless, unreached = [], []
    for widget in controls(top):
        said = (type(widget).__name__, widget.objectName(), widget.toolTip())
        if not name_of(widget, top):
            nameless.append(said)
        keyed = isinstance(widget, QAbstractButton) and _has_key(widget)
        if isinstance(widget, QRadioButton) and not widget.isChecked():
            continue  # the arrow keys lead from the chosen one to the others
        if widget.isEnabled() and id(widget) not in reached and not keyed:
            unreached.append(said)
    assert not nameless, ("without a name", type(top).__name__, nameless)
    assert not unreached, ("not by Tab", type(top).__name__, unreached)


def _has_key(button: QAbstractButton) -> bool:
    """Whether what a button does has a key, which its tip names in the end; of radio buttons, Tab
    comes to the one that is chosen, and arrows to the others."""
    return isinstance(button, QRadioButton) or bool(re.search(r"\(.+\)$", button.toolTip()))


def test_all_that_can_be_used_has_a_name_and_is_reached_by_tab(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.browser.grid.select(0)
    opened = 0
    for action in window.findChildren(QAction):
        if action.text().endswith("…") and action.isEnabled():
            action.trigger()
    window.actions_.folders.trigger()
    window.actions_.about.trigger()
    qtbot.waitUntil(
        lambda: window.panels.models is not None and window.panels.models.list.count() > 0,
        timeout=PATIENCE,
    )
    for top in QApplication.topLevelWidgets():
        if isinstance(top, QFileDialog):
            top.close()  # Qt's own
        elif isinstance(top, QDialog) and top.isVisible():
            assert top.windowTitle(), top
            assert_usable(top)
            top.close()
            opened += 1
    assert opened >= 8
    assert_usable(window)
    window.browser.toggle_view()
    assert_usable(window)


def test_the_first_page_and_the_pages_are_usable(window: MainWindow) -> None:
    browser = window.browser
    browser.middle.setCurrentWidget(browser.first_page)
    assert_usable(window)
    browser.page.say("search", "Nothing found", "Try other words", "Show all photos")
    browser.middle.setCurrentWidget(browser.page)
    assert_usable(window)


def test_every_action_has_words_and_keys_of_its_own(window: MainWindow) -> None:
    keys: dict[str, str] = {}
    for action in window.actions_.findChildren(QAction):
        assert action.text().strip(), action
        if action.text() not in WITHOUT_KEYS:
            assert action.shortcuts(), action.text()
        for key in action.shortcuts():
            assert keys.setdefault(key.toString(), action.text()) == action.text(), key.toString()
    in_menus = set()
    for menu in window.menuBar().actions():
        assert re.search("&[^&]", menu.text()), "menus open by Alt and a letter"
        in_menus.add(menu.text())
    assert len(in_menus) == len(window.menuBar().actions())


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_all_text_of_the_style_sheet_can_be_read_on_its_ground(theme: Theme) -> None:
    grounds = [theme.ground, theme.raised]  # what text without a ground of its own stands on
    checked = 0
    for rule in re.findall(r"\{([^}]*)\}", sheet(theme)):
        text = re.search(r"(?<![-\w])color:\s*(#\w{6})", rule)
        ground = re.search(r"(?<![-\w])background:\s*(#\w{6})", rule)
        chosen = re.search(r"selection-background-color:\s*(#\w{6})", rule)
        on_chosen = re.search(r"selection-color:\s*(#\w{6})", rule)
        if chosen and on_chosen:
            assert contrast(on_chosen[1], chosen[1]) >= 4.5, rule
        if text:
            for other in [ground[1]] if ground else grounds:
                checked += 1
                assert contrast(text[1], other) >= 4.5, (rule, other)
    assert checked > 10

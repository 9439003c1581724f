"""All keys on one sheet, made from the actions themselves, so that it is never out of date."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLineEdit,
    QMenu,
    QMenuBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from photosearch.gui.style import SPACE


class ShortcutSheet(QDialog):
    """The sheet: what can be done and by which keys, by menu; a word typed finds an action."""

    def __init__(self, bar: QMenuBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._bar = bar
        self.groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.setWindowTitle(self.tr("Keys"))
        self.field, self.list = QLineEdit(), QTreeWidget()
        self.field.setPlaceholderText(self.tr("Find an action"))
        self.field.setAccessibleName(self.tr("Find an action"))
        self.field.setClearButtonEnabled(True)
        self.list.setAccessibleName(self.tr("Keys"))
        self.list.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.list.setRootIsDecorated(False)
        self.list.setTabKeyNavigation(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        self.field.textChanged.connect(self._filter)
        self.resize(520, 620)

    def look(self) -> None:
        """Show the keys as they are now."""
        self.list.clear()
        self.groups.clear()
        for menu in self._bar.actions():
            inside = menu.menu()
            if not isinstance(inside, QMenu):
                continue
            group = QTreeWidgetItem([_plain(menu.text())])
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.list.addTopLevelItem(group)
            lines = [QTreeWidgetItem(_line(*each)) for each in _all(inside)]
            group.addChildren(lines)
            self.groups.append((group, lines))
        self.list.expandAll()
        self._filter(self.field.text())

    def _filter(self, text: str) -> None:
        wanted = text.casefold().strip()
        for group, lines in self.groups:
            for item in lines:
                said = f"{item.text(0)} {item.text(1)}".casefold()
                item.setHidden(wanted not in said)
            group.setHidden(all(item.isHidden() for item in lines))


def _all(menu: QMenu, under: str = "") -> Iterator[tuple[QAction, str]]:
    """The actions of a menu, with the name of the menu inside it that they are in."""
    for action in menu.actions():
        inside = action.menu()
        if isinstance(inside, QMenu):
            yield from _all(inside, _plain(action.text()))
        elif not action.isSeparator():
            yield action, under


def _line(action: QAction, under: str) -> list[str]:
    """An action in words, and its keys as this system writes them."""
    text = _plain(action.text())
    native = QKeySequence.SequenceFormat.NativeText
    keys = [each.toString(native) for each in action.shortcuts()]
    return [f"{under}: {text}" if under else text, "   ".join(keys)]


def _plain(text: str) -> str:
    """The words of an action, without the mark of its letter."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")

"""The files that could not be read as photos: why, where they are, and to have them tried again."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from photosearch.engine.replies import Error, Folders, Reply, Said
from photosearch.engine.requests import GetFolders, TryAgain
from photosearch.gui import desktop, words
from photosearch.gui.engine import Engine
from photosearch.gui.engine_words import in_window
from photosearch.gui.troubles import sentence
from photosearch.gui.widgets import News, action_of, column_of, label_of, row_of
from photosearch.paths import printable

_SHOWN_AT_ONCE = 20  # files that a file manager is asked to show


class ProblemsPanel(QDialog):
    """The panel. `look_wanted()`: the folders are to be looked through anew."""

    look_wanted = Signal()

    def __init__(self, engine: Engine, parent: QWidget) -> None:
        super().__init__(parent)
        self._engine = engine
        self.setWindowTitle(self.tr("Problem files"))
        self.title, self.text, self.news = label_of("heading"), label_of("quiet"), News()
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Problem files"))
        self.list.setHeaderLabels([self.tr("File"), self.tr("Why"), self.tr("Folder")])
        self.list.setRootIsDecorated(False)
        self.list.setAlternatingRowColors(True)
        self.list.setUniformRowHeights(True)
        self.list.setTabKeyNavigation(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((190, 270)):
            self.list.setColumnWidth(column, width)
        self.show_file = action_of(self, self.tr("Show in folder"), "Ctrl+R", self._show_in_folder)
        self.copy = action_of(self, self.tr("Copy"), "Ctrl+C", self._copy)
        self.again = action_of(self, self.tr("Try these again"), "Ctrl+T", self._try_picked)
        self.all_again = action_of(
            self, self.tr("Try all again"), "Ctrl+Shift+T", lambda: self._try(())
        )
        column_ = column_of(self)
        for widget in (self.title, self.text):
            column_.addWidget(widget)
        column_.addWidget(self.list, 1)
        column_.addLayout(
            row_of(self.all_again, self.again, self.show_file, self.copy, main=self.all_again)
        )
        column_.addWidget(self.news)
        self.list.itemSelectionChanged.connect(self._show_possible)
        self.list.itemActivated.connect(lambda *_: self._show_in_folder())
        self.resize(820, 520)
        self._show(Folders((), (), ()))

    def look(self) -> None:
        """Ask which there are now."""
        self._engine.ask(GetFolders(), self._answered, newest="problems in their panel")

    def picked(self) -> list[str]:
        """The paths of the files that are picked."""
        return [str(item.data(0, Qt.ItemDataRole.UserRole)) for item in self.list.selectedItems()]

    def _answered(self, reply: Reply) -> None:
        if isinstance(reply, Error):
            self.news.setText(sentence(reply))
        elif isinstance(reply, Folders):
            self._show(reply)

    def _show(self, found: Folders) -> None:
        picked = set(self.picked())
        self.list.clear()
        items = []
        for problem in found.problems:
            where = printable(os.path.dirname(problem.path))
            item = QTreeWidgetItem(
                [words.file_name(problem.path), in_window(problem.reason), where]
            )
            item.setData(0, Qt.ItemDataRole.UserRole, problem.path)
            for column in range(3):
                item.setToolTip(column, item.text(column))
            items.append(item)
        self.list.addTopLevelItems(items)
        for item in items:
            item.setSelected(item.data(0, Qt.ItemDataRole.UserRole) in picked)
        count = len(found.problems)
        one, many = self.tr("1 file could not be read"), self.tr("{n} files could not be read")
        title = one if count == 1 else many.format(n=words.number(count))
        self.title.setText(title if count else self.tr("All files could be read"))
        self.text.setText(
            self.tr(
                "They are left as they are. A file that was mended, or copied again, is read by"
                " itself the next time."
            )
        )
        self.text.setVisible(count > 0)
        self._show_possible()

    def _show_possible(self) -> None:
        picked = bool(self.list.selectedItems())
        for action in (self.show_file, self.copy, self.again):
            action.setEnabled(picked)
        self.all_again.setEnabled(self.list.topLevelItemCount() > 0)

    def _show_in_folder(self) -> None:
        if picked := self.picked():
            desktop.show_in_folder(picked[:_SHOWN_AT_ONCE], self)

    def _copy(self) -> None:
        lines = [
            f"{item.data(0, Qt.ItemDataRole.UserRole)}\t{item.text(1)}"
            for item in self.list.selectedItems()
        ]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))
            self.news.setText(self.tr("Copied"))

    def _try_picked(self) -> None:
        if picked := self.picked():
            self._try(tuple(picked))

    def _try(self, paths: tuple[str, ...]) -> None:
        def said(reply: Reply) -> None:
            if isinstance(reply, Error):
                self.news.setText(sentence(reply))
            elif isinstance(reply, Said):
                self.news.setText(self.tr("They are read once more now."))
                self.look_wanted.emit()

        self._engine.ask(TryAgain(paths), said)

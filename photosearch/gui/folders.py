"""The folders of the library: where they are, and what is left out of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QListWidgetItem,
    QWidget,
)

from photosearch.engine.replies import Error, Folders, Reply, Said
from photosearch.engine.requests import Exclude, GetFolders
from photosearch.gui import words
from photosearch.gui.engine import Engine
from photosearch.gui.lines import LineList
from photosearch.gui.style import SPACE
from photosearch.gui.troubles import sentence
from photosearch.gui.widgets import News, action_of, column_of, label_of, row_of


class FoldersPanel(QDialog):
    """The panel. `look_again()`: the folders are to be looked through anew."""

    look_again = Signal()

    def __init__(self, engine: Engine, parent: QWidget) -> None:
        super().__init__(parent)
        self._engine = engine
        self.dialog: QFileDialog | None = None
        self.roots, self.excluded = LineList(), LineList()
        roots_title, excluded_title = label_of("title-small"), label_of("title-small")
        roots_title.setText(self.tr("Folders"))
        excluded_title.setText(self.tr("Left out"))
        self.text, self.news = label_of("quiet"), News()
        self.text.setText(self.tr("What is left out is not looked at; its files stay as they are."))
        self.leave_out = action_of(
            self, self.tr("Leave a folder out…"), "Ctrl+N", self.choose_to_leave_out
        )
        self.let_in = action_of(self, self.tr("Leave out no longer"), "Delete", self.let_in_again)
        column = column_of(self)
        for title, part in (
            (roots_title, self.roots),
            (excluded_title, self.excluded),
        ):
            title.setBuddy(part)
            column.addWidget(title)
            column.addWidget(part, 1)
            column.addSpacing(SPACE)
        column.insertWidget(4, self.text)
        column.addLayout(row_of(self.leave_out, self.let_in, main=self.leave_out))
        column.addWidget(self.news)
        self.roots.setAccessibleName(self.tr("Folders of the library"))
        self.excluded.setAccessibleName(self.tr("What is left out"))
        self.excluded.currentRowChanged.connect(self._show_possible)
        self.setWindowTitle(self.tr("Folders"))
        self.resize(720, 560)
        self._show_possible()

    def look(self) -> None:
        """Ask how it stands now."""
        self._engine.ask(GetFolders(), self._answered, newest="folders")

    def choose_to_leave_out(self) -> None:
        """Have a person choose a folder to leave out."""
        self.dialog = QFileDialog(self, self.tr("Choose a folder to leave out"))
        self.dialog.setFileMode(QFileDialog.FileMode.Directory)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.fileSelected.connect(lambda path: self.set_left_out(path, True))
        self.dialog.open()

    def let_in_again(self) -> None:
        """Leave what is chosen out no longer."""
        item = self.excluded.currentItem()
        if item is not None:
            self.set_left_out(str(item.data(Qt.ItemDataRole.UserRole)), False)

    def set_left_out(self, pattern: str, on: bool) -> None:
        """Leave a folder, or files with such names, out; or no longer."""
        self._engine.ask(Exclude(pattern, on), self._said)

    def _said(self, reply: Reply) -> None:
        if isinstance(reply, Error):
            self.news.setText(sentence(reply))
        elif isinstance(reply, Said):
            self.news.setText(self.tr("Your folders are looked through again now."))
            self.look()
            self.look_again.emit()

    def _answered(self, reply: Reply) -> None:
        if isinstance(reply, Error):
            self.news.setText(sentence(reply))
        elif isinstance(reply, Folders):
            self._show(reply)

    def _show(self, found: Folders) -> None:
        self.roots.say_empty(self.tr("No folder was added yet."))
        self.roots.clear()
        for root in found.roots:
            count = words.photos(root.photos)
            if not root.reachable:
                count = self.tr("{photos} · cannot be seen now (is its disk connected?)").format(
                    photos=count
                )
            _item(self.roots, f"{words.file_name(root.path)}\n{count}", root.path)
        self.excluded.say_empty(self.tr("Nothing is left out of them."))
        self.excluded.clear()
        for pattern in found.excluded:
            _item(self.excluded, pattern, pattern)
        self._show_possible()

    def _show_possible(self) -> None:
        self.let_in.setEnabled(self.excluded.currentItem() is not None)


def _item(part: LineList, text: str, path: str) -> None:
    item = QListWidgetItem(text, part)
    item.setData(Qt.ItemDataRole.UserRole, path)
    item.setToolTip(path)

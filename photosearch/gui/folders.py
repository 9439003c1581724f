"""The folders of the library: where they are, and what is left out of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from photosearch.engine.replies import Error, Folders, Reply, Said
from photosearch.engine.requests import Exclude, GetFolders
from photosearch.gui import words
from photosearch.gui.engine import Engine
from photosearch.gui.troubles import sentence
from photosearch.gui.widgets import action_of, row_of


class FoldersPanel(QDialog):
    """The panel. `look_again()`: the folders are to be looked through anew."""

    look_again = Signal()

    def __init__(self, engine: Engine, parent: QWidget) -> None:
        super().__init__(parent)
        self._engine = engine
        self.dialog: QFileDialog | None = None
        self.roots, self.excluded = QListWidget(), QListWidget()
        self.roots_title, self.excluded_title = QLabel(), QLabel()
        self.news = QLabel()
        self.leave_out = action_of(
            self, self.tr("Leave a folder out…"), "Ctrl+N", self.choose_to_leave_out
        )
        self.let_in = action_of(self, self.tr("Leave out no longer"), "Delete", self.let_in_again)
        column = QVBoxLayout(self)
        for title, part, actions in (
            (self.roots_title, self.roots, ()),
            (self.excluded_title, self.excluded, (self.leave_out, self.let_in)),
        ):
            title.setTextFormat(Qt.TextFormat.PlainText)
            title.setBuddy(part)
            column.addWidget(title)
            column.addWidget(part, 1)
            column.addLayout(row_of(*actions))
        self.news.setTextFormat(Qt.TextFormat.PlainText)
        self.news.setWordWrap(True)
        column.addWidget(self.news)
        self.roots.setAccessibleName(self.tr("Folders of the library"))
        self.excluded.setAccessibleName(self.tr("What is left out"))
        self.excluded.currentRowChanged.connect(self._show_possible)
        self.setWindowTitle(self.tr("Folders"))
        self.resize(720, 560)
        self._show(Folders((), (), ()))

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
        self.roots_title.setText(
            self.tr("Folders") if found.roots else self.tr("No folder was added yet.")
        )
        self.roots.clear()
        for root in found.roots:
            count = words.number(root.photos)
            text = self.tr("{folder}: {n} photos").format(
                folder=words.file_name(root.path), n=count
            )
            if not root.reachable:
                text += self.tr(
                    ", cannot be seen now (is its disk connected?); its photos are kept"
                )
            item = _item(self.roots, text, root.path)
            if not root.reachable:
                item.setForeground(self.palette().placeholderText())
        self.excluded_title.setText(
            self.tr("Left out") if found.excluded else self.tr("Nothing is left out of them.")
        )
        self.excluded.clear()
        for pattern in found.excluded:
            _item(self.excluded, pattern, pattern)
        self._show_possible()

    def _show_possible(self) -> None:
        self.let_in.setEnabled(self.excluded.currentItem() is not None)


def _item(part: QListWidget, text: str, path: str) -> QListWidgetItem:
    item = QListWidgetItem(text, part)
    item.setData(Qt.ItemDataRole.UserRole, path)
    item.setToolTip(path)
    return item

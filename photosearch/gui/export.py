"""Copies of the picked photos in a folder: which, where, how large, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from photosearch.engine.replies import Error, Exported, Reply
from photosearch.engine.requests import ExportPhoto
from photosearch.gui import words
from photosearch.gui.engine import Engine
from photosearch.gui.style import SPACE
from photosearch.gui.troubles import sentence

_SIDE = 2000  # pixels, at first
_SHOWN = 5  # files that are named where they could not be copied
_KIND = "export"
_ENDS_ALL = ("disk-full", "no-folder", "engine-died", "no-permission")


class ExportDialog(QDialog):
    """Asks the engine for one copy after the other, so that it can be stopped between any two.
    `done_saying(text)`: it is over, a word about it."""

    done_saying = Signal(str)

    def __init__(
        self, engine: Engine, photo_ids: Sequence[int], folder: str, parent: QWidget
    ) -> None:
        """`folder`: the one that was chosen last; "" for none."""
        super().__init__(parent)
        self._engine = engine
        self._photos = tuple(photo_ids)
        self._left: list[int] = []
        self._failed: list[Error] = []
        self._copied = 0
        self.folder = folder
        self.running = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Copy photos to a folder"))
        self._build()
        self._show()

    def _build(self) -> None:
        count = words.photos(len(self._photos))
        title = QLabel(self.tr("Copies of {photos}:").format(photos=count))
        self.originals = QRadioButton(self.tr("The files as they are"))
        self.smaller = QRadioButton(self.tr("Smaller, as JPEG; longest side in pixels:"))
        self.originals.setChecked(True)
        self.side = QSpinBox()
        self.side.setRange(100, 8192)
        self.side.setSingleStep(100)
        self.side.setValue(_SIDE)
        self.side.setAccessibleName(self.tr("Longest side in pixels"))
        size = QHBoxLayout()
        size.addWidget(self.smaller)
        size.addWidget(self.side)
        size.addStretch(1)
        self.where = QLabel()
        self.choose = QPushButton(self.tr("Choose a folder…"))
        line = QHBoxLayout()
        line.addWidget(self.where, 1)
        line.addWidget(self.choose)
        self.says = QLabel(self.tr("Your photos stay as they are, and nothing is written over."))
        self.says.setObjectName("quiet")
        for label in (title, self.where, self.says):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, len(self._photos))
        self.bar.setAccessibleName(self.tr("Photos copied"))
        self.bar.hide()
        self.start, self.cancel = QPushButton(self.tr("Copy")), QPushButton(self.tr("Cancel"))
        self.start.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.start)
        buttons.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        column.addWidget(title)
        column.addWidget(self.originals)
        column.addLayout(size)
        column.addLayout(line)
        column.addWidget(self.says)
        column.addWidget(self.bar)
        column.addLayout(buttons)
        self.setMinimumWidth(440)
        self.smaller.toggled.connect(self._show)
        self.choose.clicked.connect(self._choose)
        self.start.clicked.connect(self.begin)
        self.cancel.clicked.connect(self.close)

    def _choose(self) -> None:
        self.dialog = QFileDialog(self, self.tr("Choose a folder for the copies"), self.folder)
        self.dialog.setFileMode(QFileDialog.FileMode.Directory)
        self.dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.fileSelected.connect(self.set_folder)
        self.dialog.open()

    def set_folder(self, folder: str) -> None:
        """The copies go here."""
        self.folder = folder
        self._show()

    def begin(self) -> None:
        """Copy them, one after the other."""
        self.running = True
        self._left, self._failed, self._copied = list(self._photos), [], 0
        self._show()
        self._next()

    def _next(self) -> None:
        if not self._left:
            self._end()
            return
        side = self.side.value() if self.smaller.isChecked() else None
        request = ExportPhoto(self._left[0], self.folder, side)
        self._engine.ask(request, self._came, newest=_KIND)

    def _came(self, reply: Reply) -> None:
        if isinstance(reply, Exported):
            self._copied += 1
        elif isinstance(reply, Error):
            self._failed.append(reply)
            if reply.code in _ENDS_ALL:  # it would be the same with the others
                self._left = self._left[:1]
        self._left.pop(0)
        self.bar.setValue(len(self._photos) - len(self._left))
        self._next()

    def _end(self) -> None:
        self.running = False
        text = self.tr("{photos} copied").format(photos=words.photos(self._copied))
        self.done_saying.emit(text)
        if not self._failed:
            self.close()
            return
        lines = [text, *(sentence(error) for error in self._failed[:_SHOWN])]
        if len(self._failed) > _SHOWN:
            more = self.tr("… and {n} more could not be copied.")
            lines.append(more.format(n=words.number(len(self._failed) - _SHOWN)))
        self.says.setText("\n".join(lines))
        self._show()

    def _show(self) -> None:
        self.where.setText(self.folder or self.tr("No folder is chosen yet."))
        self.side.setEnabled(self.smaller.isChecked() and not self.running)
        for widget in (self.originals, self.smaller, self.choose):
            widget.setEnabled(not self.running)
        self.start.setEnabled(bool(self.folder) and not self.running)
        self.bar.setVisible(self.running)
        self.cancel.setText(self.tr("Stop") if self.running else self.tr("Close"))

    def done(self, result: int) -> None:
        """It is closed, by whatever way: no more copies are asked for."""
        self._engine.drop(_KIND)
        if self.running:
            self.running = False
            stopped = self.tr("Stopped: {photos} copied")
            self.done_saying.emit(stopped.format(photos=words.photos(self._copied)))
        super().done(result)

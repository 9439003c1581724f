"""Two photos side by side, looked at through the same glass."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from photosearch.engine.replies import Error, Pixels, Reply, Row
from photosearch.engine.requests import Preview
from photosearch.gui import words
from photosearch.gui.engine import Engine
from photosearch.gui.pictures import PictureReader
from photosearch.gui.side_by_side import SideBySide
from photosearch.gui.style import SPACE
from photosearch.gui.troubles import sentence
from photosearch.gui.widgets import action_of, row_of

_SIDE = 4096  # pixels: as sharp as they are compared
_KIND = "compared"
_TRIES = 3
_ARROWS = (("Left", -1, 0), ("Right", 1, 0), ("Up", 0, -1), ("Down", 0, 1))


class ComparePanel(QDialog):
    """The panel. What is done with the one picture is done with the other."""

    def __init__(self, engine: Engine, pictures: PictureReader, parent: QWidget) -> None:
        super().__init__(parent)
        self._engine, self._reader = engine, pictures
        self.rows: tuple[Row, ...] = ()
        self.pictures = [QImage(), QImage()]
        self.setWindowTitle(self.tr("Compare two photos"))
        self.view = SideBySide()
        self.view.setAccessibleName(self.tr("The two photos"))
        self.names = (QLabel(), QLabel())
        line = QHBoxLayout()
        for label in self.names:
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            line.addWidget(label, 1)
        nearer = action_of(self, self.tr("Nearer"), "+", lambda: self.view.zoom_by(1))
        nearer.setShortcuts([QKeySequence("+"), QKeySequence("=")])
        farther = action_of(self, self.tr("Farther away"), "-", lambda: self.view.zoom_by(-1))
        whole = action_of(self, self.tr("All of both"), "0", self.view.look_at_all)
        self.swap = action_of(self, self.tr("Swap"), "X", self._swap)
        for key, across, down in _ARROWS:
            action_of(self, self.tr("Move"), key, partial(self.view.push, across, down))
        column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        column.addWidget(self.view, 1)
        column.addLayout(line)
        column.addLayout(row_of(nearer, farther, whole, self.swap))
        self.resize(1000, 640)

    def show_photos(self, rows: Sequence[Row]) -> None:
        """Compare these two."""
        self.rows = tuple(rows[:2])
        self.pictures = [QImage(), QImage()]
        self.view.look_at_all()
        self._show()
        for place, row in enumerate(self.rows):
            self._reader.read(row.thumbnail, partial(self._came, place, False))
        self._ask(0, _TRIES)

    def _ask(self, place: int, tries: int) -> None:
        """Ask for the pixels of one, then of the other: a newer request takes an older's place."""
        if place >= len(self.rows):
            return
        asked = self.rows

        def came(reply: Reply) -> None:
            if self.rows is not asked:
                return
            if isinstance(reply, Pixels):
                self._reader.read(reply.file, partial(self._came, place, True))
            elif isinstance(reply, Error) and reply.code == "superseded" and tries:
                self._ask(place, tries - 1)
                return
            elif isinstance(reply, Error):
                self.names[place].setText(sentence(reply))
            self._ask(place + 1, _TRIES)

        self._engine.ask(Preview(self.rows[place].photo_id, _SIDE, _SIDE), came, newest=_KIND)

    def _came(self, place: int, sharp: bool, image: QImage) -> None:
        if not image.isNull() and (sharp or self.pictures[place].isNull()):
            self.pictures[place] = image
            self._show()

    def _swap(self) -> None:
        self.rows = self.rows[::-1]
        self.pictures.reverse()
        self._show()

    def _show(self) -> None:
        left, right = self.pictures
        self.view.show_pictures(left, right)
        for label, row in zip(self.names, self.rows, strict=False):
            parts = (words.file_name(row.path), words.date(row.taken_at))
            size = f"{row.width} × {row.height}"
            label.setText("\n".join(part for part in (*parts, size) if part))
        names = [words.file_name(row.path) for row in self.rows]
        self.view.setAccessibleDescription(", ".join(names))

    def done(self, result: int) -> None:
        """It is closed, by whatever way."""
        self._engine.drop(_KIND)
        self.rows, self.pictures = (), [QImage(), QImage()]
        super().done(result)

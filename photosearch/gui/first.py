"""The first page that a person sees: what will happen, where, and which folders to begin with."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from photosearch.gui.style import SPACE
from photosearch.gui.widgets import IconLabel
from photosearch.paths import printable
from photosearch.shared import address_of

_ROWS = 4  # folders that are seen at once


class FirstPage(QScrollArea):
    """`chosen(paths)`: look through these folders; `another_wanted()`: one more is to be chosen
    (then `add` it); `demo_wanted()`: try it with the photos of the demo."""

    chosen = Signal(list)
    another_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("Find your photos by saying what is in them"))
        title.setObjectName("title")
        title.setWordWrap(True)
        self.leaves, self.where = QLabel(), QLabel()
        self.folders = QListWidget()
        self.folders.setObjectName("cards")
        self.folders.setAccessibleName(self.tr("Folders with photos"))
        self.folders.setAccessibleDescription(self.tr("Those with a tick are looked through"))
        self.another = QPushButton(self.tr("Choose another folder…"))
        self.start = QPushButton()
        self.start.setObjectName("main")
        self.demo = QPushButton(self.tr("Try it with sample photos"))
        for button in (self.another, self.start, self.demo):
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._lay_out(title)
        self.setAccessibleName(title.text())
        self.folders.itemChanged.connect(self._show_possible)
        self.start.clicked.connect(lambda: self.chosen.emit(self.paths()))
        self.another.clicked.connect(self.another_wanted)
        self.demo.clicked.connect(self.demo_wanted)
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        if pictures and os.path.isdir(pictures) and pictures != os.path.expanduser("~"):
            self.add(pictures)
        self._show_possible()

    def _lay_out(self, title: QLabel) -> None:
        question = QLabel(self.tr("Where are your photos?"))
        question.setObjectName("heading")
        question.setBuddy(self.folders)
        column = QVBoxLayout()
        column.setSpacing(SPACE)
        column.addStretch(2)
        column.addWidget(title)
        column.addSpacing(SPACE)
        for icon, label in (
            (
                "photos",
                QLabel(
                    self.tr(
                        "Your photos are looked through once. You can search as soon as the first"
                        " ones are done, and stop and go on whenever you like."
                    )
                ),
            ),
            (
                "folder",
                QLabel(
                    self.tr("They stay where they are and as they are. No photo is ever changed.")
                ),
            ),
            ("check", self.leaves),
            ("note", self.where),
        ):
            column.addLayout(_line(icon, label))
        column.addSpacing(SPACE)
        column.addWidget(question)
        column.addWidget(self.folders)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.start)
        buttons.addWidget(self.another)
        buttons.addStretch(1)
        buttons.addWidget(self.demo)
        column.addLayout(buttons)
        column.addStretch(3)
        middle = QWidget()
        middle.setMaximumWidth(680)
        middle.setLayout(column)
        inside = QWidget()
        line = QHBoxLayout(inside)
        line.addStretch(1)
        line.addWidget(middle, 100)
        line.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_library(self, library: Path) -> None:
        """Say where the library lies, and what leaves this computer."""
        address = address_of(library)
        if address is None:
            leaves = self.tr("Nothing leaves this computer: no account, no cloud.")
        else:
            leaves = self.tr(
                "Your photos stay on this computer. Small pictures of them go to the server of this"
                " library, where all who share it see them."
            )
        self.leaves.setText(leaves)
        self.where.setText(
            self.tr("What PhotoSearch learns of them is kept in {folder}.").format(
                folder=printable(address or library)
            )
        )

    def add(self, path: str) -> None:
        """Offer a folder, with its tick; one that is there already gets it."""
        for row in range(self.folders.count()):
            item = self.folders.item(row)
            if item.data(Qt.ItemDataRole.UserRole) == path:
                item.setCheckState(Qt.CheckState.Checked)
                return
        item = QListWidgetItem(printable(path))
        item.setData(Qt.ItemDataRole.UserRole, path)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
        self.folders.addItem(item)
        self.folders.setCurrentItem(item)
        self._show_possible()

    def paths(self) -> list[str]:
        """The folders that have a tick."""
        items = [self.folders.item(row) for row in range(self.folders.count())]
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        return [str(item.data(Qt.ItemDataRole.UserRole)) for item in ticked]

    def _show_possible(self) -> None:
        there, ticked = self.folders.count(), len(self.paths())
        self.folders.setVisible(there > 0)
        height = self.folders.sizeHintForRow(0) if there else 0
        self.folders.setFixedHeight(min(there, _ROWS) * height + SPACE)
        one, many = self.tr("Look through this folder"), self.tr("Look through these folders")
        self.start.setText(many if ticked > 1 else one)
        self.start.setEnabled(ticked > 0)


def _line(icon: str, label: QLabel) -> QHBoxLayout:
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    line = QHBoxLayout()
    line.setSpacing(2 * SPACE)
    line.addWidget(IconLabel(icon, 24), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label, 1)
    return line

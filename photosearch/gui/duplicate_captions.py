"""What is said of the two photos of a group over them: which is kept and why, what the other is."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from photosearch.engine.replies import DuplicateFile
from photosearch.gui import words
from photosearch.gui.engine_words import in_window
from photosearch.gui.style import SPACE
from photosearch.gui.widgets import Line, label_of
from photosearch.paths import printable

_HEAD, _MARK = 34, 22  # pixels: heights
_POINTS = 3  # lines that are kept free for them, so that the photos stay where they are


class Caption(QFrame):
    """A mark, the photo's name, where it lies and how large it is, and what speaks for it."""

    def __init__(self, *buttons: QWidget, main: bool = False) -> None:
        """`main`: of the photo that is kept. `buttons`: to the right of the name."""
        super().__init__()
        self.mark, self.name, self.facts = QLabel(), Line(), Line()
        self.points = label_of()
        self.mark.setObjectName("mark-main" if main else "mark")
        self.mark.setTextFormat(Qt.TextFormat.PlainText)
        self.mark.setFixedHeight(_MARK)
        self.name.setObjectName("title-small")
        self.facts.setObjectName("quiet")
        self.points.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.points.setMinimumHeight(_POINTS * self.points.fontMetrics().lineSpacing())
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addStrut(_HEAD)
        head.addWidget(self.mark)
        head.addWidget(self.name, 1)
        for button in buttons:
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(head)
        column.addWidget(self.facts)
        column.addWidget(self.points)
        self.clear()

    @property
    def text(self) -> str:
        """All that it says."""
        parts = (self.mark, self.name, self.facts, self.points)
        return "\n".join(part.text() for part in parts if part.text())

    def clear(self) -> None:
        """There is no photo."""
        for part in (self.mark, self.name, self.facts, self.points):
            part.clear()
        self.mark.hide()
        self.setAccessibleName("")

    def say(self, mark: str, file: DuplicateFile, points: str) -> None:
        """There is this photo. Files that are twice often have one name: the folder tells them
        apart."""
        self.mark.setText(mark)
        self.mark.show()
        self.name.setText(words.file_name(file.path))
        self.name.setToolTip(printable(file.path))
        size = f"{file.width} × {file.height} · {words.size(file.size)}"
        self.facts.setText(f"{size} · {words.file_name(os.path.dirname(file.path))}")
        self.facts.setToolTip(words.folder_name(file.path))
        self.points.setText(points)
        self.setAccessibleName(self.text)


def why_kept(keep: DuplicateFile) -> str:
    """What speaks for a photo, a line each."""
    return "\n".join(f"✓ {_capital(in_window(each))}" for each in keep.why)


def why_there(other: DuplicateFile, *smaller: str) -> str:
    """What a photo is to the one that is kept, in a line; `smaller`: more of that."""
    return _capital(", ".join([*map(in_window, other.why), *smaller]))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"

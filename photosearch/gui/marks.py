"""Stars and heart of a photo, to be clicked."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from photosearch.gui import words
from photosearch.gui.style import SPACE
from photosearch.gui.widgets import IconButton


class Marks(QWidget):
    """`rated(stars)`: a person wants so many, 0 where they clicked on those that were there;
    `favoured()`: they clicked on the heart."""

    rated = Signal(int)
    favoured = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = 0
        self.stars = [IconButton("star", words.stars(count)) for count in range(1, 6)]
        for count, star in enumerate(self.stars, 1):
            star.clicked.connect(lambda _=False, count=count: self._rate(count))
        self.heart = IconButton("heart", self.tr("Favourite"))
        self.heart.clicked.connect(self.favoured)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for button in (*self.stars, self.heart):
            button.setIconSize(QSize(18, 18))
            line.addWidget(button)
        line.insertSpacing(5, SPACE)
        line.addStretch(1)

    def show_marks(self, stars: int, favourite: bool) -> None:
        """A photo has these."""
        self._now = stars
        for count, star in enumerate(self.stars, 1):
            star.set("star-full" if count <= stars else "star", words.stars(count))
        liked, none = self.tr("No longer a favourite"), self.tr("Favourite")
        self.heart.set("heart-full" if favourite else "heart", liked if favourite else none)

    def _rate(self, count: int) -> None:
        self.rated.emit(0 if self._now == count else count)

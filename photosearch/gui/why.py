"""Why this photo? A bar below the large view: which word is shown where, and how strongly."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from photosearch.engine.replies import Error, Explanation, HeatMap, Reply
from photosearch.engine.requests import Explain
from photosearch.gui import heat, words
from photosearch.gui.engine import Engine
from photosearch.gui.style import SPACE
from photosearch.gui.troubles import sentence

_CHIPS = 8  # at most: what was asked as a whole, and its first words
_LONGEST = 28  # characters of a chip
_BAR = QSize(96, 10)
_STRONG = 70  # per cent, at first


@dataclass(frozen=True)
class Question:
    """What the photos were found for: words, or that they look like a photo."""

    words: str = ""
    like: int | None = None


class Why(QWidget):
    """Asks the engine why a photo was found, and lets a person look through the answer.
    `changed()`: another map (`picture`), or another `opacity`."""

    changed = Signal()

    def __init__(self, engine: Engine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._photo = 0
        self._asked: tuple[int, Question] | None = None
        self._maps: tuple[HeatMap, ...] = ()
        self._wanted = ""  # the word whose map is looked at, in the next photo too
        self.question = Question()
        self.picture = QImage()
        self._build()
        self.hide()

    def _build(self) -> None:
        self.setAccessibleName(self.tr("Why this photo?"))
        self.setStyleSheet(
            "QToolButton { padding: 3px 10px; border: 1px solid #55585f; border-radius: 11px;"
            " color: #ededee; }"
            "QToolButton:checked { background: #ededee; color: #101113; border-color: #ededee; }"
            "QToolButton:focus { border-color: #8ab4f8; }"
        )
        self.says = QLabel()
        self.says.setTextFormat(Qt.TextFormat.PlainText)
        self.chips = QButtonGroup(self)
        self.chips.setExclusive(True)
        self.chips.idClicked.connect(self._pick)
        self._chip_line = QHBoxLayout()
        self._chip_line.setSpacing(SPACE // 2)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setValue(_STRONG)
        self.slider.setFixedWidth(120)
        self.slider.setAccessibleName(self.tr("How strongly the map covers the photo"))
        self.slider.setToolTip(self.slider.accessibleName())
        self.slider.valueChanged.connect(self.changed)
        self.legend = QLabel()
        self.legend.setPixmap(heat.gradient(_BAR.width(), _BAR.height()))
        less, more = QLabel(self.tr("less")), QLabel(self.tr("more"))
        for label in (less, more):
            label.setObjectName("quiet")
        above = QHBoxLayout()
        above.setSpacing(SPACE)
        above.addLayout(self._chip_line)
        above.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(SPACE)
        below.addWidget(self.says, 1)
        self._only_with_a_map = (less, self.legend, more, self.slider)
        for widget in self._only_with_a_map:
            below.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(above)
        column.addLayout(below)

    @property
    def opacity(self) -> float:
        """How strongly the map covers the photo, 0 to 1."""
        return self.slider.value() / 100

    @property
    def on(self) -> bool:
        """Whether a person wants to know."""
        return not self.isHidden()

    def turn(self, on: bool) -> None:
        """A person wants to know why, or no longer."""
        self.setVisible(on)
        if on:
            self.look_at(self._photo)
        else:
            self._forget()

    def look_at(self, photo_id: int) -> None:
        """Another photo is shown."""
        self._photo = photo_id
        if not self.on or not photo_id or self._asked == (photo_id, self.question):
            return
        self._forget()
        if self.question == Question():
            self._say(self.tr("Search for something first. Then this shows where it is."))
            return
        self._say(self.tr("Looking for it in this photo…"))
        asked = self._asked = (photo_id, self.question)
        request = Explain(photo_id, self.question.words, self.question.like)
        self._engine.ask(request, lambda reply: self._came(asked, reply), newest="why")

    def again(self) -> None:
        """The engine ended and began anew: ask once more."""
        self._asked = None
        self.look_at(self._photo)

    def stop(self) -> None:
        """No photo is shown any more."""
        self._photo = 0
        self._forget()

    def _forget(self) -> None:
        self._engine.drop("why")
        self._asked, self._maps = None, ()
        self._show_chips()
        self._show(QImage())

    def _came(self, asked: tuple[int, Question], reply: Reply) -> None:
        if asked != self._asked:
            return
        if isinstance(reply, Explanation):
            self._maps = reply.maps[:_CHIPS]
            self._show_chips()
            known = [each.term for each in self._maps]
            self._pick(known.index(self._wanted) if self._wanted in known else 0)
        elif isinstance(reply, Error):
            self._asked = None
            self._say(sentence(reply))

    def _show_chips(self) -> None:
        for button in self.chips.buttons():
            self.chips.removeButton(button)
            self._chip_line.removeWidget(button)
            button.deleteLater()
        for number, each in enumerate(self._maps):
            chip = QToolButton()
            term = " ".join(each.term.split())
            chip.setText(term if len(term) <= _LONGEST else f"{term[:_LONGEST]}…")
            chip.setCheckable(True)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.setAccessibleName(self.tr("Show where “{term}” is").format(term=term))
            chip.setToolTip(chip.accessibleName())
            self.chips.addButton(chip, number)
            self._chip_line.addWidget(chip)

    def _pick(self, number: int) -> None:
        shown = self._maps[number]
        self._wanted = shown.term if number else ""
        self.chips.button(number).setChecked(True)
        score = words.score(shown.score)
        if not shown.values:
            text = self.tr("Nothing in this photo stands out for “{term}” (score {score}).")
        elif self.question.like is not None:
            text = self.tr("What looks like {term} is bright (score {score}).")
        else:
            text = self.tr("Where “{term}” is, it is bright (score {score}).")
        self._say(text.format(term=shown.term, score=score))
        self._show(heat.coloured(shown))

    def _say(self, text: str) -> None:
        self.says.setText(text)
        self.setAccessibleDescription(text)

    def _show(self, picture: QImage) -> None:
        self.picture = picture
        for widget in self._only_with_a_map:
            widget.setVisible(not picture.isNull())
        self.changed.emit()

"""The parts of the present query, each a button that takes it out."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from photosearch.engine.replies import Chip, Chips, Reply
from photosearch.engine.requests import ReadQuery
from photosearch.gui import icons, words
from photosearch.gui.engine import Engine
from photosearch.gui.style import SPACE
from photosearch.paths import printable

_KIND = "chips"
_MOST = 8  # buttons
_WIDEST = 220  # pixels
_LIFTS = ("filter", "like", "group")  # kinds for which the chips are shown at all


class ChipBar(QWidget):
    """Shown where a query has more in it than words. `rewritten(text)`: the query without a part
    of it; `read(filters)`: its filters (field, value), whenever they are known anew."""

    rewritten = Signal(str)
    read = Signal(list)

    def __init__(self, engine: Engine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._text = ""
        self.buttons: list[QPushButton] = []
        self.setAccessibleName(self.tr("Parts of the search"))
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE // 2)
        self._line.setSpacing(SPACE)
        self._line.addStretch(1)
        self.hide()

    def show_query(self, text: str) -> None:
        """Show the parts of a query's text, soon."""
        if text == self._text:
            return
        self._text = text
        if text.strip():
            self._engine.ask(ReadQuery(text), lambda reply: self._came(text, reply), newest=_KIND)
        else:
            self._engine.drop(_KIND)
            self._show(())

    def stop(self) -> None:
        """The window closes."""
        self._engine.drop(_KIND)

    def _came(self, text: str, reply: Reply) -> None:
        if isinstance(reply, Chips) and text == self._text:
            self._show(reply.chips)

    def _show(self, chips: tuple[Chip, ...]) -> None:
        for button in self.buttons:
            self._line.removeWidget(button)
            button.hide()
            button.deleteLater()
        wanted = any(chip.kind in _LIFTS or chip.minus for chip in chips)
        shown = chips[:_MOST] if wanted else ()
        self.buttons = [self._button(chip) for chip in shown]
        for at, button in enumerate(self.buttons):
            self._line.insertWidget(at, button)
        self.setVisible(bool(self.buttons))
        self.read.emit(
            [(chip.field, chip.value) for chip in chips if chip.kind == "filter" and not chip.minus]
        )

    def _button(self, chip: Chip) -> QPushButton:
        text = words.chip(chip.kind, chip.field, chip.value, minus=chip.minus)
        button = QPushButton()
        button.setObjectName("chip")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands behind
        ink = self.palette().color(QPalette.ColorRole.PlaceholderText)
        button.setIcon(icons.icon("close", ink))
        button.setIconSize(QSize(14, 14))
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        metrics = button.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, _WIDEST)
        button.setText(shown.replace("&", "&&") + "\u2002")  # a gap before the cross
        button.setToolTip(self.tr("Take “{part}” out of the search").format(part=printable(text)))
        button.setAccessibleName(button.toolTip())
        button.clicked.connect(lambda: self.rewritten.emit(chip.without))
        return button

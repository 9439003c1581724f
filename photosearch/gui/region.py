"""A rectangle drawn on the large photo: the part of it that is to be searched for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from photosearch.engine.requests import Region
from photosearch.gui.canvas import Canvas

_STEP = 0.05  # of the photo's side, for each press of an arrow key
_LEAST = 0.03  # of a side: less is a click, not a rectangle
_START = QRectF(0.25, 0.25, 0.5, 0.5)
_SHADE = QColor(0, 0, 0, 150)
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-_STEP, 0),
    Qt.Key.Key_Right: QPointF(_STEP, 0),
    Qt.Key.Key_Up: QPointF(0, -_STEP),
    Qt.Key.Key_Down: QPointF(0, _STEP),
}
_KEYS = (*_ARROWS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class RegionPicker(QWidget):
    """Lies over a canvas while a part of its photo is picked. `chosen(region)`: one is; `left()`:
    none is wanted."""

    chosen = Signal(Region)
    left = Signal()

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._part = QRectF(_START)
        self._from: QPointF | None = None  # where the mouse was pressed, in fractions
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Part of the photo to search for"))
        self.hint = QLabel(
            self.tr(
                "Draw a rectangle around what you are looking for. Arrow keys move it, with Shift"
                " they change its size; Enter searches, Esc leaves."
            )
        )
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hint.setStyleSheet("background: #101113; padding: 6px; border-radius: 6px;")
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self.hint)
        canvas.resized.connect(lambda: self.setGeometry(canvas.rect()))
        canvas.moved.connect(self.update)
        self.hide()

    @property
    def region(self) -> Region:
        """The rectangle as it stands."""
        part = self._part
        return Region(part.x(), part.y(), part.width(), part.height())

    def start(self) -> None:
        """Let a part be picked."""
        self._part, self._from = self._middle(), None
        self.setGeometry(self._canvas.rect())
        self._describe()
        self.show()
        self.raise_()
        self.setFocus()

    def _middle(self) -> QRectF:
        """The middle of what is seen of the photo, which may be looked at from near."""
        place = self._canvas.place()
        seen = place.intersected(QRectF(self._canvas.rect()))
        if seen.isEmpty():
            return QRectF(_START)
        return QRectF(
            (seen.x() - place.x() + _START.x() * seen.width()) / place.width(),
            (seen.y() - place.y() + _START.y() * seen.height()) / place.height(),
            _START.width() * seen.width() / place.width(),
            _START.height() * seen.height() / place.height(),
        )

    # --- by mouse ---

    def _at(self, point: QPointF) -> QPointF:
        """A point of the widget, in fractions of the photo, at its edge if beside it."""
        place = self._canvas.place()
        x = (point.x() - place.x()) / max(1.0, place.width())
        y = (point.y() - place.y()) / max(1.0, place.height())
        return QPointF(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            drawn = QRectF(self._from, self._at(event.position())).normalized()
            if min(drawn.width(), drawn.height()) >= _LEAST:
                self._part = drawn
                self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is None or event.button() != Qt.MouseButton.LeftButton:
            return
        drawn = QRectF(self._from, self._at(event.position())).normalized()
        self._from = None
        if min(drawn.width(), drawn.height()) >= _LEAST:
            self._part = drawn
            self.chosen.emit(self.region)

    # --- by keys ---

    def event(self, event: QEvent) -> bool:
        # The window's own shortcuts on photos have the same keys.
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _ARROWS:
            self._nudge(
                _ARROWS[Qt.Key(key)],
                resize=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier),
            )
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.region)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _nudge(self, by: QPointF, *, resize: bool) -> None:
        part = self._part
        if resize:
            part.setWidth(min(max(part.width() + by.x(), _STEP), 1 - part.x()))
            part.setHeight(min(max(part.height() + by.y(), _STEP), 1 - part.y()))
        else:
            x, y = part.x() + by.x(), part.y() + by.y()
            part.moveTo(min(max(x, 0.0), 1 - part.width()), min(max(y, 0.0), 1 - part.height()))
        self._describe()
        self.update()

    def _describe(self) -> None:
        """Where it is, for who cannot see it."""
        part = self._part
        words = self.tr("{left} to {right} per cent from the left, {top} to {bottom} from the top")
        self.setAccessibleDescription(
            words.format(
                left=round(100 * part.left()),
                right=round(100 * part.right()),
                top=round(100 * part.top()),
                bottom=round(100 * part.bottom()),
            )
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        place, part = self._canvas.place(), self._part
        here = QRectF(
            place.x() + part.x() * place.width(),
            place.y() + part.y() * place.height(),
            part.width() * place.width(),
            part.height() * place.height(),
        )
        outside = QPainterPath()
        outside.addRect(QRectF(self.rect()))
        hole = QPainterPath()
        hole.addRect(here)
        with QPainter(self) as painter:
            painter.fillPath(outside.subtracted(hole), _SHADE)
            for colour, width in ((QColor("#101113"), 4), (QColor("#ffffff"), 2)):
                painter.setPen(QPen(colour, width))
                painter.drawRect(here)

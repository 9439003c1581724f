"""Two pictures side by side, looked at through the same glass: the zoom is that of both, and in the
middle of both is the same spot, also where one is cropped, turned or mirrored."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPolygonF,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from photosearch.gui.style import RADIUS, SPACE

GAP = 2 * SPACE
"""Pixels between the two."""
_STEP, _MOST = 1.25, 16.0  # of a zoom, and how far it goes
_PUSH = 0.2  # of what is seen, by a key
_STRONGER = 1  # times that a difference is doubled, to be seen


class SideBySide(QWidget):
    """A picture on the left and one on the right. With `difference`, the right side shows what is
    unlike in the two, laid on each other: black where they are equal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left, self._right, self._unlike = QImage(), QImage(), QImage()
        self.difference = False
        self.zoom = 1.0
        self.middle = QPointF(0.5, 0.5)
        """What of the pictures is in the middle, in parts of their width and height."""
        self._laid = QTransform()
        self._dragged: QPointF | None = None
        self.setMinimumSize(320, 200)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def show_pictures(self, left: QImage, right: QImage, laid: Sequence[float] = ()) -> None:
        """Show two pictures; what is not there yet is a null image. `laid`: how the right one lies
        on the left, see `DuplicateFile`."""
        self._left, self._right, self._unlike = left, right, QImage()
        a, b, c, d, e, f = laid or (1, 0, 0, 0, 1, 0)
        self._laid = QTransform(a, d, b, e, c, f)
        self.update()

    def look_at_all(self) -> None:
        """Both pictures whole."""
        self.zoom, self.middle = 1.0, QPointF(0.5, 0.5)
        self.update()

    def zoom_by(self, steps: float) -> None:
        """Nearer (more than 0) or farther away."""
        self.zoom = min(max(self.zoom * _STEP**steps, 1.0), _MOST)
        self._move(QPointF())

    def push(self, across: int, down: int) -> None:
        """Look farther to the right (more than 0) and down, by a part of what is seen."""
        half = self._halves()[0]
        self._move(QPointF(-across * _PUSH * half.width(), -down * _PUSH * half.height()))

    def set_difference(self, on: bool) -> None:
        """Show the difference on the right, or the picture itself."""
        self.difference = on
        self.update()

    def shown(self) -> tuple[QImage, QImage]:
        """What is on the left and on the right."""
        if not self.difference:
            return self._left, self._right
        if self._unlike.isNull() and not self._left.isNull() and not self._right.isNull():
            self._unlike = unlike(self._left, self._right, self._laid)
        return self._left, self._unlike

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            for half, place, picture in zip(
                self._halves(), self.places(), self.shown(), strict=True
            ):
                room = QPainterPath()
                room.addRoundedRect(half, RADIUS, RADIUS)
                painter.setClipPath(room)
                painter.fillRect(half, self.palette().color(QPalette.ColorRole.AlternateBase))
                if not picture.isNull():
                    painter.drawImage(place, picture, QRectF(picture.rect()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(event.angleDelta().y() / 120)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._move(event.position() - self._dragged)
            self._dragged = event.position()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragged = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def _move(self, by: QPointF) -> None:
        half = self._halves()[0]
        place = self._place(
            half, self._left if not self._left.isNull() else self._right, self.middle
        )
        if place.width() > 0 and place.height() > 0:
            across = self.middle.x() - by.x() / place.width()
            down = self.middle.y() - by.y() / place.height()
            self.middle = self._within(QPointF(across, down))
        self.update()

    def _within(self, middle: QPointF) -> QPointF:
        """A middle around which the picture fills the room, as far as it can."""
        margin = 0.5 / self.zoom
        return QPointF(
            min(max(middle.x(), margin), 1 - margin), min(max(middle.y(), margin), 1 - margin)
        )

    def places(self) -> tuple[QRectF, QRectF]:
        """Where the two pictures that are shown lie."""
        left, right = self._halves()
        there = self.middle
        if not self.difference:
            back, possible = self._laid.inverted()
            there = self._within(back.map(self.middle)) if possible else self.middle
        one, other = self.shown()
        return self._place(left, one, self.middle), self._place(right, other, there)

    def _halves(self) -> tuple[QRectF, QRectF]:
        width = (self.width() - GAP) / 2
        size = QSizeF(width, self.height())
        return QRectF(QPointF(0, 0), size), QRectF(QPointF(width + GAP, 0), size)

    def _place(self, half: QRectF, picture: QImage, middle: QPointF) -> QRectF:
        """Where a picture lies, for this zoom and a middle."""
        if picture.isNull():
            return QRectF()
        fitted = QSizeF(picture.size()).scaled(half.size(), Qt.AspectRatioMode.KeepAspectRatio)
        whole = fitted * self.zoom
        left = half.center().x() - middle.x() * whole.width()
        top = half.center().y() - middle.y() * whole.height()
        return QRectF(QPointF(left, top), whole)


def unlike(left: QImage, right: QImage, laid: QTransform) -> QImage:
    """What is unlike in two pictures, twice as strong, the second laid on the first (`laid` is
    of parts of the sides); what only the first shows is left as it is."""
    found = left.convertToFormat(QImage.Format.Format_RGB32)
    with QPainter(found) as painter:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
        to_parts = QTransform.fromScale(1 / right.width(), 1 / right.height())
        onto = to_parts * laid * QTransform.fromScale(left.width(), left.height())
        painter.setTransform(onto)
        painter.drawImage(0, 0, right)
        painter.resetTransform()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        shared = QPainterPath()
        shared.addPolygon(onto.map(QPolygonF(QRectF(right.rect()))))
        painter.setClipPath(shared)
        for _ in range(_STRONGER):
            painter.drawImage(0, 0, found.copy())
    return found

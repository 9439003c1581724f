"""Two pictures side by side, looked at through the same glass: zoom and place are those of both."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

_GAP = 6
_STEP, _MOST = 1.25, 16.0  # of a zoom, and how far it goes


class SideBySide(QWidget):
    """A picture on the left and one on the right. With `difference`, the right side shows what is
    unlike in the two: black where they are equal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left, self._right, self._unlike = QImage(), QImage(), QImage()
        self.difference = False
        self.zoom = 1.0
        self.middle = QPointF(0.5, 0.5)
        """What of the pictures is in the middle, in parts of their width and height."""
        self._dragged: QPointF | None = None
        self.setMinimumSize(320, 200)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def show_pictures(self, left: QImage, right: QImage) -> None:
        """Show two pictures; what is not there yet is a null image."""
        self._left, self._right, self._unlike = left, right, QImage()
        self.update()

    def look_at_all(self) -> None:
        """Both pictures whole."""
        self.zoom, self.middle = 1.0, QPointF(0.5, 0.5)
        self.update()

    def zoom_by(self, steps: float) -> None:
        """Nearer (more than 0) or farther away."""
        self.zoom = min(max(self.zoom * _STEP**steps, 1.0), _MOST)
        self._move(QPointF())

    def set_difference(self, on: bool) -> None:
        """Show the difference on the right, or the picture itself."""
        self.difference = on
        self.update()

    def shown(self) -> tuple[QImage, QImage]:
        """What is on the left and on the right."""
        if not self.difference:
            return self._left, self._right
        if self._unlike.isNull() and not self._left.isNull() and not self._right.isNull():
            self._unlike = unlike(self._left, self._right)
        return self._left, self._unlike

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for half, picture in zip(self._halves(), self.shown(), strict=True):
            painter.setClipRect(half)
            painter.fillRect(half, QColor("#101113"))
            if not picture.isNull():
                painter.drawImage(self._place(half, picture), picture, QRectF(picture.rect()))
        painter.end()

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
        place = self._place(half, self._left if not self._left.isNull() else self._right)
        if place.width() > 0 and place.height() > 0:
            across = self.middle.x() - by.x() / place.width()
            down = self.middle.y() - by.y() / place.height()
            margin = 0.5 / self.zoom
            self.middle = QPointF(
                min(max(across, margin), 1 - margin), min(max(down, margin), 1 - margin)
            )
        self.update()

    def _halves(self) -> tuple[QRectF, QRectF]:
        width = (self.width() - _GAP) / 2
        size = QSizeF(width, self.height())
        return QRectF(QPointF(0, 0), size), QRectF(QPointF(width + _GAP, 0), size)

    def _place(self, half: QRectF, picture: QImage) -> QRectF:
        """Where a picture lies, for this zoom and middle."""
        if picture.isNull():
            return QRectF()
        fitted = QSizeF(picture.size()).scaled(half.size(), Qt.AspectRatioMode.KeepAspectRatio)
        whole = fitted * self.zoom
        left = half.center().x() - self.middle.x() * whole.width()
        top = half.center().y() - self.middle.y() * whole.height()
        return QRectF(QPointF(left, top), whole)


def unlike(left: QImage, right: QImage) -> QImage:
    """What is unlike in two pictures, the second scaled to the size of the first."""
    found = left.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(QRectF(found.rect()), right, QRectF(right.rect()))
    painter.end()
    return found

"""A picture in the middle of a dark room, looked at whole or from nearer."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

_ENLARGED = 2.0  # at most, for pictures smaller than the window
_STEP, _MOST = 1.25, 32.0  # of a zoom, and how far it goes
_PUSH = 0.2  # of what is seen, by a key
_NEARER = 2.0  # where pixel by pixel is no nearer than all of it


class Canvas(QWidget):
    """A picture, in the middle; or a word, where there is none. `resized()`: there is more or less
    room for it; `moved()`: another part of it is looked at, or from nearer; `painted()`: with the
    pixels that this takes."""

    resized = Signal()
    moved = Signal()
    painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = QImage()
        self.full = QSize()
        self.sharp = False
        self.heat, self.opacity = QImage(), 1.0
        self.zoom = 1.0
        """How many times as large as all of it fits."""
        self.middle = QPointF(0.5, 0.5)
        """What of the picture is in the middle, in parts of its width and height."""
        self._dragged: QPointF | None = None
        self.setMinimumSize(80, 80)
        self.grabGesture(Qt.GestureType.PinchGesture)

    def box(self) -> QSize:
        """How large a picture may be, in device pixels."""
        ratio = self.devicePixelRatioF()
        return QSize(round(self.width() * ratio), round(self.height() * ratio))

    def wanted(self) -> QSize:
        """How large the pixels of the whole picture should be for what is looked at: for `box`, or
        doubled until it is enough, but not more than there are."""
        box = self.box()
        if not self.zoomed:
            return box
        times = 2 ** math.ceil(math.log2(self.zoom))
        width, height = box.width() * times, box.height() * times
        if self.full.isValid():
            width = min(width, max(self.full.width(), box.width()))
            height = min(height, max(self.full.height(), box.height()))
        return QSize(width, height)

    def show_picture(self, picture: QImage, full: QSize, *, sharp: bool) -> None:
        """Show a picture that stands for one of `full` pixels."""
        self.picture, self.full, self.sharp = picture, full, sharp
        self.update()

    def show_heat(self, heat: QImage, opacity: float) -> None:
        """Lay a picture of any size over all of the picture, or none (null)."""
        self.heat, self.opacity = heat, opacity
        self.update()

    # --- nearer, farther, elsewhere ---

    @property
    def zoomed(self) -> bool:
        """Whether only a part of it is looked at."""
        return self.zoom > 1.0

    @property
    def scale(self) -> float:
        """Device pixels for each pixel of the photo."""
        full = self._full()
        whole = self._fitted().width() * self.zoom
        return whole / full.width() if full.width() else 1.0

    def fit(self) -> None:
        """Look at all of it."""
        self._look(1.0, QPointF(0.5, 0.5))

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        """Nearer (more than 0) or farther away; what is `at` a point of the widget stays there."""
        self._zoom_to(self.zoom * _STEP**steps, at)

    def toggle(self, at: QPointF | None = None) -> None:
        """Pixel by pixel, or all of it again."""
        if self.zoomed:
            self.fit()
        else:
            natural = 1 / self.scale if self.scale > 0 else 1.0
            self._zoom_to(natural if natural > 1.0 else _NEARER, at)

    def push(self, across: int, down: int) -> None:
        """Look farther to the right (more than 0) and down, by a part of what is seen."""
        self._move(QPointF(-across * _PUSH * self.width(), -down * _PUSH * self.height()))

    def _zoom_to(self, zoom: float, at: QPointF | None) -> None:
        zoom = min(max(zoom, 1.0), _MOST)
        at = QPointF(self.rect().center()) if at is None else at
        place = self.place()
        if place.width() <= 0 or place.height() <= 0:
            return
        here = QPointF((at.x() - place.x()) / place.width(), (at.y() - place.y()) / place.height())
        grown = place.size() * (zoom / self.zoom)
        centre = QRectF(self.rect()).center()
        middle = QPointF(
            here.x() + (centre.x() - at.x()) / grown.width(),
            here.y() + (centre.y() - at.y()) / grown.height(),
        )
        self._look(zoom, middle)

    def _move(self, by: QPointF) -> None:
        place = self.place()
        if self.zoomed and place.width() > 0 and place.height() > 0:
            middle = QPointF(
                self.middle.x() - by.x() / place.width(), self.middle.y() - by.y() / place.height()
            )
            self._look(self.zoom, middle)

    def _look(self, zoom: float, middle: QPointF) -> None:
        before = self.zoom, QPointF(self.middle)
        self.zoom, self.middle = zoom, middle
        place, centre = self.place(), QRectF(self.rect()).center()
        if place.width() > 0 and place.height() > 0:  # as far as there is something to be seen
            self.middle = QPointF(
                (centre.x() - place.x()) / place.width(), (centre.y() - place.y()) / place.height()
            )
        shape = Qt.CursorShape.OpenHandCursor if self.zoomed else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        if (self.zoom, self.middle) != before:
            self.update()
            self.moved.emit()

    # --- where it is ---

    def _full(self) -> QSize:
        return self.full if self.full.isValid() else self.picture.size()

    def _fitted(self) -> QSize:
        """How large all of it is shown, in device pixels."""
        full, most = self._full(), _ENLARGED * self.devicePixelRatioF()
        whole = QSize(full)
        whole.scale(self.box(), Qt.AspectRatioMode.KeepAspectRatio)
        if whole.width() > full.width() * most:
            whole = QSize(round(full.width() * most), round(full.height() * most))
        return whole

    def place(self) -> QRectF:
        """Where the picture is painted; it may reach beyond the widget."""
        box, ratio = self.box(), self.devicePixelRatioF()
        whole = (QSizeF(self._fitted()) * self.zoom).toSize()
        if self.sharp and abs(whole.width() - self.picture.width()) <= 2:
            whole = self.picture.size()  # pixel by pixel
        left = _begin(box.width(), whole.width(), self.middle.x())
        top = _begin(box.height(), whole.height(), self.middle.y())
        return QRectF(left / ratio, top / ratio, whole.width() / ratio, whole.height() / ratio)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.picture.isNull():
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._draw(painter, self.picture)
            if not self.heat.isNull():
                painter.setOpacity(self.opacity)
                self._draw(painter, self.heat)
        if self.sharp:
            self.painted.emit()

    def _draw(self, painter: QPainter, picture: QImage) -> None:
        """Draw what is seen of a picture of any size that lies over all of the place."""
        place = self.place()
        if not self.zoomed:
            painter.drawImage(place, picture, QRectF(picture.rect()))
            return
        seen = place.intersected(QRectF(self.rect()))
        if seen.isEmpty():  # of a window pushed together to next to nothing
            return
        across, down = picture.width() / place.width(), picture.height() / place.height()
        part = QRectF(
            (seen.x() - place.x()) * across,
            (seen.y() - place.y()) * down,
            seen.width() * across,
            seen.height() * down,
        )
        painter.drawImage(seen, picture, part)

    # --- by hand ---

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(event.angleDelta().y() / 120, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.zoomed and event.button() == Qt.MouseButton.LeftButton:
            self._dragged = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._move(event.position() - self._dragged)
            self._dragged = event.position()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._dragged = None
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.toggle(event.position())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                at = self.mapFromGlobal(pinch.centerPoint())
                self._zoom_to(self.zoom * pinch.scaleFactor(), QPointF(at))
                return True
        zooms = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == zooms:
            self._zoom_to(self.zoom * (1 + event.value()), event.position())
            return True
        return super().event(event)


def _begin(room: int, length: int, middle: float) -> int:
    """Where a picture begins along a side of the room, so that `middle` (a part of it) is in the
    middle, as far as it fills the room."""
    if length <= room:
        return (room - length) // 2
    return round(min(0.0, max(room / 2 - middle * length, room - length)))

"""A picture in the middle of a dark room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

_ENLARGED = 2.0  # at most, for pictures smaller than the window


class Canvas(QWidget):
    """A picture, in the middle; or a word, where there is none. `clicked()`: on the picture;
    `resized()`: there is more or less room for it."""

    clicked = Signal()
    resized = Signal()
    painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = QImage()
        self.full = QSize()
        self.sharp = False
        self.heat, self.opacity = QImage(), 1.0
        self.setMinimumSize(80, 80)

    def box(self) -> QSize:
        """How large a picture may be, in device pixels."""
        ratio = self.devicePixelRatioF()
        return QSize(round(self.width() * ratio), round(self.height() * ratio))

    def show_picture(self, picture: QImage, full: QSize, *, sharp: bool) -> None:
        """Show a picture that stands for one of `full` pixels."""
        self.picture, self.full, self.sharp = picture, full, sharp
        self.update()

    def show_heat(self, heat: QImage, opacity: float) -> None:
        """Lay a picture of any size over all of the picture, or none (null)."""
        self.heat, self.opacity = heat, opacity
        self.update()

    def place(self) -> QRectF:
        """Where the picture is painted."""
        full = self.full if self.full.isValid() else self.picture.size()
        ratio = self.devicePixelRatioF()
        whole = QSize(full)
        box = self.box()
        whole.scale(box, Qt.AspectRatioMode.KeepAspectRatio)
        most = _ENLARGED * ratio
        if whole.width() > full.width() * most:
            whole = QSize(round(full.width() * most), round(full.height() * most))
        if self.sharp and abs(whole.width() - self.picture.width()) <= 2:
            whole = self.picture.size()  # pixel by pixel
        left, top = (box.width() - whole.width()) // 2, (box.height() - whole.height()) // 2
        return QRectF(left / ratio, top / ratio, whole.width() / ratio, whole.height() / ratio)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.picture.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.place(), self.picture, QRectF(self.picture.rect()))
        if not self.heat.isNull():
            painter.setOpacity(self.opacity)
            painter.drawImage(self.place(), self.heat, QRectF(self.heat.rect()))
        painter.end()
        if self.sharp:
            self.painted.emit()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.clicked.emit()

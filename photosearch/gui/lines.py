"""How a line of a list is painted: a name, quieter words under it, and a picture before both."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from photosearch.gui.style import RADIUS, SPACE

Index = QModelIndex | QPersistentModelIndex
_BAR = 3  # pixels: of the mark of what is chosen, which is not said by colour alone


class Lines(QStyledItemDelegate):
    """Paints what an item says: its first line as the name, the others quietly under it."""

    def __init__(self, view: QListView, picture: int = 0) -> None:
        """`picture`: pixels of the side of a picture before the words; 0: there is none."""
        super().__init__(view)
        self._view, self._picture = view, picture
        view.setObjectName("lines")
        view.setItemDelegate(self)
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def picture_of(self, _index: Index) -> QPixmap | None:
        """The picture of an item; None: it is not there yet."""
        return None

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        count = len(str(index.data()).split("\n"))
        words = count * self._view.fontMetrics().lineSpacing() + (2 * SPACE)
        return QSize(80, max(words, self._picture + 2 * SPACE if self._picture else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place: QRect = option.rect
        row = place.adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, row, option.state)
        left = row.left() + SPACE + _BAR
        if self._picture:
            self._paint_picture(painter, QRect(left, 0, self._picture, self._picture), row, index)
            left += self._picture + SPACE + _BAR
        self._paint_words(painter, row, left, str(index.data()), option.fontMetrics)
        painter.restore()

    def _paint_ground(self, painter: QPainter, row: QRect, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        accent = self._colour(QPalette.ColorRole.Accent)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self._colour(QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(row, RADIUS, RADIUS)
        if chosen:
            painter.setBrush(accent)
            bar = QRectF(row.left() + 1, row.top() + SPACE, _BAR, row.height() - 2 * SPACE)
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        elif state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(row, RADIUS, RADIUS)

    def _paint_picture(self, painter: QPainter, room: QRect, row: QRect, index: Index) -> None:
        room.moveTop(row.center().y() - room.height() // 2)
        picture = self.picture_of(index)
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(room, picture)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(room, RADIUS, RADIUS)

    def _paint_words(
        self, painter: QPainter, row: QRect, left: int, text: str, metrics: QFontMetrics
    ) -> None:
        lines = text.split("\n")
        height = metrics.lineSpacing()
        top = row.center().y() - (len(lines) * height) // 2
        width = row.right() - SPACE - left
        name, font = self._colour(QPalette.ColorRole.Text), QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold if len(lines) > 1 else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(name)
        for line in lines:
            shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, width)
            middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRect(left, top, width, height), middle, shown)
            top += height
            font.setWeight(QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(self._colour(QPalette.ColorRole.PlaceholderText))

    def _colour(self, role: QPalette.ColorRole) -> QColor:
        return self._view.palette().color(role)


class LineList(QListWidget):
    """A short list of such lines, which says quietly why it is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = ""
        Lines(self)

    def say_empty(self, text: str) -> None:
        """What is to be read where there is no line."""
        self._empty = text
        self.setAccessibleDescription(text)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.count() or not self._empty:
            return
        with QPainter(self.viewport()) as painter:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            room = self.viewport().rect().adjusted(2 * SPACE, 0, -2 * SPACE, 0)
            how = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, how, self._empty)

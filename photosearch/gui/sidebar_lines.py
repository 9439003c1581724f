"""How a line of the side bar is painted: what folds it, icon, name, count."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from photosearch.gui import icons, words
from photosearch.gui.facets import Entry, Role
from photosearch.gui.style import SPACE

Index = QModelIndex | QPersistentModelIndex
_LINE, _SECTION = 30, 40  # pixels: heights
_ICON, _ARROW = 18, 14  # pixels
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class SideBarLines(QStyledItemDelegate):
    """Paints the lines of a tree over a FacetsModel."""

    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, _SECTION if index.data(Role.SECTION) else _LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(Role.ENTRY)
        chosen = bool(index.data(Role.CHOSEN))
        place: QRect = option.rect
        width = self._tree.viewport().width() - 2 * SPACE
        row = QRect(SPACE, place.top() + 1, width, place.height() - 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver) and not entry.section
        self._paint_ground(painter, row, lit=chosen or hovered)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._colour(QPalette.ColorRole.Accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), 6, 6)
        left = row.left() + SPACE if entry.section else place.left()
        if entry.inside:
            self._paint_arrow(painter, row, left, entry, open_=self._tree.isExpanded(index))
        if not entry.section:
            left += 2 * SPACE
            left += self._paint_icon(painter, left, place, "check" if chosen else entry.icon)
        right = self._paint_count(painter, row, entry) if not entry.section else row.right()
        self._paint_name(painter, QRect(left, row.top(), right - left, row.height()), entry, chosen)
        painter.restore()

    def _colour(self, role: QPalette.ColorRole) -> QColor:
        return self._tree.palette().color(role)

    def _paint_ground(self, painter: QPainter, row: QRect, *, lit: bool) -> None:
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour(QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(row, 6, 6)

    def _paint_arrow(
        self, painter: QPainter, row: QRect, left: int, entry: Entry, *, open_: bool
    ) -> None:
        at = row.right() - _ARROW - 2 if entry.section else left
        self._draw(painter, "down" if open_ else "next", at, row, _ARROW)

    def _paint_icon(self, painter: QPainter, left: int, place: QRect, icon: str) -> int:
        """Returns how much room it takes."""
        if not icon:
            return 0
        self._draw(painter, icon, left, place, _ICON)
        return _ICON + SPACE

    def _draw(self, painter: QPainter, icon: str, left: int, row: QRect, side: int) -> None:
        role = QPalette.ColorRole
        colour = self._colour(role.Accent if icon == "check" else role.PlaceholderText).name()
        drawn = icons.pixmap(icon, colour, side, self._tree.devicePixelRatioF())
        painter.drawPixmap(left, row.center().y() - side // 2, drawn)

    def _paint_count(self, painter: QPainter, row: QRect, entry: Entry) -> int:
        """Returns where the room for the name ends."""
        if entry.count is None:
            return row.right() - SPACE
        text = words.number(entry.count)
        width = painter.fontMetrics().horizontalAdvance(text) + 2
        place = QRect(row.right() - SPACE - width, row.top(), width, row.height())
        painter.setPen(self._colour(QPalette.ColorRole.PlaceholderText))
        painter.drawText(place, _MIDDLE | Qt.AlignmentFlag.AlignRight, text)
        return place.left() - SPACE

    def _paint_name(self, painter: QPainter, room: QRect, entry: Entry, chosen: bool) -> None:
        font = QFont(painter.font())
        font.setBold(chosen or entry.section)
        painter.setFont(font)
        role = QPalette.ColorRole
        quiet = role.PlaceholderText if entry.section else role.WindowText
        painter.setPen(self._colour(role.Accent if chosen else quiet))
        cut = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(entry.name, cut, room.width())
        painter.drawText(room, _MIDDLE | Qt.AlignmentFlag.AlignLeft, text)

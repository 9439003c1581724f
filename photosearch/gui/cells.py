"""How one photo of the grid is painted: pictures that are ready are put where they belong."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from photosearch.engine.replies import Group, Row
from photosearch.gui import icons, words
from photosearch.gui.style import RADIUS, SPACE

_PALE = 0.45  # opacity of a weak match
_MARK = 22  # pixels: the height of the marks on a photo


class CellPainter:
    """Paints cells in the colours of a widget. Called for each cell at each turn: what can be
    drawn beforehand is."""

    def __init__(self) -> None:
        self._marks: dict[tuple[int, bool, float], QPixmap] = {}
        self._ratio = 1.0
        self._palette = QPalette()
        self._smooth = False
        self._empty: dict[tuple[int, bool, float, str], QPixmap] = {}

    def begin(self, widget: QWidget) -> None:
        """Cells of this widget follow."""
        self._smooth = False
        self._ratio = widget.devicePixelRatioF()
        self._palette = widget.palette()

    def paint(
        self,
        painter: QPainter,
        rect: QRect,
        picture: QPixmap | None,
        row: Row | None,
        *,
        broken: bool,
        selected: bool,
        focused: bool,
        weak: bool = False,
        folded: int = 0,
    ) -> None:
        """Paint one: its picture (None: not yet, or not at all, where it is `broken`; pale where it
        is a `weak` match), what is known of it, and how many others are `folded` under it."""
        if weak:
            painter.setOpacity(_PALE)
        if picture is None:
            painter.drawPixmap(rect.topLeft(), self._placeholder(rect.width(), broken=broken))
        else:
            exact = picture.width() == round(rect.width() * self._ratio)
            if exact == self._smooth:
                self._smooth = not exact
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
            if exact and self._ratio == 1.0:
                painter.drawPixmap(rect.topLeft(), picture)
            else:
                painter.drawPixmap(rect, picture)
        if row is not None and (row.stars or row.favourite):
            mark = self._mark(row.stars, row.favourite)
            height = round(mark.height() / self._ratio)
            painter.drawPixmap(QPoint(rect.left() + 6, rect.bottom() - height - 5), mark)
        if folded:
            self._paint_count(painter, rect, f"+{folded}")
        if weak:
            painter.setOpacity(1.0)
        if selected:
            self._paint_selected(painter, rect)
        if focused:
            self._paint_ring(painter, rect, self._palette.color(QPalette.ColorRole.Text), 2.0)

    def paint_heading(self, painter: QPainter, place: QRect, group: Group) -> None:
        """The heading over a group of photos: its name, and how many they are."""
        inner = place.adjusted(2 * SPACE, SPACE, -2 * SPACE, -SPACE // 2)
        font = painter.font()
        font.setBold(True)
        painter.save()
        painter.setFont(font)
        painter.setPen(self._palette.color(QPalette.ColorRole.WindowText))
        count = words.number(group.count)
        room = inner.width() - painter.fontMetrics().horizontalAdvance(count) - 2 * SPACE
        name = painter.fontMetrics().elidedText(group.name, Qt.TextElideMode.ElideMiddle, room)
        across = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, across, name)
        used = painter.fontMetrics().horizontalAdvance(name)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(self._palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(inner.adjusted(used + 2 * SPACE, 0, 0, 0), across, count)
        painter.restore()

    def _paint_count(self, painter: QPainter, rect: QRect, text: str) -> None:
        """A small number in the upper right corner."""
        width = painter.fontMetrics().horizontalAdvance(text) + 14
        place = QRectF(rect.right() - width - 5, rect.top() + 6, width, _MARK)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 150))
        painter.drawRoundedRect(place, _MARK / 2, _MARK / 2)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _placeholder(self, side: int, *, broken: bool) -> QPixmap:
        """What stands where no thumbnail is: not yet, or (`broken`) not at all."""
        colour = self._palette.color(QPalette.ColorRole.AlternateBase)
        key = (side, broken, self._ratio, colour.name())
        if key not in self._empty:
            if len(self._empty) > 8:
                self._empty.clear()  # of sizes that are gone
            self._empty[key] = self._draw_placeholder(side, colour, broken=broken)
        return self._empty[key]

    def _draw_placeholder(self, side: int, colour: QColor, *, broken: bool) -> QPixmap:
        drawn = QPixmap(round(side * self._ratio), round(side * self._ratio))
        drawn.setDevicePixelRatio(self._ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        with QPainter(drawn) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(0, 0, side, side), RADIUS, RADIUS)
            if broken:
                small = min(48, side // 2)
                quiet = self._palette.color(QPalette.ColorRole.PlaceholderText).name()
                sign = icons.pixmap("photo", quiet, small, self._ratio)
                painter.drawPixmap(QPoint((side - small) // 2, (side - small) // 2), sign)
        return drawn

    def _paint_selected(self, painter: QPainter, rect: QRect) -> None:
        accent = self._palette.color(QPalette.ColorRole.Highlight)
        wash = QColor(accent)
        wash.setAlpha(46)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(wash)
        painter.drawRoundedRect(QRectF(rect), RADIUS, RADIUS)
        self._paint_ring(painter, rect, accent, 4.0)
        badge = QRectF(rect.left() + SPACE, rect.top() + SPACE, _MARK, _MARK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(badge)
        colour = self._palette.color(QPalette.ColorRole.HighlightedText).name()
        tick = icons.pixmap("check", colour, _MARK - 4, self._ratio)
        painter.drawPixmap(QPoint(int(badge.left()) + 2, int(badge.top()) + 2), tick)

    def _paint_ring(self, painter: QPainter, rect: QRect, colour: QColor, width: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = width / 2
        inner = QRectF(rect).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(inner, RADIUS - 1, RADIUS - 1)

    def _mark(self, stars: int, favourite: bool) -> QPixmap:
        """The small sign that says how a photo is rated, and whether it is a favourite."""
        key = (stars, favourite, self._ratio)
        if key not in self._marks:
            self._marks[key] = _draw_mark(stars, favourite, self._ratio)
        return self._marks[key]


def _draw_mark(stars: int, favourite: bool, ratio: float) -> QPixmap:
    small = 13
    signs = ["heart-full"] * favourite + ["star-full"] * stars
    width = len(signs) * (small + 1) + 11 + (4 if favourite and stars else 0)
    drawn = QPixmap(round(width * ratio), round(_MARK * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    with QPainter(drawn) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 150))
        painter.drawRoundedRect(QRectF(0, 0, width, _MARK), _MARK / 2, _MARK / 2)
        x = 6
        for sign in signs:
            colour = "#ff8d8d" if sign == "heart-full" else "#ffffff"
            painter.drawPixmap(QPoint(x, 4), icons.pixmap(sign, colour, small, ratio))
            x += small + 1 + (4 if sign == "heart-full" else 0)
    return drawn

"""The grid of photos.

A QListView (so that keyboard, selection and screen readers have what they know) whose geometry is
arithmetic: all cells are one size, and so are the headings of groups, so nothing is laid out,
whether there are ten photos or a million, and only what is on the screen is ever touched.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QDrag,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from photosearch.gui import settings
from photosearch.gui.cells import CellPainter
from photosearch.gui.geometry import GAP, HEADING, fit
from photosearch.gui.photos import PhotosModel
from photosearch.gui.style import RADIUS
from photosearch.gui.thumbnails import Thumbnails, Wanted

Index = QModelIndex | QPersistentModelIndex
_SETTLE_MS = 120  # after the cells changed their size, until thumbnails are read anew
_STEP = 1.2
_DRAGGED = 1000  # photos at once, at most


class Grid(QListView):
    """The photos of a model. `opened(place)`: one is to be shown large; `picked()`: which are
    selected, or current, has changed; `painted(whole)`: with all pictures that are on the screen;
    `side_changed(side)`: a person wants larger or smaller thumbnails."""

    opened = Signal(int)
    picked = Signal()
    painted = Signal(bool)
    side_changed = Signal(int)

    def __init__(
        self, photos: PhotosModel, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._photos, self._thumbnails = photos, thumbnails
        self._cells = CellPainter()
        self._wish = settings.USUAL
        self._geometry = fit(800, self._wish, 0)
        self._anchor: tuple[int, int] | None = None
        self._picked_before: tuple[int, list[int]] = (0, [])
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._settled)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAccessibleName(self.tr("Photos"))
        self.setModel(photos)
        for signal in (photos.rowsAboutToBeInserted, photos.rowsAboutToBeRemoved):
            signal.connect(self._before_change)
        photos.rowsInserted.connect(self._after_change)
        photos.rowsRemoved.connect(self._after_change)
        photos.modelAboutToBeReset.connect(self._before_reset)
        photos.modelReset.connect(self._after_reset)
        photos.rows_came.connect(self.viewport().update)
        thumbnails.came.connect(self._thumbnail_came)
        self.activated.connect(lambda index: self.opened.emit(index.row()))

    def stop(self) -> None:
        """The window closes."""
        self._settle.stop()

    # --- what a person picked ---

    def current(self) -> int | None:
        """The photo that has the focus."""
        place = self.currentIndex().row()
        return self._photos.ids[place] if place >= 0 else None

    def first(self) -> int | None:
        """The first of the selected photos, else the current one."""
        parts = self.selectionModel().selection().toList()
        if not parts:
            return self.current()
        return self._photos.ids[min(part.top() for part in parts)]

    def selected(self) -> list[int]:
        """The selected photos, in order; the current one where none is."""
        places: list[int] = []
        for part in self.selectionModel().selection().toList():
            places.extend(range(part.top(), part.bottom() + 1))
        ids = self._photos.ids
        current = self.current()
        if not places:
            return [] if current is None else [current]
        return [ids[place] for place in sorted(places)]

    def select(self, place: int) -> None:
        """Make one photo current, select it alone, and have it in sight."""
        index = self._photos.index(place)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)

    def deselect(self) -> None:
        """Nothing is selected, nor current."""
        self.clearSelection()
        self.selectionModel().clearCurrentIndex()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.picked.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.picked.emit()

    # --- dragged to other programs ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        for photo_id in self.selected()[:_DRAGGED]:
            self._photos.row_of(photo_id)  # where its file lies is known when the drag begins

    def startDrag(self, _actions: Qt.DropAction) -> None:
        indexes = self.selectionModel().selectedIndexes()[:_DRAGGED]
        data = self._photos.mimeData(indexes)
        if not data.hasUrls():
            return
        drag = QDrag(self)
        drag.setMimeData(data)
        photo_id = self._photos.ids[indexes[0].row()]
        row = self._photos.row_at(indexes[0].row())
        picture, _ = self._thumbnails.get(photo_id, row.thumbnail if row else None)
        if picture is not None:
            drag.setPixmap(picture.scaled(96, 96, Qt.AspectRatioMode.KeepAspectRatio))
        drag.exec(Qt.DropAction.CopyAction)

    # --- sizes ---

    @property
    def side(self) -> int:
        """How large a person wants thumbnails."""
        return self._wish

    def set_side(self, side: int) -> None:
        """Have thumbnails of about this many pixels."""
        side = max(settings.SMALLEST, min(settings.LARGEST, side))
        if side != self._wish:
            self._wish = side
            self._refit()
            self.side_changed.emit(side)

    def zoom(self, steps: float) -> None:
        """Larger (or, below 0, smaller) thumbnails."""
        self.set_side(round(self._wish * _STEP**steps))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(event.angleDelta().y() / 120)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit()

    def _refit(self) -> None:
        anchor = self._top()
        self._fit()
        self._return_to(anchor)
        self.viewport().update()
        if self._thumbnails_wanted():
            self._settle.start()

    def _thumbnails_wanted(self) -> bool:
        ratio = self.devicePixelRatioF()
        return self._thumbnails.side != round(self._geometry.side * ratio)

    def _settled(self) -> None:
        ratio = self.devicePixelRatioF()
        self._thumbnails.set_side(round(self._geometry.side * ratio), RADIUS * ratio)
        self.viewport().update()

    # --- where things are ---

    def _top(self) -> tuple[int, int] | None:
        """The photo at the top of the screen, and how far its cell is from it; None at the very
        top, where new photos may push the others down."""
        value = self.verticalScrollBar().value()
        shown = self._geometry.lines(value, value)
        if not value or not shown or shown.start >= len(self._photos.ids):
            return None
        return self._photos.ids[shown.start], self._geometry.cell(shown.start).top() - value

    def _return_to(self, anchor: tuple[int, int] | None) -> None:
        place = None if anchor is None else self._photos.place_of(anchor[0])
        if anchor is not None and place is not None:
            self.verticalScrollBar().setValue(self._geometry.cell(place).top() - anchor[1])

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        return self._geometry.cell(index.row(), self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        x, y = point.x(), point.y() + self.verticalOffset()
        place = self._geometry.nearest(x, y)
        if place >= 0 and self._geometry.cell(place).contains(x, y):
            return self._photos.index(place)
        return QModelIndex()

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if not index.isValid():
            return
        cell, bar = self._geometry.cell(index.row()), self.verticalScrollBar()
        top, height = bar.value(), self.viewport().height()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(cell.center().y() - height // 2)
        elif cell.top() - GAP - self._geometry.heading < top:
            bar.setValue(cell.top() - GAP - self._geometry.heading)
        elif cell.bottom() + GAP > top + height:
            bar.setValue(cell.bottom() + GAP - height)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        geometry, now = self._geometry, self.currentIndex().row()
        if not geometry.count:
            return QModelIndex()
        if now < 0:
            return self._photos.index(0)
        page = max(1, self.viewport().height() // geometry.pitch)
        move = QAbstractItemView.CursorAction
        steps = {
            **{move.MoveLeft: -1, move.MovePrevious: -1, move.MoveRight: 1, move.MoveNext: 1},
            **{move.MoveHome: -now, move.MoveEnd: geometry.count - 1 - now},
        }
        lines = {
            **{move.MoveUp: -1, move.MoveDown: 1},
            **{move.MovePageUp: -page, move.MovePageDown: page},
        }
        if action in lines:
            return self._photos.index(geometry.moved(now, lines[action]))
        return self._photos.index(min(max(0, now + steps[action]), geometry.count - 1))

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        # `rect` goes from where the selection began to where it ends, not from left to right.
        top = self.verticalOffset()
        first = self._geometry.nearest(rect.topLeft().x(), rect.topLeft().y() + top)
        last = self._geometry.nearest(rect.bottomRight().x(), rect.bottomRight().y() + top)
        if first < 0 or last < 0:
            return
        low, high = min(first, last), max(first, last)
        part = QItemSelection(self._photos.index(low), self._photos.index(high))
        self.selectionModel().select(part, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        # All that is on the screen: finding out what of it is more work than painting it.
        return QRegion(self.viewport().rect()) if selection.count() else QRegion()

    def isIndexHidden(self, _index: Index) -> bool:
        return False

    # --- what changes ---

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self._fit()

    def doItemsLayout(self) -> None:
        self._fit()
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self._geometry.height - height))
        bar.setPageStep(height)
        bar.setSingleStep(max(20, self._geometry.pitch // 3))
        QAbstractItemView.updateGeometries(self)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.scrollDirtyRegion(dx, dy)
        self.viewport().scroll(dx, dy)

    def _fit(self) -> None:
        counts = [group.count for group in self._photos.groups]
        self._geometry = fit(self.viewport().width(), self._wish, len(self._photos.ids), counts)
        self.updateGeometries()

    def _before_change(self) -> None:
        self._anchor = self._top()

    def _after_change(self) -> None:
        self._fit()
        self._return_to(self._anchor)
        self.viewport().update()

    def _before_reset(self) -> None:
        self._before_change()
        chosen = self.selectionModel().hasSelection()
        self._picked_before = (self.current() or 0, self.selected() if chosen else [])

    def _after_reset(self) -> None:
        self._after_change()
        current, selected = self._picked_before
        chosen = self.selectionModel()
        flag = QItemSelectionModel.SelectionFlag
        if len(selected) <= 10_000:
            for photo_id in selected:
                if (place := self._photos.place_of(photo_id)) is not None:
                    chosen.select(self._photos.index(place), flag.Select)
        place = self._photos.place_of(current) if current else None
        if place is not None:
            chosen.setCurrentIndex(self._photos.index(place), flag.NoUpdate)
        self.picked.emit()

    def _thumbnail_came(self, photo_id: int) -> None:
        place = self._photos.near(photo_id)
        if place is not None:
            self.viewport().update(self._geometry.cell(place, self.verticalOffset()))

    # --- painting ---

    def on_screen(self) -> range:
        """The places that are on the screen."""
        top = self.verticalOffset()
        return self._geometry.lines(top, top + self.viewport().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        shown, top = self.on_screen(), self.verticalOffset()
        if shown:
            self._photos.look_at(shown.start - len(shown), shown.stop + len(shown))
        with QPainter(self.viewport()) as painter:
            self._cells.begin(self)
            chosen, current = self.selectionModel(), self.currentIndex().row()
            many, focused = chosen.hasSelection(), self.hasFocus()
            dirty = event.rect()
            above, below = dirty.top() - self._geometry.side, dirty.bottom()
            wanted: list[Wanted] = []
            whole = True
            for place in shown:
                photo_id, row = self._photos.ids[place], self._photos.row_at(place)
                picture, lacks = self._thumbnails.get(photo_id, row.thumbnail if row else None)
                if lacks and row is not None:
                    wanted.append(Wanted(photo_id, row.thumbnail))
                broken = False
                if picture is None:
                    broken = self._thumbnails.is_broken(photo_id) or self._photos.is_gone(place)
                    whole = whole and broken
                    picture = None if broken else self._thumbnails.blurred(photo_id)
                rect = self._geometry.cell(place, top)
                if above <= rect.top() <= below:
                    selected = many and chosen.isSelected(self._photos.index(place))
                    self._cells.paint(
                        painter,
                        rect,
                        picture,
                        row,
                        broken=broken,
                        selected=selected,
                        focused=focused and place == current,
                        weak=self._photos.is_weak(place),
                        folded=self._photos.folded_at(place),
                    )
            for group, y in self._geometry.headings(top, top + self.viewport().height()):
                over = QRect(0, y - top, self.viewport().width(), HEADING)
                self._cells.paint_heading(painter, over, self._photos.groups[group])
        self._thumbnails.want(wanted)
        self.painted.emit(whole)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # no search by first letters: the names of photos tell nothing
        else:
            super().keyPressEvent(event)

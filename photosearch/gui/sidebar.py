"""The side bar: where in the album one can go, beside what one can search for.

A click on a filter puts it into the visible query, a second one takes it out again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from photosearch.engine.replies import Albums, Facets, Folders, Reply, Searches
from photosearch.engine.requests import GetAlbums, GetFacets, GetFolders, GetSearches, Request
from photosearch.gui import facets
from photosearch.gui.engine import Engine
from photosearch.gui.facets import FacetsModel, Known
from photosearch.gui.sidebar_lines import SideBarLines
from photosearch.gui.style import SPACE

Index = QModelIndex | QPersistentModelIndex
_SOON_MS = 300  # after something changed, until it is asked for
_ASKED: Mapping[str, Request] = {
    **{"facets": GetFacets(), "searches": GetSearches()},
    **{"albums": GetAlbums(), "problems": GetFolders()},
}
_FIRST_OPEN = frozenset({"saved", "albums", "months", "folders", "tags"})


class SideBar(QTreeView):
    """`acted(act)`: all, duplicates, problems; `searched(query)`: a saved search was chosen;
    `toggled(field, value)`: a filter was; `menu_wanted(kind, name, where)`: that of an album or of
    a saved search, at a point of the screen."""

    menu_wanted = Signal(str, str, QPoint)
    acted = Signal(str)
    searched = Signal(str)
    toggled = Signal(str, str)

    def __init__(self, engine: Engine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._known = Known()
        self._folded: set[str] = set()
        self._unfolded: set[str] = set()
        self._whole: set[str] = set()
        self._restoring = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._ask)
        self.entries = FacetsModel(self)
        self.setObjectName("sidebar")
        self.setAccessibleName(self.tr("Folders, times, tags and places"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(False)
        self.setIndentation(2 * SPACE)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setModel(self.entries)
        self.setItemDelegate(SideBarLines(self))
        self.clicked.connect(self._clicked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.expanded.connect(self._on_expanded)
        self.collapsed.connect(self._on_collapsed)

    def look(self) -> None:
        """Something may have changed: ask for it soon."""
        if not self._soon.isActive():
            self._soon.start()

    def stop(self) -> None:
        """The window closes."""
        self._soon.stop()
        for kind in _ASKED:
            self._engine.drop(kind)

    def show_total(self, total: int) -> None:
        """How many photos there are."""
        if total != self._known.photos:
            self._known = replace(self._known, photos=total)
            self._show()
            self.look()

    def choose(self, filters: list[tuple[str, str]]) -> None:
        """The filters (field, value) of the present query."""
        self.entries.choose(filters)
        self.viewport().update()

    def _ask(self) -> None:
        for kind, request in _ASKED.items():
            self._engine.ask(request, self._came, newest=kind)

    def _came(self, reply: Reply) -> None:
        if isinstance(reply, Facets):
            self._known = replace(self._known, facets=reply)
        elif isinstance(reply, Searches):
            self._known = replace(self._known, saved=reply.searches)
        elif isinstance(reply, Albums):
            self._known = replace(self._known, albums=reply.albums)
        elif isinstance(reply, Folders):
            self._known = replace(self._known, problems=len(reply.problems))
        self._show()

    def _show(self) -> None:
        """Show what is known, with the same lines unfolded and in sight as before."""
        bar = self.verticalScrollBar()
        where = bar.value()
        current = self.currentIndex()
        key = self.entries.entry(current).key if current.isValid() else ""
        self.entries.show(facets.entries(self._known, self._whole))
        self._restoring = True
        for entry in self.entries.entries():
            if entry.inside and self._is_open(entry.key):
                self.setExpanded(self.entries.index_of(entry), True)
            if key and entry.key == key:
                self.setCurrentIndex(self.entries.index_of(entry))
        self._restoring = False
        bar.setValue(where)

    def _is_open(self, key: str) -> bool:
        return key in self._unfolded or (key in _FIRST_OPEN and key not in self._folded)

    def _on_expanded(self, index: QModelIndex) -> None:
        if not self._restoring:
            key = self.entries.entry(index).key
            self._unfolded.add(key)
            self._folded.discard(key)

    def _on_collapsed(self, index: QModelIndex) -> None:
        if not self._restoring:
            key = self.entries.entry(index).key
            self._folded.add(key)
            self._unfolded.discard(key)

    def _clicked(self, index: QModelIndex) -> None:
        entry = self.entries.entry(index)
        if entry.section:
            self.setExpanded(index, not self.isExpanded(index))
        elif entry.act.startswith("more "):
            self._whole.add(entry.act.removeprefix("more "))
            self._show()
        elif entry.act:
            self.acted.emit(entry.act)
        elif entry.query:
            self.searched.emit(entry.query)
        elif entry.filter is not None:
            self.toggled.emit(*entry.filter)

    def _menu(self, where: QPoint) -> None:
        index = self.indexAt(where)
        if index.isValid():
            kind, _, name = self.entries.entry(index).key.partition(" ")
            if kind in ("album", "saved") and name:
                self.menu_wanted.emit(kind, name, self.viewport().mapToGlobal(where))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if index.isValid():
                self._clicked(index)
        else:
            super().keyPressEvent(event)

    def drawBranches(self, _painter: QPainter, _rect: QRect, _index: Index) -> None:
        """The delegate draws what is unfolded."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The arrow before a line folds it."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.entries.entry(index).inside:
            left = self.visualRect(index).left()
            if not self.entries.entry(index).section and event.position().x() < left + SPACE * 2:
                self.setExpanded(index, not self.isExpanded(index))
                return
        super().mousePressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

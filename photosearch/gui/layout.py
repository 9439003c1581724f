"""The parts of the window between its menus and its frame, and where they are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from photosearch.gui.arranging import Arranging
from photosearch.gui.chips import ChipBar
from photosearch.gui.details import Details
from photosearch.gui.first import FirstPage
from photosearch.gui.grid import Grid
from photosearch.gui.session import Session
from photosearch.gui.sidebar import SideBar
from photosearch.gui.statusbar import StatusBar
from photosearch.gui.style import SPACE
from photosearch.gui.viewer import Viewer
from photosearch.gui.widgets import Banner, IconButton, Line, SearchField, StatePage

_SIDE, _DETAILS = 230, 280  # pixels: how wide the panels are at first


class Layout(QWidget):
    """Only parts and places; what they do is in `browser.py` and `panes.py`."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.field = SearchField()
        self.add = QPushButton(self.tr("Add folder…"))
        self.add.setObjectName("add")
        self.add.setCursor(Qt.CursorShape.PointingHandCursor)
        self.chips = ChipBar(session.engine)
        self.back_button = IconButton("back", self.tr("Back (Alt+Left)"))
        self.heading, self.busy = Line(), Line()
        self.heading.setObjectName("heading")
        self.busy.setObjectName("quiet")
        self.arranging = Arranging()
        self.heading_line = QWidget()
        self.grid = Grid(session.photos, session.thumbnails)
        self.page = StatePage()
        self.middle = QStackedWidget()
        self.middle.addWidget(self.grid)
        self.middle.addWidget(self.page)
        self.first_page = FirstPage()
        self.middle.addWidget(self.first_page)
        self.viewer = Viewer(session.engine, session.photos, session.pictures)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._photos())
        self.stack.addWidget(self.viewer)
        self.sidebar = SideBar(session.engine)
        self.details = Details(session.engine)
        self.banner = Banner()
        self.banner_place = QWidget()
        around = QVBoxLayout(self.banner_place)
        around.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        around.addWidget(self.banner)
        self.banner_place.hide()
        self.status = StatusBar()
        self.top = self._top()
        self.parts = self._parts()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.banner_place)
        whole.addWidget(self.top)
        whole.addWidget(self.chips)
        whole.addWidget(self.parts, 1)
        whole.addWidget(self.status)

    def _top(self) -> QWidget:
        top = QWidget()
        line = QHBoxLayout(top)
        line.setContentsMargins(2 * SPACE, SPACE + SPACE // 2, 2 * SPACE, SPACE)
        line.setSpacing(SPACE + 4)
        line.addWidget(self.field, 1)
        line.addWidget(self.add)
        return top

    def _photos(self) -> QWidget:
        line = QHBoxLayout(self.heading_line)
        line.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE // 2)
        line.setSpacing(SPACE)
        for widget in (self.back_button, self.heading, self.busy):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.arranging)
        self.heading_line.setMinimumHeight(40)
        photos = QWidget()
        column = QVBoxLayout(photos)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.heading_line)
        column.addWidget(self.middle, 1)
        return photos

    def _parts(self) -> QSplitter:
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(1)
        for widget in (self.sidebar, self.stack, self.details):
            parts.addWidget(widget)
        self.sidebar.setMinimumWidth(160)
        self.details.setMinimumWidth(200)
        parts.setStretchFactor(1, 1)
        parts.setSizes([_SIDE, 700, _DETAILS])
        return parts

"""The parts of the window between its menus and its frame, and where they are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from photosearch.gui.grid import Grid
from photosearch.gui.session import Session
from photosearch.gui.statusbar import StatusBar
from photosearch.gui.style import SPACE
from photosearch.gui.viewer import Viewer
from photosearch.gui.widgets import Banner, IconButton, SearchField, StatePage


class Layout(QWidget):
    """Only parts and places; what they do is in `browser.py`."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.field = SearchField()
        self.add = QPushButton(self.tr("Add folder…"))
        self.add.setObjectName("add")
        self.add.setCursor(Qt.CursorShape.PointingHandCursor)
        self.back_button = IconButton("back", self.tr("Back (Alt+Left)"))
        self.heading, self.busy = QLabel(), QLabel()
        self.heading.setObjectName("heading")
        self.busy.setObjectName("quiet")
        self.heading_line = QWidget()
        self.grid = Grid(session.photos, session.thumbnails)
        self.page = StatePage()
        self.middle = QStackedWidget()
        self.middle.addWidget(self.grid)
        self.middle.addWidget(self.page)
        self.viewer = Viewer(session.engine, session.photos, session.pictures)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._browse())
        self.stack.addWidget(self.viewer)
        self.banner = Banner()
        self.banner_place = QWidget()
        around = QVBoxLayout(self.banner_place)
        around.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        around.addWidget(self.banner)
        self.banner_place.hide()
        self.status = StatusBar()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.banner_place)
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.status)

    def _browse(self) -> QWidget:
        top = QHBoxLayout()
        top.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        top.setSpacing(SPACE + 4)
        top.addWidget(self.field, 1)
        top.addWidget(self.add)
        line = QHBoxLayout(self.heading_line)
        line.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE // 2)
        line.setSpacing(SPACE)
        for label in (self.heading, self.busy):
            label.setTextFormat(Qt.TextFormat.PlainText)
        for widget in (self.back_button, self.heading, self.busy):
            line.addWidget(widget)
        line.addStretch(1)
        self.heading_line.setMinimumHeight(40)
        browse = QWidget()
        column = QVBoxLayout(browse)
        column.setContentsMargins(0, SPACE // 2, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(top)
        column.addWidget(self.heading_line)
        column.addWidget(self.middle, 1)
        return browse

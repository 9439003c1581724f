"""Albums put together by hand: the menu of those there are, and the name of a new one."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from photosearch.engine.replies import Album, Albums, Reply
from photosearch.engine.requests import GetAlbums
from photosearch.gui.engine import Engine
from photosearch.gui.style import SPACE

_ASKED = re.compile(r'(?<![^\s(])album:("[^"]*"|[^\s()"]+)', re.IGNORECASE)
_LONGEST = 100  # characters of a name


def album_query(name: str) -> str:
    """The query for the photos of an album."""
    return f'album:"{name}"'


def album_of(query: str) -> str | None:
    """The album that a query asks for, None where it asks for none."""
    match = _ASKED.search(query)
    return match[1].strip('"') if match else None


class AlbumMenu(QMenu):
    """The albums, to choose one, or a new one. `chosen(name)`; `new_wanted(albums)`: with the names
    that are taken."""

    chosen = Signal(str)
    new_wanted = Signal(list)

    def __init__(self, engine: Engine, parent: QWidget) -> None:
        super().__init__(parent)
        self._engine = engine
        self._albums: tuple[Album, ...] | None = None
        self.setTitle(self.tr("Put into an album"))
        self.aboutToShow.connect(self.look)
        self._fill()

    def look(self) -> None:
        """Ask which there are; what was known is shown meanwhile."""
        self._engine.ask(GetAlbums(), self._came, newest="albums in a menu")

    def _came(self, reply: Reply) -> None:
        if isinstance(reply, Albums) and reply.albums != self._albums:
            self._albums = reply.albums
            self._fill()

    def _fill(self) -> None:
        self.clear()
        new = self.addAction(self.tr("New album…"))
        new.triggered.connect(lambda: self.new_wanted.emit([a.name for a in self._albums or ()]))
        self.addSeparator()
        for album in self._albums or ():
            shown = album.name.replace("&", "&&")  # else the next letter would be underlined
            action = self.addAction(shown)
            action.triggered.connect(lambda _=False, name=album.name: self.chosen.emit(name))


class NewAlbum(QDialog):
    """Asks for the name of an album. `named(name)`: this one."""

    named = Signal(str)

    def __init__(self, taken: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._taken = {name.casefold(): name for name in taken}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("New album"))
        self.name, self.says = QLineEdit(), QLabel()
        self.name.setMaxLength(_LONGEST)
        self.name.setPlaceholderText(self.tr("A name, such as: for the wall"))
        self.name.setAccessibleName(self.tr("Name of the album"))
        self.says.setTextFormat(Qt.TextFormat.PlainText)
        self.says.setWordWrap(True)
        self.says.setObjectName("quiet")
        self.make, cancel = QPushButton(), QPushButton(self.tr("Cancel"))
        self.make.setDefault(True)
        self.make.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.name.textChanged.connect(self._show)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.make)
        buttons.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        column.addWidget(self.name)
        column.addWidget(self.says)
        column.addLayout(buttons)
        self.setMinimumWidth(380)
        self._show()

    def accept(self) -> None:
        """The name is the one that is wanted."""
        if self.make.isEnabled():
            name = self._tidy()
            super().accept()
            self.named.emit(self._taken.get(name.casefold(), name))

    def _tidy(self) -> str:
        return " ".join(self.name.text().split())

    def _show(self) -> None:
        name, says, ok = self._tidy(), "", self.tr("Make it")
        if not name:
            says = self.tr("Albums hold the photos that you put into them.")
        elif '"' in name:
            says = self.tr("A name cannot have quotation marks.")
        elif name.casefold() in self._taken:
            says = self.tr("There is an album of this name: the photos will be added to it.")
            ok = self.tr("Add to it")
        self.says.setText(says)
        self.name.setAccessibleDescription(says)
        self.make.setText(ok)
        self.make.setEnabled(bool(name) and '"' not in name)

"""The saved searches: to ask one again, keep the present one, or forget one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from photosearch.engine.replies import Error, Reply, Said, SavedSearch, Searches
from photosearch.engine.requests import GetSearches, RemoveSearch, SaveSearch
from photosearch.gui.engine import Engine
from photosearch.gui.lines import LineList
from photosearch.gui.style import SPACE
from photosearch.gui.troubles import sentence
from photosearch.gui.widgets import News, column_of, label_of


class SearchesPanel(QDialog):
    """The panel. `chosen(query)`: this is to be searched for."""

    chosen = Signal(str)

    def __init__(self, engine: Engine, parent: QWidget) -> None:
        super().__init__(parent)
        self._engine = engine
        self._query = ""
        self.list, self.name, self.news = LineList(), QLineEdit(), News()
        self.search = QPushButton(self.tr("Search"))
        self.remove = QPushButton(self.tr("Forget it"))
        self.save = QPushButton(self.tr("Save"))
        self.present = label_of("title-small")
        self.search.setObjectName("primary")
        self.list.setAccessibleName(self.tr("Saved searches"))
        self.name.setObjectName("field")
        self.name.setAccessibleName(self.tr("Name of the search"))
        self.name.setPlaceholderText(self.tr("A name, such as: our dog"))
        self.name.returnPressed.connect(self.save.click)
        for button in (self.search, self.remove, self.save):
            button.setAutoDefault(False)
        picked, kept = QHBoxLayout(), QHBoxLayout()
        picked.addWidget(self.search)
        picked.addWidget(self.remove)
        picked.addStretch(1)
        kept.addWidget(self.name, 1)
        kept.addWidget(self.save)
        column = column_of(self)
        column.addWidget(self.list, 1)
        column.addLayout(picked)
        column.addSpacing(SPACE)
        column.addWidget(self.present)
        column.addLayout(kept)
        column.addWidget(self.news)
        self.list.currentRowChanged.connect(self._show_possible)
        self.list.itemActivated.connect(lambda _: self._choose())
        self.search.clicked.connect(self._choose)
        self.remove.clicked.connect(self._remove)
        self.save.clicked.connect(self._save)
        self.name.textChanged.connect(self._show_possible)
        self.setWindowTitle(self.tr("Saved searches"))
        self.resize(460, 420)
        self._show_possible()

    def look(self, query: str) -> None:
        """Ask which there are; `query`: the present one, which may be saved."""
        self._query = query
        self.present.setText(
            self.tr("Save “{query}” as").format(query=query)
            if query
            else self.tr("Search for something to save it here.")
        )
        self.news.clear()
        self._show_possible()
        self._engine.ask(GetSearches(), self._answered, newest="searches in their panel")

    def _answered(self, reply: Reply) -> None:
        if isinstance(reply, Error):
            self.news.setText(sentence(reply))
        elif isinstance(reply, Searches):
            self.list.say_empty(self.tr("No search was saved yet."))
            self.list.clear()
            for each in reply.searches:
                item = QListWidgetItem(f"{each.name}\n{each.query}")
                item.setData(Qt.ItemDataRole.UserRole, each)
                self.list.addItem(item)
            self._show_possible()

    def _current(self) -> SavedSearch | None:
        item = self.list.currentItem()
        search = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        return search if isinstance(search, SavedSearch) else None

    def _show_possible(self) -> None:
        picked = self.list.currentItem() is not None
        self.search.setEnabled(picked)
        self.remove.setEnabled(picked)
        self.name.setEnabled(bool(self._query))
        self.save.setEnabled(bool(self._query and self.name.text().strip()))

    def _choose(self) -> None:
        if (search := self._current()) is not None:
            self.chosen.emit(search.query)

    def _save(self) -> None:
        self._engine.ask(SaveSearch(self.name.text(), self._query), self._said)

    def _remove(self) -> None:
        if (search := self._current()) is not None:
            self._engine.ask(RemoveSearch(search.name), self._said)

    def _said(self, reply: Reply) -> None:
        if isinstance(reply, Error):
            self.news.setText(sentence(reply))
        elif isinstance(reply, Said):
            self.name.clear()
            self.look(self._query)

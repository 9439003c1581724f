"""The tags of the photos that are picked: add one, confirm one that was found, or reject it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidgetItem,
    QWidget,
)

from photosearch.engine.replies import Error, Reply, Said, TagOf, Tags
from photosearch.engine.requests import GetTags, TagPhotos
from photosearch.gui import words
from photosearch.gui.engine import Engine
from photosearch.gui.lines import LineList
from photosearch.gui.troubles import sentence
from photosearch.gui.widgets import News, action_of, column_of, label_of, row_of

_NAME = Qt.ItemDataRole.UserRole


class TagsPanel(QDialog):
    """The panel. `search_for(str)`: photos are to be searched by this query; `changed()`: photos
    have other tags now."""

    search_for = Signal(str)
    changed = Signal()

    def __init__(self, engine: Engine, parent: QWidget) -> None:
        super().__init__(parent)
        self._engine = engine
        self._photos: tuple[int, ...] = ()
        self.title, self.news = label_of("title-small"), News()
        self.tags = LineList()
        self.name = QLineEdit()
        self.name.setObjectName("field")
        self.name.setPlaceholderText(self.tr("A new tag"))
        self.name.setAccessibleName(self.tr("Name of a new tag"))
        self.name.setMaxLength(100)
        self.name.returnPressed.connect(self.add_typed)
        self.add = action_of(self, self.tr("Add"), "Ctrl+Return", self.add_typed)
        self.confirm = action_of(self, self.tr("This is right"), "Ctrl+Y", self.confirm_picked)
        self.reject_tag = action_of(self, self.tr("This is wrong"), "Delete", self.reject_picked)
        self.show_all = action_of(
            self, self.tr("Show all photos with it"), "Ctrl+F", self.show_picked
        )
        self.title.setBuddy(self.tags)
        self.tags.setAccessibleName(self.tr("Tags of the photo"))
        self.tags.currentRowChanged.connect(self._show_possible)
        typed = row_of(self.add, main=self.add)
        typed.insertWidget(0, self.name, 1)
        typed.takeAt(typed.count() - 1)  # the field takes what room is left
        column = column_of(self)
        column.addWidget(self.title)
        column.addLayout(typed)
        column.addWidget(self.tags, 1)
        column.addLayout(row_of(self.confirm, self.reject_tag, self.show_all))
        column.addWidget(self.news)
        self.setWindowTitle(self.tr("Tags"))
        self.resize(500, 480)
        self.show_photos(())

    def show_photos(self, photo_ids: Sequence[int]) -> None:
        """Show the tags of the first of these photos; what is said counts for all of them."""
        if tuple(photo_ids) == self._photos and self._photos:
            self.look()
            return
        self._photos = tuple(photo_ids)
        self.news.clear()
        if not self._photos:
            self.title.setText(self.tr("Pick a photo to see its tags."))
        elif len(self._photos) == 1:
            self.title.setText(self.tr("Tags of this photo"))
        else:
            text = self.tr("{n} photos are picked. Tags of the first; a new one is given to all.")
            self.title.setText(text.format(n=words.number(len(self._photos))))
        self.look()

    def look(self) -> None:
        """Ask how it stands now."""
        if not self._photos:
            self.tags.say_empty("")
            self._show(())
        else:
            self._engine.ask(GetTags(self._photos[0]), self._answered, newest="tags")

    def _answered(self, reply: Reply) -> None:
        if isinstance(reply, Tags):
            self.tags.say_empty(self.tr("It has no tags yet."))
            self._show(reply.tags)
        elif isinstance(reply, Error):
            self.news.setText(sentence(reply))

    def _show(self, tags: Sequence[TagOf]) -> None:
        picked = self._picked()
        self.tags.clear()
        said: set[str] = set()
        for tag in tags:
            if tag.name in said:
                continue
            said.add(tag.name)
            item = QListWidgetItem(f"{tag.name}\n{self._who(tag)}")
            item.setData(_NAME, tag.name)
            self.tags.addItem(item)
            if tag.name == picked:
                self.tags.setCurrentItem(item)
        self._show_possible()

    def _who(self, tag: TagOf) -> str:
        if tag.source == "user":
            return self.tr("yours")
        if tag.source == "file":
            return self.tr("from the file")
        sure = round(100 * (tag.confidence or 0))
        return self.tr("found, {percent} % sure").format(percent=sure)

    def _picked(self) -> str:
        item = self.tags.currentItem()
        return str(item.data(_NAME)) if item is not None else ""

    def _show_possible(self) -> None:
        for action in (self.confirm, self.reject_tag, self.show_all):
            action.setEnabled(bool(self._picked()))
        self.add.setEnabled(bool(self._photos))
        self.name.setEnabled(bool(self._photos))

    def add_typed(self) -> None:
        """Give the photos the tag that was typed."""
        name = self.name.text().strip()
        if name and self._photos:
            self._say(name, on=True)
            self.name.clear()

    def confirm_picked(self) -> None:
        """Make the picked tag a person's own."""
        if name := self._picked():
            self._say(name, on=True)

    def reject_picked(self) -> None:
        """Take the picked tag away; it does not come back by itself."""
        if name := self._picked():
            self._say(name, on=False)

    def show_picked(self) -> None:
        """Have all photos with the picked tag shown."""
        if name := self._picked():
            self.search_for.emit(words.tag_query(name))

    def _say(self, name: str, *, on: bool) -> None:
        self._engine.ask(TagPhotos(self._photos, name, on), self._said)

    def _said(self, reply: Reply) -> None:
        if isinstance(reply, Error):
            self.news.setText(sentence(reply))
        elif isinstance(reply, Said):
            self.news.setText(reply.action or "")
            self.changed.emit()
            self.look()

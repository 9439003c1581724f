"""Teach a tag: mark photos that show it, read how well it is known, answer what it asks next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidgetItem,
    QWidget,
)

from photosearch.engine.replies import Error, Lesson, Lessons, Reply, Rows, Said
from photosearch.engine.requests import GetRows, Learn, Teach, Undo
from photosearch.gui import words
from photosearch.gui.engine import Engine
from photosearch.gui.engine_words import in_window
from photosearch.gui.lines import LineList
from photosearch.gui.pictures import PictureReader
from photosearch.gui.style import SPACE
from photosearch.gui.troubles import sentence
from photosearch.gui.widgets import News, action_of, column_of, label_of, row_of

_SIDE = 220  # pixels: of the photo that is asked about
_NAME = Qt.ItemDataRole.UserRole


class TeachPanel(QDialog):
    """The panel. `search_for(str)`: photos are to be searched by this query."""

    search_for = Signal(str)

    def __init__(self, engine: Engine, pictures: PictureReader, parent: QWidget) -> None:
        super().__init__(parent)
        self._engine, self._pictures = engine, pictures
        self._photos: tuple[int, ...] = ()
        self._asks: tuple[int, ...] = ()  # photos to ask about, the least sure first
        self._answered: set[int] = set()  # those that a person has answered or passed over
        self._shown: tuple[int, ...] = ()  # the one of them whose picture is to be seen
        self.title, self.question = label_of("title-small"), label_of("title-small")
        self.picture, self.news = QLabel(), News()
        self.name, self.list = QLineEdit(), LineList()
        self.name.setObjectName("field")
        self.name.setPlaceholderText(self.tr("A name, such as: our dog"))
        self.name.setAccessibleName(self.tr("Name of the tag"))
        self.name.setMaxLength(100)
        self.list.setAccessibleName(self.tr("Taught tags, and how well each is known"))
        self.shows = action_of(
            self, self.tr("They show it"), "Ctrl+Return", lambda: self._mark(True)
        )
        self.others = action_of(
            self, self.tr("They do not"), "Ctrl+Shift+Return", lambda: self._mark(False)
        )
        self.yes = action_of(self, self.tr("Yes"), "Ctrl+Y", lambda: self._answer(True))
        self.no = action_of(self, self.tr("No"), "Ctrl+N", lambda: self._answer(False))
        self.skip = action_of(self, self.tr("I do not know"), "Ctrl+K", lambda: self._answer(None))
        self.show_all = action_of(self, self.tr("Show all photos with it"), "Ctrl+F", self._find)
        self.undo = action_of(self, self.tr("Take back"), "Ctrl+Z", self._undo)
        self._build()
        self.name.textChanged.connect(self._name_changed)
        self.name.returnPressed.connect(lambda: self._mark(True))
        self.list.currentItemChanged.connect(self._picked)
        self.setWindowTitle(self.tr("Teach a tag"))
        self.resize(540, 700)
        self._show_possible()

    def _build(self) -> None:
        self.title.setBuddy(self.name)
        self.picture.setFixedHeight(_SIDE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.answers = QWidget()
        answers = row_of(self.yes, self.no, self.skip)
        answers.setContentsMargins(0, 0, 0, SPACE)
        self.answers.setLayout(answers)
        column = column_of(self)
        column.addWidget(self.title)
        column.addWidget(self.name)
        column.addLayout(row_of(self.shows, self.others, main=self.shows))
        column.addSpacing(SPACE)
        column.addWidget(self.question)
        column.addWidget(self.picture)
        column.addWidget(self.answers)
        column.addWidget(self.list, 1)
        column.addLayout(row_of(self.show_all, self.undo))
        column.addWidget(self.news)

    @property
    def tag(self) -> str:
        """The name that is taught now."""
        return " ".join(self.name.text().split())

    def set_photos(self, photo_ids: Sequence[int]) -> None:
        """The photos that are picked now."""
        self._photos = tuple(photo_ids)
        self._show_possible()

    def look(self, *, find: bool = False) -> None:
        """Ask how well the tags are known, and what is to be asked."""
        found = self.tag if find else ""
        self._engine.ask(
            Learn(self.tag, find), lambda reply: self._learned(reply, found), newest="lessons"
        )

    def _learned(self, reply: Reply, found: str) -> None:
        if isinstance(reply, Error):
            self.news.setText(sentence(reply))
        elif isinstance(reply, Lessons):
            self._show(reply.lessons)
            if found:
                self.news.clear()
                self.search_for.emit(words.tag_query(found))

    def _show(self, lessons: Sequence[Lesson]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        self.list.say_empty(
            self.tr("No tag was taught yet. What it is not sure of is asked here then.")
        )
        self._asks = ()
        for lesson in lessons:
            item = QListWidgetItem(self._line(lesson))
            item.setData(_NAME, lesson.name)
            item.setToolTip(item.text())
            self.list.addItem(item)
            if lesson.name == self.tag:
                self.list.setCurrentItem(item)
                self._asks = lesson.uncertain
        self.list.blockSignals(False)
        self._ask_next()

    def _line(self, lesson: Lesson) -> str:
        quality = in_window(lesson.quality)
        said = self.tr("{yes} show it, {no} do not. {quality}")
        about = said.format(
            yes=words.number(lesson.shows),
            no=words.number(lesson.others),
            quality=f"{quality[:1].upper()}{quality[1:]}.",
        )
        return f"{lesson.name}\n{about}"

    # --- what a person says ---

    def _name_changed(self) -> None:
        self._asks, self._answered = (), set()
        known = [self.list.item(row) for row in range(self.list.count())]
        if any(item.data(_NAME) == self.tag for item in known):
            self.look()
        self._ask_next()

    def _picked(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.name.setText(item.data(_NAME))

    def _mark(self, shows: bool) -> None:
        if self.tag and self._photos:
            self._engine.ask(Teach(self._photos, self.tag, shows), self._said)

    def _answer(self, shows: bool | None) -> None:
        if not self._asks:
            return
        photo_id = self._asks[0]
        self._answered.add(photo_id)
        self._ask_next()
        if shows is not None:
            self._engine.ask(Teach((photo_id,), self.tag, shows), self._said)

    def _undo(self) -> None:
        self._answered.clear()
        self._engine.ask(Undo(), self._said)

    def _find(self) -> None:
        if self.tag:
            self.news.setText(self.tr("Looking through all photos…"))
            self.look(find=True)

    def _said(self, reply: Reply) -> None:
        if isinstance(reply, Error):
            self.news.setText(sentence(reply))
        elif isinstance(reply, Said):
            self.news.setText(reply.action or self.tr("There is nothing to take back."))
            self.look()

    # --- what is asked next ---

    def _ask_next(self) -> None:
        self._asks = tuple(each for each in self._asks if each not in self._answered)
        self._show_possible()
        if self._asks[:1] != self._shown:
            self.picture.clear()
            self._shown = self._asks[:1]
        if self._asks:
            self._engine.ask(GetRows(self._asks[:1]), self._row_came, newest="asked photo")

    def _row_came(self, reply: Reply) -> None:
        if isinstance(reply, Rows) and reply.rows and self._asks:
            row = reply.rows[0]
            self.picture.setAccessibleName(words.file_name(row.path))
            self._pictures.read(
                row.thumbnail, lambda image: self._picture_came(row.photo_id, image)
            )

    def _picture_came(self, photo_id: int, image: QImage) -> None:
        if self._asks[:1] != (photo_id,) or image.isNull():
            return
        sharp = self.devicePixelRatioF()
        scaled = image.scaledToHeight(
            min(round(_SIDE * sharp), image.height()), Qt.TransformationMode.SmoothTransformation
        )
        scaled.setDevicePixelRatio(sharp)
        self.picture.setPixmap(QPixmap.fromImage(scaled))

    def _show_possible(self) -> None:
        named, asks = bool(self.tag), bool(self._asks)
        if not self._photos:
            text = self.tr("Pick photos that show something (five are enough), and name it:")
        elif len(self._photos) == 1:
            text = self.tr("One photo is picked. What does it show, or not show?")
        else:
            text = self.tr("{n} photos are picked. What do they show, or not show?")
        self.title.setText(text.format(n=words.number(len(self._photos))))
        for action in (self.shows, self.others):
            action.setEnabled(named and bool(self._photos))
        for action in (self.yes, self.no, self.skip):
            action.setEnabled(asks)
        self.show_all.setEnabled(named)
        question = self.tr("It is not sure of this photo. Does it show “{name}”?")
        self.question.setText(question.format(name=self.tag) if asks else "")
        for widget in (self.question, self.picture, self.answers):
            widget.setVisible(asks)

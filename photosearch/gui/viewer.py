"""One photo, large. Its pixels come from the engine; until they do, its thumbnail is shown."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from photosearch.engine.replies import Error, Pixels, Reply, Row
from photosearch.engine.requests import Preview, Region
from photosearch.gui import words
from photosearch.gui.canvas import Canvas
from photosearch.gui.dark_room import INK, darken
from photosearch.gui.engine import Engine
from photosearch.gui.photos import PhotosModel
from photosearch.gui.pictures import PictureReader
from photosearch.gui.region import RegionPicker
from photosearch.gui.style import SPACE
from photosearch.gui.troubles import sentence
from photosearch.gui.why import Why
from photosearch.gui.widgets import IconButton

_KEPT = 5  # pictures: this one, both neighbours, and where one came from
_SETTLE_MS = 150  # after the window changed its size, until pixels for it are asked for

_ARROWS = {
    **{Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0)},
    **{Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)},
}

Key = tuple[int, int, int]  # photo, width and height of the box


class Viewer(QWidget):
    """Shows photos of the model. `left()`: a person wants back to the grid; `shown(photo id)`:
    another photo is shown; `sharp(photo id)`: its own pixels are;
    `bare_left()`: a person wants more than the photo on the screen again;
    `menu_wanted(where)`: the menu of the photo; `part_chosen(region)`: what is like a part of it is
    to be found."""

    left = Signal()
    shown = Signal(int)
    sharp = Signal(int)
    menu_wanted = Signal(QPoint)
    part_chosen = Signal(Region)
    bare_left = Signal()

    def __init__(
        self,
        engine: Engine,
        photos: PhotosModel,
        pictures: PictureReader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine, self._photos, self._pictures = engine, photos, pictures
        self._photo = 0
        self._place = 0
        self._small_of = 0
        self._kept: OrderedDict[Key, QImage] = OrderedDict()
        self._error: Error | None = None
        self.bare = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        self._build()
        self.region = RegionPicker(self.canvas)
        self.region.chosen.connect(self._part_chosen)
        self.region.left.connect(self.leave_region)
        photos.rows_came.connect(self._describe)
        for signal in (photos.modelReset, photos.rowsInserted):
            signal.connect(self._find_again)
        photos.rowsRemoved.connect(self._after_removal)

    def _build(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Large view"))
        darken(self)
        self.back = IconButton("back", self.tr("Back to all photos (Esc)"), self, ink=INK)
        self.back.clicked.connect(self.left)
        self.name, self.date, self.position = QLabel(), QLabel(), QLabel()
        self.stars = QLabel()
        self.name.setObjectName("title")
        for label in (self.date, self.position):
            label.setObjectName("quiet")
        for label in (self.name, self.date):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.top = QWidget()
        self.scale = QLabel()
        self.scale.setObjectName("quiet")
        top = QHBoxLayout(self.top)
        top.setContentsMargins(SPACE, SPACE, 2 * SPACE, SPACE)
        top.setSpacing(SPACE + 4)
        for widget in (self.back, self.name, self.date):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(self.scale)
        top.addWidget(self.stars)
        top.addWidget(self.position)
        self._build_canvas()
        self.why = Why(self._engine)
        self.why.changed.connect(lambda: self.canvas.show_heat(self.why.picture, self.why.opacity))
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.why)
        self.previous = IconButton("back", self.tr("Previous photo (Left)"), self, ink=INK)
        self.next = IconButton("next", self.tr("Next photo (Right)"), self, ink=INK)
        self.back.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # keys do the same
        for button, step in ((self.previous, -1), (self.next, 1)):
            button.setIconSize(QSize(28, 28))
            button.setFixedSize(48, 72)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, by=step: self.step(by))

    def _build_canvas(self) -> None:
        self.canvas = Canvas()
        self.canvas.setAccessibleName(self.tr("The photo"))
        self.canvas.moved.connect(self._moved)
        self.canvas.painted.connect(lambda: self.sharp.emit(self._photo))
        self.canvas.resized.connect(self._resized)
        self.trouble = QLabel(self.canvas)
        self.trouble.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setWordWrap(True)
        self.trouble.setObjectName("title")
        self.hint = QLabel(self.canvas)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setStyleSheet("background: #101113; padding: 6px; border-radius: 6px;")
        self.hint.hide()

    @property
    def photo(self) -> int:
        """The photo that is shown."""
        return self._photo

    @property
    def place(self) -> int:
        """Where it stands among the photos."""
        return self._place

    def show_place(self, place: int) -> None:
        """Show the photo at a place."""
        self.region.hide()
        self.canvas.fit()
        self._place, self._photo, self._error = place, self._photos.ids[place], None
        self._describe()
        self._ask()
        self.why.look_at(self._photo)
        self.shown.emit(self._photo)

    def step(self, by: int) -> None:
        """Show the next photo, or the one before."""
        place = self._place + by
        if 0 <= place < len(self._photos.ids):
            self.show_place(place)

    def step_around(self, by: int) -> None:
        """As `step`; after the last one comes the first."""
        if count := len(self._photos.ids):
            self.show_place((self._place + by) % count)

    def set_bare(self, on: bool) -> None:
        """Nothing but the photo, or all that belongs to it."""
        self.bare = on
        for widget in (self.top, self.previous, self.next):
            widget.setVisible(not on)
        self.column.setContentsMargins(0, 0, 0, 0 if on else SPACE)

    def say(self, text: str) -> None:
        """A word over the photo; "": none."""
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        self.hint.adjustSize()
        self.hint.move(2 * SPACE, 2 * SPACE)

    def _moved(self) -> None:
        """Nearer, farther, elsewhere: what is looked at should be sharp."""
        percent = round(100 * self.canvas.scale)
        self.scale.setText(f"{words.number(percent)} %" if self.canvas.zoomed else "")
        self._resized()

    def event(self, event: QEvent) -> bool:
        # The window's own shortcuts on photos have the same keys.
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._takes(event):
            event.accept()
            return True
        return super().event(event)

    def _takes(self, event: QKeyEvent) -> bool:
        arrow = event.key() in _ARROWS and not event.modifiers()
        return (arrow and self.canvas.zoomed) or (event.key() == Qt.Key.Key_Escape and self.bare)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS and self.canvas.zoomed:
            self.canvas.push(*_ARROWS[key])
        elif key == Qt.Key.Key_Escape and self.bare:
            self.bare_left.emit()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.step(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def pick_region(self) -> None:
        """Let a part of the photo be picked, to search for what is like it."""
        self.region.start()

    def leave_region(self) -> None:
        """No part is wanted any more."""
        self.region.hide()
        self.setFocus()

    def _part_chosen(self, region: Region) -> None:
        self.region.hide()
        self.part_chosen.emit(region)

    def again(self) -> None:
        """Ask once more, if there is anything to be seen."""
        if self.isVisible() and self._photo:
            self._error = None
            self._ask()
            self.why.again()

    def stop(self) -> None:
        """Nothing is to be seen any more."""
        self._settle.stop()
        self.region.hide()
        self._engine.drop("preview")
        self.why.stop()
        self._kept.clear()
        self._small_of = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        middle = (self.height() - self.next.height()) // 2
        self.previous.move(SPACE, middle)
        self.next.move(self.width() - self.next.width() - SPACE, middle)
        self.trouble.setGeometry(QRect(60, 0, max(0, self.width() - 120), self.canvas.height()))

    def _resized(self) -> None:
        if self.isVisible() and self._photo:
            self._settle.start()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    # --- what is said of it ---

    def _describe(self) -> None:
        if not self._photo:
            return
        row = self._photos.row_of(self._photo)
        self.name.setText(words.file_name(row.path) if row else "")
        self.date.setText(words.date(row.taken_at) if row else "")
        heart = "♥ " if row and row.favourite else ""
        self.stars.setText(
            heart + ("★" * row.stars + "☆" * (5 - row.stars) if row and row.stars else "")
        )
        self.stars.setAccessibleName(words.stars(row.stars) if row else "")
        text = self.tr("{n} of {all}")
        count = len(self._photos.ids)
        self.position.setText(text.format(n=words.number(self._place + 1), all=words.number(count)))
        self.previous.setEnabled(self._place > 0)
        self.next.setEnabled(self._place < count - 1)
        if row is not None:
            self.setAccessibleDescription(words.spoken(row))
            self._show_small(row)

    def _find_again(self) -> None:
        place = self._photos.place_of(self._photo) if self._photo else None
        if place is not None:
            self._place = place
            self._describe()
        elif self._photo and self.isVisible():
            self.left.emit()

    def _after_removal(self) -> None:
        """Where the photo itself went away (to the trash), the next one takes its place."""
        left = len(self._photos.ids)
        gone = bool(self._photo) and self._photos.place_of(self._photo) is None
        if gone and left and self.isVisible():
            self.show_place(min(self._place, left - 1))
        else:
            self._find_again()

    # --- its pixels ---

    def _key(self, photo_id: int) -> Key:
        nearer = photo_id == self._photo
        box = self.canvas.wanted() if nearer else self.canvas.box()
        return (photo_id, box.width(), box.height())

    def _ask(self) -> None:
        key = self._key(self._photo)
        self.trouble.setVisible(False)
        if key in self._kept:
            self._show(key)
            return
        mine = (each for each in self._kept if each[0] == self._photo)
        other = max(mine, key=lambda each: each[1] * each[2], default=None)
        if other is not None:
            self.canvas.show_picture(self._kept[other], self._full(), sharp=False)
        elif self._small_of != self._photo:
            self.canvas.show_picture(QImage(), QSize(), sharp=False)
            if (row := self._photos.row_of(self._photo)) is not None:
                self._show_small(row)
        request = Preview(*key)
        self._engine.ask(request, lambda reply: self._came(key, reply, 1), newest="preview")

    def _came(self, key: Key, reply: Reply, tries: int) -> None:
        if isinstance(reply, Pixels):
            self._pictures.read(reply.file, lambda image: self._read(key, image, tries))
        elif isinstance(reply, Error) and key[0] == self._photo:
            if reply.code == "superseded" and tries:
                self._try_again(key, tries)
            else:
                self._cannot(reply)

    def _read(self, key: Key, image: QImage, tries: int) -> None:
        if not image.isNull():
            self._keep(key, image)
            if key == self._key(self._photo):
                self._show(key)
        elif key[0] == self._photo and tries:  # newer ones were made since: it is gone
            self._try_again(key, tries)
        elif key[0] == self._photo:
            self._cannot(Error("no-pixels", self.tr("It could not be read"), ""))

    def _try_again(self, key: Key, tries: int) -> None:
        self._engine.ask(
            Preview(*key), lambda reply: self._came(key, reply, tries - 1), newest="preview"
        )

    def _keep(self, key: Key, image: QImage) -> None:
        box = self.canvas.box().toTuple()
        if key[1:] != box:  # of those seen from near, which are large, one is enough
            for each in [each for each in self._kept if each[1:] != box]:
                del self._kept[each]
        self._kept[key] = image
        self._kept.move_to_end(key)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def _show(self, key: Key) -> None:
        self._error = None
        self._kept.move_to_end(key)
        self.canvas.show_picture(self._kept[key], self._full(), sharp=True)
        self._look_ahead([self._place + 1, self._place - 1])

    def _look_ahead(self, places: list[int]) -> None:
        """Have the neighbours ready, one after the other."""
        while places:
            place = places.pop(0)
            if not 0 <= place < len(self._photos.ids):
                continue
            key = self._key(self._photos.ids[place])
            if key in self._kept:
                continue
            self._photos.row_of(key[0])

            def came(reply: Reply, key: Key = key) -> None:
                if isinstance(reply, Pixels):
                    self._pictures.read(reply.file, lambda image: self._ahead(key, image))
                    self._look_ahead(places)

            self._engine.ask(Preview(*key, ahead=True), came, newest="ahead")
            return

    def _ahead(self, key: Key, image: QImage) -> None:
        if not image.isNull() and self.isVisible():
            self._keep(key, image)

    def _full(self) -> QSize:
        row = self._photos.row_of(self._photo)
        return QSize(row.width, row.height) if row else QSize()

    def _show_small(self, row: Row) -> None:
        """Its thumbnail, enlarged, until its pixels come."""
        photo_id = row.photo_id
        if self._small_of == photo_id or not self.canvas.picture.isNull():
            return
        self._small_of = photo_id

        def came(image: QImage) -> None:
            if photo_id == self._photo and self.canvas.picture.isNull() and not self._error:
                self.canvas.show_picture(image, QSize(row.width, row.height), sharp=False)

        self._pictures.read(row.thumbnail, came)

    def _cannot(self, error: Error) -> None:
        self._error = error
        title = self.tr("This photo cannot be shown")
        self.trouble.setText(f"{title}\n\n{sentence(error)}")
        self.trouble.setVisible(True)
        self.canvas.show_picture(QImage(), QSize(), sharp=False)

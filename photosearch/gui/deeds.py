"""What a person does with photos: rate, make a favourite, take back, open, show, copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage

from photosearch.engine.replies import Error, Pixels, Reply, Row, Rows, Said
from photosearch.engine.requests import Favourite, GetRows, Preview, Rate, Request, Undo
from photosearch.gui import desktop, words
from photosearch.gui.engine import Engine
from photosearch.gui.engine_words import in_window
from photosearch.gui.photos import PhotosModel
from photosearch.gui.pictures import PictureReader
from photosearch.gui.rows import Change

_COPY_SIDE = 2000  # pixels: as large as a picture is copied, at most
_SHOWN_AT_ONCE = 20  # files that a file manager is asked to show


class Deeds(QObject):
    """`done(text)`: it was done, a word about it; `failed(Error)`: it could not be done;
    `said()`: something of photos is another now; `changed()`: which photos there are, or what a
    search finds, may be another now, too."""

    done = Signal(str)
    said = Signal()
    failed = Signal(object)
    changed = Signal()

    def __init__(
        self,
        engine: Engine,
        photos: PhotosModel,
        pictures: PictureReader,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine, self._photos, self._pictures = engine, photos, pictures

    def rate(self, ids: Sequence[int], stars: int) -> None:
        """Give photos stars; they are shown at once."""
        self._say(Rate(tuple(ids), stars), ids, Change(stars=stars))

    def favourite(self, ids: Sequence[int], on: bool) -> None:
        """Make photos favourites, or no longer; shown at once."""
        self._say(Favourite(tuple(ids), on), ids, Change(favourite=on))

    def undo(self) -> None:
        """Take the last change back, whatever it was."""

        def answered(reply: Reply) -> None:
            if isinstance(reply, Said):
                nothing = self.tr("There is nothing to take back.")
                text = self.tr("Taken back: {what}")
                self.done.emit(
                    text.format(what=in_window(reply.action)) if reply.action else nothing
                )
                self._photos.refresh()
                self.changed.emit()
            elif isinstance(reply, Error):
                self.failed.emit(reply)

        self._engine.ask(Undo(), answered)

    def open(self, photo_id: int) -> None:
        """Open a photo with the person's own program."""

        def then(rows: Sequence[Row]) -> None:
            if not desktop.open_file(rows[0].path):
                what = self.tr("No program could be found that opens {name}")
                name = words.file_name(rows[0].path)
                todo = self.tr("Show it in its folder and open it from there.")
                self.failed.emit(Error("no-program", what.format(name=name), todo))

        self.with_rows([photo_id], then)

    def show_in_folder(self, ids: Sequence[int]) -> None:
        """Show the files of photos in the file manager."""
        self.with_rows(
            ids[:_SHOWN_AT_ONCE],
            lambda rows: desktop.show_in_folder([row.path for row in rows], self),
        )

    def copy_paths(self, ids: Sequence[int]) -> None:
        """Put where photos lie on the clipboard, one line each."""

        def then(rows: Sequence[Row]) -> None:
            QGuiApplication.clipboard().setText("\n".join(row.path for row in rows))
            one, many = self.tr("Path copied"), self.tr("{n} paths copied")
            self.done.emit(one if len(rows) == 1 else many.format(n=words.number(len(rows))))

        self.with_rows(ids, then)

    def copy_picture(self, photo_id: int) -> None:
        """Put a photo on the clipboard: its picture, and its file."""

        def with_row(rows: Sequence[Row]) -> None:
            ask = Preview(photo_id, _COPY_SIDE, _COPY_SIDE)
            self._engine.ask(ask, lambda reply: with_pixels(rows[0], reply, 2))

        def with_pixels(row: Row, reply: Reply, tries: int) -> None:
            if isinstance(reply, Pixels):
                self._pictures.read(reply.file, lambda image: self._copy(row, image))
            elif isinstance(reply, Error) and reply.code == "superseded" and tries:
                ask = Preview(photo_id, _COPY_SIDE, _COPY_SIDE)
                self._engine.ask(ask, lambda reply: with_pixels(row, reply, tries - 1))
            elif isinstance(reply, Error):
                self.failed.emit(reply)

        self.with_rows([photo_id], with_row)

    def _copy(self, row: Row, image: QImage) -> None:
        data = QMimeData()
        if not image.isNull():
            data.setImageData(image)
        data.setUrls([desktop.url(row.path)])
        QGuiApplication.clipboard().setMimeData(data)
        self.done.emit(self.tr("Picture copied"))

    def _say(self, request: Request, ids: Sequence[int], change: Change) -> None:
        answered = self._photos.say(ids, change)

        def came(reply: Reply) -> None:
            answered(isinstance(reply, Said))
            self.said.emit()
            if isinstance(reply, Error):
                self.failed.emit(reply)

        self._engine.ask(request, came)

    def with_rows(self, ids: Sequence[int], then: Callable[[Sequence[Row]], None]) -> None:
        """Do something with what is known of photos, once it is."""

        def answered(reply: Reply) -> None:
            if isinstance(reply, Rows) and reply.rows:
                then(reply.rows)
            elif isinstance(reply, Error):
                self.failed.emit(reply)

        if ids:
            self._engine.ask(GetRows(tuple(ids)), answered)

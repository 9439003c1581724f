"""Two photos of a group side by side, with what is said of each over it."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from photosearch.engine.replies import DuplicateFile, DuplicateGroup, Pixels, Reply
from photosearch.engine.requests import Preview
from photosearch.gui import words
from photosearch.gui.duplicate_captions import Caption, why_kept, why_there
from photosearch.gui.engine import Engine
from photosearch.gui.pictures import PictureReader
from photosearch.gui.side_by_side import SideBySide
from photosearch.gui.style import SPACE
from photosearch.gui.widgets import IconButton

_PIXELS = "duplicates' pixels"
_SIDE = 1600  # pixels: as large as a photo is looked at here
_SMALLER = 0.98  # of the pixels of another: what has fewer is smaller


class Pair(QWidget):
    """The photo to keep on the left, another one on the right: first their thumbnails, then their
    own pixels as soon as these have come."""

    def __init__(self, engine: Engine, pictures: PictureReader) -> None:
        super().__init__()
        self._engine, self._pictures = engine, pictures
        self._small: dict[int, QImage] = {}
        self._sharp: dict[int, QImage] = {}
        self._shown: tuple[DuplicateFile, DuplicateFile] | None = None
        self.before = IconButton("back", self.tr("Photo before"))
        self.after = IconButton("next", self.tr("Next photo of the group"))
        self.place = QLabel()
        self.place.setObjectName("quiet")
        self.left = Caption(main=True)
        self.right = Caption(self.before, self.place, self.after)
        self.view = SideBySide()
        self.view.setAccessibleName(self.tr("The photo to keep, and another one"))
        captions = QHBoxLayout()
        captions.setSpacing(2 * SPACE)
        captions.addWidget(self.left, 1)
        captions.addWidget(self.right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(captions)
        column.addWidget(self.view, 1)

    def show_pair(self, group: DuplicateGroup, place: int) -> None:
        """Show what is kept of a group, and the other one at a place."""
        other = group.others[place]
        self._shown = group.keep, other
        self._say(group, place)
        self._show_place(place, len(group.others))
        wanted = {file.photo_id: file for file in self._shown}
        for kept in (self._small, self._sharp):
            for photo_id in kept.keys() - wanted.keys():
                del kept[photo_id]
        self._paint()
        missing = [file for file in wanted.values() if file.photo_id not in self._sharp]
        for file in missing:
            self._read(file, file.thumbnail, self._small)
        self._ask_for_pixels(missing)

    def clear(self) -> None:
        """There are no photos."""
        self.forget()
        self._shown = None
        self._show_place(0, 0)
        self.left.clear()
        self.right.clear()
        self.view.show_pictures(QImage(), QImage())

    def forget(self) -> None:
        """It is not looked at any more: let the pictures go, and ask for none."""
        self._engine.drop(_PIXELS)
        self._small.clear()
        self._sharp.clear()

    def _say(self, group: DuplicateGroup, place: int) -> None:
        keep, other = group.keep, group.others[place]
        fewer = other.width * other.height < _SMALLER * keep.width * keep.height
        smaller = [self.tr("smaller")] if fewer and group.kind == "duplicate" else []
        points = [why_there(other, *smaller)]
        points += [self.tr("Protected: it stays.")] if other.protected else []
        points += [self.tr("Black: where both are equal.")] if self.view.difference else []
        kind = {
            "duplicate": self.tr("Duplicate"),
            "edited-copy": self.tr("Edited copy"),
            "similar-shot": self.tr("Similar shot"),
        }[group.kind]
        self.left.say(self.tr("Keep"), keep, why_kept(keep))
        self.right.say(kind, other, "\n".join(points))
        self.view.setAccessibleDescription(f"{self.left.text}\n{self.right.text}")

    def _show_place(self, place: int, count: int) -> None:
        """Which of the others is shown, where there are several."""
        text = self.tr("{n} of {all}")
        self.place.setText(text.format(n=words.number(place + 1), all=words.number(count)))
        for widget in (self.before, self.place, self.after):
            widget.setVisible(count > 1)
        self.before.setEnabled(place > 0)
        self.after.setEnabled(place < count - 1)

    def _read(self, file: DuplicateFile, picture: str, into: dict[int, QImage]) -> None:
        """Read a picture of a photo, to be shown if the photo still is."""

        def came(image: QImage) -> None:
            shown = [each.photo_id for each in self._shown or ()]
            if file.photo_id in shown and not image.isNull():
                into[file.photo_id] = image
                self._paint()

        self._pictures.read(picture, came)

    def _paint(self) -> None:
        if self._shown is not None:
            ids = [each.photo_id for each in self._shown]
            images = [self._sharp.get(each) or self._small.get(each) or QImage() for each in ids]
            self.view.show_pictures(images[0], images[1], self._shown[1].laid)

    def _ask_for_pixels(self, files: list[DuplicateFile]) -> None:
        """Ask for the photos' own pixels, one after the other: a newer request would take the place
        of one that waits."""
        if not files or not self.isVisible():
            return
        file, *later = files

        def came(reply: Reply) -> None:
            if isinstance(reply, Pixels):
                self._read(file, reply.file, self._sharp)
            self._ask_for_pixels(later)

        self._engine.ask(Preview(file.photo_id, _SIDE, _SIDE), came, newest=_PIXELS)

"""Thumbnails: read and cut to the grid's squares by threads, kept as far as memory is granted.

What is on the screen is read first; what has scrolled away is not read any more. Of what had to be
let go a few pixels are kept, to stand blurred in its place until it is read again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QBrush, QImage, QImageReader, QPainter, QPixmap

_THREADS = 2
_BYTES = 192 * 1024 * 1024
_BLUR, _BLURS = 8, 50_000  # pixels of a side; how many are kept (some 20 MB)


@dataclass(frozen=True)
class Wanted:
    """A thumbnail to read: `file` is its picture."""

    photo_id: int
    file: str


class Thumbnails(QObject):
    """Square thumbnails by photo id. `came(photo id)`: it was read, or cannot be."""

    came = Signal(int)

    _read = Signal(object, QImage)

    def __init__(self, parent: QObject | None = None, limit: int = _BYTES) -> None:
        super().__init__(parent)
        self._limit = limit
        self._bytes = 0
        self._pictures: OrderedDict[int, tuple[QPixmap, int, str]] = OrderedDict()
        self._blurs: OrderedDict[int, QPixmap] = OrderedDict()
        self._failed: dict[int, str] = {}
        self._side, self._radius = 0, 0.0
        self._todo = _Todo()
        self._pool = QThreadPool(self)
        self._pool.setObjectName("thumbnails")
        self._pool.setMaxThreadCount(_THREADS)
        self._read.connect(self._on_read, Qt.ConnectionType.QueuedConnection)

    def set_side(self, side: int, radius: float) -> None:
        """From now on thumbnails have this side and corners of this radius, in device pixels.
        Others are still shown until those have come."""
        if (side, radius) != (self._side, self._radius):
            self._side, self._radius = side, radius
            self._todo.start_over()
            self._failed.clear()

    @property
    def side(self) -> int:
        """The side that thumbnails are read at, in device pixels."""
        return self._side

    def get(self, photo_id: int, file: str | None) -> tuple[QPixmap | None, bool]:
        """The thumbnail to show, if there is one, and whether it must (also) be read from `file`
        (None: that is not known)."""
        entry = self._pictures.get(photo_id)
        if entry is None:
            return None, file is not None and self._failed.get(photo_id) != file
        self._pictures.move_to_end(photo_id)
        picture, side, of_file = entry
        return picture, file is not None and (side != self._side or of_file != file)

    def blurred(self, photo_id: int) -> QPixmap | None:
        """The few pixels that are kept of a thumbnail that was let go."""
        return self._blurs.get(photo_id)

    def is_broken(self, photo_id: int) -> bool:
        """Whether it could not be read."""
        return photo_id in self._failed

    def want(self, wanted: Sequence[Wanted]) -> None:
        """Read these, which are on the screen, in this order, and nothing else."""
        self._todo.replace(wanted, self._side, self._radius)
        for _ in range(self._todo.hire()):
            self._pool.start(self._work)

    def try_again(self) -> None:
        """What could not be read may be there now."""
        self._failed.clear()

    def close(self) -> None:
        """Stop reading, and wait for the threads."""
        self._todo.start_over()
        self._pool.waitForDone()
        self._todo.start_over()  # what was read meanwhile is not told

    def _work(self) -> None:
        while (task := self._todo.take()) is not None:
            self._read.emit(task, square(task.wanted.file, task.side, task.radius))

    @Slot(object, QImage)
    def _on_read(self, task: _Task, image: QImage) -> None:
        if task.generation != self._todo.generation:
            return
        photo_id, file = task.wanted.photo_id, task.wanted.file
        self._todo.done(photo_id)
        if image.isNull():
            self._failed[photo_id] = file
        else:
            self._failed.pop(photo_id, None)
            self._forget(photo_id)
            picture = QPixmap.fromImage(image)
            self._pictures[photo_id] = (picture, task.side, file)
            self._bytes += _size(picture)
            while self._bytes > self._limit and len(self._pictures) > 1:
                self._let_go(next(iter(self._pictures)))
        self.came.emit(photo_id)

    def _let_go(self, photo_id: int) -> None:
        picture, fill = self._pictures[photo_id][0], Qt.AspectRatioMode.IgnoreAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        self._blurs[photo_id] = picture.scaled(_BLUR, _BLUR, fill, smooth)
        self._forget(photo_id)
        if len(self._blurs) > _BLURS:
            self._blurs.popitem(last=False)

    def _forget(self, photo_id: int) -> None:
        entry = self._pictures.pop(photo_id, None)
        if entry is not None:
            self._bytes -= _size(entry[0])


@dataclass(frozen=True)
class _Task:
    """Read `wanted` at this side and radius. The generation tells what was asked for before the
    size changed."""

    wanted: Wanted
    side: int
    radius: float
    generation: int


class _Todo:
    """What is to be read, shared with the threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tasks: list[_Task] = []
        self._taken: set[int] = set()
        self._readers = 0
        self.generation = 0

    def replace(self, wanted: Sequence[Wanted], side: int, radius: float) -> None:
        """Read these, in this order, and nothing else."""
        with self._lock:
            self._tasks = [
                _Task(each, side, radius, self.generation)
                for each in reversed(wanted)
                if each.photo_id not in self._taken
            ]

    def start_over(self) -> None:
        """Nothing of what was asked for is wanted any more."""
        with self._lock:
            self._tasks = []
            self._taken = set()
            self.generation += 1

    def hire(self) -> int:
        """How many more readers should work; they count as working now."""
        with self._lock:
            more = max(0, min(_THREADS, len(self._tasks)) - self._readers)
            self._readers += more
            return more

    def take(self) -> _Task | None:
        """The next to read; None: the reader ends."""
        with self._lock:
            if not self._tasks:
                self._readers -= 1
                return None
            task = self._tasks.pop()
            self._taken.add(task.wanted.photo_id)
            return task

    def done(self, photo_id: int) -> None:
        """It was read, and what was read is known in the GUI thread."""
        with self._lock:
            self._taken.discard(photo_id)


def _size(picture: QPixmap) -> int:
    return picture.width() * picture.height() * picture.depth() // 8


def square(file: str, side: int, radius: float) -> QImage:
    """The middle of a picture as a square with round corners, all in pixels; a null image where it
    cannot be read."""
    reader = QImageReader(file)
    size = reader.size()
    if not size.isValid():
        return QImage()
    scale = size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    reader.setScaledSize(scale)
    reader.setScaledClipRect(
        QRect((scale.width() - side) // 2, (scale.height() - side) // 2, side, side)
    )
    picture = reader.read()
    if picture.isNull() or radius <= 0:
        return picture
    rounded = QImage(picture.size(), QImage.Format.Format_ARGB32_Premultiplied)
    rounded.fill(Qt.GlobalColor.transparent)
    with QPainter(rounded) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(picture))
        painter.drawRoundedRect(QRectF(rounded.rect()), radius, radius)
    return rounded

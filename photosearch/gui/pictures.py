"""Picture files read by a thread: what the engine has decoded, and thumbnails at their own size."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage, QImageReader

Then = Callable[[QImage], None]


class PictureReader(QObject):
    """Reads picture files; what is to be done then happens in the GUI thread."""

    _read = Signal(object, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setObjectName("pictures")
        self._pool.setMaxThreadCount(2)
        self._closed = False
        self._read.connect(self._on_read, Qt.ConnectionType.QueuedConnection)

    def read(self, file: str, then: Then) -> None:
        """Read a file, then call `then` with the picture (a null image where it cannot be read)."""
        self._pool.start(lambda: self._read.emit(then, QImageReader(file).read()))

    def close(self) -> None:
        """Wait for what is being read; nothing is called any more."""
        self._pool.clear()
        self._pool.waitForDone()
        self._closed = True

    @Slot(object, QImage)
    def _on_read(self, then: Then, image: QImage) -> None:
        if not self._closed:
            then(image)

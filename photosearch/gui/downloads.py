"""A model that is downloaded: by a child, which alone opens a connection."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from photosearch.engine.client import DownloadClient
from photosearch.engine.replies import Error
from photosearch.progress import Progress


class Downloads(QObject):
    """One download at a time. `changed()`: it began, or is further on; `ended(name, Error | None)`:
    it is over, and well where there is no error (also where it was cancelled)."""

    changed = Signal()
    ended = Signal(str, object)

    _said = Signal(int, object)
    _over = Signal(int, int)

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._client: DownloadClient | None = None
        self._number = 0
        self._error: Error | None = None
        self.name = ""
        self.progress: Progress | None = None
        self.cancelled = False
        self._said.connect(self._on_said, Qt.ConnectionType.QueuedConnection)
        self._over.connect(self._on_over, Qt.ConnectionType.QueuedConnection)

    @property
    def pid(self) -> int | None:
        """The child's process id."""
        return self._client.pid if self._client else None

    def start(self, name: str) -> None:
        """Download a model, or go on with it; nothing where one is under way."""
        if self._client is not None:
            return
        self._number += 1
        number = self._number
        self.name, self.progress, self._error, self.cancelled = name, None, None, False
        try:
            self._client = DownloadClient(
                self._library,
                name,
                lambda event: self._said.emit(number, event),
                lambda code: self._over.emit(number, code),
            )
        except OSError as error:
            what = self.tr("No process could be started ({why})").format(why=error.strerror)
            self.name, failed = "", Error("no-process", what, self.tr("Try again."))
            self.ended.emit(name, failed)
        self.changed.emit()

    def cancel(self) -> None:
        """Stop it; what is here is kept."""
        if self._client is not None:
            self.cancelled = True
            self._client.cancel()
            self.changed.emit()

    def close(self) -> None:
        """The window closes: stop it and wait for that."""
        client, self._client = self._client, None
        self._number += 1
        if client is not None:
            client.stop()

    @Slot(int, object)
    def _on_said(self, number: int, event: Progress | Error) -> None:
        if number != self._number:
            return
        if isinstance(event, Error):
            self._error = event
        else:
            self.progress = event
        self.changed.emit()

    @Slot(int, int)
    def _on_over(self, number: int, code: int) -> None:
        if number != self._number:
            return
        if self._client is not None:
            self._client.stop()
        self._client = None
        name, self.name = self.name, ""
        error = None if self.cancelled or not code else self._error
        if code and error is None and not self.cancelled:
            what = self.tr("The download stopped unexpectedly")
            error = Error("download-died", what, self.tr("Try again: it goes on from there."))
        self.ended.emit(name, error)
        self.changed.emit()

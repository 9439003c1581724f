"""What the window knows of the library: asked for, and watched while somebody else changes it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from photosearch.engine.replies import Error, LibraryState, Reply
from photosearch.engine.requests import GetLibrary
from photosearch.gui.engine import Engine

_EVERY_MS = 1000


class LibraryWatch(QObject):
    """The state of the library. `changed()`: it was answered anew, or with an error."""

    changed = Signal()

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self.state: LibraryState | None = None
        self.error: Error | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._watching = self._lost = False

    def look(self) -> None:
        """Ask how it stands now. An answer to an older question counts no more."""
        self._engine.ask(GetLibrary(), self._answered, newest="library")

    def watch(self, on: bool) -> None:
        """Ask every second, or no longer."""
        self._watching = on
        self._go_on()

    def lost(self) -> None:
        """The server of a shared library does not answer: ask every second until it does."""
        self._lost = True
        self._go_on()

    def stop(self) -> None:
        """Ask no more."""
        self._lost = False
        self.watch(False)

    def _go_on(self) -> None:
        if not (self._watching or self._lost):
            self._timer.stop()
        elif not self._timer.isActive() and not self._engine.waits("library"):
            self._timer.start()

    def _answered(self, reply: Reply) -> None:
        if isinstance(reply, LibraryState):
            self.state, self.error, self._lost = reply, None, False
        elif isinstance(reply, Error) and reply.code != "engine-died":
            self.error = reply
        self.changed.emit()
        self._go_on()

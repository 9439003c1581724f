"""The engine as a QObject: requests go out, answers come back in the GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal, Slot

from photosearch.engine.client import EngineClient
from photosearch.engine.messages import Message
from photosearch.engine.replies import Error, Reply, SearchState
from photosearch.engine.requests import Cancel, Request
from photosearch.gui.requests import Answer, Requests

GONE = "server-gone"
"""The error where the server of a shared library does not answer."""


class Engine(QObject):
    """The engine of one library. Has no Qt parent: threads of its client hold it, so it must live
    as long as Python says.

    `search_changed(SearchState)`: how searching stands. `restarted()`: it died, all that was under
    way was answered by errors, a new one runs. `gave_up()`: it dies at once, again and again.
    `server_gone()`: the server of a shared library does not answer.
    """

    search_changed = Signal(object)
    restarted = Signal()
    gave_up = Signal()
    server_gone = Signal()

    _arrived = Signal(int, object)
    _ended = Signal(bool)

    def __init__(self, library: Path) -> None:
        """Start it. Raises OSError where no process can be started."""
        super().__init__()
        self._requests = Requests()
        self._closed = False
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._client = EngineClient(library, self._arrived.emit, self._ended.emit)

    @property
    def pid(self) -> int | None:
        """Its process id; None where it was given up."""
        return self._client.pid

    def ask(self, request: Request, answer: Answer, newest: str | None = None) -> None:
        """Send a request; `answer` is called with its reply, never before this returns. `newest`
        names a kind of which only the last request's answer is wanted."""
        number = self._client.ask(request)
        replaced = self._requests.add(number, answer, newest)
        if replaced is not None:
            self._client.ask(Cancel(replaced))

    def drop(self, kind: str) -> None:
        """The answer to the newest request of a kind is not wanted any more."""
        number = self._requests.drop(kind)
        if number is not None:
            self._client.ask(Cancel(number))

    def waits(self, kind: str) -> bool:
        """Whether the newest request of a kind is under way."""
        return self._requests.waits(kind)

    def restart(self) -> None:
        """Try once more after `gave_up`; `restarted` follows."""
        self._client.restart()
        self._ended.emit(True)

    def close(self) -> None:
        """End it and wait until it is gone; nothing is answered any more."""
        self._closed = True  # what has come already, but was not yet told
        self._client.close()

    @Slot(int, object)
    def _on_arrived(self, number: int, message: Message) -> None:
        if self._closed:
            return
        if isinstance(message, SearchState):
            self.search_changed.emit(message)
        else:
            self._requests.arrived(number, cast(Reply, message))
            if isinstance(message, Error) and message.code == GONE:
                self.server_gone.emit()

    @Slot(bool)
    def _on_ended(self, again: bool) -> None:
        if self._closed:
            return
        if again:
            self.restarted.emit()
        else:
            self.gave_up.emit()

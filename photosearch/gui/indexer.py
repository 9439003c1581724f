"""The run that looks at folders: ours (a child of this window) or one found in the background."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from photosearch.engine.client import IndexerClient, IndexerEvent
from photosearch.engine.replies import Error, IndexerState, Reply
from photosearch.engine.requests import SteerIndexer
from photosearch.gui.engine import Engine
from photosearch.gui.pace import Pace, Standing
from photosearch.progress import Done, FileFailed, Note, Progress

Folders = tuple[str, ...]
_SHOW_MS = 250
_REFUSED = 3  # times in a row that another run was in the way, and then could not be found


@dataclass(frozen=True)
class Run:
    """A run that goes on. `state`: running, paused or stopping; `ours`: this window's child."""

    ours: bool
    state: str
    standing: Standing


@dataclass
class Ending:
    """How our run ended. `kind`: done, stopped, died, error, or waiting (another run is at work;
    it begins anew when that is over)."""

    kind: str
    folders: Folders
    done: Done | None = None
    error: Error | None = None
    notes: list[Note] = field(default_factory=list)
    failed: list[FileFailed] = field(default_factory=list)


class Indexer(QObject):
    """`changed()`: there is something new to show of the run; `photos_came()`: some were
    finished; `ended(Ending | None)`: it is over (None: one in the background is)."""

    changed = Signal()
    photos_came = Signal()
    ended = Signal(object)
    refused = Signal(object)

    _said = Signal(int, object)
    _over = Signal(int, int)

    def __init__(self, library: Path, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._engine = library, engine
        self._client: IndexerClient | None = None
        self._number = 0
        self._ending = Ending("died", ())
        self._state = "running"
        self._background: str | None = None
        self._pace = Pace()
        self._waiting: list[Folders] = []
        self._left: list[Folders] = []  # by runs that ended too early
        self._refusals = 0
        self._died = False
        self._show = QTimer(self)
        self._show.setInterval(_SHOW_MS)
        self._show.timeout.connect(self.changed)
        self._said.connect(self._on_said, Qt.ConnectionType.QueuedConnection)
        self._over.connect(self._on_over, Qt.ConnectionType.QueuedConnection)

    @property
    def run(self) -> Run | None:
        """The run that goes on, if there is one."""
        if self._client is None and self._background is None:
            return None
        standing = self._pace.standing(time.monotonic())
        if self._client is not None:
            return Run(True, self._state, standing)
        return Run(False, self._background or "running", standing)

    @property
    def ours(self) -> bool:
        """Whether a child of this window is at work."""
        return self._client is not None

    @property
    def waiting(self) -> bool:
        """Whether a run begins when another one is over."""
        return bool(self._waiting)

    @property
    def pid(self) -> int | None:
        """The process id of our child."""
        return self._client.pid if self._client else None

    def start(self, folders: Sequence[str] = ()) -> None:
        """Add folders to the library and look at them (none: at all again), now or when the run
        that goes on is over."""
        if tuple(folders) not in self._waiting:
            self._waiting.append(tuple(folders))
        self._next()

    def go_on(self) -> None:
        """Start the run again that ended too early, and what was waiting for its end."""
        self._waiting[:0] = self._left or [()]
        self._left.clear()
        self._next()

    def pause(self) -> None:
        """Let it rest."""
        self._tell("pause", "paused")
        self._pace.halt()

    def resume(self) -> None:
        """Let it go on."""
        self._tell("resume", "running")

    def stop(self) -> None:
        """End it; what is finished is kept."""
        self._tell("stop", "stopping")

    def found(self, state: IndexerState | None) -> None:
        """What the library says of a run. Ours is known better here."""
        if self._client is not None:
            return
        self._died = self._died and state is not None
        if self._died:  # what our own run left behind is taken for a run for some seconds
            return
        before, self._background = self._background, state.state if state else None
        if state is not None:
            if before is None:
                self._pace = Pace()
            if self._background == "paused":
                self._pace.halt()
            self._refusals = 0
            self._pace.add(state.stage, state.done, state.total, time.monotonic())
            self._show.start()
            self.photos_came.emit()
            self.changed.emit()
        elif before is not None:
            self._show.stop()
            self.ended.emit(None)
            self._next()
            self.changed.emit()
        elif self._refusals:
            self._next()

    def left_by_closing(self, *, background: bool) -> list[Folders]:
        """The runs that `close` would leave unfinished and not going on."""
        stopped = [self._ending.folders] if self._client is not None and not background else []
        return stopped + self._waiting

    def close(self, *, background: bool) -> None:
        """The window closes: let our run go on in the background, or stop it and wait for that."""
        self._show.stop()
        client, self._client = self._client, None
        self._number += 1
        self._waiting.clear()
        if client is not None and background:
            client.tell("resume")
            client.tell("background")
            client.leave()
        elif client is not None:
            client.stop()

    def _tell(self, word: str, state: str) -> None:
        if self._client is not None:
            self._client.tell(word)
            self._state = state
        elif self._background is not None:
            self._engine.ask(SteerIndexer(word), self._steered)
            self._background = state
        self.changed.emit()

    def _steered(self, reply: Reply) -> None:
        if isinstance(reply, Error) and reply.code != "engine-died":
            self.refused.emit(reply)

    def _next(self) -> None:
        if self._client is not None or self._background is not None or not self._waiting:
            return
        folders = self._waiting.pop(0)
        self._number += 1
        number = self._number
        self._ending = Ending("died", folders)
        self._state, self._pace = "running", Pace()
        try:
            self._client = IndexerClient(
                self._library,
                folders,
                lambda event: self._said.emit(number, event),
                lambda code: self._over.emit(number, code),
            )
        except OSError as error:
            what = self.tr("No process could be started ({why})").format(why=error.strerror)
            self._ending.error = Error("no-process", what, self.tr("Try again."))
            self._on_over(number, 1)
            return
        self._show.start()
        self.changed.emit()

    @Slot(int, object)
    def _on_said(self, number: int, event: IndexerEvent) -> None:
        if number != self._number:
            return
        ending = self._ending
        if isinstance(event, Progress):
            self._pace.add(event.stage, event.done, event.total, time.monotonic())
            if self._state == "paused":
                self._pace.halt()
            if event.stage != "scan":
                self.photos_came.emit()
        elif isinstance(event, Note):
            ending.notes.append(event)
        elif isinstance(event, FileFailed):
            ending.failed.append(event)
        elif isinstance(event, Error):
            ending.error = event
        else:
            ending.done = event

    @Slot(int, int)
    def _on_over(self, number: int, _code: int) -> None:
        if number != self._number:
            return
        client, self._client = self._client, None
        if client is not None:
            client.leave()
        self._show.stop()
        ending = self._ending
        if ending.error is not None:
            ending.kind = "error"
        elif ending.done is not None:
            ending.kind = "done"
        elif self._state == "stopping":
            ending.kind = "stopped"
        self._died = ending.kind == "died"
        in_the_way = ending.error is not None and ending.error.code == "indexer-running"
        self._refusals = self._refusals + 1 if in_the_way else 0
        if in_the_way and self._refusals <= _REFUSED:
            ending.kind = "waiting"
            self._waiting.insert(0, ending.folders)
        elif ending.kind != "done":
            self._left += [ending.folders, *self._waiting]
            self._waiting.clear()
        self.ended.emit(ending)
        if ending.kind == "done":
            self._next()
        self.changed.emit()

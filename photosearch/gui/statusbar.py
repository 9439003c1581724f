"""The line at the bottom: whether searching is ready, and how far a run is."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QWidget

from photosearch.engine.replies import SearchState
from photosearch.gui import words
from photosearch.gui.indexer import Run
from photosearch.gui.style import SPACE
from photosearch.gui.widgets import IconButton
from photosearch.paths import printable

_WORD_MS = 6000


class StatusBar(QFrame):
    """`paused()`, `resumed()`, `stopped()`: what a person wants of the run."""

    paused = Signal()
    resumed = Signal()
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setFixedHeight(40)
        self._ready = self.tr("Getting search ready…")
        self.left = QLabel(self._ready)
        self.left.setObjectName("quiet")
        self.stage = QLabel()
        self.figures = QLabel()
        self.figures.setObjectName("quiet")
        self.encoder = QLabel()
        self.encoder.setObjectName("quiet")
        self.encoder.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(200)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.pause = IconButton("pause", self.tr("Pause"))
        self.pause.clicked.connect(self._pause)
        self.stop = IconButton("stop", self.tr("Stop"))
        self.stop.clicked.connect(self.stopped)
        self._run: Run | None = None
        self._word = QTimer(self)
        self._word.setSingleShot(True)
        self._word.setInterval(_WORD_MS)
        self._word.timeout.connect(self._show_state)
        self._gone = False
        line = QHBoxLayout(self)
        line.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 0)
        line.setSpacing(SPACE + 4)
        line.addWidget(self.left, 1)
        for widget in (self.stage, self.bar, self.figures, self.pause, self.stop, self.encoder):
            line.addWidget(widget)
        self.show_run(None)

    def say(self, text: str) -> None:
        """A word about what was done; it goes away by itself."""
        self.left.setText(text)
        self._word.start()

    def show_search(self, state: SearchState) -> None:
        """How searching stands."""
        self._ready = {
            "loading": self.tr("Getting search ready…"),
            "ready": self.tr("Ready to search"),
        }.get(state.state, self.tr("Searching by words is not possible now"))
        self.left.setToolTip(f"{state.what}. {state.todo}" if state.what else "")
        on = words.device(state.device)
        self.encoder.setText(f"{printable(state.encoder)} · {on}" if state.encoder else "")
        self.encoder.setToolTip(self.tr("What understands your photos, and what it works on"))
        if not self._word.isActive():
            self._show_state()

    def show_gone(self, gone: bool) -> None:
        """Whether the server of a shared library does not answer."""
        if gone != self._gone:
            self._gone = gone
            self._word.stop()
            self._show_state()

    def _show_state(self) -> None:
        gone = self.tr("The server of this library does not answer. Trying again…")
        self.left.setText(gone if self._gone else self._ready)

    def show_run(self, run: Run | None) -> None:
        """How far the run is; None: there is none."""
        self._run = run
        for widget in (self.stage, self.bar, self.figures, self.pause, self.stop):
            widget.setVisible(run is not None)
        if run is None:
            return
        now = run.standing
        self.stage.setText(
            {"paused": self.tr("Paused"), "stopping": self.tr("Stopping…")}.get(
                run.state, words.stage(now.stage)
            )
        )
        self.bar.setRange(0, now.total or 0)
        self.bar.setValue(min(now.done, now.total or 0))
        self.figures.setText(self._figures(run))
        if run.state == "paused":
            self.pause.set("play", self.tr("Go on"))
        else:
            self.pause.set("pause", self.tr("Pause"))
        for button in (self.pause, self.stop):
            button.setEnabled(run.state != "stopping")

    def stop_words(self) -> None:
        """Nothing changes any more."""
        self._word.stop()

    def _figures(self, run: Run) -> str:
        now = run.standing
        parts = []
        if now.total:
            text = self.tr("{done} of {total}")
            done = words.number(min(now.done, now.total))
            parts.append(text.format(done=done, total=words.number(now.total)))
        elif now.done:
            parts.append(words.photos(now.done))
        if run.state == "running" and now.per_second is not None and now.stage != "index":
            parts.append(words.speed(now.per_second))
        if run.state == "running" and now.seconds_left is not None:
            parts.append(words.time_left(now.seconds_left))
        return " · ".join(parts)

    def _pause(self) -> None:
        if self._run is not None and self._run.state == "paused":
            self.resumed.emit()
        else:
            self.paused.emit()

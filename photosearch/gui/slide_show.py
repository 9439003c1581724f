"""Photos one after the other by themselves. Space rests, arrows go on at once, up and down make it
slower and faster, Esc ends it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from photosearch.gui.viewer import Viewer

SHORTEST, LONGEST = 2, 60
"""Seconds that a photo is shown."""

_KEY = Qt.Key
_KEYS = (_KEY.Key_Space, _KEY.Key_Escape, _KEY.Key_Left, _KEY.Key_Right, _KEY.Key_Up, _KEY.Key_Down)


class SlideShow(QObject):
    """Steps through the large view. The time of a photo begins when its pixels are there. `said(
    text)`: a word about how it goes; `ended()`: it is over."""

    said = Signal(str)
    ended = Signal()

    def __init__(self, viewer: Viewer) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self.seconds = 4
        self.running = self.resting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        viewer.shown.connect(self._begin_photo)
        viewer.sharp.connect(self._begin_photo)

    def start(self, seconds: int) -> None:
        """Begin with the photo that is shown."""
        self.seconds = min(max(seconds, SHORTEST), LONGEST)
        self.running, self.resting = True, False
        self._viewer.canvas.fit()
        self._viewer.installEventFilter(self)
        self._begin_photo()
        self._say(self.tr("Slide show: Space rests, Esc ends, ↑ and ↓ change its pace"))

    def stop(self) -> None:
        """End it."""
        if self.running:
            self.running = False
            self._timer.stop()
            self._viewer.removeEventFilter(self)
            self._say("")
            self.ended.emit()

    def rest(self) -> None:
        """Rest, or go on."""
        self.resting = not self.resting
        if self.resting:
            self._timer.stop()
            self._say(self.tr("Slide show at rest; Space goes on"))
        else:
            self._begin_photo()
            self._say(self.tr("Slide show"))

    def pace(self, by: int) -> None:
        """Show each photo for so many seconds more (or, below 0, less)."""
        self.seconds = min(max(self.seconds + by, SHORTEST), LONGEST)
        self._begin_photo()
        self._say(self.tr("{n} seconds for each photo").format(n=self.seconds))

    def _begin_photo(self) -> None:
        if self.running and not self.resting:
            self._timer.start(self.seconds * 1000)

    def _go_on(self) -> None:
        self._say("")
        self._viewer.step_around(1)

    def _say(self, text: str) -> None:
        self.said.emit(text)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.stop()
        elif isinstance(event, QKeyEvent) and event.key() in _KEYS:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # the window's own shortcuts have the same keys
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._key(event.key())
                return True
        return False

    def _key(self, key: int) -> None:
        if key == _KEY.Key_Space:
            self.rest()
        elif key == _KEY.Key_Escape:
            self.stop()
        elif key in (_KEY.Key_Left, _KEY.Key_Right):
            self._viewer.step_around(1 if key == _KEY.Key_Right else -1)
        else:
            self.pace(1 if key == _KEY.Key_Up else -1)

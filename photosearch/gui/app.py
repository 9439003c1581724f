"""The program with the window: started, raised, ended."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from photosearch import __version__
from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.gui import icons, style, translations
from photosearch.gui.settings import WindowSettings
from photosearch.gui.single import OnlyWindow
from photosearch.gui.window import MainWindow
from photosearch.paths import printable


def main(library: Path, paths: Sequence[str] = ()) -> int:
    """Open the window of a library and stay until it is closed; returns the exit code. Where the
    library has one already, that comes to the front. `paths` (absolute) are opened in it: folders
    are added, photos like a photo are searched for.

    Raises PhotoSearchError where the library's folder cannot be made, or its window does not
    answer. Qt ends the process where there is no screen.
    """
    library = library.absolute()
    sys.setswitchinterval(0.001)  # seconds: threads that read pictures give way to the window
    app = QApplication(sys.argv[:1])
    app.setApplicationName("photosearch")
    app.setApplicationDisplayName("PhotoSearch")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("org.photosearch.PhotoSearch")
    app.setWindowIcon(icons.app_icon())
    translations.install(app, WindowSettings().language)
    try:
        only = OnlyWindow(library)
    except OSError as error:
        raise from_os_error(error, printable(library)) from error
    if not only.take():
        if only.raise_other(paths):
            return 0
        raise PhotoSearchError(
            "window-hangs",
            "PhotoSearch is open already, but does not answer",
            "Wait a moment and try again, or end it.",
        )
    style.start(app, WindowSettings().theme)
    try:
        window = MainWindow(library)
    except OSError as error:
        raise from_os_error(error, printable(library)) from error
    only.wanted.connect(window.come_to_front)
    only.wanted.connect(window.open_paths)
    window.closing.connect(only.release)
    signals = Signals()
    signals.came.connect(window.quit_now)
    app.commitDataRequest.connect(window.ask_nothing)  # a person logs out
    if sys.platform == "darwin":  # elsewhere it would only look at every event for nothing
        OpenedByFinder(app).opened.connect(window.open_paths)
    window.show()
    window.open_paths(paths)
    try:
        return app.exec()
    finally:
        signals.close()


class OpenedByFinder(QObject):
    """`opened(paths)`: macOS tells the running program what to open, instead of starting it."""

    opened = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.opened.emit([event.file()])
            return True
        return False


class Signals(QObject):
    """`came()`: somebody wants the program to end (Ctrl-C, SIGTERM). Python sees a signal only when
    it has a turn; the socket gives it one."""

    came = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._here, self._there = socket.socketpair()
        for end in (self._here, self._there):
            end.setblocking(False)
        signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def close(self) -> None:
        """Listen no more."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        self._here.close()
        self._there.close()

    def _read(self) -> None:
        numbers = self._here.recv(64)
        if signal.SIGINT in numbers or signal.SIGTERM in numbers:
            self.came.emit()

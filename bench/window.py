"""How soon the window is there, how soon an answer, how smoothly a large album scrolls."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from bench.figure import Figure, figure
from bench.made import made_library
from photosearch.encoders.registry import find_encoder

if TYPE_CHECKING:
    from photosearch.gui.window import MainWindow

_WORDS = ("dog", "beach", "a red car", "kids", "snow", "birthday", "boat", "cat", "flower")
_PATIENCE = 120.0
_STEPS = 400

# The program as it starts, but for a line on stdout when its window is on the screen, and one when
# it can be used: all photos are there, and those on the screen have their pictures. The window is
# imported where the program does it, after the start of its engine.
_START = """
import contextlib
from photosearch.engine import starting
ahead = starting.engine_ahead
@contextlib.contextmanager
def watched(library):
    with ahead(library):
        from PySide6.QtWidgets import QApplication
        from photosearch.gui import app
        show = app.MainWindow.show
        def tell(self):
            show(self)
            QApplication.processEvents()
            print("shown", flush=True)
            grid, photos = self.browser.grid, self.session.photos
            grid.painted.connect(lambda whole: whole and photos.ids and print("usable", flush=True))
        app.MainWindow.show = tell
        yield
starting.engine_ahead = watched
from photosearch.__main__ import main
main()
"""
_BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
app.processEvents()
print("shown", flush=True)
"""


def window(work: Path) -> Iterator[Figure]:
    """Start until it is shown and until it can be used with 100,000 photos (each against one
    second, and the first against an empty window of bare Qt); an answer among 100,000, from the
    last key to the painted pictures (against 150 ms); painting while 1,000,000 rows are scrolled
    through (against a frame), and the memory that takes; the longest time between two turns of the
    event loop meanwhile (against 100 ms)."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    encoder = find_encoder(None)
    hundred = made_library(work, 100_000, encoder)
    starts = [_started(_START, "--library", str(hundred)) for _ in range(5)]
    bare = statistics.median(_started(_BARE)["shown"] for _ in range(5))
    shown = statistics.median(each["shown"] for each in starts)
    usable = statistics.median(each["usable"] for each in starts)
    yield figure("window_start", shown, "s (bound: 1 s)", 1.0)
    yield figure("window_start_to_bare_qt", shown, "s (bound: an empty window)", bare)
    yield figure("window_usable_100k", usable, "s (bound: 1 s)", 1.0)
    if encoder is not None:
        yield from _answers(hundred)
    yield from _scrolling(made_library(work, 1_000_000, None, thumbnails=False))


def _started(code: str, *arguments: str) -> dict[str, float]:
    """Seconds from the start of a process until each word that it says, and the memory it has then,
    in GB (`resident`); it ends with `usable`, or with the first where it is a bare window."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE)
    assert process.stdout is not None
    said: dict[str, float] = {}
    last = b"usable\n" if arguments else b"shown\n"
    with process, process.stdout as lines:
        for line in lines:
            said[line.decode().strip()] = time.perf_counter() - began
            if line == last:
                said["resident"] = psutil.Process(process.pid).memory_info().rss / 1e9
                break
        process.terminate()
    return said


class _Pulse:
    """The longest time between two turns of the event loop while it is open."""

    def __enter__(self) -> _Pulse:
        from PySide6.QtCore import QTimer

        self.longest, self._last = 0.0, time.perf_counter()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(0)
        return self

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now

    def __exit__(self, *_: object) -> None:
        self._timer.stop()


def _answers(library: Path) -> Iterator[Figure]:
    from PySide6.QtTest import QTest

    with opened(library) as shown:
        wait(lambda: shown.session.situation().search.state == "ready")
        painted: list[float] = []
        shown.browser.results_painted.connect(lambda: painted.append(time.perf_counter()))
        waits = []
        with _Pulse() as pulse:
            for words in _WORDS:
                shown.browser.field.selectAll()
                QTest.keyClicks(shown.browser.field, words)
                painted.clear()
                began = time.perf_counter()
                wait(lambda: bool(painted))
                waits.append(painted[0] - began)
    median = statistics.median(waits)
    yield figure("key_to_painted_100k", median, "s (bound: 150 ms)", 0.15)
    yield figure("longest_gap_typing", pulse.longest, "s (bound: 100 ms)", 0.1)


def _scrolling(library: Path) -> Iterator[Figure]:
    from PySide6.QtWidgets import QApplication

    with opened(library) as shown:
        wait(lambda: len(shown.session.photos.ids) == 1_000_000)
        grid = shown.browser.grid
        bar, paints = grid.verticalScrollBar(), []
        with _Pulse() as pulse:
            for step in range(_STEPS):
                # Line by line, and now and then a long way, as a person drags the bar.
                far = (step % 10 == 9) * bar.maximum() // 50
                bar.setValue((bar.value() + 60 + far) % bar.maximum())
                began = time.perf_counter()
                grid.viewport().repaint()
                paints.append(time.perf_counter() - began)
                QApplication.processEvents()
    resident = _started(_START, "--library", str(library))["resident"]
    worst = statistics.quantiles(paints, n=100)[-1]
    yield figure("scroll_1m_paint_p99", worst, "s (bound: a frame of 16 ms)", 0.016)
    yield figure("scroll_1m_paint_p50", statistics.median(paints), "s (same bound)", 0.016)
    yield figure("longest_gap_scrolling", pulse.longest, "s (bound: 100 ms)", 0.1)
    yield figure("window_1m_resident", resident, "GB (bound: 1 GB)", 1.0)


@contextmanager
def opened(library: Path) -> Iterator[MainWindow]:
    from PySide6.QtWidgets import QApplication

    from photosearch.gui import style
    from photosearch.gui.window import MainWindow

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    style.start(app)
    shown = MainWindow(library)
    shown.resize(1180, 780)
    shown.show()
    try:
        yield shown
    finally:
        shown.quit_now()


def wait(done: Callable[[], bool]) -> None:
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + _PATIENCE
    while not done():
        if time.monotonic() > end:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.0005)

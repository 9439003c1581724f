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

from bench.figure import Figure, figure
from bench.made import made_library
from photosearch.encoders.registry import find_encoder

if TYPE_CHECKING:
    from photosearch.gui.window import MainWindow

_WORDS = ("dog", "beach", "a red car", "kids", "snow", "birthday", "boat", "cat", "flower")
_PATIENCE = 120.0
_STEPS = 400

# The program as it starts, but for a line on stdout when its window is on the screen.
_START = """
import sys
from PySide6.QtWidgets import QApplication
from photosearch.gui import app
show = app.MainWindow.show
def tell(self):
    show(self)
    QApplication.processEvents()
    print("shown", flush=True)
app.MainWindow.show = tell
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
    """Start (against one second, and against an empty window of bare Qt); an answer at 10,000
    photos, from the last key to the painted pictures (against the pause after typing and the
    engine's own answer); painting while 100,000 photos are scrolled through (against a frame)."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    encoder = find_encoder(None)
    ten = made_library(work, 10_000, encoder)
    start = statistics.median(_shown_after(_START, "--library", str(ten)) for _ in range(5))
    bare = statistics.median(_shown_after(_BARE) for _ in range(5))
    yield figure("window_start", start, "s (bound: 1 s)", 1.0)
    yield figure("window_start_to_bare_qt", start, "s (bound: an empty window)", bare)
    if encoder is not None:
        yield _answers(ten)
    yield from _scrolling(made_library(work, 100_000, None))


def _shown_after(code: str, *arguments: str) -> float:
    """Seconds from the start of a process until its window is shown."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process, process.stdout as lines:
        assert lines.readline() == b"shown\n"
        seconds = time.perf_counter() - began
        process.terminate()
    return seconds


def _answers(library: Path) -> Figure:
    from PySide6.QtTest import QTest

    from photosearch.engine.replies import Matches, Reply
    from photosearch.engine.requests import Search
    from photosearch.gui.browser import TYPING_MS

    with opened(library) as shown:
        wait(lambda: shown.session.situation().search.state == "ready")
        painted: list[float] = []
        shown.browser.results_painted.connect(lambda: painted.append(time.perf_counter()))
        waits, alone = [], []
        for words in _WORDS:
            answered: list[Reply] = []
            began = time.perf_counter()
            shown.session.engine.ask(Search(f"{words} alone"), answered.append)
            wait(lambda answered=answered: bool(answered))  # type: ignore[misc]
            assert isinstance(answered[0], Matches)
            alone.append(time.perf_counter() - began)
            shown.browser.field.selectAll()
            QTest.keyClicks(shown.browser.field, words)
            painted.clear()
            began = time.perf_counter()
            wait(lambda: bool(painted))
            waits.append(painted[0] - began)
    bound = TYPING_MS / 1000 + statistics.median(alone)
    unit = "s (bound: pause + engine's answer)"
    return figure("key_to_painted_10k", statistics.median(waits), unit, bound)


def _scrolling(library: Path) -> Iterator[Figure]:
    from PySide6.QtWidgets import QApplication

    with opened(library) as shown:
        wait(lambda: len(shown.session.photos.ids) == 100_000)
        grid = shown.browser.grid
        bar, paints = grid.verticalScrollBar(), []
        for step in range(_STEPS):
            # Line by line, and now and then a long way, as a person drags the bar.
            far = (step % 10 == 9) * bar.maximum() // 50
            bar.setValue((bar.value() + 60 + far) % bar.maximum())
            began = time.perf_counter()
            grid.viewport().repaint()
            paints.append(time.perf_counter() - began)
            QApplication.processEvents()
        worst = statistics.quantiles(paints, n=100)[-1]
        yield figure("scroll_100k_paint_p99", worst, "s (bound: a frame of 16 ms)", 0.016)
        yield figure("scroll_100k_paint_p50", statistics.median(paints), "s (same bound)", 0.016)


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

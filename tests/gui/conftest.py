"""The window offscreen, over a real small library and its real children; nothing may be left."""

from __future__ import annotations

import gc
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is imported

import psutil
import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photosearch.gui import style
from photosearch.gui.window import MainWindow
from photosearch.library import Library
from tests.conftest import draw

PHOTOS = 60
PATIENCE = 60_000
"""Milliseconds to wait for what takes a moment on a quiet machine."""


@pytest.fixture(scope="session")
def indexed(
    tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Path, resources_without_encoders: Path
) -> Path:
    """The folder of a library with PHOTOS photos and their vectors (and of their album, beside)."""
    folder = tmp_path_factory.mktemp("seen")
    make_album(folder / "album", range(PHOTOS))
    with pytest.MonkeyPatch.context() as world:
        world.setenv("PHOTOSEARCH_ENCODERS", str(tiny_encoder))
        world.setenv("PHOTOSEARCH_RESOURCES", str(resources_without_encoders))
        with Library(folder / "library") as library:
            for _ in library.index([folder / "album"]):
                pass
    return folder / "library"


@pytest.fixture
def library(indexed: Path, with_encoder: Path, tmp_path: Path) -> Path:
    """The folder of an indexed library of its own; the encoder is found."""
    return Path(shutil.copytree(indexed, tmp_path / "library"))


def make_album(folder: Path, seeds: range) -> Path:
    """A folder with a small picture for each seed."""
    folder.mkdir(parents=True)
    for seed in seeds:
        draw(seed, (96, 72)).save(folder / f"{seed:03}.jpg", quality=80)
    return folder


@pytest.fixture(autouse=True)
def styled(qapp: QApplication) -> None:
    """The program's own looks, once."""
    if not qapp.styleSheet():
        style.start(qapp)


@pytest.fixture
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """Fails a test that leaves a thread, an active timer or a child process, and names it."""
    me = psutil.Process()
    threads, children = set(threading.enumerate()), set(me.children(recursive=True))
    timers = {id(timer) for timer in _active_timers()}
    pools = _pool_threads()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left: list[object] = []
    end = time.monotonic() + PATIENCE / 2000
    new = [child for child in me.children(recursive=True) if child not in children]
    # multiprocessing keeps one helper, its resource tracker, as long as this process lives
    new = [child for child in new if "resource_tracker" not in " ".join(_command(child))]
    new = [child for child in new if _name(child) != "postgres"]  # a server that was stopped
    _, alive = psutil.wait_procs(new, timeout=PATIENCE / 2000)
    left += alive
    for thread in set(threading.enumerate()) - threads:
        if not isinstance(thread, threading._DummyThread):  # of Qt's threads: see _pool_threads
            thread.join(max(0.0, end - time.monotonic()))
            left += [thread] if thread.is_alive() else []
    left += [(timer, timer.parent()) for timer in _active_timers() if id(timer) not in timers]
    left += sorted(_pool_threads() - pools)
    assert not left, left


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _name(process: psutil.Process) -> str:
    try:
        return process.name()
    except psutil.Error:
        return ""


def _active_timers() -> list[QTimer]:
    found = [each for each in gc.get_objects() if type(each) is QTimer]
    return [timer for timer in found if shiboken6.isValid(timer) and timer.isActive()]


def _pool_threads() -> set[str]:
    """The threads of our pools (Qt has some of its own): number and name."""
    found = set()
    for task in Path("/proc/self/task").glob("*"):  # elsewhere nothing is found
        try:
            name = (task / "comm").read_text().strip()
        except OSError:
            continue
        if name in ("thumbnails", "pictures"):
            found.add(f"{task.name} {name}")
    return found


OpenWindow = Callable[[Path], MainWindow]


@pytest.fixture
def open_window(nothing_left: None, qtbot: QtBot) -> Iterator[OpenWindow]:
    """Open the window of a library; it is closed at the end, without a question."""
    opened: list[MainWindow] = []

    def show(library: Path) -> MainWindow:
        window = MainWindow(library)
        opened.append(window)
        window.resize(900, 700)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)
        return window

    yield show
    QGuiApplication.clipboard().clear()  # the offscreen one outlives Python, and crashes then
    ticking: list[object] = []
    for window in opened:
        window.quit_now()
        timers = window.findChildren(QTimer)
        ticking += [(timer, timer.parent()) for timer in timers if timer.isActive()]
        window.deleteLater()
    opened.clear()
    assert not ticking, ticking


@pytest.fixture
def window(open_window: OpenWindow, library: Path, qtbot: QtBot) -> MainWindow:
    """The window of the indexed library, with its photos."""
    opened = open_window(library)
    qtbot.waitUntil(lambda: len(opened.session.photos.ids) == PHOTOS, timeout=PATIENCE)
    return opened

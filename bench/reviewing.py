"""How smoothly thousands of groups of duplicates are gone through in the window's panel."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.figure import Figure, figure
from bench.made import made_library
from bench.window import opened, wait
from photosearch.catalog.pairs import Pair, add_pairs
from photosearch.duplicates.kinds import DUPLICATE
from photosearch.library import Library

_GROUPS = 5_000
_STEPS = 300
_NOTICED = 0.1  # seconds; what is over in less seems to be at once (Miller 1968)


def reviewing(work: Path) -> Iterator[Figure]:
    """5,000 groups: until the panel lists them, and how long the window stands still meanwhile;
    from a key to the next group painted; from “not a duplicate” to the next group, and the longest
    stand-still until the new list has come."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    album = made_library(work, 2 * _GROUPS, None)
    with Library(album) as library, library.catalog.write() as connection:
        found = {"why": "the same picture", "laid": [1, 0, 0, 0, 1, 0], "sharpness": [1, 1]}
        ids = range(1, 2 * _GROUPS, 2)
        add_pairs(connection, (Pair(each, each + 1, DUPLICATE, found) for each in ids))
    with opened(album) as window:
        wait(lambda: len(window.session.photos.ids) == 2 * _GROUPS)
        began = time.perf_counter()
        window.actions_.duplicates.trigger()
        panel = window.duplicates
        assert panel is not None
        stalls = _stalls_until(lambda: len(panel.model.groups) == _GROUPS)
        yield figure("groups_5k_listed", time.perf_counter() - began, "s (bound: 1 s)", 1.0)
        yield figure("groups_5k_longest_stall", max(stalls), "s (bound: noticed)", _NOTICED)
        paints = []
        for _ in range(_STEPS):
            began = time.perf_counter()
            QTest.keyClick(panel, Qt.Key.Key_PageDown)
            panel.list.viewport().repaint()
            panel.view.repaint()
            paints.append(time.perf_counter() - began)
        worst = statistics.quantiles(paints, n=100)[-1]
        yield figure(
            "groups_5k_next_p50", statistics.median(paints), "s (bound: noticed)", _NOTICED
        )
        yield figure("groups_5k_next_p99", worst, "s (bound: noticed)", _NOTICED)
        began = time.perf_counter()
        QTest.keyClick(panel, Qt.Key.Key_N)
        stalls = _stalls_until(lambda: len(panel.model.groups) == _GROUPS - 1)
        yield figure("groups_5k_said", time.perf_counter() - began, "s (bound: noticed)", _NOTICED)
        stalls += _stalls_until(lambda: not panel.looking)
        yield figure("groups_5k_said_stall", max(stalls), "s (bound: noticed)", _NOTICED)


def _stalls_until(done: Callable[[], bool]) -> list[float]:
    """How long each turn of the event loop took."""
    from PySide6.QtWidgets import QApplication

    turns = []

    def turned() -> bool:
        began = time.perf_counter()
        QApplication.processEvents()
        turns.append(time.perf_counter() - began)
        return done()

    wait(turned)
    return turns

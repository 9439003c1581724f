"""A figure and how it is measured."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A measured value, the bound measured beside it, and value / bound."""

    name: str
    value: float
    unit: str
    bound: float
    ratio: float


def figure(name: str, value: float, unit: str, bound: float) -> Figure:
    return Figure(name, round(value, 4), unit, round(bound, 4), round(value / bound, 3))


def median(action: Callable[[], object], times: int) -> float:
    """Median wall-clock seconds of an action, after one turn that does not count."""
    action()
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)

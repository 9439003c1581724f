"""Steering a run while it goes on: pause, resume, stop."""

from __future__ import annotations

import threading

WORDS = ("pause", "resume", "stop")
"""What a run can be told."""


class Control:
    """What somebody wants of a run; safe to use from any thread."""

    def __init__(self) -> None:
        self._told = threading.Condition()
        self._paused = self._stopped = False

    def tell(self, word: str) -> None:
        """Say one of WORDS. Raises ValueError for another; after `stop` nothing else counts."""
        if word not in WORDS:
            raise ValueError(word)
        with self._told:
            self._paused = word == "pause"
            self._stopped = self._stopped or word == "stop"
            self._told.notify_all()

    @property
    def paused(self) -> bool:
        """The run should wait."""
        return self._paused and not self._stopped

    @property
    def stopped(self) -> bool:
        """The run should end."""
        return self._stopped

    def wait(self, seconds: float) -> None:
        """Wait until something is told, but no longer than `seconds`."""
        with self._told:
            self._told.wait(seconds)

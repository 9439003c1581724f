"""The board: where a run shows how far it is, and where others leave a word for it.

Two small files in the library's folder. Whoever opens the library while a run goes on finds it
there, also one that another window or a terminal started.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from photosearch.errors import from_os_error
from photosearch.indexing.control import WORDS
from photosearch.media.thumbnails import write_whole
from photosearch.paths import printable
from photosearch.progress import Progress

LOCK = "indexer.lock"
"""The file in the library's folder that a run keeps locked."""

_EVERY = 0.5  # seconds between two states shown
_DOUBT = 5.0  # seconds without a new state, after which it is asked whether the run still lives


@dataclass(frozen=True)
class Running:
    """A run that goes on: `state` is running or paused; `done` of `total` (None: not known yet)
    units of `stage`, at `speed` units a second since that stage began."""

    pid: int
    state: str
    stage: str
    done: int
    total: int | None
    speed: float = field(default=0.0, compare=False)

    @property
    def seconds_left(self) -> float | None:
        """How long the stage will take if it goes on as fast; None where that cannot be told."""
        if self.total is None or self.speed <= 0:
            return None
        return max(self.total - self.done, 0) / self.speed


class Board:
    """The board of one library."""

    def __init__(self, library: Path) -> None:
        self._lock = library / LOCK
        self._state = library / "indexer.json"
        self._word = library / "indexer.word"
        self._shown: tuple[str, float] = ("", 0.0)
        self._progress = Progress("scan", 0)
        self._begun = (time.monotonic(), self._progress)  # of the stage that is shown

    # --- for the run ---

    def open(self) -> None:
        """Begin to show a run; what was told an earlier one is forgotten."""
        self.word()
        self.show("running")

    def show(self, state: str, progress: Progress | None = None) -> None:
        """Show how far the run is (at most twice a second). A disk that takes no more is no reason
        to stop: the board is for those who look."""
        if progress is not None and progress.stage != self._progress.stage:
            self._begun = (time.monotonic(), progress)
        self._progress = progress or self._progress
        shown, at = self._shown
        if shown == state and time.monotonic() - at < _EVERY:
            return
        self._shown = state, time.monotonic()
        now = Running(
            *(os.getpid(), state, self._progress.stage, self._progress.done),
            *(self._progress.total, self._speed()),
        )
        with contextlib.suppress(OSError):
            write_whole(self._state, json.dumps(asdict(now)).encode())

    def _speed(self) -> float:
        since, first = self._begun
        return round((self._progress.done - first.done) / max(time.monotonic() - since, 0.001), 3)

    def word(self) -> str | None:
        """A word that was left for the run since it was last asked for."""
        try:
            word = self._word.read_text("ascii", "replace")
            self._word.unlink()
        except OSError:
            return None
        return word if word in WORDS else None

    def close(self) -> None:
        """The run has ended."""
        with contextlib.suppress(OSError):
            self._state.unlink(missing_ok=True)

    # --- for those who look ---

    def running(self) -> Running | None:
        """The run that goes on; None where there is none."""
        try:
            age = time.time() - self._state.stat().st_mtime
            state = Running(**json.loads(self._state.read_bytes()))
        except (OSError, ValueError, TypeError, RecursionError):
            return None
        if not _sound(state):
            return None
        doubtful = abs(age) > _DOUBT or not _may_live(state.pid)
        if doubtful and self._left_behind():
            return None
        return state

    def tell(self, word: str) -> bool:
        """Leave a word for the run that goes on; False where there is none. Raises PhotoSearchError
        (`disk-full`, …) where it cannot be left."""
        if self.running() is None:
            return False
        try:
            write_whole(self._word, word.encode("ascii"))
        except OSError as error:
            raise from_os_error(error, printable(self._word)) from error
        return True

    def _left_behind(self) -> bool:
        """Whether nobody holds the lock any more: the run was killed, its state is old."""
        lock = FileLock(self._lock)
        try:
            lock.acquire(blocking=False)
        except (Timeout, OSError):
            return False
        try:
            self.close()
        finally:
            lock.release()
        return True


def _sound(state: Running) -> bool:
    """Whether a state that was read is one that a run shows."""
    numbers = [state.pid, state.done] + ([] if state.total is None else [state.total])
    return (
        state.state in ("running", "paused")
        and isinstance(state.stage, str)
        and isinstance(state.speed, int | float)
        and all(type(number) is int for number in numbers)
    )


def _may_live(pid: int) -> bool:
    """Whether there may be a process of this number (another one, or one that has just ended)."""
    if os.name != "posix":
        return True  # there a signal of 0 would end it
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True

"""How far a run is, how fast, and how long it will still take."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

_WINDOW = 10.0  # seconds over which the speed is smoothed
_ENOUGH = 2.0  # seconds before anything is said about it


@dataclass(frozen=True)
class Standing:
    """`done` of `total` (None: not known yet) in the stage a person should hear of; photos a second
    and seconds left are None where nothing can be said of them."""

    stage: str
    done: int
    total: int | None
    per_second: float | None
    seconds_left: float | None


class Pace:
    """Takes a run's progress as it comes. Reading and understanding go on side by side: the photos
    that are understood count, out of all that will be read."""

    def __init__(self) -> None:
        self._stages: dict[str, tuple[int, int | None]] = {}
        self._last = "scan"
        self._seen: deque[tuple[float, int]] = deque()

    def add(self, stage: str, done: int, total: int | None, now: float) -> None:
        """`done` of `total` of a stage at a time `now` (seconds)."""
        before = self._shown()[0]
        self._stages[stage] = (done, total)
        self._last = stage
        shown, count, _ = self._shown()
        if shown != before:
            self._seen.clear()
        if not self._seen or count != self._seen[-1][1] or now - self._seen[-1][0] >= 1:
            self._seen.append((now, count))
        while len(self._seen) > 2 and self._seen[1][0] <= now - _WINDOW:
            self._seen.popleft()

    def halt(self) -> None:
        """The run pauses: the time until it goes on does not count."""
        self._seen.clear()

    def standing(self, now: float) -> Standing:
        """How it stands at a time `now`."""
        stage, done, total = self._shown()
        speed = self._speed(now)
        left = (total - done) / speed if speed and total is not None else None
        return Standing(stage, done, total, speed, left)

    def _shown(self) -> tuple[str, int, int | None]:
        if self._last in ("read", "encode") and "encode" in self._stages:
            done, to_encode = self._stages["encode"]
            read, to_read = self._stages.get("read", (0, None))
            whole = to_encode if to_read is None or read >= to_read else to_read
            return "encode", done, whole
        return (self._last, *self._stages.get(self._last, (0, None)))

    def _speed(self, now: float) -> float | None:
        if not self._seen:
            return None
        (since, first), (_, last) = self._seen[0], self._seen[-1]
        if now - since < _ENOUGH or last <= first:
            return None
        return (last - first) / (now - since)

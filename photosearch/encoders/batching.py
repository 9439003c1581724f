"""How many pictures go through an encoder at once: found by trying, and remembered.

Trying costs nothing: the batches that are there to be encoded anyway double in size as long as that
makes them quicker. What was found is kept for each encoder on each device, in the user's folder.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from photosearch.paths import data_dir

ROWS = 8
"""Batches have a multiple of so many pictures (see `process.py`)."""

_PASSES = 3  # of a size, of which the quickest counts: the first also sets things up
_BETTER = 1.05  # how much quicker, a picture, a batch twice as large must be


@dataclass
class BatchSize:
    """The size to use now. `most`: never beyond; `size`: to begin with; `settled`: it was found
    before, or is by now."""

    most: int
    size: int = ROWS
    settled: bool = False
    _rate: float = 0.0  # pictures a second with half as many
    _times: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.size = max(1, min(self.size, self.most))

    def took(self, count: int, seconds: float) -> bool:
        """A batch of `count` went through in so many seconds; whether that settled the size."""
        if self.settled or count != self.size:
            return False
        self._times.append(seconds)
        if len(self._times) < _PASSES:
            return False
        rate = count / max(min(self._times), 1e-9)
        self._times.clear()
        if rate < _BETTER * self._rate:
            self.size //= 2
        elif 2 * self.size <= self.most:
            self._rate = rate
            self.size *= 2
            return False
        self.settled = True
        return True

    def ran_out(self, fits: int) -> bool:
        """Memory took only `fits` at once; whether that settled the size."""
        first = not self.settled
        self.size = min(self.size, max(ROWS, fits // ROWS * ROWS))
        self.settled = True
        return first


def remembered(encoder: str, device: str) -> int | None:
    """The size that was found for an encoder on a device."""
    found = _read().get(_key(encoder, device))
    return found if type(found) is int and found > 0 else None


def remember(encoder: str, device: str, size: int) -> None:
    """Keep what was found; a disk that takes nothing is no reason to end a run."""
    file = _file()
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps({**_read(), _key(encoder, device): size}, indent=1), "utf-8")
        part.replace(file)


def _file() -> Path:
    return data_dir() / "batches.json"


def _key(encoder: str, device: str) -> str:
    return f"{encoder} on {device}"


def _read() -> dict[str, object]:
    try:
        said = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}

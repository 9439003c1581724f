"""Progress as values: what long work says about itself while it runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """`done` of `total` units of `stage` are finished; `total` is None while it is not known."""

    stage: str
    done: int
    total: int | None = None
    unit: str = "photos"


@dataclass(frozen=True)
class Note:
    """Something a person should know about the run, which goes on: `code` for programs."""

    code: str
    text: str
    path: str | None = None


@dataclass(frozen=True)
class FileFailed:
    """A file that is there but could not be indexed whole, and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class Done:
    """The end of a run: `seen` photo files in the folders that were scanned, `new` ones read in
    this run, `failed` ones that could not be indexed whole (now or in an earlier run)."""

    seen: int
    new: int
    failed: int
    seconds: float


Event = Progress | Note | FileFailed | Done
"""What a run yields."""

EVENTS: dict[str, type[Event]] = {
    "progress": Progress,
    "note": Note,
    "failed": FileFailed,
    "done": Done,
}
"""The names of events in rows of JSON."""

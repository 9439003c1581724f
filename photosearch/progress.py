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

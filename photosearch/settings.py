"""The settings of one process: typed, with defaults, read from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields

from photosearch.errors import PhotoSearchError
from photosearch.paths import printable


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True)
class Settings:
    """How the program does its work on this computer (not what the user said of photos).

    Each can be set by the environment: `PHOTOSEARCH_WORKERS=1` sets `workers`.
    """

    workers: int = field(default_factory=cores)
    """Processes that read and decode photos."""
    max_megapixels: int = 300
    """A picture larger than this is not decoded, but listed with that reason."""
    file_seconds: int = 60
    """A file that takes longer to read and decode is given up."""
    worker_gigabytes: int = 4
    """Memory limit of one decoding process (where the system can enforce one)."""
    max_photo_megabytes: int = 1024
    """A file larger than this is not read, but listed with that reason."""
    encode_batch: int = 32
    """Photos in one pass of the image encoder."""

    watch_poll_seconds: int = 60
    """Seconds between two scans of a watched folder whose disk tells of no changes."""

    @classmethod
    def from_environment(cls) -> Settings:
        """Defaults, overridden by `PHOTOSEARCH_<NAME>` for each field.

        Raises PhotoSearchError where a value is no positive whole number.
        """
        values: dict[str, int] = {}
        for item in fields(cls):
            name = f"PHOTOSEARCH_{item.name.upper()}"
            text = os.environ.get(name)
            if text is None:
                continue
            if not text.isdecimal() or int(text) < 1:
                raise PhotoSearchError(
                    "bad-setting",
                    f"{name}={printable(text)} is no positive whole number",
                    "Change or unset it.",
                )
            values[item.name] = int(text)
        return cls(**values)

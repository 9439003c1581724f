"""The settings of one process: typed, with defaults, from a file of the user's and the environment.

The file is `settings.json` in the user's data folder: an object of names and values. What cannot
be used in it counts as not said, and is told in one line (`stored`).
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.paths import data_dir, printable


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True)
class About:
    """What a person reads of a setting: its group, its name, what it does, its unit (may be "").
    `most`: the largest value that makes sense; `restart`: an open window follows it only when it is
    started again (else: the next time folders are looked through)."""

    group: str
    label: str
    help: str
    unit: str
    most: int
    restart: bool = False


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """`text` as it is. Qt's tools find what stands in it by this name; the window translates it."""
    return text


_READING = QT_TRANSLATE_NOOP("settings", "Reading photos")
_UNDERSTANDING = QT_TRANSLATE_NOOP("settings", "Understanding photos")
_WATCHING = QT_TRANSLATE_NOOP("settings", "Watching folders")


@dataclass(frozen=True)
class Settings:
    """How the program does its work on this computer (not what the user said of photos).

    All are whole numbers from 1 on. Each can be set in the file, and by the environment, which
    wins: `PHOTOSEARCH_WORKERS=1` sets `workers`.
    """

    workers: int = field(
        default_factory=cores,
        metadata={
            "about": About(
                _READING,
                QT_TRANSLATE_NOOP("settings", "Photos read at the same time"),
                QT_TRANSLATE_NOOP(
                    "settings",
                    "Fewer leave more of the computer to other programs; it takes longer.",
                ),
                "",
                256,
            )
        },
    )
    max_megapixels: int = field(
        default=300,
        metadata={
            "about": About(
                _READING,
                QT_TRANSLATE_NOOP("settings", "Largest picture"),
                QT_TRANSLATE_NOOP(
                    "settings", "A larger picture is not opened, but listed with the problem files."
                ),
                QT_TRANSLATE_NOOP("settings", "megapixels"),
                20_000,
                True,
            )
        },
    )
    max_photo_megabytes: int = field(
        default=1024,
        metadata={
            "about": About(
                _READING,
                QT_TRANSLATE_NOOP("settings", "Largest file"),
                QT_TRANSLATE_NOOP(
                    "settings", "A larger file is not opened, but listed with the problem files."
                ),
                QT_TRANSLATE_NOOP("settings", "MB"),
                1_000_000,
                True,
            )
        },
    )
    file_seconds: int = field(
        default=60,
        metadata={
            "about": About(
                _READING,
                QT_TRANSLATE_NOOP("settings", "Patience with a file"),
                QT_TRANSLATE_NOOP(
                    "settings", "A file that takes longer to open is listed with the problem files."
                ),
                QT_TRANSLATE_NOOP("settings", "seconds"),
                3600,
                True,
            )
        },
    )
    worker_gigabytes: int = field(
        default=4,
        metadata={
            "about": About(
                _READING,
                QT_TRANSLATE_NOOP("settings", "Memory for opening one photo"),
                QT_TRANSLATE_NOOP(
                    "settings", "At most; a photo that needs more is listed with the problem files."
                ),
                QT_TRANSLATE_NOOP("settings", "GB"),
                1024,
                True,
            )
        },
    )
    encode_batch: int = field(
        default=256,
        metadata={
            "about": About(
                _UNDERSTANDING,
                QT_TRANSLATE_NOOP("settings", "Photos understood at the same time"),
                QT_TRANSLATE_NOOP(
                    "settings",
                    "At most: how many at once are quickest is found out by trying. More need more"
                    " memory.",
                ),
                "",
                4096,
            )
        },
    )
    watch_poll_seconds: int = field(
        default=60,
        metadata={
            "about": About(
                _WATCHING,
                QT_TRANSLATE_NOOP("settings", "Time between two looks at a network folder"),
                QT_TRANSLATE_NOOP(
                    "settings",
                    "Of a disk that does not tell of changes itself, while `index --watch` runs.",
                ),
                QT_TRANSLATE_NOOP("settings", "seconds"),
                86_400,
            )
        },
    )

    @classmethod
    def load(cls) -> Settings:
        """Defaults, overridden by the file, overridden by the environment.

        Raises PhotoSearchError where a value of the environment is not possible.
        """
        return cls(**{**stored().values, **environment()})

    @classmethod
    def from_environment(cls) -> Settings:
        """Defaults, overridden by the environment alone; raises as `load`."""
        return cls(**environment())


@dataclass(frozen=True)
class Stored:
    """What the file says: values by name, and a sentence for each thing that cannot be used."""

    values: dict[str, int]
    mistakes: tuple[str, ...] = ()


def all_settings() -> dict[str, Field[Any]]:
    """The settings by name, in the order in which they are shown."""
    return {item.name: item for item in fields(Settings)}


def about(name: str) -> About:
    """What a person reads of a setting."""
    found: About = all_settings()[name].metadata["about"]
    return found


def file() -> Path:
    """Where the user's settings are kept."""
    return data_dir() / "settings.json"


def stored() -> Stored:
    """The user's settings; never an error: what cannot be used is named, and left out."""
    try:
        said = json.loads(file().read_text("utf-8"))
        if not isinstance(said, dict):
            raise ValueError("it is no object")
    except FileNotFoundError:
        return Stored({})
    except (OSError, ValueError, RecursionError):
        return Stored({}, (f"The settings in {printable(file())} cannot be read and are not used",))
    values, mistakes = {}, []
    for name, value in said.items():
        if name not in all_settings():
            continue  # of a newer version, perhaps: kept as it is
        if type(value) is int and 1 <= value <= about(name).most:
            values[name] = value
        else:
            place = printable(file())
            mistakes.append(f"The setting {name} in {place} makes no sense and is not used")
    return Stored(values, tuple(mistakes))


def environment() -> dict[str, int]:
    """The settings that the environment says. Raises PhotoSearchError (`bad-setting`)."""
    names = {name: variable(name) for name in all_settings() if variable(name) in os.environ}
    return {name: parse(name, os.environ[its], its) for name, its in names.items()}


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"PHOTOSEARCH_{name.upper()}"


def parse(name: str, text: str, said_as: str = "") -> int:
    """The value that a text stands for. Raises PhotoSearchError (`bad-setting`, and
    `unknown-setting` for a name that there is not)."""
    if name not in all_settings():
        raise PhotoSearchError(
            "unknown-setting",
            f"There is no setting {printable(name)}",
            "`photosearch settings` shows all.",
        )
    most = about(name).most
    if not text.isdecimal() or len(text) > 9 or not 1 <= int(text) <= most:
        raise PhotoSearchError(
            "bad-setting",
            f"{said_as or name}={printable(text)} is no whole number from 1 to {most}",
            "Change or unset it.",
        )
    return int(text)


def store(name: str, value: int | None) -> None:
    """Keep a value in the file; None: none. The file is whole at any moment.

    Raises PhotoSearchError where the value is not possible or the file cannot be written.
    """
    if value is not None:
        parse(name, str(value))
    path = file()
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        said = {}
    said = said if isinstance(said, dict) else {}
    said.pop(name, None)
    if value is not None:
        said[name] = value
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, part = tempfile.mkstemp(prefix=".settings-", dir=path.parent)
        try:
            with open(number, "w", encoding="utf-8") as out:
                out.write(json.dumps(said, indent=2) + "\n")
                out.flush()
                os.fsync(out.fileno())
            os.replace(part, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(part)
            raise
    except OSError as error:
        raise from_os_error(error, printable(path)) from error

"""What the window remembers: where it was, how large thumbnails are, the last folder, and what it
had not finished. A value that makes no sense is as good as none."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

from photosearch.paths import data_dir

SMALLEST, LARGEST, USUAL = 96, 384, 196
"""Pixels: the side of a thumbnail."""

Folders = tuple[str, ...]


class WindowSettings:
    """Kept in `window.ini` in the user's data folder."""

    def __init__(self) -> None:
        file = data_dir() / "window.ini"
        self._values = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def thumbnail_side(self) -> int:
        """How large thumbnails should be, in pixels."""
        value = self._values.value("thumbnail_side")
        try:
            side = int(str(value))
        except ValueError:
            return USUAL
        return side if SMALLEST <= side <= LARGEST else USUAL

    @thumbnail_side.setter
    def thumbnail_side(self, side: int) -> None:
        self._values.setValue("thumbnail_side", side)

    @property
    def language(self) -> str:
        """The language of the window, as `translations.py` names it; "system" for the system's."""
        value = self._values.value("language")
        return value if isinstance(value, str) and value else "system"

    @language.setter
    def language(self, name: str) -> None:
        self._values.setValue("language", name)

    @property
    def panes(self) -> tuple[bool, bool]:
        """Whether the side bar and the details are wanted."""
        value = str(self._values.value("panes", "11"))
        return value[:1] != "0", value[1:2] != "0"

    @panes.setter
    def panes(self, wanted: tuple[bool, bool]) -> None:
        self._values.setValue("panes", "".join(str(int(each)) for each in wanted))

    @property
    def arrangement(self) -> tuple[str, str]:
        """Order and groups of photos, see `Results.arrange`."""
        order, _, group = str(self._values.value("arrangement", "")).partition(" ")
        return order, group

    @arrangement.setter
    def arrangement(self, arrangement: tuple[str, str]) -> None:
        self._values.setValue("arrangement", " ".join(arrangement))

    @property
    def theme(self) -> str:
        """How the program looks: light, dark, or as the system says."""
        value = str(self._values.value("theme", "system"))
        return value if value in ("light", "dark") else "system"

    @theme.setter
    def theme(self, theme: str) -> None:
        self._values.setValue("theme", theme)

    @property
    def folder(self) -> str:
        """The folder that was chosen last; "" for none."""
        value = self._values.value("folder")
        return value if isinstance(value, str) else ""

    @folder.setter
    def folder(self, path: str) -> None:
        self._values.setValue("folder", path)

    @property
    def export_folder(self) -> str:
        """The folder that copies of photos went to last; "" for none."""
        value = self._values.value("export_folder")
        return value if isinstance(value, str) else ""

    @export_folder.setter
    def export_folder(self, path: str) -> None:
        self._values.setValue("export_folder", path)

    @property
    def program(self) -> str:
        """The program that photos were opened with last; "" for none."""
        value = self._values.value("program")
        return value if isinstance(value, str) else ""

    @program.setter
    def program(self, path: str) -> None:
        self._values.setValue("program", path)

    @property
    def slide_seconds(self) -> int:
        """How long a slide show shows each photo."""
        value = str(self._values.value("slide_seconds"))
        return int(value) if value.isdecimal() and 1 <= int(value) <= 60 else 4

    @slide_seconds.setter
    def slide_seconds(self, seconds: int) -> None:
        self._values.setValue("slide_seconds", seconds)

    @property
    def seen_version(self) -> str:
        """The version of the program that had the last window; "" for none."""
        value = self._values.value("version")
        return value if isinstance(value, str) else ""

    @seen_version.setter
    def seen_version(self, version: str) -> None:
        self._values.setValue("version", version)

    def keep_unfinished(self, library: Path, runs: Sequence[Folders]) -> None:
        """Remember the runs that were stopped because the window closed."""
        key = f"unfinished/{_digest(library)}"
        if runs:
            self._values.setValue(key, json.dumps(runs))
        else:
            self._values.remove(key)

    def unfinished(self, library: Path) -> list[Folders]:
        """The runs that the last window of a library had not finished."""
        value = self._values.value(f"unfinished/{_digest(library)}")
        try:
            return [tuple(map(str, folders)) for folders in json.loads(str(value))]
        except (ValueError, TypeError):
            return []

    def keep_geometry(self, window: QWidget) -> None:
        """Remember where the window is, and how large."""
        self._values.setValue("geometry", window.saveGeometry())

    def restore_geometry(self, window: QWidget) -> bool:
        """Put the window where it was; False where nothing is known."""
        value = self._values.value("geometry")
        return isinstance(value, QByteArray) and window.restoreGeometry(value)

    def sync(self) -> None:
        """Write what is not written yet."""
        self._values.sync()


def _digest(library: Path) -> str:
    return hashlib.blake2b(os.fsencode(library.absolute()), digest_size=8).hexdigest()

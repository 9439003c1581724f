"""The program's own icon as files: `python -m desktop.icons FOLDER`.

A hicolor theme for Linux (`icons/hicolor`), `photosearch.ico` for Windows, `photosearch.icns` for
macOS. Nobody needs to look at a screen for it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtGui import QGuiApplication

from photosearch.gui import icons

APP_ID = "org.photosearch.PhotoSearch"
SIDES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Pixels: the sizes that the icon theme specification names, and the one that shops show."""


def write(folder: Path) -> None:
    """Write all of them below `folder`."""
    application = QGuiApplication.instance() or QGuiApplication([])
    theme = folder / "icons" / "hicolor"
    for side in SIDES:
        place = theme / f"{side}x{side}" / "apps"
        place.mkdir(parents=True, exist_ok=True)
        icons.app_pixmap(side).save(str(place / f"{APP_ID}.png"))
    scalable = theme / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    (scalable / f"{APP_ID}.svg").write_text(icons.APP_SVG + "\n", "utf-8")
    with Image.open(theme / "512x512" / "apps" / f"{APP_ID}.png") as large:
        large.save(folder / "photosearch.icns")
    with Image.open(theme / "256x256" / "apps" / f"{APP_ID}.png") as large:
        large.save(
            folder / "photosearch.ico", sizes=[(side, side) for side in SIDES if side <= 256]
        )
    del application


if __name__ == "__main__":
    write(Path(sys.argv[1]))

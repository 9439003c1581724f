"""Bring the texts of the window into the translations, and make what the window reads of them.

    python packaging/translations.py

A new language is a new file: `touch resources/translations/photosearch_fr.ts`, run this, translate
(Qt Linguist, or any editor), run this again.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "resources" / "translations"
SOURCES = (ROOT / "photosearch" / "gui", ROOT / "photosearch" / "settings.py")


def sources() -> list[Path]:
    """The files with texts that a person sees in the window."""
    found = [sorted(each.rglob("*.py")) if each.is_dir() else [each] for each in SOURCES]
    return [file for files in found for file in files]


def tool(name: str) -> str:
    """One of Qt's tools, which come with PySide6."""
    return str(Path(sys.executable).with_name(f"pyside6-{name}"))


def update(files: list[Path]) -> None:
    """Add what is new in the sources to the translations, and drop what is gone."""
    for file in files:
        if not file.stat().st_size:
            file.unlink()  # begun by `touch`: lupdate makes new files, but reads no empty ones
    command = [tool("lupdate"), *map(str, sources()), "-no-obsolete", "-locations", "none"]
    subprocess.run([*command, "-ts", *map(str, files)], check=True, cwd=ROOT)


def release(file: Path, made: Path) -> None:
    """Make the compiled form of a translation; what is not finished stays English."""
    command = [tool("lrelease"), "-silent", "-nounfinished", str(file), "-qm", str(made)]
    subprocess.run(command, check=True, cwd=ROOT)


def main() -> None:
    files = sorted(FOLDER.glob("*.ts"))
    update(files)
    for file in files:
        release(file, file.with_suffix(".qm"))


if __name__ == "__main__":
    main()

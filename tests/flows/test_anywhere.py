"""The program on other systems and in other places, as far as one system can tell."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from platformdirs import macos, windows

import photosearch
from photosearch.shared import library_folder

PACKAGE = Path(photosearch.__file__).parent

# Windows has none of these; whoever imports one at the top of a module cannot start there.
NO_POSIX = """
import importlib, pkgutil, sys
import psutil  # its part for this system needs some of them
for name in ("fcntl", "grp", "pwd", "resource", "termios", "tty", "pty", "syslog"):
    sys.modules[name] = None
import photosearch
found = [each.name for each in pkgutil.walk_packages(photosearch.__path__, "photosearch.")]
for name in found:
    if name != "photosearch.__main__":
        importlib.import_module(name)
print(len(found))
"""


def test_all_modules_load_without_what_windows_lacks() -> None:
    done = subprocess.run([sys.executable, "-c", NO_POSIX], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert int(done.stdout) > 100


def test_libraries_lie_where_each_system_has_such_things(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PHOTOSEARCH_DATA")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setattr(platformdirs, "PlatformDirs", windows.Windows)
    local = tmp_path / "Müller Übel" / "AppData" / "Local"
    monkeypatch.setattr(windows, "get_win_folder", {"CSIDL_LOCAL_APPDATA": str(local)}.__getitem__)
    assert library_folder(None) == local / "photosearch" / "library"
    monkeypatch.setattr(platformdirs, "PlatformDirs", macos.MacOS)
    home = Path("~/Library/Application Support").expanduser()
    assert library_folder(None) == home / "photosearch" / "library"


def test_it_works_under_a_path_with_spaces_and_umlauts(album: Path, tmp_path: Path) -> None:
    place = tmp_path / "Größe & Übermut (neu)"
    shutil.copytree(PACKAGE, place / "photosearch", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(album, place / "Fotos von Jürgen")
    path = os.pathsep.join([str(place), os.environ["PYTHONPATH"]])
    environment = {**os.environ, "PYTHONPATH": path}

    def run(*arguments: str) -> list[dict[str, object]]:
        line = [sys.executable, "-m", "photosearch", "--library", "Meine Bücherei", *arguments]
        done = subprocess.run(
            [*line, "--json"], cwd=place, env=environment, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return [json.loads(row) for row in done.stdout.splitlines()]

    assert run("index", "Fotos von Jürgen")[-1]["new"] == 6
    assert run("roots", "list")[0]["path"] == str(place / "Fotos von Jürgen")
    assert (place / "Meine Bücherei" / "catalog.sqlite").is_file()

"""The desktop's files: valid, and about this very program."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from defusedxml import ElementTree
from PIL import Image

import photosearch

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

from desktop.icons import APP_ID, SIDES  # noqa: E402

FILES = ROOT / "packaging" / "desktop"
ENTRY, METAINFO = FILES / f"{APP_ID}.desktop", FILES / f"{APP_ID}.metainfo.xml"


@pytest.mark.parametrize(
    "line",
    [
        ["desktop-file-validate", "--warn-kde", str(ENTRY)],
        ["appstreamcli", "validate", "--no-net", str(METAINFO)],
    ],
    ids=lambda line: str(line[0]),
)
def test_the_desktops_own_tools_find_nothing_wrong(line: list[str]) -> None:
    if shutil.which(line[0]) is None:
        pytest.skip(f"{line[0]} is not installed")
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0 and "W: " not in said and "warning" not in said, said


def test_they_speak_of_this_program() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(ENTRY, "utf-8")
    values = entry["Desktop Entry"]
    assert values["Exec"].split()[0] == "photosearch-gui" and values["Icon"] == APP_ID
    assert "inode/directory" in values["MimeType"] and "image/jpeg" in values["MimeType"]
    component = ElementTree.parse(METAINFO).getroot()
    assert component.findtext("id") == APP_ID
    assert component.findtext("launchable") == ENTRY.name
    newest = component.find("releases/release")
    assert newest is not None and newest.get("version") == photosearch.__version__
    app = (ROOT / "photosearch" / "gui" / "app.py").read_text("utf-8")
    assert f'setDesktopFileName("{APP_ID}")' in app  # how a window finds its entry and icon


def test_icons_of_all_sizes_are_drawn(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "desktop.icons", str(tmp_path)]
    path = os.pathsep.join([str(FILES.parent), os.environ["PYTHONPATH"]])
    environment = {**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(line, check=True, cwd=ROOT, env=environment)
    for side in SIDES:
        place = tmp_path / "icons" / "hicolor" / f"{side}x{side}" / "apps" / f"{APP_ID}.png"
        with Image.open(place) as icon:
            assert icon.size == (side, side) and icon.mode == "RGBA"
            assert len(icon.getcolors(1 << 20) or ()) > 20  # a picture, not one colour
    for name in ("photosearch.ico", "photosearch.icns"):
        with Image.open(tmp_path / name) as icon:
            assert icon.width >= 256

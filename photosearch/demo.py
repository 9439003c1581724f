"""The demo's photos: they come inside well-known packages."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from typing import Any

from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.paths import data_dir, printable, resources


def folder() -> Path:
    """Where the demo's album and library lie."""
    return data_dir() / "demo"


def plan() -> dict[str, Any]:
    """What there is to see: `photos`, `queries`, `absent` (see `resources/demo.json`)."""
    found: dict[str, Any] = json.loads((resources() / "demo.json").read_text("utf-8"))
    return found


def lay_out_album(photos: list[dict[str, str]], album: Path) -> Path:
    """Copy the demo's photos out of the packages that contain them, where not done already."""
    for photo in photos:
        package = importlib.util.find_spec(photo["package"])
        if package is None or package.origin is None:
            raise PhotoSearchError(
                "no-demo-album",
                f"The demo's photos come inside the package {photo['package']}, which is not here",
                "Install PhotoSearch again, with all that it requires.",
            )
        source, target = Path(package.origin).parent / photo["file"], album / photo["name"]
        try:
            if not target.exists() or target.stat().st_size != source.stat().st_size:
                album.mkdir(parents=True, exist_ok=True)
                part = target.with_name(f".{target.name}.part")
                shutil.copyfile(source, part)
                part.replace(target)
        except OSError as error:
            raise from_os_error(error, printable(target)) from error
    return album

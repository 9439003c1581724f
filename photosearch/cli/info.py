"""`photosearch info`: all that is known of photos."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from photosearch.cli.output import Json, open_library, row, say
from photosearch.paths import printable

if TYPE_CHECKING:
    from photosearch.catalog.about import About


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("info")(info)


def info(
    context: typer.Context,
    photos: Annotated[list[Path], typer.Argument(help="Photos of the library.")],
    json: Json = False,
) -> None:
    """Say what is known of photos: their files, when and where they were taken, and with what."""
    with open_library(context) as library:
        for path in photos:
            found = _values(library.about(library.photo_at(path)))
            if json:
                row(**found)
                continue
            for name, value in found.items():
                if value not in (None, "", [], 0, False):
                    shown = ", ".join(map(_text, value)) if isinstance(value, list) else value
                    say(f"{name.replace('_', ' ')}: {printable(str(shown))}")


def _values(about: About) -> dict[str, Any]:
    """What is known, by the names of `catalog.about`."""
    return {
        **dataclasses.asdict(about),
        "files": [os.fsdecode(path) for path, there in about.files if there],
        "missing": [os.fsdecode(path) for path, there in about.files if not there],
        "beside": [os.fsdecode(path) for path in about.beside],
        "position": list(about.position or ()),
        "places": list(about.places),
        "tags": [{"name": tag.name, "source": tag.source} for tag in about.tags],
    }


def _text(value: object) -> str:
    return str(value["name"]) if isinstance(value, dict) else str(value)

"""`photosearch export-photos`: copies of photos in a folder."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from photosearch.cli.output import Json, lines_of_stdin, open_library, row, say, warn
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("export-photos")(export_photos)


def export_photos(
    context: typer.Context,
    files: Annotated[
        list[str], typer.Argument(help="Photos of the library; `-`: one path a line from stdin.")
    ],
    to: Annotated[Path, typer.Option("--to", help="The folder; made where it is not there.")],
    side: Annotated[
        int | None,
        typer.Option(
            min=16, max=8192, help="As JPEGs whose longest side has at most so many pixels."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Copy photos into a folder, as they are (with the RAW and the clip of the same shot) or at a
    size. Nothing is written over."""
    paths = list(lines_of_stdin()) if files == ["-"] else files
    failed = 0
    with open_library(context) as library, closing(library.previewer()) as previewer:
        for path in paths:
            try:
                copies = library.export_photo(previewer, Path(path), to, side)
            except PhotoSearchError as error:
                failed += 1
                if error.code in ("no-folder", "disk-full"):
                    raise
                warn(str(error))
                continue
            for copy in copies:
                if json:
                    row(event="exported", path=os.path.abspath(path), copy=os.path.abspath(copy))
                else:
                    say(printable(copy))
    if failed:
        raise PhotoSearchError("not-exported", f"{failed} of {len(paths)} photos were not copied")

"""`photosearch library …`: a library as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from photosearch.cli.index import show
from photosearch.cli.output import Json, row, say
from photosearch.paths import printable
from photosearch.progress import Progress
from photosearch.shared import library_folder

if TYPE_CHECKING:
    from photosearch.catalog.digest import Digest

app = typer.Typer(help="A library as a whole.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    pass


@app.command("copy")
def copy(
    source: Annotated[
        str, typer.Argument(metavar="FROM", help="A library: its folder or its address.")
    ],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="A new folder, or the address of an empty database.")
    ],
    json: Json = False,
) -> None:
    """Copy a library into a shared one, or a shared one into a folder; run it again where it was
    ended, and it goes on. Photos and thumbnails are not copied; both libraries find the same."""
    from photosearch.library.copying import copy_library

    found: list[Digest] = []

    def copying() -> Iterator[Progress]:
        found.append((yield from copy_library(library_folder(source), library_folder(target))))

    if json:
        for event in copying():
            row(event="progress", **vars(event))
        row(event="copied", **asdict(found[0]))
        return
    show(copying())
    say(
        f"{printable(target)} now holds what {printable(source)} does: {found[0].photos} photos,"
        f" {found[0].files} files, {found[0].vector_count} vectors. The next `photosearch index`"
        " makes its thumbnails."
    )

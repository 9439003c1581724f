"""`photosearch album …`: albums put together by hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from photosearch.cli.output import Json, open_library, row, say, table
from photosearch.paths import printable

app = typer.Typer(
    help="Albums that you put together; `photosearch search album:NAME` shows one.",
    no_args_is_help=True,
)

Name = Annotated[str, typer.Argument(help="The name of the album.")]
Files = Annotated[list[Path], typer.Argument(help="Photos of the library.")]


@app.command("list")
def list_(context: typer.Context, json: Json = False) -> None:
    """Show the albums, and how many photos are in each."""
    with open_library(context) as library:
        found = library.albums()
    if json:
        for name, count in found.items():
            row(name=name, photos=count)
    elif found:
        rows = [[printable(name), f"{count:,}"] for name, count in found.items()]
        table(["album", "photos"], rows, right=[1])
    else:
        say("There is no album yet: `photosearch album add NAME FILES…` makes one.")


@app.command()
def add(context: typer.Context, name: Name, files: Files, json: Json = False) -> None:
    """Put photos into an album, which is made where there is none of that name."""
    with open_library(context) as library:
        done = library.put_into_album(files, name)
    _did(json, done, files, event="in-album", album=name)


@app.command()
def remove(context: typer.Context, name: Name, files: Files, json: Json = False) -> None:
    """Take photos out of an album; the files stay where they are."""
    with open_library(context) as library:
        done = library.take_from_album(files, name)
    _did(json, done, files, event="out-of-album", album=name)


@app.command()
def delete(context: typer.Context, name: Name, json: Json = False) -> None:
    """Forget an album; its photos stay where they are."""
    with open_library(context) as library:
        done = library.remove_album(name)
    _did(json, done, event="album-removed", album=name)


@app.command()
def rename(
    context: typer.Context,
    name: Name,
    new: Annotated[str, typer.Argument(help="Its new name.")],
    json: Json = False,
) -> None:
    """Give an album another name."""
    with open_library(context) as library:
        done = library.rename_album(name, new)
    _did(json, done, event="album-renamed", album=name, new=new)


def _did(json: bool, done: str, files: list[Path] | None = None, **values: str) -> None:
    if not json:
        say(f"{printable(done[0].upper() + done[1:])}; `photosearch undo` takes it back.")
    elif files is None:
        row(**values)
    else:
        for file in files:
            row(**values, path=os.path.abspath(file))

"""The command line: each command parses its arguments, calls the library, and prints.

The contract: `--library DIR` before the command; with `--json` one object a line on stdout and
nothing else there; exit code 0 done, 1 failed, 2 wrong usage; standard input is read only where a
command is told to (`-`, `--control`).
"""

from __future__ import annotations

from typing import Annotated

import typer

from photosearch import __version__
from photosearch.cli import (
    albums,
    curate,
    demo,
    doctor,
    duplicates,
    explain,
    export_photos,
    index,
    info,
    library,
    models,
    search,
    searches,
    settings,
    shared,
    status,
    tag,
    trash,
)
from photosearch.opening import open_window, serve_engine
from photosearch.shared import library_folder

app = typer.Typer(
    name="photosearch",
    help="Find your own photos by saying what is in them, on your own computer.",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for part in (
    *(index, status, search, explain, info, curate, tag, trash, export_photos),
    *(demo, doctor),
):
    part.register(app)
app.add_typer(models.app, name="models")
app.add_typer(duplicates.app, name="duplicates")
app.add_typer(searches.app, name="searches")
app.add_typer(albums.app, name="album")
app.add_typer(settings.app, name="settings")
app.add_typer(shared.app, name="shared")
app.add_typer(library.app, name="library")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"photosearch {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    library: Annotated[
        str | None,
        typer.Option(
            metavar="DIR|URL",
            help="The library's folder (default: in your data folder), or the address of a shared"
            " one: postgresql://HOST/NAME.",
        ),
    ] = None,
    version: Annotated[  # noqa: ARG001  its callback has said it
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Without a command: open the window."""
    context.obj = library_folder(library)
    if context.invoked_subcommand is None:
        raise typer.Exit(open_window(context.obj))


@app.command()
def window(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Folders to add, or a photo to find others like it."),
    ] = None,
) -> None:
    """Open the window (as no command at all does), and something in it."""
    raise typer.Exit(open_window(context.obj, paths or ()))


@app.command(hidden=True)
def engine(context: typer.Context) -> None:
    """Answer a window: messages as lines on stdin and stdout (see `engine/messages.py`)."""
    raise typer.Exit(serve_engine(context.obj))

"""`photosearch trash`: photos out of the way, and back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from photosearch.cli.duplicates import show_results
from photosearch.cli.output import Json, open_library, row, say
from photosearch.paths import printable


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("trash")(trash)


def trash(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Photos of the library.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it; else only show it.")] = False,
    json: Json = False,
) -> None:
    """Show what would go to the trash, and which photos have no other copy; with --yes move it.
    `photosearch undo` brings all of it back."""
    from photosearch.removal import Planned

    with open_library(context) as library:
        if yes:
            show_results(library.trash(files), "trashed", json=json)
            return
        plan = library.trash_plan(files)
    only = going = 0
    for each in plan:
        path = os.fsdecode(each.path)
        if isinstance(each, Planned):
            going, only = going + 1, only + each.only
            if json:
                row(event="would-trash", path=path, only=each.only)
            else:
                say(f"{printable(path)}{' (the only one)' if each.only else ''}")
        elif json:
            row(event="refused", path=path, why=each.why)
        else:
            say(f"{printable(path)} stays: {each.why}")
    if json:
        row(event="dry-run", moved=going, only=only, refused=len(plan) - going)
    else:
        alone = f", {only} of them the only ones of their photos" if only else ""
        say(f"{going} files would go to the trash{alone}. Run it with --yes to do it.")

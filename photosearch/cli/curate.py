"""The commands by which the user says things: rate, favourite, tag, undo, purge, export, import,
and which encoder to use."""

from __future__ import annotations

import json as json_format
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from photosearch.cli.output import Json, open_library, row, say, warn
from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.paths import printable


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("rate")(rate)
    app.command("favourite")(favourite)
    app.command("undo")(undo)
    app.command("purge")(purge)
    app.command("export")(export)
    app.command("import")(import_)


def rate(
    context: typer.Context,
    photo: Path,
    stars: Annotated[int, typer.Argument(min=0, max=5, help="1 to 5; 0 takes the rating away.")],
    json: Json = False,
) -> None:
    """Rate a photo."""
    with open_library(context) as library:
        library.rate(photo, stars)
    _did(json, event="rated", path=os.path.abspath(photo), stars=stars)


def favourite(
    context: typer.Context,
    photo: Path,
    off: Annotated[bool, typer.Option("--off", help="No longer a favourite.")] = False,
    json: Json = False,
) -> None:
    """Make a photo a favourite."""
    with open_library(context) as library:
        library.favourite(photo, not off)
    _did(json, event="favourite", path=os.path.abspath(photo), favourite=not off)


def undo(context: typer.Context, json: Json = False) -> None:
    """Take the last change back: a rating, favourite, tag, album, import, photos in the trash, …"""
    with open_library(context) as library:
        action = library.undo()
    if json:
        row(event="undone", action=action)
    else:
        say("There is nothing to undo." if action is None else f"Undone: {printable(action)}")


def purge(
    context: typer.Context,
    days: Annotated[
        int, typer.Option(min=0, max=36500, help="Gone for at least so many days.")
    ] = 30,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; else only show it.")] = False,
    json: Json = False,
) -> None:
    """Forget photos whose files are long gone. Shows them first; with --yes forgets them."""
    with open_library(context) as library:
        backup = None
        if yes:
            gone, backup = library.purge(days)
        else:
            gone = library.gone(days)
    paths = [None if photo.last_path is None else os.fsdecode(photo.last_path) for photo in gone]
    if json:
        for photo, path in zip(gone, paths, strict=True):
            row(event="gone", photo=photo.content.hex(), path=path, since=photo.since or None)
        row(event="purged" if yes else "dry-run", photos=len(gone), backup=backup and str(backup))
        return
    for path in paths:
        say("(replaced by a newer version, or never seen)" if path is None else printable(path))
    say(
        f"{len(gone)} photos forgotten."
        if yes
        else f"{len(gone)} photos would be forgotten. Run it with --yes to do it."
    )
    if backup is not None:
        say(f"What you said of them is in {printable(backup)}; `photosearch import` reads it.")


def export(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="Where to write it; none: stdout.")] = None,
    json: Json = False,
) -> None:
    """Write all that you said (ratings, favourites, tags, folders) as JSON."""
    with open_library(context) as library:
        document = library.export()
    text = json_format.dumps(document, indent=None if json else 1) + "\n"
    if file is None or str(file) == "-":
        sys.stdout.write(text)
        return
    if file.is_dir():
        raise PhotoSearchError("is-folder", f"{printable(file)} is a folder", "Name a file.")
    part = file.with_name(f"{file.name}.part")
    try:
        part.write_text(text, "ascii")
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise from_os_error(error, printable(file)) from error
    if json:
        row(event="exported", path=os.path.abspath(file))
    else:
        warn(f"Written: {printable(file)}")


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="What `export` wrote; `-`: from stdin.")],
    json: Json = False,
) -> None:
    """Take over what `export` wrote, also for photos that are not indexed yet."""
    try:
        text = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        document = json_format.loads(text)
    except OSError as error:
        raise from_os_error(error, printable(file)) from error
    except (ValueError, RecursionError) as error:
        raise PhotoSearchError(
            "bad-import",
            f"{printable(file)} is no JSON file ({error})",
            "Give a file that `photosearch export` wrote.",
        ) from error
    with open_library(context) as library:
        changed = library.import_(document)
    if json:
        row(event="imported", changed=changed)
    else:
        say(f"{changed} things taken over. `photosearch undo` takes them back.")


def _did(json: bool, **values: object) -> None:
    if json:
        row(**values)

"""`photosearch doctor`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from photosearch.cli.output import Json, open_library, row, say


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("doctor")(doctor)


def doctor(
    context: typer.Context,
    digest: Annotated[
        bool, typer.Option("--digest", help="Only the digest of what the catalog holds.")
    ] = False,
    json: Json = False,
) -> None:
    """Say what is here, what is in order, what is missing and what to do."""
    with open_library(context) as library:
        if digest:
            values = asdict(library.digest())
            if json:
                row(**values)
            else:
                say("\n".join(f"{name}: {value}" for name, value in values.items()))
            return
        from photosearch.doctor import BAD, examine

        broken = False
        for check in examine(library):
            broken |= check.status == BAD
            if json:
                row(**asdict(check))
            else:
                say(f"[{check.status:>4}] {check.name}: {check.text}")
                if check.todo:
                    say(f"       {check.todo}")
    if broken:
        raise typer.Exit(1)

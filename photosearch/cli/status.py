"""`photosearch status`, `problems`, `stages`: how far indexing is, and what stands in its way."""

from __future__ import annotations

import dataclasses
import os
from typing import Annotated

import typer

from photosearch.cli.output import Json, open_library, row, say, table
from photosearch.paths import printable


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("status")(status)
    app.command("problems")(problems)
    app.command("stages")(stages)


def status(context: typer.Context, json: Json = False) -> None:
    """Say how far the library is, and what goes on in it now."""
    with open_library(context) as library:
        found = library.status()
    if json:
        seconds = None if found.run is None else found.run.seconds_left
        row(**dataclasses.asdict(found), seconds_left=seconds)
        return
    run = found.run
    if run is None:
        say("Nothing goes on now.")
    else:
        of = "" if run.total is None else f" of {run.total}"
        left = "" if run.seconds_left is None else f", {_time(run.seconds_left)} left"
        say(f"Indexing ({run.state}): {run.stage} {run.done}{of}, {run.speed:.1f} a second{left}.")
    say(f"{found.photos} photos, {found.todo} still to do, {found.problems} files with problems.")
    if found.stages:
        rows = [
            [name, *(str(counts.get(key, 0)) for key in ("done", "failed", "skipped"))]
            for name, counts in sorted(found.stages.items())
        ]
        table(["stage", "done", "failed", "skipped"], rows, right=[1, 2, 3])
    if found.off:
        say(f"Switched off: {', '.join(found.off)}.")


def problems(
    context: typer.Context,
    again: Annotated[
        bool,
        typer.Option("--try-again", help="Have the next `index` read all of them once more."),
    ] = False,
    json: Json = False,
) -> None:
    """List the files that could not be indexed whole, each with its reason."""
    with open_library(context) as library:
        found = library.problems()
        if again:
            library.try_again()
    for problem in found:
        path = os.fsdecode(problem.path)
        if json:
            row(path=path, reason=problem.reason)
        else:
            say(f"{printable(path)}: {problem.reason}")
    if not json:
        if again and found:
            say(f"The next `photosearch index` tries {len(found)} files again.")
        elif not found:
            say("No problems.")


def stages(
    context: typer.Context,
    on: Annotated[list[str] | None, typer.Option(help="Switch a stage on.")] = None,
    off: Annotated[list[str] | None, typer.Option(help="Switch a stage off.")] = None,
    json: Json = False,
) -> None:
    """Show which stages run for every photo, and switch them; what one has made stays."""
    from photosearch.indexing.stages import SWITCHES

    with open_library(context) as library:
        for name in on or []:
            library.switch_stage(name, True)
        for name in off or []:
            library.switch_stage(name, False)
        now_off = library.stages_off()
    for name in SWITCHES:
        if json:
            row(stage=name, on=name not in now_off)
        else:
            say(f"{name}: {'off' if name in now_off else 'on'}")


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

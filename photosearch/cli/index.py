"""`photosearch index` and `photosearch roots`."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from photosearch.cli.output import Json, open_library, row, say, table, warn
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable
from photosearch.progress import EVENTS, Done, Event, FileFailed, Progress

if TYPE_CHECKING:
    from photosearch.indexing.control import Control

roots_app = typer.Typer(help="The folders of the library.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("index")(index)
    app.add_typer(roots_app, name="roots")


def index(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Folders of photos; none: all that were added.")
    ] = None,
    *,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on watching the folders for changes.")
    ] = False,
    full_speed: Annotated[
        bool, typer.Option("--full-speed", help="Do not step back behind other programs.")
    ] = False,
    stages: Annotated[
        str | None,
        typer.Option(
            "--stages",
            help="Only these, with commas: content (which finds new photos), metadata, thumbnail,"
            " vector, features, duplicates, tags.",
        ),
    ] = None,
    json: Json = False,
    control: Annotated[
        bool,
        typer.Option(
            "--control",
            help="Steered by lines on stdin: pause, resume, stop; its end means stop, unless"
            " `background` was said.",
        ),
    ] = False,
) -> None:
    """Add folders to the library and index their photos; run it again at any time to go on."""
    from photosearch.indexing.control import Control
    from photosearch.indexing.throttle import step_back

    if watch and stages is not None:
        raise typer.BadParameter("--watch runs all stages; say either it or --stages.")
    only = None if stages is None else [name.strip() for name in stages.split(",")]
    if not full_speed:
        step_back()
    steered = Control()
    if control:
        Thread(target=_obey, args=(steered,), name="control", daemon=True).start()
    try:
        with open_library(context) as library:
            if watch:
                events = library.watch(paths or [], steered)
            else:
                events = library.index(paths or [], steered, stages=only)
            if json:
                _print_rows(events, steered=control)
            else:
                show(events)
    except PhotoSearchError as error:
        if control and json:  # whoever steers it reads no terminal
            row(event="error", code=error.code, what=error.what, todo=error.todo)
        raise


def _obey(steered: Control) -> None:
    """Pass on what standard input says."""
    # Unbuffered: Python aborts where it ends while a thread waits in `sys.stdin`'s buffer.
    with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as words:
        for line in words:
            word = line.decode("utf-8", "replace").strip()
            if word == "background":  # whoever started us goes away, and we go on without
                _fall_silent()
                return
            try:
                steered.tell(word)
            except ValueError:
                warn(f"“{printable(word[:40])}” is not understood; say pause, resume or stop.")
    steered.tell("stop")


def _fall_silent() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    os.close(nowhere)


def _print_rows(events: Iterable[Event], *, steered: bool) -> None:
    last = None
    for event in events:
        if event != last:
            try:
                _print_row(event)
            except BrokenPipeError:
                if not steered:
                    raise
                _fall_silent()  # whether to go on without whoever read this, stdin says
        last = event


def _print_row(event: Event) -> None:
    name = next(name for name, kind in EVENTS.items() if type(event) is kind)
    row(event=name, **vars(event))


def show(events: Iterable[Event]) -> Done | None:
    """Show an indexing run to a person: bars while it goes on, then what it came to."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TaskID,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars

    names = {
        **{"scan": "Looking", "read": "Reading", "encode": "Understanding", "index": "Sorting"},
        **{"tags": "Tagging", "taught": "Tagging"},
        **{"duplicates": "Comparing", "compare": "Comparing", "copy": "Copying"},
        "waiting": "Waiting",
    }
    tasks: dict[str, TaskID] = {}
    done = None
    columns = (
        TextColumn("{task.description:>13}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[unit]}"),
        TimeRemainingColumn(),
    )
    events = iter(events)
    first = next(events, None)  # an error comes before anything is drawn
    events = itertools.chain([] if first is None else [first], events)
    with Bars(*columns, console=Console(stderr=True)) as bars:
        for event in events:
            if isinstance(event, Progress):
                if event.stage not in tasks:
                    name = names.get(event.stage, event.stage)
                    tasks[event.stage] = bars.add_task(name, total=event.total, unit=event.unit)
                bars.update(tasks[event.stage], completed=event.done, total=event.total)
            elif isinstance(event, FileFailed):
                bars.console.print(
                    f"{printable(event.path)}: {event.reason}",
                    markup=False,
                    highlight=False,
                    soft_wrap=True,
                )
            elif isinstance(event, Done):
                if done is not None:  # a later one, of a run that watches
                    text = f"{event.new} new photos, {event.failed} failed."
                    bars.console.print(text, markup=False, highlight=False)
                done = event
            else:
                place = f"{printable(event.path)}: " if event.path else ""
                bars.console.print(
                    f"{place}{event.text}", markup=False, highlight=False, soft_wrap=True
                )
    if done is not None:
        say(f"{done.seen} photos seen, {done.new} new, {done.failed} failed, {done.seconds:.1f} s.")
    return done


@roots_app.command("list")
def list_roots(context: typer.Context, json: Json = False) -> None:
    """List the folders of the library."""
    with open_library(context) as library:
        found, names = library.roots(), library.root_names()
    if json:
        for path, count, there in found:
            named = {"name": names[path]} if path in names else {}
            row(path=path, photos=count, reachable=there, **named)
    elif found:
        rows = [
            [
                *(printable(path), str(count), "yes" if there else "no (disk away?)"),
                *([printable(names.get(path, path))] if names else []),
            ]
            for path, count, there in found
        ]
        head = ["folder", "photos", "reachable", *(["name in the library"] if names else [])]
        table(head, rows, right=[1])
    else:
        say("No folder yet. Add one with `photosearch index FOLDER`.")


@roots_app.command("remove")
def remove_root(context: typer.Context, path: Path, json: Json = False) -> None:
    """Take a folder out of the library; its photos stay on the disk, and `undo` brings it back."""
    with open_library(context) as library:
        library.remove_root(path)
    _did(json, "removed", path)


@roots_app.command("relocate")
def relocate_root(context: typer.Context, old: Path, new: Path, json: Json = False) -> None:
    """Say that a folder lies elsewhere now; nothing is read again."""
    with open_library(context) as library:
        library.relocate_root(old, new)
    _did(json, "relocated", new)


@roots_app.command("here")
def place_root(
    context: typer.Context,
    name: Annotated[Path, typer.Argument(help="The folder, as `roots list` shows it.")],
    path: Annotated[
        Path | None, typer.Argument(help="Where it lies here; none: where its name says.")
    ] = None,
    sure: Annotated[
        bool, typer.Option("--sure", help="Also where none of its known photos is there any more.")
    ] = False,
    json: Json = False,
) -> None:
    """Say where a folder of a shared library lies on this computer; other computers do not mind."""
    with open_library(context) as library:
        place = library.place_root(name, path, sure=sure)
    if json:
        row(event="placed", name=str(name), path=place)
    else:
        warn(f"On this computer, {printable(name)} is {printable(place)}.")


@roots_app.command("exclude")
def exclude(
    context: typer.Context,
    pattern: Annotated[
        str, typer.Argument(help="A folder's path, or names with wildcards, such as '*.png'.")
    ],
    json: Json = False,
) -> None:
    """Leave files or folders out of all folders of the library, from the next `index` on."""
    with open_library(context) as library:
        kept = library.exclude(pattern)
    _did(json, "left out", Path(kept), key="pattern")


@roots_app.command("include")
def include(context: typer.Context, pattern: str, json: Json = False) -> None:
    """Leave something out no longer; `roots excluded` shows what is."""
    with open_library(context) as library:
        kept = library.exclude(pattern, on=False)
    _did(json, "no longer left out", Path(kept), key="pattern")


@roots_app.command("excluded")
def excluded(context: typer.Context, json: Json = False) -> None:
    """List what is left out."""
    with open_library(context) as library:
        found = library.excluded()
    for pattern in found:
        if json:
            row(pattern=pattern)
        else:
            say(printable(pattern))
    if not found and not json:
        say("Nothing is left out.")


def _did(json: bool, what: str, path: Path, key: str = "path") -> None:
    if json:
        row(event=what, **{key: os.path.abspath(path) if key == "path" else str(path)})
    else:
        warn(f"{what.capitalize()}: {printable(path)}. `photosearch undo` takes it back.")

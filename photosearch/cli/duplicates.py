"""`photosearch duplicates`: what is twice, and cleaning it up."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from photosearch.cli.output import Json, open_library, row, say
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable

if TYPE_CHECKING:
    from photosearch.duplicates.groups import Group
    from photosearch.removal import Result

app = typer.Typer(
    help="Find what is twice, and clean it up.", invoke_without_command=True, no_args_is_help=False
)

_Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--kind", help="duplicate, edited-copy or similar-shot; may be given again. None: all."
    ),
]


@app.callback()
def duplicates(  # noqa: PLR0917  as Typer wants its options
    context: typer.Context,
    kind: _Kinds = None,
    folder: Annotated[
        Path | None, typer.Option("--in", help="Only groups whose kept file lies in this folder.")
    ] = None,
    trash: Annotated[
        bool, typer.Option("--trash", help="Show what would go to the trash; with --yes: move it.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --trash: really do it.")] = False,
    no_merge: Annotated[
        bool,
        typer.Option("--no-merge", help="Leave ratings, favourites and tags of copies with them."),
    ] = False,
    json: Json = False,
) -> None:
    """Show groups of photos of which one is to be kept; with --trash --yes remove the others."""
    if context.invoked_subcommand is not None:
        return
    if yes and not trash:
        raise typer.BadParameter("--yes goes with --trash")
    within = None if folder is None else os.fsencode(os.path.abspath(folder))

    def chosen(group: Group) -> bool:
        return within is None or group.file.path.startswith(within.rstrip(b"/") + b"/")

    with open_library(context) as library:
        found = library.duplicates
        kinds = _kinds(kind)
        if not trash:
            _show([group for group in found.groups(kinds) if chosen(group)], json=json)
        elif yes:
            show_results(found.remove(chosen, kinds, merge=not no_merge), "trashed", json=json)
        else:
            show_results(found.plan(chosen, kinds), "would-trash", json=json)


@app.command("undo")
def undo(context: typer.Context, json: Json = False) -> None:
    """Bring back what was moved to the trash last."""
    with open_library(context) as library:
        show_results(library.duplicates.undo(), "restored", json=json)


@app.command("keep")
def keep(context: typer.Context, photo: Path, json: Json = False) -> None:
    """Keep this file of every group that it is in, whatever the rules say."""
    with open_library(context) as library:
        library.duplicates.keep(photo)
    _did(json, event="kept", path=os.path.abspath(photo))


@app.command("reject")
def reject(context: typer.Context, first: Path, second: Path, json: Json = False) -> None:
    """These two are no duplicates of each other: never show them so again."""
    with open_library(context) as library:
        library.duplicates.reject(first, second)
    _did(json, event="rejected", paths=[os.path.abspath(first), os.path.abspath(second)])


@app.command("protect")
def protect(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="None: list the protected ones.")] = None,
    off: Annotated[bool, typer.Option("--off", help="No longer protected.")] = False,
    json: Json = False,
) -> None:
    """Never remove anything of a folder and those in it."""
    with open_library(context) as library:
        if folder is not None:
            library.duplicates.protect(folder, not off)
            _did(json, event="protected", path=os.path.abspath(folder), on=not off)
            return
        protected = library.duplicates.protected()
    for each in protected:
        if json:
            row(path=each)
        else:
            say(printable(each))


@app.command("rules")
def rules(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="The rules that come first, in order.")
    ] = None,
    reset: Annotated[
        bool, typer.Option("--reset", help="Back to the order that holds by itself.")
    ] = False,
    json: Json = False,
) -> None:
    """Show, or put in order, the rules by which the one to keep is chosen. `in:TEXT` prefers files
    whose path has TEXT, `-in:TEXT` those whose path has not."""
    with open_library(context) as library:
        if names or reset:
            library.duplicates.set_rules(names or [])
        found = library.duplicates.rules()
    for place, name in enumerate(found, 1):
        if json:
            row(place=place, rule=name)
        else:
            say(f"{place:2}. {name}")


def _kinds(given: list[str] | None) -> list[str]:
    from photosearch.duplicates.kinds import KINDS

    return [name.strip().lower().replace(" ", "-") for name in given or KINDS]


def _show(groups: Iterable[Group], *, json: bool) -> None:
    count = 0
    sizes: dict[bytes, int] = {}  # a file may stand in several groups
    for group in groups:
        paths = [group.file.path, *(other.file.path for other in group.others)]
        count += 1
        sizes.update((other.file.path, other.file.size) for other in group.others)
        if json:
            row(
                kind=group.kind,
                keep=os.fsdecode(group.file.path),
                paths=[os.fsdecode(path) for path in paths],
                reasons=list(group.reasons),
                evidence=[
                    {"path": os.fsdecode(other.file.path), "why": other.why}
                    for other in group.others
                ],
            )
            continue
        say(f"{_NAMES[group.kind]}: keep {_shown(group.file.path)} ({', '.join(group.reasons)})")
        for other in group.others:
            stays = "; protected" if other.protected else ""
            say(f"    {_shown(other.file.path)} ({other.why}{stays})")
    if not json:
        say(
            f"{count} groups, {len(sizes)} files besides those to keep"
            f" ({sum(sizes.values()) / 1e6:.1f} MB)."
            if count
            else "Nothing is twice, as far as was looked at."
        )


_NAMES = {
    "duplicate": "Duplicate",
    "edited-copy": "Edited copy",
    "similar-shot": "Similar shot",
}


def show_results(results: Iterable[Result], event: str, *, json: bool) -> None:
    """Print what was moved, or would be, and what stays; fail where some could not come back."""
    from photosearch.removal import Moved

    moved = refused = 0
    for result in results:
        good = isinstance(result, Moved)
        moved, refused = moved + good, refused + (not good)
        path = os.fsdecode(result.path)
        if isinstance(result, Moved):
            if json:
                place = None if result.place is None else os.fsdecode(result.place)
                row(event=event, path=path, place=place)
            else:
                say(printable(path))
        elif json:
            row(event="refused", path=path, why=result.why)
        else:
            say(f"{printable(path)} stays: {result.why}")
    if json:
        row(event="done", moved=moved, refused=refused)
        return
    say(
        {
            "trashed": f"{moved} files moved to the trash, {refused} stay."
            " `photosearch undo` brings them back.",
            "would-trash": f"{moved} files would go to the trash, {refused} stay."
            " Run it with --yes to do it.",
            "restored": f"{moved} files came back, {refused} did not."
            if moved or refused
            else "There is nothing to bring back.",
        }[event]
    )
    if event == "restored" and refused:
        raise PhotoSearchError("not-restored", f"{refused} files could not come back")


def _shown(path: bytes) -> str:
    return printable(os.fsdecode(path))


def _did(json: bool, **values: object) -> None:
    if json:
        row(**values)

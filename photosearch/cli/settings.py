"""`photosearch settings`: how the program does its work on this computer."""

from __future__ import annotations

from typing import Annotated

import typer

from photosearch import settings
from photosearch.cli.output import Json, row, say, table, warn
from photosearch.paths import printable
from photosearch.settings import Settings

app = typer.Typer(help="How the program does its work on this computer.", no_args_is_help=False)

Name = Annotated[str, typer.Argument(help="One of `photosearch settings list`.")]


@app.callback(invoke_without_command=True)
def _default(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        list_settings()


@app.command("list")
def list_settings(json: Json = False) -> None:
    """Show all settings: what they are, what they would be, and who says so."""
    said, now, usual = settings.stored(), Settings.load(), Settings()
    for mistake in said.mistakes:
        warn(f"{mistake}.")
    lines = []
    for name in settings.all_settings():
        about = settings.about(name)
        value, default = getattr(now, name), getattr(usual, name)
        if name in settings.environment():
            source = "environment"
        else:
            source = "file" if name in said.values else "default"
        if json:
            row(name=name, value=value, default=default, source=source, unit=about.unit)
            continue
        lines.append((name, str(value), str(default), source, f"{about.label}. {about.help}"))
    if not json:
        head = ("Setting", "Value", "Default", "From", "What it does")
        table(head, lines, right=(1, 2))
        say(f"\nKept in {printable(settings.file())}; PHOTOSEARCH_NAME in the environment wins.")


@app.command("set")
def set_setting(
    name: Name,
    value: Annotated[str, typer.Argument(help="A whole number from 1 on.")],
    json: Json = False,
) -> None:
    """Keep a value, for all libraries; whatever is started from now on follows it."""
    settings.store(name, settings.parse(name, value))
    _say_now(name, json)


@app.command("unset")
def unset_setting(name: Name, json: Json = False) -> None:
    """Go back to the default."""
    settings.parse(name, "1")
    settings.store(name, None)
    _say_now(name, json)


def _say_now(name: str, json: bool) -> None:
    value = getattr(Settings.load(), name)
    if json:
        row(event="set", name=name, value=value)
        return
    say(f"{name} is {value}.")
    if name in settings.environment():
        warn(f"{settings.variable(name)} in the environment says so, and wins.")

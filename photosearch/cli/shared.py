"""`photosearch shared …`: who may do what in a library on a server."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from photosearch.cli.output import Json, open_library, row, say
from photosearch.paths import printable
from photosearch.shared import library_folder

app = typer.Typer(
    help="Libraries on a PostgreSQL server, and who may do what in them.", no_args_is_help=True
)

_MAY = {
    "reader": "search and look",
    "contributor": "rate, tag, put into albums, keep searches, and undo what they did",
    "owner": "everything: index, add folders, choose models, remove and purge photos",
}


@app.callback()
def _group() -> None:
    pass


@app.command("password")
def password(
    address: Annotated[str, typer.Argument(metavar="URL", help="postgresql://HOST/NAME.")],
    *,
    forget: Annotated[bool, typer.Option("--forget", help="Keep it no longer.")] = False,
) -> None:
    """Keep the password of a library on a server in this computer's keyring. It is asked for, or
    read from standard input, and never shown."""
    from photosearch.catalog.passwords import keep_password

    library_folder(address)  # an address that can be used
    if forget:
        keep_password(address, None)
        say("The keyring holds no password for it.")
        return
    if sys.stdin.isatty():
        given = getpass.getpass("Password: ")
    else:
        given = sys.stdin.readline().rstrip("\n")
    if not given:
        raise typer.BadParameter("There is no password to keep.")
    keep_password(address, given)
    say("The keyring of this computer has it now.")


@app.command("init")
def init(
    context: typer.Context,
    address: Annotated[
        str | None,
        typer.Argument(metavar="URL", help="postgresql://HOST/NAME; none: that of --library."),
    ] = None,
    json: Json = False,
) -> None:
    """Make a library in an empty database of yours, and the roles for people; both only where they
    are not there yet."""
    if address is not None:
        context.obj = library_folder(address)
    with open_library(context) as library:
        roles = library.give_roles()
        place = library.catalog.place
    if json:
        for role in roles:
            row(event="role", kind=role.kind, name=role.name, members=role.members)
        return
    say(f"{place} is ready. Its roles on the server:")
    for role in roles:
        people = ", ".join(map(printable, role.members)) or "nobody yet"
        say(f"  {printable(role.name)}: may {_MAY[role.kind]} ({people})")
    quoted = '"' + roles[0].name.replace('"', '""') + '"'
    say("To give a person a role, say on the server, in psql:")
    say("  CREATE ROLE bea LOGIN;   then, for the password:   \\password bea")
    say(f"  GRANT {printable(quoted)} TO bea;")

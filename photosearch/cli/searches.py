"""`photosearch searches …`: searches under a name, and those asked before."""

from __future__ import annotations

from typing import Annotated

import typer

from photosearch.cli.output import Json, open_library, row, say, table
from photosearch.paths import printable

app = typer.Typer(help="Searches under a name, which stay up to date.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The name of the search.")]


@app.command()
def save(
    context: typer.Context,
    name: Name,
    query: Annotated[str, typer.Argument(help="What to search for, as in `photosearch search`.")],
) -> None:
    """Keep a search under a name (in the place of one that has it)."""
    with open_library(context) as library:
        say(f"Saved as “{printable(library.save_search(name, query))}”.")


@app.command("list")
def list_(context: typer.Context, json: Json = False) -> None:
    """Show the saved searches."""
    with open_library(context) as library:
        found = library.saved_searches()
    if json:
        for name, query in found.items():
            row(name=name, query=query)
    elif found:
        table(["name", "search"], [[printable(n), printable(q)] for n, q in found.items()])
    else:
        say("No search is saved yet: `photosearch searches save NAME QUERY` keeps one.")


@app.command()
def show(
    context: typer.Context,
    name: Name,
    number: Annotated[
        int, typer.Option("-n", "--number", min=1, help="How many photos to show.")
    ] = 20,
    json: Json = False,
) -> None:
    """Ask a saved search again."""
    from photosearch.cli.search import search

    with open_library(context) as library:
        query = library.saved_search(name)
    search(context, query, number, json=json)


@app.command()
def remove(context: typer.Context, name: Name) -> None:
    """Forget a saved search."""
    with open_library(context) as library:
        library.remove_search(name)
    say(f"“{printable(name)}” is not saved any more; `photosearch undo` brings it back.")


@app.command()
def history(context: typer.Context, json: Json = False) -> None:
    """Show what was searched for in the window, the last first."""
    with open_library(context) as library:
        found = library.search_history()
    for query in found:
        row(query=query) if json else say(printable(query))
    if not found and not json:
        say("Nothing has been searched for in the window yet.")


@app.command()
def forget(context: typer.Context) -> None:
    """Forget what was searched for in the window (saved searches stay)."""
    with open_library(context) as library:
        library.forget_history()
    say("Forgotten.")

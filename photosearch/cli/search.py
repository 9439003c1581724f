"""`photosearch search` and `photosearch similar`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from photosearch.cli.output import Json, lines_of_stdin, open_library, row, say, table, warn
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable

if TYPE_CHECKING:
    from photosearch.search.query import Match

Count = Annotated[int, typer.Option("-n", "--number", min=1, help="How many photos to show.")]

# Errors about one query or photo of many; any other says that none of them can be answered.
_OF_ONE_QUERY = {
    *("empty-query", "not-found", "is-folder", "undecodable", "no-permission", "disk-error"),
    *("vanished", "changing", "too-large", "too-slow", "crashed"),
}


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("search")(search)
    app.command("similar")(similar)


def search(
    context: typer.Context,
    words: Annotated[
        str,
        typer.Argument(
            help="What is in the photo, and filters such as -word, 2019, rating:>3, in:italy;"
            " `-`: one query a line from stdin."
        ),
    ],
    number: Count = 20,
    json: Json = False,
) -> None:
    """Find photos by saying what is in them."""
    with open_library(context) as library:

        def find(query: str) -> Sequence[Match]:
            answer = library.search(query, number)
            for mistake in answer.mistakes:
                said = printable(query[mistake.start : mistake.end][:40])
                warn(f"“{said}” (at character {mistake.start + 1}) was left out. {mistake.text}")
            return answer.matches

        _answer(words, json, find)


def similar(
    context: typer.Context,
    photo: Annotated[str, typer.Argument(help="A photo; `-`: one path a line from stdin.")],
    number: Count = 20,
    json: Json = False,
) -> None:
    """Find photos that look like a photo (which need not be in the library)."""
    with open_library(context) as library:
        _answer(photo, json, lambda query: library.similar(Path(query), number))


def _answer(asked: str, json: bool, find: Callable[[str], Sequence[Match]]) -> None:
    if asked != "-":
        _show(find(asked), json, None)
        return
    asked_for = answered = 0
    for query in lines_of_stdin():
        asked_for += 1
        try:
            matches = find(query)
        except PhotoSearchError as error:
            if error.code not in _OF_ONE_QUERY:
                raise
            warn(str(error))
            continue
        answered += 1
        _show(matches, json, query)
    if asked_for and not answered:
        raise PhotoSearchError(
            "nothing-answered", "Not one of the lines could be answered", "See why above."
        )


def _show(matches: Sequence[Match], json: bool, query: str | None) -> None:
    if json:
        extra = {} if query is None else {"query": query}
        for match in matches:
            row(**extra, **asdict(match))
        return
    if query is not None:
        say(f"\n{printable(query)}")
    if not matches:
        say("No photo to show.")
        return
    rows = [
        [
            str(match.rank),
            "" if match.score is None else f"{match.score:.3f}",
            (match.taken_at or "").replace("T", " "),
            printable(match.path),
            "; ".join(match.reasons),
        ]
        for match in matches
    ]
    table(["#", "score", "taken", "photo", "why"], rows, right=[0, 1])

"""`photosearch search` and `photosearch similar`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from photosearch.cli.output import Json, lines_of_stdin, open_library, row, say, table, warn
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable

if TYPE_CHECKING:
    from photosearch.search.answers import Answer
    from photosearch.search.query import Match

Count = Annotated[int, typer.Option("-n", "--number", min=1, help="How many photos to show.")]

Unfold = Annotated[bool, typer.Option("--unfold", help="Show near-duplicates one by one, too.")]

# Errors about one query or photo of many; any other says that none of them can be answered.
_OF_ONE_QUERY = {
    *("empty-query", "not-found", "is-folder", "undecodable", "no-permission", "disk-error"),
    *("vanished", "changing", "too-large", "too-slow", "crashed"),
    "not-calibrated",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("search")(search)
    app.command("similar")(similar)


def search(  # noqa: PLR0917  typer's way
    context: typer.Context,
    words: Annotated[
        str,
        typer.Argument(
            help="What is in the photo, and filters such as -word, 2019, rating:>3, in:italy;"
            " `-`: one query a line from stdin."
        ),
    ],
    number: Count = 20,
    min_relevance: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Leave out what is less likely to be meant (0 to 1)."),
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Say for each photo why it is there.")] = False,
    unfold: Unfold = False,
    json: Json = False,
) -> None:
    """Find photos by saying what is in them."""
    with open_library(context) as library:

        def find(query: str) -> Answer:
            answer = library.search(query, number, folded=not unfold)
            for mistake in answer.mistakes:
                said = printable(query[mistake.start : mistake.end][:40])
                warn(f"“{said}” (at character {mistake.start + 1}) was left out. {mistake.text}")
            for note in answer.notes:
                warn(note)
            return answer if min_relevance is None else _above(answer, min_relevance)

        _answer(words, json, find, why=why)


def similar(  # noqa: PLR0917  typer's way
    context: typer.Context,
    photos: Annotated[
        list[str],
        typer.Argument(
            help="A photo, or several that others should look like; `-`: one path a line from"
            " stdin."
        ),
    ],
    number: Count = 20,
    region: Annotated[
        str | None,
        typer.Option(
            metavar="X,Y,WIDTH,HEIGHT",
            help="The part of the photo that counts, as fractions: 0.5,0,0.5,1 is the right half.",
        ),
    ] = None,
    unfold: Unfold = False,
    json: Json = False,
) -> None:
    """Find photos that look like a photo (which need not be in the library)."""
    from photosearch.media.pixels import parse_region
    from photosearch.search.answers import Answer

    part = None if region is None else parse_region(region)
    if part is not None and len(photos) > 1:
        raise typer.BadParameter("a region is a part of one photo", param_hint="--region")
    with open_library(context) as library:

        def find(*paths: str) -> Answer:
            found = library.similar([Path(path) for path in paths], number, part, folded=not unfold)
            return Answer(tuple(found))

        if len(photos) > 1:
            _show(find(*photos), json, None)
        else:
            _answer(photos[0], json, find)


def _above(answer: Answer, least: float) -> Answer:
    """The matches of at least this relevance."""
    if answer.matches and answer.good is None:
        raise PhotoSearchError(
            "not-calibrated",
            "It cannot be told how relevant these photos are",
            "That needs words to search for, and an encoder that is calibrated: one without"
            " reference photos of its own learns it from a library of some hundred photos.",
        )
    from photosearch.search.answers import good_of

    kept = tuple(match for match in answer.matches if (match.relevance or 0) >= least)
    return replace(answer, matches=kept, good=good_of(kept))


def _answer(asked: str, json: bool, find: Callable[[str], Answer], *, why: bool = False) -> None:
    if asked != "-":
        _show(find(asked), json, None, why=why)
        return
    asked_for = answered = 0
    for query in lines_of_stdin():
        asked_for += 1
        try:
            answer = find(query)
        except PhotoSearchError as error:
            if error.code not in _OF_ONE_QUERY:
                raise
            warn(str(error))
            continue
        answered += 1
        _show(answer, json, query, why=why)
    if asked_for and not answered:
        raise PhotoSearchError(
            "nothing-answered", "Not one of the lines could be answered", "See why above."
        )


def _show(answer: Answer, json: bool, query: str | None, *, why: bool = False) -> None:
    matches = answer.matches
    if json:
        extra = {} if query is None else {"query": query}
        for match in matches:
            is_good = None if answer.good is None else match.rank <= answer.good
            row(**extra, **asdict(match), good=is_good)
        return
    if query is not None:
        say(f"\n{printable(query)}")
    if not matches:
        say("No photo to show.")
        return
    good = len(matches) if answer.good is None else answer.good
    if not good:
        say("No good match. What comes nearest:")
    lines = [_line(match, why) for match in matches]
    if 0 < good < len(lines):
        lines.insert(good, ["", "", "", "", "– weak matches –"])
    table(["#", "relevance", "score", "taken", "photo"], lines, right=[0, 1, 2])


def _line(match: Match, why: bool) -> list[str]:
    photo = printable(match.path)
    if match.folded:
        photo += f"  (+{len(match.folded)} nearly the same)"
    if why:
        parts = [f"{part.text} {part.weight:+g} x {part.score:.3f}" for part in match.parts]
        photo += f"  [{'; '.join([*match.reasons, *map(printable, parts)])}]"
    return [
        str(match.rank),
        "" if match.relevance is None else f"{match.relevance:.0%}",
        "" if match.score is None else f"{match.score:.3f}",
        (match.taken_at or "").replace("T", " "),
        photo,
    ]

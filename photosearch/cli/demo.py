"""`photosearch demo`: a first look with photos that come inside well-known packages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from photosearch import demo as the_demo
from photosearch.cli.output import Json, row, say, table
from photosearch.encoders.registry import no_encoder
from photosearch.errors import from_os_error
from photosearch.paths import printable

if TYPE_CHECKING:
    from photosearch.library import Library

_SHOWN = 5  # photos a query on the contact sheet


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("demo")(demo)


def demo(json: Json = False) -> None:
    """Index a small album of real photographs and search it, to see how it works."""
    from photosearch.library import Library
    from photosearch.media.contact_sheet import Cell, contact_sheet

    plan, folder = the_demo.plan(), the_demo.folder()
    album = the_demo.lay_out_album(plan["photos"], folder / "album")
    sheet_rows: list[tuple[str, list[Cell]]] = []
    results: list[tuple[str, int | None, str, int]] = []
    absent: list[str] = []
    with Library(folder / "library") as library:
        if library.encoder_folder() is None:
            raise no_encoder()
        _index(library, album, json)
        for query in plan["queries"]:
            found = library.search(query["words"], len(plan["photos"]), folded=False)
            matches = found.matches
            right = [m.rank for m in matches if Path(m.path).name in query["photos"]]
            first = Path(matches[0].path).name
            results.append((query["words"], min(right, default=None), first, found.good or 0))
            sheet_rows.append(
                (
                    query["words"],
                    [
                        Cell(
                            library.thumbnail(match),
                            f"{match.rank}.  {match.score:.2f}",
                            match.rank in right,
                        )
                        for match in matches[:_SHOWN]
                    ],
                )
            )
        for words in plan["absent"]:
            if library.search(words, 1).good == 0:
                absent.append(words)
    sheet = folder / "results.png"
    try:
        contact_sheet(sheet_rows).save(sheet)
    except OSError as error:
        raise from_os_error(error, printable(sheet)) from error
    if json:
        for words, rank, best, good in results:
            row(query=words, rank=rank, best=best, good=good)
        row(event="absent", no_good_match=absent)
        row(event="done", contact_sheet=str(sheet), album=str(album))
        return
    say()
    rows = [[words, str(rank or "not found"), best] for words, rank, best, _ in results]
    table(["words", "rank of the right photo", "first photo"], rows, right=[1])
    right_first = sum(rank == 1 for _, rank, _, _ in results)
    score = f"{right_first} of {len(results)} right at the first place"
    say(f"\n{score}. As pictures: {printable(sheet)}")
    say(f"No good match, rightly, for: {', '.join(absent) or 'nothing'}.")
    say(
        "Now your own photos: `photosearch index FOLDER`, then"
        ' `photosearch search "the kids at the beach"`.'
    )


def _index(library: Library, album: Path, json: bool) -> None:
    from photosearch.cli.index import show

    events = library.index([album])
    if json:
        for _ in events:
            pass
    else:
        show(events)

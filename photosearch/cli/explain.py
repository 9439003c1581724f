"""`photosearch explain`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from photosearch.cli.output import Json, open_library, row, say, table
from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.paths import printable

if TYPE_CHECKING:
    from PIL.Image import Image

    from photosearch.explain.heat import Heat

_SIDE = 420  # pixels, of a photo on the picture that is written
_IN_A_ROW = 3
_GRID = 16  # cells of the map that is printed, along the longer side


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("explain")(explain)


def explain(
    context: typer.Context,
    photo: Annotated[
        str, typer.Argument(help="A photo, in the library or not (with --results: left out).")
    ],
    words: Annotated[str, typer.Argument(help="What was searched for.")] = "",
    *,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Write the heat maps as a picture.")
    ] = None,
    term: Annotated[
        list[str] | None,
        typer.Option(help="Words to show beside the whole (default: those of WORDS)."),
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option(help="A tag that the encoder gives, to show as well.")
    ] = None,
    results: Annotated[
        bool, typer.Option("--results", help="Explain the best results for the words instead.")
    ] = False,
    number: Annotated[int, typer.Option("-n", "--number", min=1, help="How many results.")] = 9,
    json: Json = False,
) -> None:
    """Show where in a photo the words are: why it was found."""
    if results:
        if words:
            raise typer.BadParameter("with --results, give the words alone")
        _results(context, photo, number, out, json)
        return
    if not words and not tag:
        raise typer.BadParameter("say what to look for in the photo", param_hint="WORDS")
    with open_library(context) as library:
        path = Path(photo)
        heats = library.explain(path, words, term or ()) if words else []
        heats += library.explain_tags(path, tag) if tag else []
        _show(heats, json)
        if out is not None:
            picture = library.picture_to_explain(path)
            _write(out, words or path.name, [(_caption(heat), picture, heat) for heat in heats])


def _results(context: typer.Context, words: str, number: int, out: Path | None, json: bool) -> None:
    with open_library(context) as library:
        shown = []
        for match in library.search(words, number).matches:
            whole = library.explain(match.photo_id, words)[0]
            if json:
                row(path=match.path, **_values(whole))
            else:
                say(f"{match.rank:3}  {_line(whole)}  {printable(match.path)}")
            if out is not None:
                picture = library.picture_to_explain(match.photo_id)
                shown.append((f"{match.rank}:  {whole.score:.2f}", picture, whole))
        if out is not None:
            _write(out, words, shown)


def _values(heat: Heat) -> dict[str, object]:
    from photosearch.explain.heat import coarse

    peak = None if heat.peak is None else [round(at, 4) for at in heat.peak]
    return {"term": heat.term, "score": heat.score, "peak": peak, "map": coarse(heat.values, _GRID)}


def _show(heats: Sequence[Heat], json: bool) -> None:
    if json:
        for heat in heats:
            row(**_values(heat))
        return
    rows = [[printable(heat.term), f"{heat.score:.3f}", _where(heat)] for heat in heats]
    table(["looked for", "score", "where it shows most"], rows, right=[1])


def _where(heat: Heat) -> str:
    if heat.peak is None:
        return "nothing in this photo stands out for it"
    return f"{heat.peak[0]:.0%} from the left, {heat.peak[1]:.0%} from the top"


def _line(heat: Heat) -> str:
    return f"{heat.score:.3f}  {_where(heat):40}"


def _caption(heat: Heat) -> str:
    empty = "" if heat.peak else "  (nothing stands out)"
    return f"{printable(heat.term)[:40]}  {heat.score:.2f}{empty}"


def _write(out: Path, words: str, shown: Sequence[tuple[str, Image, Heat]]) -> None:
    from photosearch.explain.picture import overlay
    from photosearch.media.contact_sheet import Cell, contact_sheet

    cells = [Cell(overlay(picture, heat), caption) for caption, picture, heat in shown]
    rows = [
        (printable(words) if start == 0 else "", cells[start : start + _IN_A_ROW])
        for start in range(0, len(cells), _IN_A_ROW)
    ]
    try:
        contact_sheet(rows, _SIDE).save(out)
    except OSError as error:
        raise from_os_error(error, printable(out)) from error
    except ValueError:
        raise PhotoSearchError(
            "unknown-format",
            f"{printable(out)} has no ending of a kind of picture",
            "Name a file such as why.png or why.jpg.",
        ) from None

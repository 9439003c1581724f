"""What all commands share: opening the library, JSON rows, tables, and reading names from stdin."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from photosearch.library import Library

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, nothing else.")]


def open_library(context: typer.Context) -> Library:
    """The library that the command line names."""
    from photosearch.library import Library
    from photosearch.settings import stored

    for mistake in stored().mistakes:
        warn(f"{mistake}.")
    folder: Path = context.obj
    return Library(folder)


def row(**values: Any) -> None:
    """Print one JSON object as a line. Bytes of file names that are no text are escaped as Python
    does it (`os.fsencode` of the parsed string gives them back)."""
    print(json.dumps(values), flush=True)


def say(text: str = "") -> None:
    """Print a line for a person."""
    print(text, flush=True)


def warn(text: str) -> None:
    """Print a line for a person where it does not disturb rows."""
    print(" ".join(text.split()), file=sys.stderr, flush=True)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Print a plain table; columns named in `right` by number are aligned right. No cell is cut: a
    path must stay one that can be copied."""
    widths = [max(len(cell) for cell in column) for column in zip(head, *rows, strict=True)]
    for cells in (head, *rows):
        line = "  ".join(
            cell.rjust(width) if number in right else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        say(line.rstrip())


def lines_of_stdin() -> Iterator[str]:
    """The lines of standard input that are not blank, as text that keeps bytes that are none."""
    for line in sys.stdin.buffer:
        text = os.fsdecode(line.rstrip(b"\r\n"))
        if text.strip():
            yield text

"""The window, and the engine that it talks to, started as the desktop and the window start them.

The parser of the command line takes a quarter of a second to be there, in each of the two; a person
who opens the window waits for both. So these few command lines are read here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from photosearch.errors import PhotoSearchError
from photosearch.shared import library_folder


def opened_by(arguments: Sequence[str]) -> Callable[[], int] | None:
    """What to call for `[--library DIR] [window [PATH...]]` or `[--library DIR] engine`; it returns
    the exit code. None: the command line's parser is to read these arguments."""
    rest, folder = list(arguments), ""
    if rest[:1] == ["--library"] and len(rest) > 1 and rest[1][:1] not in ("", "-"):
        folder, rest = rest[1], rest[2:]

    def library() -> Path:
        return library_folder(folder or None)

    match rest:
        case [] | ["window"]:
            return lambda: open_window(library())
        case ["window", *paths] if not any(path.startswith("-") for path in paths):
            return lambda: open_window(library(), paths)
        case ["engine"]:
            return lambda: serve_engine(library())
    return None


def open_window(library: Path, paths: Sequence[str] = ()) -> int:
    """Open a library's window, and something in it; returns the exit code when it is closed.
    Raises PhotoSearchError (`no-screen`, and as `gui.app.main`)."""
    from photosearch.engine.starting import engine_ahead

    _check_screen()
    with engine_ahead(library):
        from photosearch.gui.app import main

        return main(library, [os.path.abspath(path) for path in paths])


def serve_engine(library: Path) -> int:
    """Answer a window: messages as lines on stdin and stdout (see `engine/messages.py`)."""
    from photosearch.engine.server import serve

    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints breaks no message
    serve(library, sys.stdin.buffer, replies)
    return 0


def _check_screen() -> None:
    """Qt ends the process where it finds no screen; say so instead."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in named):
        raise PhotoSearchError(
            "no-screen",
            "There is no screen to open the window on",
            "The commands work without one: `photosearch --help` shows them.",
        )

"""Commands of this very program as children of the window."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_ahead: dict[tuple[str, ...], subprocess.Popen[bytes]] = {}


def program(library: Path, *arguments: str) -> list[str]:
    """The command line that runs a command of this very program on a library. In a bundle that is
    the program for terminals, which lies beside the window's."""
    start = [sys.executable, "-m", __package__.partition(".")[0]]
    if getattr(sys, "frozen", False):
        beside = Path(sys.executable)
        start = [str(beside.with_name("photosearch" + beside.suffix))]
    return [*start, "--library", str(library), *arguments]


@contextlib.contextmanager
def engine_ahead(library: Path) -> Iterator[None]:
    """Start the engine of a library before the window is imported that talks to it, which takes as
    long. If nobody has taken it in the end (there was a window already), it is ended."""
    command = program(library.absolute(), "engine")
    with contextlib.suppress(OSError):  # then the window will say so
        _ahead[tuple(command)] = _start(command)
    try:
        yield
    finally:
        process = _ahead.pop(tuple(command), None)
        if process is not None:
            process.kill()
            process.communicate()


def start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a child that is talked to by its standard input and output; one that was started ahead
    is taken. Raises OSError where it cannot be started."""
    return _ahead.pop(tuple(command), None) or _start(command)


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C in the terminal is for the window, which then ends us
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows: no terminal opens
    )

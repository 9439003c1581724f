"""The console script: run a command; an error a person can meet is one line and exit code 1."""

from __future__ import annotations

import atexit
import gc
import io
import os
import signal
import sys
from types import FrameType

from photosearch.errors import PhotoSearchError
from photosearch.opening import opened_by


def main_window() -> None:
    """Open the window with the paths in `sys.argv` (the program `photosearch-gui`)."""
    sys.argv[1:1] = ["window"]
    main(in_window=True)


def main(*, in_window: bool = False) -> None:
    """Run the command line. `in_window`: an error is also shown in a window of its own, where there
    is no terminal to read it in."""
    atexit.register(gc.freeze)  # the end of all that was imported comes without a look for garbage
    try:
        signal.signal(signal.SIGINT, _stop)
        signal.signal(signal.SIGTERM, _stop)
        _complete_streams()
        if (program := opened_by(sys.argv[1:])) is not None:
            sys.exit(program())
        from photosearch.cli import app

        app(prog_name="photosearch")
    except PhotoSearchError as error:
        if in_window and error.code != "no-screen" and not sys.stderr.isatty():
            from photosearch.gui.last_words import show

            show(str(error))
        _end(str(error))
    except _Stopped:
        _end("Stopped. What was finished is kept; run it again to go on.")
    except BrokenPipeError:
        # Whoever read our output has gone; not even the interpreter's last flush may complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if os.environ.get("PHOTOSEARCH_DEBUG"):
            raise
        _end(
            f"Something went wrong inside PhotoSearch ({type(error).__name__}: {error})."
            " Nothing is lost. Set PHOTOSEARCH_DEBUG=1 and run it again to see where."
        )


def _complete_streams() -> None:
    """Have the three standard streams open, also where whoever started us closed some (else the
    next file or connection to be opened would take a stream's number), and able to print any
    name on any terminal."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
            os.set_inheritable(number, True)  # else it is free again in every child
            setattr(sys, name, open(number, mode, closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


class _Stopped(BaseException):
    """Somebody wants the command to end. Not KeyboardInterrupt, which Typer answers in its way."""


def _stop(_number: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # once is enough: it is ending
    raise _Stopped


def _end(line: str) -> None:
    print(" ".join(line.split()), file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()

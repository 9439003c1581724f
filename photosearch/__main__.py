"""The console script: run a command; an error a person can meet is one line and exit code 1."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

from photosearch.errors import PhotoSearchError


def main() -> None:
    """Run the command line."""
    from photosearch.cli import app

    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    try:
        app(prog_name="photosearch")
    except PhotoSearchError as error:
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


class _Stopped(BaseException):
    """Somebody wants the command to end. Not KeyboardInterrupt, which Typer answers in its way."""


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _Stopped


def _end(line: str) -> None:
    print(" ".join(line.split()), file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()

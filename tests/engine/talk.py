"""How the engine's tests talk to a real engine, and wait for what it says."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from photosearch.engine.messages import decode, encode
from photosearch.engine.replies import Error, SearchState
from photosearch.engine.requests import Request

PATIENCE = 90.0
"""Seconds after which something that must happen is taken not to happen."""


class Heard:
    """What was said, in order; safe to fill from any thread."""

    def __init__(self) -> None:
        self.all: list[tuple[int, Any]] = []
        self._more = threading.Condition()

    def add(self, number: int, message: object) -> None:
        with self._more:
            self.all.append((number, message))
            self._more.notify_all()

    def until(self, wanted: Callable[[list[tuple[int, Any]]], object]) -> None:
        """Wait until what was said so far is as wanted."""
        with self._more:
            assert self._more.wait_for(lambda: wanted(self.all), PATIENCE), self.all

    def to(self, number: int) -> Any:
        """The reply to a request; waits for it."""
        self.until(lambda all_: any(to == number for to, _ in all_))
        return next(message for to, message in self.all if to == number)

    def unasked(self) -> list[Any]:
        return [message for to, message in self.all if to == 0]

    def place(self, number: int) -> int:
        """As the how-manieth thing the reply to a request was said."""
        return [to for to, _ in self.all].index(number)

    def wait_for_search(self, state: str) -> None:
        """Wait until searching is loading, ready or failed."""
        self.until(
            lambda all_: any(isinstance(m, SearchState) and m.state == state for _, m in all_)
        )


class RawEngine(Heard):
    """`photosearch engine` and the lines that go to and fro."""

    def __init__(self, library: Path, *, program: Sequence[str] = ("-m", "photosearch")) -> None:
        super().__init__()
        self.process = subprocess.Popen(
            [sys.executable, *program, "--library", str(library), "engine"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.lines: list[bytes] = []
        self.err = b""
        self._number = 0
        self._threads = [threading.Thread(target=read) for read in (self._read, self._read_err)]
        for thread in self._threads:
            thread.start()

    def ask(self, request: Request) -> int:
        self._number += 1
        self.send(encode(request, self._number))
        return self._number

    def send(self, line: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line)
        self.process.stdin.flush()

    def answer(self, request: Request) -> Any:
        """Ask, and wait for the reply."""
        return self.to(self.ask(request))

    def end(self) -> int:
        """End its input; returns its exit code, once it is gone and all it said was read."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        code = self.process.wait(PATIENCE)
        for thread in self._threads:
            thread.join(PATIENCE)
        return code

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.lines.append(line)
                self.add(*decode(line))

    def _read_err(self) -> None:
        assert self.process.stderr is not None
        with self.process.stderr as stream:
            self.err = stream.read()


@contextmanager
def engine(library: Path, **how: Any) -> Iterator[RawEngine]:
    """An engine for a while; it ends with exit code 0, leaves nobody behind, and says nothing
    on stderr."""
    running = RawEngine(library, **how)
    try:
        yield running
        below = psutil.Process(running.process.pid).children(recursive=True)
        assert running.end() == 0
        assert gone(below)
        assert running.err == b"", running.err.decode()
    finally:
        running.process.kill()
        running.end()


def finder_of(pid: int) -> psutil.Process:
    """The finder of an engine that was asked for no preview yet; waits until it is started."""
    finder: psutil.Process = until(lambda: next(iter(model_children(pid)), None))
    return finder


def model_children(pid: int) -> list[psutil.Process]:
    found = []
    for child in psutil.Process(pid).children():
        try:
            if "spawn_main" in " ".join(child.cmdline()):
                found.append(child)
        except psutil.Error:
            continue
    return found


def until(look: Callable[[], Any]) -> Any:
    """What `look` sees, once it sees something (for what tells nobody that it happened)."""
    deadline = time.monotonic() + PATIENCE
    pause = threading.Event()
    while not (seen := look()):
        assert time.monotonic() < deadline, "it does not happen"
        pause.wait(0.01)
    return seen


def gone(processes: Sequence[psutil.Process]) -> bool:
    """Whether all have ended within five seconds (one that nobody has buried yet has ended)."""
    _, alive = psutil.wait_procs(processes, timeout=5)
    return all(process.status() == psutil.STATUS_ZOMBIE for process in alive)


def error_code(message: object) -> str:
    """The code of an error that says something to a person."""
    assert isinstance(message, Error), message
    assert message.what and "\n" not in message.what
    return message.code

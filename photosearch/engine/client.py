"""The window's side: the engine and the indexer as child processes that speak in lines.

Nothing here waits: what is said to a child is written by a thread of its own, what a child says
comes through a callback *in another thread*.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import json
import queue
import threading
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from photosearch.engine.messages import Message, decode, encode, number_of
from photosearch.engine.replies import Error, as_message
from photosearch.engine.requests import (
    Cancel,
    Favourite,
    Preview,
    Rate,
    Request,
    Search,
    Similar,
    SteerIndexer,
    TagPhotos,
    Undo,
)
from photosearch.engine.starting import program, start
from photosearch.errors import PhotoSearchError
from photosearch.progress import EVENTS, Event, Progress

IndexerEvent = Event | Error
_EVENTS: dict[str, Callable[..., IndexerEvent]] = {**EVENTS, "error": Error}

_QUICK_DEATHS = 3  # in a row, without one answer between them: then it will not come up
_STOP_SECONDS = 5.0
_SAYING_SECONDS = 20.0  # the engine writes down what was said before it ends; others write, too


class LineProcess:
    """A child process that is talked to in lines."""

    def __init__(
        self,
        command: Sequence[str],
        on_line: Callable[[bytes], None],
        on_end: Callable[[int], None],
    ) -> None:
        """Start it. `on_line` gets each line it prints, then `on_end` its exit code; both in a
        thread of this object. Raises OSError where it cannot be started."""
        self._process = start(command)
        self.pid = self._process.pid
        self._outgoing: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._on_line, self._on_end = on_line, on_end
        self._reader = threading.Thread(target=self._read, name="child-reader", daemon=True)
        self._writer = threading.Thread(target=self._write, name="child-writer", daemon=True)
        self._reader.start()
        self._writer.start()

    def say(self, line: bytes) -> None:
        """Send a line (with its newline). One to a child that is gone is lost."""
        self._outgoing.put(line)

    def end_input(self) -> None:
        """Close the child's standard input once all that was said is written."""
        self._outgoing.put(None)

    def wait(self, seconds: float = _STOP_SECONDS) -> None:
        """Wait until the child is gone; after `seconds` it is killed. Not from a callback."""
        self._reader.join(seconds)
        if self._reader.is_alive():
            self.kill()
            self._reader.join()
        self._writer.join()

    def kill(self) -> None:
        """End the child at once; `on_end` follows."""
        self._process.kill()

    @property
    def at_work(self) -> bool:
        """Whether one of its threads still runs, which may call back."""
        return self._reader.is_alive() or self._writer.is_alive()

    def written(self) -> None:
        """Wait until all that was said is written, after `end_input`."""
        self._writer.join(_STOP_SECONDS)

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._on_line(line)
        code = self._process.wait()
        self._outgoing.put(None)
        self._on_end(code)

    def _write(self) -> None:
        assert self._process.stdin is not None
        # A child that is gone: its reader says so.
        with contextlib.suppress(OSError), self._process.stdin as stdin:
            while (line := self._outgoing.get()) is not None:
                stdin.write(line)
                stdin.flush()


class EngineClient:
    """The engine of one library. When it dies it is started again; each request that was under
    way is then answered by an error `engine-died`, never repeated."""

    def __init__(
        self,
        library: Path,
        on_message: Callable[[int, Message], None],
        on_restart: Callable[[bool], None],
    ) -> None:
        """Start the engine. `on_message` gets the number of the request (0: said unasked) and what
        the engine says; `on_restart` whether it was started again (True) or is given up (also where
        no process can be started). Both are called in another thread, and not after `close`."""
        self._command = program(library, "engine")
        self._on_message, self._on_restart = on_message, on_restart
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()  # never held while a callback is called
        self._under_way: dict[int, tuple[int, Request]] = {}  # with the start that it was sent to
        self._starts = self._deaths = 0
        self._closed = False
        self._process: LineProcess | None = None
        self._all: list[LineProcess] = []  # those whose threads may be at work
        self._asides: list[threading.Thread] = []
        self._deaths_untold: deque[tuple[list[int], bool, bool]] = deque()
        self._telling = threading.Lock()
        with self._lock:
            self._start()

    @property
    def pid(self) -> int | None:
        """The engine's process id; None where it was given up."""
        process = self._process
        return process.pid if process else None

    def ask(self, request: Request) -> int:
        """Send a request; returns its number, which comes back with the reply."""
        with self._lock:
            number = next(self._numbers)
            if not isinstance(request, Cancel):
                self._under_way[number] = self._starts, request
            if self._process is not None:
                self._process.say(encode(request, number))
            elif not self._closed:
                self._aside(self._bury, [number], False)
        return number

    def restart(self) -> None:
        """Start a new engine, in the place of one that runs or was given up. One that runs still
        does what it was asked for, as far as nothing newer takes its place."""
        with self._lock:
            self._deaths = 0
            if self._process is not None:
                self._process.end_input()
            self._start()

    def close(self) -> None:
        """End the engine and wait until it is gone. Not from a callback."""
        with self._lock:
            self._closed = True
            self._process = None
            ending, asides = self._all, self._asides
        for process in ending:
            process.end_input()
        for process in ending:
            process.wait(_SAYING_SECONDS)
        for thread in asides:
            thread.join()

    def _start(self) -> None:
        """Start a process; under the lock, so that what it says waits until it is known here."""
        if self._closed:
            return
        self._starts += 1
        self._all = [process for process in self._all if process.at_work]
        on_line = functools.partial(self._line, self._starts)
        on_end = functools.partial(self._ended, self._starts)
        try:
            self._process = LineProcess(self._command, on_line, on_end)
        except OSError:  # no such program, no memory: as if it had died at once
            self._process = None
            self._aside(on_end, -1)
        else:
            self._all.append(self._process)

    def _line(self, start: int, line: bytes) -> None:
        try:
            number, message = decode(line)
        except PhotoSearchError as error:
            number, message = number_of(line), as_message(error)
        with self._lock:
            if self._under_way.pop(number, None) is not None:
                self._deaths = 0
            unheard = self._closed or (number == 0 and start != self._starts)
        if not unheard:
            self._on_message(number, message)

    def _ended(self, start: int, _code: int) -> None:
        with self._lock:
            if self._closed:
                return
            numbers = [number for number, (to, _) in self._under_way.items() if to == start]
            replaced = start != self._starts
            if not replaced:
                self._process = None
                self._deaths += 1
            again = replaced or self._deaths <= _QUICK_DEATHS
            if again and not replaced:
                self._start()
            self._deaths_untold.append((numbers, again, replaced))
        self._tell_deaths()

    def _tell_deaths(self) -> None:
        """Tell of deaths in their order, also where the next one's thread is the quicker."""
        with self._telling:
            while self._deaths_untold:
                numbers, again, replaced = self._deaths_untold.popleft()
                self._bury(numbers, again)
                if not replaced and not self._closed:
                    self._on_restart(again)

    def _bury(self, numbers: list[int], again: bool) -> None:
        """Answer requests that died with their engine, which was started `again` or given up."""
        for number in numbers:
            with self._lock:
                _, request = self._under_way.pop(number, (0, None))
                unheard = self._closed or request is None
            if not unheard and request is not None:
                self._on_message(number, _death(request, again))

    def _aside(self, work: Callable[..., None], *arguments: object) -> None:
        """Do something in a thread of its own, for which `close` waits."""
        thread = threading.Thread(target=work, args=arguments, name="engine-gone", daemon=True)
        self._asides = [each for each in self._asides if each.is_alive()] + [thread]
        thread.start()


class IndexerClient:
    """An indexing run in a child process (`photosearch index --json --control`)."""

    def __init__(
        self,
        library: Path,
        folders: Sequence[str],
        on_event: Callable[[IndexerEvent], None],
        on_end: Callable[[int], None],
    ) -> None:
        """Start it: `folders` become roots; none: all roots are looked at again. `on_event` gets
        what it says, `on_end` its exit code; both in another thread. An Error is the last event
        of a run that could not go on. Raises OSError where it cannot be started."""
        self._on_event = on_event
        command = program(library, "index", "--json", "--control", "--", *folders)
        self._process = LineProcess(command, self._line, on_end)
        self.pid = self._process.pid

    def tell(self, word: str) -> None:
        """`pause`, `resume`, `stop`, or `background`: go on when this window is gone."""
        self._process.say(f"{word}\n".encode())

    def leave(self) -> None:
        """Let go of it: it stops, or goes on if it was told `background`. Waits until the words
        told have been sent."""
        self._process.end_input()
        self._process.written()

    def stop(self, seconds: float = _STOP_SECONDS) -> None:
        """End it and wait until it is gone."""
        self.tell("stop")
        self._process.end_input()
        self._process.wait(seconds)

    def kill(self) -> None:
        """End it at once; the next run goes on from there."""
        self._process.kill()

    def _line(self, line: bytes) -> None:
        try:
            values = json.loads(line)
            event = _EVENTS[values.pop("event")](**values)
        except (ValueError, TypeError, LookupError, AttributeError):
            return  # not said by us: a library that prints
        self._on_event(event)


class DownloadClient:
    """A model's download in a child process (`photosearch models download --json --control`)."""

    def __init__(
        self,
        library: Path,
        name: str,
        on_event: Callable[[Progress | Error], None],
        on_end: Callable[[int], None],
    ) -> None:
        """Start it. `on_event` gets how far it is (stage `download` in bytes, then `convert`), an
        Error last where it failed; `on_end` its exit code; both in another thread. Raises OSError
        where it cannot be started."""
        self._on_event = on_event
        command = program(library, "models", "download", "--json", "--control", "--", name)
        self._process = LineProcess(command, self._line, on_end)
        self.pid = self._process.pid

    def cancel(self) -> None:
        """Stop it; what is here is kept, and the next one goes on from there."""
        self._process.end_input()

    def stop(self, seconds: float = _STOP_SECONDS) -> None:
        """Stop it and wait until it is gone."""
        self._process.end_input()
        self._process.wait(seconds)

    def _line(self, line: bytes) -> None:
        try:
            values = json.loads(line)
            kind = values.pop("event")
            if kind in ("progress", "error"):
                self._on_event({"progress": Progress, "error": Error}[kind](**values))
        except (ValueError, TypeError, LookupError, AttributeError):
            return  # not said by us: a library that prints


def _named(request: Request) -> str:
    """A request in words."""
    if isinstance(request, Search):
        return f"the search for “{request.words}”"
    names = {Similar: "finding similar photos", Preview: "showing a photo", Undo: "undo"}
    names |= {Rate: "a rating", Favourite: "a favourite", TagPhotos: "a tag"}
    names |= {SteerIndexer: "steering the indexing"}
    return names.get(type(request), "the list of photos")


def _death(request: Request, again: bool) -> Error:
    return Error(
        "engine-died",
        f"The part of the program that answers stopped while it worked on {_named(request)}",
        "It was started again." if again else "It does not start any more: try it once more.",
    )

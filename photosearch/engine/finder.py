"""The finder: the child of the engine that holds the encoder and the vectors, and searches.

It is a process of its own because loading a model keeps Python busy for seconds, and because a
model may run out of memory: neither may hold up or end what answers the window.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photosearch.children import FOR_MODELS, Child
from photosearch.engine.looking import arranged
from photosearch.engine.messages import Message, decode, encode
from photosearch.engine.replies import (
    Error,
    Explanation,
    HeatMap,
    Lesson,
    Lessons,
    Match,
    Matches,
    Mistake,
    Reply,
    SearchState,
    as_message,
)
from photosearch.engine.requests import Explain, Learn, Search, Similar
from photosearch.errors import PhotoSearchError

if TYPE_CHECKING:
    from photosearch.explain.heat import Heat
    from photosearch.library import Library
    from photosearch.search.answers import Answer
    from photosearch.search.query import Match as Found

_IDLE = 300.0  # seconds without a question until a GPU's memory is given back


class Finder:
    """Answers in a child what needs a model (see `_answers`). Use from one thread."""

    def __init__(self, library: Path, tell: Callable[[SearchState], None]) -> None:
        """Start the child. `tell` is given how it stands whenever that changes."""
        self._library = library
        self._tell = tell
        self._child: Child | None = None
        self._failure: Error | None = None

    def start(self) -> None:
        """Load what a search needs; the state is told. A failure is no error yet: the next search
        tries again."""
        self._tell(SearchState("loading"))
        try:
            self._child = Child(
                _main, str(self._library), name="photosearch-finder", environment=FOR_MODELS
            )
            said = _receive(self._child.connection)
        except (EOFError, OSError):
            said = Error(
                "finder-died",
                "Searching cannot be made ready: what does it ends while it is loaded",
                "Is there too little memory? Close other programs and try again.",
            )
        if isinstance(said, SearchState):
            self._tell(said)
        elif isinstance(said, Error):
            self.close()
            self._failure = said
            self._tell(SearchState("failed", said.code, said.what, said.todo))

    def answer(self, request: Message) -> Reply | bytes:
        """Answer a request that `_answers` knows, by the line of a reply, as the child wrote it; an
        Error `finder-died` where it died meanwhile (it is started again for the next)."""
        if self._child is not None and not self._child.process.is_alive():
            self.close()  # it died while nobody asked it anything
        if self._child is None:
            self.start()
        if self._child is None:
            assert self._failure is not None
            return self._failure
        try:
            self._child.connection.send_bytes(encode(request))
            return self._child.connection.recv_bytes()
        except (EOFError, OSError):
            self.close()
            asked = "this photo"
            if isinstance(request, Search | Learn):
                asked = f"“{request.words if isinstance(request, Search) else request.name}”"
            return Error(
                "finder-died",
                f"What searches stopped while it looked for {asked}",
                "It is started again with the next search.",
            )

    def kill(self) -> None:
        """End the child from another thread; whoever waits for its answer sees it die."""
        child = self._child
        if child is not None:
            child.process.kill()

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
        self._child = None


def _receive(connection: Connection) -> Message:
    return decode(connection.recv_bytes())[1]


def _main(connection: Connection, folder: str) -> None:
    """The child: load, then answer until the connection closes."""
    from photosearch.library import Library

    with contextlib.ExitStack() as closing:
        try:
            library = closing.enter_context(Library(Path(folder)))
            encoder, device = library.warm_up()
        except PhotoSearchError as error:
            connection.send_bytes(encode(as_message(error)))
            return
        connection.send_bytes(encode(SearchState("ready", encoder=encoder, device=device)))
        answers = _answers(library)
        while True:
            if not connection.poll(_IDLE):
                library.rest()
            request = _receive(connection)
            try:
                reply = answers[type(request)](request)
            except PhotoSearchError as error:
                reply = as_message(error)
            connection.send_bytes(encode(reply))


def _answers(library: Library) -> Mapping[type, Callable[[Any], Reply]]:
    """How each kind of request is answered."""
    from photosearch.media.pixels import Region  # with NumPy, which the engine itself needs not

    def search(request: Search) -> Matches:
        found = as_matches(library.search(request.words, request.top_k, folded=request.folded))
        return arranged(library, found, request.order, request.group)

    def similar(request: Similar) -> Matches:
        if request.others:
            together = (request.photo_id, *request.others)
            matches = library.similar_to_all(together, request.top_k, folded=request.folded)
        else:
            region = None if request.region is None else Region(**asdict(request.region))
            matches = library.similar_to(
                request.photo_id, request.top_k, region, folded=request.folded
            )
        return arranged(library, Matches(_matches(matches)), request.order, request.group)

    def explain(request: Explain) -> Explanation:
        if request.like is None:
            return Explanation(_maps(library.explain(request.photo_id, request.words)))
        return Explanation(_maps(library.explain_likeness(request.photo_id, request.like)))

    def learn(request: Learn) -> Lessons:
        library.tags.learn(find=request.find)
        return Lessons(
            tuple(
                Lesson(each.name, each.shows, each.others, each.quality, each.uncertain)
                for each in library.tags.lessons(uncertain=request.name)
            )
        )

    return {Search: search, Similar: similar, Explain: explain, Learn: learn}


def _maps(found: Iterable[Heat]) -> tuple[HeatMap, ...]:
    return tuple(
        HeatMap(
            heat.term,
            heat.score,
            heat.values.shape[1],
            () if heat.peak is None else tuple(heat.values.round(3).ravel().tolist()),
        )
        for heat in found
    )


def as_matches(found: Answer) -> Matches:
    """An answer as what is sent of it."""
    mistakes = tuple(Mistake(each.start, each.end, each.text) for each in found.mistakes)
    return Matches(_matches(found.matches), mistakes, found.good, found.notes)


def _matches(found: Iterable[Found]) -> tuple[Match, ...]:
    return tuple(
        Match(match.photo_id, match.score, match.reasons, match.relevance, match.folded)
        for match in found
    )

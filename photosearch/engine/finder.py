"""The finder: the child of the engine that holds the encoder and the vectors, and searches.

It is a process of its own because loading a model keeps Python busy for seconds, and because a
model may run out of memory: neither may hold up or end what answers the window.
"""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from photosearch.children import FOR_MODELS, Child, receive, send
from photosearch.engine.messages import Match, Matches, Mistake, Search, SearchState, Similar
from photosearch.errors import PhotoSearchError


class Finder:
    """Answers Search and Similar in a child. Use from one thread."""

    def __init__(self, library: Path, tell: Callable[[SearchState], None]) -> None:
        """Start the child. `tell` is given how it stands whenever that changes."""
        self._library = library
        self._tell = tell
        self._child: Child | None = None
        self._failure: dict[str, str] = {}

    def start(self) -> None:
        """Load what a search needs; the state is told. A failure is no error yet: the next search
        tries again."""
        self._tell(SearchState("loading"))
        try:
            self._child = Child(
                _main, str(self._library), name="photosearch-finder", environment=FOR_MODELS
            )
            head, _ = receive(self._child.connection)
        except (EOFError, OSError):
            head = {
                "code": "finder-died",
                "what": "Searching cannot be made ready: what does it ends while it is loaded",
                "todo": "Is there too little memory? Close other programs and try again.",
            }
        if "what" in head:
            self.close()
            self._failure = head
            self._tell(SearchState("failed", head["code"], head["what"], head["todo"]))
        else:
            self._tell(SearchState("ready"))

    def find(self, request: Search | Similar) -> Matches:
        """Search. Raises PhotoSearchError: as `Library.search` and `Library.similar_to`, and
        `finder-died` where the child died meanwhile; it is started again for the next."""
        if self._child is not None and not self._child.process.is_alive():
            self.close()  # it died while nobody asked it anything
        if self._child is None:
            self.start()
        if self._child is None:
            raise PhotoSearchError(**self._failure)
        values = vars(request)
        try:
            send(self._child.connection, {"similar": isinstance(request, Similar), **values})
            head, _ = receive(self._child.connection)
        except (EOFError, OSError):
            self.close()
            asked = f"“{request.words}”" if isinstance(request, Search) else "this photo"
            raise PhotoSearchError(
                "finder-died",
                f"What searches stopped while it looked for {asked}",
                "It is started again with the next search.",
            ) from None
        if "what" in head:
            raise PhotoSearchError(head["code"], head["what"], head["todo"])
        found = (Match(number, score, tuple(why)) for number, score, why in head["matches"])
        return Matches(tuple(found), tuple(Mistake(*each) for each in head["mistakes"]))

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


def _main(connection: Connection, folder: str) -> None:
    """The child: load, then answer until the connection closes."""
    from photosearch.library import Library

    with Library(Path(folder)) as library:
        try:
            library.warm_up()
        except PhotoSearchError as error:
            send(connection, {"code": error.code, "what": error.what, "todo": error.todo})
            return
        send(connection, {})
        while True:
            head, _ = receive(connection)
            send(connection, _answer(library, head))


def _answer(library: Any, head: dict[str, Any]) -> dict[str, Any]:
    from photosearch.search.answers import Answer

    try:
        if head["similar"]:
            found = Answer(tuple(library.similar_to(head["photo_id"], head["top_k"])))
        else:
            found = library.search(head["words"], head["top_k"])
    except PhotoSearchError as error:
        return {"code": error.code, "what": error.what, "todo": error.todo}
    return {
        "matches": [(match.photo_id, match.score, match.reasons) for match in found.matches],
        "mistakes": [(each.start, each.end, each.text) for each in found.mistakes],
    }

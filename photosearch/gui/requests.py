"""Which answers are still wanted: all, or of some kind only that to the newest request."""

from __future__ import annotations

from collections.abc import Callable

from photosearch.engine.replies import Reply

Answer = Callable[[Reply], None]


class Requests:
    """The requests under way and who waits for their answers."""

    def __init__(self) -> None:
        self._answers: dict[int, Answer] = {}
        self._newest: dict[str, int] = {}

    def add(self, number: int, answer: Answer, kind: str | None = None) -> int | None:
        """A request was sent. With a `kind`, its answer counts only as long as it is the newest of
        that kind; returns the number of the one it takes the place of, if that is under way."""
        replaced = self.drop(kind) if kind is not None else None
        self._answers[number] = answer
        if kind is not None:
            self._newest[kind] = number
        return replaced

    def drop(self, kind: str) -> int | None:
        """The newest request of a kind is not wanted any more; returns its number, if there is
        one under way."""
        number = self._newest.pop(kind, None)
        if number is None or self._answers.pop(number, None) is None:
            return None
        return number

    def arrived(self, number: int, reply: Reply) -> None:
        """Hand an answer to who waits for it, if anybody still does."""
        answer = self._answers.pop(number, None)
        if answer is not None:
            answer(reply)

    def waits(self, kind: str) -> bool:
        """Whether the newest request of a kind is under way."""
        return self._newest.get(kind) in self._answers

"""What is known of photos: rows asked for when they are looked at, kept while they are of use.

No Qt here. Three things can make a row wrong, and each has its rule: *time* (a stale row is shown,
and asked for again); *the person* (what they said is shown at once, over the row, until the engine
has answered); *lateness* (a row asked for before they said it is thrown away).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from photosearch.engine.replies import Row

_KEPT = 20_000
_AT_ONCE = 256


@dataclass(frozen=True)
class Change:
    """What a person says of photos: None leaves that as it is."""

    stars: int | None = None
    favourite: bool | None = None

    def of(self, row: Row) -> Row:
        """The row with this said."""
        stars = row.stars if self.stars is None else self.stars
        favourite = row.favourite if self.favourite is None else self.favourite
        return replace(row, stars=stars, favourite=favourite)


class RowStore:
    """Rows by photo id. Every call to `batch` is one request, named by the number it gives."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._rows: OrderedDict[int, Row] = OrderedDict()
        self._fresh: set[int] = set()
        self._gone: set[int] = set()
        self._wanted: dict[int, None] = {}  # what is on the screen
        self._also: dict[int, None] = {}  # and these
        self._asked: dict[int, int] = {}  # photo → the batch that will bring it
        self._batches = 0
        self._said: dict[int, list[tuple[int, Change]]] = {}  # by photo: not answered yet
        self._words = 0

    def get(self, photo_id: int) -> Row | None:
        """The row to show, if there is one yet."""
        row = self._rows.get(photo_id)
        if row is None:
            return None
        for _, change in self._said.get(photo_id, ()):
            row = change.of(row)
        return row

    def is_gone(self, photo_id: int) -> bool:
        """Whether the engine does not know this photo."""
        return photo_id in self._gone

    def want(self, photo_ids: Iterable[int]) -> bool:
        """These are on the screen now; what was before and is not yet asked for never will be.
        Returns whether there is anything to ask for."""
        self._wanted = {each: None for each in photo_ids if self._lacks(each)}
        return bool(self._wanted)

    def want_also(self, photo_id: int) -> bool:
        """This one is looked at, too. Returns whether it must be asked for."""
        if not self._lacks(photo_id):
            return False
        self._also[photo_id] = None
        return True

    def batch(self) -> tuple[int, tuple[int, ...]]:
        """The next request: its number and the photos to ask for (none: nothing to ask)."""
        photo_ids = tuple(filter(self._lacks, {**self._also, **self._wanted}))[:_AT_ONCE]
        self._batches += 1
        for each in photo_ids:
            self._wanted.pop(each, None)
            self._also.pop(each, None)
            self._asked[each] = self._batches
        return self._batches, photo_ids

    def _lacks(self, photo_id: int) -> bool:
        known = photo_id in self._fresh or photo_id in self._gone
        return not known and photo_id not in self._asked

    def arrived(self, batch: int, asked: Sequence[int], rows: Iterable[Row]) -> list[int]:
        """The answer to a batch; returns the photos of which there is something new to show."""
        found = {row.photo_id: row for row in rows}
        news: list[int] = []
        for photo_id in asked:
            if self._asked.get(photo_id) != batch:
                continue  # too late: it must be asked for again, or was
            del self._asked[photo_id]
            row = found.get(photo_id)
            if row is None:
                self._gone.add(photo_id)
                news.append(photo_id)
                continue
            self._fresh.add(photo_id)
            if self._rows.get(photo_id) != row:
                news.append(photo_id)
            self._rows[photo_id] = row
            self._rows.move_to_end(photo_id)
        while len(self._rows) > self._kept:
            oldest, _ = self._rows.popitem(last=False)
            self._fresh.discard(oldest)
        return news

    def failed(self, batch: int, asked: Sequence[int]) -> None:
        """A batch was answered by an error: its photos may be asked for again."""
        for photo_id in asked:
            if self._asked.get(photo_id) == batch:
                del self._asked[photo_id]

    def refresh(self) -> None:
        """All that is known may have changed: it is asked for again when it is looked at."""
        self._fresh.clear()
        self._gone.clear()
        self._asked.clear()

    def say(self, photo_ids: Iterable[int], change: Change) -> int:
        """Show what a person says at once; returns a number for `answered`."""
        self._words += 1
        for photo_id in photo_ids:
            self._said.setdefault(photo_id, []).append((self._words, change))
        return self._words

    def answered(self, word: int, photo_ids: Iterable[int], *, done: bool) -> None:
        """What was said under this number is done, or could not be done (then the old is shown)."""
        for photo_id in photo_ids:
            said = self._said.pop(photo_id, [])
            change = next((change for number, change in said if number == word), None)
            if rest := [(number, each) for number, each in said if number != word]:
                self._said[photo_id] = rest
            if done and change is not None and photo_id in self._rows:
                self._rows[photo_id] = change.of(self._rows[photo_id])
            self._fresh.discard(photo_id)
            self._asked.pop(photo_id, None)  # may have been read before

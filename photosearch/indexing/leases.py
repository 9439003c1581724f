"""What a run has in hand, so that several computers can index one shared library at once.

In a library of one computer a run has everything (`Sole`). In a shared one (`Leased`) it takes
leases: of a root while it looks through it, of files to read and photos to encode a few at a time,
and of the end of a run, which one computer does for all. A run says every few seconds that it
lives; one that is silent for `SECONDS` (or paused) loses its leases, and others take them up.
"""

from __future__ import annotations

import contextlib
import platform
import threading
from collections.abc import Callable, Collection, Sequence
from typing import Protocol, Self

from sqlalchemy import ColumnElement, Connection

from photosearch.catalog import leases, outcomes
from photosearch.catalog.database import Catalog
from photosearch.catalog.outcomes import Stage, Work
from photosearch.catalog.schema import files, photos
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable

FILE, PHOTO, ROOT, SCANNED, END = "file", "photo", "root", "scanned", "end"
"""What is leased: a file to read, a photo to encode, a root to look through, one that was looked
through by a run that still goes on, the end of a run."""

SECONDS = 60.0
"""After so many seconds of silence a run counts as dead."""

_BEATS = 5  # signs of life in that time
_PAGE, _FEW = 256, 64  # work fetched at once: alone, and where others want some, too

Lease = tuple[str, int]
"""A kind, and the id of what it is a lease of."""

Ask = Callable[[Connection, int, Sequence[ColumnElement[bool]]], list[Work]]
"""Work in order, up to a number of items, of which some things are true."""


def leased(work: Work) -> Lease:
    """By which lease some work is done."""
    return (FILE, work.file_id) if work.photo_id is None else (PHOTO, work.photo_id)


class Leases(Protocol):
    """What one run has in hand. A context manager: at its end nothing is."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...

    def some(self, kind: str, stages: Sequence[Stage], ask: Ask) -> tuple[list[Work], list[Work]]:
        """Some work, and what of it this run now has: files of unknown content, or photos that lack
        some of `stages`."""

    def keep(self, connection: Connection, photo_ids: Collection[int]) -> Collection[int]:
        """Which of these photos this run is to encode."""

    def done(self, connection: Connection, work: Collection[Lease]) -> None:
        """Give work back."""

    def failed(self, work: Lease) -> None:
        """What failed is not tried again in this run."""

    def begin(self, kind: str, number: int = 0) -> bool:
        """Begin something that one run does at a time; False: another has begun it."""

    def end(self, kind: str, number: int = 0) -> None:
        """It is done."""

    def check(self, connection: Connection, kind: str, number: int) -> None:
        """Raise PhotoSearchError (`lease-lost`) where it was taken from this run, since that was
        silent for too long."""

    def elsewhere(self, root_ids: Sequence[int], stages: Sequence[Stage]) -> bool:
        """Whether others have something of these roots in hand."""

    def scanned(self, root_id: int) -> bool:
        """Whether another run that still goes on has looked through a root."""

    def rest(self, paused: bool) -> None:
        """While it is paused, a run does not say that it lives."""


def leases_of(catalog: Catalog) -> Leases:
    """Those of a new run."""
    return Leased(catalog) if catalog.several else Sole(catalog)


class Sole:
    """Everything is this run's. See `Leases`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def some(self, _: str, __: Sequence[Stage], ask: Ask) -> tuple[list[Work], list[Work]]:
        with self._catalog.read() as connection:
            page = ask(connection, _PAGE, ())
        return page, page

    def keep(self, _: Connection, photo_ids: Collection[int]) -> Collection[int]:
        return photo_ids

    def done(self, connection: Connection, work: Collection[Lease]) -> None: ...

    def failed(self, work: Lease) -> None: ...

    def begin(self, kind: str, number: int = 0) -> bool:  # noqa: ARG002
        return True

    def end(self, kind: str, number: int = 0) -> None: ...

    def check(self, connection: Connection, kind: str, number: int) -> None: ...

    def elsewhere(self, root_ids: Sequence[int], stages: Sequence[Stage]) -> bool:  # noqa: ARG002
        return False

    def scanned(self, root_id: int) -> bool:  # noqa: ARG002
        return False

    def rest(self, paused: bool) -> None: ...


class Leased:
    """What this run has leased. See `Leases`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        # One run at a time has this folder, so what stands under its name is its own, or of one
        # before it that was killed.
        self._name = printable(f"{platform.node()}:{catalog.folder.resolve()}")
        self._failed: set[Lease] = set()
        self._silent = threading.Event()
        self._ended = threading.Event()
        self._beating = threading.Thread(target=self._beat, name="leases", daemon=True)

    def __enter__(self) -> Self:
        with self._catalog.write() as connection:
            leases.leave(connection, self._name)
            leases.renew(connection, self._name, SECONDS)
        self._beating.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._beating.join()
        # Where the server is gone, they run out.
        with contextlib.suppress(PhotoSearchError), self._catalog.write() as connection:
            leases.leave(connection, self._name)

    def _beat(self) -> None:
        while not self._ended.wait(SECONDS / _BEATS):
            if not self._silent.is_set():
                # Where the server is gone, the run will meet that itself.
                with contextlib.suppress(PhotoSearchError), self._catalog.write() as connection:
                    leases.renew(connection, self._name, SECONDS)

    def some(self, kind: str, stages: Sequence[Stage], ask: Ask) -> tuple[list[Work], list[Work]]:
        # Looked for without holding up those who write; so it may be another's, or done, by now.
        column = files.c.id if kind == FILE else photos.c.id
        with self._catalog.read() as connection:
            page = ask(connection, _FEW, (column.not_in(leases.in_hand(kind)),))
        wanted = {leased(work)[1]: work for work in page if leased(work) not in self._failed}
        if not wanted:
            return page, []
        with self._catalog.write() as connection:
            leases.renew(connection, self._name, SECONDS)
            mine = leases.take(connection, self._name, kind, wanted.keys())
            left: Collection[int] = (
                outcomes.still_pending(connection, mine)
                if kind == FILE
                else outcomes.lacking(connection, stages, mine)
            )
            leases.give_back(connection, self._name, kind, mine.difference(left))
        return page, [work for number, work in wanted.items() if number in left]

    def keep(self, connection: Connection, photo_ids: Collection[int]) -> Collection[int]:
        leases.renew(connection, self._name, SECONDS)
        return leases.take(connection, self._name, PHOTO, photo_ids)

    def done(self, connection: Connection, work: Collection[Lease]) -> None:
        for kind in {kind for kind, _ in work}:
            numbers = [number for its, number in work if its == kind]
            leases.give_back(connection, self._name, kind, numbers)

    def failed(self, work: Lease) -> None:
        self._failed.add(work)

    def begin(self, kind: str, number: int = 0) -> bool:
        with self._catalog.write() as connection:
            leases.renew(connection, self._name, SECONDS)
            return bool(leases.take(connection, self._name, kind, [number]))

    def end(self, kind: str, number: int = 0) -> None:
        with self._catalog.write() as connection:
            leases.give_back(connection, self._name, kind, [number])

    def check(self, connection: Connection, kind: str, number: int) -> None:
        if not leases.held(connection, self._name, kind, [number]):
            raise PhotoSearchError(
                "lease-lost",
                "Another computer may have gone on with this, since this one was paused or silent"
                f" for {SECONDS:.0f} seconds",
                "Run it again; what was finished is kept.",
            )

    def elsewhere(self, root_ids: Sequence[int], stages: Sequence[Stage]) -> bool:
        def theirs(kind: str, column: ColumnElement[int]) -> ColumnElement[bool]:
            return column.in_(leases.in_hand(kind, of_others_than=self._name))

        with self._catalog.read() as connection:
            return bool(
                leases.of_others(connection, self._name, ROOT, root_ids)
                or outcomes.pending_files(connection, root_ids, 0, 1, theirs(FILE, files.c.id))
                or outcomes.photos_lacking(
                    connection, stages, root_ids, 0, 1, theirs(PHOTO, photos.c.id)
                )
            )

    def scanned(self, root_id: int) -> bool:
        with self._catalog.read() as connection:
            return bool(leases.of_others(connection, self._name, SCANNED, [root_id]))

    def rest(self, paused: bool) -> None:
        (self._silent.set if paused else self._silent.clear)()

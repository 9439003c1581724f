"""How long a person waits for the engine while the model loads and while photos are indexed."""

from __future__ import annotations

import queue
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.figure import Figure, figure, median
from bench.indexing import an_album, index
from photosearch.engine.client import EngineClient, IndexerClient, IndexerEvent
from photosearch.engine.messages import Message
from photosearch.engine.replies import Error, Photos, SearchState
from photosearch.engine.requests import GetPhotos, GetRows, Rate, Request
from photosearch.library import Library
from photosearch.progress import Progress

RATINGS = 50
ROWS = 60  # photos on a screen


class _Asker:
    """Asks the engine and takes the time until its answer is here."""

    def __init__(self, library: Path) -> None:
        self._answers: queue.Queue[tuple[int, Message]] = queue.Queue()
        self.client = EngineClient(library, self._take, lambda _: None)
        self.ready = False

    def _take(self, number: int, message: Message) -> None:
        if isinstance(message, SearchState):
            self.ready = message.state == "ready"
        else:
            self._answers.put((number, message))

    def ask(self, request: Request) -> tuple[float, Message]:
        start = time.perf_counter()
        number = self.client.ask(request)
        answered, message = self._answers.get(timeout=120)
        assert answered == number and not isinstance(message, Error), message
        return time.perf_counter() - start, message


def engine(work: Path) -> Iterator[Figure]:
    """Rating 50 photos and fetching rows, while the engine loads its model and while an indexer
    works: the longest wait of a hundred (p99) against the 0.2 s that a batch may hold the write
    lock, and against the same rows fetched from an idle library in this process."""
    album = an_album(work)
    folders = sorted(folder for folder in album.iterdir() if folder.is_dir())
    library = work / "engine-library"
    index(folders[0], library)
    with Library(library) as opened:
        ids = tuple(opened.photos()[:ROWS])
        bare = median(lambda: opened.photo_rows(ids), 30)
    asker = _Asker(library)
    try:
        loading = _waits(asker, ids, lambda: not asker.ready)
        while not asker.ready:
            time.sleep(0.05)
        reading = False
        ended = False

        def heard(event: IndexerEvent) -> None:
            nonlocal reading
            reading |= isinstance(event, Progress) and event.stage == "encode"

        def end(_: int) -> None:
            nonlocal ended
            ended = True

        indexer = IndexerClient(library, [str(album)], heard, end)
        while not reading and not ended:
            time.sleep(0.05)
        busy = _waits(asker, ids, lambda: not ended)
        indexer.stop()
        _, photos = asker.ask(GetPhotos())
        assert isinstance(photos, Photos) and len(photos.photo_ids) > len(ids)
        with Library(library) as opened:
            assert [row.stars for row in opened.photo_rows(ids[:RATINGS])] == [5] * min(
                RATINGS, len(ids)
            )
    finally:
        asker.client.close()
    for name, (ratings, rows) in (("loading", loading), ("indexing", busy)):
        yield figure(f"rate_while_{name}_p99", _p99(ratings), "s (bound: 0.2 s)", 0.2)
        yield figure(f"rows_while_{name}_p99", _p99(rows), "s (bound: bare rows, idle)", bare)


def _waits(
    asker: _Asker, ids: tuple[int, ...], goes_on: Callable[[], bool]
) -> tuple[list[float], list[float]]:
    """Seconds waited for each rating and for rows in between, as long as it `goes_on` and until
    each photo was rated at least once."""
    ratings: list[float] = []
    rows: list[float] = []
    while len(ratings) < RATINGS or (goes_on() and len(ratings) < 40 * RATINGS):
        photo = ids[len(ratings) % min(RATINGS, len(ids))]
        ratings.append(asker.ask(Rate((photo,), 1 + len(ratings) // RATINGS % 4))[0])
        rows.append(asker.ask(GetRows(ids))[0])
        if not goes_on() and len(ratings) < RATINGS:
            print("it ended before all were rated", file=sys.stderr)
    for photo in ids[:RATINGS]:
        ratings.append(asker.ask(Rate((photo,), 5))[0])
    return ratings, rows


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[-1]

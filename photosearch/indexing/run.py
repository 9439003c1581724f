"""One indexing run: scan the roots, read what is new, encode it, bring the vector index in step.

The run is a generator of progress values. What is left to do is derived from the catalog at every
start, so a run can be ended at any moment, by any means, and the next one goes on from there.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import ColumnElement, Connection

from photosearch.catalog import outcomes
from photosearch.catalog.database import Catalog
from photosearch.catalog.embeddings import StoredVectors
from photosearch.catalog.outcomes import Stage, Work
from photosearch.catalog.places import relative_to
from photosearch.encoders.registry import EncoderFolder, vectors_name
from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.indexing.board import LOCK, Board
from photosearch.indexing.control import Control
from photosearch.indexing.leases import END, FILE, PHOTO, Leases, leases_of
from photosearch.indexing.look import Look
from photosearch.indexing.pipeline import Pipeline
from photosearch.indexing.record import Recorder
from photosearch.indexing.targets import Target
from photosearch.media.thumbnails import Thumbnails
from photosearch.paths import printable
from photosearch.progress import Done, Event, FileFailed, Note, Progress
from photosearch.settings import Settings
from photosearch.vectors.opening import is_saved, open_index

_POLL, _POLL_AT_MOST = 0.5, 30.0  # seconds between two looks at what others have in hand
_LOOK = 0.2  # seconds between two looks at the board while paused
_GLANCE = 0.2  # seconds: whoever asks whether a run still lives holds its lock for a moment


@dataclass(frozen=True)
class Parts:
    """What a run works with. `trunk`: the encoder whose features are kept; `off`: kinds of stages
    that are switched off; `known_only`: nothing is looked for on the disk, stages are made up for
    in photos that are known; `later`: stages of other parts of the program, run when all photos are
    read and encoded."""

    catalog: Catalog
    thumbnails: Thumbnails
    vectors: Path
    encoder: EncoderFolder | None
    trunk: EncoderFolder | None
    settings: Settings
    off: frozenset[str] = frozenset()
    known_only: bool = False
    later: Sequence[Callable[[], Iterator[Event]]] = ()


def run(
    parts: Parts, targets: Sequence[Target], looked_after: Sequence[bytes], control: Control
) -> Iterator[Event]:
    """Index `targets`. `looked_after`: folders that are not scanned as a part of another, because
    they are roots themselves.

    Yields progress, notes, a FileFailed per bad file, and Done last; where `control` (or a word
    left on the board) stops it, a note `stopped` is last. Raises PhotoSearchError where the run as
    a whole cannot go on (`indexer-running`, `disk-full`, …); what was committed by then stays.
    """
    board = Board(parts.catalog.folder)
    with (
        an_indexer(parts.catalog, alone=not parts.catalog.several),
        leases_of(parts.catalog) as leases,
        closing(_run(parts, leases, targets, looked_after)) as events,
    ):
        board.open()
        try:
            for event in events:
                yield event
                if isinstance(event, Done):
                    return
                board.show("running", event if isinstance(event, Progress) else None)
                yield from _pauses(board, control, leases)
                if control.stopped:
                    yield Note("stopped", "stopped; the next run goes on from here")
                    return
        finally:
            board.close()


def _pauses(board: Board, control: Control, leases: Leases) -> Iterator[Note]:
    """Do what was told, which may be to wait. Between two events of a run no transaction is open;
    what was read and is not committed yet is at most half a second's work."""
    told = False
    while True:
        word = board.word()
        if word is not None:
            control.tell(word)
        if not control.paused:
            break
        if not told:
            told = True
            leases.rest(True)
            yield Note("paused", "paused")
        board.show("paused")
        control.wait(_LOOK)
    leases.rest(False)
    if told and not control.stopped:
        board.show("running")
        yield Note("resumed", "going on")


def _run(
    parts: Parts, leases: Leases, targets: Sequence[Target], looked_after: Sequence[bytes]
) -> Generator[Event]:
    started = time.monotonic()
    look = Look(parts.catalog, leases, targets, looked_after)
    if not parts.known_only:
        yield from look.through()
    root_ids = look.root_ids()
    new = yield from _read_and_encode(parts, leases, look, root_ids)
    yield from _wait_for_end(leases)
    yield from _update_index(parts)
    for stage in parts.later:
        yield from stage()
    leases.end(END)
    with parts.catalog.read() as connection:
        found = [
            problem
            for problem in outcomes.problems(connection, root_ids)
            if any(relative_to(target.folder, problem.path) is not None for target in targets)
        ]
    for problem in found:
        yield FileFailed(os.fsdecode(problem.path), problem.reason)
    yield Done(look.files, new, len(found), round(time.monotonic() - started, 3))


def _wait_for_end(leases: Leases) -> Iterator[Event]:
    """Wait until no other computer is at the end of a run, which is done by one at a time."""
    told = False
    while not leases.begin(END):
        if not told:
            yield Note("waiting", "another computer compares and tags photos; then it goes on here")
        told = True
        time.sleep(_POLL)
        yield Progress("waiting", 0)


@contextmanager
def an_indexer(catalog: Catalog, *, alone: bool = True) -> Iterator[None]:
    """Keep every other indexer out of a library, on this computer and (`alone`) on others.

    Raises PhotoSearchError (`indexer-running`) where another is at work.
    """
    with one_indexer(catalog.folder), catalog.held(alone=alone) as held:
        if not held:
            raise _indexed_already(catalog.place)
        yield


@contextmanager
def one_indexer(library: Path) -> Iterator[None]:
    """Hold the lock that keeps a second indexer of this computer out of a library's folder; the
    system frees it when its holder ends, however that happens.

    Raises PhotoSearchError (`indexer-running`) where another holds it.
    """
    lock = FileLock(library / LOCK)
    try:
        lock.acquire(timeout=_GLANCE, poll_interval=0.01)
    except Timeout:
        raise _indexed_already(printable(library)) from None
    except OSError as error:
        raise from_os_error(error, printable(library)) from error
    try:
        yield
    finally:
        lock.release()


def _indexed_already(library: str) -> PhotoSearchError:
    return PhotoSearchError(
        "indexer-running",
        f"The library {library} is being indexed already by another PhotoSearch",
        "Wait until it has finished; searching works meanwhile.",
    )


def _read_and_encode(
    parts: Parts, leases: Leases, look: Look, root_ids: list[int]
) -> Generator[Event, None, int]:
    """Do what is left to do; returns how many new files were read. Where others have some of it in
    hand, wait for them: what they do not finish is done here."""
    recorder = Recorder(
        *(parts.catalog, leases, parts.thumbnails, parts.encoder),
        trunk=parts.trunk,
        off=parts.off,
    )
    parts.catalog.analyse()
    with parts.catalog.read() as connection:
        total = outcomes.count_work(connection, recorder.stages, root_ids)
    if not total and not leases.elsewhere(root_ids, recorder.stages):
        return 0
    yield Progress("read", 0, total)
    with Pipeline(recorder, parts.encoder, parts.trunk, parts.settings) as pipeline:
        pause = _POLL
        while True:
            others, before = leases.elsewhere(root_ids, recorder.stages), pipeline.read
            # One after the other: only when all that was read is recorded can it be said what lacks
            for work in (
                iter(()) if parts.known_only else _pending(leases, root_ids),
                _lacking(parts.catalog, leases, recorder.stages, root_ids),
            ):
                for note in pipeline.process(work):
                    if note is not None:
                        yield note
                    yield Progress("read", min(pipeline.read, total), total)
                    if pipeline.to_encode:
                        yield Progress("encode", pipeline.encoded, pipeline.to_encode)
            if not others:
                break
            pause = _POLL if pipeline.read > before else min(2 * pause, _POLL_AT_MOST)
            for _ in range(round(pause / _POLL)):
                time.sleep(_POLL)
                yield Progress("read", min(pipeline.read, total), total)
            if not parts.known_only:
                yield from look.through()
        if recorder.vanished:
            text = f"{recorder.vanished} files went away before they could be read; run it again"
            yield Note("vanished", f"{text} when they are back")
        return pipeline.new


def _pending(leases: Leases, root_ids: list[int]) -> Iterator[Work]:
    def ask(connection: Connection, limit: int, only: Sequence[ColumnElement[bool]]) -> list[Work]:
        return outcomes.pending_files(connection, root_ids, after, limit, *only)

    after = 0
    while True:
        page, mine = leases.some(FILE, (), ask)
        if not page:
            return
        yield from mine
        after = page[-1].file_id


def _lacking(
    catalog: Catalog, leases: Leases, stages: list[Stage], root_ids: list[int]
) -> Iterator[Work]:
    def ask(connection: Connection, limit: int, only: Sequence[ColumnElement[bool]]) -> list[Work]:
        return outcomes.photos_lacking(connection, stages, root_ids, after, limit, *only)

    catalog.analyse()
    after = 0
    while True:
        page, mine = leases.some(PHOTO, stages, ask)
        if not page:
            return
        yield from mine
        after = page[-1].photo_id or 0


def _update_index(parts: Parts) -> Iterator[Event]:
    if parts.encoder is None:
        return
    name = vectors_name(parts.encoder)
    source = StoredVectors(parts.catalog, name)
    known = (parts.vectors, parts.catalog.id, name, parts.encoder.dimension, source)
    if is_saved(*known):
        return
    total, _ = source.count()
    yield Progress("index", 0, total, "vectors")
    index = open_index(*known)
    try:
        index.update(source)
        index.save()
    except OSError as error:
        raise from_os_error(error, printable(parts.vectors)) from error
    yield Progress("index", len(index), total, "vectors")

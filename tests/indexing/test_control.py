"""A run that is steered: it waits where it is told to, ends where it is told to, and the next goes
on from there."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosearch.catalog.digest import Digest
from photosearch.indexing.board import Board
from photosearch.indexing.control import WORDS, Control
from photosearch.library import Library
from photosearch.progress import Done, Event, Note, Progress
from photosearch.settings import Settings
from tests.conftest import draw

PHOTOS = 40
PATIENCE = 60.0


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough photos for many steps."""
    folder = tmp_path_factory.mktemp("album")
    for number in range(PHOTOS):
        draw(number, (64, 48)).save(folder / f"{number}.jpg")
    return folder


@pytest.fixture(scope="module")
def whole(
    album: Path,
    tiny_encoder: Path,
    resources_without_encoders: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Digest]:
    """What a run over the album that was never paused or stopped comes to."""
    with (
        pytest.MonkeyPatch.context() as world,
        Library(tmp_path_factory.mktemp("whole")) as library,
    ):
        world.setenv("PHOTOSEARCH_ENCODERS", str(tiny_encoder))
        world.setenv("PHOTOSEARCH_RESOURCES", str(resources_without_encoders))
        assert isinstance(list(library.index([album]))[-1], Done)
        yield library.digest()


@pytest.fixture
def library(tmp_path: Path, children_end: None) -> Iterator[Library]:
    with Library(tmp_path / "library", Settings(workers=1, encode_batch=4)) as opened:
        yield opened


def shown(library: Library) -> tuple[str, int] | None:
    """The state that the run last left on the board, and when."""
    try:
        file = library.folder / "indexer.json"
        return json.loads(file.read_bytes())["state"], file.stat().st_mtime_ns
    except FileNotFoundError:
        return None


class Pull:
    """Pulls at a run in a thread of its own."""

    def __init__(self, events: Iterator[Event]) -> None:
        self.events: list[Event] = []
        self._more = threading.Condition()
        self._thread = threading.Thread(target=self._pull, args=(events,))
        self._thread.start()

    def _pull(self, events: Iterator[Event]) -> None:
        for event in events:
            with self._more:
                self.events.append(event)
                self._more.notify_all()

    def until_note(self, code: str) -> None:
        with self._more:
            assert self._more.wait_for(
                lambda: any(isinstance(e, Note) and e.code == code for e in self.events), PATIENCE
            )

    def end(self) -> list[Event]:
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return self.events


def codes(events: list[Event]) -> list[str]:
    return [event.code for event in events if isinstance(event, Note)]


def test_while_it_is_paused_nothing_happens(library: Library, album: Path) -> None:
    control = Control()
    control.tell("pause")
    run = Pull(library.index([album], control))
    run.until_note("paused")
    said, digest = len(run.events), library.digest()
    for _ in range(2):  # it lives: it shows so, twice
        before = shown(library)
        pause = threading.Event()
        while shown(library) == before:
            pause.wait(0.01)
    state = shown(library)
    assert state is not None and state[0] == "paused"
    assert len(run.events) == said and library.digest() == digest
    assert digest.photos < PHOTOS
    control.tell("resume")
    events = run.end()
    assert isinstance(events[-1], Done) and events[-1].new == PHOTOS
    assert codes(events) == ["no-encoder", "paused", "resumed"]
    assert library.digest().photos == PHOTOS


def test_paused_at_any_event_it_goes_on_to_the_same_end(
    library: Library, album: Path, with_encoder: Path, whole: Digest
) -> None:
    control = Control()
    events = []
    for event in library.index([album], control):
        events.append(event)
        if isinstance(event, Note):
            control.tell("resume")  # answers to `paused`; after `resumed` it is no news
        elif not isinstance(event, Done):
            control.tell("pause")
    assert codes(events).count("paused") == codes(events).count("resumed") > 3
    assert isinstance(events[-1], Done) and events[-1].new == PHOTOS
    assert library.digest() == whole


@pytest.mark.parametrize(
    ("stage", "paused"), [("scan", False), ("read", True), ("encode", False), ("encode", True)]
)
def test_stopped_in_any_stage_the_next_run_goes_on(
    stage: str, paused: bool, library: Library, album: Path, with_encoder: Path, whole: Digest
) -> None:
    control = Control()
    events: list[Event] = []
    for event in library.index([album], control):
        events.append(event)
        if isinstance(event, Note) and event.code == "paused":
            control.tell("stop")
        elif isinstance(event, Progress) and event.stage == stage:
            control.tell("pause" if paused else "stop")
    assert codes(events) == (["paused"] if paused else []) + ["stopped"]
    assert events[-1] == Note("stopped", "stopped; the next run goes on from here")
    assert library.indexing() is None
    assert library.digest().vector_count < PHOTOS
    left = list(library.index())
    assert isinstance(left[-1], Done) and library.digest().vector_count == PHOTOS
    assert library.digest() == whole


def test_stopped_before_it_began_it_does_next_to_nothing(library: Library, album: Path) -> None:
    control = Control()
    control.tell("stop")
    events = list(library.index([album], control))
    assert codes(events) == ["no-encoder", "stopped"] and len(events) <= 3
    assert library.digest().photos == 0


def test_a_run_that_is_let_go_of_while_paused_leaves_nothing(library: Library, album: Path) -> None:
    control = Control()
    control.tell("pause")
    events = library.index([album], control)
    while not (isinstance(event := next(events), Note) and event.code == "paused"):
        pass
    assert library.indexing() is not None
    assert isinstance(events, Generator)
    events.close()
    assert library.indexing() is None and shown(library) is None
    assert isinstance(list(library.index())[-1], Done)


def test_words_on_the_board_steer_too(library: Library, album: Path) -> None:
    run = []
    for event in library.index([album]):
        run.append(event)
        if isinstance(event, Progress) and event.stage == "read" and "paused" not in codes(run):
            assert library.steer_indexer("pause")
        if isinstance(event, Note) and event.code == "paused":
            assert library.steer_indexer("resume")
        if isinstance(event, Note) and event.code == "resumed":
            assert library.steer_indexer("stop")
    assert codes(run) == ["no-encoder", "paused", "resumed", "stopped"]
    assert not library.steer_indexer("pause")
    assert Board(library.folder).word() is None


@given(st.lists(st.sampled_from(WORDS)))
def test_the_last_word_counts_but_stop_is_the_last(words: list[str]) -> None:
    control = Control()
    for word in words:
        control.tell(word)
    assert control.stopped == ("stop" in words)
    assert control.paused == (words[-1:] == ["pause"] and "stop" not in words)


@pytest.mark.parametrize("word", ["", "Pause", "background", "pause "])
def test_another_word_is_refused(word: str) -> None:
    control = Control()
    control.tell("pause")
    with pytest.raises(ValueError):
        control.tell(word)
    assert control.paused


def test_a_word_ends_a_wait_at_once() -> None:
    control = Control()
    waits = threading.Thread(target=control.wait, args=(PATIENCE * 10,))
    waits.start()
    while waits.is_alive():
        control.tell("resume")
        waits.join(0.01)

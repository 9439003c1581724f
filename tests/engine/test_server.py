"""The engine as a child process: each request gets its answer, whatever else goes on."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from photosearch.engine import messages, replies, requests
from photosearch.engine.replies import (
    Error,
    Explanation,
    Matches,
    Photos,
    Pixels,
    Rows,
    Said,
    SearchState,
)
from photosearch.engine.requests import (
    Cancel,
    Explain,
    Favourite,
    GetLibrary,
    GetPhotos,
    GetRows,
    Learn,
    Preview,
    Rate,
    Search,
    Similar,
    SteerIndexer,
    Undo,
)
from photosearch.engine.server import Lane
from photosearch.errors import PhotoSearchError
from photosearch.library import CATALOG_FILE, Library
from tests.engine.conftest import PHOTOS
from tests.engine.talk import (
    PATIENCE,
    Heard,
    RawEngine,
    engine,
    error_code,
    finder_of,
    gone,
    until,
)

pytestmark = [
    pytest.mark.usefixtures("children_end"),
    pytest.mark.skipif(sys.platform == "win32", reason="stops and kills children by signals"),
]


def ratings(library: Path) -> list[int]:
    with Library(library) as opened:
        return [row["stars"] for row in opened.export()["ratings"]]


def test_every_request_has_its_answer(library: Path, photo_ids: list[int]) -> None:
    first, second, *_ = photo_ids
    with engine(library) as talk:
        state = talk.answer(GetLibrary())
        assert isinstance(state, replies.LibraryState)
        assert (state.folder, state.photos, state.encoder) == (str(library), PHOTOS, "tiny")
        assert [(root.photos, root.reachable) for root in state.roots] == [(PHOTOS, True)]
        assert state.indexer is None
        assert talk.answer(GetPhotos()) == Photos(tuple(photo_ids))
        rows = talk.answer(GetRows((second, 10**9, first)))
        assert isinstance(rows, Rows)
        assert [row.photo_id for row in rows.rows] == [second, first]  # in the order asked for
        assert Path(rows.rows[0].thumbnail).is_file() and Path(rows.rows[0].path).is_file()
        assert (rows.rows[0].width, rows.rows[0].height) == (120, 90)
        found = talk.answer(Search("a cat", 7))
        assert isinstance(found, Matches) and len(found.matches) == 7
        assert found.matches[0].reasons
        alike = talk.answer(Similar(first, 7))
        assert isinstance(alike, Matches) and len(alike.matches) == 7
        assert first not in [match.photo_id for match in alike.matches]
        why = talk.answer(Explain(first, "a cat on a chair"))
        assert isinstance(why, Explanation)
        assert [each.term for each in why.maps] == ["a cat on a chair", "cat", "chair"]
        assert all(len(each.values) in (0, each.columns * 36) for each in why.maps)
        likeness = talk.answer(Explain(first, like=second))
        assert isinstance(likeness, Explanation) and len(likeness.maps) == 1
        assert error_code(talk.answer(Explain(first, "rating:>3"))) == "no-words"
        assert error_code(talk.answer(Explain(10**9, "a cat"))) == "not-in-library"
        for ahead in (False, True):
            pixels = talk.answer(Preview(first, 100, 100, ahead))
            assert isinstance(pixels, Pixels)
            with Image.open(pixels.file) as image:
                assert image.size == (pixels.width, pixels.height) == (120, 90)
        assert talk.answer(Rate((first, second), 4)) == Said("2 photos: 4 stars")
        assert talk.answer(Favourite((first,), True)) == Said("1 photo: favourite")
        (row,) = talk.answer(GetRows((first,))).rows
        assert (row.stars, row.favourite) == (4, True)
        assert isinstance(talk.answer(Undo()).action, str)
        (row,) = talk.answer(GetRows((first,))).rows
        assert (row.stars, row.favourite) == (4, False)
        assert talk.answer(SteerIndexer("pause")) == Said(None)  # no run goes on
        assert len({to for to, _ in talk.all if to}) == len([to for to, _ in talk.all if to])


def test_the_catalog_is_answered_before_searching_is_ready(
    library: Path, photo_ids: list[int]
) -> None:
    with engine(library) as talk:
        finder = finder_of(talk.process.pid)
        finder.suspend()  # however fast this computer is, it does not get ready meanwhile
        search = talk.ask(Search("a cat", 3))
        for request in (
            GetLibrary(),
            GetPhotos(),
            GetRows(tuple(photo_ids)),
            Rate(tuple(photo_ids[:50]), 5),
            Favourite((photo_ids[0],), True),
            Undo(),
            Preview(photo_ids[0], 64, 64),
            SteerIndexer("stop"),
        ):
            assert not isinstance(talk.answer(request), Error)
        assert [state.state for state in talk.unasked()] == ["loading"]
        finder.resume()
        assert isinstance(talk.to(search), Matches)
        assert [state.state for state in talk.unasked()] == ["loading", "ready"]
    assert ratings(library) == [5] * 50  # the favourite was taken back


def test_fifty_ratings_are_one_undo(library: Path, photo_ids: list[int]) -> None:
    with engine(library) as talk:
        assert talk.answer(Rate((*photo_ids[:50], 10**9, photo_ids[0]), 3)) == Said(
            "50 photos: 3 stars"
        )
        rows = talk.answer(GetRows(tuple(photo_ids))).rows
        assert [row.stars for row in rows] == [3] * 50 + [0] * (PHOTOS - 50)
        talk.answer(Undo())
        rows = talk.answer(GetRows(tuple(photo_ids))).rows
        assert {row.stars for row in rows} == {0}
        assert talk.answer(Rate((10**9,), 3)) == Said(None)
        assert error_code(talk.answer(Rate((photo_ids[0],), 6))) == "bad-rating"
        assert error_code(talk.answer(Rate((photo_ids[0],), -1))) == "bad-rating"


def test_only_the_newest_search_is_begun(library: Path, photo_ids: list[int]) -> None:
    with engine(library) as talk:
        finder = finder_of(talk.process.pid)
        finder.suspend()
        first = talk.ask(Search("a", 3))
        second = talk.ask(Similar(photo_ids[0], 3))
        third = talk.ask(Search("c", 3))
        assert error_code(talk.to(first)) == error_code(talk.to(second)) == "superseded"
        talk.ask(Cancel(third))
        assert error_code(talk.to(third)) == "cancelled"
        last = talk.ask(Search("d", 3))
        talk.ask(Cancel(third))  # twice, and of one that was answered: nothing
        talk.ask(Cancel(12345))
        finder.resume()
        assert isinstance(talk.to(last), Matches)
        talk.answer(GetLibrary())
        assert [to for to, _ in talk.all].count(third) == 1


def test_what_cannot_be_done_is_an_error_and_the_next_is_answered(
    library: Path, photo_ids: list[int]
) -> None:
    with engine(library) as talk:
        assert error_code(talk.answer(Search("  \n "))) == "empty-query"
        assert error_code(talk.answer(Similar(10**9))) == "not-in-library"
        assert error_code(talk.answer(Preview(10**9, 9, 9))) == "not-in-library"
        assert error_code(talk.answer(SteerIndexer("background"))) == "bad-message"
        for request in (Search("a", -1), Search("a", 0), Similar(2**70), GetRows((2**70,))):
            reply = talk.answer(request)
            assert not isinstance(reply, Error) or error_code(reply)
        assert len(talk.answer(Search("a", 10**9)).matches) == PHOTOS
        assert len(talk.answer(GetRows(tuple(photo_ids))).rows) == PHOTOS


def test_lines_that_are_no_requests_are_answered(library: Path) -> None:
    with engine(library) as talk:
        lines = [
            *(b"no JSON\n", b"\n", b"\xff\n", b"[" * 100_000 + b"\n", b"null\n"),
            b'{"v":1,"id":71,"type":"Search","words":5}\n',
            b'{"v":9,"id":72,"type":"Undo"}\n',
            b'{"v":1,"id":73,"type":"Said","action":null}\n',  # a reply is no request
            b'{"v":1,"id":"x","type":"Undo"}\n',
        ]
        for line in lines:
            talk.send(line)
        talk.answer(GetLibrary())
        for number in (71, 72, 73):
            assert error_code(talk.to(number)) == "bad-message"
        nameless = [each for each in talk.unasked() if not isinstance(each, SearchState)]
        assert [error_code(each) for each in nameless] == ["bad-message"] * 6
        talk.send(b'{"v":1,"id":99,"type":"GetPhotos"}')  # and then ends: the last line counts
    assert isinstance(talk.to(99), Photos)


def test_what_was_said_is_written_though_the_window_is_gone(
    library: Path, photo_ids: list[int]
) -> None:
    with engine(library) as talk:
        for number in range(200):
            talk.ask(Rate((photo_ids[number % PHOTOS],), number % 5 + 1))
    with Library(library) as opened:
        rows = opened.photo_rows(photo_ids)
        assert [row.stars for row in rows] == [
            (number + 180 if number < 20 else number + 120) % 5 + 1 for number in range(PHOTOS)
        ]


def test_a_window_that_no_longer_listens_stops_no_rating(
    library: Path, photo_ids: list[int]
) -> None:
    run = subprocess.Popen(
        [sys.executable, "-m", "photosearch", "--library", str(library), "engine"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert run.stdin is not None and run.stdout is not None
    run.stdout.close()
    lines = [messages.encode(Rate((each,), 2), each) for each in photo_ids]
    run.stdin.write(b"".join(lines))
    run.stdin.close()
    run.wait(PATIENCE)
    assert ratings(library) == [2] * PHOTOS


PRINTS = """
import os, sys
from photosearch.library import Library
photos = Library.photos
def noisy(self):
    os.write(1, b"a C library says hello\\n")
    print("and Python too", flush=True)
    return photos(self)
Library.photos = noisy
from photosearch.__main__ import main
main()
"""


def test_only_messages_are_on_stdout(library: Path, photo_ids: list[int]) -> None:
    talk = RawEngine(library, program=("-c", PRINTS))
    try:
        assert talk.answer(GetPhotos()) == Photos(tuple(photo_ids))
        assert talk.end() == 0
    finally:
        talk.process.kill()
    assert talk.err == b"a C library says hello\nand Python too\n"
    for line in talk.lines:
        messages.decode(line)


LIGHT = """
import sys
from photosearch.engine.server import Engine
rows = Engine._rows
def looked_at(self, request):
    found = rows(self, request)
    heavy = {"numpy", "PIL", "typer", "torch", "faiss"}
    print(*sorted(heavy & sys.modules.keys()), file=sys.stderr, flush=True)
    return found
Engine._rows = looked_at
Engine._load = Engine._first_look  # else the model's process begins, in a thread beside
from photosearch.__main__ import main
main()
"""


def test_a_windows_first_photos_wait_for_no_heavy_import(
    library: Path, photo_ids: list[int]
) -> None:
    talk = RawEngine(library, program=("-c", LIGHT))
    try:
        talk.answer(GetLibrary())
        assert talk.answer(GetPhotos()) == Photos(tuple(photo_ids))
        assert len(talk.answer(GetRows(tuple(photo_ids))).rows) == len(photo_ids)
        assert talk.end() == 0
    finally:
        talk.process.kill()
    assert talk.err == b"\n", talk.err.decode()


# --- an encoder that is not there, a library that is not there


def test_nothing_is_indexed_yet(tmp_path: Path, with_encoder: Path) -> None:
    with engine(tmp_path / "new") as talk:
        talk.wait_for_search("ready")
        assert error_code(talk.answer(Search("a cat"))) == "nothing-indexed"
        state = talk.answer(GetLibrary())
        assert (state.roots, state.photos, state.indexer) == ((), 0, None)
        assert talk.answer(GetPhotos()) == Photos(())
        assert talk.answer(Undo()) == Said(None)  # nothing was said yet


def test_an_encoder_that_is_not_there_or_broken_is_named_until_it_is_there(
    library: Path, tiny_encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "encoders" / "tiny"
    place.parent.mkdir()
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", str(place))
    with engine(library) as talk:
        talk.wait_for_search("failed")
        (failed,) = [state for state in talk.unasked() if state.state == "failed"]
        assert "encoder" in failed.what and "models download" in failed.todo
        assert talk.answer(GetLibrary()).encoder is None
        reply = talk.answer(Search("a cat"))
        assert error_code(reply) == "no-encoder"
        assert (reply.what, reply.todo) == (failed.what, failed.todo)
        shutil.copytree(tiny_encoder, place)
        (place / "open_clip_model.safetensors").write_bytes(b"not weights")
        assert error_code(talk.answer(Search("a cat"))) == "broken-encoder"
        shutil.copy(tiny_encoder / "open_clip_model.safetensors", place)
        assert isinstance(talk.answer(Search("a cat")), Matches)
        state = talk.unasked()[-1]
        assert isinstance(state, SearchState)
        assert (state.state, state.device) == ("ready", "cpu") and state.encoder


@pytest.mark.parametrize("how", ["damaged-library", "newer-library", "no-folder"])
def test_a_library_that_cannot_be_opened_is_the_answer_to_each_request(
    how: str, tmp_path: Path
) -> None:
    folder = tmp_path / "library"
    if how == "no-folder":
        folder.write_text("a file")
    else:
        Library(folder).close()
    if how == "damaged-library":
        (folder / CATALOG_FILE).write_bytes(b"no database" * 100)
    if how == "newer-library":
        with sqlite3.connect(folder / CATALOG_FILE) as database:
            database.execute("INSERT INTO schema_version VALUES (999, '2030-01-01')")
        database.close()
    with engine(folder) as talk:
        for request in (GetLibrary(), GetPhotos(), Search("a"), Rate((1,), 1), Preview(1, 1, 1)):
            assert error_code(talk.answer(request)) == how
        talk.send(b"no JSON\n")
        talk.answer(GetLibrary())
        (state,) = [state for state in talk.unasked() if isinstance(state, SearchState)]
        assert state.state == "failed" and str(folder) in state.what


# --- the finder


def test_a_finder_killed_at_any_time_costs_one_search_at_most(library: Path) -> None:
    with engine(library) as talk:
        talk.wait_for_search("loading")
        finder_of(talk.process.pid).kill()  # while it loads
        talk.wait_for_search("failed")
        assert "memory" in talk.unasked()[-1].todo
        assert isinstance(talk.answer(Search("a cat", 3)), Matches)
        finder = finder_of(talk.process.pid)
        finder.kill()  # while it has nothing to do
        assert gone([finder])
        assert isinstance(talk.answer(Search("a dog", 3)), Matches)  # no search was to blame
        finder = finder_of(talk.process.pid)
        finder.suspend()
        search = talk.ask(Search("a bird", 3))
        rows = talk.ask(GetPhotos())
        assert isinstance(talk.to(rows), Photos)
        finder.kill()  # while it searches, or is about to
        assert error_code(talk.to(search)) == "finder-died" and "“a bird”" in talk.to(search).what
        assert isinstance(talk.answer(Search("a bird", 3)), Matches)


def test_a_finder_that_does_not_answer_holds_up_no_end(library: Path) -> None:
    with engine(library) as talk:
        talk.wait_for_search("ready")
        finder = finder_of(talk.process.pid)
        finder.suspend()
        talk.ask(Search("a cat"))
        talk.answer(GetPhotos())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_an_engine_that_is_killed_leaves_nobody_behind(
    number: signal.Signals, library: Path, photo_ids: list[int]
) -> None:
    talk = RawEngine(library)
    talk.answer(Preview(photo_ids[0], 9, 9))
    talk.answer(Preview(photo_ids[0], 300, 300, ahead=True))
    below = psutil.Process(talk.process.pid).children(recursive=True)
    assert len(below) >= 3
    talk.process.send_signal(number)
    talk.process.wait(PATIENCE)
    assert gone(below)
    talk.end()


# --- an indexing run beside it


def test_a_run_is_shown_and_steered(library: Path, tmp_path: Path) -> None:
    album = tmp_path / "more"
    for number in range(PHOTOS):
        file = album / f"{number}.jpg"
        file.parent.mkdir(exist_ok=True)
        Image.effect_noise((64, 64), number + 1).save(file)
    run = subprocess.Popen(
        [sys.executable, "-m", "photosearch", "--library", str(library), "index", album, "--json"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env={**os.environ, "PHOTOSEARCH_WORKERS": "1"},
    )
    assert run.stdout is not None
    with run.stdout as rows, engine(library) as talk:
        assert b"event" in rows.readline()
        assert talk.answer(SteerIndexer("pause")) == Said("pause")
        assert any(b'"paused"' in line for line in rows)
        state = until(lambda: paused(talk))
        assert state.stage and state.done >= 0
        assert talk.answer(SteerIndexer("resume")) == Said("resume")
        assert any(b'"resumed"' in line for line in rows)
        assert talk.answer(SteerIndexer("stop")) == Said("stop")
        rest = rows.read()
        assert b'"stopped"' in rest and b'"done", ' not in rest
        assert run.wait(PATIENCE) == 0
        assert talk.answer(GetLibrary()).indexer is None
        assert talk.answer(SteerIndexer("pause")) == Said(None)


def paused(talk: RawEngine) -> replies.IndexerState | None:
    """The run, if it is paused."""
    state = talk.answer(GetLibrary()).indexer
    return state if state is not None and state.state == "paused" else None


# --- a lane alone


class Work:
    """Handlers whose work ends when they are told."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.may_end = threading.Event()
        self.done: list[Any] = []

    def wait(self, request: Any) -> Said:
        self.begun.set()
        assert self.may_end.wait(PATIENCE)
        self.done.append(request)
        return Said("waited")

    def fail(self, request: Any) -> Said:
        raise request

    def do(self, request: Any) -> Said:
        self.done.append(request)
        return Said("done")


def test_a_running_request_that_is_cancelled_is_answered_by_that() -> None:
    heard, work = Heard(), Work()
    lane = Lane("test", heard.add, newest=True)
    lane.add(1, Undo(), work.wait)
    assert work.begun.wait(PATIENCE)
    lane.cancel(1)
    lane.add(2, Undo(), work.do)
    assert heard.all == []
    work.may_end.set()
    assert isinstance(heard.to(2), Said)
    lane.cancel(1)
    lane.add(3, Undo(), work.do)
    assert isinstance(heard.to(3), Said)
    lane.close()
    assert lane.ended(PATIENCE)
    assert [to for to, _ in heard.all] == [1, 2, 3] and error_code(heard.to(1)) == "cancelled"


def test_searches_go_before_explanations_and_neither_drops_the_other() -> None:
    heard, work = Heard(), Work()
    lane = Lane("test", heard.add, newest=True)
    lane.add(1, Search("a"), work.wait)
    assert work.begun.wait(PATIENCE)
    asked: list[requests.Request] = [Explain(1), Search("b"), Explain(2), Search("c")]
    asked += [Learn("Rex")]  # takes nothing's place but that of another Learn
    for number, request in enumerate(asked, 2):
        lane.add(number, request, work.do)
    assert error_code(heard.to(2)) == error_code(heard.to(3)) == "superseded"
    work.may_end.set()
    assert isinstance(heard.to(4), Said) and isinstance(heard.to(5), Said)
    assert isinstance(heard.to(6), Said)
    assert work.done == [Search("a"), Search("c"), Explain(2), Learn("Rex")]
    lane.close()
    assert lane.ended(PATIENCE)


def test_closing_drops_only_what_nobody_needs() -> None:
    for newest, kept in ((False, [1, 2, 3]), (True, [1])):
        heard, work = Heard(), Work()
        lane = Lane("test", heard.add, newest=newest)
        lane.add(1, Undo(), work.wait)
        assert work.begun.wait(PATIENCE)
        lane.add(2, Undo(), work.do)
        lane.add(3, Undo(), work.do)
        lane.close()
        assert not lane.ended(0)
        work.may_end.set()
        assert lane.ended(PATIENCE)
        assert [to for to, message in heard.all if isinstance(message, Said)] == kept


def test_a_mistake_of_ours_ends_no_lane() -> None:
    heard, work = Heard(), Work()
    lane = Lane("test", heard.add)
    for number, error in enumerate((ValueError("oh"), PhotoSearchError("x", "y"), OSError()), 1):
        lane.add(number, error, work.fail)  # type: ignore[arg-type]
    lane.add(4, Undo(), work.do)
    assert isinstance(heard.to(4), Said)
    assert [error_code(heard.to(number)) for number in (1, 2, 3)] == ["bug", "x", "bug"]
    lane.close()
    assert lane.ended(PATIENCE)


@given(st.booleans(), st.lists(st.tuples(st.sampled_from("ac"), st.integers(1, 9)), max_size=30))
def test_each_request_is_answered_once(newest: bool, steps: list[tuple[str, int]]) -> None:
    heard, work = Heard(), Work()
    lane = Lane("test", heard.add, newest=newest)
    added = 0
    for step, back in steps:
        if step == "a":
            added += 1
            lane.add(added, Undo(), work.do)
        else:
            lane.cancel(added - back)
    heard.until(lambda all_: len(all_) == added)
    lane.close()
    assert lane.ended(PATIENCE)
    assert sorted(to for to, _ in heard.all) == list(range(1, added + 1))

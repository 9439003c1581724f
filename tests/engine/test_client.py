"""The window's side: whatever happens to the children, each request is answered once, and closing
leaves neither thread nor process."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from photosearch.engine.client import EngineClient, IndexerClient, LineProcess
from photosearch.engine.replies import Error, LibraryState, Matches, Photos
from photosearch.engine.requests import (
    Cancel,
    Favourite,
    GetLibrary,
    GetPhotos,
    GetRows,
    Preview,
    Rate,
    Search,
    Similar,
    Undo,
)
from photosearch.library import Library
from photosearch.progress import Done, FileFailed, Note, Progress
from tests.conftest import draw
from tests.engine.conftest import PHOTOS
from tests.engine.talk import PATIENCE, Heard, error_code, finder_of, gone, until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stops and kills by signals")


@pytest.fixture(autouse=True)
def nothing_is_left(children_end: None) -> Iterator[None]:
    """No thread outlives a test (processes: `children_end`)."""
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


class Talk(Heard):
    """A client, and what it was told."""

    def __init__(self, library: Path) -> None:
        super().__init__()
        self.restarts = Heard()
        self.client = EngineClient(library, self.add, lambda again: self.restarts.add(0, again))

    def restarted(self, times: int) -> None:
        """Wait until it was told so often that the engine is started again, or given up."""
        self.restarts.until(lambda all_: len(all_) >= times)


@pytest.fixture
def talk(library: Path) -> Iterator[Talk]:
    talk = Talk(library)
    yield talk
    talk.client.close()


def process_of(talk: Talk) -> psutil.Process:
    assert talk.client.pid is not None
    return psutil.Process(talk.client.pid)


def test_an_engine_that_dies_is_started_again_and_nothing_is_repeated(
    talk: Talk, photo_ids: list[int], library: Path
) -> None:
    client = talk.client
    assert isinstance(talk.to(client.ask(GetLibrary())), LibraryState)
    first = process_of(talk)
    first.suspend()
    asked = {
        client.ask(Search("a cat on a mat")): "“a cat on a mat”",
        client.ask(Similar(photo_ids[0])): "similar",
        client.ask(Preview(photo_ids[0], 9, 9)): "showing a photo",
        client.ask(Rate((photo_ids[0],), 5)): "rating",
        client.ask(Favourite((photo_ids[0],), True)): "favourite",
        client.ask(Undo()): "undo",
        client.ask(GetRows((1,))): "list of photos",
    }
    client.ask(Cancel(1))
    below = first.children(recursive=True)
    first.kill()
    for number, words in asked.items():
        reply = talk.to(number)
        assert error_code(reply) == "engine-died" and words in reply.what
        assert "again" in reply.todo
    talk.restarted(1)
    assert talk.restarts.all == [(0, True)]
    assert gone([first, *below])
    (row,) = talk.to(client.ask(GetRows((photo_ids[0],)))).rows
    assert (row.stars, row.favourite) == (0, False)
    assert isinstance(talk.to(client.ask(Search("a cat on a mat"))), Matches)
    numbers = [to for to, _ in talk.all if to]
    assert len(numbers) == len(set(numbers))


def test_an_engine_killed_while_it_loads_or_searches_is_soon_there_again(talk: Talk) -> None:
    talk.wait_for_search("loading")
    for again in range(5):  # more often than it would be tried without one answer between
        process = process_of(talk)
        finder = finder_of(process.pid)
        search = talk.client.ask(Search(f"a cat {again}"))
        assert isinstance(talk.to(talk.client.ask(GetPhotos())), Photos)
        process.kill()
        reply = talk.to(search)
        assert error_code(reply) == "engine-died" and f"“a cat {again}”" in reply.what
        talk.restarted(again + 1)
        assert gone([process, finder])
    assert talk.restarts.all == [(0, True)] * 5
    assert isinstance(talk.to(talk.client.ask(Search("a cat"))), Matches)


def script(place: Path, body: str) -> None:
    """A program in the place of Python, put there at once."""
    part = place.with_suffix(".part")
    part.write_text(f"#!/bin/sh\n{body}\n")
    part.chmod(0o755)
    part.rename(place)


LOADING = '{"v":1,"id":0,"type":"SearchState","state":"loading","what":"","todo":""}'


@pytest.mark.parametrize("body", [None, "exit 3", f"echo '{LOADING}'; exit 3"])
def test_an_engine_that_does_not_come_up_is_given_up_and_can_be_revived(
    body: str | None, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "python"
    if body is not None:
        script(python, body)
    monkeypatch.setattr(sys, "executable", str(python))
    talk = Talk(library)
    try:
        early = talk.client.ask(GetPhotos())
        talk.restarts.until(lambda all_: (0, False) in all_)
        assert talk.restarts.all == [(0, True)] * 3 + [(0, False)]
        assert talk.client.pid is None
        assert error_code(talk.to(early)) == "engine-died"
        late = talk.client.ask(Search("a cat"))
        reply = talk.to(late)
        assert error_code(reply) == "engine-died" and "“a cat”" in reply.what
        assert "started again" not in reply.todo
        talk.client.restart()  # in vain
        talk.restarts.until(lambda all_: all_.count((0, False)) == 2)
        script(python, f'exec {shlex.quote(monkeypatched_away())} "$@"')
        talk.client.restart()
        assert isinstance(talk.to(talk.client.ask(GetPhotos())), Photos)
    finally:
        talk.client.close()
    numbers = [to for to, _ in talk.all if to]
    assert len(numbers) == len(set(numbers)) == 3


def monkeypatched_away() -> str:
    """The real Python."""
    return str(Path(sys.prefix) / "bin" / "python")


def test_restarting_one_that_runs_answers_all_it_was_asked(
    talk: Talk, photo_ids: list[int], library: Path
) -> None:
    client = talk.client
    finder = finder_of(process_of(talk).pid)
    finder.suspend()
    search = client.ask(Search("a cat"))
    rating = client.ask(Rate((photo_ids[0],), 5))
    first = process_of(talk)
    client.restart()
    assert client.pid != first.pid
    assert talk.to(rating).action == "1 photo: 5 stars"  # written before it went
    assert error_code(talk.to(search)) == "engine-died"
    assert isinstance(talk.to(client.ask(GetPhotos())), Photos)
    assert gone([first, finder])
    assert talk.restarts.all == []
    client.restart()
    client.close()  # at once: also the one that is still ending is gone then


def test_after_close_nothing_is_said(library: Path) -> None:
    talk = Talk(library)
    process = process_of(talk)
    for _ in range(20):
        talk.client.ask(GetPhotos())
    talk.client.close()
    said = len(talk.all)
    talk.client.ask(GetPhotos())
    talk.client.restart()
    talk.client.close()
    assert (len(talk.all), talk.restarts.all, talk.client.pid) == (said, [], None)
    assert gone([process])


def test_closing_while_it_dies_again_and_again(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for deaths in range(5):
        python = tmp_path / f"python{deaths}"
        script(python, "exit 3")
        monkeypatch.setattr(sys, "executable", str(python))
        talk = Talk(library)
        talk.restarts.until(lambda all_: len(all_) >= deaths)  # noqa: B023
        talk.client.close()
        assert not talk.client.pid and len(talk.restarts.all) <= 4


def test_an_engine_that_does_not_read_holds_up_nobody_and_is_killed_at_the_end(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LineProcess.wait, "__defaults__", (0.5,))
    talk = Talk(library)
    assert isinstance(talk.to(talk.client.ask(GetPhotos())), Photos)
    process = process_of(talk)
    below = process.children(recursive=True)
    process.suspend()
    for _ in range(50):  # far more than a pipe holds
        talk.client.ask(GetRows(tuple(range(10_000))))
    talk.client.close()
    assert gone([process, *below])


PARENT = """
import sys
from pathlib import Path
from photosearch.engine.client import EngineClient
def said(number, message):
    print(type(message).__name__, getattr(message, "state", ""), client.pid, flush=True)
client = EngineClient(Path(sys.argv[1]), said, print)
sys.stdin.read()
"""


def test_a_window_that_is_killed_leaves_nobody_behind(library: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, library],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as window:
        assert window.stdout is not None
        name, state, pid = window.stdout.readline().split()
        assert (name, state) == ("SearchState", "loading")
        engine = psutil.Process(int(pid))
        finder = finder_of(engine.pid)
        left = [engine, *engine.children(recursive=True)]
        assert finder in left
        window.kill()
        assert gone(left)


# --- the indexer


class Run(Heard):
    """An indexing run, and what it said."""

    def __init__(self, library: Path, *folders: Path) -> None:
        super().__init__()
        self.ended = Heard()
        self.client = IndexerClient(
            library,
            [str(folder) for folder in folders],
            lambda event: self.add(0, event),
            lambda code: self.ended.add(0, code),
        )

    def code(self) -> int:
        """Its exit code; waits until it is gone."""
        self.ended.until(len)
        self.client.stop()
        ((_, code),) = self.ended.all
        assert isinstance(code, int)
        return code

    def note(self, code: str) -> None:
        """Wait until it said this."""
        self.until(lambda all_: any(isinstance(e, Note) and e.code == code for _, e in all_))


@pytest.fixture
def more(tmp_path: Path) -> Path:
    """A folder of PHOTOS more photos."""
    folder = tmp_path / "more"
    folder.mkdir()
    for number in range(PHOTOS):
        draw(1000 + number, (64, 48)).save(folder / f"{number}.jpg")
    return folder


def test_a_run_says_all_that_happens(library: Path, more: Path) -> None:
    (more / "text.jpg").write_text("no picture")
    run = Run(library, more)
    assert run.code() == 0
    events = run.unasked()
    kinds = {type(event) for event in events}
    assert {Progress, FileFailed} <= kinds
    assert isinstance(events[-1], Done)
    assert (events[-1].seen, events[-1].new, events[-1].failed) == (PHOTOS + 1, PHOTOS + 1, 1)


def test_a_run_that_cannot_go_on_says_why(library: Path, tmp_path: Path) -> None:
    run = Run(library, tmp_path / "no-such-folder")
    assert run.code() == 1
    (error,) = run.unasked()
    assert isinstance(error, Error) and error.code == "not-found"
    assert "no-such-folder" in error.what


def test_a_run_is_paused_resumed_and_stopped(library: Path, more: Path) -> None:
    run = Run(library, more)
    run.client.tell("pause")
    run.note("paused")
    said = len(run.all)
    run.client.tell("nonsense")  # said on its stderr, which is nobody's
    run.client.tell("resume")
    run.note("resumed")
    assert run.all[said][1] == Note("resumed", "going on")  # nothing between the two
    run.client.tell("stop")
    assert run.code() == 0
    events = run.unasked()
    if not isinstance(events[-1], Done):  # it may have been quicker
        assert events[-1].code == "stopped"


def test_closing_the_window_stops_a_run_or_lets_it_go_on(library: Path, more: Path) -> None:
    run = Run(library, more)
    run.client.tell("pause")
    run.note("paused")
    run.client.leave()
    assert run.code() == 0 and run.unasked()[-1].code == "stopped"
    run = Run(library, more)
    run.client.tell("background")
    run.client.leave()
    assert run.code() == 0
    with Library(library) as opened:
        assert opened.digest().vector_count == 2 * PHOTOS


WINDOW = """
import os, sys
from pathlib import Path
from photosearch.engine.client import IndexerClient
run = IndexerClient(Path(sys.argv[1]), sys.argv[3:], lambda event: None, lambda code: None)
print(run.pid, flush=True)
if sys.argv[2] != "crash":
    run.tell(sys.argv[2])
    run.leave()
os._exit(0)  # a window that ends: at once, and with its end of all pipes
"""


@pytest.mark.parametrize("last_word", ["background", "crash"])
def test_a_run_outlives_its_window_only_if_it_was_told_so(
    last_word: str, library: Path, more: Path
) -> None:
    line = [sys.executable, "-c", WINDOW, str(library), last_word, str(more)]
    out = subprocess.run(line, stdout=subprocess.PIPE, check=True, timeout=PATIENCE).stdout
    until(lambda: not psutil.pid_exists(int(out)))
    with Library(library) as opened:
        assert opened.indexing() is None
        vectors = opened.digest().vector_count
        assert vectors == 2 * PHOTOS if last_word == "background" else vectors < 2 * PHOTOS
        for _ in opened.index():
            pass
        assert opened.digest().vector_count == 2 * PHOTOS


def test_a_run_that_is_killed_says_so_and_the_next_goes_on(library: Path, more: Path) -> None:
    run = Run(library, more)
    run.client.tell("pause")
    run.note("paused")
    below = psutil.Process(run.client.pid).children(recursive=True)
    run.client.kill()
    assert run.code() == -9
    assert gone(below)
    run = Run(library)
    assert run.code() == 0
    with Library(library) as opened:
        assert opened.digest().vector_count == 2 * PHOTOS


def test_what_a_library_prints_between_the_rows_is_left_out(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[object] = ["hello", 5, None, [], {}, {"event": "what"}, {"event": "note"}]
    rows += [{"event": "note", "code": "a", "text": "b"}]
    lines = "\n".join(["<hello>", *(json.dumps(row) for row in rows)])
    python = tmp_path / "python"
    script(python, f"cat <<'END'\n{lines}\nEND\nexit 7")
    monkeypatch.setattr(sys, "executable", str(python))
    run = Run(library)
    assert run.code() == 7
    assert run.unasked() == [Note("a", "b")]


# --- lines


def talk_to(
    command: list[str], on_line: Callable[[bytes], None] = lambda line: None
) -> tuple[LineProcess, Heard]:
    ended = Heard()
    return LineProcess(command, on_line, lambda code: ended.add(0, code)), ended


def test_lines_arrive_whole_and_in_order() -> None:
    lines: list[bytes] = []
    process, ended = talk_to(["cat"], lines.append)
    said = [b"%d %s\n" % (number, b"x" * 5000) for number in range(1000)]
    for line in said:
        process.say(line)
    process.end_input()
    process.wait(PATIENCE)
    assert lines == said and ended.all == [(0, 0)]
    process.say(b"to nobody\n")
    process.kill()


def test_a_child_that_stays_is_killed() -> None:
    process, ended = talk_to(["sleep", "1000"])
    process.end_input()
    process.wait(0.0)
    assert ended.all == [(0, -9)] and not process.at_work


def test_a_program_that_is_not_there_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        talk_to([str(tmp_path / "no-such")])

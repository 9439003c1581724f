"""Several computers index one shared library at once: nothing is done twice, nothing is left."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from photosearch.catalog import leases
from photosearch.errors import PhotoSearchError
from photosearch.indexing.control import Control
from photosearch.indexing.leases import ROOT, leases_of
from photosearch.library import Library
from photosearch.progress import Done, Event, Note
from photosearch.shared import SERVER_FILE, address_of
from tests.conftest import Command, draw
from tests.postgres import Databases

SOAK = "PHOTOSEARCH_TEST_SOAK" in os.environ
PHOTOS, KILLS = 80, 5 if SOAK else 2
SEED = os.environ.get("PHOTOSEARCH_TEST_SEED", "1")

Computer = Callable[[str], Path]


@pytest.fixture
def computer(databases: Databases, tmp_path: Path) -> Computer:
    """The folder of another computer with the same shared library."""
    address = databases.new()

    def folder(name: str) -> Path:
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / SERVER_FILE).write_text(address)
        return tmp_path / name

    return folder


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """An album of small pictures, some of them twice, and a file that is none."""
    album = tmp_path / "many"
    for number in range(PHOTOS):
        file = album / f"{number % 4}" / f"{number}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        draw(number - number % 7 // 6, (96, 72)).save(file)
    (album / "0" / "bad.jpg").write_text("no picture")
    return album


def start(library: Path, *album: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "photosearch", "--library", library, "index", *album, "--json"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PHOTOSEARCH_ENCODE_BATCH": "4"},
    )


def ended(run: subprocess.Popen[str]) -> dict[str, object]:
    """What a run said last."""
    out, _ = run.communicate(timeout=600)
    assert run.returncode == 0
    last: dict[str, object] = json.loads(out.splitlines()[-1])
    return last


def ask(library: Path, statement: str) -> list[tuple[Any, ...]]:
    """What the server says of a shared library."""
    address = address_of(library)
    assert address is not None
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def encoded_twice(library: Path) -> int:
    """How many vectors were written in place of one that was there: each has had a number."""
    (row,) = ask(
        library,
        "SELECT (SELECT last_value FROM vectors_seq_seq) - (SELECT count(*) FROM vectors)",
    )
    return int(row[0])


@pytest.mark.usefixtures("with_encoder")
def test_two_indexers_one_killed_many_times_end_as_one_that_nobody_killed(
    computer: Computer, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    many = request.getfixturevalue("shared_data") / "photos" if SOAK else None
    many = many or request.getfixturevalue("many")
    dice = random.Random(SEED)
    steady, other = computer("steady"), computer("other")
    runs = [start(steady, many), start(other, many)]
    for _ in range(KILLS):
        rows = dice.randint(1, 12)
        assert runs[1].stdout is not None
        for line in runs[1].stdout:
            rows -= json.loads(line)["event"] == "progress"
            if rows <= 0:
                break
        os.killpg(runs[1].pid, signal.SIGKILL)
        runs[1].wait()
        runs[1].stdout.close()
        runs[1] = start(other, many)
    for run in runs:
        last = ended(run)
        assert (last["event"], last["failed"]) == ("done", 0 if SOAK else 1)
    alone = start(tmp_path / "alone", many)
    assert ended(alone)["event"] == "done"
    with Library(steady) as together, Library(tmp_path / "alone") as whole:
        assert together.digest() == whole.digest()
        assert together.catalog.integrity() == []
    # What was encoded and not recorded when it was killed is lost; nothing was recorded twice.
    assert encoded_twice(steady) == 0
    assert ask(steady, "SELECT FROM leases") == ask(steady, "SELECT FROM indexers") == []


@pytest.mark.usefixtures("with_encoder")
def test_what_a_living_indexer_has_in_hand_is_waited_for_and_taken_up_when_it_dies(
    computer: Computer, many: Path
) -> None:
    with Library(computer("one")) as one, Library(computer("two")) as two:
        list(one.index([many], stages=["content"]))
        with one.catalog.write() as connection:
            leases.renew(connection, "dead", 3600)
            photos = connection.exec_driver_sql("SELECT id FROM photos ORDER BY id LIMIT 5")
            leases.take(connection, "dead", "photo", photos.scalars().all())
        events = index(two)
        assert not events.done.wait(1.0)
        assert vectors(two) in range(len(photos_of(two)) - 4)
        with one.catalog.write() as connection:
            leases.leave(connection, "dead")  # as its row does that runs out
        assert events.done.wait(60.0)
        assert vectors(two) == len(photos_of(two))


@pytest.mark.usefixtures("with_encoder")
def test_a_silent_indexer_has_nothing_left(computer: Computer, many: Path) -> None:
    with Library(computer("one")) as one:
        list(one.index([many], stages=["content"]))
        with one.catalog.write() as connection:
            leases.renew(connection, "dead", -1.0)
            (photo, *_) = photos_of(one)
        with one.catalog.write() as connection:
            leases.renew(connection, "alive", 60)
            assert leases.take(connection, "alive", "photo", [photo]) == {photo}
            assert not leases.take(connection, "other", "photo", [])
        assert ask(one.folder, "SELECT name FROM indexers") == [("alive",)]


@pytest.mark.usefixtures("with_encoder")
def test_one_computer_reads_and_another_encodes(computer: Computer, many: Path) -> None:
    with Library(computer("reads")) as reads, Library(computer("encodes")) as encodes:
        done = list(reads.index([many], stages=["content", "metadata"]))[-1]
        assert isinstance(done, Done) and done.new == PHOTOS + 1 and not vectors(reads)
        (many / "new").mkdir()
        draw(5000, (96, 72)).save(many / "new" / "1.jpg")
        done = list(encodes.index(stages=["vector"]))[-1]
        assert isinstance(done, Done) and done.seen == done.new == 0  # it does not look for any
        assert vectors(encodes) == len(photos_of(encodes))
        done = list(encodes.index())[-1]
        assert isinstance(done, Done) and done.new == 1
        assert encoded_twice(reads.folder) == 0


@pytest.mark.usefixtures("with_encoder")
def test_a_root_is_looked_through_by_one_at_a_time(computer: Computer, many: Path) -> None:
    with Library(computer("one")) as one, Library(computer("two")) as two:
        first = one.index([many])
        assert next(first)  # it has begun, and looks through the root
        events = index(two, many)
        while not any(isinstance(event, Note) for event in events.seen):
            assert not events.done.wait(0.05)
        note = next(event for event in events.seen if isinstance(event, Note))
        assert note.code == "waiting" and note.path == str(many)
        list(first)
        assert events.done.wait(60.0)
        assert one.digest() == two.digest() and encoded_twice(one.folder) == 0


@pytest.mark.usefixtures("with_encoder")
def test_two_computers_follow_one_folder(computer: Computer, many: Path) -> None:
    with Library(computer("one")) as one, Library(computer("two")) as two:
        runs = [Run(partial(library.watch, [many])) for library in (one, two)]
        try:
            until(lambda: all(any(isinstance(event, Done) for event in run.seen) for run in runs))
            before = vectors(one)
            for number in range(2):
                draw(6000 + number, (96, 72)).save(many / f"{number}" / "later.jpg")
            until(lambda: vectors(one) == before + 2)
        finally:
            for run in runs:
                run.control.tell("stop")
        assert all(run.done.wait(60.0) for run in runs)
        assert not any(run.error for run in runs) and encoded_twice(one.folder) == 0


@pytest.mark.usefixtures("with_encoder")
def test_stages_by_name_on_the_command_line(here: Command, many: Path, tmp_path: Path) -> None:
    ran = here("index", many, "--stages", "content, vectors")
    assert ran.code == 1 and "There is no stage vectors" in ran.err and ran.err.count("\n") == 1
    assert here("index", many, "--watch", "--stages", "content").code == 2
    assert here("index", many, "--stages", "content, metadata", "--json").rows[-1]["failed"] == 1
    with Library(tmp_path / "library") as library:
        assert not vectors(library) and library.status().stages.keys() == {"content", "metadata"}
    done = here("index", "--stages", "thumbnail,vector", "--json").rows[-1]
    assert done["seen"] == 0  # it looks for none
    with Library(tmp_path / "library") as library:
        assert vectors(library) == len(photos_of(library))


def test_a_run_whose_lease_was_taken_may_write_nothing_more(computer: Computer) -> None:
    with Library(computer("one")) as one, leases_of(one.catalog) as mine:
        assert mine.begin(ROOT, 1)
        with one.catalog.write() as connection:
            mine.check(connection, ROOT, 1)
            leases.leave(connection, ask(one.folder, "SELECT name FROM indexers")[0][0])
            with pytest.raises(PhotoSearchError, match="paused or silent") as caught:
                mine.check(connection, ROOT, 1)
    assert caught.value.code == "lease-lost"


class Run:
    """A run in a thread. `seen`: its events so far; `done`: it has ended, by what `error`."""

    def __init__(self, start: Callable[[Control], Iterator[Event]]) -> None:
        self.seen: list[Event] = []
        self.done = threading.Event()
        self.control = Control()
        self.error: Exception | None = None
        self._start = start
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        try:
            for event in self._start(self.control):
                self.seen.append(event)
        except Exception as error:
            self.error = error
        finally:
            self.done.set()


def index(library: Library, *folders: Path) -> Run:
    return Run(partial(library.index, folders))


def until(true: Callable[[], bool]) -> None:
    """Wait until something is true, which nobody tells us."""
    for _ in range(1200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError


def photos_of(library: Library) -> list[int]:
    with library.catalog.read() as connection:
        decoded = "SELECT photo_id FROM outcomes WHERE stage = 'content' AND status = 'done'"
        return list(connection.exec_driver_sql(decoded).scalars())


def vectors(library: Library) -> int:
    with library.catalog.read() as connection:
        return len(connection.exec_driver_sql("SELECT photo_id FROM vectors").all())

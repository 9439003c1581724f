"""The readers: real child processes that are killed, stopped, starved and left behind."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PIL import Image

from photosearch.errors import PhotoSearchError
from photosearch.media.read import Reading
from photosearch.media.readers import Failure, Job, Readers, read_one
from photosearch.settings import Settings
from tests.conftest import draw
from tests.media.pictures import SIDE, assert_one_line, collect_all, read

pytestmark = pytest.mark.usefixtures("children_end")
needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")


def children() -> list[psutil.Process]:
    """The reader processes of this process."""
    return [psutil.Process(child.pid) for child in multiprocessing.active_children()]


def gone(processes: list[psutil.Process]) -> bool:
    """Whether all have ended within five seconds (one that nobody has buried yet has ended)."""
    _, alive = psutil.wait_procs(processes, timeout=5)
    return all(process.status() == psutil.STATUS_ZOMBIE for process in alive)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "photo.jpg"
    draw(1).save(file)
    return file


@pytest.fixture
def reader(photo: Path) -> Iterator[Readers]:
    """One child that has read a photo, so that it is known to be up; one second a file."""
    with Readers(Settings(workers=1, file_seconds=1), SIDE) as readers:
        readers.submit(Job(0, bytes(photo)))
        assert isinstance(collect_all(readers)[0], Reading)
        yield readers


def failure_of(result: Reading | Failure) -> str:
    assert isinstance(result, Failure), result
    assert_one_line(result.reason)
    return result.code


def problem_of(result: Reading | Failure) -> str | None:
    assert isinstance(result, Reading), result
    return result.problem


# --- results


def test_every_result_comes_back_under_its_key(tmp_path: Path) -> None:
    files = {}
    for key in range(100, 112):
        files[key] = tmp_path / f"{key}.png"
        draw(key, (60 + key, 50)).save(files[key])
    with Readers(Settings(workers=2), SIDE) as readers:
        for key, file in files.items():
            readers.submit(Job(key, bytes(file)))
        results = collect_all(readers)
    assert results.keys() == files.keys()
    for key, file in files.items():
        assert results[key] == read(file)


def test_a_child_gives_what_reading_here_gives(photo: Path) -> None:
    assert read_one(bytes(photo), Settings(workers=1), SIDE) == read(photo)


def test_quarter_turns_are_asked_for_by_the_job(photo: Path) -> None:
    with Readers(Settings(workers=1), SIDE) as readers:
        readers.submit(Job(1, bytes(photo)))
        readers.submit(Job(2, bytes(photo), turned=True))
        results = collect_all(readers)
    assert results == {1: read(photo), 2: read(photo, turned=True)}


def test_no_more_children_than_workers_and_no_more_than_jobs(photo: Path) -> None:
    with Readers(Settings(workers=2), SIDE) as readers:
        assert children() == []
        readers.submit(Job(0, bytes(photo)))
        assert len(children()) == 1
        for key in range(1, 8):
            readers.submit(Job(key, bytes(photo)))
        assert len(children()) == 2
        collect_all(readers)
        assert len(children()) == 2


def test_it_wants_two_jobs_for_each_child(photo: Path) -> None:
    with Readers(Settings(workers=2), SIDE) as readers:
        assert (readers.wanting, readers.idle) == (4, True)
        for key in range(4):
            readers.submit(Job(key, bytes(photo)))
        assert (readers.wanting, readers.idle) == (0, False)
        collect_all(readers)
        assert (readers.wanting, readers.idle) == (4, True)


def test_nothing_submitted_is_nothing_to_collect() -> None:
    with Readers(Settings(workers=1), SIDE) as readers:
        assert list(readers.collect(5.0)) == []


def test_bad_files_have_a_reason_and_the_good_between_them_are_read(
    tmp_path: Path, photo: Path
) -> None:
    (tmp_path / "text.jpg").write_text("Dear diary,")
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "folder.jpg").mkdir()
    names = ["text.jpg", photo.name, "empty.jpg", "gone.jpg", photo.name, "folder.jpg", photo.name]
    with Readers(Settings(workers=1), SIDE) as readers:
        for key, name in enumerate(names):
            readers.submit(Job(key, bytes(tmp_path / name)))
        results = collect_all(readers)
    assert failure_of(results[3]) == failure_of(results[5]) == "vanished"
    assert problem_of(results[0]) == "not a picture in a known format"
    assert problem_of(results[2]) == "the file is empty"
    assert [problem_of(results[key]) for key in (1, 4, 6)] == [None, None, None]


def test_a_name_that_is_not_text_is_read(tmp_path: Path) -> None:
    name = os.path.join(bytes(tmp_path), b"\xff\n\xfe.jpg")
    with open(name, "wb") as file:
        draw(1).save(file, "JPEG")
    assert read_one(name, Settings(workers=1), SIDE).problem is None


def test_a_file_that_is_too_large_is_not_tried_again(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(bytes(2 << 20))
    with Readers(Settings(workers=1, max_photo_megabytes=1), SIDE) as readers:
        readers.submit(Job(0, bytes(tmp_path / "a.jpg")))
        result = collect_all(readers)[0]
    assert failure_of(result) == "too-large"
    assert isinstance(result, Failure)
    assert not result.transient


def test_reading_one_raises_where_it_fails(tmp_path: Path) -> None:
    with pytest.raises(PhotoSearchError) as caught:
        read_one(bytes(tmp_path / "gone.jpg"), Settings(workers=1), SIDE)
    assert caught.value.code == "vanished"


# --- limits


def test_too_many_pixels_are_refused_by_the_setting(tmp_path: Path) -> None:
    Image.new("1", (1001, 1000)).save(tmp_path / "a.png")
    reading = read_one(bytes(tmp_path / "a.png"), Settings(workers=1, max_megapixels=1), SIDE)
    assert reading.problem == "too large to decode safely (1001 x 1000 pixels)"


@needs_signals
def test_a_picture_that_takes_too_much_memory_has_a_reason(tmp_path: Path) -> None:
    Image.new("1", (13_000, 13_000)).save(tmp_path / "a.png")
    reading = read_one(bytes(tmp_path / "a.png"), Settings(workers=1, worker_gigabytes=1), SIDE)
    assert reading.problem == "decoding it takes more memory than allowed"


@needs_signals
def test_a_hungry_picture_does_not_starve_those_after_it(tmp_path: Path, photo: Path) -> None:
    Image.new("1", (13_000, 13_000)).save(tmp_path / "a.png")
    with Readers(Settings(workers=1, worker_gigabytes=1), SIDE) as readers:
        readers.submit(Job(0, bytes(tmp_path / "a.png")))
        for key in (1, 2, 3):
            readers.submit(Job(key, bytes(photo)))
        results = collect_all(readers)
    assert [results[key] for key in (1, 2, 3)] == [read(photo)] * 3


@needs_signals
def test_a_file_that_takes_too_much_memory_has_a_reason(tmp_path: Path, photo: Path) -> None:
    with open(tmp_path / "a.jpg", "wb") as file:
        file.truncate(1000 << 20)  # a hole: it takes no disk
    with Readers(Settings(workers=1, worker_gigabytes=1), SIDE) as readers:
        readers.submit(Job(0, bytes(tmp_path / "a.jpg")))
        readers.submit(Job(1, bytes(photo)))
        results = collect_all(readers)
    assert failure_of(results[0]) == "too-large"
    assert results[1] == read(photo)


# --- children that die or hang


@needs_signals
def test_a_child_that_is_killed_costs_the_photo_in_its_hand(reader: Readers, photo: Path) -> None:
    (child,) = children()
    child.suspend()
    for key in (1, 2, 3):
        reader.submit(Job(key, bytes(photo)))
    child.kill()
    results = collect_all(reader)
    assert failure_of(results.pop(1)) == "crashed"
    assert results == {2: read(photo), 3: read(photo)}
    (other,) = children()
    assert other.pid != child.pid


@needs_signals
def test_a_child_that_hangs_costs_the_photo_in_its_hand(reader: Readers, photo: Path) -> None:
    (child,) = children()
    child.suspend()
    for key in (1, 2):
        reader.submit(Job(key, bytes(photo)))
    results = collect_all(reader)
    assert failure_of(results[1]) == "too-slow"
    assert results[2] == read(photo)
    assert gone([child])


@needs_signals
def test_a_child_that_dies_idle_costs_one_photo_at_most(reader: Readers, photo: Path) -> None:
    (child,) = multiprocessing.active_children()
    child.kill()
    child.join()
    for key in (1, 2):
        reader.submit(Job(key, bytes(photo)))
    results = collect_all(reader)
    if isinstance(results[1], Failure):
        assert results[1].transient
    assert results[2] == read(photo)


# --- the end


def test_closing_ends_all_children(photo: Path) -> None:
    readers = Readers(Settings(workers=2), SIDE)
    for key in range(8):
        readers.submit(Job(key, bytes(photo)))
    started = children()
    assert len(started) == 2
    readers.close()
    assert gone(started)
    readers.close()  # twice is no error


@needs_signals
def test_closing_ends_a_child_that_hangs(reader: Readers) -> None:
    (child,) = children()
    child.suspend()
    reader.close()
    assert gone([child])


PARENT = """
import multiprocessing, os, signal, sys
from photosearch.media.readers import Job, Readers
from photosearch.settings import Settings

def read():
    for key in range(2):
        readers.submit(Job(key, os.fsencode(sys.argv[1])))
    while not readers.idle:
        for _, result in readers.collect(5.0):
            print(getattr(result, "problem", result), flush=True)

def say_children():
    print(*sorted(child.pid for child in multiprocessing.active_children()), flush=True)

with Readers(Settings(workers=2), 256) as readers:
"""


def run_parent(photo: Path, body: str) -> subprocess.Popen[str]:
    """A process group of its own whose first process has readers and does what `body` says."""
    script = PARENT + "".join(f"    {line}\n" for line in body.splitlines())
    return subprocess.Popen(
        [sys.executable, "-c", script, photo],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@needs_signals
@pytest.mark.parametrize("work", ["pass", "for key in range(50): readers.submit(Job(key, b'/'))"])
def test_a_parent_that_is_killed_leaves_no_child(photo: Path, work: str) -> None:
    body = f"read()\nsay_children()\n{work}\nprint('waiting', flush=True)\nsys.stdin.read()"
    with run_parent(photo, body) as parent:
        assert parent.stdout is not None
        assert [parent.stdout.readline() for _ in range(2)] == ["None\n", "None\n"]
        left = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
        assert len(left) == 2
        assert parent.stdout.readline() == "waiting\n"
        parent.kill()
        assert gone(left)


@needs_signals
def test_ctrl_c_to_the_group_is_left_to_the_parent(photo: Path) -> None:
    body = """
signal.signal(signal.SIGINT, lambda *_: print("Ctrl-C", flush=True))
read()
say_children()
os.killpg(0, signal.SIGINT)
read()
say_children()
"""
    out, err = run_parent(photo, body).communicate(timeout=120)
    first, *_, last = lines = out.splitlines()
    assert err == ""
    assert lines == ["None", "None", last, "Ctrl-C", "None", "None", last]
    assert first == "None"


@needs_signals
def test_ctrl_c_while_children_start_is_left_to_the_parent(photo: Path) -> None:
    body = """
signal.signal(signal.SIGINT, lambda *_: None)
for key in range(2):
    readers.submit(Job(key, os.fsencode(sys.argv[1])))
os.killpg(0, signal.SIGINT)
while not readers.idle:
    for _, result in readers.collect(5.0):
        print(getattr(result, "problem", result), flush=True)
"""
    out, err = run_parent(photo, body).communicate(timeout=120)
    assert (out, err) == ("None\nNone\n", "")


@needs_signals
def test_a_limit_of_the_system_below_ours_is_kept_and_no_error(photo: Path) -> None:
    import resource

    script = PARENT + "    read()\n"
    ours = Settings().worker_gigabytes << 30
    done = subprocess.run(
        [sys.executable, "-c", script, photo],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (ours - 1, ours - 1)),
        check=True,
        timeout=120,
    )
    assert done.stdout == "None\nNone\n"

"""Child processes: what they may do, and that they end."""

from __future__ import annotations

import os
import subprocess
import sys
from multiprocessing.connection import Connection, Pipe
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from photosearch.children import FOR_MODELS, Child, receive, send

pytestmark = pytest.mark.usefixtures("children_end")


# Children: each is found by this module's name in a fresh interpreter.


def echo(connection: Connection, *arguments: str) -> None:
    send(connection, {"arguments": arguments})
    while True:
        head, blobs = receive(connection)
        send(connection, head, *blobs)


def speak(connection: Connection) -> None:
    print("on stdout", flush=True)
    print("on stderr", file=sys.stderr, flush=True)
    os.system("echo from a program; echo and its errors >&2")
    send(connection, {"stdin": sys.stdin.read()})


def environment(connection: Connection) -> None:
    send(connection, {name: os.environ.get(name) for name in FOR_MODELS})


def fail(connection: Connection) -> None:
    raise RuntimeError("a bug")


def deaf(connection: Connection) -> None:
    send(connection, {})
    while True:
        os.read(os.pipe()[0], 1)  # never returns


def send_pickle(connection: Connection) -> None:
    connection.send({"blobs": 0})


def send_half(connection: Connection) -> None:
    connection.send_bytes(b'{"blobs": 2}')
    connection.send_bytes(b"one")


def running(child: Child) -> psutil.Process:
    return psutil.Process(child.process.pid)


# --- messages


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.none()), st.lists(st.binary()))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_message_arrives_as_it_was_sent(
    head: dict[str, int | str | None], blobs: list[bytes]
) -> None:
    head.pop("blobs", None)
    ours, theirs = Pipe()
    with ours, theirs:
        send(ours, head, *blobs)
        assert receive(theirs) == (head, blobs)


def test_a_child_answers_and_gets_its_arguments() -> None:
    child = Child(echo, "one", "zwei", name="echo")
    assert receive(child.connection) == ({"arguments": ["one", "zwei"]}, [])
    send(child.connection, {"key": 1}, b"", b"\x00\xff" * 1_000_000)
    assert receive(child.connection) == ({"key": 1}, [b"", b"\x00\xff" * 1_000_000])
    child.stop()


def test_receiving_from_a_child_that_failed_is_the_end_of_its_messages() -> None:
    child = Child(fail, name="fail")
    with pytest.raises(EOFError):
        receive(child.connection)
    child.kill()


def test_half_a_message_is_the_end_of_its_messages() -> None:
    child = Child(send_half, name="half")
    with pytest.raises(EOFError):
        receive(child.connection)
    child.kill()


def test_a_pickle_is_never_loaded() -> None:
    child = Child(send_pickle, name="pickle")
    with pytest.raises(ValueError, match=r"codec can't decode|Expecting value"):
        receive(child.connection)
    child.kill()


# --- what a child may do


def test_a_child_says_nothing_and_hears_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    child = Child(speak, name="speak")
    assert receive(child.connection) == ({"stdin": ""}, [])
    child.stop()
    assert capfd.readouterr() == ("", "")


def test_a_bug_in_a_child_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    child = Child(fail, name="fail")
    child.process.join()
    child.kill()
    assert capfd.readouterr() == ("", "")


def test_a_child_has_the_environment_that_it_must_start_with() -> None:
    child = Child(environment, name="environment", environment=FOR_MODELS)
    head, _ = receive(child.connection)
    child.stop()
    assert head == FOR_MODELS


def test_what_the_user_set_in_the_environment_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_WAIT_POLICY", "ACTIVE")
    child = Child(environment, name="environment", environment=FOR_MODELS)
    head, _ = receive(child.connection)
    child.stop()
    assert head["OMP_WAIT_POLICY"] == "ACTIVE"


# --- the end


def test_a_child_ends_by_itself_when_its_connection_closes() -> None:
    child = Child(echo, name="echo")
    receive(child.connection)
    child.stop(seconds=60)
    assert child.process.exitcode == 0


def test_a_child_that_does_not_listen_is_killed() -> None:
    child = Child(deaf, name="deaf")
    receive(child.connection)
    process = running(child)
    child.stop(seconds=0)
    assert not process.is_running()
    assert child.process.exitcode != 0


def test_killing_twice_and_stopping_what_is_dead_are_no_errors() -> None:
    child = Child(echo, name="echo")
    child.kill()
    child.kill()
    child.stop()
    assert not child.process.is_alive()


PARENT = """
import sys
from tests.test_children import deaf
from photosearch.children import Child, receive
child = Child(deaf, name="deaf")
receive(child.connection)
print(child.process.pid, flush=True)
{ending}
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")
@pytest.mark.parametrize(
    "ending",
    ["pass", "raise SystemExit(3)", "import os; os._exit(1)", "import os; os.kill(os.getpid(), 9)"],
)
def test_no_child_outlives_its_parent_however_that_ends(
    ending: str, request: pytest.FixtureRequest
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PARENT.format(ending=ending)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=request.config.rootpath,
        check=False,
        timeout=120,
    )
    pid = int(done.stdout)
    if psutil.pid_exists(pid):
        _, alive = psutil.wait_procs([psutil.Process(pid)], timeout=5)
        assert all(process.status() == psutil.STATUS_ZOMBIE for process in alive)


def reads_a_photo_itself(connection: Connection, path: str) -> None:
    from photosearch.media.readers import read_one
    from photosearch.settings import Settings

    reading = read_one(os.fsencode(path), Settings(), 256)
    send(connection, {"read": reading.picture is not None})


def test_a_child_may_have_children(album: Path, children_end: None) -> None:
    child = Child(reads_a_photo_itself, str(album / "summer" / "1.jpg"), name="grandparent")
    assert receive(child.connection)[0] == {"read": True}
    child.kill()

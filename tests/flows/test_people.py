"""Several people in one shared library: who may do what, and whose a change is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import keyring
import psycopg
import pytest
from keyring.backend import KeyringBackend
from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection, select

from photosearch.catalog.curate import add_root
from photosearch.catalog.database import open_catalog
from photosearch.catalog.people import CONTRIBUTED, KINDS, OF_OWNERS, role_name
from photosearch.catalog.schema import journal, metadata
from photosearch.shared import library_folder
from tests.catalog.rows import ALBUM, put
from tests.conftest import Command, Ran
from tests.flows.test_shared import one_line
from tests.postgres import Databases

PEOPLE = {"cleo": "reader", "bea": "contributor", "otto": "owner", "dora": ""}
As = Callable[..., Ran]


@pytest.fixture(scope="module")
def server_with_people(databases: Databases) -> Databases:
    """People on the server: anna may make databases and roles; the others nothing yet."""
    with psycopg.connect(databases.address("postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE anna LOGIN CREATEROLE")
        for person in PEOPLE:
            connection.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(person)))
    return databases


@pytest.fixture
def address(server_with_people: Databases) -> str:
    """The address of an empty database of anna's."""
    return server_with_people.new(owner="anna")


@pytest.fixture
def as_(address: str, here: Command) -> As:
    """Run a command as one of the people; anna has made the library and given the others roles."""
    made = here("shared", "init", of(address, "anna"), "--json")
    names = {row["kind"]: row["name"] for row in made.rows}
    with psycopg.connect(of(address, "anna"), autocommit=True) as connection:
        for person, kind in PEOPLE.items():
            if kind:
                both = Identifier(names[kind]), Identifier(person)
                connection.execute(SQL("GRANT {} TO {}").format(*both))
    return lambda person, *line, **how: here("--library", of(address, person), *line, **how)


def of(address: str, person: str) -> str:
    return address.replace("postgres@", f"{person}@")


def test_every_table_is_somebodys_to_change() -> None:
    said = {table.name for table in metadata.sorted_tables if "said" in table.info}
    assert said == (CONTRIBUTED & said) | OF_OWNERS
    assert not CONTRIBUTED & OF_OWNERS
    assert metadata.tables.keys() >= CONTRIBUTED


def test_each_role_may_do_its_part_and_no_more(
    as_: As, address: str, album: Path, with_encoder: Path, tmp_path: Path
) -> None:
    photo = album / "summer" / "1.jpg"
    one_line(as_("bea", "index", album), "permission denied for table roots")
    assert as_("otto", "index", album, "--json").rows[-1]["new"] == 6
    (album / "winter" / "0.jpg").unlink()
    assert as_("otto", "index", "--json").rows[-1]["seen"] == 5
    assert as_("bea", "rate", photo, 4).code == 0
    document = tmp_path / "said.json"
    assert as_("cleo", "export", document).code == 0
    document.write_text(document.read_text().replace('"stars": 4', '"stars": 1'))
    before = as_("cleo", "doctor", "--digest").out

    assert len(as_("cleo", "search", "a red ball", "--json").rows) == 5
    assert len(as_("cleo", "search", "rating:4", "--json").rows) == 1
    assert as_("cleo", "similar", photo, "--json").rows
    for words in ("status", "doctor", "problems", "duplicates", "album list"):
        assert as_("cleo", *words.split()).code == 0, words
    assert as_("cleo", "info", photo).code == 0
    assert "0 photos would be" in as_("cleo", "purge").out
    assert "1 photos would be" in as_("cleo", "purge", "--days", "0").out

    (tmp_path / "more").mkdir()
    owners: tuple[tuple[object, ...], ...] = (
        *(
            ("index", tmp_path / "more"),
            ("purge", "--days", "0", "--yes"),
            ("trash", photo, "--yes"),
        ),
        *(("roots", "remove", album), ("roots", "exclude", "*.png"), ("models", "use", "tiny")),
        ("duplicates", "protect", album),
    )
    contributors: tuple[tuple[object, ...], ...] = (
        *(("rate", photo, 1), ("favourite", photo), ("tag", "add", photo, "zoo")),
        *(("album", "add", "wall", photo), ("searches", "save", "red", "a red ball")),
        *(("teach", "Rex", "--yes", photo), ("import", document)),
    )
    for line in (*owners, *contributors):
        one_line(as_("cleo", *line), "You may look at the library")
    for line in owners:
        one_line(as_("bea", *line), "does not let you do this (permission denied for")
    for line in (("status",), ("search", "a red ball"), ("rate", photo, 1)):
        one_line(as_("dora", *line), "does not let you do this (permission denied for")
    assert photo.exists() and as_("cleo", "doctor", "--digest").out == before

    for line in contributors:
        ran = as_("bea", *line)
        assert ran.code == 0, ran.err
    for _ in contributors[:-1]:
        assert as_("bea", "undo").code == 0
    assert as_("anna", "purge", "--days", "0", "--yes", "--json").rows[-1]["photos"] == 1
    assert as_("anna", "trash", photo, "--yes").code == 0 and not photo.exists()
    assert as_("anna", "undo").code == 0 and photo.exists()


def test_owners_copy_a_library_into_it_and_whoever_reads_it_out_of_it(
    as_: As, address: str, here: Command, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    with closing(open_catalog(tmp_path / "full")) as catalog, catalog.write() as connection:
        add_root(connection, ALBUM)
        put(connection, ALBUM + b"/a", "a")

    def copy(source: object, target: object) -> Ran:
        return here("library", "copy", source, target)

    for person in ("cleo", "bea"):
        ran = copy(tmp_path / "full", of(address, person))
        one_line(ran, "permission denied" if person == "bea" else "You may look at the library")
        assert here("--library", of(address, person), "status").code == 0  # no mark is left
    assert copy(tmp_path / "full", of(address, "otto")).code == 0
    with writing(address, "otto") as connection:
        assert put(connection, ALBUM + b"/b", "b") == 2
    assert copy(of(address, "cleo"), tmp_path / "back").code == 0
    assert (
        here("--library", tmp_path / "back", "doctor", "--digest", "--json").rows[0]["files"] == 2
    )


@contextmanager
def writing(address: str, person: str) -> Iterator[Connection]:
    opened = open_catalog(library_folder(of(address, person)))
    with closing(opened) as catalog, catalog.write() as connection:
        yield connection


@contextmanager
def reading(address: str, person: str) -> Iterator[Connection]:
    opened = open_catalog(library_folder(of(address, person)))
    with closing(opened) as catalog, catalog.read() as connection:
        yield connection


def test_what_an_owner_makes_is_every_owners_and_readers_may_read_it(as_: As, address: str) -> None:
    with writing(address, "otto") as connection:
        connection.exec_driver_sql("CREATE TABLE vectors_of_later AS SELECT 1 AS seq")
    with reading(address, "cleo") as connection:
        assert connection.exec_driver_sql("SELECT seq FROM vectors_of_later").scalar() == 1
    with writing(address, "anna") as connection:
        connection.exec_driver_sql("ALTER TABLE vectors_of_later ADD COLUMN more int")
        owners = connection.exec_driver_sql(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        )
        assert owners.scalars().all() == [role_name(name_of(address), "owner")]


def test_everybody_undoes_what_is_theirs(as_: As, address: str) -> None:
    photo, other = "/album/1.jpg", "/album/0.jpg"
    with writing(address, "anna") as connection:
        add_root(connection, ALBUM)
        for path in (photo, other):
            put(connection, path.encode(), path)
    for person, *line in (
        *(("anna", "rate", photo, 2), ("bea", "rate", photo, 5)),
        ("bea", "favourite", other),
    ):
        assert as_(person, *line).code == 0

    def stars() -> list[int]:
        return [row["stars"] for row in json.loads(as_("cleo", "export").out)["ratings"]]

    with reading(address, "cleo") as connection:
        who = connection.scalars(select(journal.c.who).order_by(journal.c.id)).all()
    assert who == ["anna", "anna", "bea", "bea"]
    assert stars() == [5]  # the last word counts
    one_line(as_("anna", "undo"), "what it changed has changed again since")
    assert as_("bea", "undo").out == "Undone: favourite 0.jpg\n"
    assert as_("bea", "undo").out == "Undone: rate 1.jpg 5\n"
    assert stars() == [2]
    one_line(as_("bea", "undo"), "the last change, “rate 1.jpg 2”, is that of anna")
    assert as_("anna", "undo").out == "Undone: rate 1.jpg 2\n"
    assert stars() == []

    with psycopg.connect(of(address, "bea")) as bea:
        for forged in (
            "INSERT INTO journal (at, action, changes, who) VALUES ('', '', '[]', 'anna')",
            "UPDATE journal SET who = 'anna'",
            "DELETE FROM journal",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), bea.transaction():
                bea.execute(forged)


def test_roles_are_made_once_and_by_whoever_may(address: str, here: Command) -> None:
    one_line(here("shared", "init", of(address, "bea")), "permission denied for schema public")
    first = here("shared", "init", of(address, "anna"), "--json").rows
    assert [row["kind"] for row in first] == list(KINDS)
    assert [row["name"] for row in first] == [role_name(name_of(address), kind) for kind in KINDS]
    assert [row["members"] for row in first] == [[], [], ["anna"]]
    assert here("--library", of(address, "anna"), "shared", "init", "--json").rows == first
    assert here("shared", "init", of(address, "postgres"), "--json").rows == first
    said = here("shared", "init", of(address, "anna")).out
    assert f"{first[0]['name']}: may search and look (nobody yet)" in said
    assert f'GRANT "{first[0]["name"]}" TO bea;' in said
    one_line(here("shared", "init"), "is a library of your own, without roles")
    with psycopg.connect(of(address, "anna"), autocommit=True) as connection:
        connection.execute(f"GRANT {first[2]['name']} TO otto")
    one_line(here("shared", "init", of(address, "otto")), "Only anna, whose database")


def test_a_long_name_of_a_database_gives_names_of_roles_that_fit() -> None:
    names = {role_name(name, kind) for name in ("ö" * 31, "ö" * 30 + "o") for kind in KINDS}
    assert len(names) == 6 and all(len(name.encode()) <= 63 for name in names)


def guard(databases: Databases) -> None:
    """Have somebody of whom the server wants a password."""
    with psycopg.connect(databases.address("postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT FROM pg_roles WHERE rolname = 'guarded'").rowcount:
            connection.execute("CREATE ROLE guarded LOGIN PASSWORD 'sesame'")


def test_a_wrong_password_is_one_clear_line(
    databases: Databases, here: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard(databases)
    address = of(databases.new(owner="guarded"), "guarded")
    passwords = tmp_path / "pgpass"
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    for given in ("", "*:*:*:*:open\n"):
        passwords.write_text(given)
        passwords.chmod(0o600)
        ran = here("--library", address, "status")
        one_line(ran, "The server refuses")
        assert "sesame" not in ran.err and ":open" not in ran.err
    passwords.write_text("*:*:*:*:sesame\n")
    assert here("--library", address, "status").code == 0


class Remembering(KeyringBackend):
    """A keyring of this process."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_a_password_may_lie_in_the_keyring(
    databases: Databases, here: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard(databases)
    address = of(databases.new(owner="guarded"), "guarded")
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    before, remembering = keyring.get_keyring(), Remembering()
    one_line(here("shared", "password", address, stdin="sesame\n"), "There is no keyring")
    keyring.set_keyring(remembering)
    try:
        one_line(here("--library", address, "status"), "The server refuses")
        assert here("shared", "password", address, stdin="").code == 2
        said = here("shared", "password", address, stdin="sesame\n")
        assert said.code == 0 and "sesame" not in said.out + said.err
        assert here("--library", address, "status").code == 0
        for _ in range(2):
            assert here("shared", "password", address, "--forget").code == 0
        one_line(here("--library", address, "status"), "The server refuses")
        assert not remembering.kept
    finally:
        keyring.set_keyring(before)


def name_of(address: str) -> str:
    return urlsplit(address).path.lstrip("/")

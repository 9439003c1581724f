"""A library of every schema version so far opens with this program, and loses no word; an older
program refuses a newer library. `version_N.sql` is a catalog as version N had it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select

from photosearch.catalog import migrations
from photosearch.catalog.database import Catalog, open_catalog
from photosearch.catalog.schema import journal
from photosearch.errors import PhotoSearchError
from photosearch.library import Library
from photosearch.shared import SERVER_FILE
from tests.postgres import Databases

HERE = Path(__file__).parent
DUMPS = sorted(HERE.glob("version_*.sql"), key=lambda file: int(file.stem.rpartition("_")[2]))

Rows = dict[str, list[tuple[object, ...]]]


def made_from(dump: Path, folder: Path) -> Path:
    """A library's catalog as the dump has it."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / "catalog.sqlite")) as connection:
        connection.executescript(dump.read_text("utf-8"))
    return folder / "catalog.sqlite"


def rows_of(file: Path, like: Rows | None = None) -> Rows:
    """All rows by table (in `like`: of its tables and their first columns only)."""
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        found = {}
        for (name,) in names:
            rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
            if like is None:
                found[name] = sorted(rows, key=repr)
            elif name in like:
                width = len(like[name][0]) if like[name] else 0
                found[name] = sorted((row[:width] for row in rows), key=repr)
        return found


def shape_of(file: Path) -> dict[str, set[object]]:
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: {row[1:5] for row in connection.execute(f'PRAGMA table_info("{name}")')}
            for (name,) in names
        }


def test_every_version_so_far_is_here() -> None:
    assert [int(dump.stem.rpartition("_")[2]) for dump in DUMPS] == list(range(1, len(DUMPS) + 1))
    assert len(DUMPS) >= 6


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: str(dump.stem))
def test_a_library_of_each_version_opens_and_keeps_its_rows(dump: Path, tmp_path: Path) -> None:
    file = made_from(dump, tmp_path / "library")
    before = rows_of(file)
    version = len(before["schema_version"])
    with Library(tmp_path / "library") as library:
        assert library.photos()
    after = rows_of(file, before)
    for name, rows in before.items():
        assert set(rows) <= set(after[name]), name
    Catalog(tmp_path / "new.sqlite").close()
    assert shape_of(file) == shape_of(tmp_path / "new.sqlite")
    assert len(rows_of(file)["schema_version"]) == migrations.newest()
    backups = list((tmp_path / "library" / "backups").glob(f"catalog-schema-{version}-*.sqlite"))
    if version < migrations.newest():
        assert [rows_of(backup) for backup in backups] == [before]
    else:
        assert not backups


@pytest.mark.parametrize("dump", DUMPS[1:], ids=lambda dump: str(dump.stem))
def test_the_program_before_it_refuses_it_and_leaves_it_as_it_is(
    dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = made_from(dump, tmp_path / "library")
    before = file.read_bytes()
    version = int(dump.stem.rpartition("_")[2])
    monkeypatch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[: version - 2])
    with pytest.raises(PhotoSearchError) as caught, Library(tmp_path / "library"):
        pass
    assert caught.value.code == "newer-library"
    assert file.read_bytes() == before and not (tmp_path / "library" / "backups").exists()


def test_a_shared_library_learns_whose_a_change_is(
    databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / SERVER_FILE).write_text(databases.new())
    open_catalog(tmp_path).close()
    with psycopg.connect((tmp_path / SERVER_FILE).read_text()) as old:  # as version 9 was
        old.execute("ALTER TABLE journal DROP COLUMN who")
        old.execute("DELETE FROM schema_version")
        old.execute("INSERT INTO schema_version VALUES (9, '')")
        old.execute("INSERT INTO journal (at, action, changes) VALUES ('', 'rate a', '[]')")
    monkeypatch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:9])
    with closing(open_catalog(tmp_path)) as catalog, catalog.write() as connection:
        assert catalog.integrity() == []
        connection.execute(journal.insert().values(at="", action="rate b", changes="[]"))
        assert connection.scalars(select(journal.c.who)).all() == ["postgres", "postgres"]

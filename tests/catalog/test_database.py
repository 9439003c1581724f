"""Opening a catalog: versions, migrations, full disks, damage, and several writers at once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, select, update

from photosearch.catalog import embedded, migrations, postgres
from photosearch.catalog.database import Catalog, open_catalog
from photosearch.catalog.schema import files, meta, photos, ratings
from photosearch.errors import PhotoSearchError
from tests.postgres import Keeping

VERSION_1 = Path(__file__).parent / "version_1.sql"
MIGRATIONS = "photosearch.catalog.migrations.MIGRATIONS"


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(PhotoSearchError) as caught:
        action()
    return caught.value.code


def make(file: Path) -> None:
    """A catalog at rest, with a setting in it."""
    catalog = Catalog(file)
    catalog.set_setting("colour", "blue")
    catalog.close()


def tables_of(file: Path) -> dict[str, str]:
    with closing(sqlite3.connect(file)) as connection:
        return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql NOTNULL"))


def versions_of(file: Path) -> list[int]:
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT version FROM schema_version ORDER BY version")
        return [row[0] for row in rows]


# --- opening ---


def test_a_catalog_opened_again_is_the_same_one(tmp_path: Path) -> None:
    make(tmp_path / "catalog.sqlite")
    again = Catalog(tmp_path / "catalog.sqlite")
    first_id = again.id
    again.close()
    once_more = Catalog(tmp_path / "catalog.sqlite")
    assert (once_more.id, once_more.setting("colour")) == (first_id, "blue")
    assert once_more.integrity() == []
    once_more.close()


@pytest.mark.parametrize(
    "name",
    ["Übung 100% #1", "what?mode=memory&x", "file:odd", "a;b'c\"d", os.fsdecode(b"\xff\xfe")],
    ids=["umlaut", "query", "scheme", "quotes", "bytes"],
)
def test_a_library_may_lie_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    make(folder / "catalog.sqlite")
    assert (folder / "catalog.sqlite").stat().st_size > 0
    catalog = Catalog(folder / "catalog.sqlite")
    assert catalog.setting("colour") == "blue"
    catalog.close()


@pytest.mark.parametrize("journal_mode", ["wal", "delete"])
def test_a_file_from_a_newer_version_is_refused_and_left_as_it_is(
    tmp_path: Path, journal_mode: str
) -> None:
    file = tmp_path / "catalog.sqlite"
    make(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO schema_version VALUES (99, 'in the future')")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal_mode}")
    before = file.read_bytes()
    with pytest.raises(PhotoSearchError, match=r"newer PhotoSearch.*Install") as caught:
        Catalog(file)
    assert caught.value.code == "newer-library"
    assert file.read_bytes() == before and not (tmp_path / "backups").exists()


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    file.write_bytes(b"this is a text file, and not a short one. " * 200)
    assert code_of(lambda: Catalog(file)) == "damaged-library"


def test_a_catalog_with_trampled_pages_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    make(file)
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert code_of(lambda: Catalog(file)) == "damaged-library"


def test_a_page_lost_in_the_middle_is_found_by_the_integrity_check(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    make(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        row = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'photos'")
        page = row.fetchone()[0]
    with file.open("r+b") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(b"\xff" * 4096)
    catalog = Catalog(file)
    try:
        problems = catalog.integrity()
    except PhotoSearchError as error:
        assert error.code == "damaged-library"
    else:
        assert problems
    catalog.close()


def test_a_row_that_refers_to_nothing_is_found_by_the_integrity_check(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    make(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO folders (root_id, path) VALUES (7, x'')")
    catalog = Catalog(file)
    assert catalog.integrity() == ["row 1 of folders refers to nothing"]
    catalog.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert code_of(lambda: Catalog(tmp_path / "catalog.sqlite")) == "no-permission"


def test_several_that_open_a_new_library_at_once_get_the_same_one(tmp_path: Path) -> None:
    openers = 4
    with ThreadPoolExecutor(openers) as pool:
        for number in range(5):
            file = tmp_path / f"{number}.sqlite"
            ready = threading.Barrier(openers)

            def open_it(file: Path = file, ready: threading.Barrier = ready) -> str:
                ready.wait()
                catalog = Catalog(file)
                catalog.close()
                return catalog.id

            found = [pool.submit(open_it) for _ in range(openers)]
            assert len({future.result() for future in found}) == 1


# --- migrations ---


def add_mood(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE photos ADD COLUMN mood TEXT")


def add_shelves(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE shelves (id INTEGER PRIMARY KEY)")


def fail_half_way(connection: Connection) -> None:
    add_shelves(connection)
    connection.exec_driver_sql("UPDATE meta SET value = 'spoilt'")
    raise RuntimeError("half-way")


def test_migrations_run_in_order_after_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "catalog.sqlite"
    monkeypatch.setattr(MIGRATIONS, ())
    make(file)
    before = tables_of(file)
    monkeypatch.setattr(MIGRATIONS, (add_mood, add_shelves))
    catalog = Catalog(file)
    assert catalog.setting("colour") == "blue"
    catalog.close()
    assert "mood" in tables_of(file)["photos"] and "shelves" in tables_of(file)
    assert versions_of(file) == [1, 2, 3]
    (backup,) = (tmp_path / "backups").iterdir()
    assert backup.match("catalog-schema-1-*.sqlite")
    assert (tables_of(backup), versions_of(backup)) == (before, [1])
    monkeypatch.setattr(MIGRATIONS, ())
    old = Catalog(backup)
    assert old.setting("colour") == "blue"
    old.close()


def test_a_backup_has_what_is_committed_but_not_yet_in_the_main_file(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path / "catalog.sqlite")
    catalog.set_setting("colour", "red")  # in the WAL as long as the catalog is open
    backup = embedded.back_up(tmp_path / "catalog.sqlite", "test")
    catalog.close()
    with closing(sqlite3.connect(backup)) as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = 'colour'").fetchone()
    assert row == ("red",)


def test_a_catalog_that_needs_no_migration_makes_no_backup(tmp_path: Path) -> None:
    make(tmp_path / "catalog.sqlite")
    make(tmp_path / "catalog.sqlite")
    assert not (tmp_path / "backups").exists()


def test_a_migration_that_fails_leaves_its_version_and_the_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "catalog.sqlite"
    monkeypatch.setattr(MIGRATIONS, ())
    make(file)
    monkeypatch.setattr(MIGRATIONS, (add_mood, fail_half_way))
    with pytest.raises(RuntimeError, match="half-way"):
        Catalog(file)
    assert versions_of(file) == [1, 2]  # the first had its own transaction
    assert "shelves" not in tables_of(file)
    assert [backup.suffix for backup in (tmp_path / "backups").iterdir()] == [".sqlite"]
    monkeypatch.setattr(MIGRATIONS, (add_mood, add_shelves))
    catalog = Catalog(file)
    assert (catalog.setting("colour"), versions_of(file)) == ("blue", [1, 2, 3])
    catalog.close()


def columns_of(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Name, type, and whether it may be empty, of each table's columns in order."""
    with closing(sqlite3.connect(file)) as connection:
        return {
            table: [row[1:5] for row in connection.execute(f"PRAGMA table_info({table})")]
            for table in tables_of(file)
        }


def test_a_catalog_of_version_1_becomes_like_a_new_one_and_keeps_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(VERSION_1.read_text())
    catalog = Catalog(file)
    assert catalog.integrity() == []
    assert catalog.id == "0123456789abcdef"
    with catalog.write() as connection_:
        assert connection_.execute(select(photos.c.taken_at, photos.c.lens)).all() == [
            ("2020-01-02T03:04:05", None),
            (None, None),
        ]
        assert connection_.scalar(select(ratings.c.stars)) == 5
        assert connection_.scalar(select(files.c.sidecar)) is None
        connection_.execute(files.delete())
        connection_.execute(photos.delete().where(photos.c.id == 1))  # its rows elsewhere go too
        assert connection_.execute(select(ratings)).all() == []
        assert connection_.execute(select(photos.c.superseded_by)).all() == [(None,)]
    catalog.close()
    make(tmp_path / "new.sqlite")
    assert columns_of(file) == columns_of(tmp_path / "new.sqlite")
    assert versions_of(file) == list(range(1, migrations.newest() + 1))


# --- a full disk ---


def fill(connection: Connection) -> None:
    for number in range(100):
        connection.execute(meta.insert().values(key=f"big {number}", value="x" * 10_000))


def test_a_full_database_is_said_so_and_goes_on_when_there_is_space(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path / "catalog.sqlite")

    def write_with_room_for(pages: int) -> None:
        with catalog.write() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            fill(connection)

    assert code_of(lambda: write_with_room_for(60)) == "disk-full"
    assert catalog.setting("big 0") is None and catalog.integrity() == []
    write_with_room_for(10_000)
    assert catalog.setting("big 99") is not None
    catalog.close()


# Argument: the catalog. Says a code for each thing it tries, the first two while no file may grow.
ON_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from photosearch.catalog import migrations
from photosearch.catalog.database import Catalog, open_catalog
from photosearch.catalog.schema import files, meta, photos, ratings
from photosearch.errors import PhotoSearchError
from tests.postgres import Keeping

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

def attempt(action):
    try:
        action()
        print("ok")
    except PhotoSearchError as error:
        print(error.code)

def write():
    with catalog.write() as connection:
        for number in range(100):
            connection.execute(meta.insert().values(key=f"big {number}", value="x" * 10_000))

file = Path(sys.argv[1])
limit(1024)
attempt(lambda: Catalog(file))
limit(resource.RLIM_INFINITY)
catalog = Catalog(file)
limit(200_000)
attempt(write)
limit(resource.RLIM_INFINITY)
attempt(write)
catalog.close()
limit(20_000)
migrations.MIGRATIONS += (lambda connection: None,)
attempt(lambda: Catalog(file))
"""


def test_a_full_disk_is_said_so_and_nothing_is_half_written(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    make(file)
    line = [sys.executable, "-c", ON_A_FULL_DISK, str(file)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["disk-full", "disk-full", "ok", "disk-full"]
    assert versions_of(file) == [migrations.newest()]  # no backup, no migration
    assert not list((tmp_path / "backups").glob("*.sqlite"))
    catalog = Catalog(file)
    assert catalog.setting("colour") == "blue" and catalog.integrity() == []
    assert catalog.setting("big 99") is not None
    catalog.close()


# --- transactions ---


def test_a_write_is_all_or_nothing(catalog: Catalog) -> None:
    def interrupted() -> None:
        with catalog.write() as connection:
            connection.execute(meta.insert().values(key="half", value="1"))
            raise KeyError("interrupted")

    with pytest.raises(KeyError, match="interrupted"):
        interrupted()
    assert catalog.setting("half") is None


def test_a_read_sees_one_moment(catalog: Catalog) -> None:
    with catalog.read() as connection:
        assert connection.scalar(select(meta.c.value).where(meta.c.key == "colour")) is None
        catalog.set_setting("colour", "green")
        assert connection.scalar(select(meta.c.value).where(meta.c.key == "colour")) is None
    assert catalog.setting("colour") == "green"


HOLD_THE_WRITE_LOCK = """
import sys
from pathlib import Path
from photosearch.catalog.database import open_catalog
from photosearch.catalog.schema import meta
catalog = open_catalog(Path(sys.argv[1]))
with catalog.write() as connection:
    connection.execute(meta.insert().values(key="other", value="was here"))
    print("held", flush=True)
    sys.stdin.readline()
catalog.close()
"""


def another_writer(catalog: Catalog) -> subprocess.Popen[str]:
    line = [sys.executable, "-c", HOLD_THE_WRITE_LOCK, str(catalog.folder)]
    child = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_a_write_waits_for_another_processes(catalog: Catalog) -> None:
    begun = threading.Event()

    def tell(_1: object, _2: object, statement: str, *_: object) -> None:
        if statement == "BEGIN IMMEDIATE" or statement.startswith("UPDATE writes"):
            begun.set()

    event.listen(Engine, "before_cursor_execute", tell)
    try:
        with another_writer(catalog) as child, ThreadPoolExecutor(1) as pool:
            written = pool.submit(catalog.set_setting, "mine", "too")
            assert begun.wait(60)
            assert catalog.setting("other") is None  # a reader does not wait
            assert not written.done()
            child.communicate("go on\n")
            written.result()
    finally:
        event.remove(Engine, "before_cursor_execute", tell)
    assert (catalog.setting("other"), catalog.setting("mine")) == ("was here", "too")


def test_a_write_that_never_gets_its_turn_says_so(
    kept_in: Keeping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "BUSY_MILLISECONDS", 1)
    monkeypatch.setattr(postgres, "BUSY", "1ms")
    catalog = open_catalog(kept_in(tmp_path, lent=True))
    with another_writer(catalog) as child:
        assert code_of(lambda: catalog.set_setting("mine", "too")) == "library-busy"
        child.communicate("go on\n")
    catalog.set_setting("mine", "too")
    catalog.close()


def test_two_threads_that_count_lose_nothing(catalog: Catalog) -> None:
    catalog.set_setting("count", "0")

    def count() -> None:
        for _ in range(50):
            with catalog.write() as connection:
                value = connection.scalar(select(meta.c.value).where(meta.c.key == "count"))
                more = str(int(value or 0) + 1)
                connection.execute(update(meta).where(meta.c.key == "count").values(value=more))

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(count), pool.submit(count)]:
            future.result()
    assert catalog.setting("count") == "100"


def test_changes_tell_of_every_commit_and_of_nothing_else(kept_in: Keeping, tmp_path: Path) -> None:
    with closing(open_catalog(kept_in(tmp_path, lent=True))) as catalog:
        before = catalog.changes()
        with catalog.read() as connection:
            connection.execute(select(photos)).all()
        assert catalog.changes() == before
        catalog.set_setting("colour", "blue")
        after = catalog.changes()
        assert after != before and catalog.changes() == after
        with closing(open_catalog(tmp_path)) as other:  # as another process would
            other.set_setting("colour", "red")
        assert catalog.changes() != after

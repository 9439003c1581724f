"""The digest: equal where two catalogs hold the same, different where any fact differs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Column, Connection, Float, Integer, LargeBinary, String

from photosearch.catalog import said_pairs, schema
from photosearch.catalog.albums import put as put_into_album
from photosearch.catalog.curate import add_root, exclude, favourite, rate, tag, teach
from photosearch.catalog.database import Catalog
from photosearch.catalog.digest import Digest, digest
from photosearch.catalog.embeddings import add_vectors
from photosearch.catalog.outcomes import DONE, FAILED, Outcome, Stage, set_outcomes
from photosearch.catalog.pairs import Pair, add_pairs
from photosearch.catalog.schema import metadata, tags
from photosearch.catalog.searches import save
from photosearch.catalog.words import Change, say
from tests.catalog.rows import ALBUM, content, lose, put

# What two catalogs may differ in and yet hold the same: row ids, times, counts of attempts, what
# the disk may tell differently next time, and what is no row of a photo (the journal, the stamp of
# the schema, the id of the catalog).
FREE = {
    *("photos.id", "folders.id", "files.id", "roots.id", "vectors.seq"),
    *("files.mtime_ns", "files.inode", "files.attempts", "roots.mounted"),
    "files.sidecar_mtime_ns",
    *(
        f"tag_heads.{name}" for name in ("name", "encoder", "stamp", "numbers", "quality")
    ),  # a cache
    "pairs.evidence",  # measured, as the numbers of vectors are
    *(f"removals.{name}" for name in ("id", "batch", "at", "mtime_ns", "place", "journal_id")),
    *(f"journal.{name}" for name in ("id", "at", "action", "changes", "undone")),
    *("search_history.query", "search_history.at"),  # what was typed, to be suggested again
    *("schema_version.version", "schema_version.applied_at", "meta.key", "meta.value"),
}
# Keys of other rows: changing one alone makes no catalog that could be.
LINKS = {
    *("folders.root_id", "files.folder_id", "files.photo_id", "outcomes.photo_id"),
    *("vectors.photo_id", "ratings.photo_id", "favourites.photo_id", "tags.photo_id"),
    *("pairs.photo_a", "pairs.photo_b", "kept.photo_id", "not_duplicates.photo_id"),
    *("rejected_tags.photo_id", "tag_examples.photo_id", "album_photos.photo_id"),
    "files.companion_of",
    "tags.source",  # what is not the user's is another kind of row
}
COLUMNS = {str(column): column for table in metadata.sorted_tables for column in table.c}


def fill(connection: Connection, names: str) -> None:
    """Photos with everything a catalog can hold, made in the order of `names`."""
    for name in names:
        path = ALBUM + b"/" + name.encode()
        photo_id = put(connection, path, name, width=ord(name), taken_at="2024-05-01")
        set_outcomes(connection, [Outcome(photo_id, Stage("content", "1"), DONE)])
        set_outcomes(connection, [Outcome(photo_id, Stage("vector:tiny", "1"), FAILED, "too dark")])
        add_vectors(connection, "tiny", [(photo_id, b"\0" * 8)])
        tag(connection, content(name), "snow", True, name)
        rate(connection, [content(name)], 3, name)
        favourite(connection, [content(name)], True, name)
        add_pairs(connection, [Pair(photo_id, photo_id, "duplicate", {})])
        said_pairs.keep(connection, content(name), path, [], name)
        row = {"photo": content(name).hex(), "other": content("z").hex()}
        say(connection, "no duplicates", [Change("not_duplicates", None, row)])
        rejected = {"photo": content(name).hex(), "name": "dog"}
        say(connection, "no dog", [Change("rejected_tags", None, rejected)])
        put_into_album(connection, [content(name)], "wall", name)
        teach(connection, "Rex", [content(name)], [])
        facts = {"hash": content(name), "path": path, "size": 1, "mtime_ns": 1}
        where = {"kept": content("z"), "place": b"/trash"}
        connection.execute(
            schema.removals.insert().values(batch=1, at="", state="removed", **facts, **where)
        )
    exclude(connection, "*.png", True)
    save(connection, "the dog", "dog -snow")
    said_pairs.set_rules(connection, ["age"])
    said_pairs.protect(connection, ALBUM, True)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    """A catalog at rest, with one photo."""
    catalog = Catalog(tmp_path_factory.mktemp("digest") / "catalog.sqlite")
    with catalog.write() as connection:
        add_root(connection, ALBUM)
        fill(connection, "a")
    catalog.close()
    yield catalog


def digest_of(file: Path) -> Digest:
    catalog = Catalog(file)
    with catalog.read() as connection:
        found = digest(connection)
    catalog.close()
    return found


def digest_with(filled: Catalog, file: Path, *statements: str) -> Digest:
    """The digest of a copy in which some SQL has changed something, whatever the keys say."""
    file.write_bytes(filled.file.read_bytes())
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            assert connection.execute(statement).rowcount == 1
    return digest_of(file)


def test_the_order_in_which_rows_came_does_not_matter(tmp_path: Path) -> None:
    found = []
    for names in ("abc", "cab"):
        catalog = Catalog(tmp_path / f"{names}.sqlite")
        with catalog.write() as connection:
            add_root(connection, b"/" + names.encode())  # another root takes the first id …
            connection.exec_driver_sql("DELETE FROM roots WHERE path <> ?", (ALBUM,))
            add_root(connection, ALBUM)
            fill(connection, names)
            found.append(digest(connection))
        catalog.close()
    assert found[0] == found[1]
    assert (found[0].photos, found[0].files, found[0].vector_count) == (3, 3, 3)


def test_going_away_and_coming_back_does_not_matter(connection: Connection) -> None:
    fill(connection, "ab")
    before = digest(connection)
    lose(connection, ALBUM + b"/a")
    assert digest(connection) != before
    put(connection, ALBUM + b"/a", "a")
    assert digest(connection) == before


@pytest.mark.parametrize("name", sorted(COLUMNS.keys() - FREE - LINKS))
def test_a_change_of_any_fact_changes_the_digest(
    filled: Catalog, tmp_path: Path, name: str
) -> None:
    column = COLUMNS[name]
    change = f"UPDATE {column.table.name} SET {column.name} = {another_value(column)}"
    where = " WHERE stage = 'content'" if column.table.name == "outcomes" else ""
    changed = digest_with(filled, tmp_path / "changed.sqlite", change + where)
    assert changed != digest_of(filled.file)


def another_value(column: Column[object]) -> str:
    name = column.name
    if isinstance(column.type, Boolean):
        return f"1 - {name}"
    if isinstance(column.type, Integer) and column.table.name == "ratings":
        return f"{name} - 1"
    if isinstance(column.type, Integer | Float):
        return f"coalesce({name}, 0) + 1"
    if isinstance(column.type, LargeBinary):
        return f"CAST(coalesce({name}, x'') || x'2f' AS BLOB)"
    assert isinstance(column.type, String)
    return f"coalesce({name}, '') || 'x'"


@pytest.mark.parametrize(
    "name", ["files.mtime_ns", "files.inode", "files.attempts", "roots.mounted"]
)
def test_what_the_disk_may_tell_differently_is_left_out(
    filled: Catalog, tmp_path: Path, name: str
) -> None:
    column = COLUMNS[name]
    change = f"UPDATE {column.table.name} SET {column.name} = {another_value(column)}"
    changed = digest_with(filled, tmp_path / "changed.sqlite", change)
    assert changed == digest_of(filled.file)


@pytest.mark.parametrize("name", ["photos.orphaned_at", "files.missing_since"])
def test_when_something_went_missing_is_left_out(
    filled: Catalog, tmp_path: Path, name: str
) -> None:
    column = COLUMNS[name]
    found = [
        digest_with(
            filled,
            tmp_path / f"{year}.sqlite",
            f"UPDATE {column.table.name} SET {column.name} = '{year}-01-01'",
        )
        for year in (2023, 2024)
    ]
    assert found[0] == found[1] != digest_of(filled.file)


def test_thumbnails_are_a_cache_and_left_out(connection: Connection) -> None:
    fill(connection, "a")
    before = digest(connection)
    set_outcomes(connection, [Outcome(1, Stage("thumbnail", "stamp"), DONE)])
    assert digest(connection) == before


def test_the_numbers_of_a_vector_are_left_out_but_not_that_it_is_there(
    connection: Connection,
) -> None:
    fill(connection, "a")
    before = digest(connection)
    add_vectors(connection, "tiny", [(1, b"\1" * 8)])
    assert digest(connection) == before
    add_vectors(connection, "other", [(1, b"\1" * 8)])
    after = digest(connection)
    assert after.rows == before.rows and after.vectors != before.vectors
    assert after.vector_count == 2


def test_a_tag_that_a_machine_gave_is_a_fact_too(connection: Connection) -> None:
    fill(connection, "a")
    before = digest(connection)
    machine = {"source": "classifier", "encoder": "tiny", "confidence": 0.5}
    connection.execute(tags.insert().values(photo_id=1, name="cat", **machine))
    assert digest(connection) != before


def test_a_name_with_any_bytes_has_a_digest(connection: Connection) -> None:
    put(connection, ALBUM + b"/\xff\n\x1b.jpg", "a")
    assert digest(connection).files == 1

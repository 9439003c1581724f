"""The digest: equal where two catalogs hold the same, different where any fact differs."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Float,
    Integer,
    LargeBinary,
    String,
    Update,
    cast,
    func,
    literal,
)

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
from photosearch.catalog.shares import Place
from photosearch.catalog.words import Change, say
from tests.catalog.rows import ALBUM, content, lose, put, rolled_back

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
    *(f"journal.{name}" for name in ("id", "at", "action", "changes", "undone", "who")),
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


def digest_with(connection: Connection, change: Update) -> Digest:
    """The digest while a statement has changed one thing, which is then taken back."""
    with connection.begin_nested() as moment:
        assert connection.execute(change).rowcount == 1
        found = digest(connection)
        moment.rollback()
    return found


def test_the_order_in_which_rows_came_does_not_matter(catalog: Catalog) -> None:
    found = []
    for names in ("abc", "cab"):
        with rolled_back(catalog) as connection:
            add_root(connection, b"/" + names.encode())  # another root takes the first id …
            connection.execute(schema.roots.delete())
            add_root(connection, ALBUM)
            fill(connection, names)
            found.append(digest(connection))
    assert found[0] == found[1]
    assert (found[0].photos, found[0].files, found[0].vector_count) == (3, 3, 3)


def test_going_away_and_coming_back_does_not_matter(connection: Connection) -> None:
    fill(connection, "ab")
    before = digest(connection)
    lose(connection, ALBUM + b"/a")
    assert digest(connection) != before
    put(connection, ALBUM + b"/a", "a")
    assert digest(connection) == before


def test_a_change_of_any_fact_changes_the_digest(connection: Connection) -> None:
    fill(connection, "a")
    add_vectors(connection, "tinyx", [(1, b"\0\0")])  # an encoder that is known, as named below
    connection.execute(schema.vectors.delete().where(schema.vectors.c.encoder == "tinyx"))
    before = digest(connection)
    for name in sorted(COLUMNS.keys() - FREE - LINKS):
        column = COLUMNS[name]
        change = column.table.update().values({column: another_value(column)})
        if column.table is schema.outcomes:
            change = change.where(schema.outcomes.c.stage == "content")
        assert digest_with(connection, change) != before, name


def another_value(column: Column[Any]) -> ColumnElement[Any]:
    if isinstance(column.type, Boolean):
        return ~column
    if isinstance(column.type, Integer) and column.table.name == "ratings":
        return column - 1
    if isinstance(column.type, Integer | Float):
        return func.coalesce(column, 0) + 1
    if column is schema.vectors.c.vector:
        return literal(b"\0" * 12, column.type)
    if isinstance(column.type, LargeBinary | Place):
        known = func.coalesce(column, literal(b"", LargeBinary))
        return cast(known.op("||")(literal(b"/", LargeBinary)), LargeBinary)
    assert isinstance(column.type, String)
    return func.coalesce(column, "") + "x"


@pytest.mark.parametrize(
    "name", ["files.mtime_ns", "files.inode", "files.attempts", "roots.mounted"]
)
def test_what_the_disk_may_tell_differently_is_left_out(connection: Connection, name: str) -> None:
    fill(connection, "a")
    column = COLUMNS[name]
    change = column.table.update().values({column: another_value(column)})
    assert digest_with(connection, change) == digest(connection)


@pytest.mark.parametrize("name", ["photos.orphaned_at", "files.missing_since"])
def test_when_something_went_missing_is_left_out(connection: Connection, name: str) -> None:
    fill(connection, "a")
    column = COLUMNS[name]
    found = [
        digest_with(connection, column.table.update().values({column: f"{year}-01-01"}))
        for year in (2023, 2024)
    ]
    assert found[0] == found[1] != digest(connection)


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

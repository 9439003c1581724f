"""Purging photos that are long gone: what is listed, what is removed, and what comes back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, select, update

from photosearch.catalog.contents import photo_for_words
from photosearch.catalog.curate import add_root, favourite, rate, remove_root, tag
from photosearch.catalog.embeddings import add_vectors, vector_of
from photosearch.catalog.outcomes import DONE, Outcome, Stage, set_outcomes
from photosearch.catalog.purge import gone_photos, purge, words_of
from photosearch.catalog.schema import files, journal, photos, said_tables
from photosearch.catalog.words import export, import_document, undo
from tests.catalog.rows import ALBUM, content, lose, put, stars

HERE, GONE = ALBUM + b"/here.jpg", ALBUM + b"/gone.jpg"


def age(connection: Connection, days: float) -> None:
    """Let all that is missing or without a file have been so for `days` days."""
    moment = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    for column in (files.c.missing_since, photos.c.orphaned_at):
        old = update(column.table).where(column.is_not(None)).values({column: moment})
        connection.execute(old)


def listed(connection: Connection, days: int = 30) -> list[bytes | None]:
    return [photo.last_path for photo in gone_photos(connection, days)]


# --- what is listed ---


def test_a_photo_that_is_there_is_never_listed(connection: Connection) -> None:
    put(connection, HERE, "a")
    age(connection, 1000)
    assert listed(connection, 0) == []


def test_a_missing_photo_is_listed_when_it_is_gone_long_enough(connection: Connection) -> None:
    put(connection, GONE, "a")
    lose(connection, GONE)
    assert listed(connection, 0) == [GONE]
    assert listed(connection, 1) == []
    age(connection, 29.9)
    assert listed(connection, 30) == []
    age(connection, 30.1)
    assert listed(connection, 30) == [GONE]


def test_a_missing_file_with_a_copy_that_is_there_is_not_a_gone_photo(
    connection: Connection,
) -> None:
    put(connection, GONE, "a")
    put(connection, HERE, "a")
    lose(connection, GONE)
    age(connection, 1000)
    assert listed(connection) == []


def test_a_photo_is_gone_since_its_last_file_is(connection: Connection) -> None:
    put(connection, GONE, "a")
    put(connection, ALBUM + b"/copy.jpg", "a")
    lose(connection, GONE)
    age(connection, 1000)
    lose(connection, ALBUM + b"/copy.jpg")
    assert listed(connection, 30) == []
    assert len(listed(connection, 0)) == 1


def test_a_superseded_photo_is_listed_without_a_path(connection: Connection) -> None:
    put(connection, HERE, "old")
    put(connection, HERE, "new")
    assert listed(connection, 30) == []
    age(connection, 31)
    assert listed(connection, 30) == [None]


def test_a_photo_in_a_removed_root_alone_is_listed(connection: Connection) -> None:
    add_root(connection, b"/other")
    put(connection, b"/other/alone.jpg", "a")
    put(connection, b"/other/copy.jpg", "b")
    put(connection, HERE, "b")
    assert listed(connection, 0) == []
    remove_root(connection, b"/other")
    (gone,) = gone_photos(connection, 30)
    assert (gone.last_path, gone.content, gone.since) == (b"/other/alone.jpg", content("a"), "")


def test_a_root_that_cannot_be_seen_has_no_gone_photos(connection: Connection) -> None:
    # A scan leaves such a root alone: its files have no missing_since, however old they are.
    put(connection, HERE, "a")
    connection.execute(update(files).values(mtime_ns=0))
    assert listed(connection, 0) == []


def test_listing_changes_nothing(connection: Connection) -> None:
    put(connection, GONE, "a")
    lose(connection, GONE)
    age(connection, 31)
    assert listed(connection) == listed(connection) == [GONE]
    assert connection.scalars(select(photos.c.hash)).all() == [content("a")]


# --- what is removed ---


def test_purge_removes_what_was_listed_and_nothing_else(connection: Connection) -> None:
    here = put(connection, HERE, "a")
    gone = put(connection, GONE, "b")
    for photo_id in (here, gone):
        add_vectors(connection, "tiny", [(photo_id, b"\0\0")])
        set_outcomes(connection, [Outcome(photo_id, Stage("content", "1"), DONE)])
    for name in "ab":
        rate(connection, [content(name)], 5, name)
    lose(connection, GONE)
    age(connection, 31)
    purge(connection, gone_photos(connection, 30))
    assert connection.scalars(select(photos.c.hash)).all() == [content("a")]
    assert connection.scalars(select(files.c.name)).all() == [b"here.jpg"]
    assert vector_of(connection, "tiny", here) is not None
    assert vector_of(connection, "tiny", gone) is None
    assert stars(connection) == {content("a").hex(): 5}
    if connection.dialect.name == "sqlite":  # PostgreSQL has no way to be told to look away
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert listed(connection, 0) == []


def test_words_of_are_those_of_the_purged_photos_alone(connection: Connection) -> None:
    for name in "ab":
        rate(connection, [content(name)], 3, name)
    found = words_of(connection, [content("a")])
    assert found == {
        **{table.name: [] for table in said_tables()},
        "ratings": [{"photo": content("a").hex(), "stars": 3}],
    }


def test_the_words_of_purged_photos_come_back_by_import(connection: Connection) -> None:
    put(connection, GONE, "a")
    rate(connection, [content("a")], 4, "a")
    favourite(connection, [content("a")], True, "a")
    tag(connection, content("a"), "snow", True, "a")
    before = export(connection)
    lose(connection, GONE)
    age(connection, 31)
    gone = gone_photos(connection, 30)
    said = words_of(connection, [photo.content for photo in gone])
    purge(connection, gone)
    assert stars(connection) == {}
    document = {"format": "photosearch-export", "version": 1, **said}
    assert import_document(connection, json.loads(json.dumps(document))) == 3
    assert export(connection) == before
    put(connection, ALBUM + b"/found again.jpg", "a")
    assert listed(connection, 0) == [] and export(connection) == before


def test_undo_is_not_stopped_by_words_that_were_purged(connection: Connection) -> None:
    put(connection, HERE, "a")
    put(connection, GONE, "b")
    rate(connection, [content("a")], 3, "a")
    rate(connection, [content("b")], 4, "b")
    lose(connection, GONE)
    age(connection, 31)
    purge(connection, gone_photos(connection, 30))
    assert undo(connection) == "rate a 3"
    assert stars(connection) == {}


@pytest.mark.parametrize("superseded", [False, True])
def test_words_only_imported_are_listed_like_any_photo_without_a_file(
    connection: Connection, superseded: bool
) -> None:
    if superseded:
        put(connection, HERE, "a")
        put(connection, HERE, "b")
    else:
        photo_for_words(connection, content("a"))
    age(connection, 31)
    assert [photo.content for photo in gone_photos(connection, 30)] == [content("a")]
    assert connection.execute(select(journal)).all() != []

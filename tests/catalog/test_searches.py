"""Saved searches, what was asked before, suggestions, and what is found by what is written."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from photosearch.catalog import searches, words
from photosearch.catalog.curate import tag
from photosearch.catalog.database import Catalog
from photosearch.catalog.named import photos_named
from photosearch.catalog.suggest import Values, suggest
from photosearch.errors import PhotoSearchError
from tests.catalog.rows import content, lose, put, rolled_back
from tests.engine.talk import until


def test_a_saved_search_is_said_and_can_be_taken_back(catalog: Catalog) -> None:
    with rolled_back(catalog) as connection:
        assert searches.save(connection, " Our  dog ", " dog   -snow") == "Our dog"
        searches.save(connection, "Our dog", "dog beach")
        assert searches.saved(connection) == {"Our dog": "dog beach"}
        assert words.undo(connection) == "save search Our dog"
        assert searches.query_of(connection, "Our dog") == "dog -snow"
        document = words.export_document(connection)
        searches.remove(connection, "Our dog")
        assert searches.saved(connection) == {}
        assert words.import_document(connection, document) == 1
        assert searches.saved(connection) == {"Our dog": "dog -snow"}


@pytest.mark.parametrize(
    ("name", "query"), [("", "dog"), ("a" * 101, "dog"), ("dog", " "), ("dog", "d" * 2001)]
)
def test_what_cannot_be_kept_is_refused(catalog: Catalog, name: str, query: str) -> None:
    with rolled_back(catalog) as connection, pytest.raises(PhotoSearchError) as caught:
        searches.save(connection, name, query)
    assert caught.value.code == "bad-search"


def test_a_long_query_comes_back_from_an_export(catalog: Catalog) -> None:
    with rolled_back(catalog) as connection:
        searches.save(connection, "long", "word " * 300)
        document = words.export_document(connection)
        words.undo(connection)
        assert words.import_document(connection, document) == 1


def test_the_last_asked_comes_first_and_the_oldest_are_forgotten(catalog: Catalog) -> None:
    with rolled_back(catalog) as connection:
        for query in ("dog", "cat", " dog "):
            searches.remember(connection, query)
        assert sorted(searches.history(connection)) == ["cat", "dog"]
        for number in range(250):
            searches.remember(connection, f"thing {number}")
        assert len(searches.history(connection)) == 200
        searches.forget(connection)
        assert searches.history(connection) == []


def _album(connection: Connection) -> tuple[int, int]:
    put(connection, b"/album/Summer in Rome/a.jpg", "a", city="Rome", country="Italy")
    beach = put(
        connection,
        b"/album/b_beach.jpg",
        "b",
        camera_model="Canon EOS 6D",
        caption="Grandma's cake",
        format="JPEG",
        taken_at="2019-05-01T00:00:00",
        width=10,
    )
    tag(connection, content("b"), "the kids", True, "b")
    cake = put(connection, b"/album/cake.jpg", "c", width=10)
    return beach, cake


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ki", 'tag:"the kids"'),
        ("dog ki", 'dog tag:"the kids"'),
        ("place:ro", "place:Rome"),
        ("ital", "place:Italy"),
        ("-camera:eo", '-camera:"Canon EOS 6D"'),
        ("in:summer", 'in:"Summer in Rome"'),
        ("on:", "on:2019"),
        ("type:", "type:jpeg"),
        ("is:fav", "is:favourite"),
        ("rat", "rating:"),
        ("(tag:the", '(tag:"the kids"'),
        ("two d", "two dogs on a sofa"),
    ],
)
def test_what_is_typed_can_go_on(catalog: Catalog, typed: str, expected: str) -> None:
    with rolled_back(catalog) as connection:
        _album(connection)
        searches.remember(connection, "two dogs on a sofa")
        assert expected in suggest(connection, typed, len(typed), Values(catalog.changes)).queries


def test_the_word_at_the_cursor_goes_on(catalog: Catalog) -> None:
    with rolled_back(catalog) as connection:
        _album(connection)
        assert (
            'tag:"the kids" beach'
            in suggest(connection, "ki beach", 2, Values(catalog.changes)).queries
        )
        assert suggest(connection, "", 0, Values(catalog.changes)).queries == ()
        assert suggest(connection, 'tag:"', 99, Values(catalog.changes)).queries == (
            'tag:"the kids"',
        )


def test_values_are_kept_until_the_library_changes(catalog: Catalog) -> None:
    values = Values(catalog.changes)

    def named(field: str) -> list[str]:
        with catalog.read() as connection:
            return list(values.of(connection, field))

    with catalog.write() as connection:
        put(connection, b"/album/a.jpg", "a", city="Rome")
    assert named("place") == named("place") == ["Rome"]
    with catalog.write() as connection:
        put(connection, b"/album/b.jpg", "b", city="Bern")
        tag(connection, content("b"), "bears", True, "b")
    assert named("tag") == ["bears"]  # what a person says counts at once
    until(lambda: named("place") == ["Bern", "Rome"])


def test_photos_are_found_by_what_is_written_of_them(catalog: Catalog) -> None:
    with rolled_back(catalog) as connection:
        beach, cake = _album(connection)
        assert photos_named(connection, "cake", None, 9) == [beach, cake]
        assert photos_named(connection, "kids on the BEACH", None, 9) == [beach]
        assert photos_named(connection, "cake at the beach", None, 9) == [beach, cake]
        assert photos_named(connection, "cake", {cake}, 9) == [cake]
        assert photos_named(connection, "cake", None, 1) == [beach]
        assert photos_named(connection, "of a", None, 9) == []
        lose(connection, b"/album/cake.jpg")
        assert photos_named(connection, "cake", None, 9) == [beach]

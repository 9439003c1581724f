"""What the user said: every said table is journalled, undone, exported and imported."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sqlalchemy import Connection, select, update

from photosearch.catalog.curate import (
    add_root,
    favourite,
    rate,
    relocate_root,
    remove_root,
    tag,
)
from photosearch.catalog.database import Catalog, open_catalog
from photosearch.catalog.places import active_roots, find_file
from photosearch.catalog.schema import journal, metadata, ratings, said_tables, tags
from photosearch.catalog.words import (
    MAX_TAG,
    Change,
    SaidRow,
    export,
    export_document,
    import_document,
    said_row,
    say,
    undo,
)
from photosearch.errors import PhotoSearchError
from tests.catalog.rows import ALBUM, content, put, rolled_back, stars
from tests.postgres import Keeping

A, B = content("a"), content("b")

TAG: SaidRow = {"source": "user", "encoder": None, "confidence": None}

# Rows of every said table, in the order in which `export` gives them.
SAMPLES: dict[str, list[SaidRow]] = {
    "roots": [
        {"path": "/old", "removed": True},
        {"path": os.fsdecode("/photos/über \n".encode() + b"\xff"), "removed": False},
    ],
    "excludes": [{"pattern": "*.png"}, {"pattern": "/photos/über"}],
    "ratings": [{"photo": A.hex(), "stars": 5}, {"photo": B.hex(), "stars": 1}],
    "favourites": [{"photo": A.hex()}, {"photo": B.hex()}],
    "tags": [
        {"photo": A.hex(), "name": "Großmutter", **TAG},
        {"photo": A.hex(), "name": "雪", **TAG},
        {"photo": B.hex(), "name": "'; DROP TABLE tags; --", **TAG},
    ],
    "rejected_tags": [
        {"photo": A.hex(), "name": "dog"},
        {"photo": B.hex(), "name": "=cmd|' /C calc'!A0"},
    ],
    "tag_examples": [
        {"photo": A.hex(), "name": "Rex", "shows": True},
        {"photo": B.hex(), "name": "Rex", "shows": False},
    ],
    "not_duplicates": [
        {"photo": A.hex(), "other": B.hex()},
        {"photo": B.hex(), "other": A.hex()},
    ],
    "kept": [{"photo": A.hex(), "path": "/album/a.jpg"}, {"photo": B.hex(), "path": "/ü/b.jpg"}],
    "protected_folders": [{"path": "/album/originals"}, {"path": "/photos"}],
    "keep_rules": [{"rule": "age", "place": 1}, {"rule": "in:originals", "place": 0}],
    "searches": [
        {"name": "Hund & Schnee", "query": 'dog -"a red car" in:"' + "x" * 1900 + '"'},
        {"name": "kids", "query": "tag:kids after:2019"},
    ],
    "albums": [{"name": "Großmutters 80."}, {"name": "for the wall"}],
    "album_photos": [
        {"photo": A.hex(), "album": "Großmutters 80."},
        {"photo": A.hex(), "album": "for the wall"},
        {"photo": B.hex(), "album": "for the wall"},
    ],
}


def fingerprint(said: dict[str, list[SaidRow]]) -> list[str]:
    return sorted(json.dumps([table, row]) for table, rows in said.items() for row in rows)


@pytest.fixture(scope="module")
def two_catalogs(
    kept_in: Keeping, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Catalog, Catalog]]:
    """Two empty catalogs for many examples, each rolled back."""
    folder = tmp_path_factory.mktemp("words")
    here, there = (open_catalog(kept_in(folder / name)) for name in ("here", "there"))
    yield here, there
    here.close()
    there.close()


@pytest.fixture
def blank(two_catalogs: tuple[Catalog, Catalog]) -> Iterator[Connection]:
    """A transaction in a catalog without any root, rolled back in the end."""
    with rolled_back(two_catalogs[0]) as connection:
        yield connection


# --- all said tables ---


def test_every_said_table_has_samples_here() -> None:
    assert SAMPLES.keys() == {table.name for table in said_tables()}


def test_all_said_tables_come_back_whole_from_an_export(
    two_catalogs: tuple[Catalog, Catalog],
) -> None:
    with rolled_back(two_catalogs[0]) as here, rolled_back(two_catalogs[1]) as there:
        say(here, "all", [Change(name, None, row) for name in SAMPLES for row in SAMPLES[name]])
        assert fingerprint(export(here)) == fingerprint(SAMPLES)
        document = json.loads(json.dumps(export_document(here)))
        assert import_document(there, document) == sum(map(len, SAMPLES.values()))
        assert export(there) == export(here)
        assert import_document(there, document) == 0  # a second time there is nothing new
        assert undo(there) == "import"
        assert not any(export(there).values())


@pytest.mark.parametrize("table", SAMPLES)
def test_undo_takes_back_saying_and_unsaying_a_row_of(blank: Connection, table: str) -> None:
    for row in SAMPLES[table]:
        say(blank, "say it", [Change(table, None, row)])
        assert said_row(blank, table, row) == row
        say(blank, "unsay it", [Change(table, row, None)])
        assert said_row(blank, table, row) is None
        assert undo(blank) == "unsay it"
        assert said_row(blank, table, row) == row
        assert undo(blank) == "say it"
        assert not any(export(blank).values())


@pytest.mark.parametrize("table", SAMPLES)
def test_an_import_over_other_words_is_taken_back_to_just_those(
    blank: Connection, table: str
) -> None:
    say(blank, "mine", [Change(table, None, SAMPLES[table][0])])
    mine = export(blank)
    document = {"format": "photosearch-export", "version": 1, table: SAMPLES[table]}
    assert import_document(blank, document) == len(SAMPLES[table]) - 1
    assert undo(blank) == "import"
    assert export(blank) == mine


# --- undo ---


def test_undo_goes_back_step_by_step(blank: Connection) -> None:
    rate(blank, [A], 2, "a")
    rate(blank, [A], 5, "a")
    rate(blank, [A], 0, "a")
    seen = []
    while (action := undo(blank)) is not None:
        seen.append((action, stars(blank).get(A.hex())))
    assert seen == [("rate a 0", 5), ("rate a 5", 2), ("rate a 2", None)]


def test_saying_what_is_so_already_is_no_action(blank: Connection) -> None:
    rate(blank, [A], 2, "a")
    rate(blank, [A], 2, "a")
    favourite(blank, [A], False, "a")
    tag(blank, A, "snow", False, "a")
    assert undo(blank) == "rate a 2"
    assert undo(blank) is None


def test_what_was_said_after_an_undo_is_undone_next(blank: Connection) -> None:
    rate(blank, [A], 1, "a")
    undo(blank)
    rate(blank, [B], 2, "b")
    assert undo(blank) == "rate b 2"
    assert undo(blank) is None


def test_undo_of_what_has_changed_since_is_refused(two_catalogs: tuple[Catalog, Catalog]) -> None:
    with rolled_back(two_catalogs[0]) as connection:
        rate(connection, [A], 4, "a")
        connection.execute(update(ratings).values(stars=3))  # as if by another program
        with pytest.raises(PhotoSearchError, match="rate a 4") as caught:
            undo(connection)
        assert caught.value.code == "undo-conflict"


def test_undo_of_an_import_leaves_what_was_there_before(blank: Connection) -> None:
    rate(blank, [A], 2, "a")
    favourite(blank, [A], True, "a")
    before = export(blank)
    document = {"format": "photosearch-export", "version": 1, **SAMPLES}
    import_document(blank, document)
    assert stars(blank) == {A.hex(): 5, B.hex(): 1}
    undo(blank)
    assert export(blank) == before


def test_undo_of_an_import_works_after_its_folder_was_indexed(blank: Connection) -> None:
    root = {"path": os.fsdecode(ALBUM), "removed": False}
    import_document(blank, {"format": "photosearch-export", "version": 1, "roots": [root]})
    put(blank, ALBUM + b"/photo.jpg", "a")
    assert undo(blank) == "import"
    assert active_roots(blank) == []


def test_undo_of_a_move_whose_old_place_was_taken_is_refused_with_a_reason(
    two_catalogs: tuple[Catalog, Catalog],
) -> None:
    with rolled_back(two_catalogs[0]) as connection:
        add_root(connection, b"/old")
        relocate_root(connection, b"/old", b"/new")
        add_root(connection, b"/old")
        undo(connection)
        with pytest.raises(PhotoSearchError) as caught:
            undo(connection)
        assert caught.value.code == "undo-conflict"


# --- export and import ---


def test_words_for_a_photo_not_yet_seen_are_there_once_it_is(connection: Connection) -> None:
    words = {name: SAMPLES[name] for name in ("ratings", "favourites", "tags")}
    import_document(connection, {"format": "photosearch-export", "version": 1, **words})
    put(connection, ALBUM + b"/photo.jpg", "a", width=100)
    place = find_file(connection, ALBUM + b"/photo.jpg")
    assert place is not None and place.photo_id is not None
    found = connection.scalar(select(ratings.c.stars).where(ratings.c.photo_id == place.photo_id))
    assert found == 5
    assert {name: export(connection)[name] for name in words} == {
        name: sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))
        for name, rows in words.items()
    }


def test_what_a_machine_said_is_not_exported(connection: Connection) -> None:
    photo_id = put(connection, ALBUM + b"/photo.jpg", "a")
    machine = {"photo_id": photo_id, "source": "classifier", "encoder": "x", "confidence": 0.5}
    connection.execute(tags.insert().values(name="cat", **machine))
    tag(connection, A, "dog", True, "a")
    assert [row["name"] for row in export(connection)["tags"]] == ["dog"]


def test_taking_a_tag_away_leaves_the_machines_of_the_same_name(connection: Connection) -> None:
    photo_id = put(connection, ALBUM + b"/photo.jpg", "a")
    connection.execute(tags.insert().values(photo_id=photo_id, name="cat", source="classifier"))
    tag(connection, A, "cat", True, "a")
    tag(connection, A, "cat", False, "a")
    assert connection.scalars(select(tags.c.source)).all() == ["classifier"]


def is_tag(name: str) -> bool:
    tidy = unicodedata.normalize("NFC", " ".join(name.split()))  # as `tag` makes it
    return name.isprintable() and name == tidy


@given(name=st.text(min_size=1, max_size=MAX_TAG).filter(is_tag))
def test_any_tag_round_trips(two_catalogs: tuple[Catalog, Catalog], name: str) -> None:
    with rolled_back(two_catalogs[0]) as here, rolled_back(two_catalogs[1]) as there:
        tag(here, A, name, True, "a")
        import_document(there, json.loads(json.dumps(export_document(here))))
        assert [row["name"] for row in export(there)["tags"]] == [name]
        tag(there, A, name, False, "a")
        assert export(there)["tags"] == []


@given(path=st.binary(max_size=60).filter(lambda path: b"\0" not in path))
def test_any_path_round_trips(two_catalogs: tuple[Catalog, Catalog], path: bytes) -> None:
    path = os.path.normpath(b"/" + path)
    with rolled_back(two_catalogs[0]) as here, rolled_back(two_catalogs[1]) as there:
        add_root(here, path)
        import_document(there, json.loads(json.dumps(export_document(here))))
        assert [root.path for root in active_roots(there)] == [path]
        remove_root(there, path)
        undo(there)
        assert export(there) == export(here)


# --- documents that are none ---


def assert_refused(catalog: Catalog, document: object) -> None:
    """A document is refused with `bad-import`, and its transaction leaves nothing."""
    with catalog.read() as connection:
        before = export(connection), connection.execute(select(journal)).all()

    def take_over() -> None:
        with catalog.write() as connection:
            import_document(connection, document)

    with pytest.raises(PhotoSearchError, match="cannot be imported") as caught:
        take_over()
    assert caught.value.code == "bad-import"
    with catalog.read() as connection:
        assert (export(connection), connection.execute(select(journal)).all()) == before


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(document=any_json)
def test_what_is_no_export_is_refused(
    two_catalogs: tuple[Catalog, Catalog], document: object
) -> None:
    assert_refused(two_catalogs[0], document)


@given(table=st.sampled_from(sorted(SAMPLES)), rows=any_json, good=st.booleans())
def test_rows_that_are_none_are_refused(
    two_catalogs: tuple[Catalog, Catalog], table: str, rows: object, good: bool
) -> None:
    assume(rows != [])
    if good and not isinstance(rows, list):
        rows = [*SAMPLES[table], rows]  # the good rows before the bad one are not taken over
    document = {"format": "photosearch-export", "version": 1, table: rows}
    assert_refused(two_catalogs[0], document)


@given(table=st.sampled_from(sorted(SAMPLES)), data=st.data())
def test_a_row_with_another_value_in_it_is_refused_or_said_as_it_is(
    two_catalogs: tuple[Catalog, Catalog], table: str, data: st.DataObject
) -> None:
    row = data.draw(st.sampled_from(SAMPLES[table]))
    key = data.draw(st.sampled_from(sorted(row)))
    row = {**row, key: data.draw(any_json)}
    document = {"format": "photosearch-export", "version": 1, table: [row]}
    with rolled_back(two_catalogs[0]) as connection:
        try:
            import_document(connection, document)
        except PhotoSearchError as error:
            assert error.code == "bad-import"
        else:
            said = metadata.tables[table].info.get("said_where", {})
            assert export(connection)[table] == [{**row, **said}]


@pytest.mark.parametrize("key", ["photo", "stars"])
def test_a_row_that_lacks_a_value_is_refused(catalog: Catalog, key: str) -> None:
    row = {name: value for name, value in SAMPLES["ratings"][0].items() if name != key}
    assert_refused(catalog, {"format": "photosearch-export", "version": 1, "ratings": [row]})


BAD_VALUES: list[tuple[str, str, Any]] = [
    *[("ratings", "stars", value) for value in (0, 6, -1, 2**63, 2**80, "5", 5.0, True, None)],
    *[("ratings", "photo", value) for value in ("", A.hex()[:-1], A.hex().upper(), "g" * 64)],
    *[("roots", "path", value) for value in ("", "photos", "/a\0b", None, 7)],
    ("roots", "path", "/a\ud800"),
    ("roots", "path", "/photos/../etc"),
    *[("roots", "removed", value) for value in (0, "no", None)],
    *[("tags", "name", value) for value in ("a\nb", "\x1b[31m", None, 7, "", " ", "x" * 101)],
    *[("tags", "confidence", value) for value in ("high", "0.5")],
]


@pytest.mark.parametrize(("table", "key", "value"), BAD_VALUES)
def test_a_value_that_no_export_has_is_refused(
    catalog: Catalog, table: str, key: str, value: object
) -> None:
    row = {**SAMPLES[table][0], key: value}
    assert_refused(catalog, {"format": "photosearch-export", "version": 1, table: [row]})


def test_a_document_that_contradicts_itself_is_refused(catalog: Catalog) -> None:
    with catalog.write() as connection:
        rate(connection, [A], 3, "a")
    twice = [{"photo": A.hex(), "stars": 1}, {"photo": A.hex(), "stars": 2}]
    assert_refused(catalog, {"format": "photosearch-export", "version": 1, "ratings": twice})


@pytest.mark.parametrize("version", [2, 0, "1", None])
def test_a_document_of_another_version_is_refused(catalog: Catalog, version: object) -> None:
    assert_refused(catalog, {"format": "photosearch-export", "version": version, **SAMPLES})


def test_an_import_survives_a_process_that_ends_after_it(kept_in: Keeping, tmp_path: Path) -> None:
    first = open_catalog(kept_in(tmp_path, lent=True))
    with first.write() as connection:
        import_document(connection, {"format": "photosearch-export", "version": 1, **SAMPLES})
    first.close()
    second = open_catalog(tmp_path)
    with second.write() as connection:
        assert fingerprint(export(connection)) == fingerprint(SAMPLES)
        assert undo(connection) == "import"
    second.close()

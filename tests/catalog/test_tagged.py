"""Tags of the program beside those of people: the user's word wins, for good."""

from __future__ import annotations

from datetime import date

from photosearch.catalog import curate, tagged, words
from photosearch.catalog.database import Catalog
from photosearch.catalog.embeddings import add_vectors
from photosearch.catalog.filters import Filter, photos_where
from photosearch.catalog.outcomes import DONE, Outcome, Stage, set_outcomes
from photosearch.catalog.tagged import Head, TagRow
from tests.catalog.rows import ALBUM, content, put

TODAY = date(2020, 1, 1)


def found(catalog: Catalog, value: str, field: str = "tag") -> set[int]:
    with catalog.read() as connection:
        return photos_where(connection, [Filter(field, value)], TODAY)


def names(catalog: Catalog, photo_id: int) -> list[tuple[str, str]]:
    with catalog.read() as connection:
        return [(row.name, row.source) for row in tagged.tag_rows(connection, [photo_id])]


def test_a_rejected_tag_does_not_come_back(catalog: Catalog) -> None:
    with catalog.write() as connection:
        photo = put(connection, ALBUM + b"/a.jpg", "a")
        rows = [
            TagRow(photo, "dog", "classifier", "tiny", 0.9),
            TagRow(photo, "cat", "zero-shot", "tiny", 0.6),
        ]
        tagged.replace_tags(connection, [photo], ("classifier", "zero-shot"), rows)
        curate.tag(connection, content("a"), "dog", False, "a.jpg")
    assert names(catalog, photo) == [("cat", "zero-shot")]
    assert found(catalog, "dog") == set()
    with catalog.write() as connection:  # the next run says it again
        tagged.replace_tags(connection, [photo], ("classifier", "zero-shot"), rows)
    assert names(catalog, photo) == [("cat", "zero-shot")]
    with catalog.write() as connection:
        assert words.undo(connection) == "tag remove a.jpg dog"
    assert found(catalog, "dog") == {photo}
    with catalog.write() as connection:
        curate.tag(connection, content("a"), "dog", False, "a.jpg")
        curate.tag(connection, content("a"), "dog", True, "a.jpg")
    assert names(catalog, photo)[0] == ("dog", "user")


def test_what_only_the_user_said_is_taken_away_and_not_rejected(catalog: Catalog) -> None:
    with catalog.write() as connection:
        photo = put(connection, ALBUM + b"/a.jpg", "a")
        curate.tag(connection, content("a"), "Rex", True, "a.jpg")
        curate.tag(connection, content("a"), "Rex", False, "a.jpg")
        assert tagged.rejections(connection, [photo]) == {}


def test_untagged_are_photos_that_no_person_tagged(catalog: Catalog) -> None:
    with catalog.write() as connection:
        first, second = (
            put(connection, ALBUM + b"/a.jpg", "a"),
            put(connection, ALBUM + b"/b.jpg", "b"),
        )
        rows = [TagRow(first, "dog", "classifier", "tiny", 0.9)]
        tagged.replace_tags(connection, [first], ("classifier",), rows)
        curate.tag(connection, content("b"), "Rex", True, "b.jpg")
    assert found(catalog, "untagged", "is") == {first}
    assert found(catalog, "dog") == {first} and second


def test_what_lacks_the_stage_is_found_by_its_features(catalog: Catalog) -> None:
    stage = Stage("tags", "1")
    with catalog.write() as connection:
        first, second = (
            put(connection, ALBUM + b"/a.jpg", "a"),
            put(connection, ALBUM + b"/b.jpg", "b"),
        )
        put(connection, ALBUM + b"/c.jpg", "c")  # has no features
        add_vectors(connection, "f", [(first, b"\0\0"), (second, b"\0\0")])
        set_outcomes(connection, [Outcome(first, stage, DONE)])
        assert tagged.untagged_by(connection, "f", stage) == [second]
        assert tagged.untagged_by(connection, "f", Stage("tags", "2")) == [first, second]


def test_files_below_a_folder_by_path(catalog: Catalog) -> None:
    with catalog.write() as connection:
        for name in ("b/2.jpg", "a/1.jpg", "ab/3.jpg"):
            put(connection, ALBUM + b"/" + name.encode(), name)
        every = [path.rpartition(b"/")[2] for path, _ in tagged.files_below(connection, [])]
        assert every == [b"1.jpg", b"3.jpg", b"2.jpg"]
        root = tagged.files_below(connection, [])[0][0].removesuffix(b"/a/1.jpg")
        assert len(tagged.files_below(connection, [root + b"/a"])) == 1
        assert tagged.files_below(connection, [b"/elsewhere"]) == []


def test_examples_are_words_and_heads_are_not(catalog: Catalog) -> None:
    with catalog.write() as connection:
        photo = put(connection, ALBUM + b"/a.jpg", "a")
        curate.teach(connection, " Rex ", [content("a")], [])
        tagged.set_head(connection, Head("Rex", "tiny", "1", b"", "well"))
        tagged.set_head(connection, Head("Rex", "tiny", "2", b"", "better"))
        assert tagged.examples(connection) == {"Rex": [(photo, content("a"), True)]}
        assert tagged.heads(connection)["Rex"].stamp == "2"
        last = words.last_named(connection, "teach ")
        assert last is not None and last[1] == "teach Rex"
        words.take_back(connection, last[0])
        assert tagged.examples(connection) == {}
        assert words.last_named(connection, "teach ") is None
        tagged.forget_head(connection, "Rex")
        assert tagged.heads(connection) == {}

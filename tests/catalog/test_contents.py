"""The supersede rule: which words follow a file's new bytes, and what becomes of the old photo."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, select

from photosearch.catalog.contents import (
    SAME_PICTURE,
    photo_by_content,
    photo_for_words,
    record_problem,
)
from photosearch.catalog.curate import favourite, rate, tag
from photosearch.catalog.places import find_file
from photosearch.catalog.schema import photos
from photosearch.catalog.words import export
from tests.catalog.rows import ALBUM, content, lose, put, stars

FILE = ALBUM + b"/photo.jpg"
PIXELS, OTHER_PIXELS = b"p" * 16, b"q" * 16


def hex_of(name: str) -> str:
    return content(name).hex()


def give(connection: Connection, name: str, count: int) -> None:
    rate(connection, [content(name)], count, name)


def orphaned(connection: Connection, name: str) -> bool:
    query = select(photos.c.orphaned_at).where(photos.c.hash == content(name))
    return connection.execute(query).scalar_one() is not None


# --- the same picture in other bytes ---


def test_all_words_follow_equal_pixels(connection: Connection) -> None:
    put(connection, FILE, "old", pixels=PIXELS)
    give(connection, "old", 5)
    favourite(connection, [content("old")], True, "old")
    tag(connection, content("old"), "snow", True, "old")
    put(connection, FILE, "new", pixels=PIXELS)
    said = export(connection)
    both = {hex_of("old"), hex_of("new")}  # the old photo keeps its words
    assert stars(connection) == dict.fromkeys(both, 5)
    assert {row["photo"] for row in said["favourites"]} == both
    assert {(row["photo"], row["name"]) for row in said["tags"]} == {(p, "snow") for p in both}


@pytest.mark.parametrize(
    ("distance", "follows"), [(0, True), (SAME_PICTURE, True), (SAME_PICTURE + 1, False)]
)
def test_words_follow_a_near_perceptual_hash(
    connection: Connection, distance: int, follows: bool
) -> None:
    put(connection, FILE, "old", pixels=PIXELS, phash=-1)
    give(connection, "old", 5)
    changed = -1 ^ ((1 << distance) - 1)
    put(connection, FILE, "new", pixels=OTHER_PIXELS, phash=changed)
    assert (hex_of("new") in stars(connection)) == follows
    assert stars(connection)[hex_of("old")] == 5


def test_a_hash_is_compared_with_its_sign_bit(connection: Connection) -> None:
    put(connection, FILE, "old", pixels=PIXELS, phash=-(2**63))
    give(connection, "old", 5)
    put(connection, FILE, "new", pixels=OTHER_PIXELS, phash=0)  # one bit of distance
    assert stars(connection)[hex_of("new")] == 5


def test_words_follow_a_picture_that_was_turned(connection: Connection) -> None:
    put(connection, FILE, "old", pixels=PIXELS, phash=0)
    give(connection, "old", 5)
    turned = (0x0F0F0F, 1, 0xFFFF)  # the second: near the old one's
    put(connection, FILE, "new", pixels=OTHER_PIXELS, phash=-1, turned=turned)
    assert stars(connection)[hex_of("new")] == 5


def test_words_follow_through_several_edits(connection: Connection) -> None:
    for step in range(4):
        put(connection, FILE, f"edit {step}", pixels=bytes([step]) * 16, phash=0)
        if step == 0:
            give(connection, "edit 0", 4)
    assert stars(connection)[hex_of("edit 3")] == 4


# --- another picture ---


def test_another_picture_starts_clean_and_the_old_one_keeps_its_words(
    connection: Connection,
) -> None:
    put(connection, FILE, "old", pixels=PIXELS, phash=0)
    give(connection, "old", 5)
    put(connection, FILE, "new", pixels=OTHER_PIXELS, phash=-1)
    assert stars(connection) == {hex_of("old"): 5}


def test_two_flat_pictures_of_different_colours_are_not_the_same(connection: Connection) -> None:
    put(connection, FILE, "white", pixels=PIXELS, phash=None)
    give(connection, "white", 5)
    put(connection, FILE, "black", pixels=OTHER_PIXELS, phash=None)
    assert stars(connection) == {hex_of("white"): 5}


def test_two_files_that_are_no_pictures_are_not_the_same(connection: Connection) -> None:
    put(connection, FILE, "text")
    give(connection, "text", 5)
    put(connection, FILE, "other text")
    assert stars(connection) == {hex_of("text"): 5}


# --- photos that were known before ---


def test_a_file_that_goes_back_to_its_earlier_bytes_has_the_newest_words(
    connection: Connection,
) -> None:
    put(connection, FILE, "original", pixels=PIXELS, phash=0)
    give(connection, "original", 2)
    tag(connection, content("original"), "draft", True, "")
    put(connection, FILE, "edited", pixels=OTHER_PIXELS, phash=1)
    give(connection, "edited", 5)
    tag(connection, content("edited"), "draft", False, "")
    put(connection, FILE, "original", pixels=PIXELS, phash=0)
    assert stars(connection)[hex_of("original")] == 5
    assert export(connection)["tags"] == []


def test_a_photo_that_lives_elsewhere_too_keeps_its_words_and_gets_what_it_lacks(
    connection: Connection,
) -> None:
    put(connection, ALBUM + b"/elsewhere.jpg", "new", pixels=PIXELS, phash=0)
    give(connection, "new", 1)
    put(connection, FILE, "old", pixels=PIXELS, phash=0)
    give(connection, "old", 5)
    favourite(connection, [content("old")], True, "")
    put(connection, FILE, "new", pixels=PIXELS, phash=0)
    assert stars(connection) == {hex_of("new"): 1, hex_of("old"): 5}
    assert {"photo": hex_of("new")} in export(connection)["favourites"]


def test_words_imported_before_the_photo_was_seen_are_not_replaced(connection: Connection) -> None:
    photo_for_words(connection, content("new"))
    give(connection, "new", 3)
    put(connection, FILE, "old", pixels=PIXELS)
    give(connection, "old", 5)
    put(connection, FILE, "new", pixels=PIXELS)
    assert stars(connection)[hex_of("new")] == 3


def test_a_copy_at_a_new_path_is_the_photo_with_its_words(connection: Connection) -> None:
    first = put(connection, FILE, "photo", pixels=PIXELS)
    give(connection, "photo", 5)
    assert put(connection, ALBUM + b"/copy.jpg", "photo", pixels=PIXELS) == first
    assert stars(connection) == {hex_of("photo"): 5}


def test_reading_the_same_bytes_again_changes_no_words(connection: Connection) -> None:
    photo_id = put(connection, FILE, "photo", pixels=PIXELS, width=3)
    give(connection, "photo", 5)
    assert put(connection, FILE, "photo", pixels=PIXELS, width=4) == photo_id
    assert stars(connection) == {hex_of("photo"): 5}
    assert connection.scalar(select(photos.c.width)) == 4


# --- without a file ---


def test_the_old_photo_is_orphaned_when_its_last_file_leaves_it(connection: Connection) -> None:
    put(connection, FILE, "old")
    put(connection, ALBUM + b"/copy.jpg", "old")
    put(connection, FILE, "new")
    assert not orphaned(connection, "old")
    put(connection, ALBUM + b"/copy.jpg", "new")
    assert orphaned(connection, "old") and not orphaned(connection, "new")


def test_a_photo_whose_file_is_only_missing_is_not_orphaned(connection: Connection) -> None:
    put(connection, FILE, "photo")
    lose(connection, FILE)
    assert not orphaned(connection, "photo")


def test_a_photo_known_from_words_alone_is_orphaned_until_its_file_turns_up(
    connection: Connection,
) -> None:
    photo_id = photo_for_words(connection, content("photo"))
    assert photo_for_words(connection, content("photo")) == photo_id
    assert orphaned(connection, "photo")
    assert (
        put(connection, FILE, "photo") == photo_id == photo_by_content(connection, content("photo"))
    )
    assert not orphaned(connection, "photo")


# --- files that cannot be read ---


def test_a_file_that_cannot_be_read_keeps_the_photo_it_held(connection: Connection) -> None:
    photo_id = put(connection, FILE, "photo")
    place = find_file(connection, FILE)
    assert place is not None
    record_problem(connection, place.file_id, "permission denied", give_up=False)
    after = find_file(connection, FILE)
    assert after is not None and (after.photo_id, after.pending) == (photo_id, True)


def test_reading_a_file_at_last_clears_its_problem(connection: Connection) -> None:
    put(connection, FILE, "photo")
    place = find_file(connection, FILE)
    assert place is not None
    record_problem(connection, place.file_id, "disk error", give_up=True)
    put(connection, FILE, "photo")
    row = connection.exec_driver_sql("SELECT problem, attempts, pending FROM files").one()
    assert tuple(row) == (None, 0, 0)

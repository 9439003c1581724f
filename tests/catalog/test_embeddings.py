"""Vectors in the catalog: one for a photo and an encoder, and which photos have nothing to show."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection

from photosearch.catalog import embeddings
from photosearch.catalog.contents import photo_for_words
from photosearch.catalog.curate import add_root, remove_root
from photosearch.catalog.database import Catalog
from photosearch.catalog.embeddings import (
    StoredVectors,
    add_vectors,
    hidden_photos,
    vector_of,
)
from photosearch.catalog.schema import photos, vectors
from tests.catalog.rows import ALBUM, content, effort, lose, put


def test_a_photo_has_one_vector_of_each_encoder(connection: Connection) -> None:
    photo_id = put(connection, ALBUM + b"/a", "a")
    for encoder, vector in (("tiny", b"old!"), ("other", b"else"), ("tiny", b"new!")):
        add_vectors(connection, encoder, [(photo_id, vector)])
    assert vector_of(connection, "tiny", photo_id) == b"new!"
    assert vector_of(connection, "other", photo_id) == b"else"
    assert vector_of(connection, "none", photo_id) is None


def test_stored_vectors_come_in_the_order_of_their_storing_and_grow_for_ever(
    catalog: Catalog,
) -> None:
    source = StoredVectors(catalog, "tiny")
    with catalog.write() as connection:
        ids = [put(connection, ALBUM + b"/%d" % number, f"{number}") for number in range(5)]
        for photo_id in (*ids, ids[0]):
            add_vectors(connection, "tiny", [(photo_id, bytes([photo_id, 0]))])
    (chunk,) = source.after(0)
    assert chunk[1:] == ([*ids[1:], ids[0]], np.array([*ids[1:], ids[0]], "<u2").tobytes())
    count, last = source.count()
    assert (count, last) == (5, chunk[0])
    assert list(source.after(last)) == []
    with catalog.write() as connection:
        connection.execute(vectors.delete().where(vectors.c.seq == last))
        add_vectors(connection, "tiny", [(ids[0], b"xy")])
    assert source.count(last) == (4, last - 1)
    assert source.count()[1] > last  # the number of a deleted one is never given again


def test_stored_vectors_come_in_chunks(catalog: Catalog) -> None:
    source = StoredVectors(catalog, "tiny")
    count = embeddings._CHUNK + 1
    with catalog.write() as connection:
        photo_id = put(connection, ALBUM + b"/a", "a")
        many = [{"id": photo_id + n, "hash": n.to_bytes(32, "big")} for n in range(1, count)]
        connection.execute(photos.insert(), many)
        add_vectors(connection, "tiny", [(photo_id + n, b"\0\0") for n in range(count)])
    assert [len(ids) for _, ids, _ in source.after(0)] == [count - 1, 1]
    assert source.count() == (count, count)


def test_hidden_are_photos_without_a_file_to_show(connection: Connection) -> None:
    add_root(connection, b"/removed")
    put(connection, ALBUM + b"/here", "here")
    superseded = put(connection, ALBUM + b"/edited", "old")
    put(connection, ALBUM + b"/edited", "new")
    missing = put(connection, ALBUM + b"/missing", "missing")
    lose(connection, ALBUM + b"/missing")
    away = put(connection, b"/removed/away", "away")
    heard_of = photo_for_words(connection, content("heard of"))
    remove_root(connection, b"/removed")
    assert hidden_photos(connection) == {superseded, missing, away, heard_of}


def test_a_photo_with_one_file_to_show_is_not_hidden(connection: Connection) -> None:
    add_root(connection, b"/removed")
    for path in (b"/removed/copy", ALBUM + b"/missing", ALBUM + b"/here"):
        put(connection, path, "a")
    lose(connection, ALBUM + b"/missing")
    remove_root(connection, b"/removed")
    assert hidden_photos(connection) == set()


def test_where_all_is_in_place_finding_the_hidden_costs_nothing(connection: Connection) -> None:
    def find() -> None:
        assert hidden_photos(connection) == set()

    for number in range(20):
        put(connection, ALBUM + b"/%d" % number, f"{number}")
    few = effort(connection, find)
    for number in range(20, 500):
        put(connection, ALBUM + b"/%d" % number, f"{number}")
    assert effort(connection, find) <= 2 * few + 5

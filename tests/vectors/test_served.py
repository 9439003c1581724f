"""Vectors in a server are found as those of an embedded library are: by a scan all of them, by HNSW
nearly all; and no filter empties an answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt
import psycopg
import pytest
from sqlalchemy import select

from photosearch.catalog.database import Catalog, open_catalog
from photosearch.catalog.embeddings import StoredVectors, add_vectors, vector_of
from photosearch.catalog.schema import photos
from photosearch.errors import PhotoSearchError
from photosearch.shared import SERVER_FILE
from photosearch.vectors import served
from photosearch.vectors.index import VectorIndex
from photosearch.vectors.opening import how_searched, is_saved, open_index
from photosearch.vectors.served import ServedIndex
from tests.postgres import Databases, Keeping

Floats = npt.NDArray[np.float32]

DIMENSION = 16


class Vectors:
    """A shared catalog with vectors of one encoder, searched there, and by FAISS."""

    def __init__(self, catalog: Catalog, encoder: str, folder: Path) -> None:
        self.catalog = catalog
        self.encoder = encoder
        self.source = StoredVectors(catalog, encoder)
        opened = open_index(folder, catalog.id, encoder, DIMENSION, self.source)
        assert isinstance(opened, ServedIndex)
        self.index = opened
        self.faiss = VectorIndex(folder, catalog.id, encoder, DIMENSION)

    def store(self, rows: Floats) -> list[int]:
        """Store a vector for each of as many new photos; returns their ids."""
        with self.catalog.write() as connection:
            known = len(connection.execute(select(photos.c.id)).all())
            hashes = [(known + number).to_bytes(32, "big") for number in range(len(rows))]
            connection.execute(photos.insert(), [{"hash": each} for each in hashes])
            found = connection.scalars(select(photos.c.id).where(photos.c.hash.in_(hashes)))
            ids = sorted(found)
            blobs = [row.tobytes() for row in rows.astype("<f2")]
            add_vectors(connection, self.encoder, list(zip(ids, blobs, strict=True)))
        self.index.update(self.source)
        self.faiss.update(self.source)
        return ids

    def assert_same(
        self, query: Floats, top_k: int, only: Collection[int] | None, without: Collection[int]
    ) -> None:
        ids, scores = self.index.search(query, top_k, only=only, without=without)
        wanted, cosines = self.faiss.search(query, top_k, only=only, without=without)
        assert ids.tolist() == wanted.tolist()
        assert scores == pytest.approx(cosines, abs=1e-6)

    def recall(self, queries: Floats, only: Collection[int] | None = None) -> float:
        """Which share of the ten best by FAISS the server finds."""
        shares = []
        for query in queries:
            ids, _ = self.index.search(query, 10, only=only)
            wanted, _ = self.faiss.search(query, 10, only=only)
            assert len(ids) == len(wanted)
            shares.append(len(np.intersect1d(ids, wanted)) / len(wanted))
        return float(np.mean(shares))


def unit(rows: Floats) -> Floats:
    found: Floats = rows / np.linalg.norm(rows, axis=-1, keepdims=True)
    return found


def scattered(count: int, seed: int = 0) -> Floats:
    """Unit vectors around a few centres."""
    dice = np.random.default_rng(seed)
    centres = dice.standard_normal((12, DIMENSION), np.float32)
    noise = dice.standard_normal((count, DIMENSION), np.float32)
    return unit(centres[dice.integers(12, size=count)] + noise)


@pytest.fixture
def vectors(databases: Databases, tmp_path: Path, request: pytest.FixtureRequest) -> Vectors:
    """Vectors of an encoder of this test's own, none yet."""
    catalog = Keeping(databases).catalog(tmp_path / "library")
    return Vectors(catalog, request.node.name, tmp_path / "vectors")


@pytest.fixture
def by_hnsw(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few are many, so that an index is made; and no filter is taken for one that leaves few."""
    monkeypatch.setattr(served, "MANY", 100)
    monkeypatch.setattr(served, "_DEAR", 0)


def test_a_scan_finds_what_faiss_finds(vectors: Vectors) -> None:
    rows = scattered(120)
    ids = vectors.store(rows)
    dice = np.random.default_rng(1)
    for query in [*rows[:3], *scattered(4, seed=2)]:
        some = dice.choice(ids, 40, replace=False).tolist()
        for top_k in (1, 10, 1000):
            for only in (None, [], some[:1], some, ids, [*some, 10**6]):
                for without in ((), some[:20], ids):
                    vectors.assert_same(query, top_k, only, without)


def test_equal_cosines_come_in_the_order_of_photo_ids(vectors: Vectors) -> None:
    rows = scattered(40)
    rows[10:30] = rows[0]
    ids = vectors.store(rows)
    equal = [ids[0], *ids[10:30]]
    for top_k in (3, len(equal)):
        assert vectors.index.search(rows[0], top_k)[0].tolist() == equal[:top_k]


def test_vectors_and_samples_are_those_of_faiss(vectors: Vectors) -> None:
    ids = vectors.store(scattered(40))
    for wanted in (ids, ids[::-3], ids[:1], []):
        assert (vectors.index.vectors_of(wanted) == vectors.faiss.vectors_of(wanted)).all()
    for count in (0, 1, 7, 40, 100):
        assert (vectors.index.sample(count) == vectors.faiss.sample(count)).all()


def test_nothing_is_found_among_nothing(vectors: Vectors) -> None:
    assert not vectors.index.update(vectors.source)
    assert len(vectors.index) == 0
    assert [len(found) for found in vectors.index.search(scattered(1)[0], 5)] == [0, 0]
    assert vectors.index.sample(5).shape == (0, DIMENSION)
    assert is_saved(vectors.index.folder, "", vectors.encoder, DIMENSION, vectors.source)


@pytest.mark.usefixtures("by_hnsw")
def test_hnsw_finds_nearly_all_whatever_a_filter_leaves(vectors: Vectors) -> None:
    ids = vectors.store(scattered(1500))
    vectors.index.save()
    assert vectors.index.indexed
    queries = scattered(20, seed=3)
    dice = np.random.default_rng(4)
    for share in (1.0, 0.5, 0.01, 0.001):
        some = dice.choice(ids, max(1, int(share * len(ids))), replace=False).tolist()
        assert vectors.recall(queries, only=some) >= 0.95
    assert vectors.recall(queries) >= 0.95
    far, _ = vectors.faiss.search(-queries[0], 20)
    assert vectors.recall(queries[:1], only=far.tolist()) == 1.0  # HNSW comes to these last


@pytest.mark.usefixtures("by_hnsw")
def test_the_index_is_made_once_there_are_many_and_follows_what_comes_and_goes(
    vectors: Vectors,
) -> None:
    known = (vectors.index.folder, vectors.catalog.id, vectors.encoder, DIMENSION, vectors.source)
    ids = vectors.store(scattered(99))
    vectors.index.save()
    assert is_saved(*known) and not vectors.index.indexed
    assert "by a scan of all" in how_searched(known[0], DIMENSION, vectors.source)
    query = scattered(1, seed=5)
    (new,) = vectors.store(query)
    assert not is_saved(*known)
    vectors.index.save()
    assert is_saved(*known) and vectors.index.indexed
    assert "by HNSW, which finds 100.0% of the best 10" in how_searched(
        known[0], DIMENSION, vectors.source
    )
    assert vectors.index.search(query[0], 1)[0].tolist() == [new]
    (newer,) = vectors.store(query)
    assert vectors.index.search(query[0], 2)[0].tolist() == [new, newer]
    with vectors.catalog.write() as connection:
        connection.execute(photos.delete().where(photos.c.id == new))
    assert vectors.index.update(vectors.source)
    assert vectors.index.search(query[0], 1)[0].tolist() == [newer]
    assert len(vectors.index) == len(ids) + 1


@pytest.mark.usefixtures("by_hnsw")
def test_an_index_that_was_not_finished_is_made_anew(
    vectors: Vectors, databases: Databases
) -> None:
    vectors.store(scattered(100))
    vectors.index.save()
    with psycopg.connect(databases.lent.address) as connection:
        connection.execute(
            "UPDATE pg_index SET indisvalid = false"
            " WHERE indexrelid::regclass::text LIKE 'vectors%hnsw'"
        )
    vectors.index.update(vectors.source)
    assert not vectors.index.indexed
    vectors.index.save()
    assert vectors.index.indexed
    with psycopg.connect(databases.lent.address) as connection:
        connection.execute("UPDATE pg_index SET indisvalid = true WHERE NOT indisvalid")


@pytest.mark.parametrize("names", [("it's 100 % \\ Größe", "it_s 100"), ("x" * 200, "x" * 201)])
def test_an_encoder_may_be_called_anything(
    databases: Databases, tmp_path: Path, names: Sequence[str]
) -> None:
    catalog = Keeping(databases).catalog(tmp_path)
    one, other = (Vectors(catalog, name, tmp_path / "vectors") for name in names)
    row = scattered(2)
    (first,), (second,) = one.store(row[:1]), other.store(row[1:])
    assert one.index.search(row[0], 5)[0].tolist() == [first]
    assert other.index.search(row[0], 5)[0].tolist() == [second]
    with catalog.read() as connection:
        assert vector_of(connection, names[0], first) == row[0].astype("<f2").tobytes()


@pytest.fixture
def bare(databases: Databases) -> Iterator[psycopg.Connection]:
    """An empty database, whose owner may not add extensions."""
    address = databases.bare()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS plain")
        connection.execute("CREATE ROLE plain LOGIN")
        connection.execute(f"ALTER DATABASE {connection.info.dbname} OWNER TO plain")
        yield connection
        connection.execute(f"ALTER DATABASE {connection.info.dbname} OWNER TO postgres")
        connection.execute("DROP OWNED BY plain; DROP ROLE plain")


def test_a_server_without_pgvector_or_with_an_old_one_is_refused(
    bare: psycopg.Connection, tmp_path: Path
) -> None:
    address = f"postgresql://plain@/{bare.info.dbname}?host={bare.info.host}"
    (tmp_path / SERVER_FILE).write_text(address)
    with pytest.raises(PhotoSearchError, match="has no pgvector") as refused:
        open_catalog(tmp_path)
    assert refused.value.code == "no-pgvector" and "CREATE EXTENSION" in refused.value.todo
    bare.execute("CREATE EXTENSION vector")
    bare.execute("UPDATE pg_extension SET extversion = '0.7.4' WHERE extname = 'vector'")
    with pytest.raises(PhotoSearchError, match=r"has pgvector 0\.7\.4"):
        open_catalog(tmp_path)
    bare.execute("UPDATE pg_extension SET extversion = '0.10.0' WHERE extname = 'vector'")
    with closing(open_catalog(tmp_path)) as catalog:
        assert catalog.searches

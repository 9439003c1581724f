"""Ranking photos by words or by another photo."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from photosearch.catalog import contents, curate, embeddings, places
from photosearch.catalog.database import Catalog
from photosearch.catalog.embeddings import StoredVectors
from photosearch.encoders.registry import EncoderFolder
from photosearch.errors import PhotoSearchError
from photosearch.vectors.index import VectorIndex

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Match:
    """One photo of an answer. `score`: cosine of its vector with the query's, None where only
    filters were asked for; `relevance`: how likely it is what was meant, 0 to 1, None while the
    encoder is not calibrated; `reasons`: why it is there, a sentence each; `other_paths`: further
    files with the same content."""

    rank: int
    photo_id: int
    path: str
    score: float | None
    relevance: float | None
    reasons: tuple[str, ...]
    taken_at: str | None
    other_paths: tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """What was asked for, in the asker's terms: words, the names of photos, filters."""

    words: str = ""
    photos: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()


class Searcher:
    """The vectors of one encoder in one library, ready to be searched; kept in step with the
    catalog at every search."""

    def __init__(self, catalog: Catalog, vectors: Path, encoder: EncoderFolder) -> None:
        self.encoder = encoder
        self._catalog = catalog
        self._source = StoredVectors(catalog, encoder.id)
        self._index = VectorIndex(vectors, catalog.id, encoder.id, encoder.dimension)
        self._hidden: set[int] = set()
        self._changes: int | None = None  # of the catalog, when this was brought in step with it

    def nearest(
        self,
        queries: Sequence[Floats],
        top_k: int,
        wanted: Wanted,
        *,
        only: Collection[int] | None = None,
        without: Collection[int] = (),
    ) -> list[Match]:
        """The `top_k` photos whose vectors are nearest to any of `queries` (unit, float32
        (dimension,)), of those that have a file to show, best first. `wanted` says for what the
        queries stand; `only`: ids of photos to look among (None: all), `without`: to leave out.

        Raises PhotoSearchError (`nothing-indexed`) where the library holds no vector.
        """
        self.load()
        if not len(self._index):
            raise PhotoSearchError(
                "nothing-indexed",
                "No photo of this library can be searched yet",
                "Add photos with `photosearch index FOLDER`.",
            )
        hidden = self._hidden | set(without)
        with self._catalog.read() as connection:
            best: dict[int, float] = {}
            for query in queries:
                ids, scores = self._index.search(query, top_k, only=only, without=hidden)
                for photo_id, score in zip(ids.tolist(), scores.tolist(), strict=True):
                    best[photo_id] = max(score, best.get(photo_id, score))
            ranked = sorted(best.items(), key=lambda hit: (-hit[1], hit[0]))[:top_k]
            return matches_of(
                connection, [(number, round(score, 4)) for number, score in ranked], wanted
            )

    def load(self) -> None:
        """Bring the vectors into memory, in step with the catalog; a search does it too."""
        changes = self._catalog.changes()
        if changes == self._changes:
            return
        self._index.update(self._source)
        with self._catalog.read() as connection:
            self._hidden = embeddings.hidden_photos(connection)
        self._changes = changes

    def vector_of(self, photo_id: int) -> Floats | None:
        """The stored vector of a photo, as a unit vector; None where it has none."""
        with self._catalog.read() as connection:
            stored = embeddings.vector_of(connection, self.encoder.id, photo_id)
        if stored is None:
            return None
        vector = np.frombuffer(stored, "<f2").astype(np.float32)
        unit: Floats = vector / np.linalg.norm(vector)
        return unit


def matches_of(
    connection: Connection, ranked: Sequence[tuple[int, float | None]], wanted: Wanted
) -> list[Match]:
    """Photo ids and their scores as an answer, in this order."""
    ids = [photo_id for photo_id, _ in ranked]
    paths = places.paths_of(connection, ids)
    taken = contents.taken_at(connection, ids)
    tags = curate.tags_of(connection, ids)
    found = [hit for hit in ranked if paths[hit[0]]]
    return [
        Match(
            rank=rank,
            photo_id=photo_id,
            path=os.fsdecode(paths[photo_id][0]),
            score=score,
            relevance=None,
            reasons=_reasons(wanted, paths[photo_id][0], tags.get(photo_id, [])),
            taken_at=taken[photo_id],
            other_paths=tuple(os.fsdecode(path) for path in paths[photo_id][1:]),
        )
        for rank, (photo_id, score) in enumerate(found, 1)
    ]


def _reasons(wanted: Wanted, path: bytes, tags: Collection[str]) -> tuple[str, ...]:
    """Why a photo is in an answer: the likeness that ranked it, and what else speaks for it."""
    reasons = [f"looks like “{wanted.words}”"] if wanted.words else []
    reasons += [f"looks like {name}" for name in wanted.photos]
    reasons += [f"fits “{text}”" for text in wanted.filters]
    asked = set(re.findall(r"\w+", wanted.words.lower()))
    reasons += [f"tagged “{tag}”" for tag in tags if asked & set(re.findall(r"\w+", tag.lower()))]
    name = os.fsdecode(path.rpartition(b"/")[2])
    in_name = sorted(asked & set(re.findall(r"[^\W\d_]{3,}", name.rpartition(".")[0].lower())))
    reasons += [f"file name has “{word}”" for word in in_name]
    return tuple(reasons)

"""Ranking photos by words or by another photo."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from photosearch.catalog import contents, curate, embeddings, places
from photosearch.catalog.database import Catalog
from photosearch.catalog.embeddings import StoredVectors
from photosearch.encoders.registry import EncoderFolder, vectors_name
from photosearch.errors import PhotoSearchError
from photosearch.search.alike import fold
from photosearch.search.relevance import JUDGED, Calibration, falling
from photosearch.search.threads import one_thread
from photosearch.vectors.opening import open_index

Floats = npt.NDArray[np.float32]

_SPARE = 80  # photos looked at beyond those that are shown, since some may be folded away


@dataclass(frozen=True)
class Part:
    """What one term of a query has to do with a photo: its text and weight, and the cosine."""

    text: str
    weight: float
    score: float


@dataclass(frozen=True)
class Match:
    """One photo of an answer. `score`: cosine of its vector with the query's, None where only
    filters were asked for; `relevance`: how likely it is what was meant, 0 to 1, None where that
    cannot be told (a photo was asked for, or the encoder is not calibrated); `parts`: of a query
    of several terms; `reasons`: why it is there, a sentence each; `other_paths`: further files
    with the same content; `folded`: ids of photos that show nearly the same picture."""

    rank: int
    photo_id: int
    path: str
    score: float | None
    relevance: float | None
    reasons: tuple[str, ...]
    taken_at: str | None
    other_paths: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    folded: tuple[int, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What was asked for, in the asker's terms: words, the names of photos, filters; and the terms
    with their vectors, where there are several. `looks`: photos were looked at (else only what is
    written of them was)."""

    words: str = ""
    photos: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    terms: tuple[tuple[str, float, Floats], ...] = ()
    looks: bool = True


@dataclass(frozen=True)
class Hit:
    """A photo that was found: its score, its relevance, its parts, what is folded under it."""

    photo_id: int
    score: float | None = None
    relevance: float | None = None
    parts: tuple[Part, ...] = ()
    folded: tuple[int, ...] = ()


class Searcher:
    """The vectors of one encoder in one library, ready to be searched; kept in step with the
    catalog at every search."""

    def __init__(self, catalog: Catalog, vectors: Path, encoder: EncoderFolder) -> None:
        self.encoder = encoder
        self._catalog = catalog
        name = vectors_name(encoder)
        self._source = StoredVectors(catalog, name)
        self.index = open_index(vectors, catalog.id, name, encoder.dimension, self._source)
        self._hidden: set[int] = set()
        self._changes: int | None = None  # of the catalog, when this was brought in step with it

    @one_thread()
    def nearest(
        self,
        queries: Sequence[Floats],
        top_k: int,
        wanted: Wanted,
        *,
        only: Collection[int] | None = None,
        without: Collection[int] = (),
        calibration: Calibration | None = None,
        folded: bool = True,
    ) -> list[Match]:
        """The `top_k` photos whose vectors are nearest to any of `queries` (unit, float32
        (dimension,)), of those that have a file to show, best first. `wanted` says for what the
        queries stand; `only`: ids of photos to look among (None: all), `without`: to leave out;
        `calibration` judges them; `folded`: near-duplicates come under the best of them.

        Raises PhotoSearchError (`nothing-indexed`) where the library holds no vector.
        """
        self.load()
        if not len(self.index):
            raise PhotoSearchError(
                "nothing-indexed",
                "No photo of this library can be searched yet",
                "Add photos with `photosearch index FOLDER`.",
            )
        hidden = self._hidden | set(without)
        searched = len(self.index) - len(hidden) if only is None else len(only)
        count = max(top_k + folded * _SPARE, JUDGED if calibration else 0)
        best: dict[int, float] = {}
        relevance: dict[int, float] = {}
        for query in queries:
            ids, scores = self.index.search(query, count, only=only, without=hidden)
            if not len(ids):
                continue
            for photo_id, score in zip(ids.tolist(), scores.tolist(), strict=True):
                best[photo_id] = max(score, best.get(photo_id, score))
            if calibration is not None:
                judged = calibration.judge(query, self.index.vectors_of(ids), max(1, searched))
                for photo_id, value in zip(ids.tolist(), judged.tolist(), strict=True):
                    relevance[photo_id] = max(value, relevance.get(photo_id, 0.0))
        ranked = sorted(best, key=lambda photo_id: (-best[photo_id], photo_id))[:count]
        if not ranked:
            return []
        if calibration is not None:  # which it does for one query; the best of several may rise
            values = falling(np.array([relevance[photo_id] for photo_id in ranked]))
            relevance = dict(zip(ranked, values.tolist(), strict=True))
        with self._catalog.read() as connection:
            kept = self._folded(connection, ranked) if folded else dict.fromkeys(ranked, ())
            shown = list(kept)[:top_k]
            hits = [
                Hit(
                    photo_id,
                    round(best[photo_id], 4),
                    round(relevance[photo_id], 3) if relevance else None,
                    parts,
                    kept[photo_id],
                )
                for photo_id, parts in zip(shown, self._parts(shown, wanted), strict=True)
            ]
            return matches_of(connection, hits, wanted)

    def _folded(self, connection: Connection, ranked: Sequence[int]) -> dict[int, tuple[int, ...]]:
        hashes_of = partial(contents.hashes_of, connection)
        return fold(ranked, self.index.vectors_of(ranked), hashes_of)

    def _parts(self, photo_ids: Sequence[int], wanted: Wanted) -> list[tuple[Part, ...]]:
        """What each term has to do with each photo; nothing where there is one term only."""
        if not wanted.terms or not photo_ids:
            return [()] * len(photo_ids)
        texts, weights, vectors = zip(*wanted.terms, strict=True)
        scores = self.index.vectors_of(photo_ids) @ np.stack(vectors).T
        return [
            tuple(
                Part(text, weight, round(score, 4))
                for text, weight, score in zip(texts, weights, row, strict=True)
            )
            for row in scores.tolist()
        ]

    def load(self) -> None:
        """Bring the vectors into memory, in step with the catalog; a search does it too."""
        changes = self._catalog.changes()
        if changes == self._changes:
            return
        self.index.update(self._source)
        with self._catalog.read() as connection:
            self._hidden = embeddings.hidden_photos(connection)
        self._changes = changes

    def rest(self) -> None:
        """Give a GPU's memory back until the next search."""
        self.index.rest()

    def vector_of(self, photo_id: int) -> Floats | None:
        """The stored vector of a photo, as a unit vector; None where it has none."""
        with self._catalog.read() as connection:
            stored = embeddings.vector_of(connection, vectors_name(self.encoder), photo_id)
        if stored is None:
            return None
        vector = np.frombuffer(stored, "<f2").astype(np.float32)
        unit: Floats = vector / np.linalg.norm(vector)
        return unit


def matches_of(connection: Connection, ranked: Sequence[Hit], wanted: Wanted) -> list[Match]:
    """What was found as an answer, in this order."""
    ids = [hit.photo_id for hit in ranked]
    paths = places.paths_of(connection, ids)
    taken = contents.taken_at(connection, ids)
    tags = curate.tags_of(connection, ids)
    found = [hit for hit in ranked if paths[hit.photo_id]]
    return [
        Match(
            rank,
            hit.photo_id,
            os.fsdecode(paths[hit.photo_id][0]),
            hit.score,
            hit.relevance,
            _reasons(wanted, paths[hit.photo_id][0], tags.get(hit.photo_id, [])),
            taken[hit.photo_id],
            tuple(os.fsdecode(path) for path in paths[hit.photo_id][1:]),
            hit.parts,
            hit.folded,
        )
        for rank, hit in enumerate(found, 1)
    ]


def _reasons(wanted: Wanted, path: bytes, tags: Collection[str]) -> tuple[str, ...]:
    """Why a photo is in an answer: the likeness that ranked it, and what else speaks for it."""
    reasons = [f"looks like “{wanted.words}”"] if wanted.words and wanted.looks else []
    reasons += [f"looks like {name}" for name in wanted.photos]
    reasons += [f"fits “{text}”" for text in wanted.filters]
    asked = set(re.findall(r"\w+", wanted.words.lower()))
    reasons += [f"tagged “{tag}”" for tag in tags if asked & set(re.findall(r"\w+", tag.lower()))]
    name = os.fsdecode(path.rpartition(b"/")[2])
    in_name = sorted(asked & set(re.findall(r"[^\W\d_]{3,}", name.rpartition(".")[0].lower())))
    reasons += [f"file name has “{word}”" for word in in_name]
    return tuple(reasons)

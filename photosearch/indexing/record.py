"""Writing down what was read and encoded: a batch is one transaction, rows and outcomes alike."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import numpy as np
from sqlalchemy import Connection

from photosearch.catalog import contents, embeddings
from photosearch.catalog.contents import FileState
from photosearch.catalog.database import Catalog
from photosearch.catalog.outcomes import (
    DONE,
    FAILED,
    SKIPPED,
    Outcome,
    Stage,
    Work,
    set_outcomes,
)
from photosearch.encoders.process import Encoded, View
from photosearch.encoders.registry import EncoderFolder
from photosearch.errors import from_os_error
from photosearch.indexing.describe import describe, place_of
from photosearch.indexing.stages import (
    CONTENT,
    METADATA,
    thumbnail_stage,
    tried_again,
    vector_stage,
)
from photosearch.media.read import Picture, Reading
from photosearch.media.readers import Failure
from photosearch.media.thumbnails import Thumbnails
from photosearch.paths import printable

MAX_ATTEMPTS = 3
"""Runs in which a file may crash its reader or outlast it before it is left alone."""


class Recorder:
    """Writes results to the catalog (and thumbnails to their cache)."""

    def __init__(
        self, catalog: Catalog, thumbnails: Thumbnails, encoder: EncoderFolder | None
    ) -> None:
        self._catalog = catalog
        self._thumbnails = thumbnails
        self._thumbnail = thumbnail_stage(thumbnails)
        self._encoder = encoder
        self._vector = vector_stage(encoder) if encoder else None
        self.vanished = 0
        """Files that went away between the scan and their reading."""

    @property
    def stages(self) -> list[Stage]:
        """The stages that every photo goes through."""
        return [CONTENT, METADATA, self._thumbnail, *([self._vector] if self._vector else [])]

    def readings(self, results: Iterable[tuple[Work, Reading | Failure]]) -> list[View]:
        """Record a batch of readings in one transaction; returns the pictures to encode: those of
        photos that have no vector yet, each once."""
        results = list(results)
        for _, result in results:
            if isinstance(result, Reading) and result.picture is not None:
                self._save_thumbnail(result.content, result.picture)
        views: dict[int, View] = {}
        places = {
            result.content: place_of(result.metadata)
            for _, result in results
            if isinstance(result, Reading)
        }
        with self._catalog.write() as connection:
            found: list[Outcome] = []
            for work, result in results:
                if isinstance(result, Failure):
                    self.vanished += result.code == "vanished"
                    _record_failure(connection, work, result)
                    continue
                photo_id = _record_content(connection, work, result)
                if photo_id is None:
                    continue
                place = places.get(result.content)
                set_outcomes(connection, describe(connection, photo_id, work, result, place))
                found += self._outcomes(photo_id, result)
                if result.picture is not None:
                    picture = result.picture
                    views[photo_id] = View(photo_id, picture.view_size, picture.view)
            set_outcomes(connection, found)
            if self._encoder is None:
                return []
            have = embeddings.have_vectors(connection, self._encoder.id, views)
        return [view for photo_id, view in views.items() if photo_id not in have]

    def vectors(self, batch: Encoded) -> None:
        """Record a batch of vectors, or why there are none, in one transaction."""
        assert self._encoder is not None and self._vector is not None
        rows: list[tuple[int, bytes]] = []
        found: list[Outcome] = []
        for number, view in enumerate(batch.views):
            if batch.vectors is None:
                stage = tried_again(self._vector)
                found.append(Outcome(view.photo_id, stage, FAILED, batch.reason))
                continue
            vector = batch.vectors[number].astype("<f2")
            if np.isfinite(vector).all():
                rows.append((view.photo_id, vector.tobytes()))
                found.append(Outcome(view.photo_id, self._vector, DONE))
            else:
                reason = "the encoder gave no usable vector"
                found.append(Outcome(view.photo_id, self._vector, FAILED, reason))
        with self._catalog.write() as connection:
            embeddings.add_vectors(connection, self._encoder.id, rows)
            set_outcomes(connection, found)

    def _outcomes(self, photo_id: int, reading: Reading) -> list[Outcome]:
        """What the stages that a decode serves did; a picture's vector is still to come."""
        if reading.picture is None and reading.problem is None:
            return []  # not asked for: only the metadata were lacking
        if reading.picture is not None:
            return [Outcome(photo_id, stage, DONE) for stage in (CONTENT, self._thumbnail)]
        others = [Outcome(photo_id, stage, SKIPPED, reading.problem) for stage in self.stages[2:]]
        return [Outcome(photo_id, CONTENT, FAILED, reading.problem), *others]

    def _save_thumbnail(self, content: bytes, picture: Picture) -> None:
        try:
            self._thumbnails.put(content, picture.thumbnail)
        except OSError as error:
            raise from_os_error(error, printable(error.filename or "thumbnails")) from error


def _record_content(connection: Connection, work: Work, reading: Reading) -> int | None:
    """The photo that the file now holds; None where its new bytes are no picture and it keeps
    showing the one it held."""
    picture = reading.picture
    if picture is None and reading.problem is None:
        return _known_content(connection, work, reading)
    state = FileState(reading.size, reading.mtime_ns, reading.inode)
    if (
        picture is None
        and work.changed
        and contents.keep_photo(connection, work.file_id, state, reading.problem or "")
    ):
        return None
    facts: dict[str, object] = {}
    turned: tuple[int, ...] = ()
    if picture is not None:
        facts = dataclasses.asdict(picture.facts)
        facts |= {"phash": picture.phash, "pixels": picture.pixels}
        turned = picture.turned
    return contents.record_content(
        connection, work.file_id, reading.content, state, facts, turned=turned
    )


def _known_content(connection: Connection, work: Work, reading: Reading) -> int | None:
    """The photo whose metadata were read, if its file still holds it; else it is read again."""
    photo_id = contents.photo_by_content(connection, reading.content)
    if photo_id is not None and photo_id == work.photo_id:
        return photo_id
    contents.mark_pending(connection, work.file_id)
    return None


def _record_failure(connection: Connection, work: Work, failure: Failure) -> None:
    """Note why a file could not be read. What another day may change (permissions, a disk's error,
    a file being written) is tried in every run; what harms its reader, a few times only."""
    if failure.code == "vanished":
        return  # the next scan says whether it is gone
    harmful = failure.code in ("crashed", "too-slow")
    tried = contents.attempts(connection, work.file_id) + 1
    give_up = not failure.transient or (harmful and tried >= MAX_ATTEMPTS)
    contents.record_problem(connection, work.file_id, failure.reason, give_up=give_up)

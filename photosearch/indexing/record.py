"""Writing down what was read and encoded: a batch is one transaction, rows and outcomes alike."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import numpy as np
from sqlalchemy import Connection

from photosearch.catalog import contents, embeddings
from photosearch.catalog.contents import FileState
from photosearch.catalog.database import Catalog
from photosearch.catalog.outcomes import DONE, FAILED, SKIPPED, Stage, Work, set_outcome
from photosearch.encoders.process import Encoded, View
from photosearch.encoders.registry import EncoderFolder
from photosearch.errors import from_os_error
from photosearch.indexing.stages import CONTENT, thumbnail_stage, vector_stage
from photosearch.media.read import Picture, Reading
from photosearch.media.readers import Failure
from photosearch.media.thumbnails import Thumbnails

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

    @property
    def stages(self) -> list[Stage]:
        """The stages that every photo goes through."""
        return [CONTENT, self._thumbnail, *([self._vector] if self._vector else [])]

    def readings(self, results: Iterable[tuple[Work, Reading | Failure]]) -> list[View]:
        """Record a batch of readings in one transaction; returns the pictures to encode: those of
        photos that have no vector yet, each once."""
        results = list(results)
        for _, result in results:
            if isinstance(result, Reading) and result.picture is not None:
                self._save_thumbnail(result.content, result.picture)
        views: dict[int, View] = {}
        with self._catalog.write() as connection:
            for work, result in results:
                if isinstance(result, Failure):
                    _record_failure(connection, work, result)
                    continue
                photo_id = self._record_reading(connection, work, result)
                if result.picture is not None:
                    picture = result.picture
                    views[photo_id] = View(photo_id, picture.view_size, picture.view)
            if self._encoder is None:
                return []
            have = embeddings.have_vectors(connection, self._encoder.id, views)
        return [view for photo_id, view in views.items() if photo_id not in have]

    def vectors(self, batch: Encoded) -> None:
        """Record a batch of vectors, or why there are none, in one transaction."""
        assert self._encoder is not None and self._vector is not None
        with self._catalog.write() as connection:
            if batch.vectors is None:
                for view in batch.views:
                    set_outcome(connection, view.photo_id, self._vector, FAILED, batch.reason)
                return
            rows = batch.vectors.astype("<f2")
            for view, vector in zip(batch.views, rows, strict=True):
                if np.isfinite(vector).all():
                    embeddings.add_vector(
                        connection, self._encoder.id, view.photo_id, vector.tobytes()
                    )
                    set_outcome(connection, view.photo_id, self._vector, DONE)
                else:
                    reason = "the encoder gave no usable vector"
                    set_outcome(connection, view.photo_id, self._vector, FAILED, reason)

    def _save_thumbnail(self, content: bytes, picture: Picture) -> None:
        try:
            self._thumbnails.put(content, picture.thumbnail)
        except OSError as error:
            raise from_os_error(error, "thumbnails") from error

    def _record_reading(self, connection: Connection, work: Work, reading: Reading) -> int:
        picture = reading.picture
        facts: dict[str, object] = {}
        if picture is not None:
            facts = dataclasses.asdict(picture.facts)
            facts |= {"phash": picture.phash, "pixels": picture.pixels}
        state = FileState(reading.size, reading.mtime_ns, reading.inode)
        turned = picture.turned if picture is not None else ()
        photo_id = contents.record_content(
            connection, work.file_id, reading.content, state, facts, turned=turned
        )
        if picture is not None:
            set_outcome(connection, photo_id, CONTENT, DONE)
            set_outcome(connection, photo_id, self._thumbnail, DONE)
        else:
            set_outcome(connection, photo_id, CONTENT, FAILED, reading.problem)
            for stage in self.stages[1:]:
                set_outcome(connection, photo_id, stage, SKIPPED, reading.problem)
        return photo_id


def _record_failure(connection: Connection, work: Work, failure: Failure) -> None:
    """Note why a file could not be read. What another day may change (permissions, a disk's error,
    a file being written) is tried in every run; what harms its reader, a few times only."""
    if failure.code == "vanished":
        return  # the next scan says whether it is gone
    harmful = failure.code in ("crashed", "too-slow")
    tried = contents.attempts(connection, work.file_id) + 1
    give_up = not failure.transient or (harmful and tried >= MAX_ATTEMPTS)
    contents.record_problem(connection, work.file_id, failure.reason, give_up=give_up)

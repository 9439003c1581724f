"""Writing down what was read and encoded: a batch is one transaction, rows and outcomes alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
from sqlalchemy import Connection

from photosearch.catalog import contents, embeddings, items
from photosearch.catalog.contents import FileState
from photosearch.catalog.database import Catalog
from photosearch.catalog.outcomes import (
    DONE,
    FAILED,
    SKIPPED,
    Outcome,
    Work,
    lacking,
    set_outcomes,
)
from photosearch.catalog.thumbnails import keep_thumbnails
from photosearch.encoders.process import Encoded, View
from photosearch.encoders.registry import EncoderFolder
from photosearch.errors import from_os_error
from photosearch.indexing.describe import describe, place_of
from photosearch.indexing.leases import PHOTO, Leases, leased
from photosearch.indexing.stages import (
    CONTENT,
    METADATA,
    all_stages,
    encoded_stages,
    thumbnail_stage,
    tried_again,
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
        self,
        catalog: Catalog,
        leases: Leases,
        thumbnails: Thumbnails,
        encoder: EncoderFolder | None = None,
        *,
        trunk: EncoderFolder | None = None,
        off: Collection[str] = (),
    ) -> None:
        """`leases`: of the run; `off`: kinds of stages (see `stages.SWITCHES`) that are not run."""
        self._catalog = catalog
        self._leases = leases
        self._thumbnails = thumbnails
        self._thumbnail = thumbnail_stage(thumbnails)
        self.stages = all_stages(thumbnails, encoder, trunk, off)
        """The stages that every photo goes through."""
        self._encoded = {
            name: stage
            for name, stage in encoded_stages(encoder, trunk).items()
            if stage in self.stages
        }
        self.vanished = 0
        """Files that went away between the scan and their reading."""

    def encodes(self, work: Work) -> bool:
        """Whether something may be left to encode of a file, once it is read."""
        names = {stage.name for stage in self._encoded.values()}
        return bool(names) and (work.photo_id is None or not names.isdisjoint(work.lacks))

    def readings(self, results: Iterable[tuple[Work, Reading | Failure]]) -> list[View]:
        """Record a batch of readings in one transaction; returns the pictures that are this run's
        to encode, each once, with what is still wanted of them."""
        results = list(results)
        if self._thumbnail in self.stages:
            for _, result in results:
                if isinstance(result, Reading) and result.picture is not None:
                    self._save_thumbnail(result.content, result.picture)
        pictures: dict[int, Picture] = {}
        places = {
            result.content: place_of(result.metadata)
            for _, result in results
            if isinstance(result, Reading)
        }
        with self._catalog.write() as connection:
            found: list[Outcome] = []
            touched: set[int] = set()
            for work, result in results:
                if isinstance(result, Failure):
                    self.vanished += result.code == "vanished"
                    _record_failure(connection, work, result)
                    self._leases.failed(leased(work))
                    continue
                photo_id = _record_content(connection, work, result)
                if photo_id is None:
                    continue
                touched.add(photo_id)
                if METADATA in self.stages:
                    place = places.get(result.content)
                    set_outcomes(connection, describe(connection, photo_id, work, result, place))
                found += self._outcomes(photo_id, result)
                if result.picture is not None:
                    pictures[photo_id] = result.picture
            set_outcomes(connection, found)
            if self._catalog.several and self._thumbnail in self.stages:
                made = {photo_id: picture.thumbnail for photo_id, picture in pictures.items()}
                keep_thumbnails(connection, made)
            items.settle(connection, items.files_of(connection, touched))
            lacks = lacking(connection, list(self._encoded.values()), pictures)
            mine = self._leases.keep(connection, lacks)
            read = {leased(work) for work, _ in results}
            self._leases.done(connection, read - {(PHOTO, photo_id) for photo_id in mine})
        return [
            View(photo_id, pictures[photo_id].view_size, pictures[photo_id].view, wanted)
            for photo_id, names in lacks.items()
            if photo_id in mine
            and (wanted := frozenset(n for n, s in self._encoded.items() if s.name in names))
        ]

    def encoded(self, batch: Encoded) -> None:
        """Record what was made of a batch, or why it was not, in one transaction."""
        rows: dict[str, list[tuple[int, bytes]]] = {name: [] for name in self._encoded}
        found: list[Outcome] = []
        for number, view in enumerate(batch.views):
            for name in view.wanted:
                stage = self._encoded[name]
                if name not in batch.made:
                    found.append(Outcome(view.photo_id, tried_again(stage), FAILED, batch.reason))
                    continue
                with np.errstate(over="ignore"):  # what fp16 cannot hold becomes infinite
                    numbers = batch.made[name][number].astype("<f2")
                if np.isfinite(numbers).all():
                    rows[name].append((view.photo_id, numbers.tobytes()))
                    found.append(Outcome(view.photo_id, stage, DONE))
                else:
                    reason = "the encoder gave no usable numbers"
                    found.append(Outcome(view.photo_id, stage, FAILED, reason))
        with self._catalog.write() as connection:
            for name, made in rows.items():
                embeddings.add_vectors(connection, name, made)
            set_outcomes(connection, found)
            self._leases.done(connection, {(PHOTO, view.photo_id) for view in batch.views})
        for outcome in found:
            if outcome.status == FAILED:
                self._leases.failed((PHOTO, outcome.photo_id))

    def not_encoded(self, photo_ids: Iterable[int]) -> None:
        """Leave photos for another run to encode."""
        left = {(PHOTO, photo_id) for photo_id in photo_ids}
        with self._catalog.write() as connection:
            self._leases.done(connection, left)
        for lease in left:
            self._leases.failed(lease)

    def _outcomes(self, photo_id: int, reading: Reading) -> list[Outcome]:
        """What the stages that a decode serves did; a picture's vector is still to come."""
        if reading.picture is None and reading.problem is None:
            return []  # not asked for: only the metadata were lacking
        others = [stage for stage in self.stages if stage not in (CONTENT, METADATA)]
        if reading.picture is not None:
            done = [CONTENT, self._thumbnail] if self._thumbnail in others else [CONTENT]
            return [Outcome(photo_id, stage, DONE) for stage in done]
        skipped = [Outcome(photo_id, stage, SKIPPED, reading.problem) for stage in others]
        return [Outcome(photo_id, CONTENT, FAILED, reading.problem), *skipped]

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
        facts = dict(vars(picture.facts))
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

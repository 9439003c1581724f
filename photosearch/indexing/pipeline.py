"""The pipeline: reader processes and the encoder process at work side by side, with bounded
look-ahead, every result recorded as it comes."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import wait

from photosearch.catalog.outcomes import Work
from photosearch.encoders.process import Encoded, EncoderProcess, View
from photosearch.encoders.registry import EncoderFolder
from photosearch.errors import PhotoSearchError
from photosearch.indexing.record import Recorder
from photosearch.indexing.stages import METADATA
from photosearch.media.read import Reading, view_side
from photosearch.media.readers import Failure, Job, Readers
from photosearch.progress import Note
from photosearch.settings import Settings

_COMMIT_SECONDS = 0.5
_COMMIT_READINGS = 64
_TELL_SECONDS = 0.5
_BATCHES_AHEAD = 4  # batches of decoded pictures that may wait for the encoder
_AHEAD = 128  # pictures that may wait for it in any case


class Pipeline:
    """Reads files and encodes their pictures. Use as a context manager: it ends its children."""

    def __init__(
        self,
        recorder: Recorder,
        encoder: EncoderFolder | None,
        trunk: EncoderFolder | None,
        settings: Settings,
    ) -> None:
        self.read = 0
        """Files finished by a reader so far (whatever came of it)."""
        self.new = 0
        """Of those, files that were not known before, or held something else."""
        self.to_encode = 0
        """Photos given to the encoder so far."""
        self.encoded = 0
        """Photos finished by the encoder so far."""
        self._recorder = recorder
        self._encoders = (encoder, trunk)
        self._encoding_works = True
        self._most = settings.encode_batch
        largest = max(folder.image_side if folder else 0 for folder in self._encoders)
        self._readers = Readers(settings, view_side(largest))
        self._process: EncoderProcess | None = None
        self._in_hand: dict[int, Work] = {}
        self._readings: list[tuple[Work, Reading | Failure]] = []
        self._committed = 0.0
        self._views: deque[View] = deque()
        self._again: deque[View] = (
            deque()
        )  # of a batch that failed: each alone, to find the culprit
        self._encoding: set[int] = set()  # photos in the two above or in the encoder's hands

    def __enter__(self) -> Pipeline:
        return self

    def __exit__(self, *_: object) -> None:
        self._readers.close()
        if self._process is not None:
            self._process.close()

    def process(self, work: Iterator[Work]) -> Iterator[Note | None]:
        """Do all of `work`. Yields after every commit, and twice a second where there is none (so
        that whoever pulls can pause or stop it): None, or a note where something is to be said.
        When it ends, everything is committed."""
        more = True
        yielded = time.monotonic()
        while more or self._in_hand or self._readings or self._encoding:
            while more and self._readers.wanting > 0 and self._room():
                item = next(work, None)
                if item is None:
                    more = False
                else:
                    self._in_hand[item.file_id] = item
                    self._readers.submit(_job(item))
                    if self._recorder.encodes(item):
                        self._start_encoder()  # loading it takes seconds, reading goes on
            self._wait()
            for job, result in self._readers.collect(0.0):
                self._readings.append((self._in_hand.pop(job.key), result))
            last = not more and not self._in_hand
            told = time.monotonic() - yielded > _TELL_SECONDS
            if self._readings and (last or self._due()):
                self._commit_readings()
                told = True
            try:
                told |= self._encode(flush=last and not self._readings)
            except PhotoSearchError as error:
                self._stop_encoding()
                yield Note("encoder-failed", str(error))
            if told:
                yield None
                yielded = time.monotonic()

    def _start_encoder(self) -> None:
        if self._process is None and self._encoding_works:
            self._process = EncoderProcess(*self._encoders, self._most)

    def _room(self) -> bool:
        waiting = len(self._in_hand) + len(self._readings) + len(self._encoding)
        batch = 0 if self._process is None else self._process.batch
        return waiting < max(_BATCHES_AHEAD * batch, _AHEAD)

    def _wait(self) -> None:
        """Wait a moment for whatever finishes first."""
        sources = self._readers.connections()
        if self._process is not None and not self._process.idle:
            sources.append(self._process.connection)
        if sources:
            wait(sources, 0.1)

    def _due(self) -> bool:
        late = time.monotonic() - self._committed > _COMMIT_SECONDS
        return late or len(self._readings) >= _COMMIT_READINGS

    def _commit_readings(self) -> None:
        views = self._recorder.readings(self._readings)
        self.read += len(self._readings)
        self.new += sum(
            isinstance(result, Reading) and work.photo_id is None for work, result in self._readings
        )
        self._readings.clear()
        self._committed = time.monotonic()
        if not self._encoding_works:
            self._recorder.not_encoded(view.photo_id for view in views)
            return
        for view in views:
            if view.photo_id not in self._encoding:  # another file with the same content
                self._encoding.add(view.photo_id)
                self.to_encode += 1
                self._views.append(view)

    def _encode(self, *, flush: bool) -> bool:
        """Keep the encoder busy and record what it finished; says whether anything was."""
        if self._process is None:
            if not self._views:
                return False
            self._start_encoder()
        assert self._process is not None
        while self._process.wanting > 0:
            if self._again:
                self._process.submit((self._again.popleft(),))
            elif len(self._views) >= self._process.batch or (flush and self._views):
                count = min(self._process.batch, len(self._views))
                self._process.submit(tuple(self._views.popleft() for _ in range(count)))
            else:
                break
        finished = self._process.collect(0.0)
        if finished is None:
            return False
        if not finished.whole and len(finished.views) > 1:
            self._again.extend(finished.views)
            return False
        self._record_encoded(finished)
        return True

    def _record_encoded(self, batch: Encoded) -> None:
        self._recorder.encoded(batch)
        self._encoding.difference_update(view.photo_id for view in batch.views)
        self.encoded += len(batch.views)

    def _stop_encoding(self) -> None:
        """Go on without an encoder that cannot be loaded: a later run makes the vectors."""
        if self._process is not None:
            self._process.close()
        self._process = None
        self._encoding_works = False
        self._recorder.not_encoded(self._encoding)
        self._views.clear()
        self._again.clear()
        self._encoding.clear()


def _job(work: Work) -> Job:
    """What a reader is to do. What a sidecar changed is read without decoding the picture."""
    decoded = work.lacks != {METADATA.name}
    return Job(work.file_id, work.path, work.changed, work.sidecars, decoded)

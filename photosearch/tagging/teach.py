"""Taught tags: the examples are what the user said, the heads a cache of what follows from them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from photosearch.catalog import tagged
from photosearch.catalog.database import Catalog
from photosearch.catalog.tagged import Head
from photosearch.encoders.registry import EncoderFolder, vectors_name
from photosearch.tagging.head import Background, Fitted, background, fit, quality, rows_of

Floats = npt.NDArray[np.float32]

SAMPLE = 2000
"""Photos of the library that stand for all of it."""

OFFERED = 6
"""Uncertain photos that are offered to be marked next."""

LEAST = 20
"""Photos of a library that can stand for anything."""


@dataclass(frozen=True)
class Lesson:
    """A taught tag: how many photos show it and do not, how well it works, and the photos (ids)
    of which it is least sure."""

    name: str
    shows: int
    others: int
    quality: str
    uncertain: tuple[int, ...] = ()


class Heads:
    """The heads of one library for the encoder in use."""

    def __init__(
        self,
        catalog: Catalog,
        encoder: EncoderFolder,
        encode_texts: Callable[[Sequence[str]], Floats],
    ) -> None:
        self._catalog = catalog
        self._encoder = encoder
        self._encode_texts = encode_texts

    def refresh(self) -> None:
        """Fit every head whose examples (or whose encoder) changed; forget those without any."""
        with self._catalog.read() as connection:
            said, known = tagged.examples(connection), tagged.heads(connection)
        for name in known.keys() - said.keys():
            with self._catalog.write() as connection:
                tagged.forget_head(connection, name)
        behind: Background | None = None
        for name, photos in said.items():
            stamp = self._stamp(photos)
            head = known.get(name)
            if head is not None and (head.encoder, head.stamp) == (self._encoder.id, stamp):
                continue
            behind = behind or self._background()
            if behind is None:
                return
            made = self._fit(name, stamp, photos, behind)
            if made is not None:
                with self._catalog.write() as connection:
                    tagged.set_head(connection, made)

    def all(self) -> list[Head]:
        """The heads that fit the encoder in use, by name."""
        with self._catalog.read() as connection:
            known = tagged.heads(connection)
        return [known[name] for name in sorted(known) if known[name].encoder == self._encoder.id]

    def fitted(self, head: Head) -> Fitted:
        """A stored head, ready for use."""
        numbers = np.frombuffer(head.numbers, "<f4")
        return Fitted(numbers[:-1], float(numbers[-1]), None)

    def uncertain(self, name: str) -> tuple[int, ...]:
        """Photos of the library's sample of which a tag's head is least sure, but no examples."""
        head = next((each for each in self.all() if each.name == name), None)
        if head is None:
            return ()
        with self._catalog.read() as connection:
            sample = tagged.sample_of(connection, vectors_name(self._encoder), SAMPLE)
            marked = {each for each, _, _ in tagged.examples(connection).get(name, ())}
        sure = self.fitted(head).confidences(rows_of([blob for _, blob in sample]))
        order = np.argsort(np.abs(sure - 0.5), kind="stable")
        ids = [sample[place][0] for place in order.tolist()]
        return tuple(photo_id for photo_id in ids if photo_id not in marked)[:OFFERED]

    def _background(self) -> Background | None:
        with self._catalog.read() as connection:
            sample = tagged.sample_of(connection, vectors_name(self._encoder), SAMPLE)
        if len(sample) < LEAST:
            return None
        return background(rows_of([blob for _, blob in sample]))

    def _fit(
        self,
        name: str,
        stamp: str,
        photos: Sequence[tuple[int, bytes, bool]],
        behind: Background,
    ) -> Head | None:
        with self._catalog.read() as connection:
            ids = [each for each, _, _ in photos]
            stored = tagged.stored(connection, vectors_name(self._encoder), ids)
        shows, others = (
            [stored[each] for each, _, is_it in photos if is_it == wanted and each in stored]
            for wanted in (True, False)
        )
        if not shows:
            return None
        empty = np.zeros((0, self._encoder.dimension), np.float32)
        words = self._encode_texts([name])[0]
        made = fit(rows_of(shows), rows_of(others) if others else empty, words, behind)
        numbers = np.append(made.weights, np.float32(made.bias)).astype("<f4")
        said = quality(made.auc, len(shows))
        return Head(name, self._encoder.id, stamp, numbers.tobytes(), said)

    def _stamp(self, photos: Sequence[tuple[int, bytes, bool]]) -> str:
        said = b"".join(content + bytes([is_it]) for _, content, is_it in photos)
        return hashlib.blake2b(said, digest_size=8).hexdigest()

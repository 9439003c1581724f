"""The *tags* stages of an indexing run: what the program finds by itself, and what it was taught.

What is left to do is what lacks the stage's outcome in its present version, which names all that
the tags depend on: networks, vocabulary, and for taught tags their examples.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from photosearch.catalog import tagged
from photosearch.catalog.database import Catalog
from photosearch.catalog.outcomes import DONE, Outcome, Stage, set_outcomes
from photosearch.catalog.tagged import TagRow
from photosearch.encoders.registry import EncoderFolder, features_name, vectors_name
from photosearch.progress import Event, Progress
from photosearch.tagging.head import rows_of
from photosearch.tagging.tagger import CLASSIFIER, LIKELY, ZERO_SHOT, Tag, Tagger
from photosearch.tagging.teach import Heads
from photosearch.vocabulary import folder

Floats = npt.NDArray[np.float32]

STAGE, TAUGHT = "tags", "taught"
_VERSION = "1"
_TOGETHER = 256  # photos in one transaction


@dataclass(frozen=True)
class Parts:
    """What the stages work with: the encoder whose features are stored for every photo, the one in
    use (None: not here), and how texts become vectors of that one."""

    catalog: Catalog
    trunk: EncoderFolder | None
    encoder: EncoderFolder | None
    encode_texts: Callable[[Sequence[str]], Floats]


def tag_photos(parts: Parts) -> Iterator[Event]:
    """Tag all photos that were not yet. Yields progress after every commit."""
    if parts.trunk is not None:
        yield from _find_tags(parts, parts.trunk)
    if parts.encoder is not None:
        yield from apply_taught(parts, parts.encoder)


def tags_stage(trunk: EncoderFolder, encoder: EncoderFolder | None) -> Stage:
    """The stage that finds tags by a trunk's features and the vectors of the encoder in use."""
    return Stage(STAGE, f"{_VERSION}:{trunk.id}:{_used(encoder)}:{_vocabulary()}")


def _find_tags(parts: Parts, trunk: EncoderFolder) -> Iterator[Event]:
    stage = tags_stage(trunk, parts.encoder)
    features = features_name(trunk)
    with parts.catalog.read() as connection:
        todo = tagged.untagged_by(connection, features, stage)
    if not todo:
        return
    yield Progress(STAGE, 0, len(todo))
    tagger = Tagger(trunk, parts.encoder)
    for start in range(0, len(todo), _TOGETHER):
        batch = todo[start : start + _TOGETHER]
        found = find_tags(parts, tagger, batch, LIKELY)
        rows = [
            TagRow(photo_id, tag.name, tag.source, trunk.id, tag.confidence)
            for photo_id, tags in found.items()
            for tag in tags
        ]
        with parts.catalog.write() as connection:
            tagged.replace_tags(connection, batch, (CLASSIFIER, ZERO_SHOT), rows)
            set_outcomes(connection, [Outcome(photo_id, stage, DONE) for photo_id in batch])
        yield Progress(STAGE, start + len(batch), len(todo))


def find_tags(
    parts: Parts, tagger: Tagger, photo_ids: Sequence[int], likely: float
) -> dict[int, list[Tag]]:
    """The tags of photos by what is stored of them; one without features is left out."""
    assert parts.trunk is not None
    with parts.catalog.read() as connection:
        features = tagged.stored(connection, features_name(parts.trunk), photo_ids)
        vectors = {}
        if tagger.uses_vectors and parts.encoder is not None:
            vectors = tagged.stored(connection, vectors_name(parts.encoder), photo_ids)
    found: dict[int, list[Tag]] = {}
    for both in (True, False):  # those with a vector, and those without
        ids = [each for each in photo_ids if each in features and (each in vectors) == both]
        if ids:
            beside = rows_of([vectors[each] for each in ids]) if both else None
            tags = tagger.tag(rows_of([features[each] for each in ids]), beside, likely)
            found |= dict(zip(ids, tags, strict=True))
    return found


def apply_taught(parts: Parts, encoder: EncoderFolder) -> Iterator[Event]:
    """Have the taught tags say what they know of photos that they were not asked about."""
    taught = Heads(parts.catalog, encoder, parts.encode_texts)
    taught.refresh()
    known = taught.all()
    stamps = "".join(f"{head.name}\0{head.stamp}\0" for head in known)
    stage = Stage(TAUGHT, f"{_VERSION}:{encoder.id}:{_short(stamps.encode())}")
    with parts.catalog.read() as connection:
        todo = tagged.untagged_by(connection, vectors_name(encoder), stage)
    if not todo:
        return
    yield Progress(TAUGHT, 0, len(todo))
    fitted = [(head.name, taught.fitted(head)) for head in known]
    for start in range(0, len(todo), _TOGETHER):
        batch = todo[start : start + _TOGETHER]
        with parts.catalog.read() as connection:
            vectors = tagged.stored(connection, vectors_name(encoder), batch)
        matrix = rows_of([vectors[each] for each in batch])
        rows = []
        for name, head in fitted:
            sure = head.confidences(matrix)
            rows += [
                TagRow(batch[place], name, TAUGHT, encoder.id, round(float(sure[place]), 2))
                for place in np.flatnonzero(sure >= LIKELY).tolist()
            ]
        with parts.catalog.write() as connection:
            tagged.replace_tags(connection, batch, (TAUGHT,), rows)
            set_outcomes(connection, [Outcome(photo_id, stage, DONE) for photo_id in batch])
        yield Progress(TAUGHT, start + len(batch), len(todo))


def _used(encoder: EncoderFolder | None) -> str:
    calibrated = encoder is not None and (folder() / f"{encoder.id}.npz").exists()
    return encoder.id if encoder is not None and calibrated else "-"


def _vocabulary() -> str:
    """Which vocabulary and calibrations: a stamp of their files."""
    files: list[Path] = sorted(folder().iterdir())
    return _short(b"".join(file.name.encode() + file.read_bytes() for file in files))


def _short(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=6).hexdigest()

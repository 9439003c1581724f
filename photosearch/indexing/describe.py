"""The metadata stage: writing down what a photo says of itself, in its file and its sidecars."""

from __future__ import annotations

import dataclasses

from sqlalchemy import Connection

from photosearch.catalog import facts
from photosearch.catalog.outcomes import DONE, FAILED, Outcome, Work
from photosearch.catalog.sidecars import forget_metadata_of
from photosearch.indexing.stages import METADATA, tried_again
from photosearch.media import gazetteer
from photosearch.media.facts import Metadata
from photosearch.media.gazetteer import Place
from photosearch.media.read import Reading


def place_of(metadata: Metadata) -> Place | None:
    """The place where a photo was taken, if it names none itself but says where that was."""
    if metadata.latitude is None or metadata.longitude is None:
        return None
    if metadata.city or metadata.region or metadata.country:
        return None
    return gazetteer.nearest(metadata.latitude, metadata.longitude)


def describe(
    connection: Connection, photo_id: int, work: Work, reading: Reading, place: Place | None
) -> list[Outcome]:
    """Record what a photo says. It counts only if the sidecars that were read are those which all
    of its files now have; else the stage is still to be run, with all of them."""
    present = facts.sidecars_of(connection, [photo_id]).get(photo_id, [])
    if [path for path, _, _ in present] != sorted(work.sidecars):
        forget_metadata_of(connection, [photo_id])
        return []
    values = dict(vars(reading.metadata))  # flat: a copy of each value is not needed
    keywords = values.pop("keywords")
    if place is not None:
        values |= dataclasses.asdict(place)
    facts.record_metadata(connection, photo_id, values, keywords)
    read = dict(zip(work.sidecars, reading.sidecars, strict=True))
    if any(read[path] != (size, mtime_ns) for path, size, mtime_ns in present):
        if None in read.values():
            stage = tried_again(METADATA)
            return [Outcome(photo_id, stage, FAILED, reading.sidecar_problem)]
        forget_metadata_of(connection, [photo_id])  # written just now: the next scan sees it
        return []
    if reading.sidecar_problem is not None:
        return [Outcome(photo_id, METADATA, FAILED, reading.sidecar_problem)]
    return [Outcome(photo_id, METADATA, DONE)]

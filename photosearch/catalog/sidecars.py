"""Sidecars: which photos are to be asked again, because a file beside them changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, select

from photosearch.catalog.schema import files, outcomes

METADATA = "metadata"
"""The stage that reads what photos and their sidecars say."""


@dataclass(frozen=True)
class Sidecar:
    """A sidecar beside a photo, as the folder listing shows it."""

    name: bytes
    size: int
    mtime_ns: int


def forget_metadata(connection: Connection, file_ids: Iterable[int]) -> None:
    """Have the metadata stage run again for the photos in those of these files that have a
    sidecar."""
    of_the_file = select(files.c.photo_id).where(
        files.c.id == bindparam("file_id"), files.c.sidecar.is_not(None)
    )
    rows = [{"file_id": file_id} for file_id in file_ids]
    if rows:
        statement = delete(outcomes).where(
            outcomes.c.stage == METADATA, outcomes.c.photo_id == of_the_file.scalar_subquery()
        )
        connection.execute(statement, rows)


def forget_metadata_of(connection: Connection, photo_ids: Sequence[int]) -> None:
    """Have the metadata stage run again for these photos."""
    connection.execute(
        delete(outcomes).where(outcomes.c.stage == METADATA, outcomes.c.photo_id.in_(photo_ids))
    )

"""Thumbnails in the database of a shared library: what one computer made, all others show.

A row is written with the outcome that says so, and goes with its photo; each computer keeps what it
has shown in a folder, too (see `media.thumbnails`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, ForeignKey, LargeBinary, MetaData, Table, exists, select

from photosearch.catalog.outcomes import DONE
from photosearch.catalog.portable import replace_rows
from photosearch.catalog.schema import outcomes, photos

if TYPE_CHECKING:
    from photosearch.catalog.database import Catalog

STAGE = "thumbnail"

thumbnails = Table(
    "thumbnails",
    MetaData(),  # a shared library alone has it
    Column("photo_id", ForeignKey(photos.c.id, ondelete="CASCADE"), primary_key=True),
    Column("jpeg", LargeBinary, nullable=False),
)


def keep_thumbnails(connection: Connection, made: Mapping[int, bytes]) -> None:
    """Keep thumbnails (JPEGs by photo id), in place of those that may be there."""
    if made:
        rows = [{"photo_id": photo_id, "jpeg": jpeg} for photo_id, jpeg in made.items()]
        replace_rows(connection, thumbnails, rows)


def kept_thumbnails(catalog: Catalog, contents: Sequence[bytes]) -> dict[bytes, bytes]:
    """The thumbnails that are kept of photos, by content hash."""
    query = select(photos.c.hash, thumbnails.c.jpeg).join_from(photos, thumbnails)
    with catalog.read() as connection:
        found = connection.execute(query.where(photos.c.hash.in_(contents)))
        return {row.hash: row.jpeg for row in found}


def forget_lost(catalog: Catalog) -> None:
    """Have thumbnails that were made and are not kept made again by the next run: those that a
    backup was made without, or that an older program made for one computer alone."""
    lost = (
        *(outcomes.c.stage == STAGE, outcomes.c.status == DONE),
        ~exists().where(thumbnails.c.photo_id == outcomes.c.photo_id),
    )
    with catalog.read() as connection:
        if connection.scalar(select(outcomes.c.photo_id).where(*lost).limit(1)) is None:
            return
    with catalog.write() as connection:
        connection.execute(outcomes.delete().where(*lost))

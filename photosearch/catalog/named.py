"""Photos by what is written of them: file name, folder, tags, title, caption, place. It is what can
be answered while the encoder is still being loaded."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, case, or_, select

from photosearch.catalog.embeddings import hidden_query
from photosearch.catalog.portable import name_has, text_has
from photosearch.catalog.schema import files, folders, photos, tags

_SHORTEST = 3  # letters: shorter words are in too many names
_MOST = 16  # words that are looked for


def words_of(text: str) -> list[str]:
    """The words of a text that are looked for."""
    found = (word.lower() for word in re.findall(r"[^\W_]+", text))
    return list(dict.fromkeys(word for word in found if len(word) >= _SHORTEST))[:_MOST]


def photos_named(
    connection: Connection, text: str, only: Collection[int] | None, most: int
) -> list[int]:
    """Ids of photos of which words of the text are written: those with most of the words first,
    then the newest. `only`: photos to look among (None: all). Case counts only in letters beyond
    those of English, as databases see it."""
    words = words_of(text)
    if not words:
        return []
    written = [case((photos.c.id.in_(_with(word)), 1), else_=0) for word in words]
    score: ColumnElement[int] = sum(written[1:], start=written[0])
    rows = connection.execute(
        select(photos.c.id)
        .where(score > 0, photos.c.width.is_not(None), photos.c.id.not_in(hidden_query()))
        .order_by(score.desc(), photos.c.taken_at.desc().nulls_last(), photos.c.id.desc())
        .limit(most if only is None else None)
    )
    found = [row.id for row in rows]
    return found if only is None else [each for each in found if each in only][:most]


def _with(word: str) -> CompoundSelect[Any]:
    """Selects the photos of which a word is written."""
    in_files = (
        select(files.c.photo_id)
        .join(folders, files.c.folder_id == folders.c.id)
        .where(
            files.c.photo_id.is_not(None),
            or_(name_has(files.c.name, word), name_has(folders.c.path, word)),
        )
    )
    columns = (photos.c.title, photos.c.caption, photos.c.city, photos.c.region, photos.c.country)
    in_photos = select(photos.c.id).where(or_(*(text_has(column, word) for column in columns)))
    in_tags = select(tags.c.photo_id).where(text_has(tags.c.name, word))
    return in_files.union(in_photos, in_tags)

"""What photos say of themselves: writing it down, and the sidecars that have a say in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete

from photosearch.catalog.places import absolute, from_roots, update_row
from photosearch.catalog.schema import files, folders, photos, roots, tags

FROM_FILE = "file"
"""The source of tags that are keywords in a photo's file or sidecar."""

_FORGET_KEYWORDS = delete(tags).where(
    tags.c.photo_id == bindparam("of"), tags.c.source == FROM_FILE
)
_SIDECARS = from_roots(
    *(files.c.photo_id, roots.c.path, folders.c.path, files.c.sidecar),
    *(files.c.sidecar_size, files.c.sidecar_mtime_ns),
).where(
    files.c.photo_id.in_(bindparam("of", expanding=True)),
    files.c.sidecar.is_not(None),
    files.c.missing_since.is_(None),
)


def record_metadata(
    connection: Connection, photo_id: int, values: Mapping[str, object], keywords: Iterable[str]
) -> None:
    """Write down what a photo says of itself: `values` are columns of `photos`, `keywords` become
    tags from the file, in place of those that were."""
    update_row(connection, photos, photo_id, **values)
    connection.execute(_FORGET_KEYWORDS, {"of": photo_id})
    rows = [
        {"photo_id": photo_id, "name": name, "source": FROM_FILE}
        for name in dict.fromkeys(keywords)
    ]
    if rows:
        connection.execute(tags.insert(), rows)


def sidecars_of(
    connection: Connection, photo_ids: Sequence[int]
) -> dict[int, list[tuple[bytes, int, int]]]:
    """The sidecars of each photo that has any, of all its files that are there: absolute path, size
    and time, by path."""
    rows = connection.execute(_SIDECARS, {"of": photo_ids})
    found: dict[int, set[tuple[bytes, int, int]]] = {}
    for photo_id, root, folder, name, size, mtime_ns in rows:
        found.setdefault(photo_id, set()).add((absolute(root, folder, name), size, mtime_ns))
    return {photo_id: sorted(sidecars) for photo_id, sidecars in found.items()}

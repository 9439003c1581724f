"""What photos say of themselves: writing it down, and the sidecars that have a say in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, update

from photosearch.catalog.places import absolute, from_roots
from photosearch.catalog.schema import files, folders, photos, roots, tags

FROM_FILE = "file"
"""The source of tags that are keywords in a photo's file or sidecar."""


def record_metadata(
    connection: Connection, photo_id: int, values: Mapping[str, object], keywords: Iterable[str]
) -> None:
    """Write down what a photo says of itself: `values` are columns of `photos`, `keywords` become
    tags from the file, in place of those that were."""
    connection.execute(update(photos).where(photos.c.id == photo_id).values(**values))
    from_file = (tags.c.photo_id == photo_id, tags.c.source == FROM_FILE)
    connection.execute(delete(tags).where(*from_file))
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
    rows = connection.execute(
        from_roots(
            *(files.c.photo_id, roots.c.path, folders.c.path, files.c.sidecar),
            *(files.c.sidecar_size, files.c.sidecar_mtime_ns),
        ).where(
            files.c.photo_id.in_(photo_ids),
            files.c.sidecar.is_not(None),
            files.c.missing_since.is_(None),
        )
    )
    found: dict[int, set[tuple[bytes, int, int]]] = {}
    for photo_id, root, folder, name, size, mtime_ns in rows:
        found.setdefault(photo_id, set()).add((absolute(root, folder, name), size, mtime_ns))
    return {photo_id: sorted(sidecars) for photo_id, sidecars in found.items()}

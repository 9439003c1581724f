"""Roots, folders and files: where photos lie, and bringing that in step with the disk."""

from __future__ import annotations

import functools
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    select,
    update,
)
from sqlalchemy import func as sql

from photosearch.catalog.schema import files, folders, photos, roots
from photosearch.catalog.shares import as_kept
from photosearch.catalog.sidecars import forget_metadata


@dataclass(frozen=True)
class Root:
    """A folder that the user gave to the program; `path` is absolute."""

    id: int
    path: bytes
    mounted: bool


@dataclass(frozen=True)
class Place:
    """A file that the catalog knows, and the photo in it (None while it was never read); of a RAW
    beside the JPEG of the same shot, the photo in that."""

    file_id: int
    size: int
    mtime_ns: int
    pending: bool
    photo_id: int | None
    content: bytes | None


class ListedSidecar(Protocol):
    """The XMP file beside a file that speaks of it, as a folder listing shows it."""

    @property
    def name(self) -> bytes: ...
    @property
    def size(self) -> int: ...
    @property
    def mtime_ns(self) -> int: ...


class Listed(ListedSidecar, Protocol):
    """A file as a folder listing shows it: a tuple of name, size, mtime_ns, and what is here, in
    this order, where it is to be compared with what is known as fast as can be."""

    @property
    def inode(self) -> int: ...
    @property
    def sidecar(self) -> ListedSidecar | None: ...
    @property
    def still(self) -> bytes | None: ...


@dataclass
class Changes:
    """What a scan found to be different from the catalog, to be applied in one transaction."""

    new: list[tuple[bytes, Listed]] = field(default_factory=list)
    changed: list[tuple[int, Listed]] = field(default_factory=list)
    back: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    sidecars: list[tuple[int, Listed]] = field(default_factory=list)
    stills: list[tuple[int, Listed]] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(map(len, self._kinds()))

    def _kinds(self) -> tuple[list[Any], ...]:
        return self.new, self.changed, self.back, self.gone, self.sidecars, self.stills

    def of_known(self) -> list[int]:
        """Ids of the files that were known before, and are not what they were."""
        listed = [*self.changed, *self.sidecars, *self.stills]
        return [*self.back, *self.gone, *(file_id for file_id, _ in listed)]

    def parts(self, size: int) -> Iterator[Changes]:
        """The same in parts of at most six times `size`."""
        for start in range(0, max(map(len, self._kinds())), size):
            yield Changes(*(kind[start : start + size] for kind in self._kinds()))


def now() -> str:
    """The time as the catalog writes it: UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def active_roots(connection: Connection) -> list[Root]:
    """The roots in use, by path."""
    rows = connection.execute(
        select(roots.c.id, roots.c.path, roots.c.mounted)
        .where(~roots.c.removed)
        .order_by(roots.c.path)
    )
    return [Root(*row) for row in rows]


def root_names(connection: Connection) -> set[bytes]:
    """What all roots are called, also those that were removed (see `shares.py`)."""
    return set(connection.scalars(select(as_kept(roots.c.path))))


def set_mounted(connection: Connection, root_id: int, mounted: bool) -> None:
    """Remember whether a root is a mount point now, when it can be seen."""
    connection.execute(update(roots).where(roots.c.id == root_id).values(mounted=mounted))


def present_file_counts(connection: Connection) -> dict[int, int]:
    """For each root id, how many files are there as far as is known."""
    rows = connection.execute(
        select(folders.c.root_id, sql.count())
        .join(files, files.c.folder_id == folders.c.id)
        .where(files.c.missing_since.is_(None))
        .group_by(folders.c.root_id)
    )
    return {row[0]: row[1] for row in rows}


def known_folders(connection: Connection, root_id: int) -> dict[bytes, int]:
    """Ids of the known folders of a root, by relative path."""
    rows = connection.execute(
        select(folders.c.path, folders.c.id).where(folders.c.root_id == root_id)
    )
    return {row[0]: row[1] for row in rows}


def compare_folder(
    connection: Connection,
    folder_id: int | None,
    path: bytes,
    listing: Sequence[Listed],
    changes: Changes,
    *,
    whole: bool = True,
) -> None:
    """Add to `changes` what differs between the catalog and the listing of one folder, by name.
    Where the listing is not `whole`, what is not in it is not gone."""
    if folder_id is not None and _as_listed(connection, folder_id, listing):
        return
    known: dict[bytes, Any] = {}
    if folder_id is not None:
        rows = connection.execute(
            select(
                *(files.c.name, files.c.id, files.c.size, files.c.mtime_ns, files.c.missing_since),
                *(files.c.still, files.c.sidecar, files.c.sidecar_size, files.c.sidecar_mtime_ns),
            ).where(files.c.folder_id == folder_id)
        )
        known = {row[0]: row for row in rows.all()}
    for entry in listing:
        row = known.pop(entry.name, None)
        if row is None:
            changes.new.append((path, entry))
            continue
        _, file_id, size, mtime_ns, missing_since, still, *sidecar = row  # quicker than by names
        if size != entry.size or mtime_ns != entry.mtime_ns:
            changes.changed.append((file_id, entry))
            continue
        if missing_since is not None:
            changes.back.append(file_id)
        if still != entry.still and (whole or entry.still is not None):
            changes.stills.append((file_id, entry))
        beside = entry.sidecar
        if beside is None:
            differs = whole and sidecar[0] is not None
        else:
            differs = sidecar != [beside.name, beside.size, beside.mtime_ns]
        if differs:
            changes.sidecars.append((file_id, entry))
    if whole:
        changes.gone.extend(row.id for row in known.values() if row.missing_since is None)


_PLAIN = (
    select(
        *(files.c.name, files.c.size, files.c.mtime_ns, files.c.inode),
        *(files.c.sidecar, files.c.still),
    )
    .where(files.c.folder_id == bindparam("folder_id"), files.c.missing_since.is_(None))
    .order_by(files.c.name)
)


def _as_listed(connection: Connection, folder_id: int, listing: Sequence[Listed]) -> bool:
    """Whether nothing has changed in a folder without sidecars, as in nearly every folder of every
    run: told by one comparison of all rows, as the driver gives them, with all that is listed,
    several times as fast as file by file (see `compare_folder`)."""
    cursor = connection.execute(_PLAIN, {"folder_id": folder_id}).cursor
    return cursor is not None and cursor.fetchall() == list(listing)


def files_of_folders(connection: Connection, folder_ids: Iterable[int]) -> list[int]:
    """Ids of the files of some folders that are not yet known to be missing."""
    found: list[int] = []
    for folder_id in folder_ids:
        found += connection.scalars(
            select(files.c.id).where(
                files.c.folder_id == folder_id, files.c.missing_since.is_(None)
            )
        )
    return found


def apply_changes(
    connection: Connection, root_id: int, known: dict[bytes, int], changes: Changes
) -> None:
    """Write what a scan found. `known` (see `known_folders`) gets the ids of new folders."""
    for path, _ in changes.new:
        if path not in known:
            known[path] = insert_row(connection, folders, root_id=root_id, path=path)
    one_file = update(files).where(files.c.id == bindparam("file_id"))
    fresh = {"pending": True, "problem": None, "attempts": 0, "missing_since": None}
    new = [{"folder_id": known[path], **_state(entry), **fresh} for path, entry in changes.new]
    changed = [{"file_id": file_id, **_state(entry), **fresh} for file_id, entry in changes.changed]
    moment = now()
    back = [{"file_id": file_id, "missing_since": None} for file_id in changes.back]
    gone = [{"file_id": file_id, "missing_since": moment} for file_id in changes.gone]
    sidecars = [
        {"file_id": file_id, **_sidecar_state(entry)} for file_id, entry in changes.sidecars
    ]
    stills = [{"file_id": file_id, "still": entry.still} for file_id, entry in changes.stills]
    beside = [file_id for file_id, _ in changes.changed + changes.sidecars]
    forget_metadata(connection, [*beside, *changes.back, *changes.gone])
    for statement, rows in (
        *((files.insert(), new), (one_file, changed)),
        *((one_file, back + gone), (one_file, sidecars), (one_file, stills)),
    ):
        if rows:
            connection.execute(statement, rows)
    forget_metadata(connection, beside)


def _state(entry: Listed) -> dict[str, object]:
    return {
        "name": entry.name,
        "size": entry.size,
        "mtime_ns": entry.mtime_ns,
        "inode": entry.inode,
        "still": entry.still,
        **_sidecar_state(entry),
    }


def _sidecar_state(entry: Listed) -> dict[str, object]:
    beside = entry.sidecar
    return {
        "sidecar": beside.name if beside else None,
        "sidecar_size": beside.size if beside else None,
        "sidecar_mtime_ns": beside.mtime_ns if beside else None,
    }


# Statements for single rows are made once, and values are given when they are run: building one
# anew, for each of a few rows a photo, takes several times as long as what SQLite does with it.


def insert_row(connection: Connection, table: Table, **values: object) -> int:
    """Insert one row and return its integer key."""
    key = connection.execute(_insert(table), values).inserted_primary_key
    assert key is not None
    return int(key[0])


def update_row(connection: Connection, table: Table, row_id: int, **values: object) -> None:
    """Set columns of the row with this `id`."""
    connection.execute(_update(table), {**values, "row_id": row_id})


@functools.cache
def _insert(table: Table) -> Insert:
    return table.insert()


@functools.cache
def _update(table: Table) -> Update:
    return table.update().where(table.c.id == bindparam("row_id"))


def find_file(connection: Connection, path: bytes) -> Place | None:
    """The file at an absolute path, as the innermost root knows it that has seen it there (else
    as one does that misses it); None where no root knows it."""
    missing = None
    for root in sorted(active_roots(connection), key=lambda root: len(root.path), reverse=True):
        inside = relative_to(root.path, path)
        if not inside:
            continue
        folder, _, name = inside.rpartition(b"/")
        row = connection.execute(
            select(
                files.c.id,
                files.c.size,
                files.c.mtime_ns,
                files.c.pending,
                photos.c.id,
                photos.c.hash,
                files.c.missing_since,
            )
            .join(folders, files.c.folder_id == folders.c.id)
            .outerjoin(photos, photos.c.id == sql.coalesce(files.c.companion_of, files.c.photo_id))
            .where(folders.c.root_id == root.id, folders.c.path == folder, files.c.name == name)
        ).first()
        if row is not None and row.missing_since is None:
            return Place(*row[:-1])
        if row is not None and missing is None:
            missing = Place(*row[:-1])
    return missing


def from_roots(*columns: ColumnElement[Any]) -> Select[Any]:
    """Selects columns of the files in the roots in use, with their folders and roots."""
    return (
        select(*columns)
        .select_from(files)
        .join(folders, files.c.folder_id == folders.c.id)
        .join(roots, and_(folders.c.root_id == roots.c.id, ~roots.c.removed))
    )


_PATHS = (
    from_roots(files.c.photo_id, roots.c.path, folders.c.path, files.c.name)
    .where(
        files.c.photo_id.in_(bindparam("photo_ids", expanding=True)),
        files.c.missing_since.is_(None),
    )
    .order_by(files.c.id)
)


def paths_of(connection: Connection, photo_ids: Collection[int]) -> dict[int, list[bytes]]:
    """Absolute paths of the files that hold each photo, as far as they are known to be there."""
    found: dict[int, list[bytes]] = {photo_id: [] for photo_id in photo_ids}
    for photo_id, *parts in connection.execute(_PATHS, {"photo_ids": list(found)}):
        found[photo_id].append(absolute(*parts))
    return found


def absolute(root: bytes, folder: bytes, name: bytes) -> bytes:
    """The absolute path of a file from its three parts."""
    return b"/".join((root.rstrip(b"/"), *(part for part in (folder, name) if part))) or b"/"


def relative_to(root: bytes, path: bytes) -> bytes | None:
    """`path` relative to `root` (b"" for the root itself), None where it lies outside."""
    if path == root:
        return b""
    head = root.rstrip(b"/") + b"/"
    return path[len(head) :] if path.startswith(head) else None


def as_stored(path: str | os.PathLike[str]) -> bytes:
    """An absolute path in the form in which the catalog stores it: bytes, `/` between parts."""
    stored = os.fsencode(os.path.abspath(path))
    return stored.replace(os.sep.encode(), b"/") if os.sep != "/" else stored

"""The duplicates of one library: its groups, what the user says of them, and their removal."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection

from photosearch import removal as moving
from photosearch.catalog import pairs, said_pairs
from photosearch.catalog.database import Catalog
from photosearch.catalog.outcomes import Stage
from photosearch.catalog.places import active_roots, as_stored, find_file, relative_to
from photosearch.duplicates import removal, stage
from photosearch.duplicates.best import RULES, Judge, check_rules
from photosearch.duplicates.groups import Group, make_groups, marks
from photosearch.duplicates.kinds import KINDS
from photosearch.errors import PhotoSearchError
from photosearch.media.thumbnails import Thumbnails
from photosearch.paths import printable
from photosearch.progress import Event
from photosearch.removal import Result
from photosearch.settings import Settings


class Duplicates:
    """What is twice in a library."""

    def __init__(
        self, catalog: Catalog, thumbnails: Thumbnails, vectors: Path, settings: Settings
    ) -> None:
        self._catalog = catalog
        self._thumbnails = thumbnails
        self._vectors = vectors
        self._settings = settings

    def find(self, features: tuple[str, Stage] | None) -> Iterator[Event]:
        """The *duplicates* stage of an indexing run. `features`: see `stage.Parts`."""
        yield from stage.find_pairs(
            stage.Parts(
                self._catalog, self._thumbnails, self._vectors, features, self._settings.workers
            )
        )

    def groups(self, kinds: Collection[str] = KINDS) -> list[Group]:
        """All groups of these kinds, by kind and by the path of what is kept.

        Raises PhotoSearchError (`unknown-kind`).
        """
        unknown = [kind for kind in kinds if kind not in KINDS]
        if unknown:
            raise PhotoSearchError(
                "unknown-kind",
                f"“{printable(unknown[0])}” is no kind of duplicates",
                f"There are: {', '.join(KINDS)}.",
            )
        with self._catalog.read() as connection:
            return self._groups(connection, kinds)[0]

    def _groups(
        self, connection: Connection, kinds: Collection[str], near: Path | None = None
    ) -> tuple[list[Group], Judge]:
        among = None
        if near is not None:
            among = pairs.connected(connection, self._file(connection, near)[1])
        live = list(pairs.live_pairs(connection, among))
        ends = {end for pair in live for end in (pair.photo_a, pair.photo_b)}
        ends.update(connection.scalars(pairs.in_several_files()) if among is None else among)
        copies = pairs.copies(connection, ends)
        judge = Judge(
            said_pairs.rules(connection), said_pairs.protected_folders(connection), marks(live)
        )
        return make_groups(live, copies, judge, kinds), judge

    # --- what the user says ---

    def keep(self, path: Path) -> None:
        """This file is to be kept of every group that it is in."""
        with self._catalog.write() as connection:
            stored, content = self._file(connection, path)
            near = pairs.neighbours(connection, content)
            said_pairs.keep(connection, content, stored, near, printable(path.name))

    def reject(self, first: Path, second: Path) -> None:
        """These two are no duplicates of each other, for good.

        Raises PhotoSearchError (`same-bytes`) where they hold the same bytes."""
        with self._catalog.write() as connection:
            _, one = self._file(connection, first)
            _, other = self._file(connection, second)
            if one == other:
                raise PhotoSearchError(
                    "same-bytes",
                    f"{printable(first.name)} and {printable(second.name)} hold the same bytes",
                    "Say which one to keep instead.",
                )
            said_pairs.reject(connection, [(one, other)], printable(first.name))

    def reject_group(self, group: Group) -> None:
        """No other of a group is a duplicate of what is kept in it, for good."""
        with self._catalog.write() as connection:
            found = {other.copy.content for other in group.others} - {group.keep.content}
            both = [(group.keep.content, other) for other in sorted(found)]
            name = printable(os.fsdecode(os.path.basename(group.file.path)))
            said_pairs.reject(connection, both, name)

    def rules(self) -> tuple[str, ...]:
        """The rules by which the best of a group is chosen, in order (see `best.RULES`)."""
        with self._catalog.read() as connection:
            said = said_pairs.rules(connection)
        return tuple(dict.fromkeys([*said, *RULES]))

    def set_rules(self, names: Sequence[str]) -> None:
        """Say which rules come first, in order; none: the order that holds by itself. Raises
        PhotoSearchError (`unknown-rule`)."""
        check_rules(names)
        with self._catalog.write() as connection:
            said_pairs.set_rules(connection, names)

    def protected(self) -> tuple[str, ...]:
        """The folders of which nothing is removed."""
        with self._catalog.read() as connection:
            return tuple(map(os.fsdecode, said_pairs.protected_folders(connection)))

    def protect(self, folder: Path, on: bool = True) -> None:
        """Never remove anything of a folder and those in it, or no longer so.

        Raises PhotoSearchError (`no-folder`) for one to protect that is neither there nor, on a
        disk that is away, of the library: a slip of the pen would protect nothing.
        """
        stored = as_stored(folder)
        with self._catalog.write() as connection:
            roots = (root.path for root in active_roots(connection))
            known = any(relative_to(root, stored) is not None for root in roots)
            if on and not folder.is_dir() and (folder.exists() or not known):
                raise PhotoSearchError(
                    "no-folder", f"{printable(folder)} is no folder", "Check the path."
                )
            said_pairs.protect(connection, stored, on)

    # --- removal ---

    def plan(self, chosen: Callable[[Group], bool], kinds: Collection[str]) -> Iterator[Result]:
        """What `remove` would do."""
        groups, judge = self._chosen(chosen, kinds)
        yield from removal.plan(self._catalog, groups, judge, self._max_bytes)

    def remove(
        self,
        chosen: Callable[[Group], bool],
        kinds: Collection[str],
        *,
        merge: bool = True,
        near: Path | None = None,
    ) -> Iterator[Result]:
        """Move the others of the groups that are `chosen` to the trash, and have what is kept take
        over what was said of them (unless not `merge`). See `removal.remove`. `near`: a file that
        all that is chosen hangs together with: it is quicker than to look at all groups."""
        moving.settle(self._catalog)
        groups, judge = self._chosen(chosen, kinds, near)
        yield from removal.remove(self._catalog, groups, judge, self._max_bytes, merge=merge)

    def undo(self) -> Iterator[Result]:
        """Bring back what was removed last."""
        yield from moving.undo(self._catalog)

    def _chosen(
        self, chosen: Callable[[Group], bool], kinds: Collection[str], near: Path | None = None
    ) -> tuple[list[Group], Judge]:
        with self._catalog.read() as connection:
            groups, judge = self._groups(connection, kinds, near)
        return [group for group in groups if chosen(group)], judge

    @property
    def _max_bytes(self) -> int:
        return self._settings.max_photo_megabytes << 20

    def _file(self, connection: Connection, path: Path) -> tuple[bytes, bytes]:
        """The stored path and the content of a file of the library."""
        for stored in (as_stored(path), as_stored(path.resolve())):
            place = find_file(connection, stored)
            if place is not None and place.content is not None:
                return stored, place.content
        raise PhotoSearchError(
            "not-in-library",
            f"{printable(path)} is not in the library",
            "Add its folder with `photosearch index FOLDER`.",
        )

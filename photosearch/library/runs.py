"""Indexing: its runs, stages and folders, what is twice, and what could not be read."""

from __future__ import annotations

import functools
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from photosearch.catalog import (
    browse,
    curate,
    outcomes,
    places,
    shares,
)
from photosearch.catalog.outcomes import Problem
from photosearch.catalog.thumbnails import forget_lost
from photosearch.encoders.registry import (
    features_name,
    no_encoder,
)
from photosearch.errors import PhotoSearchError
from photosearch.indexing.board import Board, Running
from photosearch.indexing.control import Control
from photosearch.library.placing import place_root
from photosearch.media.excludes import excluder, tidy_pattern
from photosearch.paths import cannot_read, printable
from photosearch.progress import Done, Event, Note

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from photosearch.duplicates.album import Duplicates
    from photosearch.indexing.targets import Target

from photosearch.library.tagging import Tagging


@dataclass(frozen=True)
class Status:
    """`run`: what goes on now; `photos` that can be shown; `todo`: files and photos that the next
    run has to do with, as far as is known; `problems`: files that could not be indexed whole;
    `stages`: for each how many photos have each outcome; `off`: kinds of stages switched off."""

    run: Running | None
    photos: int
    todo: int
    problems: int
    stages: dict[str, dict[str, int]]
    off: tuple[str, ...]


class Runs(Tagging):
    """Indexing: its runs, stages and folders, what is twice, and what could not be read."""

    def index(
        self,
        paths: Sequence[Path] = (),
        control: Control | None = None,
        *,
        stages: Collection[str] | None = None,
    ) -> Iterator[Event]:
        """Add folders as roots and index them; without any, index all roots again.

        A folder inside a root is indexed as a part of it. `control` steers the run. `stages`: only
        these kinds of stages are run (of those that are on); without `content` among them, nothing
        is looked for on the disk. Yields progress values, Done last (see `indexing.run`). Raises
        PhotoSearchError (`not-found`, `no-folder`, `no-roots`, `unknown-stage`, …).
        """
        from photosearch.indexing.stages import KINDS
        from photosearch.indexing.targets import find_targets  # what only a run needs: then

        for path in paths:
            _check_folder(path)
        for name in stages or ():
            _check_stage(name, KINDS)
        targets = find_targets(self.catalog, paths)
        if not targets:
            raise PhotoSearchError(
                "no-roots",
                "No folder has been added to this library yet",
                "Add one with `photosearch index FOLDER`.",
            )
        if self.catalog.several:
            forget_lost(self.catalog)
        yield from self._run(targets, control or Control(), None if stages is None else {*stages})

    def watch(self, paths: Sequence[Path] = (), control: Control | None = None) -> Iterator[Event]:
        """As `index`, and then follow all roots: what changes in them is indexed as it happens,
        until `control` stops it. Yields a Done after every run."""
        from photosearch.indexing.reach import reachable
        from photosearch.indexing.watch import Watcher

        control = control or Control()
        seen = functools.partial(reachable, self.catalog)
        with Watcher(self.settings.watch_poll_seconds, seen) as watcher:
            yield from watcher.follow(self._roots())
            yield from self.index(paths, control)
            targets: list[Target] = []
            while not control.stopped:
                yield from watcher.follow(self._roots())
                excluded = excluder(self.excluded())
                found = watcher.wait(control, excluded, self.settings.watch_poll_seconds)
                targets += [target for target in found if target not in targets]
                if control.paused:
                    control.wait(1.0)
                if not targets or control.stopped or control.paused:
                    continue
                try:
                    yield from self._run(targets, control)
                except PhotoSearchError as error:
                    if error.code != "indexer-running":
                        raise
                    control.wait(1.0)  # another run is at work: then again
                else:
                    targets = []

    def _roots(self) -> list[places.Root]:
        with self.catalog.read() as connection:
            return places.active_roots(connection)

    def _run(
        self, targets: Sequence[Target], control: Control, only: Collection[str] | None = None
    ) -> Iterator[Event]:
        from photosearch.indexing.run import Parts, run
        from photosearch.indexing.stages import SWITCHES
        from photosearch.indexing.throttle import on_battery, spared

        roots = self._roots()
        encoder = self.encoder_folder()
        if encoder is None:
            missing = no_encoder(self.catalog.setting("encoder"))
            yield Note("no-encoder", f"{missing} Everything but searching is done meanwhile.")
        off = self.stages_off()
        if only is not None:
            off |= frozenset(SWITCHES).difference(only)
        parts = Parts(
            self.catalog,
            self.thumbnails,
            self.vectors_folder,
            encoder,
            self.trunk(),
            spared(self.settings) if on_battery() else self.settings,
            off,
            only is not None and "content" not in only,
            [
                *([] if "duplicates" in off else [self._find_duplicates]),
                *([] if "tags" in off else [self.tags.find]),
            ],
        )
        reached = {target.root.id for target in targets}
        whole = "vector" not in off and {root.id for root in roots} <= reached
        for event in run(parts, targets, [root.path for root in roots], control):
            if isinstance(event, Note) and event.code == "encoder-failed":
                whole = False
            if isinstance(event, Done) and whole and encoder is not None:
                self.filled(encoder)
            yield event

    def status(self) -> Status:
        """How far the library is, and the run that goes on in it."""
        from photosearch.indexing.stages import all_stages

        encoder, off = self.encoder_folder(), self.stages_off()
        stages = all_stages(self.thumbnails, encoder, self.trunk(), off)
        with self.catalog.read() as connection:
            root_ids = [root.id for root in places.active_roots(connection)]
            return Status(
                self.indexing(),
                browse.count_shown(connection),
                outcomes.count_work(connection, stages, root_ids),
                len(outcomes.problems(connection, root_ids)),
                outcomes.stage_counts(connection),
                tuple(sorted(off)),
            )

    def problems(self) -> list[Problem]:
        """The files that are there but could not be indexed whole, by path."""
        with self.catalog.read() as connection:
            root_ids = [root.id for root in places.active_roots(connection)]
            return outcomes.problems(connection, root_ids)

    def try_again(self, paths: Sequence[Path] | None = None) -> int:
        """Have the next run read problem files again, also those that were given up: these, or all;
        returns how many."""
        given = None if paths is None else {os.fsencode(path) for path in paths}
        with self.catalog.write() as connection:
            root_ids = [root.id for root in places.active_roots(connection)]
            return outcomes.try_again(connection, root_ids, given)

    def _find_duplicates(self) -> Iterator[Event]:
        from photosearch.indexing.stages import features_stage

        trunk = self.trunk()
        features = None
        if trunk is not None and "features" not in self.stages_off():
            features = features_name(trunk), features_stage(trunk)
        return self.duplicates.find(features)

    @functools.cached_property
    def duplicates(self) -> Duplicates:
        """What is twice in the library, and cleaning it up."""
        from photosearch.duplicates.album import Duplicates  # only who cleans up waits for it

        return Duplicates(self.catalog, self.thumbnails, self.vectors_folder, self.settings)

    def indexing(self) -> Running | None:
        """The indexing run that goes on in this library, whoever started it; None where there is
        none."""
        return Board(self.folder).running()

    def steer_indexer(self, word: str) -> bool:
        """Tell the run that goes on `pause`, `resume` or `stop`; False where there is none."""
        return Board(self.folder).tell(word)

    def stages_off(self) -> frozenset[str]:
        """The kinds of stages that are switched off in this library (see `stages.SWITCHES`)."""
        said = self.catalog.setting("stages off") or ""
        return frozenset(name for name in said.split(",") if name)

    def switch_stage(self, name: str, on: bool) -> None:
        """Switch a kind of stage on or off; what was made by it stays. Raises PhotoSearchError
        (`unknown-stage`)."""
        from photosearch.indexing.stages import SWITCHES

        _check_stage(name, SWITCHES)
        off = self.stages_off() - {name} if on else self.stages_off() | {name}
        self.catalog.set_setting("stages off", ",".join(sorted(off)))

    def roots(self) -> list[tuple[str, int, bool]]:
        """The roots: path, the number of photo files known to be there, and whether the folder can
        be seen now."""
        from photosearch.indexing.reach import reachable

        with self.catalog.read() as connection:
            counts = places.present_file_counts(connection)
            found = places.active_roots(connection)
        return [
            (os.fsdecode(root.path), counts.get(root.id, 0), reachable(self.catalog, root))
            for root in found
        ]

    def root_names(self) -> dict[str, str]:
        """What the library calls those of its roots that lie elsewhere on this computer, by where
        they lie here."""
        with self.catalog.read() as connection:
            named = shares.of(connection).named
            found = [root.path for root in places.active_roots(connection)]
        return {os.fsdecode(p): os.fsdecode(named(p)) for p in found if named(p) != p}

    def place_root(self, name: Path, path: Path | None, *, sure: bool = False) -> str:
        """Say where a root of a shared library lies on this computer (None: where its name says);
        `sure`: the next run takes what is there for what it is, whatever the library knows. Returns
        where it lies now.

        Raises PhotoSearchError: `not-shared`, `unknown-root`; `place-taken` where another root lies
        there; `not-these-photos` where not half of the photos that are known in it are there.
        """
        if path is not None:
            _check_folder(path)
        return os.fsdecode(place_root(self.catalog, name, path, sure=sure))

    def remove_root(self, path: Path) -> None:
        """Take a root out of the library (undo, or adding it again, brings all of it back)."""
        with self.catalog.write() as connection:
            curate.remove_root(connection, _root_path(connection, path))

    def relocate_root(self, old: Path, new: Path) -> None:
        """Say where a root's folder lies now. Raises PhotoSearchError where it is not there."""
        _check_folder(new)
        with self.catalog.write() as connection:
            curate.relocate_root(connection, _root_path(connection, old), places.as_stored(new))

    def exclude(self, pattern: str, on: bool = True) -> str:
        """Leave files and folders out of all roots, or no longer (see `media.excludes`); the next
        run acts on it, and nothing is forgotten. Returns the pattern as it is kept. Raises
        PhotoSearchError (`bad-pattern`)."""
        kept = tidy_pattern(pattern)
        with self.catalog.write() as connection:
            if not on and kept not in curate.excluded(connection):
                raise PhotoSearchError("bad-pattern", f"{printable(kept)} is not left out")
            curate.exclude(connection, kept, on)
        return kept

    def excluded(self) -> list[str]:
        """The patterns of what is left out."""
        with self.catalog.read() as connection:
            return curate.excluded(connection)


def _root_path(connection: Connection, path: Path) -> bytes:
    """The stored path of the root that `path` names; one that came by an import from another
    system is named as `roots list` shows it."""
    given = os.fsencode(path)
    known = [root.path for root in places.active_roots(connection)]
    return given if given in known else places.as_stored(path)


def _check_stage(name: str, kinds: Sequence[str]) -> None:
    """Raise PhotoSearchError unless it is a kind of stages."""
    if name not in kinds:
        raise PhotoSearchError(
            "unknown-stage",
            f"There is no stage {printable(name)} that can be chosen",
            f"There are: {', '.join(kinds)}.",
        )


def _check_folder(path: Path) -> None:
    """Raise PhotoSearchError unless `path` is a folder that can be listed."""
    try:
        os.scandir(path).close()
    except NotADirectoryError:
        raise PhotoSearchError(
            "no-folder", f"{printable(path)} is a file, not a folder", "Give the folder it is in."
        ) from None
    except (OSError, ValueError) as error:
        raise cannot_read(path, error) from error

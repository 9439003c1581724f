"""The library: the one door to everything the program does with one catalog of photos."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photosearch import __version__, removal
from photosearch.catalog import (
    about,
    albums,
    arrange,
    browse,
    contents,
    curate,
    facets,
    outcomes,
    places,
    purge,
    searches,
    suggest,
    tagged,
    words,
)
from photosearch.catalog.about import About
from photosearch.catalog.arrange import Group
from photosearch.catalog.browse import PhotoRow
from photosearch.catalog.database import Catalog
from photosearch.catalog.digest import Digest, digest
from photosearch.catalog.facets import Facets
from photosearch.catalog.outcomes import Problem
from photosearch.catalog.pairs import Copy, CopyFile
from photosearch.catalog.purge import Gone
from photosearch.catalog.suggest import Suggestions
from photosearch.catalog.tagged import TagRow
from photosearch.encoders.offers import Offer, offers, remove
from photosearch.encoders.registry import (
    EncoderFolder,
    features_name,
    find_encoder,
    find_network,
    find_trunk,
    no_encoder,
)
from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.indexing.board import Board, Running
from photosearch.indexing.control import Control
from photosearch.media.excludes import excluder, tidy_pattern
from photosearch.media.thumbnails import Thumbnails
from photosearch.paths import cannot_read, printable
from photosearch.progress import Event, Note
from photosearch.settings import Settings

if TYPE_CHECKING:
    from PIL.Image import Image
    from sqlalchemy import Connection

    from photosearch.duplicates.album import Duplicates
    from photosearch.explain.explainer import Explainer, Photo
    from photosearch.explain.heat import Heat
    from photosearch.indexing.targets import Target
    from photosearch.media.pixels import Region
    from photosearch.media.previews import Preview, Previewer
    from photosearch.search.answers import Answer, Answers
    from photosearch.search.blend import Floats
    from photosearch.search.query import Match
    from photosearch.tagging.album import Tags
    from photosearch.tagging.teach import Lesson


CATALOG_FILE = "catalog.sqlite"


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


class Library:
    """An open library: a folder with the catalog and its caches. Use as a context manager."""

    def __init__(self, folder: Path, settings: Settings | None = None) -> None:
        """Open the library in `folder`, made where it is not there.

        Raises PhotoSearchError where it cannot be opened (see `Catalog`).
        """
        self.folder = folder
        self.settings = settings or Settings.load()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise from_os_error(error, f"the library folder {printable(folder)}") from error
        self.catalog = Catalog(folder / CATALOG_FILE)
        self.thumbnails = Thumbnails(folder / "thumbnails")
        self.vectors_folder = folder / "vectors"

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the catalog."""
        if "_explainer" in self.__dict__:  # else it was never needed
            self._explainer.close()
        self.catalog.close()

    # --- the encoder in use ---

    def encoder_folder(self) -> EncoderFolder | None:
        """The encoder in use: the one chosen for this library, else the first there is; None where
        it is not on this computer."""
        return find_encoder(self.catalog.setting("encoder"))

    def use_encoder(self, encoder_id: str) -> EncoderFolder:
        """Choose the encoder for this library, or the backbone that tags its photos; the next
        indexing run fills in its vectors, or its tags.

        Raises PhotoSearchError (`no-encoder`) where it is not on this computer.
        """
        folder = find_network(encoder_id)
        if folder is None:
            raise no_encoder(encoder_id)
        if folder.backbone is None:
            self.catalog.set_setting("encoder", encoder_id)
        if folder.beliefs is not None:
            self.catalog.set_setting("tagger", encoder_id)
        return folder

    def models(self) -> list[Offer]:
        """The models there are to choose from, here and for download."""
        return offers()

    def remove_model(self, name: str) -> bool:
        """Delete a downloaded model; whether there was one. Raises PhotoSearchError
        (`model-in-use` where this library uses it, `not-removable`, disk errors)."""
        used = (self.encoder_folder(), self.trunk())
        if any(each is not None and each.id == name for each in used):
            raise PhotoSearchError(
                "model-in-use",
                f"{name} is in use in this library",
                "Choose another one first.",
            )
        return remove(name)

    def trunk(self) -> EncoderFolder | None:
        """The network whose features are kept and which tags photos: the one chosen for this
        library, else the built-in one; None where neither is here."""
        return find_trunk(self.catalog.setting("tagger"))

    def needed_encoder(self) -> EncoderFolder:
        """The encoder in use. Raises PhotoSearchError (`no-encoder`) where it is not on this
        computer."""
        folder = self.encoder_folder()
        if folder is None:
            raise no_encoder(self.catalog.setting("encoder"))
        return folder

    # --- indexing ---

    def index(self, paths: Sequence[Path] = (), control: Control | None = None) -> Iterator[Event]:
        """Add folders as roots and index them; without any, index all roots again.

        A folder inside a root is indexed as a part of it. `control` steers the run. Yields progress
        values, Done last (see `indexing.run`). Raises PhotoSearchError (`not-found`, `no-folder`,
        `no-roots`, …).
        """
        from photosearch.indexing.targets import find_targets  # what only a run needs: then

        for path in paths:
            _check_folder(path)
        targets = find_targets(self.catalog, paths)
        if not targets:
            raise PhotoSearchError(
                "no-roots",
                "No folder has been added to this library yet",
                "Add one with `photosearch index FOLDER`.",
            )
        yield from self._run(targets, control or Control())

    def watch(self, paths: Sequence[Path] = (), control: Control | None = None) -> Iterator[Event]:
        """As `index`, and then follow all roots: what changes in them is indexed as it happens,
        until `control` stops it. Yields a Done after every run, and a note `watching`."""
        from photosearch.indexing.watch import Watcher

        control = control or Control()
        with Watcher(self.settings.watch_poll_seconds) as watcher:
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

    def _run(self, targets: Sequence[Target], control: Control) -> Iterator[Event]:
        from photosearch.indexing.run import Parts, run
        from photosearch.indexing.throttle import on_battery, spared

        roots = self._roots()
        encoder = self.encoder_folder()
        if encoder is None:
            missing = no_encoder(self.catalog.setting("encoder"))
            yield Note("no-encoder", f"{missing} Everything but searching is done meanwhile.")
        off = self.stages_off()
        parts = Parts(
            self.catalog,
            self.thumbnails,
            self.vectors_folder,
            encoder,
            self.trunk(),
            spared(self.settings) if on_battery() else self.settings,
            off,
            [
                *([] if "duplicates" in off else [self._find_duplicates]),
                *([] if "tags" in off else [self.tags.find]),
            ],
        )
        yield from run(parts, targets, [root.path for root in roots], control)

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

        if name not in SWITCHES:
            raise PhotoSearchError(
                "unknown-stage",
                f"There is no stage {printable(name)} that can be switched",
                f"There are: {', '.join(SWITCHES)}.",
            )
        off = self.stages_off() - {name} if on else self.stages_off() | {name}
        self.catalog.set_setting("stages off", ",".join(sorted(off)))

    # --- roots ---

    def roots(self) -> list[tuple[str, int, bool]]:
        """The roots: path, the number of photo files known to be there, and whether the folder can
        be seen now."""
        from photosearch.indexing.scan import reachable

        with self.catalog.read() as connection:
            counts = places.present_file_counts(connection)
            return [
                (os.fsdecode(root.path), counts.get(root.id, 0), reachable(root))
                for root in places.active_roots(connection)
            ]

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

    # --- searching ---

    @functools.cached_property
    def _answers(self) -> Answers:
        from photosearch.search.answers import Answers  # with the parser: only who searches waits

        return Answers(self.catalog, self.vectors_folder, self.settings, self.needed_encoder)

    def search(self, query: str, top_k: int = 20, *, folded: bool = True) -> Answer:
        """What a query in the language of `search.language` finds, best first; near-duplicates
        come `folded` under the best of them.

        Raises PhotoSearchError: see `search.answers`.
        """
        return self._answers.search(query, top_k, date.today(), folded=folded)

    def search_names(self, query: str, top_k: int = 20) -> Answer:
        """What a query finds by what is written of photos alone (names, tags, captions, places):
        an answer that needs no encoder, and is there at once."""
        from photosearch.search.answers import search_names

        return search_names(self.catalog, query, top_k, date.today())

    def similar(
        self, paths: Sequence[Path], top_k: int = 20, region: Region | None = None
    ) -> list[Match]:
        """The photos that look most like a photo (or, of several, like all of them), best first,
        without these. They need not be in the library. `region`: the part of the one photo that
        counts.

        Raises PhotoSearchError: `not-found`, `undecodable`, `no-encoder`, `nothing-indexed`.
        """
        return self._answers.similar(paths, top_k, region)

    def similar_to_all(self, photo_ids: Sequence[int], top_k: int = 20) -> list[Match]:
        """The photos that look most like several photos of the library (the mean of them), best
        first, without these.

        Raises PhotoSearchError: as `similar`; `not-in-library`.
        """
        paths = [self.photo_path(photo_id) for photo_id in photo_ids]
        return self._answers.similar(paths, top_k)

    def similar_to(
        self, photo_id: int, top_k: int = 20, region: Region | None = None
    ) -> list[Match]:
        """The photos that look most like a photo of the library (or a region of it), best first,
        without itself.

        Raises PhotoSearchError: as `similar`; `not-in-library`.
        """
        return self._answers.similar_to(photo_id, self.photo_path(photo_id), top_k, region)

    def suggest(self, text: str, cursor: int) -> Suggestions:
        """What the word at `cursor` of a query could go on as (see `catalog.suggest`)."""
        with self.catalog.read() as connection:
            return suggest.suggest(connection, text, cursor)

    def save_search(self, name: str, query: str) -> str:
        """Keep a query under a name; returns the name, tidied."""
        with self.catalog.write() as connection:
            return searches.save(connection, name, query)

    def remove_search(self, name: str) -> None:
        """Forget a saved search. Raises PhotoSearchError (`unknown-search`)."""
        with self.catalog.write() as connection:
            searches.remove(connection, name)

    def saved_searches(self) -> dict[str, str]:
        """The saved searches, by name."""
        with self.catalog.read() as connection:
            return searches.saved(connection)

    def saved_search(self, name: str) -> str:
        """The query that is saved under a name. Raises PhotoSearchError (`unknown-search`)."""
        with self.catalog.read() as connection:
            return searches.query_of(connection, name)

    def remember_search(self, query: str) -> None:
        """A query was asked, and may be suggested again."""
        with self.catalog.write() as connection:
            searches.remember(connection, query)

    def search_history(self) -> list[str]:
        """What was asked before in the window, the last first."""
        with self.catalog.read() as connection:
            return searches.history(connection)

    def forget_history(self) -> None:
        """Forget what was asked before."""
        with self.catalog.write() as connection:
            searches.forget(connection)

    def warm_up(self) -> tuple[str, str]:
        """Load what a search needs, so that the first one is quick; returns the encoder's name and
        the device it works on (cpu, cuda, mps).

        Raises PhotoSearchError (`no-encoder`, `broken-encoder`).
        """
        return self._answers.warm_up()

    # --- why a photo was found ---

    @functools.cached_property
    def _explainer(self) -> Explainer:
        from photosearch.explain.explainer import Explainer

        return Explainer(self.settings)

    def explain(self, photo: Path | int, words: str, terms: Sequence[str] = ()) -> list[Heat]:
        """Where a photo (its path, or its id in the library) shows what a query asks for: a heat
        map for the whole, then one for each of its phrases and words, or for each of `terms`.

        Raises PhotoSearchError: `no-words`, `no-maps`, and as `similar`, `similar_to`.
        """
        parts = self._answers.parts(words)
        if terms:
            parts = [*parts[:1], *(self._answers.text_part(term) for term in terms)]
        return self._explainer.explain(self._answers.encoder(), self._to_explain(photo), parts)

    def explain_likeness(self, photo: Path | int, other: int) -> list[Heat]:
        """Where a photo looks like another one of the library: a heat map. Raises as `explain`."""
        parts = [self._answers.photo_part(other, self.photo_path(other))]
        return self._explainer.explain(self._answers.encoder(), self._to_explain(photo), parts)

    def explain_tags(self, photo: Path | int, names: Sequence[str]) -> list[Heat]:
        """Where a photo shows tags that the encoder's classifiers know. Raises PhotoSearchError:
        `unknown-class`, and as `explain`."""
        encoder, shown = self._answers.encoder(), self._to_explain(photo)
        return self._explainer.explain_classes(encoder, shown, names)

    def picture_to_explain(self, photo: Path | int) -> Image:
        """The upright photo as its heat maps lie over it, small. Raises as `explain`."""
        return self._explainer.picture(self._answers.encoder(), self._to_explain(photo))

    def _to_explain(self, photo: Path | int) -> Photo:
        """A photo with what the catalog knows of it."""
        from photosearch.explain.explainer import Photo

        known = self._answers.unchanged_photo(photo) if isinstance(photo, Path) else photo
        if known is not None:
            row = self._row(known)
            return Photo(row.path, row.content, self._answers.searcher().vector_of(known))
        assert isinstance(photo, Path)
        return Photo(os.fsencode(photo))

    # --- looking at photos ---

    def photos(self) -> list[int]:
        """Ids of all photos that can be shown, the newest first."""
        with self.catalog.read() as connection:
            return browse.shown_photos(connection)

    def photo_count(self) -> int:
        """How many photos can be shown."""
        with self.catalog.read() as connection:
            return browse.count_shown(connection)

    def photo_rows(self, photo_ids: Sequence[int]) -> list[PhotoRow]:
        """What is known of photos, in order; one that cannot be shown is left out."""
        with self.catalog.read() as connection:
            return browse.photo_rows(connection, photo_ids)

    def arrange(
        self, photo_ids: Sequence[int], order: str, group: str
    ) -> tuple[list[int], list[Group]]:
        """Photos in another order, and in groups (see `catalog.arrange`)."""
        if not order and not group:
            return list(photo_ids), []
        with self.catalog.read() as connection:
            return arrange.arrange(connection, photo_ids, order, group)

    def facets(self) -> Facets:
        """What all photos can be narrowed down by."""
        with self.catalog.read() as connection:
            return facets.facets(connection)

    def about(self, photo_id: int) -> About:
        """All that is known of a photo. Raises PhotoSearchError (`not-in-library`)."""
        with self.catalog.read() as connection:
            found = about.about(connection, photo_id)
        if found is None:
            raise _not_in_library()
        return found

    def previewer(self) -> Previewer:
        """What makes photos ready for the large view (see `media.previews`); close it after use."""
        from photosearch.media.previews import Previewer

        return Previewer(self.folder / "previews", self.settings)

    def preview(self, previewer: Previewer, photo_id: int, box: tuple[int, int]) -> Preview:
        """A photo decoded to fit into `box` pixels (width, height).

        Raises PhotoSearchError: as `photo_path`, as `Previewer.preview`.
        """
        row = self._row(photo_id)
        return previewer.preview(row.content, row.path, box)

    def photo_path(self, photo_id: int) -> Path:
        """Where a photo lies. Raises PhotoSearchError (`not-in-library`)."""
        return Path(os.fsdecode(self._row(photo_id).path))

    def _row(self, photo_id: int) -> PhotoRow:
        rows = self.photo_rows([photo_id])
        if not rows:
            raise _not_in_library()
        return rows[0]

    def thumbnail(self, match: Match) -> Path:
        """Where the thumbnail of a match lies (a cache: it may be missing)."""
        with self.catalog.read() as connection:
            content = contents.content_of(connection, [match.photo_id])[match.photo_id]
        return self.thumbnails.path(content)

    # --- what the user says ---

    def rate(self, path: Path, stars: int) -> None:
        """Rate a photo 1 to 5 stars; 0 takes its rating away."""
        with self.catalog.write() as connection:
            content = self._content(connection, path)
            curate.rate(connection, [content], stars, printable(path.name))

    def rate_photos(self, photo_ids: Sequence[int], stars: int) -> str | None:
        """Rate photos by their ids, all with one undo; returns what was done, in words."""
        with self.catalog.write() as connection:
            found = list(contents.content_of(connection, photo_ids).values())
            curate.rate(connection, found, stars, _counted(found))
        given = "no stars" if not stars else f"{stars} star{'s' if stars > 1 else ''}"
        return f"{_counted(found)}: {given}" if found else None

    def favourite(self, path: Path, on: bool = True) -> None:
        """Make a photo a favourite, or no longer."""
        with self.catalog.write() as connection:
            content = self._content(connection, path)
            curate.favourite(connection, [content], on, printable(path.name))

    def favourite_photos(self, photo_ids: Sequence[int], on: bool) -> str | None:
        """Make photos favourites by their ids, or no longer, all with one undo."""
        with self.catalog.write() as connection:
            found = list(contents.content_of(connection, photo_ids).values())
            curate.favourite(connection, found, on, _counted(found))
        return f"{_counted(found)}: {'favourite' if on else 'no favourite'}" if found else None

    def tag(self, path: Path, name: str, on: bool = True) -> str:
        """Give a photo a tag by hand, or take it away; returns the tag's name, tidied."""
        with self.catalog.write() as connection:
            return curate.tag(
                connection, self._content(connection, path), name, on, printable(path.name)
            )

    def undo(self) -> str | None:
        """Take the last change back, whatever it was: something said, or files moved to the trash;
        returns what it was, None where there is nothing.

        Raises PhotoSearchError: `undo-conflict`; `not-restored` where no file could come back.
        """
        while True:
            with self.catalog.read() as connection:
                newest = words.newest(connection)
            if newest is None:
                return None
            action, batch = newest
            if batch is None:
                with self.catalog.write() as connection:
                    said = words.undo(connection)
                if said is not None:
                    return said
                continue  # of rows that are no more; then what was before
            results = list(removal.undo(self.catalog, batch))
            refused = [each for each in results if isinstance(each, removal.Refused)]
            if refused and len(refused) == len(results):
                raise PhotoSearchError("not-restored", f"Cannot undo “{action}”: {refused[0].why}")
            if refused:
                return f"{action} (without {len(refused)} files: {refused[0].why})"
            if results:
                return action

    # --- copies for elsewhere ---

    def export_photo(
        self, previewer: Previewer, photo: int | Path, folder: Path, side: int | None
    ) -> Path:
        """Copy a photo (its id, or a path) into a folder: the file as it is, or, with `side`, a
        JPEG whose longest side has at most so many pixels. Nothing is written over. Returns the
        copy.

        Raises PhotoSearchError: `not-in-library`, as `media.export`.
        """
        from photosearch.media import export  # with Pillow

        export.check_folder(folder)
        if isinstance(photo, Path):
            with self.catalog.read() as connection:
                self._content(connection, photo)
            path = os.fsencode(os.path.abspath(photo))
        else:
            path = self._row(photo).path
        if side is None:
            return export.export_original(path, folder)
        return export.export_at(previewer, path, folder, side)

    # --- the trash ---

    def trash_plan(self, photos: Sequence[int | Path]) -> list[removal.Planned | removal.Refused]:
        """What `trash` would do. Raises PhotoSearchError (`not-in-library`)."""
        with self.catalog.read() as connection:
            return removal.plan(connection, self._to_trash(connection, photos))

    def trash(self, photos: Sequence[int | Path]) -> Iterator[removal.Result]:
        """Move photos to the trash: all files of one that is named by its id, a file alone that is
        named by its path. One undo brings all of it back. See `removal.trash`.

        Raises PhotoSearchError: `not-in-library`, `disk-full`, `no-trash`.
        """
        with self.catalog.read() as connection:
            files = self._to_trash(connection, photos)
        count = len({copy.photo_id for copy, _ in files})
        action = f"move {'1 photo' if count == 1 else f'{count} photos'} to the trash"
        most = self.settings.max_photo_megabytes << 20
        yield from removal.trash(self.catalog, files, most, action)

    def _to_trash(
        self, connection: Connection, photos: Sequence[int | Path]
    ) -> list[tuple[Copy, CopyFile]]:
        ids = [photo for photo in photos if isinstance(photo, int)]
        files = removal.chosen_files(connection, ids)
        for path in (photo for photo in photos if isinstance(photo, Path)):
            content = self._content(connection, path)
            photo_id = contents.photo_by_content(connection, content)
            named = {places.as_stored(path), places.as_stored(path.resolve())}
            found = removal.chosen_files(connection, [] if photo_id is None else [photo_id])
            mine = [each for each in found if each[1].path in named]
            if not mine:
                raise PhotoSearchError(
                    "not-in-library",
                    f"{printable(path)} is not there, or has changed since it was indexed",
                    "Look for new photos first: `photosearch index`.",
                )
            files += [each for each in mine if each not in files]
        return files

    def _content(self, connection: Connection, path: Path) -> bytes:
        """The content hash of a photo in the library, by the path of one of its files."""
        place = places.find_file(connection, places.as_stored(path))
        if place is None:
            place = places.find_file(connection, places.as_stored(path.resolve()))
        if place is None or place.content is None:
            raise PhotoSearchError(
                "not-in-library",
                f"{printable(path)} is not in the library",
                "Add its folder with `photosearch index FOLDER`.",
            )
        return place.content

    def export(self) -> dict[str, Any]:
        """All that the user said, as a document for `import_`, on this computer or another."""
        with self.catalog.read() as connection:
            return {"program": __version__, **words.export_document(connection)}

    def import_(self, document: object) -> int:
        """Take over an exported document; returns how many rows changed. One undo takes it back."""
        with self.catalog.write() as connection:
            return words.import_document(connection, document)

    @property
    def tags(self) -> Tags:
        """What its photos are tagged with by the program, and what the user teaches it."""
        from photosearch.tagging.album import Tags

        def encode_texts(texts: Sequence[str]) -> Floats:
            return self._answers.encoder().encode_texts(texts)

        return Tags(self.catalog, self.trunk(), self.encoder_folder(), encode_texts)

    def teach(self, name: str, shows: Sequence[Path], others: Sequence[Path] = ()) -> Lesson:
        """Teach a tag by photos that show it, and others that do not.

        Raises PhotoSearchError (`not-in-library`, `bad-tag`, `no-encoder`, …)."""
        with self.catalog.read() as connection:
            both = [[self._content(connection, each) for each in some] for some in (shows, others)]
        return self.tags.teach(name, *both)

    def teach_photos(self, photo_ids: Sequence[int], name: str, shows: bool) -> str:
        """Mark photos by their ids as ones that show a tag, or do not, all with one undo; what was
        done. It is learned with the next `Tags.learn`. Raises PhotoSearchError (`bad-tag`)."""
        with self.catalog.write() as connection:
            found = list(contents.content_of(connection, photo_ids).values())
            marked = (found, []) if shows else ([], found)
            name = curate.teach(connection, name, *marked)
        return f"{_counted(found)}: {'shown as' if shows else 'not'} “{name}”"

    def tags_at(self, path: Path) -> list[TagRow]:
        """As `tag_rows`, of the photo at a path. Raises PhotoSearchError (`not-in-library`)."""
        with self.catalog.read() as connection:
            photo_id = contents.photo_by_content(connection, self._content(connection, path))
            return [] if photo_id is None else tagged.tag_rows(connection, [photo_id])

    def tag_names(self) -> list[tuple[str, int]]:
        """The tags of the library, and how many photos have each; the most frequent first."""
        with self.catalog.read() as connection:
            return tagged.names_in_use(connection)

    def tag_rows(self, photo_id: int) -> list[TagRow]:
        """The tags of a photo, of all sources, but for those that the user took away."""
        with self.catalog.read() as connection:
            return tagged.tag_rows(connection, [photo_id])

    def tag_photos(self, photo_ids: Sequence[int], name: str, on: bool) -> str | None:
        """Give photos a tag by their ids, or take it away, all with one undo; what was done."""
        with self.catalog.write() as connection:
            found = list(contents.content_of(connection, photo_ids).values())
            name = curate.tag_photos(connection, found, name, on, _counted(found))
        return f"{_counted(found)}: {'tagged' if on else 'no longer tagged'} “{name}”"

    # --- albums put together by hand ---

    def albums(self) -> dict[str, int]:
        """The albums by name, and how many photos of each can be shown."""
        with self.catalog.read() as connection:
            return albums.all_albums(connection)

    def put_into_album(self, photos: Sequence[int | Path], name: str) -> str:
        """Put photos (their ids, or paths) into an album, made where there is none of that name;
        all with one undo. What was done, in words.

        Raises PhotoSearchError (`bad-album`, `not-in-library`).
        """
        with self.catalog.write() as connection:
            found = self._contents(connection, photos)
            name = albums.put(connection, found, name, _counted(found))
        return f"{_counted(found)}: in the album “{name}”"

    def take_from_album(self, photos: Sequence[int | Path], name: str) -> str:
        """Take photos (their ids, or paths) out of an album. What was done, in words.

        Raises PhotoSearchError (`unknown-album`, `not-in-library`).
        """
        with self.catalog.write() as connection:
            found = self._contents(connection, photos)
            name = albums.take(connection, found, name, _counted(found))
        return f"{_counted(found)}: no longer in the album “{name}”"

    def remove_album(self, name: str) -> str:
        """Forget an album; its photos stay. What was done, in words. Raises PhotoSearchError
        (`unknown-album`)."""
        with self.catalog.write() as connection:
            return f"the album “{albums.remove(connection, name)}” removed"

    def rename_album(self, old: str, new: str) -> str:
        """Give an album another name. What was done, in words. Raises PhotoSearchError
        (`unknown-album`, `bad-album`, `album-exists`)."""
        with self.catalog.write() as connection:
            return f"“{old}” renamed “{albums.rename(connection, old, new)}”"

    def _contents(self, connection: Connection, photos: Sequence[int | Path]) -> list[bytes]:
        """The content hashes of photos by their ids or paths, each once."""
        ids = [photo for photo in photos if isinstance(photo, int)]
        paths = [photo for photo in photos if isinstance(photo, Path)]
        found = [*contents.content_of(connection, ids).values()]
        return list(dict.fromkeys([*found, *(self._content(connection, path) for path in paths)]))

    @functools.cached_property
    def duplicates(self) -> Duplicates:
        """What is twice in the library, and cleaning it up."""
        from photosearch.duplicates.album import Duplicates  # only who cleans up waits for it

        return Duplicates(self.catalog, self.thumbnails, self.vectors_folder, self.settings)

    # --- housekeeping ---

    def gone(self, days: int) -> list[Gone]:
        """What `purge` would remove."""
        with self.catalog.read() as connection:
            return purge.gone_photos(connection, days)

    def purge(self, days: int) -> tuple[list[Gone], Path | None]:
        """Remove the rows of photos that have been gone for `days` days. What the user said of
        them is written to a file first (returned; None where nothing was said), for `import_`."""
        from photosearch.indexing.run import one_indexer

        with one_indexer(self.folder), self.catalog.write() as connection:
            gone = purge.gone_photos(connection, days)
            said = purge.words_of(connection, [photo.content for photo in gone])
            backup = self._back_up_words(said) if any(said.values()) else None
            purge.purge(connection, gone)
        return gone, backup

    def _back_up_words(self, said: dict[str, list[words.SaidRow]]) -> Path:
        folder = self.folder / "backups"
        file = folder / f"purged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.json"
        head = {"format": words.FORMAT, "version": words.FORMAT_VERSION}
        try:
            folder.mkdir(exist_ok=True)
            with file.open("x", encoding="ascii") as out:
                json.dump({**head, **said}, out, indent=1)
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise from_os_error(error, printable(file)) from error
        return file

    def digest(self) -> Digest:
        """The digest of the catalog (see `catalog.digest`)."""
        with self.catalog.read() as connection:
            return digest(connection)


def _not_in_library() -> PhotoSearchError:
    return PhotoSearchError("not-in-library", "This photo is not in the library any more")


def _counted(found: Sequence[bytes]) -> str:
    return "1 photo" if len(found) == 1 else f"{len(found)} photos"


def _root_path(connection: Connection, path: Path) -> bytes:
    """The stored path of the root that `path` names; one that came by an import from another
    system is named as `roots list` shows it."""
    given = os.fsencode(path)
    known = [root.path for root in places.active_roots(connection)]
    return given if given in known else places.as_stored(path)


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

"""Searching, what helps with it, and why a photo was found."""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from photosearch.catalog import (
    searches,
    suggest,
)
from photosearch.catalog.suggest import Suggestions

if TYPE_CHECKING:
    from PIL.Image import Image

    from photosearch.explain.explainer import Explainer, Photo
    from photosearch.explain.heat import Heat
    from photosearch.media.pixels import Region
    from photosearch.search.answers import Answer, Answers
    from photosearch.search.query import Match

from photosearch.library.opened import Opened


class Asking(Opened):
    """Searching, what helps with it, and why a photo was found."""

    def close(self) -> None:
        """Close the catalog, and what was opened for explaining."""
        if "_explainer" in self.__dict__:  # else it was never needed
            self._explainer.close()
        super().close()

    @functools.cached_property
    def _field_values(self) -> suggest.Values:
        return suggest.Values(self.catalog.changes)

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
        self,
        paths: Sequence[Path],
        top_k: int = 20,
        region: Region | None = None,
        *,
        folded: bool = True,
    ) -> list[Match]:
        """The photos that look most like a photo (or, of several, like all of them), best first,
        without these. They need not be in the library. `region`: the part of the one photo that
        counts; `folded`: as `search`.

        Raises PhotoSearchError: `not-found`, `undecodable`, `no-encoder`, `nothing-indexed`.
        """
        return self._answers.similar(paths, top_k, region, folded=folded)

    def similar_to(
        self,
        photo_id: int,
        top_k: int = 20,
        region: Region | None = None,
        *,
        folded: bool = True,
    ) -> list[Match]:
        """The photos that look most like a photo of the library (or a region of it), best first,
        without itself. `folded`: as `search`.

        Raises PhotoSearchError: as `similar`; `not-in-library`.
        """
        path = self.photo_path(photo_id)
        return self._answers.similar_to(photo_id, path, top_k, region, folded=folded)

    def suggest(self, text: str, cursor: int) -> Suggestions:
        """What the word at `cursor` of a query could go on as (see `catalog.suggest`)."""
        with self.catalog.read() as connection:
            return suggest.suggest(connection, text, cursor, self._field_values)

    def similar_to_all(
        self, photo_ids: Sequence[int], top_k: int = 20, *, folded: bool = True
    ) -> list[Match]:
        """The photos that look most like several photos of the library (the mean of them), best
        first, without these. `folded`: as `search`.

        Raises PhotoSearchError: as `similar`; `not-in-library`.
        """
        paths = [self.photo_path(photo_id) for photo_id in photo_ids]
        return self._answers.similar(paths, top_k, folded=folded)

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

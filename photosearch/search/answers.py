"""Answers to queries over one library: what is asked, which photos may answer, in which order."""

from __future__ import annotations

import os
import stat
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from photosearch.catalog import browse, contents, places
from photosearch.catalog.database import Catalog
from photosearch.catalog.filters import photos_where
from photosearch.encoders.registry import EncoderFolder
from photosearch.errors import PhotoSearchError
from photosearch.media.read import view_side
from photosearch.media.readers import read_one
from photosearch.paths import cannot_read, printable
from photosearch.search.blend import blend
from photosearch.search.language import (
    Like,
    Mistake,
    Phrase,
    Query,
    Term,
    flat,
    format_condition,
    parse,
)
from photosearch.search.parts import Part, parts
from photosearch.search.query import Floats, Match, Searcher, Wanted, matches_of
from photosearch.settings import Settings

if TYPE_CHECKING:
    from photosearch.encoders.encoder import Encoder

_TEXTS = 256  # vectors of phrases that are kept


@dataclass(frozen=True)
class Answer:
    """What a query found, best first, and what in it was not understood (the rest was searched)."""

    matches: tuple[Match, ...]
    mistakes: tuple[Mistake, ...] = ()


class Answers:
    """Answers queries; keeps encoder, index and phrases' vectors warm. Use from one thread."""

    def __init__(
        self,
        catalog: Catalog,
        vectors: Path,
        settings: Settings,
        needed_encoder: Callable[[], EncoderFolder],
    ) -> None:
        """`needed_encoder` names the encoder in use, or raises PhotoSearchError (`no-encoder`)."""
        self._catalog = catalog
        self._vectors = vectors
        self._settings = settings
        self._needed_encoder = needed_encoder
        self._encoder: Encoder | None = None
        self._searcher: Searcher | None = None
        self._texts: OrderedDict[str, Floats] = OrderedDict()

    def search(self, text: str, top_k: int, today: date) -> Answer:
        """What a query (see `search.language`) finds, best first; where it has filters only, the
        newest first. `today`: the day that “last week” means.

        Raises PhotoSearchError: `empty-query`, `nothing-indexed`, `no-encoder`, `broken-encoder`,
        and as `similar` for a photo that the query names.
        """
        parsed = parse(text)
        query = parsed.query
        if not query.terms and not query.conditions:
            why = f": {parsed.mistakes[0].text.rstrip('.')}" if parsed.mistakes else ""
            raise PhotoSearchError(
                "empty-query", f"There are no words to search for{why}", "Say what is in the photo."
            )
        only = None
        if query.conditions:
            with self._catalog.read() as connection:
                only = photos_where(connection, query.conditions, today)
        matches = (
            self._ranked(query, only, top_k) if query.terms else self._newest(query, only, top_k)
        )
        return Answer(tuple(matches), parsed.mistakes)

    def similar(self, path: Path, top_k: int) -> list[Match]:
        """The photos that look most like a photo, best first, without itself. The photo need not
        be in the library.

        Raises PhotoSearchError: `not-found`, `undecodable`, `no-encoder`, `nothing-indexed`.
        """
        return self._ranked(Query((Like(os.fspath(path)),)), None, top_k)

    def similar_to(self, photo_id: int, path: Path, top_k: int) -> list[Match]:
        """As `similar`, for a photo of the library whose file may be out of reach."""
        searcher = self.searcher()
        vector = searcher.vector_of(photo_id)
        if vector is None:
            return self.similar(path, top_k)
        wanted = Wanted(photos=(printable(path.name),))
        return searcher.nearest([vector], top_k, wanted, without={photo_id})

    def parts(self, text: str) -> list[Part]:
        """What a query asks of a photo (see `search.parts`). Raises PhotoSearchError: as there, and
        as `similar` for a photo that the query names."""
        searcher = self.searcher()

        def vector_of(term: Term) -> Floats:
            if isinstance(term, Phrase):
                return self._text_vector(term.words)
            return self._photo_vector(searcher, Path(term.path))[1]

        return parts(text, vector_of)

    def text_part(self, words: str) -> Part:
        """Words as a part of what is asked, as they are."""
        return words, [self._text_vector(words)]

    def photo_part(self, photo_id: int, path: Path) -> Part:
        """A photo of the library as what is asked. Raises PhotoSearchError: as `similar_to`."""
        searcher = self.searcher()
        vector = searcher.vector_of(photo_id)
        if vector is None:
            vector = self._encode_file(searcher, path)[1]
        return printable(path.name), [vector]

    def searcher(self) -> Searcher:
        """The vectors of the encoder in use, which another process may have changed."""
        folder = self._needed_encoder()
        if self._searcher is None or self._searcher.encoder != folder:
            self._encoder = None
            self._texts.clear()
            self._searcher = Searcher(self._catalog, self._vectors, folder)
        return self._searcher

    def encoder(self) -> Encoder:
        """The encoder in use, loaded."""
        if self._encoder is None:
            from photosearch.encoders.encoder import Encoder

            self._encoder = Encoder(self._needed_encoder())
        return self._encoder

    def warm_up(self) -> str:
        """Load what a search needs, so that the first one is quick; returns the encoder's id."""
        searcher = self.searcher()
        self._text_vector("a photo")
        searcher.load()
        return self.encoder().folder.id

    def _ranked(self, query: Query, only: set[int] | None, top_k: int) -> list[Match]:
        searcher = self.searcher()
        named: set[int] = set()  # photos that the query names are no answer to it

        def vector_of(term: Term) -> Floats:
            if isinstance(term, Phrase):
                return self._text_vector(term.words)
            photo_id, vector = self._photo_vector(searcher, Path(term.path))
            named.update(() if photo_id is None else (photo_id,))
            return vector

        vectors = blend(query.terms, vector_of)
        return searcher.nearest(vectors, top_k, _wanted(query), only=only, without=named)

    def _newest(self, query: Query, only: set[int] | None, top_k: int) -> list[Match]:
        with self._catalog.read() as connection:
            shown = browse.shown_photos(connection)
            found = [photo_id for photo_id in shown if only is None or photo_id in only]
            ranked = [(photo_id, None) for photo_id in found[:top_k]]
            return matches_of(connection, ranked, _wanted(query))

    def _text_vector(self, words: str) -> Floats:
        vector = self._texts.get(words)
        if vector is None:
            vector = self._texts[words] = self.encoder().encode_texts([words])[0]
        self._texts.move_to_end(words)
        while len(self._texts) > _TEXTS:
            self._texts.popitem(last=False)
        return vector

    def _photo_vector(self, searcher: Searcher, path: Path) -> tuple[int | None, Floats]:
        """The vector of a photo, and its id where it is in the library."""
        photo_id = self.unchanged_photo(path)
        vector = None if photo_id is None else searcher.vector_of(photo_id)
        return self._encode_file(searcher, path) if vector is None else (photo_id, vector)

    def unchanged_photo(self, path: Path) -> int | None:
        """The photo that the catalog knows at `path`, if the file is still as it was read."""
        try:
            info = path.stat()
        except (OSError, ValueError) as error:  # ValueError: a name with a null byte
            raise cannot_read(path, error) from error
        if stat.S_ISDIR(info.st_mode):
            raise PhotoSearchError("is-folder", f"{printable(path)} is a folder", "Name a photo.")
        with self._catalog.read() as connection:
            place = places.find_file(connection, places.as_stored(path))
        if place is None or (place.size, place.mtime_ns) != (info.st_size, info.st_mtime_ns):
            return None
        return None if place.pending else place.photo_id

    def _encode_file(self, searcher: Searcher, path: Path) -> tuple[int | None, Floats]:
        encoder = self.encoder()
        side = view_side(encoder.folder.image_side)
        try:
            reading = read_one(os.fsencode(path), self._settings, side)
        except PhotoSearchError as error:
            raise PhotoSearchError(
                error.code, f"{printable(path)}: {error.what}", "Try again, or name another photo."
            ) from error
        if reading.picture is None:
            raise PhotoSearchError(
                "undecodable", f"{printable(path)}: {reading.problem}", "Name another photo."
            )
        with self._catalog.read() as connection:
            photo_id = contents.photo_by_content(connection, reading.content)
        vector = None if photo_id is None else searcher.vector_of(photo_id)
        if vector is None:
            vector = encoder.encode_view(reading.picture.view_size, reading.picture.view)
        return photo_id, vector


def _wanted(query: Query) -> Wanted:
    terms: Sequence[Term] = [term for term in flat(query.terms) if term.weight > 0]
    return Wanted(
        " + ".join(term.words for term in terms if isinstance(term, Phrase)),
        tuple(printable(Path(term.path).name) for term in terms if isinstance(term, Like)),
        tuple(format_condition(each) for each in query.conditions),
    )

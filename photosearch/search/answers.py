"""Answers to queries over one library: what is asked, which photos may answer, in which order."""

from __future__ import annotations

import functools
import os
import stat
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from photosearch.catalog import browse, contents, places
from photosearch.catalog.database import Catalog
from photosearch.catalog.filters import photos_where
from photosearch.catalog.named import photos_named
from photosearch.encoders.loading import load_encoder
from photosearch.encoders.registry import EncoderFolder
from photosearch.errors import PhotoSearchError
from photosearch.media.pixels import Region
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
from photosearch.search.notes import notes_on
from photosearch.search.parts import Part, parts
from photosearch.search.query import Floats, Hit, Match, Searcher, Wanted, matches_of
from photosearch.search.references import ENOUGH, calibration_of
from photosearch.search.relevance import DIVIDER, Calibration
from photosearch.search.translate import translate
from photosearch.settings import Settings

if TYPE_CHECKING:
    from photosearch.encoders.encoder import Encoder

_TEXTS = 256  # vectors of phrases that are kept


@dataclass(frozen=True)
class Answer:
    """What a query found, best first, and what in it was not understood (the rest was searched).
    `good`: how many of the matches, the first ones, stand above the divider (0: there is no good
    match); None where that cannot be told. `notes`: what to know of it, a sentence each."""

    matches: tuple[Match, ...]
    mistakes: tuple[Mistake, ...] = ()
    good: int | None = None
    notes: tuple[str, ...] = ()


def search_names(catalog: Catalog, text: str, top_k: int, today: date) -> Answer:
    """What a query finds by what is written of photos (names of files and folders, tags, titles,
    captions, places) and by its filters, without any encoder."""
    parsed = parse(text)
    query = parsed.query
    words = " ".join(
        each.words for each in flat(query.terms) if isinstance(each, Phrase) and each.weight > 0
    )
    with catalog.read() as connection:
        only = photos_where(connection, query.conditions, today) if query.conditions else None
        found = photos_named(connection, words, only, top_k)
        hits = [Hit(photo_id) for photo_id in found]
        matches = matches_of(connection, hits, replace(_wanted(query), photos=(), looks=False))
    return Answer(tuple(matches), parsed.mistakes)


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
        self._warm = False
        self._texts: OrderedDict[str, Floats] = OrderedDict()
        self._calibrated: tuple[int, Calibration | None] | None = None

    def search(self, text: str, top_k: int, today: date, *, folded: bool = True) -> Answer:
        """What a query (see `search.language`) finds, best first; where it has filters only, the
        newest first. `today`: the day that “last week” means; `folded`: near-duplicates come
        under the best of them.

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
        if not query.terms:
            return Answer(tuple(self._newest(query, only, top_k)), parsed.mistakes)
        searcher = self.searcher()
        languages = searcher.encoder.languages
        translated = translate(query, languages)
        matches = self._ranked(searcher, translated.query, only, top_k, folded=folded)
        notes = _notes(translated.query, translated.note, languages)
        return Answer(tuple(matches), parsed.mistakes, good_of(matches), notes)

    def similar(
        self,
        paths: Sequence[Path],
        top_k: int,
        region: Region | None = None,
        *,
        folded: bool = True,
    ) -> list[Match]:
        """The photos that look most like a photo (or, of several, like all of them), best first,
        without these. They need not be in the library. `region`: the part of the one photo that
        counts; `folded`: as `search`.

        Raises PhotoSearchError: `not-found`, `undecodable`, `no-encoder`, `nothing-indexed`.
        """
        if region is None:
            likes = tuple(Like(os.fspath(path)) for path in paths)
            return self._ranked(self.searcher(), Query(likes), None, top_k, folded=folded)
        (path,) = paths
        return self._like_region(None, path, region, top_k, folded=folded)

    def similar_to(
        self,
        photo_id: int,
        path: Path,
        top_k: int,
        region: Region | None = None,
        *,
        folded: bool = True,
    ) -> list[Match]:
        """As `similar`, for a photo of the library whose file may be out of reach (if no region of
        it is asked for)."""
        if region is not None:
            return self._like_region(photo_id, path, region, top_k, folded=folded)
        searcher = self.searcher()
        vector = searcher.vector_of(photo_id)
        if vector is None:
            return self.similar([path], top_k, folded=folded)
        wanted = Wanted(photos=(printable(path.name),))
        return searcher.nearest([vector], top_k, wanted, without={photo_id}, folded=folded)

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

    def _like_region(
        self, photo_id: int | None, path: Path, region: Region, top_k: int, *, folded: bool
    ) -> list[Match]:
        searcher = self.searcher()
        known, vector = self._encode_file(searcher, path, region)
        wanted = Wanted(photos=(f"a part of {printable(path.name)}",))
        named = {each for each in (photo_id, known) if each is not None}
        return searcher.nearest([vector], top_k, wanted, without=named, folded=folded)

    def searcher(self) -> Searcher:
        """The vectors of the encoder in use, which another process may have changed."""
        folder = self._needed_encoder()
        if self._searcher is None or self._searcher.encoder != folder:
            self._encoder = None
            self._texts.clear()
            self._calibrated = None
            self._searcher = Searcher(self._catalog, self._vectors, folder)
            if self._warm:  # whoever asks once waits longer for a copy than for the answer
                self._searcher.index.use_gpu()
        return self._searcher

    def encoder(self) -> Encoder:
        """The encoder in use, loaded."""
        if self._encoder is None:
            self._encoder = load_encoder(self._needed_encoder())
        return self._encoder

    def warm_up(self) -> tuple[str, str]:
        """Load what a search needs, so that the first one is quick; returns the encoder's name and
        the device it works on (cpu, cuda, mps)."""
        self._warm = True
        searcher = self.searcher()
        searcher.index.use_gpu()
        self._text_vector("a photo")
        searcher.load()
        self._calibration(searcher)
        encoder = self.encoder()
        return encoder.folder.name, encoder.device.name

    def rest(self) -> None:
        """Nothing is asked for a while: give a GPU's memory back. The next question takes it
        again."""
        if self._encoder is not None:
            self._encoder.rest()
        if self._searcher is not None:
            self._searcher.rest()

    def _calibration(self, searcher: Searcher) -> Calibration | None:
        """What judges answers; made anew as the library grows."""
        grown = len(searcher.index) // ENOUGH
        if self._calibrated is None or self._calibrated[0] != grown:
            encode = self.encoder().encode_texts
            made = calibration_of(searcher.encoder, searcher.index, encode)
            self._calibrated = grown, made
        return self._calibrated[1]

    def _ranked(
        self, searcher: Searcher, query: Query, only: set[int] | None, top_k: int, *, folded: bool
    ) -> list[Match]:
        named: set[int] = set()  # photos that the query names are no answer to it

        @functools.cache  # a photo that is not in the library is read and encoded
        def vector_of(term: Term) -> Floats:
            if isinstance(term, Phrase):
                return self._text_vector(term.words)
            photo_id, vector = self._photo_vector(searcher, Path(term.path))
            named.update(() if photo_id is None else (photo_id,))
            return vector

        vectors = blend(query.terms, vector_of)
        wanted = _wanted(query)
        terms = flat(query.terms)
        if len(terms) > 1:
            parts = tuple((_name(term), term.weight, vector_of(term)) for term in terms)
            wanted = replace(wanted, terms=parts)
        calibration = None
        if wanted.words and not any(isinstance(term, Like) for term in terms):
            searcher.load()
            calibration = self._calibration(searcher)
        return searcher.nearest(
            *(vectors, top_k, wanted),
            only=only,
            without=named,
            calibration=calibration,
            folded=folded,
        )

    def _newest(self, query: Query, only: set[int] | None, top_k: int) -> list[Match]:
        with self._catalog.read() as connection:
            shown = browse.shown_photos(connection)
            found = [photo_id for photo_id in shown if only is None or photo_id in only]
            ranked = [Hit(photo_id) for photo_id in found[:top_k]]
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

    def _encode_file(
        self, searcher: Searcher, path: Path, region: Region | None = None
    ) -> tuple[int | None, Floats]:
        encoder = self.encoder()
        side = view_side(encoder.folder.image_side)
        try:
            reading = read_one(os.fsencode(path), self._settings, side, region)
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
        vector = None
        if photo_id is not None and region is None:
            vector = searcher.vector_of(photo_id)
        if vector is None:
            vector = encoder.encode_view(reading.picture.view_size, reading.picture.view)
        return photo_id, vector


def _notes(query: Query, translated: str | None, languages: Sequence[str]) -> tuple[str, ...]:
    words = " ".join(term.words for term in flat(query.terms) if isinstance(term, Phrase))
    return (*(() if translated is None else (translated,)), *notes_on(words, languages))


def good_of(matches: Sequence[Match]) -> int | None:
    """How many of the first matches stand above the divider; None where none was judged."""
    if not matches or matches[0].relevance is None:
        return None
    return sum((match.relevance or 0.0) >= DIVIDER for match in matches)


def _name(term: Term) -> str:
    return term.words if isinstance(term, Phrase) else printable(Path(term.path).name)


def _wanted(query: Query) -> Wanted:
    terms: Sequence[Term] = [term for term in flat(query.terms) if term.weight > 0]
    return Wanted(
        " + ".join(term.words for term in terms if isinstance(term, Phrase)),
        tuple(printable(Path(term.path).name) for term in terms if isinstance(term, Like)),
        tuple(format_condition(each) for each in query.conditions),
    )

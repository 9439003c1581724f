"""The tags of one library: what its photos are tagged with, and what the user teaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from photosearch.catalog import curate, tagged, words
from photosearch.catalog.database import Catalog
from photosearch.catalog.tagged import PEOPLE
from photosearch.encoders.registry import EncoderFolder
from photosearch.errors import PhotoSearchError
from photosearch.progress import Event
from photosearch.tagging import stage
from photosearch.tagging.tagger import LIKELY, Tag, Tagger
from photosearch.tagging.teach import LEAST, Heads, Lesson
from photosearch.vocabulary import Concept

Floats = npt.NDArray[np.float32]

_TOGETHER = 256


@dataclass(frozen=True)
class Tagged:
    """A file and the tags of its photo (those of people first); `paths`: the same with `|` between
    a name and the more general ones before it; `rejected`: names that the user took away."""

    path: bytes
    tags: tuple[Tag, ...]
    paths: tuple[str, ...]
    rejected: tuple[str, ...]


class Tags:
    """Tags of a library. `trunk`, `encoder`, `encode_texts`: see `stage.Parts`."""

    def __init__(
        self,
        catalog: Catalog,
        trunk: EncoderFolder | None,
        encoder: EncoderFolder | None,
        encode_texts: Callable[[Sequence[str]], Floats],
    ) -> None:
        self._parts = stage.Parts(catalog, trunk, encoder, encode_texts)
        self._catalog = catalog

    def find(self) -> Iterator[Event]:
        """The stages of an indexing run: tag photos that were not yet."""
        yield from stage.tag_photos(self._parts)

    def photos(
        self, folders: Sequence[bytes], extra: Sequence[Concept] = (), likely: float = LIKELY
    ) -> Iterator[Tagged]:
        """The files at and below `folders` (none: all) with the tags of people, the taught ones,
        and those that are found with `extra` concepts at the confidence `likely`, by path.

        Raises PhotoSearchError (`no-encoder`, `no-calibration`).
        """
        trunk, encoder = self._parts.trunk, self._parts.encoder
        if trunk is None:
            raise PhotoSearchError(
                "no-encoder",
                "The built-in encoder, which tags photos, is not here",
                "Install PhotoSearch again.",
            )
        tagger = Tagger(trunk, encoder, extra, self._parts.encode_texts)
        if extra and not tagger.uses_vectors:
            raise PhotoSearchError(
                "no-calibration",
                f"Own words need a calibrated encoder, which {encoder.id if encoder else 'none'}"
                " is not",
                "Choose the built-in one with `photosearch models use`, or make a calibration"
                " with `make tags-fit`.",
            )
        with self._catalog.read() as connection:
            files = tagged.files_below(connection, folders)
        for start in range(0, len(files), _TOGETHER):
            yield from self._tagged(tagger, files[start : start + _TOGETHER], likely)

    def _tagged(
        self, tagger: Tagger, files: Sequence[tuple[bytes, int]], likely: float
    ) -> Iterator[Tagged]:
        ids = sorted({photo_id for _, photo_id in files})
        found = stage.find_tags(self._parts, tagger, ids, likely)
        said: dict[int, list[Tag]] = {}
        with self._catalog.read() as connection:
            rejected = tagged.rejections(connection, ids)
            for row in tagged.tag_rows(connection, ids):
                sure = 1.0 if row.confidence is None else row.confidence
                if row.source in PEOPLE or (row.source == stage.TAUGHT and sure >= likely):
                    said.setdefault(row.photo_id, []).append(Tag(row.name, sure, row.source))
        for path, photo_id in files:
            gone = rejected.get(photo_id, set())
            tags: dict[str, Tag] = {}
            for tag in [*said.get(photo_id, ()), *found.get(photo_id, ())]:
                if tag.name not in gone:
                    tags.setdefault(tag.name, tag)
            yield Tagged(
                path, tuple(tags.values()), _paths(tagger, tuple(tags)), tuple(sorted(gone))
            )

    # --- taught tags ---

    def teach(self, name: str, shows: Sequence[bytes], others: Sequence[bytes]) -> Lesson:
        """Mark photos (by content) as examples of a tag, or of what it is not, and learn it.

        Raises PhotoSearchError (`bad-tag`, `no-encoder`, `broken-encoder`)."""
        with self._catalog.write() as connection:
            name = curate.teach(connection, name, shows, others)
        self.learn(find=True)
        return next(each for each in self.lessons(uncertain=name) if each.name == name)

    def take_back(self) -> str | None:
        """Take the last teaching back, which is unlearned with the next `learn`; returns its words,
        None where there is none."""
        with self._catalog.write() as connection:
            last = words.last_named(connection, "teach ")
            if last is None:
                return None
            words.take_back(connection, last[0])
        return last[1]

    def learn(self, *, find: bool) -> None:
        """Learn the taught tags from their examples, where these changed; with `find`, all photos
        are looked through for them, too.

        Raises PhotoSearchError (`no-encoder`, `broken-encoder`)."""
        encoder = self._parts.encoder
        if encoder is None:
            return
        if not find:
            self._heads().refresh()
            return
        for _ in stage.apply_taught(self._parts, encoder):
            pass  # it is over in a moment

    def lessons(self, uncertain: str | None = None) -> list[Lesson]:
        """The taught tags, by name; of the one called `uncertain` also what it is least sure of."""
        with self._catalog.read() as connection:
            said, heads = tagged.examples(connection), tagged.heads(connection)
        found = []
        for name, photos in said.items():
            shows = sum(is_it for _, _, is_it in photos)
            head = heads.get(name)
            quality = f"not learned yet; that takes {LEAST} photos that are indexed"
            if head is not None:
                quality = head.quality
            ids = self._heads().uncertain(name) if name == uncertain and head else ()
            found.append(Lesson(name, shows, len(photos) - shows, quality, ids))
        return found

    def _heads(self) -> Heads:
        encoder = self._parts.encoder
        assert encoder is not None
        return Heads(self._catalog, encoder, self._parts.encode_texts)


def _paths(tagger: Tagger, names: Sequence[str]) -> tuple[str, ...]:
    """The most specific names with what they are kinds of, the most general first."""
    vocabulary = tagger.vocabulary
    lines = {
        name: vocabulary.line(name) if name in vocabulary.by_name else (name,) for name in names
    }
    inner = {above for line in lines.values() for above in line[1:]}
    return tuple(
        "|".join(reversed(line))
        for name, line in lines.items()
        if name not in inner and not any("|" in part for part in line)
    )

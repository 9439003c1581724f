"""The vocabulary: the concepts that photos are tagged with, as data in `resources/vocabulary`.

`concepts.tsv` has a concept a line: its English name, the concept that it is a kind of (animal for
dog), its German and Chinese names and English synonyms (parted by `|`), and, where the name alone
may mean something else, the words that say it to an encoder. `classes.tsv` says which concept each
class of the built-in classifiers is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from photosearch.errors import PhotoSearchError
from photosearch.paths import printable, resources


@dataclass(frozen=True)
class Concept:
    """A thing that photos show. `name` is its tag; `parent` the name of what it is a kind of
    (None: of nothing); `prompt` what an encoder is asked for."""

    name: str
    parent: str | None = None
    german: tuple[str, ...] = ()
    chinese: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    prompt: str = ""

    @property
    def phrases(self) -> tuple[str, ...]:
        """What an encoder is asked for: the prompt (else the name), then the synonyms."""
        return (self.prompt or self.name, *self.synonyms)


@dataclass(frozen=True)
class Vocabulary:
    """Concepts in a forest: each has at most one parent, which is among them."""

    concepts: tuple[Concept, ...]

    def __post_init__(self) -> None:
        """Raises ValueError where a name is there twice, a parent is missing, or concepts are
        kinds of each other."""
        if len(self.by_name) != len(self.concepts):
            raise ValueError("two concepts have one name")
        for concept in self.concepts:
            self.line(concept.name)

    @cached_property
    def by_name(self) -> Mapping[str, Concept]:
        """The concepts by their names."""
        return {concept.name: concept for concept in self.concepts}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names, in the order of the concepts."""
        return tuple(concept.name for concept in self.concepts)

    def line(self, name: str) -> tuple[str, ...]:
        """The concept, its parent, that one's parent and so on."""
        line: list[str] = []
        at: str | None = name
        while at is not None:
            if at in line:
                raise ValueError(f"“{at}” is a kind of itself")
            if at not in self.by_name:
                raise ValueError(f"“{at}” is no concept")
            line.append(at)
            at = self.by_name[at].parent
        return tuple(line)

    def extended(self, more: Iterable[Concept]) -> Vocabulary:
        """With more concepts; one whose name is known already is left as it is."""
        known = {name.casefold() for name in self.names}
        new = tuple(each for each in more if each.name.casefold() not in known)
        return Vocabulary(self.concepts + new) if new else self


def folder() -> Path:
    """Where the vocabulary lies."""
    return resources() / "vocabulary"


@cache
def builtin_vocabulary() -> Vocabulary:
    """The vocabulary that ships. Raises PhotoSearchError (`broken-vocabulary`)."""
    try:
        return Vocabulary(
            tuple(
                Concept(name, parent or None, _parts(german), _parts(chinese), _parts(more), prompt)
                for name, parent, german, chinese, more, prompt in rows_of("concepts.tsv")
            )
        )
    except ValueError as error:
        raise _broken(folder() / "concepts.tsv", error) from error


@cache
def class_concepts(classifier: str) -> Mapping[str, str]:
    """For each class of a built-in classifier that is a concept of the built-in vocabulary, which.

    Raises PhotoSearchError (`broken-vocabulary`)."""
    return {name: concept for which, name, concept in rows_of("classes.tsv") if which == classifier}


@cache
def templates() -> tuple[str, ...]:
    """Prompts with `{}` for a concept's words, of which its text vector is the mean."""
    return tuple(_lines("templates.txt"))


def rows_of(file: str) -> list[list[str]]:
    """The rows of one of the vocabulary's tables, without its head. Raises PhotoSearchError
    (`broken-vocabulary`)."""
    head, *lines = _lines(file)
    rows = [line.split("\t") for line in lines]
    width = head.count("\t") + 1
    for number, row in enumerate(rows, 2):
        if len(row) != width:
            raise _broken(folder() / file, f"line {number} has not {width} columns")
    return rows


def _lines(file: str) -> list[str]:
    path = folder() / file
    try:
        return path.read_text("utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise _broken(path, error) from error


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _broken(path: Path, why: object) -> PhotoSearchError:
    return PhotoSearchError(
        "broken-vocabulary",
        f"The vocabulary {printable(path)} cannot be used ({printable(str(why))})",
        "Install PhotoSearch again.",
    )

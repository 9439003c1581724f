"""Queries made only of names that the vocabulary knows, in English for an encoder that knows no
other language: *Hund am Strand* and 海滩上的狗 are asked as “dog and beach”.

A dictionary, not a translator: a phrase with any other word stays as it was typed. So does one
whose words are English, too (*Tiger*, *See*), since nobody can tell what was meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache

from photosearch.search.language import Either, Phrase, Query, Term
from photosearch.vocabulary import builtin_vocabulary

_SMALL_WORDS = (
    "und mit am an im in auf bei beim vor der die das den dem des ein eine einen einem einer"
    " unser unsere mein meine"
)
_PARTICLES = "和 与 跟 及 在 的 上 里 中 下 、 ， , + 一只 一个 一条 一匹 一头"

# German names that are English words of another meaning, which the vocabulary does not have.
_ENGLISH = (
    "arm bad bob brief dom fell handy herd hose kind land mitten pale rad rind ring rock see stall"
    " tier tor wal wand"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST = 200  # characters of a phrase that is looked at


@dataclass(frozen=True)
class Translated:
    """The query as it is asked, and of each phrase that was translated: as typed, as asked."""

    query: Query
    changes: tuple[tuple[str, str], ...] = ()

    @property
    def note(self) -> str | None:
        """What was translated, as a sentence; None where nothing was."""
        said = ", ".join(f"“{typed}” as “{asked}”" for typed, asked in self.changes)
        return f"The encoder in use knows English: {said} was searched." if said else None


def translate(query: Query, languages: Collection[str]) -> Translated:
    """Translate the phrases of a query for an encoder that knows `languages` (ISO 639 codes)."""
    changes: dict[str, str] = {}

    def term(each: Term) -> Term:
        if not isinstance(each, Phrase):
            return each
        english = in_english(each.words, languages)
        if english is None:
            return each
        changes[each.words] = english
        return replace(each, words=english)

    terms = tuple(
        Either(tuple(map(term, each.terms))) if isinstance(each, Either) else term(each)
        for each in query.terms
    )
    return Translated(replace(query, terms=terms), tuple(changes.items()))


def in_english(words: str, languages: Collection[str] = ("en",)) -> str | None:
    """The English of a phrase made only of Chinese or only of German names of concepts; None for
    any other, and for a language that is among `languages`."""
    text = _folded(words)
    if not text or len(text) > _LONGEST:
        return None
    if _HAN.search(text):
        found = None if "zh" in languages else _chinese(text)
    else:
        found = None if "de" in languages else _german(text)
    return " and ".join(dict.fromkeys(found)) if found else None


def _chinese(text: str) -> list[str] | None:
    """The concepts that the text is a chain of, by the fewest (and so the longest) names."""
    names, particles = _names("chinese"), _PARTICLES.split()
    longest = max(map(len, names))
    text = "".join(text.split())
    best: list[list[str] | None] = [[], *[None] * len(text)]
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - longest), end):
            before, piece = best[start], text[start:end]
            if before is None:
                continue
            if piece in names:
                chain = [*before, names[piece]]
            elif piece in particles:
                chain = before
            else:
                continue
            known = best[end]
            if known is None or len(chain) < len(known):
                best[end] = chain
    return best[-1]


def _german(text: str) -> list[str] | None:
    """The concepts that the words name, the longest names first."""
    names = _names("german")
    english = _names("english").keys() | set(_ENGLISH.split())
    words = [word for word in re.split(r"[\s,+&]+", text) if word]
    found: list[str] = []
    foreign = False
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + 4), at, -1):
            piece = " ".join(words[at:end])
            if piece in names:
                found.append(names[piece])
                foreign |= piece not in english
                at = end
                break
        else:
            if words[at] not in _SMALL_WORDS.split():
                return None
            at += 1
    return found if foreign else None


@cache
def _names(language: str) -> Mapping[str, str]:
    """Folded names, and the English that an encoder understands best."""
    names: dict[str, str] = {}
    for concept in builtin_vocabulary().concepts:
        if language == "english":
            spelled: tuple[str, ...] = (concept.name, *concept.synonyms)
        else:
            spelled = concept.chinese if language == "chinese" else concept.german
        names |= {_folded(name): concept.phrases[0] for name in spelled}
    return names


_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def _folded(text: str) -> str:
    """Without capitals and umlauts (*Käse*, *KÄSE* and *Kaese* are one)."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(_SPELLED_OUT)
    return " ".join(text.split())

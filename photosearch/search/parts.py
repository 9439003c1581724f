"""What a query asks of one photo, part by part: the whole, each phrase, each word that counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from photosearch.errors import PhotoSearchError
from photosearch.paths import printable
from photosearch.search.blend import Floats, blend
from photosearch.search.language import Phrase, Term, flat, parse

Part = tuple[str, list[Floats]]
"""A name for a person, and the unit vectors that mean it (alternatives: see `blend`)."""

_EMPTY = (
    " a an and any are as at be being by for from has have having her his i in into is it its my no"
    " not of off on one or other our out over photo photos picture pictures some that the their"
    " them there these this those to two under up was we were what where which while who with you"
    " your "
)
"""Words that nothing in a photo can stand for."""


def parts(text: str, vector_of: Callable[[Term], Floats]) -> list[Part]:
    """The parts of a query: the whole first, then its phrases and photos, then the words of its
    phrases; no part twice.

    Raises PhotoSearchError (`no-words`) for a query that has filters alone, or nothing at all.
    """
    query = parse(text).query
    terms = [term for term in flat(query.terms) if term.weight > 0]
    if not terms:
        raise PhotoSearchError(
            "no-words",
            "There are no words to look for in the photo",
            "Say what is in it; filters such as 2019 or rating:>3 have no place in a photo.",
        )
    names = [_name(term) for term in terms]
    found = {" + ".join(names): blend(query.terms, vector_of)}
    for name, term in zip(names, terms, strict=True):
        found.setdefault(name, [vector_of(term)])
    for term in terms:
        for word in content_words(term.words) if isinstance(term, Phrase) else ():
            found.setdefault(word, [vector_of(Phrase(word))])
    return list(found.items())


def content_words(phrase: str) -> list[str]:
    """The words of a phrase that something in a photo can stand for."""
    words = re.findall(r"\w[\w'’-]*", phrase)
    return [word for word in words if f" {word.lower()} " not in _EMPTY]


def _name(term: Term) -> str:
    return term.words if isinstance(term, Phrase) else printable(Path(term.path).name)

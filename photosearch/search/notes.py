"""What a person should know of an answer because of how it was asked for."""

from __future__ import annotations

import re
from collections.abc import Collection

_COUNT = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})\s+[^\W\d_]", re.I
)
_PLACE = re.compile(
    r"\b(?:(?:to|on) the (?:left|right)|(?:left|right) of|in front of|behind|above|below"
    r"|next to)\b",
    re.I,
)
# Words that are frequent in a language of Europe and none in English.
_FOREIGN = frozenset(
    re.findall(
        r"\w+",
        "der das und mit ein eine einem einen auf beim vom zum zur les une dans avec sur aux el los"
        " las con una por para gli della nel sul een het og och ett uma",
    )
)


def notes_on(words: str, languages: Collection[str]) -> tuple[str, ...]:
    """Sentences about a query's `words` for an encoder that knows these `languages` (two-letter
    codes)."""
    notes = []
    if set(languages) == {"en"} and _is_foreign(words):
        notes.append("The encoder in use understands English only.")
    if _COUNT.search(words):
        notes.append("How many there are makes no difference: encoders do not count.")
    if _PLACE.search(words):
        notes.append("Where things are to each other is not understood.")
    return tuple(notes)


def _is_foreign(words: str) -> bool:
    """Whether words are likely not English: letters that English lacks, or words that are frequent
    elsewhere. A guess: a name with an accent is taken for such, a short phrase may not be."""
    if any(char.isalpha() and not char.isascii() for char in words):
        return True
    return not _FOREIGN.isdisjoint(re.findall(r"\w+", words.lower()))

"""The user's own words to tag with, from a file: a word or phrase a line.

    Grandma's garden
    Rex<TAB>dog                    a kind of dog
    red kite<TAB>hawk<TAB>a red kite in the sky

After a tab: the concept of the vocabulary (or an earlier line) that it is a kind of; after another:
what an encoder is asked for instead of the name. Empty lines and those that begin with # count for
nothing.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from photosearch.catalog.words import MAX_TAG, is_tag_name
from photosearch.errors import PhotoSearchError
from photosearch.paths import cannot_read, printable
from photosearch.vocabulary import Concept, builtin_vocabulary

MOST = 20_000
"""Words of a file that are taken."""

_LARGEST = 8 << 20


def read_words(file: Path) -> list[Concept]:
    """The words of a file, in its order, each once.

    Raises PhotoSearchError: `not-found`, `no-permission`, `bad-vocabulary` (which names the line).
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise cannot_read(file, error) from error
    if len(data) > _LARGEST:
        raise _bad(file, f"it is larger than {_LARGEST >> 20} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad(file, f"it is no UTF-8 text ({error.reason} at byte {error.start})") from error
    known = {name.casefold(): name for name in builtin_vocabulary().names}
    found: dict[str, Concept] = {}
    for number, line in enumerate(text.split("\n"), 1):
        cells = [_tidy(cell) for cell in line.removesuffix("\r").split("\t")]
        if not any(cells) or cells[0].startswith("#"):
            continue
        name, above, prompt = [*cells, "", ""][:3]
        if len(cells) > 3:
            raise _bad(file, f"line {number} has more than three columns")
        if not is_tag_name(name):
            raise _bad(
                file,
                f"line {number} is no tag of 1 to {MAX_TAG} printable characters:"
                f" “{printable(name[:40])}”",
            )
        if above and above.casefold() not in known:
            raise _bad(file, f"line {number} is a kind of “{printable(above[:40])}”, which is none")
        if prompt and not (prompt.isprintable() and len(prompt) <= 200):
            raise _bad(file, f"line {number} has a prompt that is too long, or not printable")
        parent = known[above.casefold()] if above else None
        if name.casefold() not in known:
            known[name.casefold()] = name
            found[name] = Concept(name, parent, prompt=prompt)
        if len(found) > MOST:
            raise _bad(file, f"it has more than {MOST:,} words")
    if not found and not text.strip():
        raise _bad(file, "it is empty")
    return list(found.values())


def _tidy(cell: str) -> str:
    return unicodedata.normalize("NFC", " ".join(cell.split()))


def _bad(file: Path, why: str) -> PhotoSearchError:
    return PhotoSearchError(
        "bad-vocabulary",
        f"The words in {printable(file)} cannot be used: {why}",
        "Write one word or phrase a line.",
    )

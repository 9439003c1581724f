"""What a person leaves out: names with wildcards, and folders with all below them."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Callable, Sequence

from photosearch.errors import PhotoSearchError
from photosearch.paths import printable


def tidy_pattern(pattern: str) -> str:
    """A pattern as it is kept: with a `/` it is the path of a file or folder, made absolute;
    without one a name, in which `*`, `?` and `[…]` stand for other characters.

    Raises PhotoSearchError (`bad-pattern`) for one that would leave out everything, or nothing.
    """
    text = pattern.strip()
    if not text.strip("*?./") or not text.isprintable():
        raise PhotoSearchError(
            "bad-pattern",
            f"“{printable(pattern[:80])}” cannot be left out",
            "Name a folder by its path, or files by their names, such as *.png.",
        )
    return os.path.abspath(os.path.expanduser(text)) if "/" in text or os.sep in text else text


def excluder(patterns: Sequence[str]) -> Callable[[bytes], bool]:
    """Says of an absolute path whether it is left out. Names are compared without regard to case;
    what lies below a folder that is left out is not asked for (`walk` does not go there)."""
    paths = {os.fsencode(p).replace(b"\\", b"/") for p in patterns if "/" in p or os.sep in p}
    names = [p for p in patterns if "/" not in p and os.sep not in p]
    if not paths and not names:
        return lambda _: False
    wild = re.compile("|".join(fnmatch.translate(name.lower()) for name in names) or r"(?!)")

    def excluded(path: bytes) -> bool:
        name = os.fsdecode(path.rpartition(b"/")[2]).lower()
        return path in paths or wild.match(name) is not None

    return excluded

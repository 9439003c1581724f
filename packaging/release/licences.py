"""The licences of everything that PhotoSearch requires: known, allowed, listed, collected.

    python -m release.licences check             fails where one is not allowed
    python -m release.licences notice NOTICE     writes the list into NOTICE
    python -m release.licences collect FILE      the licences' texts, to lie beside a bundle

What a distribution says of itself (`License-Expression`, the old `License`, its classifiers) must
be on the list of what is allowed, all of it: a wheel that says MIT in one place and GPL in another
is not.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NAME = "photosearch"

ALLOWED = {
    # SPDX identifiers, permissive
    *("0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause"),
    *("BSL-1.0", "CC0-1.0", "CNRI-Python", "HPND", "ISC", "MIT", "MIT-CMU", "PSF-2.0"),
    *("Unlicense", "Zlib"),
    # SPDX identifiers, of libraries that may be used by anything (dynamically linked, replaceable)
    *("LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MPL-2.0"),
    # classifiers
    *("Apache Software License", "BSD License", "ISC License (ISCL)", "MIT License"),
    *("GNU Lesser General Public License v3 (LGPLv3)", "Mozilla Public License 2.0 (MPL 2.0)"),
    "Python Software Foundation License",
    # the same in words of one's own
    *("2-clause BSD License", "Apache 2.0", "BSD", "ISC License", "PSFL"),
}

# CUDA, in the wheels of its maker: pip installs them from where they are, no bundle contains them.
_CUDA = re.compile(r"(nvidia|cuda)-")
_CUDA_ALLOWED = {
    *("LicenseRef-NVIDIA-Proprietary", "NVIDIA Proprietary Software", "Other/Proprietary License"),
}

# Read in the wheel by hand, where its metadata say nothing: an empty wheel that requires others.
_READ = {"cuda-toolkit": "LicenseRef-NVIDIA-Proprietary"}

_NOTICE_HEAD = "PhotoSearch requires these distributions"
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_LONG = 100  # characters: a `License` field above it is the licence's text, not its name


def required(
    name: str = NAME, find: Callable[[str], Distribution] = distribution
) -> dict[str, Distribution]:
    """`name` and all it requires on this machine, directly or not (with the extras that are asked
    for on the way, and no others), by normalised name. Raises PackageNotFoundError where one is not
    installed."""
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    todo = [(canonicalize_name(name), "")]
    while todo:
        name, extra = todo.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        found[name] = find(name)
        for line in found[name].requires or []:
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": extra}):
                wanted = canonicalize_name(need.name)
                todo += [(wanted, each) for each in ("", *need.extras)]
    return dict(sorted(found.items()))


def said(found: Distribution) -> list[str]:
    """All that a distribution says its licence is; empty where it says nothing."""
    meta = found.metadata
    name = canonicalize_name(meta["Name"])
    fields = [*(meta.get_all("License-Expression") or []), *(meta.get_all("License") or [])]
    fields += [_READ[name]] if name in _READ else []
    names = [text.strip() for text in fields if text and len(text) <= _LONG and "\n" not in text]
    prefix = "License :: "
    classifiers = [each for each in meta.get_all("Classifier") or [] if each.startswith(prefix)]
    names += [each.rpartition(" :: ")[2] for each in classifiers]
    long = [text for text in fields if text and text.strip() not in names]
    names += [_first_words(text) for text in long if not names]
    return list(dict.fromkeys(name for name in names if name not in ("", "OSI Approved")))


def allowed(licence: str, name: str = "") -> bool:
    """Whether what one distribution says is on the list; of alternatives, one of them must be."""
    known = ALLOWED | (_CUDA_ALLOWED if _CUDA.match(name) else set())
    if licence in known:
        return True
    if "(" in licence:  # alternatives within others: nobody here says that; a person decides
        return False
    return any(
        all(part.strip() in known for part in re.split(r"\s+AND\s+", choice))
        for choice in re.split(r"\s+OR\s+", licence)
    )


def refused(distributions: Iterable[Distribution]) -> dict[str, list[str]]:
    """What is not allowed, by name, with what it says of itself."""
    named = {canonicalize_name(each.metadata["Name"]): said(each) for each in distributions}
    return {
        name: words
        for name, words in named.items()
        if not words or not all(allowed(each, name) for each in words)
    }


def listed(distributions: dict[str, Distribution]) -> str:
    """One line a distribution, as NOTICE has them."""
    lines = (f"  {name}: {'; '.join(said(each))}" for name, each in distributions.items())
    return "\n".join(line for line in lines if not line.startswith(f"  {NAME}:"))


def with_list(notice: str, lines: str) -> str:
    """NOTICE with `lines` in the place of the list it ends with."""
    own = notice.partition(_NOTICE_HEAD)[0].rstrip()
    head = f"{_NOTICE_HEAD} (on Linux, x86-64; each says its licence so):"
    return f"{own}\n\n{head}\n\n{lines}\n"


def texts(distributions: dict[str, Distribution]) -> str:
    """The licence files of all of them, whole, one after another."""
    parts = []
    for name, each in distributions.items():
        parts.append(f"{'=' * 80}\n{name} {each.version}: {'; '.join(said(each))}\n{'=' * 80}\n")
        for file in each.files or []:
            if _LICENCE_FILE.match(file.name) and file.suffix not in (".py", ".pyc"):
                path = Path(str(file.locate()))
                if path.is_file():
                    text = path.read_text("utf-8", "replace")
                    parts.append(f"--- {file}\n\n{text.strip()}\n")
    return "\n".join(parts)


def _first_words(text: str) -> str:
    return " ".join(text.split())[:_LONG]


def main(arguments: list[str]) -> int:
    """The commands above; returns the exit code."""
    if not arguments or arguments[0] not in ("check", "notice", "collect"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        everything = required()
    except PackageNotFoundError as error:
        print(f"Not installed here: {error}", file=sys.stderr)
        return 1
    if arguments[0] == "check":
        wrong = refused(everything.values())
        for name, words in wrong.items():
            print(f"{name}: {'; '.join(words) or 'says nothing of its licence'}", file=sys.stderr)
        print(f"{len(everything) - len(wrong)} licences are allowed, {len(wrong)} are not")
        return int(bool(wrong))
    file = Path(arguments[1])
    if arguments[0] == "notice":
        file.write_text(with_list(file.read_text("utf-8"), listed(everything)), "utf-8")
    else:
        file.write_text(texts(everything), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

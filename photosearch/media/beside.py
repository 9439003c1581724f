"""Which sidecar in a folder speaks of which photo."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping

SUFFIX = b".xmp"


def by_photo(names: Iterable[bytes], sidecars: Mapping[bytes, object]) -> dict[bytes, bytes]:
    """Which of the `sidecars` in a folder speaks of which of the photos `names`: `NAME.jpg.xmp` of
    that one file, else `NAME.xmp` of every file called so; big and small letters only count where
    there are both."""
    if not sidecars:
        return {}
    folded: dict[bytes, bytes] = {}
    for sidecar in sorted(sidecars):
        folded.setdefault(sidecar.lower(), sidecar)
    found = {}
    for name in names:
        for stem in (name, os.path.splitext(name)[0]):
            exact = [each for each in (stem + SUFFIX, stem + b".XMP") if each in sidecars]
            beside = exact[0] if exact else folded.get(stem.lower() + SUFFIX)
            if beside is not None:
                found[name] = beside
                break
    return found


def of_this_alone(path: bytes, gone: Collection[bytes] = ()) -> bytes | None:
    """The path of the sidecar that speaks of the file at `path` (there or not) and of no other
    file of its folder, not counting those at the paths `gone`; None where there is none."""
    folder, name = os.path.split(path)
    stem = os.path.splitext(name)[0].lower()
    try:
        beside = [each for each in os.listdir(folder) if each.lower().startswith(stem)]
    except OSError:
        return None
    sidecars = {each: None for each in beside if each.lower().endswith(SUFFIX)}
    others = [
        each
        for each in beside
        if each not in sidecars and each != name and os.path.join(folder, each) not in gone
    ]
    found = by_photo([name, *others], sidecars)
    mine = found.pop(name, None)
    if mine is None or mine in found.values():
        return None
    sidecar = os.path.join(folder, mine)
    return None if os.path.islink(sidecar) or not os.path.isfile(sidecar) else sidecar

"""Which sidecar in a folder speaks of which photo."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

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

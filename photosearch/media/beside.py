"""What lies beside a photo and belongs to it: which sidecar in a folder speaks of which photo,
which picture is called like a RAW, which clip is the other half of a live photo."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping

from photosearch.media.suffixes import RAW_SUFFIXES

SUFFIX = b".xmp"

_STILLS = frozenset({b".jpg", b".jpeg", b".jpe", b".heic", b".heif", b".hif"})
_CLIPS = (b".mov", b".mp4", b".MOV", b".MP4", b".Mov", b".Mp4")


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


def stills(names: Iterable[bytes]) -> dict[bytes, bytes]:
    """For each RAW among the names in a folder, the JPEG or HEIC that is called the same but for
    the suffix and for big and small letters; where there is one of each, and no more."""
    found: dict[bytes, tuple[list[bytes], list[bytes]]] = {}
    for name in names:
        stem, suffix = os.path.splitext(name.lower())
        if suffix in RAW_SUFFIXES:
            found.setdefault(stem, ([], []))[0].append(name)
        elif suffix in _STILLS:
            found.setdefault(stem, ([], []))[1].append(name)
    return {
        raws[0]: pictures[0]
        for raws, pictures in found.values()
        if len(raws) == 1 and len(pictures) == 1
    }


def clip_names(path: bytes) -> list[bytes]:
    """The paths at which the clip of the live photo at `path` may lie."""
    stem = os.path.splitext(path)[0]
    return [stem + suffix for suffix in _CLIPS]


def clips(path: bytes) -> list[bytes]:
    """The paths of the clips beside the photo at `path` that are called like it."""
    there = [each for each in clip_names(path) if os.path.isfile(each) and not os.path.islink(each)]
    same = {(info.st_dev, info.st_ino): each for each in there for info in [os.lstat(each)]}
    return sorted(same.values())


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

"""Saying where a root of a shared library lies on this computer."""

from __future__ import annotations

import os
from pathlib import Path

from photosearch.catalog import places, shares
from photosearch.catalog.database import Catalog
from photosearch.catalog.places import Root
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable


def place_root(catalog: Catalog, name: Path, path: Path | None, *, sure: bool) -> bytes:
    """See `Library.place_root`."""
    if not catalog.several:
        raise PhotoSearchError(
            "not-shared",
            f"{catalog.place} is the library of one computer, whose folders lie where it says",
            "Say where one lies now with `photosearch roots relocate OLD NEW`.",
        )
    with catalog.read() as connection:
        here = shares.of(connection)
        roots = {here.named(root.path): root for root in places.active_roots(connection)}
        known = places.root_names(connection)  # also of those that may come back
    wanted = _name_of(roots, name)
    place = wanted if path is None else places.as_stored(path)
    others = {
        each: at
        for each, at in here.places.items()
        if each != wanted and (each in roots or (each in known and at != place))
    }
    taken = next((each for each, at in others.items() if at == place), None)
    if taken is not None:
        raise PhotoSearchError(
            "place-taken",
            f"{_shown(place)} is where {_shown(taken)} lies on this computer",
            f"Say first where that lies: `photosearch roots here {_shown(taken)} PATH`.",
        )
    if path is not None and not sure:
        _check(catalog, roots[wanted], wanted, place)
    told = shares.Shares({**others, wanted: place}, here.sure - {wanted})
    if shares.Shares(others).here(wanted) == place:  # it need not be said
        told = shares.Shares(others, told.sure)
    if sure and path is not None:
        told = shares.Shares(told.places, {*told.sure, wanted})
    shares.write(catalog.folder, told)
    return told.here(wanted)


def _name_of(roots: dict[bytes, Root], given: Path) -> bytes:
    """The name of a root that is given by it, or by where it lies here."""
    for stored in (os.fsencode(given), places.as_stored(given)):
        if stored in roots:
            return stored
        found = next((name for name, root in roots.items() if root.path == stored), None)
        if found is not None:
            return found
    raise PhotoSearchError(
        "unknown-root",
        f"{printable(given)} is no folder of this library",
        "`photosearch roots list` shows them.",
    )


def _check(catalog: Catalog, root: Root, name: bytes, place: bytes) -> None:
    from photosearch.indexing.reach import holds

    if not holds(catalog, root.id, place):
        raise PhotoSearchError(
            "not-these-photos",
            f"{_shown(place)} has not half of the photos that the library knows in {_shown(name)}",
            "Give the folder that has them; where all of them have changed, add --sure.",
        )


def _shown(path: bytes) -> str:
    return printable(os.fsdecode(path))

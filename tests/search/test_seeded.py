"""Every filter over an album with facts written in its files: a part of it, and just those photos
of which the facts say so."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from photosearch.catalog.fields import FIELDS, kilometres
from photosearch.errors import PhotoSearchError
from photosearch.library import Library
from photosearch.search.language import format_condition
from tests.postgres import Keeping
from tests.seeded import Seeded, seed_album

PHOTOS = 48
FAVOURITES = 5

Says = Callable[[Seeded], bool]


@pytest.fixture(scope="module")
def seeded(
    kept_in: Keeping, shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Seeded]]:
    """A library of the album, without an encoder, and what was written into it."""
    folder = tmp_path_factory.mktemp("seeded")
    photos = sorted((shared_data / "photos").rglob("*.jpg"))
    album = seed_album(folder / "album", photos[:: len(photos) // PHOTOS][:PHOTOS], seed=3)
    (folder / "album" / "broken.jpg").write_bytes(album[0].file.read_bytes()[:3000])
    with pytest.MonkeyPatch.context() as world:
        world.setenv("PHOTOSEARCH_DATA", str(folder / "data"))
        world.setenv("PHOTOSEARCH_ENCODERS", "")
        with Library(kept_in(folder / "library")) as library:
            for _ in library.index([folder / "album"]):
                pass
            for photo in album[:FAVOURITES]:
                library.favourite(photo.file)
            library.put_into_album([p.file for p in album if p.country == "Austria"], "The Alps")
    return folder / "library", album


def _year(photo: Seeded) -> int:
    return int((photo.said.taken_at or "")[:4])


def _km(photo: Seeded, north: float, east: float) -> float:
    return kilometres(north, east, photo.said.latitude or 0.0, photo.said.longitude or 0.0)


_ASKED: dict[str, tuple[str, Says]] = {
    "after": ("after:2015", lambda photo: _year(photo) >= 2015),
    "before": ("before:2009", lambda photo: _year(photo) < 2009),
    "on": ("on:2012", lambda photo: _year(photo) == 2012),
    "in": ("in:album/2010", lambda photo: photo.file.parent.name == "2010"),
    "camera": ("camera:nikon", lambda photo: photo.said.camera_make == "NIKON CORPORATION"),
    "lens": ("lens:gm", lambda photo: "GM" in (photo.said.lens or "")),
    "place": ("place:austr", lambda photo: photo.country in ("Austria", "Australia")),
    "near": ("near:48.21,16.37,600", lambda photo: _km(photo, 48.21, 16.37) <= 600),
    "tag": ("tag:família", lambda photo: "família" in photo.said.keywords),
    "album": ('album:"the alps"', lambda photo: photo.country == "Austria"),
    "rating": ("rating:>3", lambda photo: (photo.said.rating or 0) > 3),
    "size": ("size:>20kb", lambda photo: photo.file.stat().st_size > 20_000),
    "is": ("is:untagged", lambda photo: not photo.said.keywords),
}


@pytest.mark.parametrize("name", sorted(_ASKED))
def test_a_filter_finds_what_the_facts_say(seeded: tuple[Path, list[Seeded]], name: str) -> None:
    folder, album = seeded
    query, says = _ASKED[name]
    expected = {photo.file.name for photo in album if says(photo)}
    assert 0 < len(expected) < PHOTOS
    with Library(folder) as library:
        found = {Path(match.path).name for match in library.search(query, 999).matches}
        others = {Path(match.path).name for match in library.search(f"-{query}", 999).matches}
    assert found == expected
    assert others == {photo.file.name for photo in album} - expected


def test_filters_of_which_all_photos_or_the_user_decide(seeded: tuple[Path, list[Seeded]]) -> None:
    folder, _ = seeded
    with Library(folder) as library:
        assert len(library.search("is:favourite", 999).matches) == FAVOURITES
        for query in ("type:jpeg", "has:gps", "has:date", "has:caption"):
            assert len(library.search(query, 999).matches) == PHOTOS, query
        assert not library.search("type:png", 999).matches


def test_no_filter_is_forgotten_here() -> None:
    assert {*_ASKED, "type", "has"} == set(FIELDS)


def test_a_facet_leaves_as_many_photos_as_it_says(seeded: tuple[Path, list[Seeded]]) -> None:
    folder, _ = seeded
    with Library(folder) as library:
        found = library.facets()
        kinds = (found.folders, found.months, found.tags, found.cameras, found.places)
        for facet in (facet for kind in kinds for facet in kind[:40]):
            left = library.search(format_condition(facet.filter), 999).matches
            assert len(left) == facet.count, facet
        assert all(kinds) and found.favourites == FAVOURITES


def test_all_that_a_photo_says_is_told(seeded: tuple[Path, list[Seeded]]) -> None:
    folder, album = seeded
    with Library(folder) as library:
        by_path = {os.fsdecode(row.path): row for row in library.photo_rows(library.photos())}
        for photo in album:
            found = library.about(by_path[str(photo.file)].photo_id)
            said = photo.said
            assert found.files == ((os.fsencode(photo.file), True),)
            assert found.taken_at == said.taken_at
            assert found.camera == f"{said.camera_make} {said.camera_model}"
            assert (found.lens, found.iso) == (said.lens, said.iso)
            assert found.position is not None and photo.country in found.places
            assert {tag.name for tag in found.tags if tag.source == "file"} == set(said.keywords)
            assert found.caption == (said.caption or "")
        with pytest.raises(PhotoSearchError):
            library.about(10**9)

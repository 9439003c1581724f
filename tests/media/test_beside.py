"""Which sidecar speaks of which photo."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from photosearch.media.beside import by_photo
from photosearch.media.sidecars import read_sidecars
from photosearch.media.walk import Sidecar, walk
from tests.media.blocks import bag, rdf


@pytest.mark.parametrize(
    ("names", "sidecars", "pairs"),
    [
        ("a.jpg", "a.jpg.xmp", "a.jpg:a.jpg.xmp"),
        ("a.jpg", "a.xmp", "a.jpg:a.xmp"),
        ("a.jpg", "a.xmp a.jpg.xmp", "a.jpg:a.jpg.xmp"),
        ("a.jpg a.dng", "a.xmp", "a.jpg:a.xmp a.dng:a.xmp"),
        ("a.jpg a.dng", "a.dng.xmp", "a.dng:a.dng.xmp"),
        ("A.JPG", "a.jpg.xmp", "A.JPG:a.jpg.xmp"),
        ("a.jpg", "A.XMP", "a.jpg:A.XMP"),
        ("a.jpg A.jpg", "a.xmp A.xmp", "a.jpg:a.xmp A.jpg:A.xmp"),
        ("a.jpg", "b.xmp", ""),
        ("a.jpg", "", ""),
        ("a.tar.jpg", "a.xmp a.tar.xmp", "a.tar.jpg:a.tar.xmp"),
    ],
)
def test_a_sidecar_is_named_like_its_photo(names: str, sidecars: str, pairs: str) -> None:
    found = by_photo(names.encode().split(), dict.fromkeys(sidecars.encode().split()))
    assert found == {pair.split(b":")[0]: pair.split(b":")[1] for pair in pairs.encode().split()}


def test_the_walk_shows_each_photo_with_its_sidecar(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg", "b.xmp", "alone.xmp", ".c.xmp"):
        (tmp_path / name).write_bytes(b"12345")
    os.mkdir(tmp_path / "a.jpg.xmp")
    (folder,) = [folder for folder in walk(bytes(tmp_path)) if not folder.path]
    time = (tmp_path / "b.xmp").stat().st_mtime_ns
    assert [(entry.name, entry.sidecar) for entry in folder.entries] == [
        (b"a.jpg", None),
        (b"b.jpg", Sidecar(b"b.xmp", 5, time)),
    ]


def test_of_several_sidecars_the_first_that_says_something_is_believed(tmp_path: Path) -> None:
    one, two, gone = (tmp_path / name for name in ("1.xmp", "2.xmp", "3.xmp"))
    one.write_text(rdf(bag("dc:subject", "a")))
    two.write_text(rdf(bag("dc:subject", "b"), "xmp:Rating='3'"))
    beside = read_sidecars([bytes(file) for file in (one, two, gone)])
    assert beside.properties == {"dc:subject": ["a"], "xmp:Rating": ["3"]}
    assert [state and state[0] for state in beside.states] == [
        *(one.stat().st_size, two.stat().st_size, None),
    ]
    assert beside.problem is not None and "3.xmp" in beside.problem


def test_the_shared_sidecars_find_their_photos(shared_data: Path) -> None:
    (folder,) = walk(bytes(shared_data / "formats" / "sidecar"))
    assert {entry.name: entry.sidecar and entry.sidecar.name for entry in folder.entries} == {
        b"IMG_0001.jpg": b"IMG_0001.jpg.xmp",
        b"IMG_0002.jpg": b"IMG_0002.xmp",
        b"IMG_0003.JPG": b"IMG_0003.jpg.xmp",
        b"IMG_0004.jpg": b"IMG_0004.jpg.xmp",
        b"mire1_darktable_flip-h.jpg": b"mire1_darktable_flip-h.jpg.xmp",
    }

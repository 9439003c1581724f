"""Every real file of the developers' collection, through the readers, against what two
independent programs said of it."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from photosearch.media.facts import Facts, parse_date
from photosearch.media.formats import SUFFIXES
from photosearch.media.read import Reading
from photosearch.media.readers import Failure, Job, Readers
from photosearch.settings import Settings
from tests.media.pictures import SIDE, assert_one_line, collect_all

NOT_READ = {"heif/multilayer005.heic"}  # its layers are a film's, though its first bytes say HEIC
NO_FACTS = {"png/paris_icc_exif_xmp.png"}  # EXIF as hexadecimal text, longer than it says
CAMERA_ELSEWHERE = {  # the two programs disagree
    "meta/WWL_(Polaroid)_ION230.jpg",
    "meta/exiftest-5_15_25.jpg",
    "meta/goexif_geodegrees_as_string.jpg",
}


@dataclass(frozen=True)
class Collection:
    """What became of every file, by its path, and what is said of it."""

    results: dict[str, Reading | Failure]
    said: dict[str, dict[str, str]]

    def facts(self) -> Iterator[tuple[str, Facts, dict[str, str]]]:
        """Path, our facts and theirs, of every file that was read and is known to them."""
        for path, result in self.results.items():
            if isinstance(result, Reading) and result.picture is not None and path in self.said:
                yield path, result.picture.facts, self.said[path]


@pytest.fixture(scope="module")
def collection(shared_data: Path) -> Collection:
    top = shared_data / "formats"
    files = sorted(
        file
        for file in top.rglob("*")
        if os.fsencode(file.suffix.lower()) in SUFFIXES and file.is_file()
    )
    with open(top / "FACTS.tsv", encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        said = {row["path"]: row for row in rows}
    before = set(psutil.Process().children())
    with Readers(Settings(), SIDE) as readers:
        for key, file in enumerate(files):
            readers.submit(Job(key, bytes(file)))
        results = collect_all(readers)
    left = set(psutil.Process().children()) - before
    assert not [child for child in left if "resource_tracker" not in " ".join(child.cmdline())]
    names = {key: file.relative_to(top).as_posix() for key, file in enumerate(files)}
    return Collection({names[key]: result for key, result in results.items()}, said)


def test_every_file_is_read_or_has_a_reason(collection: Collection) -> None:
    assert len(collection.results) > 400
    for path, result in collection.results.items():
        assert isinstance(result, Reading), (path, result)
        if result.picture is None:
            assert_one_line(result.problem)


def test_what_others_read_is_read(collection: Collection) -> None:
    unread = {
        path
        for path, result in collection.results.items()
        if isinstance(result, Reading)
        and result.picture is None
        and collection.said.get(path, {}).get("decodes") == "yes"
    }
    assert unread <= NOT_READ


def test_upright_sizes_are_those_others_see(collection: Collection) -> None:
    ours, theirs = {}, {}
    for path, facts, said in collection.facts():
        if said["upright_width"]:
            ours[path] = (facts.width, facts.height)
            theirs[path] = (int(said["upright_width"]), int(said["upright_height"]))
    assert len(theirs) > 350
    assert ours == theirs


def test_the_view_has_the_shape_of_the_size(collection: Collection) -> None:
    for path, result in collection.results.items():
        if isinstance(result, Reading) and result.picture is not None:
            width, height = result.picture.view_size
            facts = result.picture.facts
            assert len(result.picture.view) == 3 * width * height
            # a pixel more or less on each side, from rounding
            assert abs(width * facts.height - height * facts.width) <= (
                2 * max(facts.width, facts.height)
            ), path


def test_capture_times_are_those_others_see(collection: Collection) -> None:
    """Theirs know the moment of the shot only; ours may fall back on the last change."""
    ours, theirs = {}, {}
    for path, facts, said in collection.facts():
        date = parse_date(said["capture_time"])
        if date is not None and path not in NO_FACTS:
            ours[path], theirs[path] = facts.taken_at, date
    assert len(theirs) > 90
    assert ours == theirs


def test_cameras_are_those_others_see(collection: Collection) -> None:
    ours, theirs = {}, {}
    for path, facts, said in collection.facts():
        if path not in NO_FACTS | CAMERA_ELSEWHERE:
            ours[path] = (facts.camera_make or "", facts.camera_model or "")
            theirs[path] = (said["make"], said["model"])
    assert ours == theirs

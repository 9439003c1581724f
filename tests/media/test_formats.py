"""Every real file of the developers' collection, through the readers, against what two
independent programs said of it."""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from photosearch.media.dates import parse_date, parse_offset
from photosearch.media.facts import Facts, Metadata
from photosearch.media.metadata import read_metadata
from photosearch.media.read import Reading
from photosearch.media.readers import Failure, Job, Readers
from photosearch.media.suffixes import SUFFIXES
from photosearch.media.xmp import read_packet
from photosearch.settings import Settings
from tests.media.pictures import SIDE, assert_one_line, collect_all

NOT_READ = {  # others read a picture here
    "heif/multilayer005.heic",  # its layers are a film's, though its first bytes say HEIC
    "raw/PhaseOne.iiq",  # one black pixel before a RAW file that is cut off
    "raw/DNG.dng",  # a stamp of 8 x 8 pixels before one that is cut off
}

# Cells of FACTS.tsv that are not what we say, and why ours is right.
NOWHERE = "degrees beyond 90 north or 180 east are nowhere on Earth"
NULL_ISLAND = "0, 0 and nothing else is what is written without a fix"
IMPOSSIBLE = "no such day or hour: as good as no date"
OURS_IS_RIGHT = {
    ("meta/buggy_panorama.jpg", "gps"): NOWHERE,
    ("meta_generated/gps_out_of_range_lat_200.jpg", "gps"): NOWHERE,
    ("meta_generated/gps_null_island_0_0.jpg", "gps"): NULL_ISLAND,
    ("tiff/exif-rs_yaminabe.tif", "gps"): "a latitude without a longitude is no place",
    ("meta/FujiFilm DX-5.jpg", "taken"): IMPOSSIBLE,
    ("meta/Olympus C860L.jpg", "taken"): IMPOSSIBLE,
    ("meta/olympus_makernote_variant_4.jpg", "taken"): IMPOSSIBLE,
    ("meta/Issue 609.jpg", "taken"): "0000 is no date; that of the last change is the next best",
    ("meta_generated/date_feb30.jpg", "taken"): IMPOSSIBLE,
    ("meta_generated/date_month13.jpg", "taken"): IMPOSSIBLE,
    ("meta_generated/date_text.jpg", "taken"): "“yesterday” is no date",
    ("meta_generated/date_zero.jpg", "taken"): IMPOSSIBLE,
    ("meta_generated/orientation_9_invalid.jpg", "orientation"): "there are eight orientations",
    ("jxr/orientation6.jxr", "taken"): "JPEG XR is not read",
    ("jxr/orientation6.jxr", "offset"): "JPEG XR is not read",
}
NOT_LOOKED_AT = {  # what is not on the list of formats
    **dict.fromkeys([".ico"], "icons are no photos"),
    **dict.fromkeys([".jxr"], "JPEG XR: no camera writes it"),
    **dict.fromkeys([".pbm", ".pgm", ".ppm"], "no camera and no phone writes it"),
    **dict.fromkeys([".psd"], "a project of Photoshop, with parts that only it shows rightly"),
    **dict.fromkeys([".mov", ".mp4"], "films"),
}


@dataclass(frozen=True)
class Collection:
    """What became of every file on the list of formats, by its path, and what FACTS.tsv says."""

    results: dict[str, Reading | Failure]
    said: dict[str, dict[str, str]]

    def facts(self) -> Iterator[tuple[str, Facts, dict[str, str]]]:
        """Path, our facts and theirs, of every file with a picture that is known to them."""
        for path, result in self.results.items():
            if isinstance(result, Reading) and result.picture is not None and path in self.said:
                yield path, result.picture.facts, self.said[path]


@pytest.fixture(scope="module")
def formats(shared_data: Path) -> Path:
    return shared_data / "formats"


@pytest.fixture(scope="module")
def collection(formats: Path) -> Collection:
    files = sorted(
        file
        for file in formats.rglob("*")
        if os.fsencode(file.suffix.lower()) in SUFFIXES and file.is_file()
    )
    before = set(psutil.Process().children())
    with Readers(Settings(), SIDE) as readers:
        for key, file in enumerate(files):
            readers.submit(Job(key, bytes(file)))
        results = collect_all(readers)
    left = set(psutil.Process().children()) - before
    assert not [child for child in left if "resource_tracker" not in " ".join(child.cmdline())]
    names = {key: file.relative_to(formats).as_posix() for key, file in enumerate(files)}
    rows = {row["path"]: row for row in facts_rows(formats)}
    return Collection({names[key]: result for key, result in results.items()}, rows)


def facts_rows(formats: Path) -> list[dict[str, str]]:
    with open(formats / "FACTS.tsv", encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


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


def test_orientations_are_those_others_see(collection: Collection) -> None:
    wrong = {}
    for path, facts, said in collection.facts():
        if said["orientation"] and facts.orientation != int(said["orientation"]):
            wrong[path, "orientation"] = (facts.orientation, said["orientation"])
    assert wrong.keys() <= OURS_IS_RIGHT.keys(), wrong


def test_an_iphone_that_only_wrote_exif_is_turned_by_it(collection: Collection) -> None:
    result = collection.results["heif/iphone_7.heic"]
    assert isinstance(result, Reading) and result.picture is not None
    assert (result.picture.facts.width, result.picture.facts.height) == (3024, 4032)


def test_every_file_is_on_the_list_or_has_a_reason_not_to_be(
    formats: Path, collection: Collection
) -> None:
    others = {
        file.relative_to(formats).as_posix(): file.suffix
        for file in formats.rglob("*")
        if file.is_file() and file.parent != formats and file.suffix != ".xmp"
    }
    left = {suffix for path, suffix in others.items() if path not in collection.results}
    assert left == NOT_LOOKED_AT.keys()


def said_by(file: Path) -> Metadata:
    """What a photo, or a sidecar by itself, says."""
    if file.suffix == ".xmp":
        return read_metadata(b"", read_packet(file.read_bytes()))
    return read_metadata(file.read_bytes())


def test_every_cell_of_the_facts_agrees_or_ours_is_right(formats: Path) -> None:
    agreed, wrong = 0, {}
    for row in facts_rows(formats):
        file = formats / row["path"]
        if not file.is_file():  # in names.tar: nothing but a size
            assert not any(row[column] for column in ("capture_time", "make", "gps_lat"))
            continue
        for column, ours, theirs in compared(row, said_by(file)):
            agreed += ours == theirs
            if ours != theirs:
                wrong[row["path"], column] = (ours, theirs)
    assert wrong.keys() <= OURS_IS_RIGHT.keys(), wrong
    assert agreed > 500


def compared(row: dict[str, str], ours: Metadata) -> Iterator[tuple[str, object, object]]:
    """Our value and theirs, for each cell that is filled."""
    if row["capture_time"]:
        yield "taken", ours.taken_at, parse_date(row["capture_time"]) or row["capture_time"]
    if row["offset"]:
        yield "offset", ours.taken_offset, parse_offset(row["offset"])
    for column, value in (
        *(("make", ours.camera_make), ("model", ours.camera_model), ("lens", ours.lens)),
    ):
        if row[column]:
            yield column, value, row[column]
    if row["gps_lat"]:
        theirs = (float(row["gps_lat"]), float(row["gps_lon"] or "nan"))
        here = (ours.latitude or 0.0, ours.longitude or 0.0)
        near = ours.latitude is not None and math.dist(here, theirs) < 1e-5
        yield "gps", theirs if near else (ours.latitude, ours.longitude), theirs
    if row["rating"]:
        yield "rating", ours.rating, float(row["rating"])
    if row["keywords"]:  # one of them has a | inside
        split = {part for keyword in ours.keywords for part in keyword.split("|")}
        yield "keywords", split, set(row["keywords"].split("|"))


def test_where_they_say_nothing_we_say_nothing_of_a_place(formats: Path) -> None:
    """Theirs know EXIF's alone, and nothing of the sidecars' or of a disputed file's."""
    found = {
        row["path"]
        for row in facts_rows(formats)
        if (file := formats / row["path"]).is_file()
        and not row["gps_lat"]
        and said_by(file).latitude is not None
    }
    assert {path for path in found if not path.endswith(".xmp")} == {"meta/exiftest-5_15_25.jpg"}

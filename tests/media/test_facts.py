"""What a picture says about itself: dates, offsets, camera."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, TiffImagePlugin, TiffTags

from photosearch.media.dates import parse_date, parse_offset
from photosearch.media.facts import NO_METADATA, Facts, Metadata
from tests.conftest import draw
from tests.media.pictures import SAVERS, exif_of, picture_of, read

TAG = ExifTags.Base
Tags = dict[int, object]
SHOT, DIGITISED, CHANGED = TAG.DateTimeOriginal, TAG.DateTimeDigitized, TAG.DateTime


def facts_with(tmp_path: Path, tags: Tags, of_the_shot: Tags | None = None) -> Metadata:
    file = tmp_path / "a.jpg"
    draw(1).save(file, exif=exif_of(tags, of_the_shot))
    return read(file).metadata


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2020:01:31 23:59:58", "2020-01-31T23:59:58"),
        ("2020-01-31 23:59:58", "2020-01-31T23:59:58"),
        ("2020/01/31 23:59:58", "2020-01-31T23:59:58"),
        ("2020-01-31T23:59:58.123+02:00", "2020-01-31T23:59:58"),
        ("2024:02:29 00:00:00", "2024-02-29T00:00:00"),
        ("0000:00:00 00:00:00", None),
        ("    :  :     :  :  ", None),
        ("2023:02:29 00:00:00", None),
        ("2020:13:01 00:00:00", None),
        ("2020:01:01 24:00:00", None),
        ("2020:01:31", "2020-01-31"),
        ("2016:12:31 23:59:60", "2016-12-31T23:59:59"),
        ("2016:12:31 23:59:61", None),
        ("2020-01-31 and so on", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_read_or_counts_as_not_there(text: str | None, date: str | None) -> None:
    assert parse_date(text) == date


@given(st.text())
def test_no_text_breaks_the_parsers(text: str) -> None:
    parse_date(text)
    parse_offset(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("+05:45", 345),
        ("-11:00", -660),
        ("+00:00", 0),
        (" +02:00 ", 120),
        ("Z", 0),
        ("02:00", None),
        ("+2:00", None),
        ("   :  ", None),
        (None, None),
    ],
)
def test_an_offset_is_minutes_east_of_utc(text: str | None, minutes: int | None) -> None:
    assert parse_offset(text) == minutes


@pytest.mark.parametrize("text", ["+99:99", "-15:00", "+02:75"])
def test_an_offset_that_is_nowhere_on_earth_counts_as_not_there(text: str) -> None:
    assert parse_offset(text) is None


def test_the_shutter_goes_before_the_digitising_and_the_last_change(tmp_path: Path) -> None:
    change = "2022:01:01 00:00:00"
    facts = facts_with(
        tmp_path,
        {CHANGED: change},
        {SHOT: "2020:01:01 00:00:00", DIGITISED: "2021:01:01 00:00:00"},
    )
    assert facts.taken_at == "2020-01-01T00:00:00"
    facts = facts_with(tmp_path, {CHANGED: change}, {DIGITISED: "2021:01:01 00:00:00"})
    assert facts.taken_at == "2021-01-01T00:00:00"
    assert facts_with(tmp_path, {CHANGED: change}).taken_at == "2022-01-01T00:00:00"


def test_a_zero_date_gives_way_to_the_next(tmp_path: Path) -> None:
    shot: Tags = {SHOT: "0000:00:00 00:00:00", DIGITISED: "2021:01:01 00:00:00"}
    assert facts_with(tmp_path, {}, shot).taken_at == "2021-01-01T00:00:00"


def test_the_offset_is_that_of_the_date_which_was_taken(tmp_path: Path) -> None:
    shot: Tags = {
        SHOT: "2020:01:01 00:00:00",
        TAG.OffsetTimeOriginal: "+05:45",
        TAG.OffsetTime: "-03:00",
    }
    assert facts_with(tmp_path, {}, shot).taken_offset == 345
    del shot[TAG.OffsetTimeOriginal]
    assert facts_with(tmp_path, {}, shot).taken_offset is None


def test_a_picture_without_metadata_says_nothing(tmp_path: Path) -> None:
    assert facts_with(tmp_path, {}) == NO_METADATA


def test_the_camera_is_named_without_blanks_and_zeros(tmp_path: Path) -> None:
    facts = facts_with(tmp_path, {TAG.Make: "  Canon \0rest", TAG.Model: "EOS 5D  "})
    assert (facts.camera_make, facts.camera_model) == ("Canon", "EOS 5D")


def test_a_blank_camera_counts_as_not_there(tmp_path: Path) -> None:
    facts = facts_with(tmp_path, {TAG.Make: "    ", TAG.Model: "\0\0"})
    assert (facts.camera_make, facts.camera_model) == (None, None)


def test_a_camera_name_of_a_book_is_cut(tmp_path: Path) -> None:
    model = facts_with(tmp_path, {TAG.Model: "x" * 10_000}).camera_model
    assert model == "x" * 200


def test_tags_of_odd_types_count_as_not_there(tmp_path: Path) -> None:
    file = tmp_path / "a.tif"
    odd = TiffImagePlugin.ImageFileDirectory_v2()
    for tag in (TAG.Make, TAG.Model, TAG.DateTime):
        odd.tagtype[tag] = TiffTags.SHORT
        odd[tag] = 5
    draw(1).save(file, tiffinfo=odd)
    facts = read(file).metadata
    assert (facts.camera_make, facts.camera_model, facts.taken_at) == (None, None, None)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")  # children have nowhere to print it
def test_malformed_exif_costs_the_facts_and_not_the_picture(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    draw(1).save(file, exif=b"Exif\0\0MM\0*\xff\xff\xff\xff\xff\xff garbage")
    assert picture_of(file).facts == Facts(240, 180, "JPEG")
    assert read(file).metadata == NO_METADATA


@pytest.mark.parametrize("format_", sorted(SAVERS.keys() - {"TIFF"}))
def test_every_format_that_carries_exif_gives_its_facts(tmp_path: Path, format_: str) -> None:
    file = tmp_path / "a"
    exif = exif_of({TAG.Make: "Acme", TAG.Model: "One"}, {SHOT: "2020:01:02 03:04:05"})
    SAVERS[format_](draw(1), file, exif)
    assert picture_of(file).facts == Facts(240, 180, format_)
    said = Metadata("2020-01-02T03:04:05", None, "shutter", "Acme", "One")
    assert read(file).metadata == said


def test_a_tiff_gives_the_facts_of_the_shot(tmp_path: Path) -> None:
    file = tmp_path / "a.tif"
    info: Tags = {TAG.Make: "Acme", TAG.Orientation: 6}
    info[ExifTags.IFD.Exif] = {SHOT: "2020:01:02 03:04:05"}
    draw(1).save(file, tiffinfo=info)
    assert picture_of(file).facts == Facts(180, 240, "TIFF", 6)
    assert read(file).metadata == Metadata("2020-01-02T03:04:05", None, "shutter", "Acme")


def test_width_and_height_turn_with_the_picture_alone(tmp_path: Path) -> None:
    """An orientation in a place where it means nothing turns neither."""
    file = tmp_path / "a.jpg"
    Image.new("RGB", (60, 40)).save(file, exif=exif_of({}, {TAG.Orientation: 6}))
    picture = picture_of(file)
    assert (picture.facts.width, picture.facts.height) == picture.view_size

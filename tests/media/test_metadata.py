"""What a photo says of itself, wherever it is written, and which source is believed."""

from __future__ import annotations

import io

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from photosearch.media import iptc
from photosearch.media.metadata import read_metadata
from photosearch.media.xmp import Properties, read_packet
from tests.conftest import draw
from tests.media.blocks import SAID, XMP_HEAD, bag, box, jpeg, rdf, with_exif, with_place, with_xmp
from tests.media.pictures import exif_of
from tests.seeded import dataset, packet, photoshop, record, segment
from tests.seeded import exif_of as exif_that_says

TAG, GPS = ExifTags.Base, ExifTags.GPS

# --- every container gives the same ---


def test_every_container_gives_what_is_in_it() -> None:
    exif, xmp = exif_that_says(SAID), packet(SAID)
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt("XML:com.adobe.xmp", xmp.decode(), zip=True)
    for format_ in ("JPEG", "PNG", "WEBP", "AVIF"):
        out = io.BytesIO()
        draw(1).save(out, format_, exif=exif, xmp=xmp, pnginfo=chunks)
        assert read_metadata(out.getvalue()) == SAID, format_


def test_a_tiff_gives_what_is_in_it() -> None:
    exif = exif_that_says(SAID)
    exif[700] = packet(SAID)
    assert read_metadata(exif.tobytes().removeprefix(b"Exif\0\0")) == SAID


def test_jpeg_xl_gives_what_is_in_its_boxes_packed_or_not() -> None:
    imagecodecs = pytest.importorskip("imagecodecs")
    start = b"\0\0\0\x0cJXL \r\n\x87\n" + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    exif = b"\0\0\0\0" + exif_that_says(SAID).tobytes().removeprefix(b"Exif\0\0")
    plain = start + box(b"Exif", exif) + box(b"xml ", packet(SAID))
    assert read_metadata(plain) == SAID
    packed = start + box(b"Exif", exif)
    packed += box(b"brob", b"xml " + imagecodecs.brotli_encode(packet(SAID)))
    assert read_metadata(packed) == SAID


def test_jpeg_2000_gives_what_is_in_its_uuid_boxes() -> None:
    out = io.BytesIO()
    draw(1).save(out, "JPEG2000")
    exif = exif_that_says(SAID).tobytes().removeprefix(b"Exif\0\0")
    data = out.getvalue() + box(b"uuid", b"JpgTiffExif->JP2" + exif)
    uuid = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
    assert read_metadata(data + box(b"uuid", uuid + packet(SAID))) == SAID


# --- which source is believed ---


def test_iptc_gives_words_where_xmp_has_none() -> None:
    data = jpeg(segment(0xED, photoshop(record(SAID))))
    said = read_metadata(data)
    assert (said.title, said.caption, said.keywords) == ("A title", "Two\nlines", ("one", "two"))


def test_iptc_without_a_character_set_is_utf_8_if_it_can_be_else_latin_1() -> None:
    assert iptc.read_record(dataset(2, 25, "Straße".encode("latin-1"))) == {25: ["Straße"]}
    assert iptc.read_record(dataset(2, 25, "Straße".encode())) == {25: ["Straße"]}


def test_words_of_xmp_go_before_those_of_iptc_and_exif_and_keywords_are_of_all() -> None:
    item = "<rdf:li xml:lang='x-default'>x</rdf:li>"
    caption = f"<dc:description><rdf:Alt>{item}</rdf:Alt></dc:description>"
    data = jpeg(
        segment(0xE1, exif_of({TAG.ImageDescription: "e"}).tobytes()),
        segment(0xE1, XMP_HEAD + rdf(caption + bag("dc:subject", "a", "one")).encode()),
        segment(0xED, photoshop(record(SAID))),
    )
    said = read_metadata(data)
    assert (said.caption, said.title) == ("x", "A title")
    assert said.keywords == ("a", "one", "two")


def test_a_sidecar_goes_before_the_file() -> None:
    sidecar = read_packet(
        rdf(
            bag("dc:subject", "new"),
            "xmp:Rating='2' exif:DateTimeOriginal='2001-02-03T04:05:06+01:00'"
            " exif:GPSLatitude='10,30.0N' exif:GPSLongitude='20,0.5W'",
        ).encode()
    )
    data = jpeg(
        segment(0xE1, exif_that_says(SAID).tobytes()), segment(0xE1, XMP_HEAD + packet(SAID))
    )
    said = read_metadata(data, sidecar)
    assert (said.taken_at, said.taken_offset, said.taken_source) == (
        *("2001-02-03T04:05:06", 60, "sidecar"),
    )
    assert (said.rating, said.latitude, said.longitude) == (2.0, 10.5, -20.0083333)
    assert (said.keywords, said.title) == (("new", "one", "two"), "A title")


def test_the_date_falls_back_in_the_order_that_is_written_down() -> None:
    place = exif_of(
        {TAG.DateTime: "2006:01:01 00:00:00"}, {TAG.DateTimeDigitized: "2004:01:01 00:00:00"}
    )
    place.get_ifd(ExifTags.IFD.GPSInfo).update(
        {GPS.GPSDateStamp: "2005:01:01", GPS.GPSTimeStamp: (1.0, 2.0, 3.0)}
    )
    dates = dataset(2, 55, b"20030101") + dataset(2, 60, b"120000+0200")
    created = XMP_HEAD + rdf("", "photoshop:DateCreated='2002-01-01T00:00:00Z'").encode()
    segments = [
        segment(0xE1, exif_of({}, {TAG.DateTimeOriginal: "2001:01:01 00:00:00"}).tobytes()),
        segment(0xE1, created),
        segment(0xED, photoshop(dates)),
        segment(0xE1, place.tobytes()),
    ]
    found = []
    for first in range(4):
        said = read_metadata(jpeg(*segments[first:]))
        found.append((said.taken_at, said.taken_offset, said.taken_source))
    assert found == [
        ("2001-01-01T00:00:00", None, "shutter"),
        ("2002-01-01T00:00:00", 0, "created"),
        ("2003-01-01T12:00:00", 120, "created"),
        ("2004-01-01T00:00:00", None, "digitised"),
    ]
    del place.get_ifd(ExifTags.IFD.Exif)[TAG.DateTimeDigitized]
    said = read_metadata(jpeg(segment(0xE1, place.tobytes())))
    assert (said.taken_at, said.taken_offset, said.taken_source) == (
        *("2005-01-01T01:02:03", 0, "gps"),
    )
    place.get_ifd(ExifTags.IFD.GPSInfo).clear()
    said = read_metadata(jpeg(segment(0xE1, place.tobytes())))
    assert (said.taken_at, said.taken_source) == ("2006-01-01T00:00:00", "changed")


# --- single facts ---


@pytest.mark.parametrize(
    ("tags", "rating"),
    [
        ({0x4746: 3}, 3.0),
        ({0x4746: 9}, None),
        ({0x4749: 99}, 5.0),
        ({0x4749: 25}, 2.0),
        ({0x4749: 1}, 1.0),
        ({0x4749: 0}, 0.0),
        ({}, None),
    ],
)
def test_a_rating_is_stars_or_windows_percent(
    tags: dict[int, object], rating: float | None
) -> None:
    assert read_metadata(with_exif(tags)).rating == rating


@pytest.mark.parametrize(
    ("text", "rating"),
    [("5", 5.0), ("-1", -1.0), ("3.5", 3.5), ("6", None), ("nan", None), ("x", None)],
)
def test_a_rating_of_xmp_is_a_number(text: str, rating: float | None) -> None:
    assert read_metadata(with_xmp("", f"xmp:Rating='{text}'")).rating == rating


@pytest.mark.parametrize(
    ("tags", "position"),
    [
        ({1: "N", 2: (48.0, 51.0, 0.0), 3: "E", 4: (2.0, 21.0, 0.0)}, (48.85, 2.35)),
        ({1: "S", 2: (34.0, 36.0, 13.32), 3: "W", 4: (58.0, 22.0, 53.76)}, (-34.6037, -58.3816)),
        ({2: (48.0, 51.0, 0.0), 4: (2.0, 21.0, 0.0)}, (48.85, 2.35)),
        ({1: "S", 2: (90.0, 0.0, 0.0), 3: "W", 4: (180.0, 0.0, 0.0)}, (-90.0, -180.0)),
        ({1: "N", 2: (91.0, 0.0, 0.0), 3: "E", 4: (2.0, 0.0, 0.0)}, (None, None)),
        ({1: "N", 2: (9.0, 0.0, 0.0), 3: "E", 4: (181.0, 0.0, 0.0)}, (None, None)),
        ({1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}, (None, None)),
        ({1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0), 6: 0.0}, (None, None)),
        ({1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0), 6: 12.0}, (0.0, 0.0)),
        ({1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (10.0, 0.0, 0.0)}, (0.0, 10.0)),
        ({1: "N", 2: (10.0, 0.0, 0.0)}, (None, None)),
        ({}, (None, None)),
    ],
)
def test_a_position_is_on_earth_or_none(tags: dict[int, object], position: object) -> None:
    said = read_metadata(with_place(tags))
    assert (said.latitude, said.longitude) == position


@pytest.mark.parametrize(("ref", "altitude"), [(b"\0", 430.0), (b"\1", -430.0)])
def test_an_altitude_may_be_below_the_sea(ref: bytes, altitude: float) -> None:
    tags: dict[int, object] = {1: "N", 2: (31.0, 30.0, 0.0), 3: "E", 4: (35.0, 30.0, 0.0)}
    assert read_metadata(with_place({**tags, 5: ref, 6: 430.0})).altitude == altitude


def test_an_exposure_of_nothing_or_for_ever_counts_as_not_there() -> None:
    said = read_metadata(with_exif({}, {TAG.ExposureTime: 0.0, TAG.FNumber: 0.0}))
    assert (said.exposure_time, said.f_number) == (None, None)


def test_the_exposure_of_xmp_is_read_where_exif_has_none() -> None:
    said = read_metadata(
        with_xmp(
            bag("exif:ISOSpeedRatings", "800"),
            "exif:ExposureTime='1/125' exif:FNumber='28/10' exif:FocalLength='35/1'"
            " aux:Lens='35mm' tiff:Model='Two'",
        )
    )
    assert (said.exposure_time, said.f_number, said.iso, said.focal_length) == (
        *(1 / 125, 2.8, 800, 35.0),
    )
    assert (said.lens, said.camera_model) == ("35mm", "Two")


def test_keywords_are_tidied_and_each_is_there_once() -> None:
    said = read_metadata(with_xmp(bag("dc:subject", " a  b ", "a b", "", "c\nd", "DUP", "dup")))
    assert said.keywords == ("a b", "c d", "DUP", "dup")


def test_keywords_written_as_paths_only_are_their_last_parts() -> None:
    paths = bag("lr:hierarchicalSubject", "Places|Italy|Rome") + bag("digiKam:TagsList", "x/y")
    assert read_metadata(with_xmp(paths)).keywords == ("Rome", "y")
    assert read_metadata(with_xmp(paths + bag("dc:subject", "z"))).keywords == ("z",)


def test_windows_keywords_are_read() -> None:
    data = with_exif({0x9C9E: "one;two;日本\0".encode("utf-16-le")})
    assert read_metadata(data).keywords == ("one", "two", "日本")


@pytest.mark.parametrize("text", ["OLYMPUS DIGITAL CAMERA         ", "SONY DSC", "   "])
def test_what_cameras_write_by_themselves_is_no_caption(text: str) -> None:
    assert read_metadata(with_exif({TAG.ImageDescription: text})).caption is None


@pytest.mark.parametrize(
    "comment",
    [b"ASCII\0\0\0hello", b"UNICODE\0h\0e\0l\0l\0o\0", b"UNICODE\0\0h\0e\0l\0l\0o"],
)
def test_a_user_comment_is_a_caption(comment: bytes) -> None:
    assert read_metadata(with_exif({}, {TAG.UserComment: comment})).caption == "hello"


# --- XMP ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16", "utf-32-be"])
def test_xmp_is_read_in_every_encoding_it_may_have(encoding: str) -> None:
    data = rdf(bag("dc:subject", "日本")).encode(encoding)
    assert read_packet(data) == {"dc:subject": ["日本"]}


def test_xmp_in_latin_1_is_read_though_it_may_not_be() -> None:
    assert read_packet(rdf(bag("dc:subject", "é")).encode("latin-1")) == {"dc:subject": ["é"]}


def test_structures_inside_a_property_are_left_out() -> None:
    inside = "<rdf:Description><dc:title>not this</dc:title></rdf:Description>"
    body = f"<xmp:Thumb><rdf:Seq><rdf:li>{inside}</rdf:li></rdf:Seq></xmp:Thumb>"
    assert read_packet(rdf(body + "<dc:format>a</dc:format>").encode()) == {"dc:format": ["a"]}


def test_of_several_languages_the_default_one_is_taken_else_the_first() -> None:
    def title(*items: tuple[str, str]) -> Properties:
        inner = "".join(f"<rdf:li xml:lang='{lang}'>{text}</rdf:li>" for lang, text in items)
        return read_packet(rdf(f"<dc:title><rdf:Alt>{inner}</rdf:Alt></dc:title>").encode())

    assert title(("de", "eins"), ("x-default", "one")) == {"dc:title": ["one"]}
    assert title(("de", "eins"), ("fr", "un")) == {"dc:title": ["eins"]}


@pytest.mark.parametrize(("digits", "ms"), [("3", 300), ("25", 250), ("123456", 123), ("x", None)])
def test_the_fraction_of_the_second(digits: str, ms: int | None) -> None:
    exif = Image.Exif()
    shutter = exif.get_ifd(0x8769)
    shutter[0x9003], shutter[0x9291] = "2020:01:02 03:04:05", digits
    out = io.BytesIO()
    draw(1).save(out, "JPEG", exif=exif)
    found = read_metadata(out.getvalue())
    assert (found.taken_at, found.taken_ms) == ("2020-01-02T03:04:05", ms)

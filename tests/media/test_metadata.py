"""What a photo says of itself, by which source, and that nothing malformed in it raises."""

from __future__ import annotations

import dataclasses
import io
import struct
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin

from photosearch.media import iptc
from photosearch.media.embedded import find_metadata
from photosearch.media.facts import NO_METADATA, Metadata
from photosearch.media.metadata import read_metadata
from photosearch.media.tiff import read_folders
from photosearch.media.xmp import MalformedXmp, Properties, read_packet
from tests.conftest import draw
from tests.media.pictures import exif_of
from tests.seeded import dataset, packet, photoshop, record, segment
from tests.seeded import exif_of as exif_that_says

TAG, GPS = ExifTags.Base, ExifTags.GPS
XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
SAID = Metadata(
    taken_at="2019-05-06T07:08:09",
    taken_offset=-210,
    taken_source="shutter",
    camera_make="Acme",
    camera_model="One",
    lens="50mm",
    exposure_time=0.004,
    f_number=2.8,
    iso=400,
    focal_length=50.0,
    latitude=-33.5,
    longitude=-70.25,
    altitude=520.0,
    rating=4.0,
    title="A title",
    caption="Two\nlines",
    keywords=("one", "two"),
)


def jpeg(*segments: bytes) -> bytes:
    out = io.BytesIO()
    draw(1).save(out, "JPEG")
    return out.getvalue()[:2] + b"".join(segments) + out.getvalue()[2:]


def with_xmp(body: str, attributes: str = "") -> bytes:
    """A JPEG with an XMP packet."""
    return jpeg(segment(0xE1, XMP_HEAD + rdf(body, attributes).encode()))


NAMESPACES = "".join(
    f" xmlns:{prefix}='{uri}'"
    for prefix, uri in {
        "dc": "http://purl.org/dc/elements/1.1/",
        "xmp": "http://ns.adobe.com/xap/1.0/",
        "exif": "http://ns.adobe.com/exif/1.0/",
        "aux": "http://ns.adobe.com/exif/1.0/aux/",
        "tiff": "http://ns.adobe.com/tiff/1.0/",
        "photoshop": "http://ns.adobe.com/photoshop/1.0/",
        "lr": "http://ns.adobe.com/lightroom/1.0/",
        "digiKam": "http://www.digikam.org/ns/1.0/",
        "MicrosoftPhoto": "http://ns.microsoft.com/photo/1.0/",
    }.items()
)


def rdf(body: str, attributes: str = "") -> str:
    return (
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        f"<rdf:Description rdf:about=''{NAMESPACES} {attributes}>{body}</rdf:Description>"
        "</rdf:RDF></x:xmpmeta>"
    )


def bag(name: str, *values: str) -> str:
    items = "".join(f"<rdf:li>{value}</rdf:li>" for value in values)
    return f"<{name}><rdf:Bag>{items}</rdf:Bag></{name}>"


def with_exif(tags: dict[int, object], shot: dict[int, object] | None = None) -> bytes:
    return jpeg(segment(0xE1, exif_of(tags, shot).tobytes()))


def with_place(tags: dict[int, object]) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(tags)
    return jpeg(segment(0xE1, exif.tobytes()))


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


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


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


def test_a_packed_bomb_in_a_png_or_a_jxl_costs_little() -> None:
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + bytes(4)

    bomb = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(bytes(200 << 20))
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"iTXt", bomb)
    assert len(find_metadata(data).xmp[0]) <= 16 << 20
    imagecodecs = pytest.importorskip("imagecodecs")
    packed = imagecodecs.brotli_encode(bytes(64 << 20))
    data = b"\0\0\0\x0cJXL \r\n\x87\n" + box(b"brob", b"xml " + packed)
    assert sum(map(len, find_metadata(data).xmp)) <= 16 << 20


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


LAUGHS = "<!DOCTYPE l [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(12)
)


@pytest.mark.parametrize(
    ("hostile", "why"),
    [
        (f"{LAUGHS}]><l>&a12;</l>", "it declares entities"),
        ("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>", "it declares entities"),
        ("<!DOCTYPE x [<!ENTITY e SYSTEM 'http://localhost/'>]><x>&e;</x>", "it declares entities"),
        ("<a>" * 100_000, "it is no XML"),
        ("<x>" + "<a/>" * 200_000 + "</x>", "it is no XML"),
        ("<a", "it is no XML"),
        ("just text", "it is no XML"),
        (" " * (17 << 20) + "<x/>", "it is too large"),
    ],
    ids=["laughs", "outside", "network", "deep", "many", "cut", "text", "large"],
)
def test_hostile_xmp_is_refused_quickly(hostile: str, why: str) -> None:
    with pytest.raises(MalformedXmp, match=why):
        read_packet(hostile.encode())
    assert read_metadata(jpeg(segment(0xE1, (XMP_HEAD + hostile.encode())[:65_000]))) == NO_METADATA


def test_a_property_of_very_many_values_is_cut() -> None:
    many = read_packet(rdf(bag("dc:subject", *map(str, range(9000)))).encode())
    assert len(read_metadata(b"", many).keywords) == 1000


# --- malformed ---

WHOLE = jpeg(
    segment(0xE1, exif_that_says(SAID).tobytes()),
    segment(0xE1, XMP_HEAD + packet(SAID)),
    segment(0xED, photoshop(record(SAID))),
)


def plain_types(said: Metadata) -> None:
    """A fact has its type or is None, whatever the file says: the catalog can hold it."""
    for field in dataclasses.fields(said):
        value = getattr(said, field.name)
        if field.name == "keywords":
            assert all(isinstance(word, str) and word.isprintable() for word in value)
        else:
            assert value is None or type(value).__name__ in str(field.type), (field.name, value)
        if isinstance(value, int):
            assert abs(value) < 2**63
        if isinstance(value, str):
            value.encode()


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 255)), min_size=1, max_size=20),
    st.integers(0, 1600),
)
def test_a_spoilt_file_never_raises(changes: list[tuple[int, int]], length: int) -> None:
    spoilt = bytearray(WHOLE)
    for at, value in changes:
        spoilt[at] = value
    plain_types(read_metadata(bytes(spoilt)))
    plain_types(read_metadata(bytes(spoilt[:length])))


STARTS = (
    *(
        b"\xff\xd8\xff\xe1",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\0\0\0\0WEBP",
        b"GIF89a",
        b"II*\0",
        b"MM\0*",
    ),
    *(b"\0\0\0\x10ftyp", b"\0\0\0\x0cJXL \r\n\x87\n", b"FUJIFILMCCD-RAW", b"\0MRM", b"\xff\x0a"),
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=300))
def test_no_bytes_after_a_good_start_raise(start: bytes, rest: bytes) -> None:
    plain_types(read_metadata(start + rest))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_break_the_readers_of_blocks(data: bytes) -> None:
    read_folders(b"II*\0\x08\0\0\0" + data)
    read_folders(b"MM\0*\0\0\0\x08" + data)
    iptc.read_record(b"\x1c" + data)
    try:
        read_packet(b"<" + data)
    except MalformedXmp as error:
        assert str(error)


TYPES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 129, 0, 255)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([0x10F, 0x110, 0x132, 0x829A, 0x829D, 0x8827, 0x9003, 0x9011, 0x9C9E])
            | st.sampled_from(
                [0x4746, 0x4749, 0x8769, 0x8825, 0x014A, 0x9286, 1, 2, 3, 4, 5, 6, 29]
            ),
            st.sampled_from(TYPES),
            st.sampled_from([0, 1, 2, 3, 8, 2**16, 2**31, 2**32 - 1]),
            st.binary(min_size=4, max_size=4),
        ),
        max_size=8,
    )
)
def test_wrong_types_and_huge_counts_never_raise(
    entries: list[tuple[int, int, int, bytes]],
) -> None:
    body = struct.pack("<H", len(entries))
    for tag, kind, count, value in entries:
        body += struct.pack("<HHI", tag, kind, count) + value
    data = b"II*\0\x08\0\0\0" + body + bytes(4)
    plain_types(read_metadata(data))
    plain_types(read_metadata(jpeg(segment(0xE1, b"Exif\0\0" + data))))


def test_many_tags_of_one_large_place_cost_little() -> None:
    """Each of them says that its value is all of the file."""
    count, size = 1000, 8 << 20
    body = b"".join(struct.pack("<HHII", tag, 7, size, 8) for tag in range(0x8000, 0x8000 + count))
    data = b"II*\0\x08\0\0\0" + struct.pack("<H", count) + body + bytes(size)
    tracemalloc.start()
    assert read_metadata(data) == NO_METADATA
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200 << 20


def test_folders_that_lead_to_themselves_end() -> None:
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)
    data = b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + entry + struct.pack("<I", 8)
    assert read_metadata(data) == NO_METADATA


def test_every_hostile_file_of_the_collection_is_read_without_a_word(
    shared_data: Path, tmp_path: Path
) -> None:
    """Only what a file says of itself; its picture is another test's."""
    import tarfile

    with tarfile.open(shared_data / "corrupt.tar.xz") as archive:
        count = 0
        for item in archive:
            if not item.isfile() or item.size > 1 << 20:
                continue
            file = archive.extractfile(item)
            assert file is not None
            plain_types(read_metadata(file.read()))
            count += 1
    assert count > 6000

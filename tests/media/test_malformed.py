"""Malformed and hostile metadata: nothing raises, and nothing costs much."""

from __future__ import annotations

import dataclasses
import struct
import tarfile
import tracemalloc
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photosearch.media import iptc
from photosearch.media.embedded import find_metadata
from photosearch.media.facts import NO_METADATA, Metadata
from photosearch.media.metadata import read_metadata
from photosearch.media.tiff import read_folders
from photosearch.media.xmp import MalformedXmp, read_packet
from tests.media.blocks import SAID, XMP_HEAD, bag, box, jpeg, rdf
from tests.seeded import exif_of as exif_that_says
from tests.seeded import packet, photoshop, record, segment


def test_a_packed_bomb_in_a_png_or_a_jxl_costs_little() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + bytes(4)

    bomb = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(bytes(200 << 20))
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"iTXt", bomb)
    assert len(find_metadata(data).xmp[0]) <= 16 << 20
    imagecodecs = pytest.importorskip("imagecodecs")
    packed = imagecodecs.brotli_encode(bytes(64 << 20))
    data = b"\0\0\0\x0cJXL \r\n\x87\n" + box(b"brob", b"xml " + packed)
    assert sum(map(len, find_metadata(data).xmp)) <= 16 << 20


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

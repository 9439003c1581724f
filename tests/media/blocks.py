"""Blocks of metadata as files hold them, made for the tests."""

from __future__ import annotations

import io
import struct

from PIL import ExifTags, Image

from photosearch.media.facts import Metadata
from tests.conftest import draw
from tests.media.pictures import exif_of
from tests.seeded import segment

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


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body

"""Finding the metadata in a file of any format, without decoding the picture.

Written for hostile bytes: what does not fit is left out, nothing raises.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from photosearch.media import boxes, jxl, tiff

LARGEST = 16 << 20
"""Most bytes of one metadata block, also when it is unpacked."""

_MOST = 16  # blocks of one kind that are looked into

_EXIF_HEADS = (b"Exif\0\0", b"Exif\0\xff")
_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENDED_HEAD = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP_HEAD = b"Photoshop 3.0\0"
_IPTC_RESOURCE = 0x0404
_XMP_TAG, _IPTC_TAG, _PHOTOSHOP_TAG = 0x02BC, 0x83BB, 0x8649
_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_EXIF_UUID = b"JpgTiffExif->JP2"
_IPTC_UUID = bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38")
_CR3_UUID = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")


@dataclass
class Embedded:
    """The metadata blocks of a file: TIFF structures (EXIF), XMP packets, IPTC-IIM records."""

    exif: list[bytes] = field(default_factory=list)
    xmp: list[bytes] = field(default_factory=list)
    iptc: list[bytes] = field(default_factory=list)


def find_metadata(data: bytes) -> Embedded:
    """The metadata blocks in the bytes of a file."""
    found = Embedded()
    for is_it, read in _CONTAINERS:
        if is_it(data):
            read(data, found)
            break
    return Embedded(found.exif[:_MOST], found.xmp[:_MOST], found.iptc[:_MOST])


# --- JPEG ---


def _jpeg(data: bytes, found: Embedded) -> None:
    photoshop = b""
    extended: dict[int, bytes] = {}
    for marker, body in _segments(data):
        if marker == 0xE1 and body.startswith(_EXIF_HEADS):
            found.exif.append(body[6:])
        elif marker == 0xE1 and body.startswith(_XMP_HEAD):
            found.xmp.append(body[len(_XMP_HEAD) :])
        elif marker == 0xE1 and body.startswith(_EXTENDED_HEAD):
            part = body[len(_EXTENDED_HEAD) + 32 :]  # after the digest of the whole
            extended.setdefault(int.from_bytes(part[4:8], "big"), part[8:])
        elif marker == 0xED and body.startswith(_PHOTOSHOP_HEAD) and len(photoshop) < LARGEST:
            photoshop += body[len(_PHOTOSHOP_HEAD) :]
    if extended:
        found.xmp.append(b"".join(part for _, part in sorted(extended.items()))[:LARGEST])
    _photoshop(photoshop, found)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments before the picture's data: marker and what is in it."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker in (0xD9, 0xDA):  # the end; the picture itself
            return
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 2
            continue
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        yield marker, data[at + 4 : at + 2 + size]
        at += 2 + max(size, 2)


def _photoshop(data: bytes, found: Embedded) -> None:
    """Photoshop's image resources, one of which holds IPTC."""
    at = 0
    while at + 12 <= len(data) and data[at : at + 4] in (b"8BIM", b"PHUT", b"DCSR", b"AgHg"):
        kind = int.from_bytes(data[at + 4 : at + 6], "big")
        start = at + 6 + (data[at + 6] + 2) // 2 * 2  # a name, padded to an even length
        size = int.from_bytes(data[start : start + 4], "big")
        if kind == _IPTC_RESOURCE:
            found.iptc.append(data[start + 4 : start + 4 + size])
        at = start + 4 + size + size % 2


# --- PNG, WebP, GIF ---


def _png(data: bytes, found: Embedded) -> None:
    at = 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        if kind == b"eXIf":
            found.exif.append(body.removeprefix(_EXIF_HEADS[0]))
        elif kind in (b"iTXt", b"zTXt", b"tEXt"):
            _png_text(kind, body, found)
        at += 12 + size


def _png_text(kind: bytes, body: bytes, found: Embedded) -> None:
    keyword, _, rest = body.partition(b"\0")
    if max(len(found.xmp), len(found.exif), len(found.iptc)) >= _MOST:
        return
    if keyword == b"XML:com.adobe.xmp" and kind == b"iTXt" and len(rest) > 2:
        packed = rest[0] == 1
        text = rest[2:].split(b"\0", 2)[-1]
        found.xmp.append(_unpacked(text) if packed else text)
    elif keyword.startswith(b"Raw profile type "):
        text = _unpacked(rest[1:]) if kind == b"zTXt" else rest
        _raw_profile(keyword[17:].lower(), text, found)


def _raw_profile(kind: bytes, text: bytes, found: Embedded) -> None:
    """ImageMagick's way: a name, a length, and the bytes in hexadecimal."""
    match = re.match(rb"\s*\S+\s+(\d{1,9})\s+", text)
    if match is None:
        return
    digits = re.sub(rb"[^0-9a-fA-F]", b"", text[match.end() :])
    block = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))[: int(match[1])]
    if block.startswith((*_EXIF_HEADS, b"II*\0", b"MM\0*")):
        found.exif.append(block.removeprefix(_EXIF_HEADS[0]))
    elif kind in (b"xmp", b"app1"):
        found.xmp.append(block.removeprefix(_XMP_HEAD))
    elif kind in (b"iptc", b"8bim"):
        if block.startswith(b"8BIM"):
            _photoshop(block, found)
        else:
            found.iptc.append(block)


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, LARGEST)
    except zlib.error:
        return b""


def _webp(data: bytes, found: Embedded) -> None:
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        kind, body = data[at : at + 4], data[at + 8 : at + 8 + size]
        if kind == b"EXIF":
            found.exif.append(body.removeprefix(_EXIF_HEADS[0]))
        elif kind == b"XMP ":
            found.xmp.append(body)
        at += 8 + size + size % 2


def _gif(data: bytes, found: Embedded) -> None:
    at = data.find(b"XMP DataXMP")
    end = data.find(b"\x01\xff\xfe", at)  # the “magic trailer”
    if 0 <= at < end:
        found.xmp.append(data[at + 11 : end])


# --- TIFF and the RAW formats made of it ---


def _tiff(data: bytes, found: Embedded) -> None:
    found.exif.append(data)
    main = tiff.read_folders(data).main
    xmp, iptc, photoshop = (_block(main.get(t)) for t in (_XMP_TAG, _IPTC_TAG, _PHOTOSHOP_TAG))
    if xmp:
        found.xmp.append(xmp)
    if iptc.startswith(b"\x1c"):
        found.iptc.append(iptc)
    else:
        _photoshop(photoshop, found)


def _block(value: tiff.Value | None) -> bytes:
    return value if isinstance(value, bytes) else b""


def _fuji(data: bytes, found: Embedded) -> None:
    start, size = (int.from_bytes(data[at : at + 4], "big") for at in (84, 88))
    if data[start : start + 2] == b"\xff\xd8":
        _jpeg(data[start : start + size], found)


def _minolta(data: bytes, found: Embedded) -> None:
    at = 8
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "big")
        if data[at : at + 4] == b"\0TTW":
            found.exif.append(data[at + 8 : at + 8 + size])
            return
        at += 8 + size


# --- formats made of boxes ---


def _boxed(data: bytes, found: Embedded) -> None:
    items = boxes.read_items(data)
    for item, content in items.contents.items():
        if items.kinds.get(item) == b"Exif":
            found.exif.append(_after_offset(content))
        else:
            found.xmp.append(content)
    for box in boxes.walk(data):
        kind, body = box.kind, box.body
        if kind == b"brob":  # JPEG XL: a box packed by Brotli
            kind, body = body[:4], _unbrotli(body[4:]) if body[:4] in (b"Exif", b"xml ") else b""
        if kind == b"Exif":
            found.exif.append(_after_offset(body))
        elif kind == b"xml ":
            found.xmp.append(body)
        elif kind == b"uuid":
            _uuid(body[:16], body[16:], found)
        elif kind == b"moov":  # Canon CR3
            for inner in boxes.walk(body):
                if inner.kind == b"uuid" and inner.body[:16] == _CR3_UUID:
                    blocks = {box.kind: box.body for box in boxes.walk(inner.body[16:])}
                    found.exif += [blocks[name] for name in _CR3_BLOCKS if name in blocks]


_CR3_BLOCKS = (b"CMT1", b"CMT2", b"CMT4")


def _uuid(name: bytes, body: bytes, found: Embedded) -> None:
    if name == _XMP_UUID:
        found.xmp.append(body)
    elif name == _EXIF_UUID:
        found.exif.append(body.removeprefix(_EXIF_HEADS[0]))
    elif name == _IPTC_UUID:
        found.iptc.append(body)


def _after_offset(content: bytes) -> bytes:
    """An Exif item or box says first where its TIFF structure begins."""
    block = content[4 + int.from_bytes(content[:4], "big") :]
    return block.removeprefix(_EXIF_HEADS[0]) or content


def _unbrotli(data: bytes) -> bytes:
    from imagecodecs import BrotliError, brotli_decode

    try:
        return bytes(brotli_decode(data, out=bytearray(1 << 20)))
    except (BrotliError, ValueError, MemoryError):
        return b""


def _is_boxed(data: bytes) -> bool:
    return data[4:8] in (b"ftyp", b"JXL ", b"jP  ")


_CONTAINERS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes, Embedded], None]], ...] = (
    (lambda data: data[:2] == b"\xff\xd8", _jpeg),
    (lambda data: data[:8] == b"\x89PNG\r\n\x1a\n", _png),
    (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", _webp),
    (lambda data: data[:3] == b"GIF", _gif),
    (lambda data: data[:15] == b"FUJIFILMCCD-RAW", _fuji),
    (lambda data: data[:4] == b"\0MRM", _minolta),
    (lambda data: jxl.is_jxl(data) or _is_boxed(data), _boxed),
    (lambda data: data[:2] in (b"II", b"MM"), _tiff),
)

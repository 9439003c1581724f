"""Reading the tags of a TIFF structure, which EXIF is, and most camera RAW files are.

Written for hostile bytes: every offset and count is checked against the data, nothing is followed
twice, and what does not fit is left out; nothing here raises. TIFF 6.0, Exif 3.0.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

Scalar = int | float | str | bytes
Value = Scalar | tuple[int | float, ...]
Tags = dict[int, Value]

_MAGIC = {42, 0x55, 0x4F52, 0x5352}  # TIFF; Panasonic RW2; two of Olympus ORF
_NUMBERS = {
    1: "B",
    3: "H",
    4: "I",
    5: "II",
    6: "b",
    8: "h",
    9: "i",
    10: "ii",
    11: "f",
    12: "d",
    13: "I",
}
_TEXT = {2, 129}
_BYTES = 7
_AS_BYTES = {
    0x02BC,
    0x83BB,
    0x8649,
    0x9286,
    *range(0x9C9B, 0x9CA0),
}  # whatever type they say they are
_LONGEST, _LONGEST_BLOCK = 64 << 10, 4 << 20  # bytes of a value; of one of these
_MOST_ENTRIES = 1000
_MOST_NUMBERS = 64
_MOST_FOLDERS = 24

EXIF, GPS, SUB = 0x8769, 0x8825, 0x014A


@dataclass
class Folders:
    """The tags by the folder (IFD) in which they are: the first, those of the exposure, those of
    the place; and of each further picture in the file (a RAW file's SubIFDs, the next folders)."""

    main: Tags = field(default_factory=dict)
    exif: Tags = field(default_factory=dict)
    gps: Tags = field(default_factory=dict)
    others: list[Tags] = field(default_factory=list)


def read_folders(data: bytes) -> Folders:
    """The tags of a TIFF structure; numbers as they are, fractions as floats (0/0 is left out),
    text as str. Empty where `data` is no such structure."""
    found = Folders()
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8:
        return found
    magic, first = struct.unpack_from(order + "HI", data, 2)
    if magic not in _MAGIC:
        return found
    reader = _Reader(data, order)
    found.main, following = reader.folder(first)
    found.exif, _ = reader.folder(_offset(found.main.get(EXIF)))
    found.gps, _ = reader.folder(_offset(found.main.get(GPS)))
    for offset in _offsets(found.main.get(SUB)):
        found.others.append(reader.folder(offset)[0])
    while following:
        tags, following = reader.folder(following)
        found.others.append(tags)
    return found


def _offset(value: Value | None) -> int:
    return next(_offsets(value), 0)


def _offsets(value: Value | None) -> Iterator[int]:
    for offset in value if isinstance(value, tuple) else (value,):
        if isinstance(offset, int):
            yield offset


class _Reader:
    def __init__(self, data: bytes, order: str) -> None:
        self._data = data
        self._order = order
        self._seen: set[int] = set()

    def folder(self, offset: int) -> tuple[Tags, int]:
        """The tags of the folder at `offset`, and where the next one is; empty and 0 where there
        is none, or it was read before."""
        if not 8 <= offset <= len(self._data) - 2 or offset in self._seen:
            return {}, 0
        if len(self._seen) >= _MOST_FOLDERS:
            return {}, 0
        self._seen.add(offset)
        (count,) = struct.unpack_from(self._order + "H", self._data, offset)
        tags: Tags = {}
        at = offset + 2
        for _ in range(min(count, _MOST_ENTRIES)):
            if at + 12 > len(self._data):
                return tags, 0
            tag, kind, number = struct.unpack_from(self._order + "HHI", self._data, at)
            value = self._value(tag, kind, number, at + 8)
            if value is not None:
                tags.setdefault(tag, value)
            at += 12
        if count > _MOST_ENTRIES or at + 4 > len(self._data):
            return tags, 0
        (following,) = struct.unpack_from(self._order + "I", self._data, at)
        return tags, following

    def _value(self, tag: int, kind: int, count: int, at: int) -> Value | None:
        code = _NUMBERS.get(kind)
        size = count * (struct.calcsize("=" + code) if code else 1)
        if code is None and kind not in _TEXT and kind != _BYTES:
            return None
        if size > 4:
            (at,) = struct.unpack_from(self._order + "I", self._data, at)
        if size == 0 or at + size > len(self._data):
            return None
        if code is None or tag in _AS_BYTES:
            longest = _LONGEST_BLOCK if tag in _AS_BYTES else _LONGEST
            raw = self._data[at : at + min(size, longest)]
            return raw if kind not in _TEXT else _text(raw)
        many = min(count, _MOST_NUMBERS)
        numbers = struct.unpack_from(self._order + code * many, self._data, at)
        if len(code) == 2:
            return _fractions(numbers)
        return numbers if len(numbers) > 1 else numbers[0]


def _fractions(numbers: tuple[int, ...]) -> Value | None:
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    if any(below == 0 for _, below in pairs):
        return None
    values = tuple(above / below for above, below in pairs)
    return values if len(values) > 1 else values[0]


def _text(raw: bytes) -> str:
    raw = raw.split(b"\0")[0] if raw.strip(b"\0") else b""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")

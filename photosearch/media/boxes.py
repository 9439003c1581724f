"""Boxes: the structure of HEIF, AVIF, JPEG 2000, JPEG XL and CR3 files (ISO 14496-12, 23008-12).

Written for hostile bytes: what does not fit is left out, nothing raises.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

_MOST_BOXES = 4096
_MOST_ITEMS = 20_000
_MOST_CONTENTS = 16
_MOST_PARTS = 256  # of one item
_LARGEST = 16 << 20  # bytes of one item that are put together


@dataclass(frozen=True)
class Box:
    """A box: its type of four bytes, and what is in it."""

    kind: bytes
    body: bytes


def walk(data: bytes) -> Iterator[Box]:
    """The boxes one after the other in `data`; the last may be cut off."""
    at = 0
    for _ in range(_MOST_BOXES):
        if at + 8 > len(data):
            return
        size = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        head = 8
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
            head = 16
        elif size == 0:
            size = len(data) - at
        if size < head:
            return
        yield Box(kind, data[at + head : at + size])
        at += size


def find(data: bytes, *kinds: bytes) -> bytes | None:
    """What is in the first box at the path `kinds`, from the outside in."""
    for kind in kinds:
        data_or_none = next((box.body for box in walk(data) if box.kind == kind), None)
        if data_or_none is None:
            return None
        data = data_or_none
    return data


@dataclass
class Items:
    """What a HEIF or AVIF file's `meta` box says: the items' types (of `mime` items the content
    type), what is in those that hold metadata, and the turns asked for by the primary one.

    `rotation`: irot, quarter turns anticlockwise; `mirror`: imir, 0 for top to bottom, 1 for left
    to right; None where there is no such property. `turns`: both, in the order they are applied.
    """

    kinds: dict[int, bytes] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)
    turns: list[tuple[bytes, int]] = field(default_factory=list)


def read_items(data: bytes) -> Items:
    """The items of a HEIF or AVIF file; empty where it is none."""
    found = Items()
    meta = find(data, b"meta")
    if meta is None:
        return found
    meta = meta[4:]
    parts: dict[bytes, bytes] = {}
    for box in walk(meta):
        parts.setdefault(box.kind, box.body)
    _kinds(parts.get(b"iinf", b""), found)
    _contents(data, parts, found)
    primary = parts.get(b"pitm", b"")
    if primary:
        size = 4 if primary[0] else 2
        _turns(parts.get(b"iprp", b""), int.from_bytes(primary[4 : 4 + size], "big"), found)
    return found


def orientation(data: bytes) -> int | None:
    """The EXIF orientation (1 to 8) that is the same as the turns (irot, imir) which the primary
    item of a HEIF or AVIF file asks for; None where it has no such property."""
    turns = read_items(data).turns
    if not turns:
        return None
    angle, mirrored = 0, False  # the picture is mirrored left to right, then turned clockwise
    for kind, value in turns:
        if kind == b"irot":
            angle = (angle - 90 * value) % 360
        else:  # a mirror after a turn is the mirror before the opposite one
            angle = (-angle + (0 if value else 180)) % 360
            mirrored = not mirrored
    plain = {0: 1, 90: 6, 180: 3, 270: 8}
    flipped = {0: 2, 90: 7, 180: 4, 270: 5}
    return (flipped if mirrored else plain)[angle]


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, size: int) -> int:
        """The next `size` bytes as a number; those beyond the end count as none."""
        value = int.from_bytes(self._data[self._at : self._at + size], "big")
        self._at += size
        return value

    @property
    def ended(self) -> bool:
        return self._at >= len(self._data)


def _kinds(body: bytes, found: Items) -> None:
    if not body:
        return
    for box in walk(body[6:] if body[0] == 0 else body[8:]):
        if box.kind != b"infe" or len(box.body) < 12 or box.body[0] < 2:
            continue
        size = 2 if box.body[0] == 2 else 4
        item = int.from_bytes(box.body[4 : 4 + size], "big")
        kind = box.body[6 + size : 10 + size]
        if kind == b"mime":
            kind = [*box.body[10 + size :].split(b"\0"), b""][1]
        found.kinds[item] = kind


def _contents(data: bytes, parts: dict[bytes, bytes], found: Items) -> None:
    """Put together the metadata items from the places where `iloc` says they lie."""
    body = parts.get(b"iloc", b"")
    if len(body) < 8:
        return
    version = body[0]
    cursor = _Cursor(body[4:])
    sizes = cursor.number(2)
    of_offset, of_length, of_base = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    of_index = sizes & 15 if version else 0
    wide = 4 if version == 2 else 2
    for _ in range(min(cursor.number(wide), _MOST_ITEMS)):
        if cursor.ended:
            return
        item = cursor.number(wide)
        method = cursor.number(2) & 15 if version else 0
        cursor.number(2)  # data reference: 0, this file
        base = cursor.number(of_base)
        place = parts.get(b"idat", b"") if method == 1 else data
        content = b""
        wanted = _is_metadata(found.kinds.get(item)) and len(found.contents) < _MOST_CONTENTS
        for part in range(cursor.number(2)):
            if cursor.ended:
                break
            cursor.number(of_index)
            start = base + cursor.number(of_offset)
            length = cursor.number(of_length) or len(place)
            if wanted and part < _MOST_PARTS and len(content) < _LARGEST:
                content += place[start : start + min(length, _LARGEST)]
        if content and method < 2:
            found.contents.setdefault(item, content)


def _is_metadata(kind: bytes | None) -> bool:
    return kind in (b"Exif", b"application/rdf+xml")


def _turns(body: bytes, primary: int, found: Items) -> None:
    properties = list(walk(find(body, b"ipco") or b""))
    for box in walk(body):
        if box.kind != b"ipma" or len(box.body) < 8:
            continue
        wide_item, wide_index = box.body[0] >= 1, box.body[3] & 1
        cursor = _Cursor(box.body[4:])
        for _ in range(min(cursor.number(4), _MOST_ITEMS)):
            if cursor.ended:
                return
            item = cursor.number(4 if wide_item else 2)
            for _ in range(cursor.number(1)):
                index = cursor.number(2) & 0x7FFF if wide_index else cursor.number(1) & 0x7F
                if item == primary and 0 < index <= len(properties):
                    box_of = properties[index - 1]
                    if box_of.kind in (b"irot", b"imir") and box_of.body:
                        mask = 3 if box_of.kind == b"irot" else 1
                        found.turns.append((box_of.kind, box_of.body[0] & mask))

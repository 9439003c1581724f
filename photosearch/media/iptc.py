"""IPTC-IIM, the older way of writing captions and keywords into pictures (IIM 4.2, record 2).

Written for hostile bytes: what does not fit is left out, nothing raises.
"""

from __future__ import annotations

_UTF8 = b"\x1b%G"
_MOST = 5000  # datasets

TITLE, KEYWORD, DATE, TIME, CITY, REGION, COUNTRY, HEADLINE, CAPTION = (
    *(5, 25, 55, 60, 90, 95, 101, 105, 120),
)

Record = dict[int, list[str]]


def read_record(data: bytes) -> Record:
    """The datasets of record 2 by number, each with its values in order."""
    found: dict[int, list[bytes]] = {}
    charset = b""
    at = 0
    for _ in range(_MOST):
        if at + 5 > len(data) or data[at] != 0x1C:
            break
        record, number = data[at + 1], data[at + 2]
        size = int.from_bytes(data[at + 3 : at + 5], "big")
        at += 5
        if size & 0x8000:  # so many bytes hold the length
            wide = size & 0x7FFF
            size = int.from_bytes(data[at : at + min(wide, 8)], "big")
            at += wide
        value = data[at : at + size]
        at += size
        if record == 1 and number == 90:
            charset = value
        elif record == 2:
            found.setdefault(number, []).append(value)
    return {number: [_text(v, charset) for v in values] for number, values in found.items()}


def _text(value: bytes, charset: bytes) -> str:
    """Where no character set is named, UTF-8 if it can be, else Latin-1."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("utf-8" if charset == _UTF8 else "latin-1", "replace")

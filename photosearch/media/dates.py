"""When a photo was taken. The first of these that holds a date wins:

1. `sidecar`: the sidecar's exif:DateTimeOriginal, photoshop:DateCreated or xmp:CreateDate (somebody
   put the date right);
2. `shutter`: EXIF DateTimeOriginal;
3. `created`: XMP exif:DateTimeOriginal or photoshop:DateCreated, IPTC date and time created;
4. `digitised`: EXIF DateTimeDigitized, XMP xmp:CreateDate;
5. `gps`: the time of the GPS fix, which is UTC;
6. `changed`: EXIF DateTime, the last change.

Names and times of files are not asked: they say when something was copied. The offset is that of
the date which won.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from photosearch.media import iptc
from photosearch.media.tiff import Tags
from photosearch.media.xmp import Properties

_DATE = re.compile(
    r"\s*(\d{4})[:/-](\d\d)[:/-](\d\d)"
    r"(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d*)?)?\s*(Z|[+-]\d\d:\d\d)?)?"
)
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
_IPTC_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
_IPTC_TIME = re.compile(r"(\d\d):?(\d\d):?(\d\d)(?:([+-]\d\d):?(\d\d))?")

_ORIGINAL, _DIGITISED, _CHANGED = (0x9003, 0x9011), (0x9004, 0x9012), (0x0132, 0x9010)
_GPS_TIME, _GPS_DATE = 7, 29


@dataclass(frozen=True)
class Taken:
    """A date (see `Metadata`), its offset in minutes east of UTC, and where it is from."""

    at: str
    offset: int | None
    source: str


def when_taken(
    sidecar: Properties, exif: Tags, gps: Tags, xmp: Properties, record: iptc.Record
) -> Taken | None:
    """The date by the order above; None where none is there."""
    candidates = (
        ("sidecar", _of_xmp(sidecar, *_XMP_SHUTTER, "xmp:CreateDate")),
        ("shutter", _of_exif(exif, _ORIGINAL)),
        ("created", _of_xmp(xmp, *_XMP_SHUTTER)),
        ("created", _of_iptc(record)),
        ("digitised", _of_exif(exif, _DIGITISED)),
        ("digitised", _of_xmp(xmp, "xmp:CreateDate", "exif:DateTimeDigitized")),
        ("gps", _of_gps(gps)),
        ("changed", _of_exif(exif, _CHANGED)),
    )
    for source, texts in candidates:
        for text, offset in texts:
            at = parse_date(text)
            if at is not None:
                east = parse_offset(offset)
                return Taken(at, _own_offset(text) if east is None else east, source)
    return None


_XMP_SHUTTER = ("exif:DateTimeOriginal", "photoshop:DateCreated")
_Dated = Iterator[tuple[str, str | None]]


def _of_exif(tags: Tags, which: tuple[int, int]) -> _Dated:
    text, offset = (tags.get(tag) for tag in which)
    if isinstance(text, str):
        yield text, offset if isinstance(offset, str) else None


def _of_xmp(properties: Properties, *names: str) -> _Dated:
    for name in names:
        for text in properties.get(name, []):
            yield text, None


def _of_iptc(record: iptc.Record) -> _Dated:
    day = _IPTC_DATE.fullmatch(_first(record.get(iptc.DATE)).strip())
    if day is None:
        return
    text = "-".join(day.groups())
    time = _IPTC_TIME.match(_first(record.get(iptc.TIME)))
    if time is None:
        yield text, None
    else:
        offset = f"{time[4]}:{time[5]}" if time[4] else None
        yield f"{text} {time[1]}:{time[2]}:{time[3]}", offset


def _of_gps(tags: Tags) -> _Dated:
    day, time = tags.get(_GPS_DATE), tags.get(_GPS_TIME)
    if isinstance(day, str) and isinstance(time, tuple) and len(time) == 3:
        hours, minutes, seconds = (int(part) if 0 <= part < 100 else 99 for part in time)
        yield f"{day.strip()} {hours:02}:{minutes:02}:{seconds:02}", "+00:00"


def _first(values: Sequence[str] | None) -> str:
    return values[0] if values else ""


def parse_date(text: str | None) -> str | None:
    """A date of EXIF or XMP as `YYYY-MM-DDTHH:MM:SS`, or `YYYY-MM-DD` where it has no time; None
    for blank, zero and impossible ones. A leap second counts as the one before it."""
    found = _DATE.match(text or "")
    if found is None or (found[4] is None and found.end() != len((text or "").rstrip("\0 "))):
        return None
    year, month, day = (int(part) for part in found.groups()[:3])
    try:
        if found[4] is None:
            return date(year, month, day).isoformat()
        second = min(int(found[6] or 0), 59) if (found[6] or "0") <= "60" else 60
        return datetime(year, month, day, int(found[4]), int(found[5]), second).isoformat()
    except ValueError:
        return None


def milliseconds(taken: Taken, exif: Tags) -> int | None:
    """The fraction of the second of a date that EXIF has, in milliseconds; None where it has
    none."""
    tag = {"shutter": 0x9291, "digitised": 0x9292}.get(taken.source)
    digits = exif.get(tag) if tag is not None else None
    found = re.fullmatch(r"(\d{1,9})[\s\0]*", digits) if isinstance(digits, str) else None
    return int(f"{found[1]:0<3}"[:3]) if found else None


def _own_offset(text: str) -> int | None:
    found = _DATE.match(text)
    return parse_offset(found[7]) if found else None


def parse_offset(text: str | None) -> int | None:
    """An offset such as `+05:45`, or `Z`, in minutes east of UTC."""
    text = (text or "").strip()
    if text == "Z":
        return 0
    found = _OFFSET.fullmatch(text)
    if found is None:
        return None
    hours, minutes = int(found[2]), int(found[3])
    east = (hours * 60 + minutes) * (-1 if found[1] == "-" else 1)
    return east if minutes < 60 and -12 * 60 <= east <= 14 * 60 else None

"""What a picture file says about itself: size, format, when and with what it was taken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from PIL import ExifTags, Image

_DATE = re.compile(r"(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")

# Date and its offset, the first that is there wins: the shutter, the digitising, the last change.
_DATES = (
    (ExifTags.Base.DateTimeOriginal, ExifTags.Base.OffsetTimeOriginal),
    (ExifTags.Base.DateTimeDigitized, ExifTags.Base.OffsetTimeDigitized),
    (ExifTags.Base.DateTime, ExifTags.Base.OffsetTime),
)


@dataclass(frozen=True)
class Facts:
    """Facts of one picture; None where the file does not say.

    `width`, `height`: pixels of the upright picture. `taken_at`: local time at the camera,
    `YYYY-MM-DDTHH:MM:SS`; `taken_offset`: minutes east of UTC.
    """

    width: int
    height: int
    format: str
    taken_at: str | None = None
    taken_offset: int | None = None
    camera_make: str | None = None
    camera_model: str | None = None


def read_facts(image: Image.Image, size: tuple[int, int]) -> Facts:
    """The facts of a decoded picture whose full size was `size` when it was opened.

    EXIF that cannot be parsed counts as not there. Read after decoding, because Pillow turns some
    formats (TIFF) upright as it decodes and then drops their orientation tag.
    """
    try:
        exif = image.getexif()
        tags = {**dict(exif), **exif.get_ifd(ExifTags.IFD.Exif)}
    except Exception:  # noqa: BLE001  Pillow's parser raises anything on malformed EXIF
        tags = {}
    taken_at, offset = _taken(tags)
    return Facts(
        *size,
        image.format or "",
        taken_at,
        offset,
        _text(tags.get(ExifTags.Base.Make)),
        _text(tags.get(ExifTags.Base.Model)),
    )


def _taken(tags: dict[int, object]) -> tuple[str | None, int | None]:
    for date_tag, offset_tag in _DATES:
        date = parse_date(_text(tags.get(date_tag)))
        if date is not None:
            return date, parse_offset(_text(tags.get(offset_tag)))
    return None, None


def parse_date(text: str | None) -> str | None:
    """An EXIF date as `YYYY-MM-DDTHH:MM:SS`; None for blank, zero and impossible ones."""
    found = _DATE.match(text or "")
    if found is None:
        return None
    try:
        return datetime(*(int(part) for part in found.groups())).isoformat()  # type: ignore[arg-type]
    except ValueError:
        return None


def parse_offset(text: str | None) -> int | None:
    """An EXIF offset such as `+05:45` in minutes east of UTC."""
    found = _OFFSET.fullmatch((text or "").strip())
    if found is None:
        return None
    hours, minutes = int(found[2]), int(found[3])
    east = (hours * 60 + minutes) * (-1 if found[1] == "-" else 1)
    return east if minutes < 60 and -12 * 60 <= east <= 14 * 60 else None


def _text(value: object) -> str | None:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    return value.split("\0")[0].strip()[:200] or None

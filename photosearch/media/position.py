"""Where a photo was taken, by EXIF's GPS tags or XMP. What cannot be on Earth counts as not there,
and so does 0, 0 where nothing else speaks for a fix: it is what devices write that have none."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from photosearch.media.tiff import Tags, Value
from photosearch.media.xmp import Properties

_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE = 1, 2, 3, 4
_ALTITUDE_REF, _ALTITUDE, _TIME, _SATELLITES, _DATE = 5, 6, 7, 8, 29
_XMP = re.compile(r"\s*(\d{1,3})(?:,(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?)?\s*([NSEW])\s*")


@dataclass(frozen=True)
class Position:
    """Degrees north and east (WGS 84), metres above the sea."""

    latitude: float
    longitude: float
    altitude: float | None = None


def of_exif(gps: Tags) -> Position | None:
    """The position in EXIF's GPS tags. Where a hemisphere is not named, it is north or east."""
    latitude = _degrees(gps.get(_LATITUDE), gps.get(_LATITUDE_REF), "S")
    longitude = _degrees(gps.get(_LONGITUDE), gps.get(_LONGITUDE_REF), "W")
    altitude = _height(gps.get(_ALTITUDE))
    if altitude is not None and gps.get(_ALTITUDE_REF) in (1, b"\1"):
        altitude = -altitude
    fix = altitude not in (None, 0) or any(gps.get(tag) for tag in (_TIME, _SATELLITES, _DATE))
    return _checked(latitude, longitude, altitude, fix=fix)


def of_xmp(properties: Properties) -> Position | None:
    """The position in exif:GPSLatitude and exif:GPSLongitude (`51,15.3N`)."""
    latitude, longitude = (
        _xmp_degrees(properties.get(f"exif:GPS{name}", [""])[0]) for name in _XMP_NAMES
    )
    return _checked(latitude, longitude, None, fix=False)


_XMP_NAMES = ("Latitude", "Longitude")


def _xmp_degrees(text: str) -> float | None:
    found = _XMP.fullmatch(text)
    if found is None:
        return None
    degrees = int(found[1]) + float(found[2] or 0) / 60 + float(found[3] or 0) / 3600
    return -degrees if found[4] in "SW" else degrees


def _degrees(value: Value | None, ref: Value | None, negative: str) -> float | None:
    parts = value if isinstance(value, tuple) else (value,)
    if not 1 <= len(parts) <= 3:
        return None
    degrees = 0.0
    for part, whole in zip(parts, (1, 60, 3600), strict=False):
        if not isinstance(part, int | float):
            return None
        degrees += part / whole
    return -degrees if isinstance(ref, str) and ref.strip().upper() == negative else degrees


def _height(value: Value | None) -> float | None:
    known = isinstance(value, int | float) and math.isfinite(value) and abs(value) < 100_000
    return float(value) if known and isinstance(value, int | float) else None


def _checked(
    latitude: float | None, longitude: float | None, altitude: float | None, *, fix: bool
) -> Position | None:
    if latitude is None or longitude is None:
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # nor NaN
        return None
    if latitude == 0 and longitude == 0 and not fix:
        return None
    return Position(round(latitude, 7), round(longitude, 7), altitude)

"""What is written down of a photo: what its pixels are, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """Facts of a decoded picture. `width`, `height`: pixels of the upright picture at full size.
    `orientation`: as in EXIF (1 to 8), what the file asks for."""

    width: int
    height: int
    format: str
    orientation: int = 1


@dataclass(frozen=True)
class Metadata:
    """What a photo says of itself, in the file and its sidecar; None where it does not say.

    `taken_at`: local time at the camera, `YYYY-MM-DDTHH:MM:SS` (or the date alone, where that is
    all); `taken_ms`: milliseconds of that second; `taken_offset`: minutes east of UTC;
    `taken_source`: where they are from, see `dates`.
    `exposure_time` in seconds, `focal_length` in millimetres; `latitude` and `longitude` in degrees
    north and east (WGS 84), `altitude` in metres above the sea. `rating`: -1 (rejected), 0 (none)
    to 5. `city`, `region`, `country`: as written in the file. `keywords`: in the file's order.
    """

    taken_at: str | None = None
    taken_offset: int | None = None
    taken_source: str | None = None
    camera_make: str | None = None
    camera_model: str | None = None
    lens: str | None = None
    exposure_time: float | None = None
    f_number: float | None = None
    iso: int | None = None
    focal_length: float | None = None
    latitude: float | None = None
    longitude: float | None = None
    altitude: float | None = None
    rating: float | None = None
    title: str | None = None
    caption: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    taken_ms: int | None = None
    keywords: tuple[str, ...] = ()


NO_METADATA = Metadata()
"""Of a photo that says nothing."""

"""What a photo says of itself: its EXIF, IPTC and XMP, and its sidecar, made into one answer.

Where several say something, a sidecar goes first, since somebody wrote it to put things right.
Then, for the shot (camera, exposure, place), EXIF before XMP; for words (title, caption, names of
places, rating), XMP before IPTC before EXIF, as the Metadata Working Group has it. Keywords are
those of all of them. `dates` says how the date is found.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator

from photosearch.media import dates, iptc, position, tiff, xmp
from photosearch.media.embedded import find_metadata
from photosearch.media.facts import Metadata
from photosearch.media.tiff import Tags, Value
from photosearch.media.xmp import MalformedXmp, Properties

_NAME = 200  # characters of a name, a keyword
_WORDS = 5000  # characters of a caption
_MOST_KEYWORDS = 1000
_MAKE, _MODEL, _LENS, _DESCRIPTION, _COMMENT = 0x010F, 0x0110, 0xA434, 0x010E, 0x9286
_EXPOSURE, _APERTURE, _ISO, _ISO_SPEED, _FOCAL = 0x829A, 0x829D, 0x8827, 0x8833, 0x920A
_RATING, _PERCENT = 0x4746, 0x4749
_XP_TITLE, _XP_COMMENT, _XP_KEYWORDS = 0x9C9B, 0x9C9C, 0x9C9E
_CAMERAS_CAPTIONS = re.compile(
    r"(OLYMPUS|KONICA MINOLTA|MINOLTA|SAMSUNG)? ?DIGITAL CAMERA|SONY DSC|DCIM.*|<.*DIGITAL.*>|"
    r"SAMSUNG|default|untitled|ASCII|Exif_JPEG_.*",
    re.I,
)
_HIERARCHIES = (
    ("lr:hierarchicalSubject", "|"),
    ("digiKam:TagsList", "/"),
    ("MicrosoftPhoto:LastKeywordXMP", "/"),
)


def read_metadata(data: bytes, sidecar: Properties | None = None) -> Metadata:
    """What the bytes of a photo's file say of it, and the properties of its sidecar. Never raises:
    what is malformed counts as not there."""
    return _Sources(data, sidecar or {}).metadata()


class _Sources:
    """All that was found, each kind by itself."""

    def __init__(self, data: bytes, sidecar: Properties) -> None:
        self.sidecar = sidecar
        blocks = find_metadata(data)
        self.xmp: Properties = {}
        for packet in blocks.xmp:
            try:
                for name, values in xmp.read_packet(packet).items():
                    self.xmp.setdefault(name, values)
            except MalformedXmp:
                continue
        self.iptc: iptc.Record = {}
        for block in blocks.iptc:
            for number, texts in iptc.read_record(block).items():
                self.iptc.setdefault(number, []).extend(texts)
        self.exif: Tags = {}
        self.gps: Tags = {}
        for block in blocks.exif:
            folders = tiff.read_folders(block)
            is_place = not folders.gps and 2 in folders.main and 4 in folders.main  # CR3's CMT4
            self.gps = self.gps or (folders.main if is_place else folders.gps)
            self.exif = {**folders.main, **folders.exif, **self.exif}

    def metadata(self) -> Metadata:
        taken = dates.when_taken(self.sidecar, self.exif, self.gps, self.xmp, self.iptc)
        place = (
            position.of_xmp(self.sidecar) or position.of_exif(self.gps) or position.of_xmp(self.xmp)
        )
        return Metadata(
            taken_at=taken.at if taken else None,
            taken_offset=taken.offset if taken else None,
            taken_source=taken.source if taken else None,
            taken_ms=dates.milliseconds(taken, self.exif) if taken else None,
            camera_make=_first_name(_exif_text(self.exif, _MAKE), *self._xmp("tiff:Make")),
            camera_model=_first_name(_exif_text(self.exif, _MODEL), *self._xmp("tiff:Model")),
            lens=_first_name(_exif_text(self.exif, _LENS), *self._xmp(*_XMP_LENSES)),
            exposure_time=self._number(_EXPOSURE, "exif:ExposureTime", 1e-7, 1e6),
            f_number=self._number(_APERTURE, "exif:FNumber", 0.1, 1000),
            iso=self._iso(),
            focal_length=self._number(_FOCAL, "exif:FocalLength", 0.1, 1e5),
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
            altitude=place.altitude if place else None,
            rating=self._rating(),
            title=_first_words(
                *self._xmp("dc:title"),
                *self._iptc(iptc.TITLE),
                *self._xmp("photoshop:Headline"),
                *self._iptc(iptc.HEADLINE),
                _utf16(self.exif.get(_XP_TITLE)),
            ),
            caption=_first_words(
                *self._xmp("dc:description"),
                *self._iptc(iptc.CAPTION),
                _exif_text(self.exif, _DESCRIPTION),
                _comment(self.exif.get(_COMMENT)),
                _utf16(self.exif.get(_XP_COMMENT)),
            ),
            city=_first_name(*self._xmp("photoshop:City"), *self._iptc(iptc.CITY)),
            region=_first_name(*self._xmp("photoshop:State"), *self._iptc(iptc.REGION)),
            country=_first_name(*self._xmp("photoshop:Country"), *self._iptc(iptc.COUNTRY)),
            keywords=_unique(self._keywords()),
        )

    def _xmp(self, *names: str) -> Iterator[str]:
        for properties in (self.sidecar, self.xmp):
            for name in names:
                yield from properties.get(name, [])[:1]

    def _iptc(self, number: int) -> list[str]:
        return self.iptc.get(number, [])[:1]

    def _number(self, tag: int, name: str, least: float, most: float) -> float | None:
        value = self.exif.get(tag)
        for candidate in (value, *(_fraction(text) for text in self._xmp(name))):
            number = candidate[0] if isinstance(candidate, tuple) else candidate
            if isinstance(number, int | float) and least <= number <= most:
                return float(number)
        return None

    def _iso(self) -> int | None:
        names = ("exifEX:PhotographicSensitivity", "exif:ISOSpeedRatings")
        iso = self._number(_ISO, names[0], 1, 1e7) or self._number(_ISO, names[1], 1, 1e7)
        if iso == 65535:  # as much as the tag can hold; more is in another one
            iso = self._number(_ISO_SPEED, names[0], 1, 1e7) or iso
        return None if iso is None else round(iso)

    def _rating(self) -> float | None:
        for text in self._xmp("xmp:Rating"):
            number = _fraction(text)
            if number is not None and -1 <= number <= 5:
                return number
        stars = self.exif.get(_RATING)
        if isinstance(stars, int) and 0 <= stars <= 5:
            return float(stars)
        percents = [self.exif.get(_PERCENT), *map(_fraction, self._xmp("MicrosoftPhoto:Rating"))]
        for percent in percents:
            if isinstance(percent, int | float) and 0 <= percent <= 100:
                return float(min(1 + round(percent / 25), 5)) if percent else 0.0
        return None

    def _keywords(self) -> Iterator[str]:
        found = False
        for subjects in (
            self.sidecar.get("dc:subject", []),
            self.xmp.get("dc:subject", []),
            self.iptc.get(iptc.KEYWORD, []),
            _utf16(self.exif.get(_XP_KEYWORDS)).split(";"),
        ):
            for subject in subjects:
                found = found or bool(subject.strip())
                yield subject
        if not found:  # written as paths only: the last part of each
            for name, slash in _HIERARCHIES:
                for properties in (self.sidecar, self.xmp):
                    for path in properties.get(name, []):
                        yield path.rpartition(slash)[2]


_XMP_LENSES = ("exifEX:LensModel", "aux:Lens")


def _exif_text(tags: Tags, tag: int) -> str:
    value = tags.get(tag)
    return value if isinstance(value, str) else ""


def _utf16(value: Value | None) -> str:
    """Windows' text in BYTEs."""
    return value.decode("utf-16-le", "ignore").rstrip("\0") if isinstance(value, bytes) else ""


def _comment(value: Value | None) -> str:
    """EXIF's UserComment: eight bytes say how the rest is written."""
    if not isinstance(value, bytes):
        return ""
    kind, text = value[:8], value[8:]
    if kind.startswith(b"UNICODE"):
        big = text[:2] == b"\xfe\xff" or (len(text) > 1 and text[0] == 0 and text[1] != 0)
        return text.decode("utf-16-be" if big else "utf-16-le", "ignore")
    if kind.startswith((b"ASCII", b"\0\0\0\0")):
        return text.decode("utf-8", "replace")
    return ""


def _fraction(text: str) -> float | None:
    """A number as XMP writes it: `28/10`, `2.8`."""
    above, slash, below = text.strip().partition("/")
    try:
        number = float(above) / float(below) if slash else float(above)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _first_name(*texts: str) -> str | None:
    """The first that is not blank, as one short line."""
    names = (_tidy(text.split("\0")[0])[:_NAME].strip() for text in texts)
    return next((name for name in names if name), None)


def _first_words(*texts: str) -> str | None:
    """The first that is not blank, and not what cameras write by themselves; it may have lines."""
    for text in texts:
        lines = (_tidy(line) for line in text.replace("\0", "").splitlines())
        words = unicodedata.normalize("NFC", "\n".join(lines).strip())[:_WORDS]
        if words and not _CAMERAS_CAPTIONS.fullmatch(words):
            return words
    return None


def _tidy(text: str) -> str:
    printable = (char if char.isprintable() or char in "\u200c\u200d" else " " for char in text)
    return " ".join("".join(printable).split())


def _unique(keywords: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for keyword in keywords:
        tidy = unicodedata.normalize("NFC", _tidy(keyword))[:_NAME].strip()
        if tidy:
            found[tidy] = None
        if len(found) >= _MOST_KEYWORDS:
            break
    return tuple(found)

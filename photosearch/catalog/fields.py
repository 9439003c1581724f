"""The filters that a query can have, and what their values mean."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Field:
    """A filter: what its value must be (a sentence part after “expected”), and whether a value is
    that."""

    expected: str
    is_value: Callable[[str], bool]


@dataclass(frozen=True)
class Period:
    """Days from `start` to before `end`."""

    start: date
    end: date


@dataclass(frozen=True)
class Circle:
    """All that is within `km` of a position in degrees (north and east above 0)."""

    latitude: float
    longitude: float
    km: float


@dataclass(frozen=True)
class Compared:
    """A number and how to compare with it: one of `<`, `<=`, `=`, `>=`, `>`."""

    operator: str
    number: float


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9}
_DAY = timedelta(days=1)


def period(text: str, today: date) -> Period | None:
    """The days that a text means on the day `today`: a year, month or day (2019, 2019-06,
    2019-06-30), or words: today, yesterday, this or last week, month, year, and last spring,
    summer, autumn, winter (of the northern half). None for anything else."""
    text = " ".join(text.lower().split())
    if match := re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text):
        return _calendar(*(int(part) if part else None for part in match.groups()))
    if text in ("today", "yesterday"):
        start = today - _DAY * (text == "yesterday")
        return Period(start, start + _DAY)
    which, _, unit = text.partition(" ")
    if which not in ("this", "last"):
        return None
    if which == "last" and unit in _SEASONS:
        return _last_season(_SEASONS[unit], today)
    return _unit(unit, today, back=which == "last")


def _unit(unit: str, today: date, *, back: bool) -> Period | None:
    """The week, month or year around `today`, or the one before it."""
    if unit == "week":
        start = today - _DAY * (today.weekday() + 7 * back)
        return Period(start, start + 7 * _DAY)
    if unit == "month":
        first = today.replace(day=1)
        return Period(_month_before(first), first) if back else Period(first, _month_after(first))
    if unit == "year":
        year = today.year - back
        return Period(date(year, 1, 1), date(year + 1, 1, 1))
    return None


def _last_season(month: int, today: date) -> Period:
    """The last three months from `month` on that are over."""
    start = date(today.year, month, 1)
    while (end := _month_after(_month_after(_month_after(start)))) > today:
        start = start.replace(year=start.year - 1)
    return Period(start, end)


def _calendar(year: int | None, month: int | None, day: int | None) -> Period | None:
    try:
        if day:
            start = date(year or 0, month or 0, day)
            return Period(start, start + _DAY)
        if month:
            start = date(year or 0, month, 1)
            return Period(start, _month_after(start))
        return Period(date(year or 0, 1, 1), date((year or 0) + 1, 1, 1))
    except (ValueError, OverflowError):
        return None


def _month_after(first: date) -> date:
    return (first.replace(day=28) + 4 * _DAY).replace(day=1)


def _month_before(first: date) -> date:
    return (first - _DAY).replace(day=1)


def compared(text: str, units: Mapping[str, float]) -> Compared | None:
    """A number with an optional comparison before it and a unit of `units` behind it; None for
    anything else. Without a comparison it must be equal."""
    match = re.fullmatch(r"(<=|>=|<|>|=|)\s*(\d{1,12}(?:\.\d{1,6})?)\s*([a-z]*)", text.lower())
    if match is None or match[3] not in units:
        return None
    return Compared(match[1] or "=", float(match[2]) * units[match[3]])


def rating(text: str) -> Compared | None:
    """The value of `rating:`."""
    found = compared(text, {"": 1})
    return found if found is not None and found.number <= 5 else None


def size(text: str) -> Compared | None:
    """The value of `size:`, in bytes."""
    return compared(text, _UNITS)


_DEGREES = r"(-?\d{1,3}(?:\.\d{1,12})?)"
EARTH_KM = 6371.0088  # mean radius (IUGG)


def circle(text: str) -> Circle | None:
    """The value of `near:`: latitude, longitude, and how many kilometres around (10 where that is
    left out), with commas between; None for anything else."""
    match = re.fullmatch(rf"{_DEGREES},\s*{_DEGREES}(?:,\s*(\d{{1,5}}(?:\.\d{{1,6}})?))?", text)
    if match is None:
        return None
    found = Circle(float(match[1]), float(match[2]), float(match[3] or 10))
    return found if abs(found.latitude) <= 90 and abs(found.longitude) <= 180 else None


def kilometres(latitude: float, longitude: float, other: float, east: float) -> float:
    """Great-circle distance of two positions in degrees, by the haversine formula."""
    north = math.sin(math.radians(other - latitude) / 2) ** 2
    across = math.sin(math.radians(east - longitude) / 2) ** 2
    across *= math.cos(math.radians(latitude)) * math.cos(math.radians(other))
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(north + across)))


_DATES = "a year, month or day such as 2019, 2019-06, 2019-06-30, or words such as “last summer”"
IS = ("favourite", "failed", "untagged", "duplicate", "edited-copy", "similar-shot")
HAS = ("gps", "date", "caption")


def _is_date(text: str) -> bool:
    return period(text, date(2020, 6, 15)) is not None


def _is_text(text: str) -> bool:
    return bool(text.strip())


FIELDS: Mapping[str, Field] = {
    "after": Field(_DATES, _is_date),
    "before": Field(_DATES, _is_date),
    "on": Field(_DATES, _is_date),
    "in": Field("a part of a folder's path", _is_text),
    "camera": Field("a part of the camera's name", _is_text),
    "lens": Field("a part of the lens's name", _is_text),
    "place": Field("a part of the name of a town, region or country", _is_text),
    "near": Field(
        "a position and kilometres such as 48.86,2.35,10", lambda text: circle(text) is not None
    ),
    "tag": Field("the name of a tag", _is_text),
    "album": Field("the name of an album", _is_text),
    "type": Field("a kind of picture such as jpeg, png, heic", _is_text),
    "rating": Field("stars from 0 to 5 such as 4, >3, <=2", lambda text: rating(text) is not None),
    "size": Field("a file size such as >2MB, <500kB", lambda text: size(text) is not None),
    "is": Field(f"one of {', '.join(IS)}", lambda text: text.lower() in IS),
    "has": Field(f"one of {', '.join(HAS)}", lambda text: text.lower() in HAS),
}
"""The filters by name. Values: texts are compared without regard to case. `after:` begins with the
first day of what it names, `before:` ends before it, `on:` is all of it."""

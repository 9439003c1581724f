"""Names of places, offline: the nearest of some 144,000 (GeoNames, places of over 1,000 people).

`packaging/gazetteer.py` makes the file. It is read when the first photo with a position comes;
then a question takes a fraction of a millisecond: one product of a matrix and a vector.
"""

from __future__ import annotations

import functools
import lzma
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from photosearch.paths import resources

FARTHEST = 100.0
"""Kilometres; what lies farther from any place (on the sea, on the ice) has no place's name."""

_EARTH = 6371.0  # kilometres, mean radius


@dataclass(frozen=True)
class Place:
    """A place's name, the region and the country it lies in; None where they are not known."""

    city: str
    region: str | None
    country: str | None


def nearest(latitude: float, longitude: float) -> Place | None:
    """The place nearest to a point (degrees north and east); None where none is near, or the
    program was installed without the gazetteer."""
    directions, lines, countries = _load()
    if not lines:
        return None
    here = _directions(np.array([latitude]), np.array([longitude]))[0]
    cosines = directions @ here
    best = int(cosines.argmax())
    chord = float(np.linalg.norm(directions[best] - here))  # exact also where it is tiny
    if 2 * np.arcsin(min(chord / 2, 1.0)) * _EARTH > FARTHEST:
        return None
    name, region, code = lines[best].decode("utf-8").split("\t")[2:]
    return Place(name, region or None, countries.get(code))


@functools.cache
def _load() -> tuple[npt.NDArray[np.float64], list[bytes], dict[str, str]]:
    """Unit vectors (n, 3) towards the places, their lines, and the countries by their codes. In
    double precision: in single, places within two kilometres have one cosine."""
    file = resources() / "gazetteer" / "places.tsv.xz"
    try:
        text = lzma.decompress(file.read_bytes())
    except FileNotFoundError:
        return np.empty((0, 3)), [], {}
    head, _, body = text.partition(b"\n\n")
    countries = dict(line.split("\t") for line in head.decode("utf-8").splitlines())
    lines = body.splitlines()
    degrees = np.array([line.split(b"\t", 2)[:2] for line in lines], dtype=np.float64) / 1000
    return _directions(degrees[:, 0], degrees[:, 1]), lines, countries


def _directions(
    latitudes: npt.NDArray[np.float64], longitudes: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    north, east = np.radians(latitudes), np.radians(longitudes)
    parts = (np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north))
    return np.stack(parts, axis=1)

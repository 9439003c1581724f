"""The arithmetic of heat maps: from what an encoder saw in its square to the upright photo."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Part = tuple[float, float, float, float]

CELLS = 48
"""Of a heat map, along the longer side of the photo."""


@dataclass(frozen=True)
class Heat:
    """Where a photo shows `term`. `score`: cosine of the whole photo with it; `peak`: x, y as
    fractions of the upright photo, None where the map is empty; `values`: float32 (rows, columns)
    over the whole upright photo, 1 at the peak, or all 0."""

    term: str
    score: float
    peak: tuple[float, float] | None
    values: Floats


def heat(term: str, score: float, seen: Floats, part: Part, size: tuple[int, int]) -> Heat:
    """The heat map of what was `seen`, (rows, columns) of values from 0 on, in the `part` (left,
    top, right, bottom, as fractions) of an upright photo of `size` (width, height)."""
    step = CELLS / max(size)
    columns, rows = (max(1, round(side * step)) for side in size)
    values = upright(seen, part, (rows, columns))
    top = float(values.max())
    if top <= 0:
        return Heat(term, score, None, np.zeros_like(values))
    row, column = divmod(int(values.argmax()), columns)
    peak = ((column + 0.5) / columns, (row + 0.5) / rows)
    return Heat(term, score, peak, values / np.float32(top))


def upright(seen: Floats, part: Part, shape: tuple[int, int]) -> Floats:
    """What was seen in a part of the photo, on a grid of `shape` (rows, columns) over all of it:
    bilinear between the middles of its places, 0 outside the part."""
    left, top, right, bottom = part
    return _along(_along(seen, top, bottom, shape[0]).T, left, right, shape[1]).T


def _along(values: Floats, start: float, end: float, count: int) -> Floats:
    """Resample the first axis, which spans `start` to `end`, at the middles of `count` cells that
    span 0 to 1."""
    at = ((np.arange(count) + 0.5) / count - start) / (end - start)
    inside = (at >= 0) & (at <= 1)
    place = np.clip(at * len(values) - 0.5, 0, len(values) - 1)
    low = np.floor(place).astype(int)
    high = np.minimum(low + 1, len(values) - 1)
    share = (place - low).astype(np.float32)[:, None]
    between: Floats = values[low] * (1 - share) + values[high] * share
    return between * inside[:, None].astype(np.float32)


def coarse(values: Floats, cells: int) -> list[list[float]]:
    """Rows of a smaller grid with up to `cells` along the longer side: the largest value in each,
    so that nothing small is lost."""
    step = min(1.0, cells / max(values.shape))
    rows, columns = (max(1, round(side * step)) for side in values.shape)
    parts = [np.array_split(row, columns, axis=1) for row in np.array_split(values, rows, axis=0)]
    return [[round(float(cell.max()), 3) for cell in row] for row in parts]

"""How one picture of a pair lies on the other, so that they can be shown laid on each other.

An Affine (a, b, c, d, e, f) takes a place (u, v) of a picture, in parts of its width and height
from the top left, to the place (a·u + b·v + c, d·u + e·v + f) of another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Affine = tuple[float, float, float, float, float, float]

SAME: Affine = (1, 0, 0, 0, 1, 0)
_QUARTERS: tuple[Affine, ...] = (
    SAME,
    (0, 1, 0, -1, 0, 1),
    (-1, 0, 1, 0, -1, 1),
    (0, -1, 1, 1, 0, 0),
)


def oriented(orientation: int) -> Affine:
    """The whole second picture on the first: see `kinds.Whole`."""
    a, b, c, d, e, f = _QUARTERS[orientation % 4]
    return (-a, b, c + a, -d, e, f + d) if orientation >= 4 else (a, b, c, d, e, f)


def inverted(affine: Affine) -> Affine:
    """The first picture on the second. Raises ZeroDivisionError where there is no such."""
    a, b, c, d, e, f = affine
    area = a * e - b * d
    a, b, d, e = e / area, -b / area, -d / area, a / area
    return (a, b, -a * c - b * f, d, e, -d * c - e * f)


def placed(evidence: Mapping[str, Any]) -> Affine | None:
    """How the second picture of a pair lies on the first, by its evidence (see `kinds`); None where
    that is not known."""
    found: Sequence[float] | None = evidence.get("laid")
    if found is None:
        return None
    a, b, c, d, e, f = found
    return (a, b, c, d, e, f)

"""Where the cells of the grid lie: arithmetic, whether there are ten photos or a million."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect

from photosearch.gui.style import SPACE

GAP = SPACE // 2 + 2
"""Pixels between two cells."""
_MARGIN = 2 * SPACE
_RIGHT = 2  # beside the scroll bar


@dataclass(frozen=True)
class Geometry:
    """Where cells lie: `columns` squares of `side` pixels side by side, `count` in all."""

    columns: int
    side: int
    count: int

    @property
    def pitch(self) -> int:
        return self.side + GAP

    @property
    def height(self) -> int:
        lines = -(-self.count // self.columns)
        return lines * self.pitch - GAP + _MARGIN if lines else 0

    def cell(self, place: int, top: int = 0) -> QRect:
        """The cell of a place, counted from the height `top` of all cells."""
        line, column = divmod(place, self.columns)
        side, pitch = self.side, self.side + GAP
        return QRect(_MARGIN + column * pitch, line * pitch - top, side, side)

    def lines(self, top: int, bottom: int) -> range:
        """The places whose lines lie between two heights."""
        first = max(0, top // self.pitch) * self.columns
        last = max(0, bottom // self.pitch + 1) * self.columns
        return range(min(first, self.count), min(last, self.count))

    def nearest(self, x: int, y: int) -> int:
        """The place nearest to a point; -1 where there are none."""
        column = min(max(0, (x - _MARGIN + GAP // 2) // self.pitch), self.columns - 1)
        return min(max(0, y // self.pitch) * self.columns + column, self.count - 1)


def fit(width: int, side: int, count: int) -> Geometry:
    """Cells of about `side` pixels that fill a width."""
    inner = max(1, width - _MARGIN - _RIGHT)
    columns = max(1, (inner + GAP) // (side + GAP))
    return Geometry(columns, max(1, (inner + GAP) // columns - GAP), count)

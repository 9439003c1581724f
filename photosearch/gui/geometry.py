"""Where the cells of the grid lie: arithmetic, whether there are ten photos or a million.

Photos stand in lines, each group of them under a heading of its own (a grid without groups is one
group without a heading).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QRect

from photosearch.gui.style import SPACE

GAP = SPACE // 2 + 2
"""Pixels between two cells."""
HEADING = 5 * SPACE
"""Pixels: the height of a group's heading."""
_MARGIN = 2 * SPACE
_RIGHT = 2  # beside the scroll bar


@dataclass(frozen=True)
class Geometry:
    """Where cells lie: `columns` squares of `side` pixels side by side, `count` in all. Of each
    group: its first place (`starts`), the number of its first line (`lines_before`); `heading`:
    the height of each one's heading."""

    columns: int
    side: int
    count: int
    starts: tuple[int, ...] = (0,)
    lines_before: tuple[int, ...] = (0,)
    heading: int = 0

    @property
    def pitch(self) -> int:
        return self.side + GAP

    @property
    def height(self) -> int:
        if not self.count:
            return 0
        return self._top(len(self.starts) - 1) + self.heading + self._below_last() - GAP + _MARGIN

    def _below_last(self) -> int:
        return self._lines(len(self.starts) - 1) * self.pitch

    def _top(self, group: int) -> int:
        """Where a group's heading begins."""
        return self.lines_before[group] * self.pitch + group * self.heading

    def _end(self, group: int) -> int:
        """The place after a group's last."""
        return self.starts[group + 1] if group + 1 < len(self.starts) else self.count

    def _lines(self, group: int) -> int:
        return -(-(self._end(group) - self.starts[group]) // self.columns)

    def _group_of(self, place: int) -> int:
        return bisect_right(self.starts, place) - 1

    def _group_at(self, y: int) -> int:
        """The group at a height; the first or last beyond them."""
        return max(0, bisect_right(range(len(self.starts)), y, key=self._top) - 1)

    def cell(self, place: int, top: int = 0) -> QRect:
        """The cell of a place, counted from the height `top` of all cells."""
        group = self._group_of(place)
        line, column = divmod(place - self.starts[group], self.columns)
        y = self._top(group) + self.heading + line * self.pitch - top
        return QRect(_MARGIN + column * self.pitch, y, self.side, self.side)

    def headings(self, top: int, bottom: int) -> Iterator[tuple[int, int]]:
        """The groups whose headings lie between two heights, and where each begins."""
        if self.heading and self.count:
            for group in range(self._group_at(top), self._group_at(bottom) + 1):
                yield group, self._top(group)

    def lines(self, top: int, bottom: int) -> range:
        """The places whose lines lie between two heights."""
        first, last = self._group_at(top), self._group_at(bottom)
        start = self.starts[first] + max(0, self._line_at(first, top)) * self.columns
        end = self.starts[last] + (self._line_at(last, bottom) + 1) * self.columns
        return range(min(start, self._end(first)), max(0, min(end, self._end(last))))

    def _line_at(self, group: int, y: int) -> int:
        """The line of a group at a height; -1 in its heading."""
        below = y - self._top(group) - self.heading
        return max(0 if y <= 0 else -1, below // self.pitch)

    def nearest(self, x: int, y: int) -> int:
        """The place nearest to a point; -1 where there are none."""
        if not self.count:
            return -1
        column = min(max(0, (x - _MARGIN + GAP // 2) // self.pitch), self.columns - 1)
        group = self._group_at(y)
        place = self.starts[group] + max(0, self._line_at(group, y)) * self.columns + column
        return min(place, self._end(group) - 1)

    def moved(self, place: int, lines: int) -> int:
        """The place so many lines below another (above where below 0), in its column as far as
        there is one; the first or last line where there are not so many."""
        group = self._group_of(place)
        line, column = divmod(place - self.starts[group], self.columns)
        now = self.lines_before[group] + line
        last = self.lines_before[-1] + self._lines(len(self.starts) - 1) - 1
        there = min(max(0, now + lines), last)
        group = bisect_right(self.lines_before, there) - 1
        first = self.starts[group] + (there - self.lines_before[group]) * self.columns
        return min(first + column, self._end(group) - 1)


def fit(width: int, side: int, count: int, groups: Sequence[int] = ()) -> Geometry:
    """Cells of about `side` pixels that fill a width; `groups`: how many photos each has (none:
    there are none)."""
    inner = max(1, width - _MARGIN - _RIGHT)
    columns = max(1, (inner + GAP) // (side + GAP))
    side = max(1, (inner + GAP) // columns - GAP)
    if not groups:
        return Geometry(columns, side, count)
    starts = (0, *accumulate(groups[:-1]))
    lines = (0, *accumulate(-(-group // columns) for group in groups[:-1]))
    return Geometry(columns, side, count, starts, lines, HEADING)

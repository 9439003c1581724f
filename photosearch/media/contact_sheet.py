"""A contact sheet: rows of thumbnails with words beside them, as one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

SIDE = 200
"""Pixels, of a thumbnail's square."""

_GAP = 12
_LABEL = 230  # width of the words' column
_CAPTION = 24
_PAPER, _INK, _MARK = "#fbfaf7", "#222222", "#1a7f37"


@dataclass(frozen=True)
class Cell:
    """A thumbnail file or a picture, the caption under it, and whether it is framed and ticked."""

    thumbnail: Path | Image.Image
    caption: str
    marked: bool = False


def contact_sheet(rows: Sequence[tuple[str, Sequence[Cell]]], side: int = SIDE) -> Image.Image:
    """Draw a row for each (words, cells), each cell a square of `side` pixels. A thumbnail that is
    missing or broken leaves its place empty."""
    columns = max((len(cells) for _, cells in rows), default=0)
    width = _LABEL + columns * (side + _GAP) + _GAP
    height = len(rows) * (side + _CAPTION + _GAP) + _GAP
    sheet = Image.new("RGB", (width, height), _PAPER)
    draw = ImageDraw.Draw(sheet)
    for number, (words, cells) in enumerate(rows):
        top = _GAP + number * (side + _CAPTION + _GAP)
        _write(draw, words, top + side // 2)
        for column, cell in enumerate(cells):
            _paste(sheet, draw, cell, (_LABEL + column * (side + _GAP), top), side)
    return sheet


def _write(draw: ImageDraw.ImageDraw, words: str, middle: int) -> None:
    font = ImageFont.load_default(20)
    line, lines = "", []
    for word in words.split():
        if line and draw.textlength(f"{line} {word}", font) > _LABEL - 2 * _GAP:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    lines.append(line)
    draw.multiline_text((_GAP, middle - 12 * len(lines)), "\n".join(lines), _INK, font)


def _paste(
    sheet: Image.Image, draw: ImageDraw.ImageDraw, cell: Cell, corner: tuple[int, int], side: int
) -> None:
    left, top = corner
    try:
        small = ImageOps.contain(_picture(cell.thumbnail), (side, side))
    except OSError:
        return
    at = (left + (side - small.width) // 2, top + (side - small.height) // 2)
    sheet.paste(small, at)
    if cell.marked:
        box = (at[0] - 3, at[1] - 3, at[0] + small.width + 2, at[1] + small.height + 2)
        draw.rectangle(box, outline=_MARK, width=4)
    caption = f"{cell.caption}  (right)" if cell.marked else cell.caption
    middle = (left + side // 2, top + side + _CAPTION // 2)
    draw.text(middle, caption, _MARK if cell.marked else _INK, ImageFont.load_default(15), "mm")


def _picture(thumbnail: Path | Image.Image) -> Image.Image:
    if isinstance(thumbnail, Image.Image):
        return thumbnail
    with Image.open(thumbnail, formats=["JPEG"]) as picture:
        return picture.convert("RGB")

"""Heat maps in colour. The colours are those of `resources/heat.json`: ever lighter from dark blue
to yellow, so that eyes that cannot tell colours apart see the order too."""

from __future__ import annotations

import json
from functools import cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPixmap

from photosearch.engine.replies import HeatMap
from photosearch.paths import resources

_SMOOTH = 8  # times as many cells along each side, so that the painter has no edges to enlarge


@cache
def colours() -> tuple[int, ...]:
    """The colour of each of 256 values from 0 to 1, as ARGB; what is hotter covers more."""
    bar = gradient(256, 1).toImage()
    table = []
    for value in range(256):
        colour = bar.pixelColor(value, 0)
        colour.setAlphaF((value / 255) ** 0.5)
        table.append(colour.rgba())
    return tuple(table)


def gradient(width: int, height: int) -> QPixmap:
    """A bar from the colour of 0 to that of 1."""
    listed = json.loads((resources() / "heat.json").read_text("utf-8"))["colours"]
    ramp = QLinearGradient(QPointF(0, 0), QPointF(width, 0))
    for place, colour in enumerate(listed):
        ramp.setColorAt(place / (len(listed) - 1), QColor(colour))
    bar = QPixmap(width, height)
    with QPainter(bar) as painter:
        painter.fillRect(bar.rect(), ramp)
    return bar


def coloured(heat: HeatMap) -> QImage:
    """A heat map as a small picture to be laid over the photo; null where it is empty."""
    if not heat.values:
        return QImage()
    rows = len(heat.values) // heat.columns
    grey = QImage(heat.columns, rows, QImage.Format.Format_Grayscale8)
    for row in range(rows):
        line = heat.values[row * heat.columns : (row + 1) * heat.columns]
        for column, value in enumerate(line):
            shade = min(255, max(0, round(value * 255)))
            grey.setPixelColor(column, row, QColor(shade, shade, shade))
    grey = grey.scaled(
        heat.columns * _SMOOTH,
        rows * _SMOOTH,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    ).convertToFormat(QImage.Format.Format_Grayscale8)
    indexed = QImage(
        grey.constBits(),
        grey.width(),
        grey.height(),
        grey.bytesPerLine(),
        QImage.Format.Format_Indexed8,
    )
    indexed.setColorTable(colours())
    return indexed.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)

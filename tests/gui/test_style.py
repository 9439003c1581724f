"""Colours can be told apart, by everybody, in light and dark."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

from photosearch.gui import icons, style
from photosearch.gui.style import DARK, LIGHT, Theme


def contrast(one: str, other: str) -> float:
    """As WCAG 2.1 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    made = QColor(colour)
    parts = [made.redF(), made.greenF(), made.blueF()]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_all_text_can_be_read(theme: Theme) -> None:
    for text, grounds in {
        theme.text: [theme.ground, theme.raised, theme.sunken, theme.accent_soft, theme.line],
        theme.quiet: [theme.ground, theme.raised, theme.sunken],
        theme.on_accent: [theme.accent],
        theme.warning: [theme.warning_soft],
        theme.accent: [theme.ground, theme.raised],
    }.items():
        for ground in grounds:
            assert contrast(text, ground) >= 4.5, (text, ground, contrast(text, ground))


def test_the_system_says_whether_it_is_dark() -> None:
    assert style.of(Qt.ColorScheme.Dark) is DARK
    assert style.of(Qt.ColorScheme.Light) is style.of(Qt.ColorScheme.Unknown) is LIGHT
    colours = style.palette(DARK)
    assert colours.color(QPalette.ColorRole.Window).name() == DARK.ground


def test_every_icon_is_drawn_in_its_colour(qapp: object) -> None:
    for name in icons._SHAPES:
        drawn = icons.pixmap(name, "#ff0000", 40, 2.0).toImage()
        assert drawn.width() == 80
        seen = {
            drawn.pixelColor(x, y).name()
            for x in range(80)
            for y in range(80)
            if drawn.pixelColor(x, y).alpha() == 255
        }
        assert seen == {"#ff0000"}, name

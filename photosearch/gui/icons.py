"""Icons: our own, one stroke for all, drawn in the colour that is asked for."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_STAR = "M12 3.6l2.6 5.3 5.8.85-4.2 4.1 1 5.8-5.2-2.75-5.2 2.75 1-5.8-4.2-4.1 5.8-.85z"
_HEART = (
    "M12 20s-7.5-4.6-7.5-10.1A4.2 4.2 0 0 1 12 7.2a4.2 4.2 0 0 1 7.5 2.7C19.5 15.4 12 20 12 20z"
)

_FOLDER = (
    '<path d="M3.5 18V6.5a1 1 0 0 1 1-1h4.6l2 2.5h8.4a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1h-15'
    'a1 1 0 0 1-1-1z"/>'
)

_SHAPES = {
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5 5"/>',
    "add-folder": _FOLDER + '<path d="M12 10.8v5.4M9.3 13.5h5.4"/>',
    "folder": _FOLDER,
    "photo": '<rect x="3.5" y="4.5" width="17" height="15" rx="2"/>'
    '<circle cx="8.7" cy="9.6" r="1.5"/><path d="M4 17l4.7-4.4 3.4 3 3.4-3.9 4.8 5.1"/>',
    "photos": '<rect x="3.5" y="7.5" width="14" height="12" rx="2"/>'
    '<path d="M7 4.5h11.5a2 2 0 0 1 2 2V16"/>'
    '<path d="M4 17.3l3.8-3.5 2.7 2.4 2.7-3.2 4.2 4.3"/>',
    "back": '<path d="M14.5 5.5L8 12l6.5 6.5"/>',
    "next": '<path d="M9.5 5.5L16 12l-6.5 6.5"/>',
    "down": '<path d="M5.5 9.5L12 16l6.5-6.5"/>',
    "calendar": '<rect x="4" y="5.5" width="16" height="14" rx="2"/>'
    '<path d="M4 10h16M8.5 3.5v4M15.5 3.5v4"/>',
    "tag": '<path d="M4 4.5h7.5L20 13l-7 7-8.5-8.5z"/><circle cx="8.5" cy="9" r="1.2"/>',
    "place": '<path d="M12 20.5s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0c0 5 6.5 11 6.5 11z"/>'
    '<circle cx="12" cy="9.5" r="2.3"/>',
    "camera": '<path d="M4.5 8h3L9 5.5h6L16.5 8h3a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-15'
    'a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1z"/><circle cx="12" cy="13.3" r="3.5"/>',
    "sidebar": '<rect x="3.5" y="5" width="17" height="14" rx="2"/><path d="M9.5 5v14"/>',
    "details": '<rect x="3.5" y="5" width="17" height="14" rx="2"/><path d="M14.5 5v14"/>',
    "close": '<path d="M6.5 6.5l11 11M17.5 6.5l-11 11"/>',
    "pause": '<path d="M8.5 6v12M15.5 6v12"/>',
    "play": '<path d="M8 5.8v12.4l10-6.2z"/>',
    "stop": '<rect x="6.5" y="6.5" width="11" height="11" rx="1.5"/>',
    "warning": '<path d="M12 4.5l8.5 14.5h-17z"/><path d="M12 10v4.2M12 16.6v.1"/>',
    "note": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.1"/>',
    "star": f'<path d="{_STAR}"/>',
    "star-full": f'<path fill="currentColor" d="{_STAR}"/>',
    "heart": f'<path d="{_HEART}"/>',
    "heart-full": f'<path fill="currentColor" d="{_HEART}"/>',
    "similar": '<rect x="3.5" y="3.5" width="10" height="10" rx="2"/>'
    '<path d="M17 10.5h1.5a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-6a2 2 0 0 1-2-2V17"/>',
    "part": '<path d="M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4"/>'
    '<rect x="8" y="8.5" width="8" height="7"/>',
    "why": '<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="12" r="4.5"/>'
    '<path d="M12 12v.1"/>',
    "open": '<path d="M13.5 4.5h6v6M19.2 4.8l-7.7 7.7"/>'
    '<path d="M10 5.5H6a1.5 1.5 0 0 0-1.5 1.5v11'
    'A1.5 1.5 0 0 0 6 19.5h11a1.5 1.5 0 0 0 1.5-1.5v-4"/>',
    "copy": '<rect x="8.5" y="8.5" width="11" height="11" rx="2"/>'
    '<path d="M5.5 15.5a1 1 0 0 1-1-1v-8a2 2 0 0 1 2-2h8a1 1 0 0 1 1 1"/>',
    "undo": '<path d="M8.5 5L4.5 9l4 4"/><path d="M5 9h9a5 5 0 0 1 0 10h-3.5"/>',
    "refresh": '<path d="M19 12a7 7 0 1 1-2.2-5.1L19.2 9"/><path d="M19.4 4.6V9H15"/>',
    "check": '<path d="M5.5 12.5l4.3 4.3 8.7-9.3"/>',
    "view": '<path d="M4.5 9V5.5a1 1 0 0 1 1-1H9M15 4.5h3.5a1 1 0 0 1 1 1V9M19.5 15v3.5'
    'a1 1 0 0 1-1 1H15M9 19.5H5.5a1 1 0 0 1-1-1V15"/>',
    "bigger": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5 5M8 10.5h5M10.5 8v5"/>',
    "smaller": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5 5M8 10.5h5"/>',
}


@cache
def pixmap(name: str, colour: str, side: int, ratio: float = 1.0) -> QPixmap:
    """An icon `side` pixels wide, in a colour (#rrggbb), for a screen of this pixel ratio."""
    stroke = 1.7 if side < 40 else 1.2
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none"'
        f' stroke="currentColor" stroke-width="{stroke}" stroke-linecap="round"'
        ' stroke-linejoin="round">'
        f"{_SHAPES[name]}</svg>"
    ).replace("currentColor", colour)
    drawn = QPixmap(round(side * ratio), round(side * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    with QPainter(drawn) as painter:
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(drawn.rect()))
    drawn.setDevicePixelRatio(ratio)
    return drawn


def icon(name: str, colour: QColor, faint: QColor | None = None) -> QIcon:
    """An icon in a colour; `faint` where it is disabled."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, colour.name(), 20, ratio))
        if faint is not None:
            made.addPixmap(pixmap(name, faint.name(), 20, ratio), QIcon.Mode.Disabled)
    return made


APP_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
<defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#4b8df8"/>
<stop offset="1" stop-color="#1f5fd0"/></linearGradient></defs>
<rect x="3" y="3" width="58" height="58" rx="14" fill="url(#g)"/>
<rect x="12" y="16" width="34" height="27" rx="4" fill="#fff"/>
<circle cx="21" cy="24.500" r="3" fill="#f6b63c"/>
<path d="M14 40l10-10 7 7 5-5 9 8.500v.5a2 2 0 0 1-2 2H16a2 2 0 0 1-2-2z" fill="#7fb08a"/>
<circle cx="42" cy="40" r="9.500"
 fill="#fff" fill-opacity=".55" stroke="#14356e" stroke-width="3.500"/>
<path d="M49 47l7 7" stroke="#14356e" stroke-width="4.500" stroke-linecap="round"/></svg>"""


def app_icon() -> QIcon:
    """The program's own icon."""
    made = QIcon()
    for side in (16, 32, 64, 128, 256):
        made.addPixmap(app_pixmap(side))
    return made


def app_pixmap(side: int) -> QPixmap:
    """The program's own icon, `side` pixels wide."""
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    with QPainter(drawn) as painter:
        QSvgRenderer(QByteArray(APP_SVG.encode())).render(painter, QRectF(drawn.rect()))
    return drawn

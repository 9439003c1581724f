"""Dark in every theme: nothing should outshine the photo."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

INK = (QColor("#ededee"), QColor("#6d6f75"))
"""Of icons, which no style sheet colours."""


def darken(widget: QWidget) -> None:
    """Give a widget, and those in it, the colours of a dark room."""
    colours = QPalette()  # dark in every theme: nothing should outshine the photo
    role = QPalette.ColorRole
    for each in (role.WindowText, role.Text, role.ButtonText):
        colours.setColor(each, QColor("#ededee"))
        colours.setColor(QPalette.ColorGroup.Disabled, each, QColor("#6d6f75"))
    colours.setColor(role.Window, QColor("#101113"))
    colours.setColor(role.PlaceholderText, QColor("#b4b7be"))
    widget.setPalette(colours)
    widget.setStyleSheet(
        "QToolButton { background: transparent; }"
        "QToolButton:hover { background: #2a2c30; }"
        "QToolButton:focus { border-color: #8ab4f8; }"
        "QLabel { color: #ededee; } QLabel#quiet { color: #b4b7be; }"
        "QLabel#title { font-size: 15px; }"
    )

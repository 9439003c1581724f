"""How it looks: one palette for light and dark, one style sheet, spacing.

The palette is the only source of colour; whatever paints asks it. Text on each ground it is meant
for has a contrast of 4.5:1 or more (a test holds it to that).
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

SPACE = 8
"""Pixels; all distances are multiples or halves of it."""
RADIUS = 6
"""Pixels: the corners of photos."""


_CHOSEN = "photosearch-theme"


@dataclass(frozen=True)
class Theme:
    """Colours by what they are for."""

    ground: str
    raised: str
    sunken: str
    text: str
    quiet: str
    line: str
    accent: str
    on_accent: str
    accent_soft: str
    warning: str
    warning_soft: str


LIGHT = Theme(
    ground="#fbfbfa",
    raised="#ffffff",
    sunken="#efefed",
    text="#1d1d1f",
    quiet="#5f6167",
    line="#dfdfdc",
    accent="#1f5fd0",
    on_accent="#ffffff",
    accent_soft="#e3ecfc",
    warning="#7a4100",
    warning_soft="#fdf0dc",
)
DARK = Theme(
    ground="#18191b",
    raised="#232528",
    sunken="#2a2c30",
    text="#ededee",
    quiet="#a6a9b0",
    line="#36383d",
    accent="#8ab4f8",
    on_accent="#10203a",
    accent_soft="#25334c",
    warning="#f3c88b",
    warning_soft="#3a2c17",
)


def start(app: QApplication, name: str = "system") -> None:
    """Style the program: light, dark, or as the system says, now and whenever it turns."""
    app.setStyle("Fusion")
    app.styleHints().colorSchemeChanged.connect(lambda _: choose(app, str(app.property(_CHOSEN))))
    choose(app, name)


def choose(app: QApplication, name: str) -> None:
    """Look `light`, `dark`, or (`system`) as the system says."""
    named = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    app.setProperty(_CHOSEN, name)
    app.styleHints().setColorScheme(named.get(name, Qt.ColorScheme.Unknown))  # frames of windows
    theme = of(named.get(name, app.styleHints().colorScheme()))
    if app.palette().window().color() != QColor(theme.ground):
        apply(app, theme)


def of(scheme: Qt.ColorScheme) -> Theme:
    """The theme for what the system says."""
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def apply(app: QApplication, theme: Theme) -> None:
    """Give the program a theme."""
    app.setPalette(palette(theme))
    app.setStyleSheet(sheet(theme))


def palette(theme: Theme) -> QPalette:
    """The theme as Qt's palette."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.ground,
        role.Base: theme.raised,
        role.AlternateBase: theme.sunken,
        role.Button: theme.raised,
        role.ToolTipBase: theme.raised,
        role.WindowText: theme.text,
        role.Text: theme.text,
        role.ButtonText: theme.text,
        role.ToolTipText: theme.text,
        role.BrightText: theme.warning,
        role.PlaceholderText: theme.quiet,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.Mid: theme.line,
        role.Midlight: theme.line,
        role.Light: theme.raised,
        role.Dark: theme.line,
    }
    made = QPalette()
    for each, colour in colours.items():
        made.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(theme.quiet).lighter(100))
        faint = QColor(theme.quiet)
        faint.setAlpha(140)
        made.setColor(QPalette.ColorGroup.Disabled, each, faint)
    return made


def sheet(theme: Theme) -> str:
    """The style sheet: what a palette cannot say."""
    return f"""
    QMenuBar {{ background: {theme.ground}; border: 0; padding: 2px 8px; }}
    QMenuBar::item {{ background: transparent; padding: 4px 10px; border-radius: 6px; }}
    QMenuBar::item:selected {{ background: {theme.sunken}; color: {theme.text}; }}
    QMenu {{ background: {theme.raised}; border: 1px solid {theme.line}; padding: 6px; }}
    QMenu::item {{ padding: 6px 28px 6px 12px; border-radius: 5px; }}
    QMenu::icon {{ padding-left: 8px; }}
    QMenu::item:selected {{ background: {theme.accent_soft}; color: {theme.text}; }}
    QMenu::item:disabled {{ color: {theme.quiet}; }}
    QMenu::separator {{ height: 1px; background: {theme.line}; margin: 6px 8px; }}
    QToolTip {{ background: {theme.raised}; color: {theme.text};
        border: 1px solid {theme.line}; padding: 6px 8px; }}
    QLineEdit#search {{ background: {theme.raised}; border: 1px solid {theme.line};
        border-radius: 21px; padding: 0 8px; min-height: 40px; font-size: 15px;
        selection-background-color: {theme.accent}; selection-color: {theme.on_accent}; }}
    QLineEdit#search:focus {{ border: 2px solid {theme.accent}; padding: 0 7px; min-height: 38px; }}
    QPushButton {{ background: {theme.raised}; border: 1px solid {theme.line};
        border-radius: 8px; padding: 7px 14px; color: {theme.text}; }}
    QPushButton:hover {{ background: {theme.sunken}; }}
    QPushButton:pressed {{ background: {theme.line}; }}
    QPushButton:focus {{ border: 2px solid {theme.accent}; padding: 6px 13px; }}
    QPushButton:disabled {{ color: {theme.quiet}; }}
    QPushButton#main {{ background: {theme.accent}; color: {theme.on_accent};
        border: 2px solid {theme.accent}; border-radius: 10px; padding: 11px 24px;
        font-size: 15px; font-weight: 600; }}
    QPushButton#main:hover {{ background: {theme.accent}; border-color: {theme.text}; }}
    QPushButton#main:focus {{ border-color: {theme.text}; }}
    QPushButton:checked {{ background: {theme.accent_soft}; border-color: {theme.accent}; }}
    QPushButton#primary {{ background: {theme.accent}; color: {theme.on_accent};
        border: 2px solid {theme.accent}; padding: 6px 13px; font-weight: 600; }}
    QPushButton#primary:hover, QPushButton#primary:focus {{ border-color: {theme.text}; }}
    QPushButton#primary:disabled {{ background: {theme.sunken}; color: {theme.quiet};
        border-color: {theme.sunken}; }}
    QPushButton#add {{ border-radius: 21px; min-height: 26px; padding: 7px 18px; }}
    QPushButton#add:focus {{ padding: 6px 17px; }}
    QToolButton {{ background: transparent; border: 2px solid transparent; border-radius: 8px;
        padding: 4px; }}
    QToolButton:hover {{ background: {theme.sunken}; }}
    QToolButton:focus {{ border-color: {theme.accent}; }}
    QLabel#heading {{ font-size: 18px; font-weight: 600; }}
    QLabel#title {{ font-size: 24px; font-weight: 600; }}
    QLabel#text {{ font-size: 15px; color: {theme.quiet}; }}
    QLabel#title-small {{ font-size: 15px; font-weight: 600; }}
    QLabel#section {{ font-weight: 600; }}
    QPushButton#chip {{ background: {theme.accent_soft}; border: 1px solid transparent;
        border-radius: 13px; padding: 3px 10px; min-height: 18px; color: {theme.text}; }}
    QPushButton#chip:hover {{ border-color: {theme.accent}; }}
    QPushButton#chip:focus {{ border: 2px solid {theme.accent}; padding: 2px 9px; }}
    QPushButton#small {{ padding: 4px 10px; }}
    QPushButton#small:focus {{ padding: 3px 9px; }}
    QTreeView#sidebar {{ background: {theme.ground}; border: 0; outline: 0; }}
    QScrollArea#details, QWidget#details-inside {{ background: {theme.ground}; }}
    QSplitter::handle {{ background: {theme.line}; }}
    QComboBox {{ background: transparent; border: 1px solid {theme.line}; border-radius: 8px;
        padding: 4px 8px; color: {theme.text}; min-height: 18px; }}
    QComboBox:hover {{ background: {theme.sunken}; }}
    QComboBox:focus {{ border: 2px solid {theme.accent}; padding: 3px 7px; }}
    QComboBox QAbstractItemView {{ background: {theme.raised}; border: 1px solid {theme.line};
        selection-background-color: {theme.accent_soft}; selection-color: {theme.text};
        padding: 4px; }}
    QSlider::groove:horizontal {{ background: {theme.line}; height: 4px; border-radius: 2px; }}
    QSlider::handle:horizontal {{ background: {theme.accent}; width: 14px; height: 14px;
        margin: -5px 0; border-radius: 7px; }}
    QSlider:focus {{ border: 2px solid {theme.accent}; border-radius: 6px; }}
    QLabel#quiet {{ color: {theme.quiet}; }}
    QLabel#mark {{ background: {theme.sunken}; color: {theme.text}; border-radius: 11px;
        padding: 0 10px; font-weight: 600; }}
    QLabel#mark-main {{ background: {theme.accent}; color: {theme.on_accent};
        border-radius: 11px; padding: 0 10px; font-weight: 600; }}
    QListView#lines {{ background: {theme.raised}; border: 1px solid {theme.line};
        border-radius: 8px; padding: 3px; }}
    QListView#lines:focus {{ border-color: {theme.accent}; }}
    QTreeWidget {{ background: {theme.raised}; alternate-background-color: {theme.ground};
        border: 1px solid {theme.line}; border-radius: 8px; padding: 3px; }}
    QTreeWidget:focus {{ border-color: {theme.accent}; }}
    QTreeWidget::item {{ padding: 4px; }}
    QTreeWidget::item:selected {{ background: {theme.accent_soft}; color: {theme.text}; }}
    QHeaderView {{ background: {theme.raised}; border: 0; }}
    QHeaderView::section {{ background: {theme.raised}; color: {theme.quiet}; border: 0;
        border-bottom: 1px solid {theme.line}; padding: 6px 8px; }}
    QLineEdit#field {{ background: {theme.raised}; border: 1px solid {theme.line};
        border-radius: 8px; padding: 6px 8px; }}
    QLineEdit#field:focus {{ border: 2px solid {theme.accent}; padding: 5px 7px; }}
    QLineEdit#field:disabled {{ color: {theme.quiet}; }}
    QFrame#banner {{ background: {theme.accent_soft}; border-radius: 10px; }}
    QFrame#banner[warning="true"] {{ background: {theme.warning_soft}; }}
    QFrame#banner QLabel {{ color: {theme.text}; background: transparent; }}
    QFrame#banner[warning="true"] QLabel {{ color: {theme.warning}; }}
    QFrame#status {{ background: {theme.ground}; border-top: 1px solid {theme.line}; }}
    QFrame#status QToolButton {{ padding: 2px; }}
    QProgressBar {{ background: {theme.sunken}; border: 0; border-radius: 3px;
        min-height: 6px; max-height: 6px; }}
    QProgressBar::chunk {{ background: {theme.accent}; border-radius: 3px; }}
    QListView {{ background: {theme.ground}; border: 0; outline: 0; }}
    QListView#cards::item {{ padding: 6px 8px; border-radius: 6px; color: {theme.text}; }}
    QListView#cards::item:selected {{ background: {theme.accent_soft}; color: {theme.text}; }}
    QScrollBar:vertical {{ background: transparent; width: 14px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {theme.line}; border-radius: 4px;
        min-height: 40px; margin: 0 3px; }}
    QScrollBar::handle:vertical:hover {{ background: {theme.quiet}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """

"""The settings, made from what `photosearch.settings` says of them: a row each, checked where it is
typed, kept at once. Above them what is for the window alone (its language, its looks)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from photosearch import settings
from photosearch.errors import PhotoSearchError
from photosearch.gui import words
from photosearch.gui.style import SPACE
from photosearch.gui.widgets import IconButton, News
from photosearch.settings import Settings

_WIDEST = 400  # pixels: of a line of help


@dataclass(frozen=True)
class Choice:
    """A setting of the window: what it may be (a name and words each), what it is now, and what to
    do when another one is chosen."""

    label: str
    help: str
    options: Sequence[tuple[str, str]]
    current: Callable[[], str]
    chosen: Callable[[str], None]


class PreferencesPanel(QDialog):
    """The panel."""

    def __init__(self, choices: Sequence[Choice], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._choices, self._usual = choices, Settings()
        self.boxes: dict[str, QSpinBox] = {}
        self.resets: dict[str, IconButton] = {}
        self.combos: list[QComboBox] = []
        self.news = News()
        inside = QWidget()
        self._rows = QGridLayout(inside)
        self._rows.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        self._rows.setHorizontalSpacing(2 * SPACE)
        self._rows.setVerticalSpacing(SPACE // 2)
        self._rows.setColumnStretch(0, 1)
        self._rows.setColumnMinimumWidth(2, 4 * SPACE)
        self._section(self.tr("This window"))
        for choice in choices:
            self.combos.append(self._add_choice(choice))
        group = ""
        for name in settings.all_settings():
            if settings.about(name).group != group:
                group = settings.about(name).group
                self._section(_said(group))
            self._add_number(name)
        self._rows.setRowStretch(self._rows.rowCount(), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE)
        column.addWidget(area, 1)
        column.addWidget(self.news)
        self.news.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 0)
        self.resize(640, 640)
        self.look()

    def look(self) -> None:
        """Show what holds now."""
        for choice, combo in zip(self._choices, self.combos, strict=True):
            combo.setCurrentIndex(max(0, combo.findData(choice.current())))
        said = settings.stored()
        for name, box in self.boxes.items():
            if box.isEnabled():
                box.blockSignals(True)
                box.setValue(said.values.get(name, getattr(self._usual, name)))
                box.blockSignals(False)
            self._show_reset(name)
        self.news.setText("\n".join(f"{mistake}." for mistake in said.mistakes))

    def _section(self, title: str) -> None:
        label = QLabel(title)
        label.setObjectName("section")
        row = self._rows.rowCount()
        self._rows.setRowMinimumHeight(row, 5 * SPACE)
        self._rows.addWidget(label, row, 0, 1, 3, Qt.AlignmentFlag.AlignBottom)

    def _add_row(self, label: str, help_: str, widget: QWidget) -> int:
        row = self._rows.rowCount()
        name, text = QLabel(label), QLabel(help_)
        text.setObjectName("quiet")
        text.setWordWrap(True)
        text.setMinimumWidth(_WIDEST // 2)
        for each in (name, text):
            each.setTextFormat(Qt.TextFormat.PlainText)
        name.setBuddy(widget)
        widget.setAccessibleName(label)
        widget.setAccessibleDescription(help_)
        self._rows.addWidget(name, row, 0)
        self._rows.addWidget(widget, row, 1)
        self._rows.addWidget(text, row + 1, 0, 1, 2)
        self._rows.setRowMinimumHeight(row + 2, SPACE)
        return row

    def _add_choice(self, choice: Choice) -> QComboBox:
        combo = QComboBox()
        for name, text in choice.options:
            combo.addItem(text, name)
        combo.activated.connect(lambda place: choice.chosen(str(combo.itemData(place))))
        self._add_row(choice.label, choice.help, combo)
        return combo

    def _add_number(self, name: str) -> None:
        about, usual = settings.about(name), getattr(self._usual, name)
        said = settings.variable(name) if name in _environment() else ""
        when = (
            self.tr("Holds when PhotoSearch is started again.")
            if about.restart
            else self.tr("Holds the next time your folders are looked through.")
        )
        help_ = self.tr("Set by {variable}, outside of PhotoSearch.").format(variable=said)
        box = QSpinBox()
        box.setRange(1, about.most)
        box.setKeyboardTracking(False)
        box.setGroupSeparatorShown(True)
        box.setLocale(words.locale())
        if about.unit:
            box.setSuffix(f" {_said(about.unit)}")
        box.setValue(_environment().get(name, usual))
        box.setEnabled(not said)
        reset = IconButton(
            "undo", self.tr("Back to {value}").format(value=box.textFromValue(usual))
        )
        reset.setAccessibleName(
            self.tr("{setting}: back to {value}").format(
                setting=_said(about.label), value=box.textFromValue(usual)
            )
        )
        reset.clicked.connect(lambda: box.setValue(usual))
        box.valueChanged.connect(lambda value: self._keep(name, value))
        self.boxes[name], self.resets[name] = box, reset
        box.setMinimumHeight(4 * SPACE)
        usually = self.tr("Usually {value}.")
        usually = usually.format(value=f"{box.textFromValue(usual)}{box.suffix()}")
        whole = f"{_said(about.help)} {usually} {when}"
        row = self._add_row(_said(about.label), help_ if said else whole, box)
        self._rows.addWidget(reset, row, 2)

    def _keep(self, name: str, value: int) -> None:
        """What is as usual is not kept, so that it follows what is usual on another computer."""
        try:
            settings.store(name, None if value == getattr(self._usual, name) else value)
        except PhotoSearchError as error:
            self.news.setText(str(error))
        else:
            self.news.setText("")
        self._show_reset(name)

    def _show_reset(self, name: str) -> None:
        box, reset = self.boxes[name], self.resets[name]
        reset.setEnabled(box.isEnabled() and box.value() != getattr(self._usual, name))
        reset.setVisible(reset.isEnabled())


def _said(text: str) -> str:
    return QCoreApplication.translate("settings", text) if text else ""


def _environment() -> dict[str, int]:
    try:
        return settings.environment()
    except PhotoSearchError:  # the engine says it
        return {}

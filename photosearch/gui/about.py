"""What this program is: its version, its licence, where its data lie, whose models it uses."""

from __future__ import annotations

import platform
from pathlib import Path

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from photosearch import __version__
from photosearch.engine.replies import Error, Models, Reply
from photosearch.engine.requests import GetModels
from photosearch.gui import desktop
from photosearch.gui.engine import Engine
from photosearch.gui.style import SPACE
from photosearch.paths import data_dir, printable
from photosearch.shared import address_of

_ICON = 64  # pixels


class AboutPanel(QDialog):
    """The panel."""

    def __init__(self, engine: Engine, library: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._engine = engine
        self.setWindowTitle(self.tr("About PhotoSearch"))
        icon, title, text = QLabel(), QLabel(f"PhotoSearch {__version__}"), QLabel()
        icon.setPixmap(parent.windowIcon().pixmap(_ICON, _ICON))
        title.setObjectName("title")
        text.setWordWrap(True)
        address = address_of(library)
        text.setText(
            self.tr(
                "Find your own photos by saying what is in them. Everything happens on this"
                " computer."
            )
            if address is None
            else self.tr(
                "Find your own photos by saying what is in them. What was learned of them lies on a"
                " server that you share with others."
            )
        )
        versions = f"Python {platform.python_version()}, Qt {PySide6.__version__}"
        self.facts = {
            self.tr("Licence"): "Apache-2.0",
            self.tr("Your library"): printable(address or library),
            self.tr("Settings and models"): printable(data_dir()),
            self.tr("Models on this computer"): "",
            self.tr("Made with"): versions,
        }
        form = QFormLayout()
        form.setHorizontalSpacing(2 * SPACE)
        form.setVerticalSpacing(SPACE)
        self.labels = {name: QLabel(fact) for name, fact in self.facts.items()}
        for name, label in self.labels.items():
            head = QLabel(name)
            head.setObjectName("quiet")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(head, label)
        self.show_folder = QPushButton(self.tr("Show the library's folder"))
        self.copy = QPushButton(self.tr("Copy all this"))
        self.close_button = QPushButton(self.tr("Close"))
        buttons = QHBoxLayout()
        for button in (self.show_folder, self.copy):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        self.close_button.setDefault(True)
        self.close_button.setFocus()
        self.close_button.clicked.connect(self.close)
        self.show_folder.clicked.connect(
            lambda: desktop.show_in_folder([str(library / "catalog.sqlite")], self)
        )
        self.copy.clicked.connect(self._copy)
        side = QVBoxLayout()
        side.setSpacing(SPACE)
        for widget in (title, text):
            side.addWidget(widget)
        side.addSpacing(SPACE)
        side.addLayout(form)
        side.addStretch(1)
        side.addSpacing(SPACE)
        side.addLayout(buttons)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        whole.setSpacing(3 * SPACE)
        whole.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(side, 1)
        self.resize(620, 400)

    def look(self) -> None:
        """Ask which models are here."""
        self._engine.ask(GetModels(), self._answered, newest="about")

    def _answered(self, reply: Reply) -> None:
        if isinstance(reply, Models):
            here = [f"{each.title}: {each.licence}" for each in reply.models if each.path]
            self._say_models("\n".join(here) or self.tr("none"))
        elif isinstance(reply, Error):
            self._say_models(reply.what)

    def _say_models(self, text: str) -> None:
        self.labels[self.tr("Models on this computer")].setText(text)

    def _copy(self) -> None:
        lines = [f"{name}: {label.text()}" for name, label in self.labels.items()]
        QGuiApplication.clipboard().setText("\n".join([f"PhotoSearch {__version__}", *lines]))

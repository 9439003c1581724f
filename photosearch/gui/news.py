"""What is new, said once after an upgrade: the newest section of CHANGELOG, opened from the banner.

Somebody who has just begun knows no older version, and is told nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from photosearch import __version__
from photosearch.paths import resources

if TYPE_CHECKING:
    from photosearch.gui.window import MainWindow

translate = QCoreApplication.translate


def tell(window: MainWindow) -> None:
    """Offer it in the window's banner where the last window was another version's."""
    seen, window.settings.seen_version = window.settings.seen_version, __version__
    if seen not in ("", __version__) and (text := newest()):
        window.browser.say(
            translate("news", "PhotoSearch was updated to version {}.").format(__version__),
            button=translate("news", "What is new"),
            act=lambda: setattr(window, "dialog", NewsDialog(text, window)),
        )


def newest() -> str:
    """The newest section of CHANGELOG, as Markdown; "" where it is not there."""
    try:
        text = (resources().parent / "CHANGELOG.md").read_text("utf-8")
    except OSError:
        return ""
    sections = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    return sections[1].strip() if len(sections) > 1 else ""


class NewsDialog(QDialog):
    """Shows it."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("news", "What is new"))
        self.text = QTextBrowser()
        self.text.setMarkdown(text)
        self.text.setAccessibleName(translate("news", "What is new"))
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(close)
        self.resize(560, 480)
        self.open()

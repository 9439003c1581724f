"""An error that kept the window from opening, shown where no terminal could say it."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QMessageBox


def show(line: str) -> None:
    """Show a line, and wait until it was read."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName("PhotoSearch")
    box = QMessageBox(QMessageBox.Icon.Warning, "PhotoSearch", line)
    box.exec()

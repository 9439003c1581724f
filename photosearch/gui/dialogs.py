"""Questions. None of them waits: each is opened, and calls back when it was answered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

translate = QCoreApplication.translate
Then = Callable[[], None]


def choose_folder(parent: QWidget, start: str, chosen: Callable[[str], None]) -> QFileDialog:
    """Have a person choose a folder of photos."""
    dialog = QFileDialog(parent, translate("dialogs", "Choose a folder with photos"), start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog


def ask_before_closing(parent: QWidget, background: Then, stop: Then) -> QMessageBox:
    """Photos are being added while the window closes: what then?"""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(translate("dialogs", "Photos are still being added."))
    box.setInformativeText(
        translate(
            "dialogs",
            "They can go on being added in the background, without this window. Or stop now: it"
            " goes on when you open PhotoSearch again.",
        )
    )
    role = QMessageBox.ButtonRole
    go_on = box.addButton(translate("dialogs", "Go on in the background"), role.AcceptRole)
    stop_now = box.addButton(translate("dialogs", "Stop"), role.DestructiveRole)
    cancel = box.addButton(translate("dialogs", "Cancel"), role.RejectRole)
    go_on.setObjectName("background")
    stop_now.setObjectName("stop")
    cancel.setObjectName("cancel")
    box.setDefaultButton(go_on)
    box.setEscapeButton(cancel)
    go_on.clicked.connect(background)
    stop_now.clicked.connect(stop)
    box.open()
    return box

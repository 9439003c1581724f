"""What other programs do for us: show a file in its folder, open it. Nothing waits for them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QObject, QProcess, QUrl
from PySide6.QtGui import QDesktopServices


def url(path: str) -> QUrl:
    """The address of a file, also of one whose name is no text."""
    if sys.platform == "win32":
        return QUrl.fromLocalFile(path)
    return QUrl.fromEncoded(b"file://" + quote(os.fsencode(path)).encode("ascii"))


def open_file(path: str) -> bool:
    """Open a file with the program that the person has chosen for its kind."""
    return QDesktopServices.openUrl(url(path))


PROGRAMS = {"win32": "C:\\Program Files", "darwin": "/Applications"}.get(sys.platform, "/usr/bin")
"""Where programs lie, mostly."""


def open_with(program: str, paths: Sequence[str]) -> bool:
    """Start a program with these files; False where it cannot be started."""
    if sys.platform == "darwin" and program.endswith(".app"):
        return _started("open", ["-a", program, *paths])
    return _started(program, list(paths))


def _started(program: str, arguments: list[str]) -> bool:
    started = QProcess.startDetached(program, arguments)
    return bool(started[0] if isinstance(started, tuple) else started)


def show_in_folder(paths: Sequence[str], parent: QObject) -> None:
    """Have the file manager show these files."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer", ["/select,", os.path.normpath(paths[0])])
    elif sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", *paths])
    elif not _ask_file_manager(paths, parent):
        _open_folder(paths[0])


def start(program: Sequence[str]) -> bool:
    """Start a program that goes on when this one ends."""
    started: bool = QProcess.startDetached(program[0], list(program[1:]))[0]
    return started


def _open_folder(path: str) -> None:
    QDesktopServices.openUrl(url(os.path.dirname(path)))


def _has_session_bus() -> bool:
    """Asking for one that is not there would start one, and wait for it."""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return bool(runtime) and Path(str(runtime), "bus").exists()


def _ask_file_manager(paths: Sequence[str], parent: QObject) -> bool:
    if not _has_session_bus():
        return False
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    message = QDBusMessage.createMethodCall(
        "org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1",
        "ShowItems",
    )
    addresses = [bytes(url(path).toEncoded().data()).decode("ascii") for path in paths]
    message.setArguments([addresses, ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message), parent)

    def finished() -> None:
        if watcher.isError():
            _open_folder(paths[0])
        watcher.deleteLater()

    watcher.finished.connect(finished)
    return True

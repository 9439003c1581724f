"""What other programs are told of files."""

from __future__ import annotations

import os
import sys

import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from photosearch.gui import desktop


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_any_name_has_an_address() -> None:
    for name in (b"/p/a b.jpg", "/p/ü#?%.jpg".encode(), b"/p/\xff\xfe.jpg", b"/p/line\nbreak.jpg"):
        made = desktop.url(os.fsdecode(name))
        assert made.isLocalFile()
        encoded = bytes(made.toEncoded().data())
        assert encoded.startswith(b"file:///p/") and b"\n" not in encoded
    assert desktop.url("/p/ü#?%.jpg").toLocalFile() == "/p/ü#?%.jpg"
    odd = bytes(desktop.url(os.fsdecode(b"/p/\xff.jpg")).toEncoded().data())
    assert odd == b"file:///p/%FF.jpg"


@pytest.mark.skipif(sys.platform != "linux", reason="Linux desktops")
def test_without_a_desktop_the_folder_is_opened(
    monkeypatch: pytest.MonkeyPatch, qapp: QObject
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    desktop.show_in_folder(["/photos/summer/1.jpg", "/photos/2.jpg"], qapp)
    assert [url.toLocalFile() for url in opened] == ["/photos/summer"]

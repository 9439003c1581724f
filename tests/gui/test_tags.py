"""The panel of a photo's tags over a real library, with the real engine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photosearch.catalog import tagged
from photosearch.catalog.tagged import TagRow
from photosearch.library import Library
from tests.conftest import draw
from tests.gui.conftest import PATIENCE, OpenWindow


def test_tags_are_added_confirmed_and_rejected(
    with_encoder: Path, tmp_path: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    album = tmp_path / "album"
    album.mkdir()
    for number in range(2):
        draw(number, (96, 72)).save(album / f"{number}.jpg")
    with Library(tmp_path / "library") as library:
        for _ in library.index([album]):
            pass
        found = [
            TagRow(photo_id, name, "classifier", "tiny", sure)
            for photo_id in library.photos()
            for name, sure in (("dog", 0.9), ("cat", 0.6))
        ]
        with library.catalog.write() as connection:
            tagged.replace_tags(connection, library.photos(), ("classifier",), found)
    window = open_window(tmp_path / "library")
    grid = window.browser.grid
    qtbot.waitUntil(lambda: window.session.photos.rowCount() == 2, timeout=PATIENCE)
    grid.setFocus()
    window.actions_.select_all.trigger()
    window.actions_.tags.trigger()
    panel = window.tags
    assert panel is not None
    qtbot.waitUntil(lambda: panel.tags.count() == 2, timeout=PATIENCE)

    def texts() -> list[str]:
        return [panel.tags.item(row).text() for row in range(panel.tags.count())]

    assert texts() == ["dog\nfound, 90 % sure", "cat\nfound, 60 % sure"]
    assert "2 photos" in panel.title.text()
    assert not panel.confirm.isEnabled()
    panel.tags.setCurrentRow(1)
    panel.reject_tag.trigger()
    qtbot.waitUntil(lambda: texts() == ["dog\nfound, 90 % sure"], timeout=PATIENCE)
    panel.tags.setCurrentRow(0)
    panel.confirm.trigger()
    qtbot.waitUntil(lambda: texts() == ["dog\nyours"], timeout=PATIENCE)
    panel.name.setText("  Rex ")
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Rex\nyours" in texts(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "Rex" in panel.news.text(), timeout=PATIENCE)
    panel.name.setText("\x07")
    panel.add.trigger()
    qtbot.waitUntil(lambda: "printable" in panel.news.text(), timeout=PATIENCE)
    panel.tags.setCurrentRow(0)
    with qtbot.waitSignal(panel.search_for, timeout=PATIENCE) as asked:
        panel.show_all.trigger()
    assert asked.args == ['tag:"Rex"'] or asked.args == ['tag:"dog"']
    panel.show_photos(())
    assert panel.tags.count() == 0 and not panel.add.isEnabled()

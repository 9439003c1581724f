"""The panel of folders and problem files over a real library, with the real engine and indexer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photosearch.library import Library
from tests.conftest import draw
from tests.gui.conftest import PATIENCE, OpenWindow


def test_problems_are_tried_again_and_folders_left_out(
    with_encoder: Path, tmp_path: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    album, away = tmp_path / "album", tmp_path / "away"
    for folder in (album / "good", album / "scans", away):
        folder.mkdir(parents=True)
        draw(len(str(folder)), (96, 72)).save(folder / "a.jpg")
    bad = album / "good" / "bad.jpg"
    bad.write_bytes(b"no picture")
    with Library(tmp_path / "library") as library:
        for _ in library.index([album, away]):
            pass
    away.rename(tmp_path / "unplugged")
    window = open_window(tmp_path / "library")
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.folders is not None, timeout=PATIENCE)
    panel = window.folders
    assert panel is not None
    qtbot.waitUntil(lambda: panel.problems.count() == 1, timeout=PATIENCE)
    assert panel.problems.item(0).text() == "bad.jpg: not a picture in a known format"
    texts = [panel.roots.item(row).text() for row in range(panel.roots.count())]
    assert texts[0] == "album: 3 photos"
    assert texts[1].startswith("away: 1 photos, cannot be seen now")
    draw(7, (96, 72)).save(bad)
    panel.again.trigger()
    qtbot.waitUntil(lambda: panel.problems.count() == 0, timeout=PATIENCE)
    assert not panel.again.isEnabled()
    assert panel.problems_title.text() == "All files could be read."
    panel.set_left_out(str(album / "scans"), True)
    qtbot.waitUntil(lambda: panel.excluded.count() == 1, timeout=PATIENCE)
    qtbot.waitUntil(lambda: panel.roots.item(0).text() == "album: 2 photos", timeout=PATIENCE)
    panel.excluded.setCurrentRow(0)
    panel.let_in.trigger()
    qtbot.waitUntil(lambda: panel.roots.item(0).text() == "album: 3 photos", timeout=PATIENCE)
    assert panel.excluded.count() == 0
    panel.set_left_out("*", True)
    qtbot.waitUntil(lambda: "cannot be left out" in panel.news.text(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.session.indexer.ours, timeout=PATIENCE)

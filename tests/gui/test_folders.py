"""The panels of folders and of problem files, with the real engine and indexer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from photosearch.gui import desktop
from photosearch.library import Library
from tests.conftest import draw
from tests.gui.conftest import PATIENCE, OpenWindow


def test_problems_are_tried_again_and_folders_left_out(
    with_encoder: Path,
    tmp_path: Path,
    open_window: OpenWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    album, away = tmp_path / "album", tmp_path / "away"
    for folder in (album / "good", album / "scans", away):
        folder.mkdir(parents=True)
        draw(len(str(folder)), (96, 72)).save(folder / "a.jpg")
    bad = album / "good" / "bad.jpg"
    bad.write_bytes(b"no picture")
    bad.with_name("worse.jpg").write_bytes(b"no picture, either")
    shown: list[Sequence[str]] = []
    monkeypatch.setattr(desktop, "show_in_folder", lambda paths, _: shown.append(paths))
    with Library(tmp_path / "library") as library:
        for _ in library.index([album, away]):
            pass
    away.rename(tmp_path / "unplugged")
    window = open_window(tmp_path / "library")
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.folders is not None, timeout=PATIENCE)
    panel = window.folders
    assert panel is not None
    qtbot.waitUntil(lambda: panel.roots.count() == 2, timeout=PATIENCE)
    texts = [panel.roots.item(row).text() for row in range(panel.roots.count())]
    assert texts[0] == "album\n4 photos"
    assert texts[1].startswith("away\n1 photo · cannot be seen now")
    window.actions_.problems.trigger()
    problems = window.panels.problems
    assert problems is not None
    qtbot.waitUntil(lambda: problems.list.topLevelItemCount() == 2, timeout=PATIENCE)
    item = problems.list.topLevelItem(0)
    assert item is not None
    assert [item.text(column) for column in range(3)] == [
        "bad.jpg",
        "not a picture in a known format",
        str(bad.parent),
    ]
    assert not problems.again.isEnabled() and problems.all_again.isEnabled()
    assert problems.title.text() == "2 files could not be read"
    item.setSelected(True)
    problems.show_file.trigger()
    assert shown == [[str(bad)]]
    problems.copy.trigger()
    assert QGuiApplication.clipboard().text() == f"{bad}\tnot a picture in a known format"
    draw(7, (96, 72)).save(bad)
    problems.again.trigger()
    qtbot.waitUntil(lambda: problems.list.topLevelItemCount() == 1, timeout=PATIENCE)
    assert problems.title.text() == "1 file could not be read"
    draw(8, (96, 72)).save(bad.with_name("worse.jpg"))
    problems.all_again.trigger()
    qtbot.waitUntil(lambda: problems.list.topLevelItemCount() == 0, timeout=PATIENCE)
    assert problems.title.text() == "All files could be read" and not problems.all_again.isEnabled()
    panel.set_left_out(str(album / "scans"), True)
    qtbot.waitUntil(lambda: panel.excluded.count() == 1, timeout=PATIENCE)
    qtbot.waitUntil(lambda: panel.roots.item(0).text() == "album\n3 photos", timeout=PATIENCE)
    panel.excluded.setCurrentRow(0)
    panel.let_in.trigger()
    qtbot.waitUntil(lambda: panel.roots.item(0).text() == "album\n4 photos", timeout=PATIENCE)
    assert panel.excluded.count() == 0
    panel.set_left_out("*", True)
    qtbot.waitUntil(lambda: "cannot be left out" in panel.news.text(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.session.indexer.ours, timeout=PATIENCE)

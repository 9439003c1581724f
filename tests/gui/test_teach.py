"""The panel in which a tag is taught, over a real library, with the real engine."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from photosearch.gui.window import MainWindow
from photosearch.library import Library
from tests.gui.conftest import PATIENCE


def test_a_tag_is_taught_asked_about_and_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    grid = window.browser.grid
    grid.clearSelection()
    window.actions_.teach.trigger()
    panel = window.teaching
    assert panel is not None
    panel.name.setText("Rex")
    assert "Pick photos" in panel.title.text() and not panel.shows.isEnabled()
    for place in range(5):
        flag = QItemSelectionModel.SelectionFlag.Select
        grid.selectionModel().select(grid.model().index(place, 0), flag)
    qtbot.waitUntil(lambda: "5 photos" in panel.title.text(), timeout=PATIENCE)
    shown = set(window.browser.targets())

    def says(text: str) -> bool:
        return panel.list.count() == 1 and text in panel.list.item(0).text()

    assert panel.shows.isEnabled() and not panel.yes.isEnabled()
    panel.shows.trigger()
    qtbot.waitUntil(lambda: says("Rex\n5 show it, 0 do not. "), timeout=PATIENCE)
    assert panel.news.text() == "5 photos: shown as “Rex”"
    qtbot.waitUntil(panel.yes.isEnabled, timeout=PATIENCE)
    assert "“Rex”" in panel.question.text()
    qtbot.waitUntil(lambda: not panel.picture.pixmap().isNull(), timeout=PATIENCE)
    assert panel.picture.accessibleName().endswith(".jpg")
    panel.yes.trigger()
    qtbot.waitUntil(lambda: says("6 show it, 0 do not"), timeout=PATIENCE)
    qtbot.waitUntil(panel.no.isEnabled, timeout=PATIENCE)
    panel.no.trigger()
    qtbot.waitUntil(lambda: says("6 show it, 1 do not"), timeout=PATIENCE)
    panel.undo.trigger()
    qtbot.waitUntil(lambda: says("6 show it, 0 do not"), timeout=PATIENCE)
    with Library(window.library) as library, library.catalog.read() as connection:
        marked = connection.exec_driver_sql("SELECT photo_id, shows FROM tag_examples").all()
    assert len(marked) == 6 and shown < {photo for photo, _ in marked}
    with qtbot.waitSignal(panel.search_for, timeout=PATIENCE) as asked:
        panel.show_all.trigger()
    assert asked.args == ['tag:"Rex"']
    with Library(window.library) as library:
        assert library.search('tag:"Rex"', 60).matches  # all were looked through
    panel.name.setText("\x07")
    panel.shows.trigger()
    qtbot.waitUntil(lambda: "printable" in panel.news.text(), timeout=PATIENCE)
    assert not panel.yes.isEnabled()

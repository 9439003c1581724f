"""What helps with asking: saved searches, suggestions, a dropped photo, the divider."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from photosearch.engine.replies import Match
from photosearch.gui.window import MainWindow
from photosearch.library import Library
from tests.gui.conftest import PATIENCE, PHOTOS


def test_a_search_is_saved_suggested_asked_again_and_forgotten(
    window: MainWindow, library: Path, qtbot: QtBot
) -> None:
    browser, session = window.browser, window.session
    qtbot.waitUntil(lambda: session.search.state == "ready", timeout=PATIENCE)
    with qtbot.waitSignal(session.results.answered, timeout=PATIENCE):
        window.search_for("round things -green")
    window.show_searches()
    panel = window.searches
    assert panel is not None and not panel.save.isEnabled() and not panel.search.isEnabled()
    panel.name.setText("our balls")
    panel.save.click()
    qtbot.waitUntil(lambda: panel.list.count() == 1, timeout=PATIENCE)
    with Library(library) as opened:
        assert opened.saved_searches() == {"our balls": "round things -green"}

    browser.field.clear()
    qtbot.keyClicks(browser.field, "round")
    model = browser.suggestions.completer.model()
    qtbot.waitUntil(lambda: model.rowCount() > 0, timeout=PATIENCE)
    assert model.index(0, 0).data() == "round things -green"
    popup = browser.suggestions.completer.popup()
    assert popup is not None
    popup.hide()

    window.search_for("something else")
    panel.list.setCurrentRow(0)
    with qtbot.waitSignal(session.results.answered, timeout=PATIENCE):
        panel.search.click()
    assert browser.field.text() == "round things -green"
    panel.remove.click()
    qtbot.waitUntil(lambda: panel.list.count() == 0, timeout=PATIENCE)
    with Library(library) as opened:
        assert opened.saved_searches() == {}


def test_a_photo_dropped_on_the_window_is_what_others_should_look_like(
    window: MainWindow, library: Path, qtbot: QtBot
) -> None:
    with Library(library) as opened:
        path = opened.photo_path(opened.photos()[3])
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(window.session.results.answered, timeout=PATIENCE):
        window.dropEvent(event)
    assert window.browser.field.text() == f'like:"{path}"'
    assert len(window.session.photos.ids) == PHOTOS - 1


def test_weak_matches_stand_behind_a_divider(window: MainWindow) -> None:
    photos = window.session.photos
    ids = photos.ids[:3]
    found = [
        Match(photo_id, 0.5, (), 0.9 - place / 2, (99,) * place)
        for place, photo_id in enumerate(ids)
    ]
    photos.set_photos(ids, found, good=1)
    assert [photos.is_weak(place) for place in range(3)] == [False, True, True]
    assert [photos.folded_at(place) for place in range(3)] == [0, 1, 2]
    window.browser.grid.repaint()


def test_no_two_actions_have_the_same_keys(window: MainWindow) -> None:
    everywhere = [action for action in window.actions() if action.shortcuts()]
    keys = [key.toString() for action in everywhere for key in action.shortcuts()]
    assert len(keys) == len(set(keys)), sorted(keys)

"""The main job by hand and eye, with the real children and a real small library."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from photosearch.gui.photos import Role
from photosearch.gui.window import MainWindow
from photosearch.library import Library
from tests.gui.conftest import PATIENCE, PHOTOS, OpenWindow

Key = Qt.Key


def said(library: Path) -> dict[int, tuple[int, bool]]:
    """What the catalog knows: the stars and favourites of all photos."""
    with Library(library) as opened:
        rows = opened.photo_rows(opened.photos())
        return {row.photo_id: (row.stars, row.favourite) for row in rows}


def test_choose_a_folder_search_find_similar_view_and_rate(
    open_window: OpenWindow, album: Path, with_encoder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window(tmp_path / "library")
    browser, session = window.browser, window.session
    qtbot.waitUntil(lambda: browser.page_name == "first", timeout=PATIENCE)

    first = browser.first_page
    for line in range(first.folders.count()):  # whatever this computer suggests
        first.folders.item(line).setCheckState(Qt.CheckState.Unchecked)
    qtbot.mouseClick(first.another, Qt.MouseButton.LeftButton)
    dialog = window.panels.dialog
    assert isinstance(dialog, QFileDialog)
    dialog.selectFile(str(album))
    dialog.accept()
    qtbot.waitUntil(lambda: first.paths() == [str(album)], timeout=PATIENCE)
    with qtbot.waitSignal(session.run_ended, timeout=PATIENCE) as ended:
        qtbot.mouseClick(first.start, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: session.indexer.ours, timeout=PATIENCE)
        assert browser.page_name == "looking"
        qtbot.waitUntil(lambda: len(session.photos.ids) == 6, timeout=PATIENCE)
    assert ended.args[0].kind == "done"
    assert window.settings.folder == str(album)
    qtbot.waitUntil(lambda: browser.heading.text() == "6 photos", timeout=PATIENCE)
    assert browser.page_name == "" and browser.banner.text == ""

    window.activateWindow()
    browser.field.setFocus()
    with qtbot.waitSignal(window.results_painted, timeout=PATIENCE):
        qtbot.keyClicks(browser.field, "a dog")
    assert browser.heading.text() == "Best 6 for “a dog”"
    scores = [browser.grid.model().index(at, 0).data(Role.SCORE) for at in range(6)]
    assert scores == sorted(scores, reverse=True)
    assert browser.status.left.text() == "Ready to search"

    qtbot.keyClick(browser.field, Key.Key_Down)
    assert browser.grid.hasFocus()
    qtbot.keyClick(browser.grid, Key.Key_Right)
    photo, found = browser.grid.current(), session.photos.ids
    assert photo == found[1]
    place = browser.grid.visualRect(session.photos.index(1)).center()
    where = browser.grid.viewport().mapToGlobal(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, where)
    QApplication.sendEvent(browser.grid.viewport(), event)
    menu = window.dialog
    assert isinstance(menu, QMenu)
    similar = next(action for action in menu.actions() if action.text() == "Find similar")
    with qtbot.waitSignal(session.results.answered, timeout=PATIENCE):
        similar.trigger()
    menu.close()
    name = browser.heading.text().removeprefix("Photos like ")
    assert name in {f"{number}.jpg" for number in range(6)}
    assert photo not in session.photos.ids and len(session.photos.ids) == 5
    with qtbot.waitSignal(session.results.answered, timeout=PATIENCE):
        qtbot.keyClick(browser.grid, Key.Key_Escape)
    assert session.photos.ids == found and browser.field.text() == "a dog"
    assert browser.grid.current() == photo, "where we came from"

    with qtbot.waitSignal(browser.viewer.sharp, timeout=PATIENCE) as sharp:
        qtbot.keyClick(browser.grid, Key.Key_Return)
    assert sharp.args == [photo] and browser.viewing
    assert browser.viewer.position.text() == "2 of 6"
    assert browser.viewer.name.text() == name
    with qtbot.waitSignal(browser.viewer.sharp, timeout=PATIENCE) as sharp:
        qtbot.keyClick(browser.viewer, Key.Key_Right)
    assert sharp.args == [found[2]]
    qtbot.keyClick(browser.viewer, Key.Key_4)
    qtbot.keyClick(browser.viewer, Key.Key_F)
    assert browser.viewer.stars.text() == "♥ ★★★★☆"
    qtbot.keyClick(browser.viewer, Key.Key_Space)
    assert not browser.viewing and browser.grid.current() == found[2]
    with qtbot.waitSignal(session.deeds.done, timeout=PATIENCE) as undone:
        qtbot.keyClick(browser.grid, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "avourite" in undone.args[0]
    index = session.photos.index(2)
    qtbot.waitUntil(lambda: not index.data(Role.FAVOURITE), timeout=PATIENCE)
    assert index.data(Role.STARS) == 4
    assert said(tmp_path / "library")[found[2]] == (4, False)

    browser.field.setFocus()
    with qtbot.waitSignal(session.results.answered, timeout=PATIENCE):
        qtbot.keyClick(browser.field, Key.Key_Escape)
    assert browser.heading.text() == "6 photos" and browser.field.text() == ""


def test_many_photos_at_once_and_the_clipboard(
    window: MainWindow, library: Path, qtbot: QtBot
) -> None:
    browser, session = window.browser, window.session
    browser.grid.setFocus()
    clipboard = QGuiApplication.clipboard()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(browser.grid, Key.Key_A, control)
    qtbot.keyClick(browser.grid, Key.Key_3)
    qtbot.keyClick(browser.grid, Key.Key_F)
    with qtbot.waitSignal(session.deeds.done, timeout=PATIENCE):
        qtbot.keyClick(browser.grid, Key.Key_C, control | shift)
    paths = clipboard.text().splitlines()
    assert len(paths) == PHOTOS and all(Path(path).is_file() for path in paths)
    qtbot.waitUntil(lambda: set(said(library).values()) == {(3, True)}, timeout=PATIENCE)
    with qtbot.waitSignal(session.deeds.done, timeout=PATIENCE):  # one undo for all of them
        qtbot.keyClick(browser.grid, Key.Key_Z, control)
    assert set(said(library).values()) == {(3, False)}
    browser.grid.select(5)
    with qtbot.waitSignal(session.deeds.done, timeout=PATIENCE):
        qtbot.keyClick(browser.grid, Key.Key_C, control)
    data = clipboard.mimeData()
    assert data.hasImage() and clipboard.image().width() == 96
    assert [url.toLocalFile() for url in data.urls()] == [paths[5]]
    assert browser.banner.text == ""


def test_letters_typed_in_the_search_field_are_no_commands(
    window: MainWindow, library: Path, qtbot: QtBot
) -> None:
    browser = window.browser
    browser.grid.select(0)
    browser.field.setFocus()
    qtbot.keyClicks(browser.field, "5 f 0 cats")
    view = window.session.results
    qtbot.waitUntil(lambda: view.view.words == "5 f 0 cats", timeout=PATIENCE)
    assert browser.field.text() == "5 f 0 cats"
    assert set(said(library).values()) == {(0, False)}


def test_only_the_newest_search_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    shown: list[str] = []
    session.results.answered.connect(lambda: shown.append(session.results.shown.words))
    words = [f"thing {number}" for number in range(12)]
    for text in words:
        window.search_for(text)
    qtbot.waitUntil(lambda: bool(shown), timeout=PATIENCE)
    qtbot.waitUntil(lambda: not session.results.pending, timeout=PATIENCE)
    assert shown == [words[-1]]
    assert session.results.error is None
    assert window.browser.heading.text() == f"Best {PHOTOS} for “{words[-1]}”"


def test_a_folder_that_is_dropped_is_added(
    open_window: OpenWindow, album: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    # Without an encoder: everything but searching works, and the window says so.
    window = open_window(tmp_path / "library")
    qtbot.waitUntil(lambda: window.browser.page_name == "first", timeout=PATIENCE)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(album))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    drop = QDropEvent(QPointF(5, 5), action, data, button, Qt.KeyboardModifier.NoModifier)
    with qtbot.waitSignal(window.session.run_ended, timeout=PATIENCE):
        window.dropEvent(drop)
    qtbot.waitUntil(lambda: len(window.session.photos.ids) == 6, timeout=PATIENCE)
    window.search_for("a dog")
    qtbot.waitUntil(lambda: window.browser.page_name == "no-search", timeout=PATIENCE)
    qtbot.mouseClick(window.browser.page.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.browser.heading.text() == "6 photos", timeout=PATIENCE)
    assert window.browser.field.text() == ""


def test_what_cannot_be_shown_large_says_so(
    window: MainWindow, indexed: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    browser = window.browser
    album = indexed.parent / "album"
    browser.grid.select(3)
    row = window.session.photos.row_of(window.session.photos.ids[3])
    qtbot.waitUntil(
        lambda: window.session.photos.row_of(window.session.photos.ids[3]) is not None,
        timeout=PATIENCE,
    )
    row = window.session.photos.row_of(window.session.photos.ids[3])
    assert row is not None
    file, away = Path(row.path), album.parent / "away.jpg"
    file.rename(away)
    try:
        browser.toggle_view()
        qtbot.waitUntil(browser.viewer.trouble.isVisible, timeout=PATIENCE)
    finally:
        away.rename(file)
    assert "cannot be shown" in browser.viewer.trouble.text()
    assert len(browser.viewer.trouble.text()) > 40, "and why"
    with qtbot.waitSignal(browser.viewer.sharp, timeout=PATIENCE):
        browser.step(1)
    assert not browser.viewer.trouble.isVisible()

"""The children pause, stop, are killed, outlive the window; nothing that was done is lost."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from photosearch.engine.replies import Error
from photosearch.gui.photos import Role
from photosearch.gui.window import MainWindow
from photosearch.library import Library
from tests.gui.conftest import PATIENCE, PHOTOS, OpenWindow, make_album
from tests.gui.test_flows import said

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by signals")

MORE = 200


@pytest.fixture
def more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that takes a while."""
    monkeypatch.setenv("PHOTOSEARCH_ENCODE_BATCH", "2")
    monkeypatch.setenv("PHOTOSEARCH_WORKERS", "1")
    return make_album(tmp_path / "more", range(1000, 1000 + MORE))


def begin(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    """Add a folder and wait until some of its photos are read."""
    before = len(window.session.photos.ids)
    window.add_folder(str(folder))
    qtbot.waitUntil(lambda: len(window.session.photos.ids) > before, timeout=PATIENCE)
    assert window.session.indexer.ours


def states(window: MainWindow) -> str:
    """How the run stands, as the library tells everybody."""
    if not window.session.engine.waits("library"):
        window.session.library.look()
    state = window.session.state
    return state.indexer.state if state and state.indexer else "none"


def test_pause_go_on_and_stop(window: MainWindow, more: Path, qtbot: QtBot) -> None:
    browser, session = window.browser, window.session
    begin(window, more, qtbot)
    assert browser.status.bar.isVisible() and " of " in browser.status.figures.text()
    qtbot.mouseClick(browser.status.pause, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: states(window) == "paused", timeout=PATIENCE)
    assert browser.status.stage.text() == "Paused"
    assert browser.status.pause.accessibleName() == "Go on"
    window.actions_.pause.trigger()
    qtbot.waitUntil(lambda: states(window) == "running", timeout=PATIENCE)
    with qtbot.waitSignal(session.run_ended, timeout=PATIENCE) as ended:
        qtbot.mouseClick(browser.status.stop, Qt.MouseButton.LeftButton)
        assert browser.status.stage.text() == "Stopping…"
    assert ended.args[0].kind == "stopped"
    assert "Stopped" in browser.banner.text and not browser.status.bar.isVisible()
    qtbot.mouseClick(browser.banner.button, Qt.MouseButton.LeftButton)
    assert session.indexer.ours and browser.banner.text == "", "it goes on"


def test_the_indexer_is_killed_and_goes_on(
    window: MainWindow, more: Path, library: Path, qtbot: QtBot
) -> None:
    browser, session = window.browser, window.session
    begin(window, more, qtbot)
    with qtbot.waitSignal(session.run_ended, timeout=PATIENCE) as ended:
        os.kill(session.indexer.pid or 0, signal.SIGKILL)
    assert ended.args[0].kind == "died"
    assert "unexpectedly" in browser.banner.text
    with qtbot.waitSignal(session.run_ended, timeout=PATIENCE) as ended:
        qtbot.mouseClick(browser.banner.button, Qt.MouseButton.LeftButton)
    assert ended.args[0].kind == "done"
    qtbot.waitUntil(lambda: len(session.photos.ids) == PHOTOS + MORE, timeout=PATIENCE)
    with Library(library) as opened:
        assert opened.digest().vector_count == PHOTOS + MORE


def test_the_engine_is_killed_while_it_searches(
    window: MainWindow, library: Path, qtbot: QtBot
) -> None:
    browser, session = window.browser, window.session
    troubles: list[Error] = []
    session.trouble.connect(troubles.append)
    browser.grid.select(0)
    browser.rate(2)
    qtbot.waitUntil(lambda: 2 in {stars for stars, _ in said(library).values()}, timeout=PATIENCE)
    window.search_for("a dog")
    dead = session.engine.pid
    os.kill(dead or 0, signal.SIGKILL)
    qtbot.waitUntil(lambda: bool(troubles), timeout=PATIENCE)
    assert troubles[0].code == "engine-died" and browser.banner.text
    assert browser.page_name == "search-died" and "a dog" in browser.page.text
    assert session.engine.pid not in (dead, None)
    assert session.results.view.words == "a dog" and not session.results.pending, "not repeated"
    with qtbot.waitSignal(window.results_painted, timeout=PATIENCE):
        qtbot.mouseClick(browser.page.button, Qt.MouseButton.LeftButton)
    assert len(session.photos.ids) == PHOTOS
    assert [stars for stars, _ in said(library).values()].count(2) == 1


def test_the_engine_is_killed_while_photos_are_looked_at(window: MainWindow, qtbot: QtBot) -> None:
    browser, session = window.browser, window.session
    browser.grid.select(7)
    photo = browser.grid.current()
    with qtbot.waitSignal(session.engine.restarted, timeout=PATIENCE):
        os.kill(session.engine.pid or 0, signal.SIGKILL)
    assert "started again" in browser.banner.text
    qtbot.waitUntil(lambda: not session.results.pending, timeout=PATIENCE)
    assert browser.grid.current() == photo and browser.heading.text() == f"{PHOTOS} photos"
    browser.toggle_view()
    with qtbot.waitSignal(browser.viewer.sharp, timeout=PATIENCE):
        pass


def test_an_engine_that_cannot_live_is_given_up_and_tried_again(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, session = window.browser, window.session
    false = tmp_path / "false"
    false.write_text("#!/bin/sh\nexit 1\n")
    false.chmod(0o755)
    command = session.engine._client._command
    session.engine._client._command = [str(false)]
    with qtbot.waitSignal(session.engine.gave_up, timeout=PATIENCE):
        os.kill(session.engine.pid or 0, signal.SIGKILL)
    assert browser.page_name == "given-up"
    session.engine._client._command = command
    qtbot.mouseClick(browser.page.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: browser.page_name == "", timeout=PATIENCE)
    assert browser.heading.text() == f"{PHOTOS} photos"


def test_a_run_outlives_the_window_and_the_next_one_finds_it(
    window: MainWindow, open_window: OpenWindow, more: Path, library: Path, qtbot: QtBot
) -> None:
    window.add_folder(str(more))
    qtbot.waitUntil(lambda: states(window) != "none", timeout=PATIENCE)
    run = psutil.Process(window.session.indexer.pid)
    run.suspend()  # else it might be done before this window is closed, or the next one looks
    assert window.session.indexer.ours
    window.close()
    question = window.dialog
    assert isinstance(question, QMessageBox) and window.isVisible()
    qtbot.mouseClick(_button(question, "cancel"), Qt.MouseButton.LeftButton)
    assert window.isVisible() and window.session.indexer.ours
    window.close()
    question = window.dialog
    assert isinstance(question, QMessageBox)
    with qtbot.waitSignal(window.closing, timeout=PATIENCE):
        qtbot.mouseClick(_button(question, "background"), Qt.MouseButton.LeftButton)
    assert run.is_running() and not window.isVisible()

    second = open_window(library)
    qtbot.waitUntil(lambda: second.session.indexer.run is not None, timeout=PATIENCE)
    found = second.session.indexer.run
    assert found is not None and not found.ours
    assert second.browser.status.bar.isVisible()
    second.pause_or_go_on()
    word = library / "indexer.word"
    qtbot.waitUntil(word.exists, timeout=PATIENCE)
    run.resume()
    qtbot.waitUntil(lambda: states(second) == "paused" and not word.exists(), timeout=PATIENCE)
    assert second.browser.status.stage.text() == "Paused"
    with qtbot.waitSignal(second.session.run_ended, timeout=PATIENCE):
        second.stop_run()
    assert second.session.indexer.run is None
    psutil.wait_procs([run], timeout=PATIENCE / 1000)
    assert not run.is_running() or run.status() == psutil.STATUS_ZOMBIE


def test_rating_while_photos_are_added_and_while_search_gets_ready(
    open_window: OpenWindow, library: Path, more: Path, qtbot: QtBot
) -> None:
    window = open_window(library)
    browser, session = window.browser, window.session
    window.add_folder(str(more))
    qtbot.waitUntil(lambda: len(session.photos.ids) >= 50, timeout=PATIENCE)
    assert session.search.state == "loading"
    ids = session.photos.ids[:50]
    for number, photo in enumerate(ids):
        browser.grid.select(session.photos.place_of(photo) or 0)
        browser.rate(1 + number % 5)
    assert session.indexer.ours and session.search.state == "loading"
    wanted = [1 + number % 5 for number in range(50)]
    qtbot.waitUntil(lambda: [said(library)[photo][0] for photo in ids] == wanted, timeout=PATIENCE)

    def shown() -> list[object]:  # where they are now: photos that are added come between them
        places = [session.photos.place_of(photo) or 0 for photo in ids]
        return [session.photos.index(place).data(Role.STARS) for place in places]

    qtbot.waitUntil(lambda: shown() == wanted, timeout=PATIENCE)
    assert browser.banner.text == ""


def test_a_run_that_was_stopped_by_closing_goes_on_with_the_next_window(
    open_window: OpenWindow, more: Path, library: Path, qtbot: QtBot
) -> None:
    window = open_window(library)
    qtbot.waitUntil(lambda: window.session.state is not None, timeout=PATIENCE)
    window.add_folder(str(more))
    assert window.session.indexer.ours
    window.close()
    question = window.dialog
    assert isinstance(question, QMessageBox)
    with qtbot.waitSignal(window.closing, timeout=PATIENCE):
        qtbot.mouseClick(_button(question, "stop"), Qt.MouseButton.LeftButton)
    assert not window.session.indexer.ours
    second = open_window(library)
    assert second.session.indexer.ours
    qtbot.waitUntil(lambda: len(second.session.photos.ids) > PHOTOS, timeout=PATIENCE)


def _button(box: QMessageBox, name: str) -> QPushButton:
    button = box.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    return button

"""The server of a shared library goes away: the window keeps what it shows, and goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from photosearch.library import Library
from photosearch.shared import SERVER_FILE
from tests.gui.conftest import PATIENCE, OpenWindow
from tests.postgres import Databases, Server


@pytest.fixture
def shared(own_server: Server, album: Path, with_encoder: Path, tmp_path: Path) -> Path:
    """The folder of a shared library with six photos."""
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / SERVER_FILE).write_text(Databases(own_server).new())
    with Library(folder) as library:
        for _ in library.index([album]):
            pass
    return folder


def test_it_keeps_what_it_shows_and_goes_on(
    own_server: Server, shared: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(shared)
    session, browser = window.session, window.browser
    qtbot.waitUntil(lambda: len(session.photos.ids) == 6, timeout=PATIENCE)
    qtbot.waitUntil(lambda: session.search.state == "ready", timeout=PATIENCE)
    shown = session.photos.ids
    own_server.stop()
    window.search_for("rating:5")
    qtbot.waitUntil(lambda: session.gone, timeout=PATIENCE)
    assert session.photos.ids == shown and browser.page_name == ""
    assert browser.status.left.text().startswith("The server of this library does not answer")
    assert not browser.banner_place.isVisible() and window.dialog is None
    browser.grid.select(0)
    browser.rate(5)  # what was said and is not kept is told
    qtbot.waitUntil(browser.banner_place.isVisible, timeout=PATIENCE)
    assert session.photos.ids == shown and window.dialog is None
    own_server.start()
    qtbot.waitUntil(lambda: not session.gone, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not session.photos.ids, timeout=PATIENCE)  # what was searched for
    assert browser.page_name == "nothing-found"
    assert not browser.status.left.text().startswith("The server")
    browser.show_all()
    qtbot.waitUntil(lambda: session.photos.ids == shown, timeout=PATIENCE)


def test_opened_while_the_server_is_away_it_waits_for_it(
    own_server: Server, shared: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    own_server.stop()
    window = open_window(shared)
    qtbot.waitUntil(lambda: window.browser.page_name == "library-error", timeout=PATIENCE)
    assert window.session.gone
    own_server.start()
    qtbot.waitUntil(lambda: len(window.session.photos.ids) == 6, timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.session.search.state == "ready", timeout=PATIENCE)

"""What is new is said once, to somebody who had another version."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from photosearch.gui import news
from photosearch.gui.settings import WindowSettings
from tests.gui.conftest import OpenWindow

CHANGES = "# Changelog\n\n## 2.0\n\n- New: *everything*\n\n## 1.0\n\n- Old\n"


@pytest.fixture
def changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "CHANGELOG.md").write_text(CHANGES)
    monkeypatch.setattr("photosearch.gui.news.resources", lambda: tmp_path / "resources")


def had(version: str) -> None:
    settings = WindowSettings()
    settings.seen_version = version
    settings.sync()


def test_it_is_offered_once_after_an_upgrade(
    changes: None, open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    had("0.0.1")
    window = open_window(tmp_path / "library")
    assert not window.browser.banner_place.isHidden()
    window.browser.banner.button.click()
    assert isinstance(window.dialog, news.NewsDialog)
    shown = window.dialog.text.toPlainText()
    assert "New: everything" in shown and "Old" not in shown
    window.dialog.reject()
    window.quit_now()
    again = open_window(tmp_path / "another")
    assert again.browser.banner_place.isHidden()


def test_who_begins_is_told_nothing(changes: None, open_window: OpenWindow, tmp_path: Path) -> None:
    assert open_window(tmp_path / "library").browser.banner_place.isHidden()


def test_without_a_changelog_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("photosearch.gui.news.resources", lambda: Path("nowhere/resources"))
    assert news.newest() == ""

"""A part of a photo is drawn, or moved by keys, and what is like it is found: real children."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from photosearch.engine.requests import Region
from photosearch.gui.viewer import Viewer
from photosearch.gui.window import MainWindow
from photosearch.library import Library
from photosearch.media.pixels import Region as Part
from tests.gui.conftest import PATIENCE

Key, Shift = Qt.Key, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def viewer(window: MainWindow, qtbot: QtBot) -> Viewer:
    """The large view of the first photo, with its own pixels, while a part of it is picked."""
    window.browser.grid.setFocus()
    window.browser.grid.select(0)
    qtbot.keyClick(window.browser.grid, Key.Key_R)
    viewer = window.browser.viewer
    assert window.browser.viewing and viewer.region.isVisible()
    qtbot.waitUntil(lambda: viewer.canvas.sharp, timeout=PATIENCE)
    return viewer


def at(viewer: Viewer, x: float, y: float) -> QPoint:
    place = viewer.canvas.place()
    return QPoint(
        round(place.x() + x * place.width()),
        round(place.y() + y * place.height()),
    )


def drag(viewer: Viewer, qtbot: QtBot, first: QPoint, last: QPoint) -> None:
    qtbot.mousePress(viewer.region, LEFT, pos=first)
    qtbot.mouseMove(viewer.region, last)
    qtbot.mouseRelease(viewer.region, LEFT, pos=last)


def test_what_is_like_a_drawn_part_is_found(
    viewer: Viewer, window: MainWindow, library: Path, qtbot: QtBot
) -> None:
    photo = viewer.photo
    with qtbot.waitSignal(window.session.results.answered, timeout=PATIENCE):
        drag(viewer, qtbot, at(viewer, 0.9, 0.8), at(viewer, 0.4, 0.1))
    shown = window.session.results.shown
    assert shown.kind == "similar" and shown.photo_id == photo and shown.region is not None
    region = shown.region
    expected = (0.4, 0.1, 0.5, 0.7)
    found = (region.x, region.y, region.width, region.height)
    assert found == pytest.approx(expected, abs=0.02)
    assert "this part of" in window.browser.heading.text()
    with Library(library) as opened:
        part = Part(region.x, region.y, region.width, region.height)
        wanted = opened.similar_to(photo, 500, part)
    assert list(window.session.photos.ids) == [match.photo_id for match in wanted]
    assert not window.browser.viewing
    window.browser.back()
    assert window.session.results.view.kind == "all"


def test_a_click_beside_the_photo_or_too_small_a_part_is_none(viewer: Viewer, qtbot: QtBot) -> None:
    drag(viewer, qtbot, at(viewer, 0.5, 0.5), at(viewer, 0.51, 0.51))
    assert viewer.region.isVisible() and viewer.region.region == Region(0.25, 0.25, 0.5, 0.5)
    chosen: list[Region] = []
    viewer.region.chosen.connect(chosen.append)
    drag(viewer, qtbot, at(viewer, 0.5, 0.5), at(viewer, 1.0, 1.0) + QPoint(300, 300))
    (region,) = chosen
    assert region.x + region.width == pytest.approx(1)
    assert region.y + region.height == pytest.approx(1)


def test_by_keyboard_alone(viewer: Viewer, window: MainWindow, qtbot: QtBot) -> None:
    region = viewer.region
    assert region.hasFocus()
    photo = viewer.photo
    for key in (Key.Key_Left, Key.Key_Up, Key.Key_Up):
        qtbot.keyClick(region, key)
    for key in (Key.Key_Right, Key.Key_Down):
        qtbot.keyClick(region, key, Shift)
    assert viewer.photo == photo, "its arrows do not leaf through the photos"
    place = region.region
    found = (place.x, place.y, place.width, place.height)
    assert found == pytest.approx((0.2, 0.15, 0.55, 0.55))
    assert region.accessibleDescription().startswith("20 to 75 per cent from the left")
    for _ in range(30):  # never beyond the edge
        qtbot.keyClick(region, Key.Key_Right)
        qtbot.keyClick(region, Key.Key_Down, Shift)
    place = region.region
    assert place.x + place.width == pytest.approx(1) == place.y + place.height
    qtbot.keyClick(region, Key.Key_Escape)
    assert not region.isVisible() and window.browser.viewing and viewer.hasFocus()
    window.actions_.similar_part.trigger()
    assert region.region == Region(0.25, 0.25, 0.5, 0.5), "it begins anew"
    with qtbot.waitSignal(window.session.results.answered, timeout=PATIENCE):
        qtbot.keyClick(region, Key.Key_Return)
    assert window.session.results.shown.region == Region(0.25, 0.25, 0.5, 0.5)

"""The grid: where cells are, what is touched, and that nothing jumps when photos come."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from pytestqt.qtbot import QtBot

from photosearch.gui.geometry import fit
from photosearch.gui.grid import Grid
from photosearch.gui.photos import PhotosModel
from photosearch.gui.settings import LARGEST, SMALLEST
from photosearch.gui.thumbnails import Thumbnails
from tests.gui.conftest import PATIENCE
from tests.gui.test_photos import Engine

Parts = tuple[Grid, PhotosModel, Engine]


@pytest.fixture
def parts(nothing_left: None, qtbot: QtBot, tmp_path: Path) -> Iterator[Parts]:
    engine = Engine()
    model, thumbnails = PhotosModel(engine.ask), Thumbnails()
    grid = Grid(model, thumbnails)
    qtbot.addWidget(grid)
    grid.resize(800, 600)
    grid.show()
    grid.activateWindow()
    qtbot.waitExposed(grid)
    yield grid, model, engine
    grid.stop()
    thumbnails.close()


@given(st.integers(1, 5000), st.integers(SMALLEST, LARGEST), st.integers(0, 10**6))
def test_cells_fill_the_width_and_are_found_again(width: int, side: int, count: int) -> None:
    geometry = fit(width, side, count)
    assert geometry.side >= 1
    if width > 2 * side:
        assert side * 0.95 <= geometry.side < side * 2.1
        right = geometry.cell(geometry.columns - 1).right()
        assert width - geometry.columns - 24 <= right < width
    for place in {0, count // 3, count - 1} if count else ():
        cell = geometry.cell(place)
        assert geometry.nearest(cell.center().x(), cell.center().y()) == place
        assert place in geometry.lines(cell.top(), cell.bottom())
        assert cell.bottom() <= geometry.height
    assert len(geometry.lines(0, 600)) <= geometry.columns * (600 // geometry.pitch + 2)


@given(
    st.integers(1, 2000), st.integers(SMALLEST, LARGEST), st.lists(st.integers(1, 40), min_size=1)
)
def test_in_groups_each_cell_has_its_place(width: int, side: int, groups: list[int]) -> None:
    count = sum(groups)
    geometry = fit(width, side, count, groups)
    cells = [geometry.cell(place) for place in range(count)]
    assert all(geometry.nearest(c.center().x(), c.center().y()) == at for at, c in enumerate(cells))
    assert all(cell.bottom() < geometry.height for cell in cells)
    assert not any(one.intersects(other) for one, other in pairwise(cells))
    headings = dict(geometry.headings(0, geometry.height))
    assert list(headings) == list(range(len(groups)))
    place = 0
    for group, length in enumerate(groups):
        assert headings[group] + geometry.heading == cells[place].top()
        for at in (place, place + length - 1):  # up and down lead back, and never further
            down = geometry.moved(at, 1)
            assert geometry.moved(at, -(10**6)) < geometry.columns
            assert cells[down].top() >= cells[at].top() and geometry.moved(at, 0) == at
        place += length


@given(st.lists(st.integers(1, 40), min_size=1), st.data())
def test_what_is_between_two_heights_is_all_that_is_seen_there(
    groups: list[int], data: st.DataObject
) -> None:
    geometry = fit(700, 150, sum(groups), groups)
    top = data.draw(st.integers(0, geometry.height))
    bottom = top + data.draw(st.integers(0, 900))
    shown = geometry.lines(top, bottom)
    assert set(shown) <= set(range(geometry.count))
    for place in range(geometry.count):
        cell = geometry.cell(place)
        if cell.top() <= bottom and cell.bottom() >= top:
            assert place in shown
    assert len(shown) <= geometry.columns * ((bottom - top) // geometry.pitch + 3)


def test_of_a_million_photos_only_those_on_the_screen_are_touched(
    parts: Parts, qtbot: QtBot
) -> None:
    grid, model, engine = parts
    model.set_photos(range(1_000_000, 0, -1))
    bar = grid.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    with qtbot.waitSignal(grid.painted):
        grid.viewport().update()
    qtbot.waitUntil(lambda: bool(engine.asked))
    asked = [each for request, _ in engine.asked for each in request.photo_ids]
    shown = grid.on_screen()
    assert 9 <= len(shown) <= 30 and abs(shown.start - 500_000) < 1000
    assert set(asked) >= {model.ids[place] for place in shown}
    assert len(asked) <= 200
    bar.setValue(bar.maximum())
    assert grid.on_screen().stop == 1_000_000
    last = grid.visualRect(model.index(999_999))
    assert grid.viewport().rect().contains(last)
    assert grid.indexAt(last.center()).row() == 999_999


def test_what_is_looked_at_stays_where_it_is_when_photos_come(parts: Parts) -> None:
    grid, model, _ = parts
    model.set_photos(range(1000, 0, -1))
    grid.select(500)
    photo, where = model.ids[500], grid.visualRect(model.index(500))
    model.set_photos(range(1010, 0, -1))  # in one piece: columns may shift, the line stays
    assert grid.current() == photo and grid.selected() == [photo]
    assert grid.visualRect(grid.currentIndex()).top() == pytest.approx(where.top(), abs=300)
    ids = [each for each in model.ids if each % 7 != 3 or each == photo]
    model.set_photos(ids)  # anything may have changed
    assert grid.current() == photo and grid.selected() == [photo]
    assert grid.visualRect(grid.currentIndex()).top() == pytest.approx(where.top(), abs=480)
    grid.scrollToTop()
    model.set_photos([2000, *ids])
    assert grid.verticalScrollBar().value() == 0  # new ones are to be seen there
    model.set_photos([1, 2])
    assert grid.current() is None and grid.selected() == []


def test_arrows_lead_to_all_sides(parts: Parts, qtbot: QtBot) -> None:
    grid, model, _ = parts
    model.set_photos(range(100, 0, -1))
    columns = fit(grid.viewport().width(), grid.side, 100).columns
    grid.setFocus()
    grid.select(0)
    key = Qt.Key
    for pressed, place in [
        (key.Key_Left, 0),
        (key.Key_Right, 1),
        (key.Key_Down, 1 + columns),
        (key.Key_Up, 1),
        (key.Key_Up, 1),
        (key.Key_End, 99),
        (key.Key_Right, 99),
        (key.Key_Down, 99),
        (key.Key_Home, 0),
    ]:
        qtbot.keyClick(grid, pressed)
        assert grid.currentIndex().row() == place, pressed
    qtbot.keyClick(grid, key.Key_PageDown)
    assert grid.currentIndex().row() >= 2 * columns
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))
    grid.select(1)
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(grid, key.Key_Down, shift)
    qtbot.keyClick(grid, key.Key_Right, shift)
    assert grid.selected() == list(model.ids[1 : columns + 3])
    grid.selectAll()
    assert len(grid.selected()) == 100 and grid.first() == model.ids[0]


def test_mouse_selects(parts: Parts, qtbot: QtBot) -> None:
    grid, model, _ = parts
    model.set_photos(range(1, 50))

    def click(place: int, modifier: Qt.KeyboardModifier) -> None:
        where = grid.visualRect(model.index(place)).center()
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, where)

    click(1, Qt.KeyboardModifier.NoModifier)
    click(4, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected() == [2, 3, 4, 5]
    click(3, Qt.KeyboardModifier.ControlModifier)
    assert grid.selected() == [2, 3, 5]
    with qtbot.waitSignal(grid.opened) as opened:
        where = grid.visualRect(model.index(6)).center()
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
        qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert opened.args == [6]


def test_control_and_wheel_change_the_size(parts: Parts, qtbot: QtBot) -> None:
    grid, model, _ = parts
    model.set_photos(range(1, 500))
    grid.select(250)
    before, columns = grid.side, grid.visualRect(model.index(1)).width()

    def turn(by: int) -> None:
        event = QWheelEvent(
            QPoint(50, 50),
            grid.viewport().mapToGlobal(QPoint(50, 50)),
            QPoint(),
            QPoint(0, by),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        grid.wheelEvent(event)

    with qtbot.waitSignal(grid.side_changed):
        turn(-240)
    assert grid.side < before and grid.visualRect(model.index(1)).width() < columns
    for _ in range(30):
        turn(-240)
    assert grid.side == SMALLEST
    for _ in range(30):
        turn(240)
    assert grid.side == LARGEST


def test_thumbnails_are_read_for_the_new_size_when_it_has_settled(
    nothing_left: None, qtbot: QtBot
) -> None:
    model, thumbnails = PhotosModel(Engine().ask), Thumbnails()
    grid = Grid(model, thumbnails)
    qtbot.addWidget(grid)
    grid.resize(800, 600)
    grid.show()
    model.set_photos([1, 2, 3])
    side = grid.visualRect(model.index(0)).width()
    qtbot.waitUntil(lambda: thumbnails.side == side, timeout=PATIENCE)
    grid.resize(930, 600)
    assert thumbnails.side == side
    now = grid.visualRect(model.index(0)).width()
    assert now != side
    qtbot.waitUntil(lambda: thumbnails.side == now, timeout=PATIENCE)
    grid.stop()
    thumbnails.close()

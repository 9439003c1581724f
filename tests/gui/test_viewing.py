"""Looking at photos: nearer and farther, side by side, on the whole screen, by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photosearch.gui.canvas import Canvas
from photosearch.gui.side_by_side import GAP
from photosearch.gui.viewer import Viewer
from photosearch.gui.window import MainWindow
from photosearch.library import Library
from tests.conftest import draw
from tests.gui.conftest import PATIENCE, OpenWindow

Key = Qt.Key
LARGE = (3000, 2000)


@pytest.fixture
def viewer(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Viewer:
    """The large view over three photos that are larger than the window, the first one shown."""
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", "")
    (tmp_path / "album").mkdir()
    for seed in range(3):
        draw(seed, LARGE).save(tmp_path / "album" / f"{seed}.jpg", quality=70)
    with Library(tmp_path / "large") as library:
        for _ in library.index([tmp_path / "album"]):
            pass
    window = open_window(tmp_path / "large")
    qtbot.waitUntil(lambda: len(window.session.photos.ids) == 3, timeout=PATIENCE)
    window.browser.grid.select(0)
    window.actions_.view.trigger()
    shown = window.browser.viewer
    qtbot.waitUntil(lambda: shown.canvas.sharp and shown.canvas.full.isValid(), timeout=PATIENCE)
    return shown


def window_of(viewer: Viewer) -> MainWindow:
    window = viewer.window()
    assert isinstance(window, MainWindow)
    return window


def wheel(canvas: Canvas, at: QPointF, steps: int) -> None:
    event = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


_points = st.tuples(st.integers(0, 400), st.integers(0, 300))
_steps = st.lists(
    st.tuples(st.just("zoom"), st.integers(-8, 12), _points)
    | st.tuples(st.just("push"), st.integers(-3, 3), st.tuples(st.integers(-3, 3), st.just(0)))
    | st.tuples(st.just("toggle"), st.just(0), _points),
    max_size=12,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_steps, st.sampled_from([(3000, 2000), (50, 900), (401, 300), (40, 30)]))
def test_the_picture_fills_the_room_as_far_as_it_can(
    qtbot: QtBot, steps: list[tuple[str, int, tuple[int, int]]], size: tuple[int, int]
) -> None:
    canvas = Canvas()
    canvas.resize(400, 300)
    picture = QImage(QSize(*size), QImage.Format.Format_RGB32)
    canvas.show_picture(picture, picture.size(), sharp=False)
    for what, by, at in steps:
        if what == "zoom":
            canvas.zoom_by(by, QPointF(*at))
        elif what == "push":
            canvas.push(by, at[0])
        else:
            canvas.toggle(QPointF(*at))
        room, place = QRectF(canvas.rect()), canvas.place()
        assert 1.0 <= canvas.zoom <= 32.0
        for begin, end, length, near, far in (
            (place.left(), place.right(), place.width(), room.left(), 400.0),
            (place.top(), place.bottom(), place.height(), room.top(), 300.0),
        ):
            if length > far - near:
                assert begin <= near and end >= far, "no gap beside it"
            else:
                assert begin >= near and end <= far, "all of it is seen"
    canvas.fit()
    assert not canvas.zoomed and QRectF(canvas.rect()).contains(canvas.place())
    canvas.deleteLater()


def test_what_is_under_the_mouse_stays_there(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    picture = QImage(QSize(*LARGE), QImage.Format.Format_RGB32)
    canvas.show_picture(picture, picture.size(), sharp=False)
    at = QPointF(130, 120)

    def under() -> tuple[float, float]:
        place = canvas.place()
        return (at.x() - place.x()) / place.width(), (at.y() - place.y()) / place.height()

    before = under()
    for steps in (3, 4, -2):
        wheel(canvas, at, steps)
        assert under() == pytest.approx(before, abs=0.01)
    canvas.toggle()
    assert canvas.zoom == 1.0
    canvas.toggle(at)
    assert canvas.scale == pytest.approx(1.0, abs=0.01), "pixel by pixel"


@pytest.mark.parametrize("size", [(10_000, 20), (1, 5000)])
def test_a_picture_that_is_a_line_can_be_looked_at(size: tuple[int, int], qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    picture = QImage(QSize(*size), QImage.Format.Format_RGB32)
    canvas.show_picture(picture, picture.size(), sharp=False)
    with qtbot.captureExceptions() as failed:
        for side in (4000, 80):  # there is room for some of it, and for nothing
            canvas.resize(side, side)
            canvas.grab()
            wheel(canvas, QPointF(5, 5), 1)
            canvas.zoom_by(3)
            canvas.grab()
    assert not failed


def test_seen_from_near_it_has_its_own_pixels(viewer: Viewer, qtbot: QtBot) -> None:
    canvas = viewer.canvas
    assert canvas.picture.width() < LARGE[0]
    qtbot.keyClick(viewer, Key.Key_Z)
    qtbot.waitUntil(lambda: canvas.sharp and canvas.picture.width() == LARGE[0], timeout=PATIENCE)
    assert viewer.scale.text() == "100 %"
    window_of(viewer).actions_.views.whole.trigger()
    assert not canvas.zoomed and viewer.scale.text() == ""
    for _ in range(3):
        qtbot.keyClick(viewer, Key.Key_Plus)
    assert canvas.zoom == pytest.approx(1.25**3)
    qtbot.keyClick(viewer, Key.Key_Minus)
    assert canvas.zoom == pytest.approx(1.25**2)
    at = canvas.rect().center()
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert not canvas.zoomed
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert canvas.zoomed


def test_arrows_move_what_is_seen_from_near_and_else_go_on(viewer: Viewer, qtbot: QtBot) -> None:
    canvas, first = viewer.canvas, viewer.photo
    qtbot.keyClick(viewer, Key.Key_Z)
    before = canvas.place()
    qtbot.keyClick(viewer, Key.Key_Right)
    assert canvas.place().left() < before.left() and viewer.photo == first
    qtbot.keyClick(viewer, Key.Key_Up)
    assert canvas.place().top() > before.top()
    middle = canvas.place()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    qtbot.mouseMove(canvas, QPoint(240, 190))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(240, 190))
    assert canvas.place().left() == pytest.approx(middle.left() + 40, abs=2)
    qtbot.keyClick(viewer, Key.Key_PageDown)
    assert viewer.photo != first and not canvas.zoomed, "the next one is seen whole"
    qtbot.keyClick(viewer, Key.Key_Left)
    assert viewer.photo == first


def test_a_part_drawn_from_near_is_that_part_of_the_photo(viewer: Viewer, qtbot: QtBot) -> None:
    canvas, picker = viewer.canvas, viewer.region
    canvas.zoom_by(4)
    viewer.pick_region()
    place = canvas.place()
    drawn = QRectF(
        place.x() + picker.region.x * place.width(),
        place.y() + picker.region.y * place.height(),
        picker.region.width * place.width(),
        picker.region.height * place.height(),
    )
    assert QRectF(canvas.rect()).contains(drawn), "it begins where one looks"
    first, last = QPoint(100, 100), QPoint(260, 240)
    with qtbot.waitSignal(picker.chosen, timeout=PATIENCE) as chosen:
        qtbot.mousePress(picker, Qt.MouseButton.LeftButton, pos=first)
        qtbot.mouseMove(picker, last)
        qtbot.mouseRelease(picker, Qt.MouseButton.LeftButton, pos=last)
    region = chosen.args[0]
    assert region.x == pytest.approx((100 - place.x()) / place.width(), abs=0.01)
    assert region.width == pytest.approx(160 / place.width(), abs=0.01)


def test_the_whole_screen_shows_the_photo_alone(viewer: Viewer, qtbot: QtBot) -> None:
    window = window_of(viewer)
    window.actions_.full_screen.trigger()
    assert window.isFullScreen() and viewer.top.isHidden() and viewer.next.isHidden()
    assert window.menuBar().isHidden() and window.browser.status.isHidden()
    assert window.browser.details.isHidden() and window.browser.sidebar.isHidden()
    qtbot.keyClick(viewer, Key.Key_Escape)
    assert not window.isFullScreen() and not viewer.top.isHidden()
    assert window.browser.viewing, "the photo is still there"


def test_a_slide_show_goes_round_rests_and_ends(viewer: Viewer, qtbot: QtBot) -> None:
    window, slides = window_of(viewer), window_of(viewer).actions_.views.slides
    first = viewer.photo
    qtbot.keyClick(viewer, Key.Key_S)
    assert slides.running and window.isFullScreen() and not viewer.hint.isHidden()
    seen: list[int] = []
    viewer.shown.connect(seen.append)
    slides.seconds = 0
    slides._begin_photo()
    qtbot.waitUntil(lambda: len(seen) >= 4, timeout=PATIENCE)
    assert len(set(seen[:3])) == 3 and seen[3] == seen[0] and first in seen[:3]
    qtbot.keyClick(viewer, Key.Key_Space)
    assert slides.resting and not slides._timer.isActive() and window.browser.viewing
    qtbot.keyClick(viewer, Key.Key_Up)
    assert slides.seconds == 2 and not slides._timer.isActive(), "it still rests"
    photo = viewer.photo
    qtbot.keyClick(viewer, Key.Key_Right)
    assert viewer.photo != photo
    qtbot.keyClick(viewer, Key.Key_Space)
    assert slides._timer.isActive()
    qtbot.keyClick(viewer, Key.Key_Escape)
    assert not slides.running and not slides._timer.isActive() and viewer.hint.isHidden()
    assert window.browser.viewing and not window.isFullScreen()
    qtbot.keyClick(viewer, Key.Key_Escape)
    assert not window.browser.viewing


def test_a_slide_show_ends_with_the_large_view(viewer: Viewer, qtbot: QtBot) -> None:
    window = window_of(viewer)
    window.actions_.views.slide_show.trigger()
    window.browser.search()
    slides = window.actions_.views.slides
    assert not slides.running and not slides._timer.isActive() and not window.isFullScreen()


def test_a_window_that_closes_during_a_slide_show_is_gone(viewer: Viewer) -> None:
    window = window_of(viewer)
    window.actions_.views.slide_show.trigger()
    window.quit_now()
    assert not window.isVisible() and not window.actions_.views.slides.running


def test_two_photos_are_compared(viewer: Viewer, qtbot: QtBot) -> None:
    window = window_of(viewer)
    views, grid = window.actions_.views, window.browser.grid
    assert not views.compare.isEnabled()
    window.browser.toggle_view()
    grid.select(0)
    assert not views.compare.isEnabled()
    model, chosen = window.session.photos, grid.selectionModel()
    chosen.select(model.index(2), chosen.SelectionFlag.Select)
    assert views.compare.isEnabled()
    qtbot.keyClick(grid, Key.Key_C)
    qtbot.waitUntil(lambda: views.panel is not None and views.panel.isVisible(), timeout=PATIENCE)
    panel = views.panel
    assert panel is not None
    qtbot.waitUntil(
        lambda: all(picture.width() == LARGE[0] for picture in panel.pictures), timeout=PATIENCE
    )
    names = [label.text().split("\n")[0] for label in panel.names]
    assert len(set(names)) == 2 and panel.view.accessibleDescription() == ", ".join(names)
    qtbot.keyClick(panel, Key.Key_Plus)
    qtbot.keyClick(panel, Key.Key_Right)
    left, right = panel.view.places()
    assert panel.view.zoom > 1 and left.size() == right.size()
    assert left.topLeft() == right.topLeft() - QPointF((panel.view.width() + GAP) / 2, 0)
    qtbot.keyClick(panel, Key.Key_X)
    assert [label.text().split("\n")[0] for label in panel.names] == names[::-1]
    qtbot.keyClick(panel, Key.Key_0)
    assert panel.view.zoom == 1
    qtbot.keyClick(panel, Key.Key_Escape)
    assert not panel.isVisible()

"""The panel of duplicates over a real library: by keyboard alone, with the real engine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QTransform
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from photosearch.duplicates.placing import oriented
from photosearch.engine.replies import DuplicateFile, DuplicateGroup, DuplicateGroups
from photosearch.gui.duplicate_groups import GroupsList, GroupsModel
from photosearch.gui.duplicates import DuplicatesPanel
from photosearch.gui.side_by_side import SideBySide, unlike
from photosearch.gui.window import MainWindow
from photosearch.library import Library
from tests.conftest import draw
from tests.gui.conftest import PATIENCE, OpenWindow

Key = Qt.Key


@pytest.fixture
def album(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two photos with two smaller copies each, indexed; a trash of the test's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    folder = tmp_path / "album"
    folder.mkdir()
    for number in range(2):
        photo = draw(number, (480, 360))
        photo.save(folder / f"{number}.jpg", quality=92)
        for part in (2, 3):
            photo.resize((480 // part, 360 // part)).save(folder / f"{number} small {part}.jpg")
    with Library(tmp_path / "library") as library:
        for _ in library.index([folder]):
            pass
    return folder


@pytest.fixture
def panel(album: Path, open_window: OpenWindow, qtbot: QtBot) -> DuplicatesPanel:
    """The panel, opened by its key, with its groups."""
    window = open_window(album.parent / "library")
    qtbot.keyClick(window, Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.duplicates is not None, timeout=PATIENCE)
    assert window.duplicates is not None
    shown = window.duplicates
    qtbot.waitUntil(lambda: len(shown.model.groups) == 2, timeout=PATIENCE)
    return shown


def name(file: DuplicateFile | None) -> str:
    return "" if file is None else os.path.basename(file.path)


def test_a_group_is_looked_at_and_cleaned_up_by_keyboard(
    panel: DuplicatesPanel, album: Path, qtbot: QtBot
) -> None:
    assert panel.list.currentIndex().data().startswith("0.jpg\n2 duplicates · frees ")
    said = panel.pair.left.text
    assert "Keep\n0.jpg\n480 × 360 · " in said and "✓ The most pixels" in said
    assert "Duplicate\n0 small 2.jpg" in panel.pair.right.text
    assert "The same picture, smaller" in panel.pair.right.text
    assert panel.pair.place.text() == "1 of 2" and not panel.pair.before.isEnabled()
    assert panel.list.hasFocus() and panel.kinds.currentText() == "All that is twice (2)"
    qtbot.waitUntil(lambda: panel.view.shown()[0].width() == 480, timeout=PATIENCE)
    qtbot.waitUntil(lambda: panel.view.shown()[1].width() == 240, timeout=PATIENCE)
    qtbot.keyClick(panel, Key.Key_Right)
    assert panel.pair.place.text() == "2 of 2" and "0 small 3.jpg" in panel.pair.right.text
    qtbot.keyClick(panel, Key.Key_Left)
    qtbot.keyClick(panel, Key.Key_D)
    assert panel.view.difference
    qtbot.keyClick(panel, Key.Key_PageDown)
    group = panel.group()
    assert group is not None and name(group.keep) == "1.jpg"
    qtbot.keyClick(panel, Key.Key_PageUp)
    before = {file.name: file.read_bytes() for file in album.iterdir()}
    with qtbot.waitSignal(panel.changed, timeout=PATIENCE):
        qtbot.keyClick(panel, Key.Key_Delete)
    qtbot.waitUntil(lambda: len(panel.model.groups) == 1, timeout=PATIENCE)
    assert panel.news.text() == "Files moved to the trash: 2. Ctrl+Z brings them back."
    assert not (album / "0 small 2.jpg").exists() and (album / "0.jpg").exists()
    with qtbot.waitSignal(panel.changed, timeout=PATIENCE):
        qtbot.keyClick(panel, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(panel.model.groups) == 2, timeout=PATIENCE)
    assert panel.news.text() == "Taken back: move copies to the trash"
    assert {file.name: file.read_bytes() for file in album.iterdir()} == before


def test_another_is_kept_and_one_is_no_duplicate(panel: DuplicatesPanel, qtbot: QtBot) -> None:
    qtbot.keyClick(panel, Key.Key_K)
    qtbot.waitUntil(
        lambda: "0 small 2.jpg" in {name(group.keep) for group in panel.model.groups},
        timeout=PATIENCE,
    )
    row = next(
        row for row, each in enumerate(panel.model.groups) if name(each.keep) == "0 small 2.jpg"
    )
    flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
    panel.list.selectionModel().setCurrentIndex(panel.model.index(row), flag)
    assert panel.pair.left.text.endswith("✓ You want it kept")
    others = len(panel.model.groups[row].others)
    qtbot.keyClick(panel, Key.Key_N)
    qtbot.waitUntil(
        lambda: (
            [
                len(group.others)
                for group in panel.model.groups
                if name(group.keep) == "0 small 2.jpg"
            ]
            == [others - 1]
        ),
        timeout=PATIENCE,
    )


def test_a_library_without_duplicates_says_so(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.duplicates.trigger()
    panel = window.duplicates
    assert panel is not None
    qtbot.waitUntil(lambda: panel.page.title == "No photo is twice", timeout=PATIENCE)
    assert not panel.trash.isEnabled() and panel.undo.isEnabled()
    qtbot.keyClick(panel, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(
        lambda: panel.news.text().startswith("Taken back: add folder"), timeout=PATIENCE
    )


def test_both_photos_are_looked_at_through_the_same_glass(qtbot: QtBot) -> None:
    view = SideBySide()
    qtbot.addWidget(view)
    view.resize(616, 300)
    large, small = QImage(600, 400, QImage.Format.Format_RGB32), QImage()
    large.fill(QColor("red"))
    small = large.scaled(300, 200)
    view.show_pictures(large, small)
    view.zoom_by(3)
    view._move(QPointF(-40, 0))
    left, right = view.places()
    assert left.size() == right.size()
    assert right.x() - left.x() == pytest.approx(316)
    assert view.zoom == pytest.approx(1.25**3) and view.middle.x() > 0.5
    view.look_at_all()
    assert (view.zoom, view.middle) == (1.0, QPointF(0.5, 0.5))


def test_the_difference_of_equal_pictures_is_black(qtbot: QtBot) -> None:
    red = QImage(60, 40, QImage.Format.Format_RGB32)
    red.fill(QColor(200, 10, 10))
    other = red.copy()
    other.setPixelColor(30, 20, QColor(0, 10, 10))
    whole = QTransform()
    assert unlike(red, red.scaled(30, 20), whole).pixelColor(5, 5) == QColor(0, 0, 0)
    assert unlike(red, other, whole).pixelColor(30, 20).red() == 255
    other.setPixelColor(30, 20, QColor(190, 10, 10))
    assert unlike(red, other, whole).pixelColor(30, 20).red() == 20


def gradient(width: int, height: int) -> QImage:
    """A picture of which no two places are alike."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for x in range(width):
        for y in range(height):
            image.setPixelColor(x, y, QColor(x * 255 // width, y * 255 // height, 0))
    return image


def test_a_turned_copy_is_laid_on_what_is_kept(qtbot: QtBot) -> None:
    view = SideBySide()
    qtbot.addWidget(view)
    view.resize(616, 300)
    picture = gradient(60, 40)
    turned = picture.transformed(QTransform().rotate(90))  # clockwise: one more turns it back
    laid = oriented(1)
    view.show_pictures(picture, turned, laid)
    view.set_difference(True)
    unlike_ = view.shown()[1]
    assert max(unlike_.pixelColor(x, y).red() for x in range(60) for y in range(40)) <= 20
    view.set_difference(False)
    view.zoom_by(6)
    view.push(1, 0)
    across, down = view.middle.x(), view.middle.y()
    assert across > 0.5 and down == 0.5
    right = view.places()[1]
    seen = QPointF(466 - right.x(), 150 - right.y())  # what of the right one is in the middle
    assert seen.y() / right.height() == pytest.approx(across)
    assert seen.x() / right.width() == pytest.approx(0.5)


def test_a_crop_is_laid_where_it_was(qtbot: QtBot) -> None:
    picture = gradient(60, 40)
    crop = picture.copy(30, 10, 24, 20)
    laid = QTransform(24 / 60, 0, 0, 20 / 40, 30 / 60, 10 / 40)
    found = unlike(picture, crop, laid)
    assert found.pixelColor(40, 20) == QColor(0, 0, 0)
    assert found.pixelColor(58, 20) == picture.pixelColor(58, 20)  # what only the first shows


def test_thousands_of_groups_are_rows_without_widgets() -> None:
    file = DuplicateFile(1, "/a/b.jpg", "", 4, 3, 1, ("why",), False)
    model = GroupsModel()
    model.set_groups(tuple(DuplicateGroup("duplicate", file, (file,)) for _ in range(5000)))
    assert model.rowCount() == 5000
    assert model.index(4999).data() == "b.jpg\n1 duplicate · frees 1 bytes"
    model.without(7, ["/a/b.jpg"])
    assert model.rowCount() == 4999


def test_groups_of_one_kind_are_shown_alone(qtbot: QtBot) -> None:
    file = DuplicateFile(1, "/a/b.jpg", "", 4, 3, 1, ("why",), False)
    kinds = ("duplicate", "duplicate", "similar-shot")
    model = GroupsModel()
    QAbstractItemModelTester(model)
    model.set_groups(tuple(DuplicateGroup(kind, file, (file, file)) for kind in kinds))
    assert model.counts() == {"duplicate": 2, "similar-shot": 1}
    model.show_kind("similar-shot")
    assert [group.kind for group in model.groups] == ["similar-shot"]
    assert model.index(0).data().startswith("b.jpg\n2 similar shots")
    model.without(0, ["/a/b.jpg"])
    assert model.rowCount() == 0 and model.counts() == {"duplicate": 2}
    model.set_groups(model.groups)
    assert model.kind == ""
    only = (DuplicateGroup("duplicate", file, (file,)),)
    model.set_groups(only)
    assert model.groups == only


def test_only_thumbnails_on_the_screen_are_read(qtbot: QtBot, tmp_path: Path) -> None:
    for number in range(40):
        draw(number, (60, 40)).save(tmp_path / f"{number}.jpg")
    files = [
        DuplicateFile(n, f"/a/{n}.jpg", str(tmp_path / f"{n}.jpg"), 4, 3, 1, ("why",), False)
        for n in range(40)
    ]
    model = GroupsModel()
    model.set_groups(tuple(DuplicateGroup("duplicate", file, (file,)) for file in files))
    shown = GroupsList(model)
    qtbot.addWidget(shown)
    shown.resize(300, 300)
    shown.show()
    first = model.index(0)
    qtbot.waitUntil(lambda: shown.lines.picture_of(first) is not None, timeout=PATIENCE)
    assert shown.lines.picture_of(model.index(39)) is None
    shown.scrollToBottom()
    last = model.index(39)
    qtbot.waitUntil(lambda: shown.lines.picture_of(last) is not None, timeout=PATIENCE)
    assert shown.lines.picture_of(model.index(20)) is None
    shown.stop()


def test_what_was_done_is_seen_before_all_groups_are_asked_for_again(
    panel: DuplicatesPanel, qtbot: QtBot
) -> None:
    """Among thousands of groups that takes a while: the next one is there at once."""
    panel._soon.setInterval(1_000_000)
    qtbot.keyClick(panel, Key.Key_Right)
    qtbot.keyClick(panel, Key.Key_N)
    qtbot.waitUntil(lambda: not panel.busy, timeout=PATIENCE)
    group = panel.group()
    assert group is not None and [name(other) for other in group.others] == ["0 small 2.jpg"]
    assert "0 small 2.jpg" in panel.pair.right.text and panel.pair.place.isHidden()
    with qtbot.waitSignal(panel.changed, timeout=PATIENCE):
        qtbot.keyClick(panel, Key.Key_Delete)
    group = panel.group()
    assert group is not None and name(group.keep) == "1.jpg"
    assert panel.trash.isEnabled() and "1.jpg" in panel.pair.left.text


def test_a_new_list_leaves_a_person_where_they_are(panel: DuplicatesPanel, qtbot: QtBot) -> None:
    qtbot.keyClick(panel, Key.Key_PageDown)
    qtbot.keyClick(panel, Key.Key_Right)
    panel.view.zoom_by(2)
    assert "1 small 3.jpg" in panel.pair.right.text
    panel._on_groups(DuplicateGroups(panel.model.groups[1:]))
    assert "1 small 3.jpg" in panel.pair.right.text and panel.view.zoom > 1
    panel._on_groups(DuplicateGroups(()))
    assert panel.other() is None and not panel.pair.left.text

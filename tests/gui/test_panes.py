"""What stands around the photos: side bar, parts of the query, details, order and groups, looks."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from photosearch.gui.facets import SHORT, Entry, FacetsModel
from photosearch.gui.window import MainWindow
from photosearch.library import Library
from tests.conftest import draw
from tests.gui.conftest import PATIENCE, OpenWindow

Key = Qt.Key
DATES = ("2019:06:01 10:00:00", "2019:06:30 10:00:00", "2019:08:01 10:00:00", "2021:01:01 10:00:00")


@pytest.fixture(scope="session")
def dated(
    tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Path, resources_without_encoders: Path
) -> Path:
    """A library with four dated photos of two cameras in two folders, and one without a date."""
    folder = tmp_path_factory.mktemp("dated")
    for number, date in enumerate((*DATES, "")):
        exif = Image.Exif()
        exif[ExifTags.Base.Make] = "Canon"
        exif[ExifTags.Base.Model] = f"Canon EOS {number % 2}"
        if date:
            exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = date
        file = folder / "album" / ("sea" if number < 3 else "town") / f"{number}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        draw(number, (96, 72)).save(file, exif=exif)
    with pytest.MonkeyPatch.context() as world:
        world.setenv("PHOTOSEARCH_ENCODERS", str(tiny_encoder))
        world.setenv("PHOTOSEARCH_RESOURCES", str(resources_without_encoders))
        with Library(folder / "library") as library:
            for _ in library.index([folder / "album"]):
                pass
            library.tag(folder / "album" / "sea" / "0.jpg", "kids")
            library.save_search("By the sea", "in:sea")
            library.put_into_album([1, 2], "Summer")
    return folder / "library"


@pytest.fixture
def window(
    open_window: OpenWindow, dated: Path, with_encoder: Path, tmp_path: Path, qtbot: QtBot
) -> MainWindow:
    """A window on it, with all that the side bar has to say."""
    opened = open_window(Path(shutil.copytree(dated, tmp_path / "library")))
    opened.resize(1200, 800)
    qtbot.waitUntil(lambda: len(opened.session.photos.ids) == 5, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "tag kids" in keys(opened), timeout=PATIENCE)
    return opened


def keys(window: MainWindow) -> dict[str, Entry]:
    return {entry.key: entry for entry in window.browser.sidebar.entries.entries()}


def click(window: MainWindow, key: str, qtbot: QtBot) -> None:
    """Click on a line of the side bar."""
    bar = window.browser.sidebar
    index = bar.entries.index_of(keys(window)[key])
    bar.scrollTo(index)
    qtbot.mouseClick(bar.viewport(), Qt.MouseButton.LeftButton, pos=bar.visualRect(index).center())


def answered(window: MainWindow, ask: Callable[[], object], qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.results.answered, timeout=PATIENCE):
        ask()


def names(window: MainWindow, qtbot: QtBot) -> list[str]:
    photos = window.session.photos
    qtbot.waitUntil(lambda: all(map(photos.row_of, photos.ids)), timeout=PATIENCE)
    rows = [photos.row_of(each) for each in photos.ids]
    return [Path(row.path).stem for row in rows if row]


def test_a_filter_of_the_side_bar_goes_into_the_query_and_out_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    browser, sidebar = window.browser, window.browser.sidebar
    assert keys(window)["all"].count == 5 and keys(window)["tag kids"].count == 1
    assert keys(window)["on 2019"].count == 3
    answered(window, lambda: click(window, "on 2019", qtbot), qtbot)
    assert browser.field.text() == "on:2019" and len(window.session.photos.ids) == 3
    qtbot.waitUntil(lambda: sidebar.entries.is_chosen(keys(window)["on 2019"]), timeout=PATIENCE)
    assert browser.chips.isVisible() and [b.text().strip() for b in browser.chips.buttons] == [
        "2019"
    ]

    answered(window, lambda: click(window, "tag kids", qtbot), qtbot)
    assert browser.field.text() == "on:2019 tag:kids" and names(window, qtbot) == ["0"]
    qtbot.waitUntil(lambda: len(browser.chips.buttons) == 2, timeout=PATIENCE)
    chip = browser.chips.buttons[0]
    answered(window, lambda: qtbot.mouseClick(chip, Qt.MouseButton.LeftButton), qtbot)
    assert browser.field.text() == "tag:kids"

    sidebar.setFocus()
    sidebar.setCurrentIndex(sidebar.entries.index_of(keys(window)["tag kids"]))
    answered(window, lambda: qtbot.keyClick(sidebar, Key.Key_Return), qtbot)
    assert browser.field.text() == "" and len(window.session.photos.ids) == 5
    assert not browser.chips.isVisible()


def test_saved_searches_folders_and_what_a_person_says_stand_in_the_side_bar(
    window: MainWindow, qtbot: QtBot
) -> None:
    browser, sidebar = window.browser, window.browser.sidebar
    answered(window, lambda: click(window, "saved By the sea", qtbot), qtbot)
    assert browser.field.text() == "in:sea" and sorted(names(window, qtbot)) == ["0", "1", "2"]
    sidebar.expandAll()
    town = next(key for key in keys(window) if key.startswith("in ") and key.endswith("/town/"))
    answered(window, lambda: click(window, "all", qtbot), qtbot)
    answered(window, lambda: click(window, town, qtbot), qtbot)
    assert sorted(names(window, qtbot)) == ["3", "4"]
    browser.grid.select(0)
    browser.toggle_favourite()
    qtbot.waitUntil(lambda: keys(window)["favourites"].count == 1, timeout=PATIENCE)
    assert sidebar.isExpanded(sidebar.entries.index_of(keys(window)["tags"]))


def tags(window: MainWindow) -> list[QPushButton]:
    """The buttons of the tags that are shown."""
    found = window.browser.details.tags.findChildren(QPushButton)
    return [button for button in found if not button.isHidden()]


def test_details_tell_what_is_known_and_why_it_is_here(window: MainWindow, qtbot: QtBot) -> None:
    browser, details = window.browser, window.browser.details
    assert details.title.text() == "No photo is picked"
    answered(window, lambda: window.search_for("a dog tag:kids"), qtbot)
    browser.grid.select(0)
    qtbot.waitUntil(lambda: details.about is not None, timeout=PATIENCE)
    assert details.title.text() == "0.jpg" and details.folder.text().endswith("sea")
    texts = [label.text() for label in details.findChildren(QLabel)]
    assert "1 June 2019, 10:00" in texts and "Canon EOS 0" in texts
    assert "Looks like “a dog”" in details.why.text() and "tag:kids" in details.why.text()
    (tag,) = tags(window)
    assert tag.text() == "kids" and tag.toolTip() == "You gave it this tag"
    qtbot.mouseClick(details.marks.stars[3], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(details.about and details.about.rating == 4), timeout=PATIENCE)
    qtbot.mouseClick(details.marks.stars[3], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(details.about and details.about.rating == 0), timeout=PATIENCE)
    (tag,) = tags(window)
    answered(window, lambda: qtbot.mouseClick(tag, Qt.MouseButton.LeftButton), qtbot)
    assert browser.field.text() == 'tag:"kids"'
    answered(window, browser.show_all, qtbot)
    browser.grid.selectAll()
    assert details.title.text() == "5 photos" and details.about is None


def test_order_and_groups(window: MainWindow, qtbot: QtBot) -> None:
    browser, photos = window.browser, window.session.photos
    assert names(window, qtbot) == ["3", "2", "1", "0", "4"]

    def choose(order: str, group: str) -> None:
        browser.arranging.set_arrangement(order, group)
        browser.arranging.order.activated.emit(0)

    answered(window, lambda: choose("name", ""), qtbot)
    assert names(window, qtbot) == ["0", "1", "2", "3", "4"]
    answered(window, lambda: choose("oldest", "month"), qtbot)
    assert [(group.name, group.count) for group in photos.groups] == [
        *(("June 2019", 2), ("August 2019", 1), ("January 2021", 1), ("Without a date", 1))
    ]
    grid = browser.grid
    grid.setFocus()
    grid.select(0)
    for key, place in ((Key.Key_Right, 1), (Key.Key_Down, 2), (Key.Key_Down, 3), (Key.Key_Up, 2)):
        qtbot.keyClick(grid, key)
        assert grid.currentIndex().row() == place
    answered(window, lambda: window.search_for("a dog"), qtbot)
    assert [group.count for group in photos.groups] == [2, 1, 1, 1]
    assert window.settings.arrangement == ("oldest", "month"), "and is so the next time"


def test_panes_are_put_away_and_come_back(window: MainWindow, qtbot: QtBot) -> None:
    browser, actions = window.browser, window.actions_
    assert browser.sidebar.isVisible() and browser.details.isVisible()
    actions.sidebar.trigger()
    actions.details.trigger()
    assert not browser.sidebar.isVisible() and not browser.details.isVisible()
    assert not actions.sidebar.isChecked() and window.settings.panes == (False, False)
    actions.details.trigger()
    browser.grid.select(0)
    browser.toggle_view()
    assert browser.viewing and browser.details.isVisible() and not browser.top.isVisible()
    browser.toggle_view()
    assert browser.top.isVisible() and not browser.sidebar.isVisible()


def test_light_and_dark(window: MainWindow) -> None:
    try:
        for name in ("dark", "light"):
            window.actions_.themes[name].trigger()
            dark = window.palette().window().color().lightness() < 128
            assert dark == (name == "dark") and window.settings.theme == name
            assert window.actions_.themes[name].isChecked()
            assert not window.actions_.themes["system"].isChecked()
    finally:
        window.choose_theme("system")


def test_the_model_of_the_side_bar(qtbot: QtBot) -> None:
    model = FacetsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    def tree() -> list[Entry]:
        inside = [Entry("2019-06", "on 2019-06", 2, filter=("on", "2019-06"))]
        year = Entry("2019", "on 2019", 3, filter=("on", "2019"), inside=inside)
        return [Entry("All", "all", 5, act="all"), Entry("Times", "t", section=True, inside=[year])]

    model.show(tree())
    model.choose([("on", "2019-06")])
    section = model.index(1, 0)
    year = model.index(0, 0, section)
    month = model.index(0, 0, year)
    assert model.parent(month) == year and model.parent(year) == section
    assert (
        model.rowCount() == 2 and model.rowCount(month) == 0 and not model.parent(section).isValid()
    )
    assert model.data(month, Qt.ItemDataRole.AccessibleTextRole) == "2019-06, 2 photos, chosen"
    assert not model.flags(section) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    with qtbot.assertNotEmitted(model.modelReset):
        model.show(tree())
    with qtbot.waitSignal(model.modelReset):
        model.show(tree()[:1])


def test_an_album_is_shown_renamed_and_removed(window: MainWindow, qtbot: QtBot) -> None:
    sidebar, panes = window.browser.sidebar, window.panes
    answered(window, lambda: click(window, "album Summer", qtbot), qtbot)
    assert len(window.session.photos.ids) == 2 and keys(window)["album Summer"].count == 2

    def choose(key: str, text: str) -> None:
        index = sidebar.entries.index_of(keys(window)[key])
        sidebar.customContextMenuRequested.emit(sidebar.visualRect(index).center())
        assert panes.menu is not None
        next(each for each in panes.menu.actions() if each.text().startswith(text)).trigger()
        panes.menu.close()

    choose("album Summer", "Rename")
    assert panes.dialog is not None
    panes.dialog.setTextValue("Winter")
    panes.dialog.accept()
    qtbot.waitUntil(lambda: "album Winter" in keys(window), timeout=PATIENCE)
    choose("album Winter", "Remove")
    qtbot.waitUntil(lambda: "albums" not in keys(window), timeout=PATIENCE)
    window.browser.undo()
    qtbot.waitUntil(lambda: "album Winter" in keys(window), timeout=PATIENCE)
    choose("saved By the sea", "Remove")
    qtbot.waitUntil(lambda: "saved" not in keys(window), timeout=PATIENCE)


def test_long_sections_are_short_at_first(window: MainWindow, qtbot: QtBot) -> None:
    with Library(window.library) as library:
        rows = library.photo_rows(library.photos())
        for number in range(SHORT + 3):
            library.tag_photos([rows[0].photo_id], f"tag {number:02}", True)
    window.session.said.emit()
    qtbot.waitUntil(lambda: "more tags" in keys(window), timeout=PATIENCE)
    assert keys(window)["more tags"].name == "Show 4 more"
    click(window, "more tags", qtbot)
    assert "more tags" not in keys(window)
    assert sum(key.startswith("tag ") for key in keys(window)) == SHORT + 4

"""What a right-click offers on picked photos: albums, trash, copies, other programs; one undo."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from photosearch.gui.albums import NewAlbum, album_of, album_query
from photosearch.gui.export import ExportDialog
from photosearch.gui.window import MainWindow
from photosearch.library import Library
from tests.conftest import draw
from tests.gui.conftest import PATIENCE, PHOTOS, OpenWindow, make_album

ALBUM_OF = {
    'album:"for the wall"': "for the wall",
    "dog ALBUM:wall 2019": "wall",
    "(album:a OR tag:b)": "a",
    "-album:wall dog": None,
    "my album": None,
    "": None,
}


@pytest.fixture
def own(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> MainWindow:
    """A window over an album of its own (whose files may be moved) and a trash of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", "")
    album = make_album(tmp_path / "album", range(5))
    (album / "004 twin.jpg").write_bytes((album / "004.jpg").read_bytes())
    with Library(tmp_path / "own") as library:
        for _ in library.index([album]):
            pass
    window = open_window(tmp_path / "own")
    qtbot.waitUntil(lambda: len(window.session.photos.ids) == 5, timeout=PATIENCE)
    return window


def pick(window: MainWindow, *places: int) -> list[int]:
    """Select photos in the grid."""
    grid, model = window.browser.grid, window.session.photos
    grid.select(places[0])
    for place in places[1:]:
        grid.selectionModel().select(model.index(place), grid.selectionModel().SelectionFlag.Select)
    return [model.ids[place] for place in places]


def place_named(window: MainWindow, name: str, qtbot: QtBot) -> int:
    """Where the photo of a file stands."""
    model = window.session.photos
    qtbot.waitUntil(
        lambda: all(model.row_of(photo_id) is not None for photo_id in model.ids),
        timeout=PATIENCE,
    )
    names = [os.path.basename(row.path) for each in model.ids if (row := model.row_of(each))]
    return next(place for place, each in enumerate(names) if each.startswith(name))


def told(window: MainWindow, qtbot: QtBot, trigger: Callable[[], object]) -> str:
    """What the window says when something was done."""
    with qtbot.waitSignal(window.session.deeds.done, timeout=PATIENCE) as said:
        trigger()
    return str(said.args[0])


@pytest.mark.parametrize(("query", "album"), ALBUM_OF.items())
def test_which_album_is_shown(query: str, album: str | None) -> None:
    assert album_of(query) == album
    assert album_of(album_query("a b")) == "a b"


def test_photos_go_into_a_new_album_and_out_of_it(
    window: MainWindow, library: Path, qtbot: QtBot
) -> None:
    more = window.actions_.more
    picked = pick(window, 0, 2, 5)
    more._ask_name([])
    dialog = more.dialog
    assert isinstance(dialog, NewAlbum)
    ok = dialog.make
    assert not ok.isEnabled() and dialog.says.text()
    dialog.name.setText('a "b"')
    assert not ok.isEnabled() and "quotation" in dialog.says.text()
    dialog.name.setText("  for  the wall ")
    assert ok.isEnabled()
    text = told(window, qtbot, ok.click)
    assert "3 photos" in text and "for the wall" in text
    with Library(library) as opened:
        assert opened.albums() == {"for the wall": 3}

    more.albums.look()
    qtbot.waitUntil(lambda: len(more.albums.actions()) == 3, timeout=PATIENCE)
    pick(window, 7)
    assert "1 photo" in told(window, qtbot, more.albums.actions()[2].trigger)

    assert not more.take.isVisible()
    with qtbot.waitSignal(window.session.results.answered, timeout=PATIENCE):
        window.search_for('album:"For The Wall"')
    assert len(window.session.photos.ids) == 4
    qtbot.waitUntil(more.take.isVisible, timeout=PATIENCE)
    place = window.session.photos.place_of(picked[0])
    assert place is not None
    pick(window, place)
    more.take.trigger()
    qtbot.waitUntil(lambda: len(window.session.photos.ids) == 3, timeout=PATIENCE)
    assert picked[0] not in window.session.photos.ids
    window.actions_.undo.trigger()
    qtbot.waitUntil(lambda: len(window.session.photos.ids) == 4, timeout=PATIENCE)


def test_a_name_that_is_taken_adds_to_that_album(window: MainWindow, qtbot: QtBot) -> None:
    dialog = NewAlbum(["For the wall"], window)
    dialog.name.setText("FOR THE WALL")
    assert "added to it" in dialog.says.text()
    with qtbot.waitSignal(dialog.named, timeout=PATIENCE) as named:
        dialog.accept()
    assert named.args == ["For the wall"]


def test_the_only_one_is_asked_about(own: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    more, photos, album = own.actions_.more, own.session.photos, tmp_path / "album"
    pick(own, place_named(own, "001", qtbot))
    more.trash.trigger()
    qtbot.waitUntil(lambda: isinstance(more.dialog, QMessageBox), timeout=PATIENCE)
    box = more.dialog
    assert isinstance(box, QMessageBox) and "001.jpg is the only one" in box.text()
    keep = box.findChild(QPushButton, "keep")
    assert keep is not None and box.defaultButton() is keep
    keep.click()
    assert (album / "001.jpg").exists() and len(photos.ids) == 5

    pick(own, place_named(own, "001", qtbot), place_named(own, "003", qtbot))
    more.dialog = None
    more.trash.trigger()
    qtbot.waitUntil(lambda: isinstance(more.dialog, QMessageBox), timeout=PATIENCE)
    box = more.dialog
    assert isinstance(box, QMessageBox) and "These 2 photos are the only ones" in box.text()
    move = box.findChild(QPushButton, "move")
    assert move is not None
    move.click()
    qtbot.waitUntil(lambda: len(photos.ids) == 3, timeout=PATIENCE)
    assert not (album / "001.jpg").exists() and not (album / "003.jpg").exists()
    text = told(own, qtbot, own.actions_.undo.trigger)
    assert text == "Taken back: move 2 photos to the trash"
    qtbot.waitUntil(lambda: len(photos.ids) == 5, timeout=PATIENCE)
    assert (album / "001.jpg").exists() and (album / "003.jpg").exists()


def test_one_of_two_copies_goes_without_a_question(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", "")
    album = tmp_path / "album"
    album.mkdir()
    draw(1, (900, 600)).save(album / "large.jpg", quality=90)
    draw(1, (900, 600)).resize((450, 300)).save(album / "small.jpg", quality=80)
    draw(2, (900, 600)).save(album / "other.jpg", quality=90)
    with Library(tmp_path / "copies") as library:
        for _ in library.index([album]):
            pass
        assert len(library.duplicates.groups(["duplicate"])) == 1
    window = open_window(tmp_path / "copies")
    qtbot.waitUntil(lambda: len(window.session.photos.ids) == 3, timeout=PATIENCE)
    pick(window, place_named(window, "small", qtbot))
    window.actions_.more.trash.trigger()
    qtbot.waitUntil(lambda: len(window.session.photos.ids) == 2, timeout=PATIENCE)
    assert window.actions_.more.dialog is None and not (album / "small.jpg").exists()


def test_nothing_of_a_protected_folder_goes(own: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    with Library(tmp_path / "own") as library:
        library.duplicates.protect(tmp_path / "album")
    pick(own, 0, 1)
    with qtbot.waitSignal(own.session.trouble, timeout=PATIENCE) as trouble:
        own.actions_.more.trash.trigger()
    assert "protected" in trouble.args[0].what
    assert len(list((tmp_path / "album").iterdir())) == 6


def test_in_the_large_view_the_next_one_takes_its_place(
    own: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    more, viewer, photos = own.actions_.more, own.browser.viewer, own.session.photos
    twin = place_named(own, "004", qtbot)
    own.browser.grid.select(twin)
    own.actions_.view.trigger()
    qtbot.waitUntil(lambda: viewer.canvas.sharp, timeout=PATIENCE)
    gone = viewer.photo
    more.trash.trigger()  # both of its files, so that it is the only one
    qtbot.waitUntil(lambda: isinstance(more.dialog, QMessageBox), timeout=PATIENCE)
    assert isinstance(more.dialog, QMessageBox)
    move = more.dialog.findChild(QPushButton, "move")
    assert move is not None
    move.click()
    qtbot.waitUntil(lambda: len(photos.ids) == 4, timeout=PATIENCE)
    assert own.browser.viewing and viewer.photo != gone and viewer.photo in photos.ids
    assert not list((tmp_path / "album").glob("004*"))
    own.actions_.undo.trigger()
    qtbot.waitUntil(lambda: len(photos.ids) == 5, timeout=PATIENCE)
    assert len(list((tmp_path / "album").glob("004*"))) == 2


def test_one_undo_takes_back_whatever_was_last(own: MainWindow, tmp_path: Path) -> None:
    """Of every kind that there is, the last first; nobody must know of which kind it was."""
    own.quit_now()
    album = tmp_path / "album"
    with Library(tmp_path / "own") as library:
        ids = library.photos()
        said: list[Callable[[], object]] = [
            lambda: library.rate_photos(ids, 4),
            lambda: library.favourite_photos(ids[:2], True),
            lambda: library.tag_photos(ids, "kids", True),
            lambda: library.put_into_album(ids, "wall"),
            lambda: library.teach_photos(ids, "Rex", True),
            lambda: list(library.trash(ids[:2])),
            lambda: library.exclude("*.png"),
            lambda: library.save_search("dogs", "dog"),
            lambda: library.duplicates.reject(album / "000.jpg", album / "001.jpg"),
            lambda: library.rename_album("wall", "hall"),
        ]

        def state() -> tuple[object, list[str]]:
            words = {name: rows for name, rows in library.export().items() if name != "exported_at"}
            return words, sorted(os.listdir(album))

        states = []
        for say in said:
            states.append(state())
            say()
            assert state() != states[-1], "each is a change"
        for before in reversed(states):
            assert library.undo() is not None
            assert state() == before


def test_copies_go_to_a_folder_with_progress_and_stop(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    more, out = window.actions_.more, tmp_path / "out"
    pick(window, 0, 1, 2)
    more.export.trigger()
    dialog = more.dialog
    assert isinstance(dialog, ExportDialog) and not dialog.start.isEnabled()
    dialog.set_folder(str(out))
    assert told(window, qtbot, dialog.start.click) == "3 photos copied"
    assert len(list(out.iterdir())) == 3

    pick(window, *range(10))
    more.export.trigger()
    dialog = more.dialog
    assert isinstance(dialog, ExportDialog) and dialog.folder == str(out), "the last folder"
    dialog.smaller.setChecked(True)
    dialog.side.setValue(100)
    assert told(window, qtbot, dialog.start.click) == "10 photos copied"
    assert len(list(out.iterdir())) == 13, "nothing was written over"

    pick(window, *range(PHOTOS))
    more.export.trigger()
    dialog = more.dialog
    assert isinstance(dialog, ExportDialog)
    dialog.start.click()
    qtbot.waitUntil(lambda: dialog.bar.value() > 1, timeout=PATIENCE)
    assert "Stopped" in told(window, qtbot, dialog.cancel.click)
    assert not dialog.isVisible()


def test_copies_that_cannot_be_made_are_named(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("no folder")
    pick(window, 0, 1)
    window.actions_.more.export.trigger()
    dialog = window.actions_.more.dialog
    assert isinstance(dialog, ExportDialog)
    dialog.set_folder(str(tmp_path / "file"))
    assert told(window, qtbot, dialog.start.click) == "0 photos copied"
    assert "is a file, not a folder" in dialog.says.text() and not dialog.running
    dialog.close()


def test_similar_to_several(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.session.search.state == "ready", timeout=PATIENCE)
    picked = pick(window, 1, 4, 9)
    with qtbot.waitSignal(window.session.results.answered, timeout=PATIENCE):
        window.actions_.similar.trigger()
    assert len(window.session.photos.ids) == PHOTOS - 3
    assert not set(picked) & set(window.session.photos.ids)
    assert "3 photos" in window.browser.heading.text()


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")
def test_open_with_a_chosen_program(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    from photosearch.gui import desktop

    program, seen = tmp_path / "viewer", tmp_path / "seen"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{seen}.part"; mv "{seen}.part" "{seen}"')
    program.chmod(0o755)
    pick(window, 0, 1)
    with qtbot.waitSignal(window.session.photos.rows_came, timeout=PATIENCE, raising=False):
        window.session.photos.refresh()
    window.session.deeds.with_rows(
        window.browser.targets(),
        lambda rows: window.actions_.more._open_with(str(program), rows),
    )
    qtbot.waitUntil(seen.exists, timeout=PATIENCE)
    assert len(seen.read_text().splitlines()) == 2
    assert not desktop.open_with(str(tmp_path / "none"), ["a"])


def test_files_can_be_dragged_to_other_programs(window: MainWindow, qtbot: QtBot) -> None:
    grid, model = window.browser.grid, window.session.photos
    assert grid.dragEnabled() and not grid.acceptDrops()
    qtbot.mouseClick(
        grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.visualRect(model.index(1)).center()
    )
    qtbot.waitUntil(lambda: model.row_of(model.ids[1]) is not None, timeout=PATIENCE)
    data = model.mimeData(grid.selectionModel().selectedIndexes())
    row = model.row_of(model.ids[1])
    assert row is not None and [url.toLocalFile() for url in data.urls()] == [row.path]


def test_a_folder_is_left_out(own: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    pick(own, 0)
    text = told(own, qtbot, own.actions_.more.exclude.trigger)
    assert "album" in text and "left out" in text
    with Library(tmp_path / "own") as library:
        assert library.excluded() == [str(tmp_path / "album")]
    assert "leave out" in told(own, qtbot, own.actions_.undo.trigger)

"""Thumbnails: cancelled, broken, bounded, and never of another size than asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from photosearch.gui import thumbnails as module
from photosearch.gui.thumbnails import Thumbnails, Wanted, square
from tests.conftest import draw
from tests.gui.conftest import PATIENCE

SIDE = 64


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    made = []
    for number in range(30):
        file = tmp_path / f"{number}.jpg"
        draw(number, (320, 200) if number % 2 else (200, 320)).save(file)
        made.append(str(file))
    return made


@pytest.fixture
def made(nothing_left: None, qapp: object) -> Iterator[Callable[..., Thumbnails]]:
    all_made: list[Thumbnails] = []

    def make(limit: int = 10**9) -> Thumbnails:
        thumbnails = Thumbnails(limit=limit)
        thumbnails.set_side(SIDE, 4.0)
        all_made.append(thumbnails)
        return thumbnails

    yield make
    for thumbnails in all_made:
        thumbnails.close()
        thumbnails.deleteLater()


def ready(thumbnails: Thumbnails, photo_id: int) -> bool:
    return thumbnails.get(photo_id, None)[0] is not None


def test_they_come_square_and_in_order(
    made: Callable[..., Thumbnails], files: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_THREADS", 1)
    thumbnails = made()
    came: list[int] = []
    thumbnails.came.connect(came.append)
    thumbnails.want([Wanted(number, file) for number, file in enumerate(files)])
    qtbot.waitUntil(lambda: len(came) == 30, timeout=PATIENCE)
    assert came == list(range(30))
    picture, lacks = thumbnails.get(3, files[3])
    assert picture is not None and not lacks
    assert (picture.width(), picture.height()) == (SIDE, SIDE)
    corner = picture.toImage().pixelColor(0, 0)
    assert corner.alpha() == 0 and picture.toImage().pixelColor(32, 32).alpha() == 255
    assert thumbnails.get(3, files[4]) == (picture, True)  # its file is another one now


def test_what_scrolled_away_is_not_read(
    made: Callable[..., Thumbnails], files: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_THREADS", 1)
    read: list[str] = []
    thumbnails = made()

    def reads(file: str, side: int, radius: float) -> QImage:
        read.append(file)
        if len(read) == 1:  # while the first is read, everything scrolls away
            thumbnails.want([Wanted(29, files[29])])
        return square(file, side, radius)

    monkeypatch.setattr(module, "square", reads)
    thumbnails.want([Wanted(number, files[number]) for number in range(20)])
    qtbot.waitUntil(lambda: ready(thumbnails, 29), timeout=PATIENCE)
    assert read == [files[0], files[29]]


def test_a_broken_one_is_tried_again_when_asked_to(
    made: Callable[..., Thumbnails], tmp_path: Path, qtbot: QtBot
) -> None:
    thumbnails, file = made(), tmp_path / "later.jpg"
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff no picture")
    thumbnails.want([Wanted(1, str(file)), Wanted(2, str(broken))])
    qtbot.waitUntil(lambda: thumbnails.is_broken(1) and thumbnails.is_broken(2), timeout=PATIENCE)
    assert thumbnails.get(1, str(file)) == (None, False)
    assert thumbnails.get(1, "/another/file.jpg") == (None, True)
    draw(1).save(file)
    thumbnails.try_again()
    assert thumbnails.get(1, str(file)) == (None, True)
    thumbnails.want([Wanted(1, str(file))])
    qtbot.waitUntil(lambda: ready(thumbnails, 1), timeout=PATIENCE)
    assert not thumbnails.is_broken(1)


def test_memory_is_bounded_and_the_oldest_go(
    made: Callable[..., Thumbnails], files: list[str], qtbot: QtBot
) -> None:
    thumbnails = made(limit=10 * SIDE * SIDE * 4)
    came: list[int] = []
    thumbnails.came.connect(came.append)
    for number, file in enumerate(files):
        thumbnails.want([Wanted(number, file)])
        qtbot.waitUntil(lambda many=number + 1: len(came) == many, timeout=PATIENCE)  # type: ignore[misc]
        thumbnails.get(0, None)  # is looked at all the time
    kept = [number for number in range(30) if ready(thumbnails, number)]
    assert kept == [0, *range(21, 30)]


def test_what_was_made_for_another_size_is_not_shown_as_new(
    made: Callable[..., Thumbnails], files: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    thumbnails = made()
    sides: list[int] = []
    shown: list[int] = []

    def came(photo_id: int) -> None:
        picture, _ = thumbnails.get(photo_id, None)
        shown.append(picture.width() if picture else 0)

    thumbnails.came.connect(came)

    def reads(file: str, side: int, radius: float) -> QImage:
        sides.append(side)
        if len(sides) == 1:
            thumbnails.set_side(2 * SIDE, 4.0)
            thumbnails.want([Wanted(1, files[1])])
        return square(file, side, radius)

    monkeypatch.setattr(module, "square", reads)
    thumbnails.want([Wanted(1, files[1])])
    qtbot.waitUntil(lambda: ready(thumbnails, 1), timeout=PATIENCE)
    picture, lacks = thumbnails.get(1, files[1])
    assert picture is not None and picture.width() == 2 * SIDE and not lacks
    assert shown == [2 * SIDE]
    thumbnails.set_side(SIDE, 4.0)  # the old one is shown until the new one comes
    assert thumbnails.get(1, files[1]) == (picture, True)


def test_what_is_no_picture_is_null(tmp_path: Path) -> None:
    for name, data in {"empty": b"", "text": b"hello", "short": b"\xff\xd8\xff\xe0\x00"}.items():
        file = tmp_path / name
        file.write_bytes(data)
        assert square(str(file), SIDE, 4.0).isNull()
    assert square(str(tmp_path), SIDE, 4.0).isNull()

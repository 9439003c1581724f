"""The model of photos, with answers that come late, in any order, or for photos that are gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from photosearch.engine.replies import Error, Match, Reply, Row, Rows
from photosearch.engine.requests import GetRows, Request
from photosearch.gui.photos import PhotosModel, Role
from photosearch.gui.rows import Change

Answer = Callable[[Reply], None]


class Engine:
    """Takes questions; a test answers them when, and as, it likes."""

    def __init__(self) -> None:
        self.asked: list[tuple[GetRows, Answer]] = []
        self.gone: set[int] = set()
        self.stars: dict[int, int] = {}

    def ask(self, request: Request, answer: Answer) -> None:
        assert isinstance(request, GetRows)
        self.asked.append((request, answer))

    def answer(self, at: int = 0) -> None:
        request, answer = self.asked.pop(at)
        found = (self.row(each) for each in request.photo_ids if each not in self.gone)
        answer(Rows(tuple(found)))

    def row(self, photo_id: int) -> Row:
        stars, taken = self.stars.get(photo_id, 0), "2024-05-03T10:20:30"
        path = f"/photos/IMG_{photo_id}.jpg"
        return Row(photo_id, path, f"/t/{photo_id}.jpg", 40, 30, taken, stars, False, (), True)


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def model(engine: Engine, qapp: object) -> Iterator[PhotosModel]:
    made = PhotosModel(engine.ask)
    tester = QAbstractItemModelTester(
        made, QAbstractItemModelTester.FailureReportingMode.Fatal, made
    )
    assert tester.model() is made
    yield made
    made.deleteLater()


def settle(engine: Engine, qtbot: QtBot) -> None:
    """Answer until nothing more is asked."""
    for _ in range(50):
        qtbot.wait(1)  # a turn of the event loop, in which a batch is asked for
        if not engine.asked:
            return
        while engine.asked:
            engine.answer()
    raise AssertionError("it never has enough")


@pytest.mark.parametrize("seed", range(4))
def test_any_changes_any_answers(
    model: PhotosModel, engine: Engine, qtbot: QtBot, seed: int
) -> None:
    dice = Random(seed)
    for _ in range(60):
        ids = dice.sample(range(40), dice.randrange(40))
        model.set_photos(ids if dice.random() < 0.4 else sorted(ids))
        assert list(model.ids) == [model.index(at).data(Role.ID) for at in range(model.rowCount())]
        model.look_at(0, dice.randrange(60))
        qtbot.wait(1)
        engine.gone = set(dice.sample(range(40), 5))
        if engine.asked and dice.random() < 0.7:
            engine.answer(dice.randrange(len(engine.asked)))
        if dice.random() < 0.3:
            model.refresh()
    engine.gone.clear()
    model.refresh()
    model.set_photos(range(40))
    model.look_at(0, 39)
    settle(engine, qtbot)
    for at in range(40):
        assert model.row_at(at) == engine.row(at)


def test_what_is_in_one_piece_is_told_as_that(model: PhotosModel) -> None:
    told: list[tuple[str, int, int]] = []
    model.rowsInserted.connect(lambda _, first, last: told.append(("in", first, last)))
    model.rowsRemoved.connect(lambda _, first, last: told.append(("out", first, last)))
    model.modelReset.connect(lambda: told.append(("reset", 0, 0)))
    for ids in ([5, 6], [9, 8, 5, 6], [9, 8, 5, 1, 2, 6], [9, 8, 5, 1, 2, 6, 7], [9, 7], [7, 9]):
        model.set_photos(ids)
    model.set_photos([7, 9])
    assert told == [
        *(("reset", 0, 0), ("in", 0, 1), ("in", 3, 4), ("in", 6, 6), ("out", 1, 5)),
        ("reset", 0, 0),
    ]


def test_rows_come_once_for_all_that_is_looked_at(
    model: PhotosModel, engine: Engine, qtbot: QtBot
) -> None:
    model.set_photos(range(10_000))
    for first in range(0, 5000, 100):  # a wild scroll, before anything could be asked
        model.look_at(first, first + 30)
    qtbot.waitUntil(lambda: bool(engine.asked))
    asked = {each for request, _ in engine.asked for each in request.photo_ids}
    assert asked - {0} == set(range(4900, 4931))  # 0: the tester looks at it
    model.look_at(4900, 4930)
    with qtbot.waitSignal(model.dataChanged) as changed:
        engine.answer()
    assert changed.args[1].row() == 4930
    model.look_at(4900, 4930)
    qtbot.wait(1)
    assert not engine.asked


def test_what_is_told_of_a_photo(model: PhotosModel, engine: Engine, qtbot: QtBot) -> None:
    model.set_photos([3, 4], [Match(3, 0.25, ("a dog: 0.25",))])
    first = model.index(0)
    assert first.data() is model.index(1).data() is None and first.data(Role.SCORE) == 0.25
    settle(engine, qtbot)
    assert first.data() == "IMG_3.jpg"
    assert first.data(Role.PATH) == "/photos/IMG_3.jpg"
    assert first.data(Role.REASONS) == ("a dog: 0.25",)
    assert "a dog: 0.25" in first.data(Qt.ItemDataRole.ToolTipRole)
    engine.stars[4] = 3
    model.refresh()
    assert model.index(1).data() == "IMG_4.jpg"  # the old one is shown, a new one asked for
    settle(engine, qtbot)
    spoken = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "IMG_4.jpg" in spoken and "2024" in spoken and "3 stars" in spoken
    assert model.data(QModelIndex(), Qt.ItemDataRole.DisplayRole) is None


def test_what_a_person_says_is_shown_at_once_and_taken_back_on_error(
    model: PhotosModel, engine: Engine, qtbot: QtBot
) -> None:
    model.set_photos([1, 2])
    model.look_at(0, 1)
    settle(engine, qtbot)
    answered = model.say([1, 2], Change(stars=4))
    assert [model.index(at).data(Role.STARS) for at in (0, 1)] == [4, 4]
    answered(False)
    assert [model.index(at).data(Role.STARS) for at in (0, 1)] == [0, 0]
    answered = model.say([1], Change(stars=5, favourite=True))
    engine.stars[1] = 5
    answered(True)
    assert model.index(0).data(Role.STARS) == 5 and model.index(0).data(Role.FAVOURITE)
    settle(engine, qtbot)  # the engine's row counts, in the end
    assert model.index(0).data(Role.STARS) == 5 and not model.index(0).data(Role.FAVOURITE)


def test_an_error_ends_asking_until_somebody_looks_again(
    model: PhotosModel, engine: Engine, qtbot: QtBot
) -> None:
    model.set_photos([1])
    model.look_at(0, 0)
    qtbot.waitUntil(lambda: bool(engine.asked))
    engine.asked.pop()[1](Error("engine-died", "It died", ""))
    qtbot.wait(5)
    assert not engine.asked
    model.look_at(0, 0)
    settle(engine, qtbot)
    assert model.index(0).data() == "IMG_1.jpg"

"""A monkey at a real window: keys, clicks, actions, words and sizes at random, from a seed. Nothing
may crash, no error may be logged, nothing may be left.

PHOTOSEARCH_TEST_MONKEY_SECONDS says for how long, PHOTOSEARCH_TEST_MONKEY_SEED which one.
"""

from __future__ import annotations

import os
import random
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

import pytest
import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QAction, QDrag, QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from photosearch.engine.replies import Error
from photosearch.gui import desktop
from photosearch.gui.downloads import Downloads
from photosearch.gui.window import MainWindow
from photosearch.library import Library
from tests.gui.conftest import PATIENCE, make_album

SECONDS = float(os.environ.get("PHOTOSEARCH_TEST_MONKEY_SECONDS", "20"))
SEED = int(os.environ.get("PHOTOSEARCH_TEST_MONKEY_SEED", "1"))

HARMLESS = (
    "This plugin does not support",  # of the offscreen screen
    "QFont::setP",  # a font of no size, while styles change
    'Mouse event "Mouse',  # of QTest: a click on what takes none
)
WORDS = (
    *("a dog", "rating:>3", "tag:", '"', "-cat", "like:", "after:2019", "(", " or ", "Großmutter"),
    *(
        "in:",
        "猫",
        "\u202e",
        "x" * 300,
        "date:2020-13",
        "is:favourite",
        "🙂",
        "  ",
        "a\tb",
        "%s{n}",
    ),
)
KEYS = [
    *(getattr(Qt.Key, f"Key_{name}") for name in ("Up", "Down", "Left", "Right", "Home", "End")),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("PageUp", "PageDown", "Return", "Escape")),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("Tab", "Backtab", "Space", "Delete", "Menu")),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("Backspace", "Plus", "Minus", "Question")),
    *(Qt.Key(Qt.Key.Key_A + number) for number in range(26)),
    *(Qt.Key(Qt.Key.Key_0 + number) for number in range(10)),
    *(Qt.Key(Qt.Key.Key_F1 + number) for number in range(12)),
]
MODIFIERS = (
    *(Qt.KeyboardModifier.NoModifier,) * 4,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)


class Monkey:
    """Does one thing after the other, and knows what it did last."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self.window, self.dice = window, random.Random(seed)
        self.did: deque[str] = deque(maxlen=40)
        self.count = 0
        self.top: QWidget = window
        self.ways: list[tuple[Callable[[], str], int]] = [
            *((self.key, 8), (self.click, 8), (self.drag, 2), (self.wheel, 2), (self.words, 2)),
            *((self.action, 4), (self.size, 1), (self.shut, 2), (self.rest, 1)),
        ]

    def act(self) -> None:
        """One thing."""
        ways, weights = zip(*self.ways, strict=True)
        (way,) = self.dice.choices(ways, weights)
        self.did.append(f"{way.__name__} …")  # in case it never comes back
        self.did[-1] = f"{way.__name__} {way()}"
        self.count += 1

    def key(self) -> str:
        at = QApplication.focusWidget() or self.window
        key, modifier = self.dice.choice(KEYS), self.dice.choice(MODIFIERS)
        QTest.keyClick(at, key, modifier)
        return f"{key.name} {modifier.name}"

    def click(self) -> str:
        at = self._somewhere()
        if at is None:
            return ""
        name = f"{type(at).__name__} {at.accessibleName()}"
        button = self.dice.choice([Qt.MouseButton.LeftButton] * 4 + [Qt.MouseButton.RightButton])
        how = QTest.mouseDClick if self.dice.random() < 0.2 else QTest.mouseClick
        how(at, button, self.dice.choice(MODIFIERS), self._point(at))
        return name

    def drag(self) -> str:
        at = self._somewhere()
        if at is None:
            return ""
        name = type(at).__name__
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(at, left, Qt.KeyboardModifier.NoModifier, self._point(at))
        for _ in range(3):
            if shiboken6.isValid(at):
                QTest.mouseMove(at, self._point(at))
        if shiboken6.isValid(at):
            QTest.mouseRelease(at, left, Qt.KeyboardModifier.NoModifier, self._point(at))
        return name

    def wheel(self) -> str:
        at = self._somewhere()
        if at is None:
            return ""
        point = QPointF(self._point(at))
        turned = QPoint(0, self.dice.choice([-1200, -120, 120, 1200]))
        event = QWheelEvent(
            *(point, at.mapToGlobal(point), QPoint(), turned, Qt.MouseButton.NoButton),
            *(self.dice.choice(MODIFIERS), Qt.ScrollPhase.NoScrollPhase, False),
        )
        QCoreApplication.postEvent(at, event)
        return type(at).__name__

    def words(self) -> str:
        text = self.dice.choice(WORDS)
        at = QApplication.focusWidget() if self.dice.random() < 0.3 else self.window.browser.field
        if at is not None:
            for letter in text[:20]:
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    if shiboken6.isValid(at):  # QTest types nothing beyond ASCII
                        typed = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                        QCoreApplication.sendEvent(at, typed)
        return text

    def action(self) -> str:
        actions = [each for each in self.window.findChildren(QAction) if each.isEnabled()]
        chosen = self.dice.choice(actions)
        text = chosen.text()
        chosen.trigger()
        return text

    def size(self) -> str:
        tops = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        at = self.dice.choice(tops or [self.window])
        at.resize(self.dice.randrange(1, 1600), self.dice.randrange(1, 1200))
        return type(at).__name__

    def shut(self) -> str:
        tops = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        others = [each for each in tops if each is not self.window]
        if not others:
            return ""
        at = self.dice.choice(others)
        at.close()
        return type(at).__name__

    def rest(self) -> str:
        self.window.resize(1100, 760)  # else it may stay so small that nothing can be hit
        return ""

    def _somewhere(self) -> QWidget | None:
        modal = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        tops = [modal] if modal else [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        if not tops:
            return None
        self.top = self.dice.choice(tops)  # held: PySide forgets its children with it
        return self.top.childAt(self._point(self.top)) or self.top

    def _point(self, at: QWidget) -> QPoint:
        return QPoint(
            self.dice.randrange(max(1, at.width())), self.dice.randrange(max(1, at.height()))
        )


@pytest.fixture
def fenced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would leave the program does nothing; the trash is one of the test's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PHOTOSEARCH_DEBUG", "1")
    for name in ("open_file", "show_in_folder", "start"):
        monkeypatch.setattr(desktop, name, lambda *_: True)
    # Cancelled at once: one that was never closed would go on watching its folder for ever.
    monkeypatch.setattr(QFileDialog, "open", lambda dialog, *_: dialog.close())
    monkeypatch.setattr(QFileDialog, "exec", lambda *_: 0)
    monkeypatch.setattr(QFileDialog, "show", lambda dialog, *_: dialog.close())
    monkeypatch.setattr(QDrag, "exec", lambda *_, **__: Qt.DropAction.IgnoreAction)
    monkeypatch.setattr(Downloads, "start", lambda *_: None)
    monkeypatch.setattr(MainWindow, "quit", lambda _: None)


@pytest.fixture
def own_library(with_encoder: Path, tmp_path: Path) -> Path:
    """A library of its own photos, one of which is none."""
    album = make_album(tmp_path / "album", range(30))
    make_album(album / "more", range(5, 12))  # twice
    (album / "bad.jpg").write_bytes(b"no picture")
    with Library(tmp_path / "library") as library:
        for _ in library.index([album]):
            pass
    return tmp_path / "library"


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """What Qt warns of, and exceptions that nobody caught."""
    said: list[str] = []

    def note(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            said.append(text)

    def failed(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        said.append("".join(traceback.format_exception(kind, error, trace)))
        hook(kind, error, trace)

    before, hook = qInstallMessageHandler(note), sys.excepthook
    sys.excepthook = failed
    yield said
    sys.excepthook = hook
    qInstallMessageHandler(before)


def test_a_monkey_breaks_nothing(
    fenced: None,
    own_library: Path,
    nothing_left: None,
    logged: list[str],
    qtbot: QtBot,
    capfd: pytest.CaptureFixture[str],
) -> None:
    before = QApplication.allWidgets()  # held, so that no other gets one's id
    there = {id(each) for each in before}
    window = MainWindow(own_library)
    errors: list[Error] = []
    window.session.trouble.connect(errors.append)
    window.show()
    qtbot.waitUntil(lambda: len(window.session.photos.ids) == 30, timeout=PATIENCE)
    monkey = Monkey(window, SEED)
    acting, end = QTimer(), QTimer()
    acting.timeout.connect(monkey.act)
    end.setSingleShot(True)
    end.start(round(SECONDS * 1000))
    acting.start(5)
    qtbot.waitUntil(lambda: not end.isActive(), timeout=round(SECONDS * 1000) + PATIENCE)
    acting.stop()
    for popup in [each for each in QApplication.topLevelWidgets() if each is not window]:
        popup.close()
    alive = window.session.engine.pid is not None
    window.quit_now()
    window.deleteLater()
    QGuiApplication.clipboard().clear()
    for _ in range(3):  # what is deleted may delete more
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    left = [each for each in QApplication.allWidgets() if id(each) not in there]
    story = f"seed {SEED}, {monkey.count} acts, the last: " + "; ".join(monkey.did)
    said = [each for each in logged if not each.startswith(HARMLESS)]
    assert not said, "\n".join([*said, story])
    assert "Traceback" not in capfd.readouterr().err, story
    assert not [each for each in errors if each.code in ("bug", "bad-message")], (errors, story)
    assert alive and monkey.count > SECONDS, story
    print(f"{monkey.count} acts")
    assert not left, (left, story)

"""Take the pictures of the window that the README and the guide show: `make screenshots`.

Real windows with the real children over the demo album, on a screen that nobody sees:

    xvfb-run -s "-screen 0 1400x1000x24" python packaging/screenshots.py docs/images
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from PIL import Image
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from photosearch.demo import lay_out_album
from photosearch.gui import icons, style
from photosearch.gui.window import MainWindow
from photosearch.paths import resources

SIZE = (1180, 780)
WHY = (
    *(("a cat", 0), ("a cup of coffee", 1), ("an astronaut", 0), ("a rocket taking off", 1)),
    *(("a man with a camera", 2), ("a motorcycle", 0)),
)
_PATIENCE = 120.0


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    app.setWindowIcon(icons.app_icon())
    style.start(app)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        os.environ["PHOTOSEARCH_DATA"] = str(work / "data")
        plan = json.loads((resources() / "demo.json").read_text("utf-8"))
        album = lay_out_album(plan["photos"], work / "Pictures" / "Demo album")
        style.apply(app, style.LIGHT)
        first_steps(work, album, out)
        for name, theme in (("light", style.LIGHT), ("dark", style.DARK)):
            style.apply(app, theme)
            searching(work / "library", out, name)
        reasons(work / "library", out)
        style.apply(app, style.LIGHT)
        troubles(work, album, out)


def first_steps(work: Path, album: Path, out: Path) -> None:
    """A library from its first start until its photos are in."""
    many = details(album, work / "Pictures" / "Family")
    with window(work / "first") as shown:
        settle(lambda: shown.browser.page_name == "first")
        shoot(shown, out / "first-start-light.jpg")
        shown.add_folder(str(many))
        settle(lambda: len(shown.session.photos.ids) >= 24 and thumbnails_there(shown))
        shoot(shown, out / "indexing-light.jpg")
        shown.pause_or_go_on()
        run = shown.session.indexer
        settle(lambda: run.run is not None and run.run.state == "paused")
        shoot(shown, out / "paused-light.jpg")
        shown.close()
        settle(lambda: shown.dialog is not None and shown.dialog.isVisible())
        shoot(shown, out / "closing-light.jpg")
        assert shown.dialog is not None
        shown.dialog.close()
        shown.stop_run()
        settle(lambda: run.run is None)
    with window(work / "library") as shown:
        shown.add_folder(str(album))
        settle(lambda: len(shown.session.photos.ids) > 10 and shown.session.indexer.run is None)


def details(album: Path, folder: Path) -> Path:
    """Many pictures, so that there is something to watch: parts of the album's photos."""
    dice, photos = random.Random(0), sorted(album.iterdir())
    for number in range(360):
        with Image.open(photos[number % len(photos)]) as photo:
            side = int(min(photo.size) * dice.uniform(0.4, 0.95))
            left, top = dice.randint(0, photo.width - side), dice.randint(0, photo.height - side)
            part = photo.convert("RGB").crop((left, top, left + side, top + side))
        file = folder / f"{2012 + number // 40}" / f"IMG_{dice.randint(1000, 9999)}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        part.save(file, quality=90)
    return folder


def searching(library: Path, out: Path, name: str) -> None:
    """All photos, an answer, similar ones, one of them large, the menu."""
    with window(library) as shown:
        settle(lambda: search_is(shown, "ready") and thumbnails_there(shown))
        shoot(shown, out / f"all-photos-{name}.jpg")
        answered(shown, lambda: shown.search_for("a cat"))
        shown.browser.grid.select(0)
        shoot(shown, out / f"search-{name}.jpg")
        menu = open_menu(shown)
        shoot(shown, out / f"menu-{name}.jpg")
        menu.close()
        answered(shown, shown.browser.similar)
        shoot(shown, out / f"similar-{name}.jpg")
        answered(shown, lambda: shown.search_for("a rocket taking off"))
        shown.browser.grid.select(0)
        shown.browser.rate(5)
        shown.browser.toggle_favourite()
        shown.browser.toggle_view()
        settle(lambda: shown.browser.viewer.canvas.sharp)
        shoot(shown, out / f"large-view-{name}.jpg")


def reasons(library: Path, out: Path) -> None:
    """Why photos were found: the first results of some searches, with their heat maps."""
    with window(library) as shown:
        settle(lambda: search_is(shown, "ready") and thumbnails_there(shown))
        viewer = shown.browser.viewer
        for words, chip in WHY:
            answered(shown, lambda words=words: shown.search_for(words))  # type: ignore[misc]
            shown.browser.grid.select(0)
            shown.browser.toggle_view()
            viewer.why.turn(on=True)
            settle(lambda: viewer.canvas.sharp and bool(viewer.why.chips.buttons()))
            viewer.why.chips.button(chip).click()
            settle(lambda: True)
            shoot(shown, out / f"why-{words.split()[-1]}.jpg")
            shown.browser.toggle_view()


def troubles(work: Path, album: Path, out: Path) -> None:
    """What is shown when something went wrong."""
    with window(work / "library") as shown:
        settle(lambda: search_is(shown, "ready") and thumbnails_there(shown))
        engine = shown.session.engine.pid
        assert engine is not None
        psutil.Process(engine).kill()
        settle(lambda: shown.browser.banner.isVisible() and search_is(shown, "ready"))
        shoot(shown, out / "engine-stopped-light.jpg")
    os.environ["PHOTOSEARCH_RESOURCES"] = str(work / "nothing")
    with window(work / "library") as shown:
        settle(lambda: search_is(shown, "failed") and thumbnails_there(shown))
        shown.search_for("a cat")
        settle(lambda: shown.browser.page_name == "no-search")
        shoot(shown, out / "no-search-light.jpg")
    del os.environ["PHOTOSEARCH_RESOURCES"]


@contextmanager
def window(library: Path) -> Iterator[MainWindow]:
    """The main window of a library, closed in the end."""
    shown = MainWindow(library)
    shown.resize(*SIZE)
    shown.move(0, 0)
    shown.show()
    try:
        yield shown
    finally:
        shown.quit_now()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def answered(shown: MainWindow, ask: Callable[[], object]) -> None:
    """Ask, and wait until the answer is on the screen."""
    painted: list[bool] = []
    connection = shown.results_painted.connect(lambda: painted.append(True))
    ask()
    settle(lambda: bool(painted) and thumbnails_there(shown))
    shown.results_painted.disconnect(connection)


def thumbnails_there(shown: MainWindow) -> bool:
    """Whether every photo on the screen has its picture."""
    whole: list[bool] = []
    connection = shown.browser.grid.painted.connect(whole.append)
    shown.browser.grid.viewport().repaint()
    shown.browser.grid.painted.disconnect(connection)
    return bool(shown.session.photos.ids) and whole == [True]


def search_is(shown: MainWindow, state: str) -> bool:
    """How searching stands."""
    return shown.session.situation().search.state == state


def open_menu(shown: MainWindow) -> QMenu:
    grid = shown.browser.grid
    place = grid.visualRect(shown.session.photos.index(0)).center()
    where = grid.viewport().mapToGlobal(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, where)
    QApplication.postEvent(grid.viewport(), event)
    settle(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def settle(done: Callable[[], bool]) -> None:
    """Let the window work until something is true, and a moment longer for it to be painted."""
    end = time.monotonic() + _PATIENCE
    while not done():
        if time.monotonic() > end:
            raise TimeoutError(done)
        QTest.qWait(20)
    QTest.qWait(150)


def shoot(shown: MainWindow, file: Path) -> None:
    """Save what the screen shows where the window is."""
    screen = shown.screen()
    place = shown.mapToGlobal(QPoint(0, 0))
    picture = screen.grabWindow(0, place.x(), place.y(), shown.width(), shown.height())
    assert picture.save(str(file), quality=85), file
    print(file.name, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

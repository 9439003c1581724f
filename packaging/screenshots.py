"""Take the pictures of the window that the README and the guide show: `make screenshots`.

Real windows with the real children over copies of the demo album (with made dates, places, cameras
and edits), on a screen that nobody sees; once as it is and once (QT_SCALE_FACTOR=2) for fine
screens:

    xvfb-run -s "-screen 0 2800x2000x24" python packaging/screenshots.py docs/images
"""

from __future__ import annotations

import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import psutil
from PIL import ExifTags, Image, ImageOps
from PySide6.QtCore import QBuffer, QEvent, QPoint
from PySide6.QtGui import QContextMenuEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from photosearch import demo
from photosearch.gui import icons, style
from photosearch.gui.window import MainWindow
from photosearch.library import Library

SIZE = (1280, 820)
WHY = (
    *(("a cat", 0), ("a cup of coffee", 1), ("an astronaut", 0), ("a rocket taking off", 1)),
    *(("a man with a camera", 2), ("a motorcycle", 0)),
)
CAMERAS = (("Canon", "Canon EOS 350D DIGITAL"), ("Apple", "iPhone 7"), ("FUJIFILM", "X-T5"))
PLACES = (
    *((41.892, 12.511), (48.853, 2.349), (52.524, 13.411), (59.913, 10.746), (38.717, -9.133)),
    *((47.376, 8.548), (55.676, 12.568)),
)
_PATIENCE = 120.0


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    app.setWindowIcon(icons.app_icon())
    style.start(app, "light")
    once = app.devicePixelRatio() == 1
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        os.environ["HOME"] = str(work / "you")
        os.environ["PHOTOSEARCH_DATA"] = str(work / "data")
        album = demo.lay_out_album(demo.plan()["photos"], work / "demo")
        family = family_album(album, work / "you" / "Pictures")
        for name in ("light", "dark"):
            style.choose(app, name)
            first_steps(work / f"first-{name}", family, out, name)
            library = work / "library"
            index(library, family)
            looking(library, out, name)
            panels(library, out, name)
            troubles(library, out, name)
        if once:
            style.choose(app, "light")
            index(work / "plain", album)
            reasons(work / "plain", out)


def family_album(album: Path, folder: Path) -> Path:
    """Years of photos made of the album's: whole ones and parts of them, with dates, places and
    cameras, some of them edited, some twice."""
    dice, photos = random.Random(3), sorted(album.iterdir())
    for number in range(96):
        taken = datetime(2012, 3, 1, 10) + timedelta(days=44 * (number // 2), minutes=number)
        with Image.open(photos[number % len(photos)]) as photo:
            whole = photo.convert("RGB")
        if number >= len(photos):
            side = int(min(whole.size) * dice.uniform(0.45, 0.95))
            left, top = dice.randint(0, whole.width - side), dice.randint(0, whole.height - side)
            whole = whole.crop((left, top, left + side, top + side))
        file = folder / f"{taken.year}" / f"IMG_{1000 + number * 37 % 9000}.jpg"
        save(whole, file, taken, number)
        if number % 12 == 5:  # sent by a messenger, saved again, made grey
            small = whole.resize((whole.width * 2 // 3, whole.height * 2 // 3))
            save(small, folder / "from the phone" / file.name, None, number)
        if number % 24 == 7:
            grey = ImageOps.grayscale(whole).convert("RGB")
            save(grey, file.with_name(f"{file.stem} grey.jpg"), taken, number)
    return folder


def save(picture: Image.Image, file: Path, taken: datetime | None, number: int) -> None:
    """Write a picture with what a camera would say of it (nothing: a messenger took it off)."""
    exif = Image.Exif()
    if taken is not None:
        make, model = CAMERAS[number % len(CAMERAS)]
        exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = make, model
        details = exif.get_ifd(ExifTags.IFD.Exif)
        details[ExifTags.Base.DateTimeOriginal] = taken.strftime("%Y:%m:%d %H:%M:%S")
        details[ExifTags.Base.ExposureTime], details[ExifTags.Base.FNumber] = 1 / 250, 5.6
        details[ExifTags.Base.ISOSpeedRatings], details[ExifTags.Base.FocalLength] = 200, 35.0
        north, east = PLACES[number // 9 % len(PLACES)]
        where = exif.get_ifd(ExifTags.IFD.GPSInfo)
        where[ExifTags.GPS.GPSLatitudeRef], where[ExifTags.GPS.GPSLatitude] = "N", degrees(north)
        where[ExifTags.GPS.GPSLongitudeRef] = "E" if east >= 0 else "W"
        where[ExifTags.GPS.GPSLongitude] = degrees(abs(east))
    file.parent.mkdir(parents=True, exist_ok=True)
    picture.save(file, quality=90, exif=exif)


def degrees(value: float) -> tuple[float, float, float]:
    """Degrees, minutes and seconds."""
    whole = int(value)
    minutes = int((value - whole) * 60)
    return float(whole), float(minutes), (value - whole - minutes / 60) * 3600


def index(library: Path, album: Path) -> None:
    """Index an album, and say something of it: stars, favourites, an album, a saved search."""
    if library.exists():
        return
    with Library(library) as opened:
        for _ in opened.index([album]):
            pass
        ids = opened.photos()
        opened.rate_photos(ids[3:30:5], 4)
        opened.favourite_photos(ids[2:40:7], True)
        opened.put_into_album(ids[10:22], "Grandma’s 80th")
        opened.save_search("Cats in Rome", "a cat place:Rome")


def first_steps(library: Path, album: Path, out: Path, name: str) -> None:
    """A library from its first start until its photos come in."""
    with window(library) as shown:
        settle(lambda: shown.browser.page_name == "first")
        shoot(shown, out / f"first-start-{name}")
        shown.add_folder(str(album))
        settle(lambda: len(shown.session.photos.ids) >= 24 and thumbnails_there(shown))
        shoot(shown, out / f"indexing-{name}")
        shown.stop_run()
        settle(lambda: shown.session.indexer.run is None)


def looking(library: Path, out: Path, name: str) -> None:
    """All photos, answers, groups, a photo large, the menu."""
    with window(library) as shown:
        browser = shown.browser
        settle(lambda: search_is(shown, "ready") and thumbnails_there(shown))
        settle(lambda: len(browser.sidebar.entries.entries()) > 20)
        pick(shown, 3)
        shoot(shown, out / f"all-photos-{name}")
        answered(shown, lambda: shown.search_for("a cat"))
        pick(shown, 0)
        shoot(shown, out / f"search-{name}")
        menu = open_menu(shown)
        shoot(shown, out / f"menu-{name}")
        menu.close()
        answered(shown, lambda: shown.search_for("a submarine"))
        settle(lambda: True)
        shoot(shown, out / f"nothing-fits-{name}")
        answered(shown, lambda: shown.search_for("a motorcycle camera:Canon after:2014"))
        pick(shown, 0)
        shoot(shown, out / f"filters-{name}")
        answered(shown, browser.show_all)
        answered(shown, lambda: arrange(shown, "", "month"))
        settle(lambda: thumbnails_there(shown))
        shoot(shown, out / f"by-month-{name}")
        answered(shown, lambda: arrange(shown, "", ""))
        answered(shown, lambda: shown.search_for("a motorcycle"))
        pick(shown, 0)
        browser.toggle_view()
        browser.viewer.why.turn(on=True)
        settle(lambda: browser.viewer.canvas.sharp and bool(browser.viewer.why.chips.buttons()))
        browser.viewer.why.chips.button(0).click()
        settle(lambda: True)
        shoot(shown, out / f"large-view-{name}")


def arrange(shown: MainWindow, order: str, group: str) -> None:
    shown.browser.arranging.set_arrangement(order, group)
    shown.browser.arranging.changed.emit(order, group)


def pick(shown: MainWindow, place: int) -> None:
    """Select a photo, and wait for its details."""
    shown.browser.grid.select(place)
    photo = shown.browser.grid.current()
    details = shown.browser.details
    settle(lambda: details.about is not None and details.about.photo_id == photo)


def panels(library: Path, out: Path, name: str) -> None:
    """What opens in a window of its own."""
    with window(library) as shown:
        settle(lambda: search_is(shown, "ready") and thumbnails_there(shown))
        shown.show_duplicates()
        panel = shown.duplicates
        assert panel is not None
        settle(lambda: panel.model.rowCount() > 0)
        settle(lambda: True)
        shoot(panel, out / f"duplicates-{name}")
        panel.close()
        for opens, made, file in (
            (shown.panels.show_settings, "settings", "settings"),
            (shown.panels.show_keys, "keys", "keys"),
        ):
            opens()
            dialog = getattr(shown.panels, made)
            settle(dialog.isVisible)
            QTest.qWait(1500)  # what it asks for comes
            shoot(dialog, out / f"{file}-{name}")
            dialog.close()


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
            shoot(shown, out / f"why-{words.split()[-1]}")
            shown.browser.toggle_view()


def troubles(library: Path, out: Path, name: str) -> None:
    """What is shown when something went wrong."""
    with window(library) as shown:
        settle(lambda: search_is(shown, "ready") and thumbnails_there(shown))
        engine = shown.session.engine.pid
        assert engine is not None
        psutil.Process(engine).kill()
        settle(lambda: shown.browser.banner.isVisible() and search_is(shown, "ready"))
        shoot(shown, out / f"engine-stopped-{name}")


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


def shoot(shown: QWidget, file: Path) -> None:
    """Save what the screen shows where a window is, as WebP."""
    screen = shown.screen()
    place = shown.mapToGlobal(QPoint(0, 0))
    picture = screen.grabWindow(0, place.x(), place.y(), shown.width(), shown.height())
    fine = "" if screen.devicePixelRatio() == 1 else f"@{screen.devicePixelRatio():g}x"
    target = file.with_name(f"{file.name}{fine}.webp")
    as_image(picture).save(target, quality=80, method=6)
    print(target.name, flush=True)


def as_image(picture: QPixmap) -> Image.Image:
    """A grabbed picture for Pillow."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "BMP")
    return Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

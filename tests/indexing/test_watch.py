"""Living folders: real events of the disk, and the catalog right at the end of them."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from photosearch.indexing import watch as watching
from photosearch.indexing.control import Control
from photosearch.library import Library
from photosearch.progress import Done, Event, Note
from photosearch.settings import Settings
from tests.conftest import draw

SECONDS = 120.0
CHANGES = int(os.environ.get("PHOTOSEARCH_TEST_CHANGES", "40"))  # `make soak` asks for more


class Run:
    """A library that is watched in a thread of its own."""

    def __init__(self, library: Library, *folders: Path) -> None:
        self._library, self._control = library, Control()
        self.events: list[Event] = []
        self._more = threading.Condition()
        self._thread = threading.Thread(target=self._pull, args=(folders,))
        self._thread.start()

    def _pull(self, folders: tuple[Path, ...]) -> None:
        for event in self._library.watch(folders, self._control):
            with self._more:
                self.events.append(event)
                self._more.notify_all()

    def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is true, looking after every event."""
        end = time.monotonic() + SECONDS
        with self._more:
            while not true():
                assert time.monotonic() < end, (self.events, present(self._library))
                self._more.wait(1.0)

    @property
    def runs(self) -> int:
        return sum(isinstance(event, Done) for event in self.events)

    def stop(self) -> None:
        self._control.tell("stop")
        self._thread.join(SECONDS)
        assert not self._thread.is_alive()


def present(library: Library) -> set[str]:
    """The files that are there as far as the catalog knows, with the photo of each read."""
    with library.catalog.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT roots.path || '/' || folders.path || '/' || files.name FROM files"
            " JOIN folders ON folders.id = folder_id JOIN roots ON roots.id = root_id"
            " WHERE missing_since IS NULL AND NOT pending AND photo_id IS NOT NULL"
        )
        return {
            (row[0] if isinstance(row[0], str) else row[0].decode()).replace("//", "/")
            for row in rows
        }


def on_disk(*folders: Path) -> set[str]:
    return {str(file) for folder in folders for file in folder.rglob("*.jpg")}


def vectors(library: Library) -> dict[bytes, int]:
    """The generation of the vector of each photo, by its content."""
    with library.catalog.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT hash, seq FROM vectors JOIN photos ON photos.id = photo_id"
        )
        return {row[0]: row[1] for row in rows}


@pytest.fixture
def library(tmp_path: Path, with_encoder: Path, children_end: None) -> Iterator[Library]:
    with Library(tmp_path / "library", Settings(watch_poll_seconds=1)) as opened:
        yield opened


@pytest.fixture
def roots(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders with six pictures each."""
    for root in ("one", "two"):
        for number in range(6):
            file = tmp_path / root / "sub" / f"{number}.jpg"
            file.parent.mkdir(parents=True, exist_ok=True)
            draw(number if root == "one" else number + 100, (64, 48)).save(file)
    return tmp_path / "one", tmp_path / "two"


def test_what_happens_on_the_disk_is_in_the_catalog(
    library: Library, roots: tuple[Path, Path]
) -> None:
    one, two = roots
    run = Run(library, one, two)
    try:
        run.until(lambda: present(library) == on_disk(one, two) and run.runs > 0)
        before = vectors(library)
        (one / "sub" / "0.jpg").rename(one / "sub" / "renamed.jpg")
        (one / "sub" / "1.jpg").rename(two / "moved.jpg")
        (one / "new" / "deep").mkdir(parents=True)
        for number in range(5):
            draw(number + 200, (64, 48)).save(one / "new" / "deep" / f"{number}.jpg")
        draw(300, (64, 48)).save(two / "sub" / "2.jpg")
        (two / "sub" / "3.jpg").unlink()
        (one / "sub" / "half.jpg.part").write_bytes((two / "sub" / "4.jpg").read_bytes() + b"\0")
        (one / "sub" / "half.jpg.part").rename(one / "sub" / "half.jpg")
        run.until(lambda: present(library) == on_disk(one, two) and len(vectors(library)) == 19)
        after = vectors(library)
        assert {content: after[content] for content in before} == before  # none was made again
        (one / "new").rename(two / "came")
        run.until(lambda: present(library) == on_disk(one, two))
        shutil.rmtree(two / "came")
        run.until(lambda: present(library) == on_disk(one, two))
        assert vectors(library) == after
    finally:
        run.stop()


def test_many_changes_at_once(library: Library, roots: tuple[Path, Path]) -> None:
    one, two = roots
    for number in range(CHANGES):
        draw(number + 1000, (48, 36)).save(one / "sub" / f"many-{number}.jpg")
    run = Run(library, one, two)
    try:
        run.until(lambda: present(library) == on_disk(one, two) and run.runs > 0)
        before = vectors(library)
        for number in range(CHANGES):
            file = one / "sub" / f"many-{number}.jpg"
            kind = number % 5
            if kind == 0:
                draw(number + 5000, (48, 36)).save(one / "sub" / f"new-{number}.jpg")
            elif kind == 1:
                draw(number + 7000, (48, 36)).save(file)  # another picture
            elif kind == 2:
                file.rename(file.with_name(f"renamed-{number}.jpg"))
            elif kind == 3:
                file.rename(two / file.name)
            else:
                file.unlink()
        made = len(range(0, CHANGES, 5)) + len(range(1, CHANGES, 5))
        run.until(
            lambda: (
                present(library) == on_disk(one, two)
                and len(vectors(library)) == len(before) + made
            )
        )
        after = vectors(library)
        assert {content: after[content] for content in before} == before  # none was made again
    finally:
        run.stop()


def test_a_root_that_goes_and_comes_back_is_followed_again(
    library: Library, roots: tuple[Path, Path]
) -> None:
    one, _ = roots
    run = Run(library, one)
    try:
        run.until(lambda: present(library) == on_disk(one) and run.runs > 0)
        everything = present(library)
        one.rename(one.parent / "away")
        draw(400, (64, 48)).save(one.parent / "away" / "while away.jpg")
        (one.parent / "away").rename(one)
        run.until(lambda: present(library) == on_disk(one))
        assert len(present(library)) == len(everything) + 1
        draw(401, (64, 48)).save(one / "later.jpg")
        run.until(lambda: present(library) == on_disk(one))
    finally:
        run.stop()


def test_where_no_events_come_it_is_said_and_scanned(
    library: Library, roots: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "sends_no_events", lambda path: True)  # as on a network drive
    one, _ = roots
    run = Run(library, one)
    try:
        said = Note(
            "watch-polling",
            "this folder lies on a network drive, whose changes are not told; it is looked through"
            " every 1 s instead",
            str(one),
        )
        run.until(lambda: present(library) == on_disk(one) and said in run.events)
        draw(500, (64, 48)).save(one / "later.jpg")
        run.until(lambda: present(library) == on_disk(one))
    finally:
        run.stop()


def test_hidden_left_out_and_library_folders_are_not_followed(
    library: Library, roots: tuple[Path, Path]
) -> None:
    one, _ = roots
    library.exclude(str(one / "scans"))
    with Library(one / "a library"):
        pass
    run = Run(library, one)
    try:
        run.until(lambda: present(library) == on_disk(one) and run.runs > 0)
        for name in ("scans", ".hidden", "a library/thumbnails"):
            (one / name).mkdir(exist_ok=True)
            draw(600, (64, 48)).save(one / name / "x.jpg")
        draw(601, (64, 48)).save(one / "seen.jpg")
        run.until(lambda: str(one / "seen.jpg") in present(library))
    finally:
        run.stop()
    assert not [path for path in present(library) if path.endswith("x.jpg")]


@pytest.mark.usefixtures("with_builtin", "children_end")
def test_a_new_photo_is_tagged_as_it_comes(tmp_path: Path) -> None:
    data: Any = pytest.importorskip("skimage.data")
    album, library_folder = tmp_path / "album", tmp_path / "library"
    album.mkdir()
    for number in range(24):
        draw(number, (64, 48)).save(album / f"{number:02}.jpg")
    taught = [album / f"{number:02}.jpg" for number in range(5)]

    with Library(library_folder, Settings(watch_poll_seconds=1)) as library:

        def tags(name: str) -> set[tuple[str, str]]:
            if str(album / name) not in present(library):
                return set()
            return {(row.name, row.source) for row in library.tags_at(album / name)}

        run = Run(library, album)
        try:
            run.until(lambda: present(library) == on_disk(album) and run.runs > 0)
            with Library(library_folder) as another:
                another.teach("five", taught)
            draw(0, (64, 48)).save(album / "again.jpg", quality=50)
            Image.fromarray(data.chelsea()).save(album / "cat.jpg")
            run.until(lambda: {("cat", "classifier"), ("animal", "classifier")} <= tags("cat.jpg"))
            run.until(lambda: ("five", "taught") in tags("again.jpg"))
        finally:
            run.stop()

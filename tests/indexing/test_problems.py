"""Files that cannot be read are listed and tried again; what is left out comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from photosearch.catalog import contents
from photosearch.errors import PhotoSearchError
from photosearch.library import Library
from photosearch.progress import Done
from tests.conftest import draw


@pytest.fixture
def library(tmp_path: Path, children_end: None) -> Iterator[Library]:
    with Library(tmp_path / "library") as opened:
        yield opened


def index(library: Library, *folders: Path) -> Done:
    events = list(library.index(list(folders)))
    assert isinstance(events[-1], Done)
    return events[-1]


def test_a_file_that_was_given_up_is_tried_again(library: Library, album: Path) -> None:
    bad = album / "winter" / "bad.jpg"
    bad.write_bytes(b"no picture")
    index(library, album)
    assert [problem.reason for problem in library.problems()] == ["not a picture in a known format"]
    assert (library.status().todo, library.status().problems) == (0, 1)
    before = library.digest()
    assert library.try_again() == 1
    assert library.status().todo == 1
    assert index(library).failed == 1  # it still is none
    assert library.digest() == before
    good = album / "winter" / "0.jpg"
    with library.catalog.write() as connection:  # as if it had killed its reader three times
        (file_id,) = connection.exec_driver_sql(
            "SELECT id FROM files WHERE name = ?", (good.name.encode(),)
        ).scalars()
        contents.record_problem(connection, file_id, "the decoder crashed on it", give_up=True)
    assert index(library).failed == 2
    assert library.try_again() == 2
    assert index(library).failed == 1
    assert library.status().photos == 6


def test_what_is_left_out_is_gone_until_it_is_let_in_again(library: Library, album: Path) -> None:
    index(library, album)
    everything = library.digest()
    assert library.exclude(f"{album}/winter/") == str(album / "winter")
    library.exclude("1.JPG")
    assert library.excluded() == [str(album / "winter"), "1.JPG"]
    assert index(library).seen == 2 and library.photo_count() == 2
    library.exclude("1.JPG", on=False)
    library.undo()
    assert index(library).seen == 2
    library.exclude("1.JPG", on=False)
    library.exclude(str(album / "winter"), on=False)
    done = index(library)
    assert (done.seen, done.new) == (6, 0) and library.digest() == everything
    for pattern in ("*", "never said.jpg"):
        with pytest.raises(PhotoSearchError) as caught:
            library.exclude(pattern, on=pattern == "*")
        assert caught.value.code == "bad-pattern"


def test_a_file_that_is_left_out_is_not_even_read(library: Library, album: Path) -> None:
    draw(9).save(album / "winter" / "scan.png")
    library.exclude("*.png")
    assert index(library, album).seen == 6

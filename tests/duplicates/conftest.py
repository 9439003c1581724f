"""An album with copies, indexed without an encoder, and a trash of the test's own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from photosearch.library import Library
from photosearch.progress import Done
from tests.conftest import draw


@pytest.fixture(autouse=True)
def own_trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test touches the real trash."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    return tmp_path / "share" / "Trash"


def _draw_album(folder: Path) -> None:
    (folder / "copies").mkdir(parents=True)
    photos = [draw(number, (480, 360)) for number in range(4)]
    for number, photo in enumerate(photos):
        photo.save(folder / f"{number}.jpg", quality=92)
        os.utime(folder / f"{number}.jpg", ns=(10**18, 10**18 + number))
    photos[0].resize((240, 180)).save(folder / "copies" / "0 small.jpg", quality=80)
    (folder / "copies" / "1 copy.jpg").write_bytes((folder / "1.jpg").read_bytes())
    photos[2].transpose(Image.Transpose.ROTATE_90).resize((300, 400)).save(
        folder / "copies" / "2 turned.jpg", quality=80
    )


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `album` and its `library`, indexed where each test finds them (see `album`),
    and kept beside it."""
    place = tmp_path_factory.mktemp("duplicates") / "world"
    _draw_album(place / "album")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PHOTOSEARCH_RESOURCES", str(place))  # without encoders
        with Library(place / "library") as library:
            index(library, place / "album")
    shutil.copytree(place, place.with_name("kept"))
    return place


@pytest.fixture
def album(indexed: Path) -> Path:
    """A photo with a smaller copy, the same bytes twice, one turned by a quarter, and one alone;
    the same at every test, in the same place."""
    shutil.rmtree(indexed)
    shutil.copytree(indexed.with_name("kept"), indexed)
    return indexed / "album"


@pytest.fixture
def library(album: Path, children_end: None) -> Iterator[Library]:
    """The library of the album, indexed."""
    with Library(album.parent / "library") as opened:
        yield opened


def index(library: Library, *folders: Path) -> None:
    """An indexing run, to its end."""
    *_, last = library.index(list(folders))
    assert isinstance(last, Done)


def state_of(album: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and time of every file of an album, by its path in it."""
    return {
        str(file.relative_to(album)): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in sorted(album.rglob("*"))
        if file.is_file()
    }

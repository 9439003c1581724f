"""Previews: real children that decode real files, and files that are none."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PIL import Image, ImageOps

from photosearch.errors import PhotoSearchError
from photosearch.media.previews import KEPT, Preview, Previewer
from photosearch.media.thumbnails import write_whole
from photosearch.paths import printable
from photosearch.settings import Settings
from tests.conftest import draw
from tests.media.pictures import SAVERS, assert_one_line, difference, exif_of

pytestmark = pytest.mark.usefixtures("children_end")
needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")

BOX = (256, 256)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "previews"


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewer]:
    """One child for the tests that only decode."""
    folder = tmp_path_factory.mktemp("warm")
    previewer = Previewer(folder / "previews", Settings())
    draw(0).save(folder / "a.jpg")
    ask(previewer, folder / "a.jpg")  # so that no test's check for children finds a new one
    yield previewer
    previewer.close()


@pytest.fixture
def previewer(folder: Path) -> Iterator[Previewer]:
    previewer = Previewer(folder, Settings(file_seconds=2, max_megapixels=4, worker_gigabytes=1))
    yield previewer
    previewer.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "photo.jpg"
    draw(1, (600, 400)).save(file)
    return file


def ask(previewer: Previewer, file: Path, box: tuple[int, int] = BOX) -> Preview:
    """The preview of a file as it is now."""
    content = hashlib.blake2b(file.read_bytes(), digest_size=32).digest()
    return previewer.preview(content, bytes(file), box)


def picture(preview: Preview) -> Image.Image:
    """What a preview shows; its size must be the one that was said."""
    with Image.open(preview.file) as image:
        image.load()
    assert image.format == "PPM" and image.mode == "RGB"
    assert image.size == (preview.width, preview.height)
    return image


def refused(previewer: Previewer, path: Path | bytes, box: tuple[int, int] = BOX) -> str:
    """The code of the error with which a file is refused; it names the file."""
    path = os.fsencode(path)
    content = hashlib.blake2b(path, digest_size=32).digest()
    name = printable(Path(os.fsdecode(path)).name)
    with pytest.raises(PhotoSearchError) as caught:
        previewer.preview(content, path, box)
    assert_one_line(caught.value.what)
    assert caught.value.what.startswith(f"{name} cannot be shown: ")
    return caught.value.code


def child_of(previewer: Previewer) -> psutil.Process:
    assert previewer._reader is not None
    return psutil.Process(previewer._reader.child.process.pid)


# --- pixels


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format_", sorted(SAVERS))
def test_it_is_upright(format_: str, orientation: int, warm: Previewer, tmp_path: Path) -> None:
    file = tmp_path / f"a.{format_.lower()}"
    SAVERS[format_](draw(7, (400, 300)), file, exif_of({0x0112: orientation}))
    with Image.open(file) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    shown = picture(ask(warm, file, (1024, 1024)))
    assert difference(shown, upright) < 2
    small = picture(ask(warm, file, (128, 128)))
    assert small.size == ((128, 96) if orientation < 5 else (96, 128))
    assert difference(small, upright.resize(small.size, Image.Resampling.LANCZOS)) < 4


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_any_mode_is_shown_in_colours(mode: str, warm: Previewer, tmp_path: Path) -> None:
    image = draw(3, (150, 100)).convert("L" if mode == "I;16" else "RGB").convert(mode)
    image.save(tmp_path / "a.png")
    assert picture(ask(warm, tmp_path / "a.png")).size == (150, 100)


def test_what_is_transparent_is_white(warm: Previewer, tmp_path: Path) -> None:
    image = Image.new("RGBA", (100, 50), (255, 0, 0, 0))
    image.paste((0, 0, 255, 255), (0, 0, 50, 50))
    image.save(tmp_path / "a.png")
    shown = picture(ask(warm, tmp_path / "a.png"))
    assert shown.getpixel((25, 25)) == (0, 0, 255) and shown.getpixel((75, 25)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("size", "box", "shown"),
    [
        ((600, 400), (256, 256), (256, 171)),
        ((400, 600), (256, 256), (171, 256)),
        ((600, 400), (200, 130), (256, 171)),  # boxes are rounded up to 256 x 256
        ((600, 400), (1, 1), (128, 85)),
        ((600, 400), (-5, 0), (128, 85)),
        ((600, 400), (10**9, 10**9), (600, 400)),
        ((30, 20), (256, 256), (30, 20)),  # not made larger
        ((3000, 10), (256, 256), (256, 1)),
        ((1, 1), (256, 256), (1, 1)),
    ],
)
def test_it_fits_into_the_box(
    size: tuple[int, int],
    box: tuple[int, int],
    shown: tuple[int, int],
    warm: Previewer,
    tmp_path: Path,
) -> None:
    draw(1, size).save(tmp_path / "a.jpg")
    assert picture(ask(warm, tmp_path / "a.jpg", box)).size == shown


# --- the cache


def test_it_is_decoded_once(previewer: Previewer, photo: Path) -> None:
    content = b"\1" * 32
    first = previewer.preview(content, bytes(photo), (200, 200))
    kept = picture(first)
    draw(2, (600, 400)).save(photo)
    assert previewer.preview(content, bytes(photo), (256, 130)) == first
    photo.unlink()
    child_of(previewer).kill()
    assert previewer.preview(content, bytes(photo), (129, 256)) == first
    assert difference(picture(first), kept) == 0
    assert refused(previewer, photo, (512, 512)) in ("vanished", "crashed")
    assert refused(previewer, photo, (512, 512)) == "vanished"


def test_only_the_newest_are_kept(previewer: Previewer, photo: Path, folder: Path) -> None:
    first = previewer.preview(bytes(32), bytes(photo), BOX)
    os.utime(first.file, (1, 1))
    second = previewer.preview(b"\1" * 32, bytes(photo), BOX)
    os.utime(second.file, (2, 2))
    for number in range(2, KEPT + 1):
        if number == KEPT:
            assert previewer.preview(bytes(32), bytes(photo), BOX) == first  # looked at again
        previewer.preview(bytes([number]) * 32, bytes(photo), BOX)
        assert len(list(folder.iterdir())) <= KEPT
    assert first.file.exists() and not second.file.exists()
    assert picture(previewer.preview(b"\1" * 32, bytes(photo), BOX)).size == (256, 171)


def test_two_may_make_the_same_at_once(folder: Path, photo: Path) -> None:
    previewers = [Previewer(folder, Settings()) for _ in range(2)]
    failed: list[Exception] = []
    start = threading.Barrier(2)

    def work(previewer: Previewer) -> None:
        try:
            for number in range(60):
                start.wait(60)
                made = previewer.preview(bytes([number]) * 32, bytes(photo), BOX)
                start.wait(60)
                assert picture(made).size == (256, 171)
        except Exception as error:
            failed.append(error)
            start.abort()

    threads = [threading.Thread(target=work, args=(previewer,)) for previewer in previewers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for previewer in previewers:
        previewer.close()
    assert failed == []
    assert len(list(folder.iterdir())) == KEPT


def test_the_same_file_may_be_written_by_many_at_once(folder: Path) -> None:
    folder.mkdir()
    data = bytes(4_000_000)
    failed: list[OSError] = []

    def work() -> None:
        try:
            for _ in range(20):
                write_whole(folder / "file", data)
        except OSError as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert [file.stat().st_size for file in folder.iterdir()] == [len(data)]


def test_a_file_of_the_cache_that_is_none_is_made_again(
    previewer: Previewer, photo: Path, folder: Path
) -> None:
    made = ask(previewer, photo)
    made.file.rename(made.file.with_name(made.file.name.replace("@256x171", "@wide")))
    assert ask(previewer, photo) == made and picture(made)


# --- what cannot be shown


def png_head(width: int, height: int) -> bytes:
    """A PNG that says it is this large, and has next to nothing in it."""
    import struct
    import zlib

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


def cut(file: Path) -> None:
    draw(1, (600, 400)).save(file, "JPEG")
    file.write_bytes(file.read_bytes()[:2000])


BAD: dict[str, tuple[str, Callable[[Path], object]]] = {
    "text": ("undecodable", lambda file: file.write_text("no picture")),
    "empty": ("undecodable", lambda file: file.touch()),
    "cut": ("undecodable", cut),
    "bomb": ("undecodable", lambda file: file.write_bytes(png_head(50_000, 50_000))),
    "large": ("undecodable", lambda file: Image.new("1", (2001, 2001)).save(file, "PNG")),
    "gone": ("vanished", lambda file: None),
    "folder": ("vanished", lambda file: file.mkdir()),
    "pipe": ("vanished", os.mkfifo),
    "device": ("vanished", lambda file: file.symlink_to("/dev/zero")),
    "\N{SNOWMAN}\n\x1b[31m": ("undecodable", lambda file: file.touch()),
    "eps": ("undecodable", lambda file: draw(1).save(file, "EPS")),  # not on the list
}


@needs_signals
@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_shown_has_a_reason_and_the_next_is_shown(
    kind: str, tmp_path: Path, photo: Path, previewer: Previewer
) -> None:
    code, make = BAD[kind]
    file = tmp_path / f"{kind}.jpg"
    make(file)
    ask(previewer, photo)
    child = child_of(previewer)
    assert refused(previewer, file) == code
    assert picture(ask(previewer, photo, (512, 512))).size == (512, 341)
    assert child_of(previewer).pid == child.pid
    assert refused(previewer, file) == code  # what failed is not kept


def test_a_name_that_is_no_text(tmp_path: Path, previewer: Previewer) -> None:
    path = bytes(tmp_path) + b"/bad \xff\xfe.jpg"
    Path(os.fsdecode(path)).write_bytes(b"")
    assert refused(previewer, path) == "undecodable"


def test_a_file_larger_than_allowed(tmp_path: Path, folder: Path) -> None:
    previewer = Previewer(folder, Settings(max_photo_megabytes=1))
    file = tmp_path / "large.jpg"
    with file.open("wb") as out:
        out.truncate((1 << 20) + 1)
    assert refused(previewer, file) == "too-large"
    previewer.close()


@needs_signals
@pytest.mark.skipif(os.geteuid() == 0, reason="nobody forbids root to read a file")
def test_a_file_that_may_not_be_read(photo: Path, previewer: Previewer) -> None:
    photo.chmod(0)
    assert refused(previewer, photo) == "no-permission"


@needs_signals
def test_a_picture_that_takes_too_much_memory(tmp_path: Path, photo: Path, folder: Path) -> None:
    Image.new("1", (16_000, 16_000)).save(tmp_path / "hungry.png")
    previewer = Previewer(folder, Settings(worker_gigabytes=1))
    assert refused(previewer, tmp_path / "hungry.png") == "undecodable"
    assert picture(ask(previewer, photo)).size == (256, 171)
    previewer.close()


@needs_signals
def test_a_child_that_is_killed_costs_one_preview(photo: Path, previewer: Previewer) -> None:
    ask(previewer, photo)
    child = child_of(previewer)
    child.suspend()
    killer = threading.Thread(target=previewer.kill)
    killer.start()
    assert refused(previewer, photo) == "crashed"
    killer.join()
    assert picture(ask(previewer, photo, (512, 512)))
    assert child_of(previewer).pid != child.pid


@needs_signals
def test_a_child_that_hangs_costs_one_preview(photo: Path, previewer: Previewer) -> None:
    ask(previewer, photo)
    child = child_of(previewer)
    child.suspend()
    assert refused(previewer, photo) == "too-slow"
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
    assert picture(ask(previewer, photo, (512, 512)))


FULL = """
import resource, sys
from pathlib import Path
from photosearch.errors import PhotoSearchError
from photosearch.media.previews import Previewer
from photosearch.settings import Settings
previewer = Previewer(Path(sys.argv[1]), Settings())
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
for full in (True, False):
    try:
        print(previewer.preview(bytes(32), sys.argv[2].encode(), (256, 256)).width)
    except PhotoSearchError as error:
        print(error.code, error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10**9, resource.RLIM_INFINITY))
previewer.close()
"""


@needs_signals
def test_a_full_disk_is_said_and_leaves_nothing(photo: Path, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, folder, photo],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    said, then = done.stdout.splitlines()
    assert said.startswith("disk-full No space left to write") and then == "256"
    assert done.stderr == ""
    assert [file.suffix for file in folder.iterdir()] == [".ppm"]


def test_a_folder_that_cannot_be_made_is_an_error(photo: Path, folder: Path) -> None:
    folder.write_text("a file")
    previewer = Previewer(folder, Settings())
    with pytest.raises(PhotoSearchError) as caught:
        ask(previewer, photo)
    assert caught.value.code == "no-folder"
    folder.unlink()
    assert picture(ask(previewer, photo)).size == (256, 171)
    shutil.rmtree(folder)  # a cache: it may be removed at any time
    assert picture(ask(previewer, photo)).size == (256, 171)
    previewer.close()
    previewer.close()
    previewer.kill()

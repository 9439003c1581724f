"""RAW and JPEG of one shot, and a live photo's clip: one photo, of several files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from photosearch.errors import PhotoSearchError
from photosearch.library import Library
from photosearch.media.beside import clips, stills
from photosearch.media.previews import Previewer
from photosearch.progress import Done
from photosearch.removal import Moved, Planned, Refused
from tests.conftest import draw
from tests.media.pictures import exif_of

SHOT = "2019:06:06 07:29:51"  # when the RAW was taken, as it says itself


@pytest.fixture(autouse=True)
def own_trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    """A folder with `album` (a shot as JPEG and as RAW, and a photo of another day) and its
    `library`, indexed where each test finds them, and kept beside it."""
    place = tmp_path_factory.mktemp("items") / "world"
    (place / "album").mkdir(parents=True)
    jpeg(place / "album" / "IMG_1.JPG")
    raw = shared_data / "formats" / "raw" / "canon_eos_6d.dng"  # a real one with all of its picture
    shutil.copyfile(raw, place / "album" / "img_1.dng")
    jpeg(place / "album" / "IMG_2.JPG", "2020:01:01 10:00:00", 2)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PHOTOSEARCH_RESOURCES", str(place))  # without encoders
        with Library(place / "library") as library:
            index(library, place / "album")
    shutil.copytree(place, place.with_name("kept"))
    return place


@pytest.fixture
def album(indexed: Path) -> Path:
    """The album as it was indexed, in the same place at every test."""
    shutil.rmtree(indexed)
    shutil.copytree(indexed.with_name("kept"), indexed)
    return indexed / "album"


@pytest.fixture
def library(album: Path, children_end: None) -> Iterator[Library]:
    """The library of the album."""
    with Library(album.parent / "library") as opened:
        yield opened


def jpeg(file: Path, taken: str | None = SHOT, seed: int = 1) -> None:
    """A JPEG that says when it was taken."""
    tags = {} if taken is None else {int(ExifTags.Base.DateTimeOriginal): taken}
    draw(seed).save(file, "JPEG", exif=exif_of({}, dict(tags)))


def index(library: Library, *folders: Path) -> None:
    *_, done = library.index(list(folders))
    assert isinstance(done, Done) and done.failed == 0


def shown(library: Library) -> list[str]:
    """The names of the photos that are shown."""
    rows = library.photo_rows(library.photos())
    assert library.photo_count() == len(rows) == library.status().photos
    return sorted(os.fsdecode(os.path.basename(row.path)) for row in rows)


def row_of(library: Library, name: str) -> tuple[int, int, tuple[str, ...]]:
    """Id, stars and tags of a photo that is shown."""
    rows = library.photo_rows(library.photos())
    found = {os.path.basename(row.path): row for row in rows}[name.encode()]
    return found.photo_id, found.stars, found.tags


@pytest.mark.usefixtures("with_encoder")
def test_it_is_one_everywhere(library: Library, album: Path) -> None:
    assert shown(library) == ["IMG_1.JPG", "IMG_2.JPG"]
    for query, count in (("2019", 1), (f"in:{album}/", 2)):
        assert len(library.search(query).matches) == count, query
    facets = library.facets()
    assert [facet.count for facet in facets.folders] == [2]
    assert [facet.count for facet in facets.months] == [1] * 4, "two years, a month in each"
    assert list(library.duplicates.groups()) == []
    photo_id, _, _ = row_of(library, "IMG_1.JPG")
    assert (
        library.photo_at(album / "img_1.dng") == photo_id == library.photo_at(album / "IMG_1.JPG")
    )
    about = library.about(photo_id)
    assert about.files == ((os.fsencode(album / "IMG_1.JPG"), True),)
    assert about.beside == (os.fsencode(album / "img_1.dng"),)
    assert about.format == "JPEG", "what is cheap to show is shown"


def test_what_is_said_of_one_file_holds_for_both(library: Library, album: Path) -> None:
    raw = album / "img_1.dng"
    library.rate(raw, 4)
    library.tag(raw, "Rex")
    library.put_into_album([raw], "Best")
    assert row_of(library, "IMG_1.JPG")[1:] == (4, ("Rex",))
    assert library.albums() == {"Best": 1}
    (album / "IMG_1.JPG").unlink()
    index(library)
    assert shown(library) == ["IMG_2.JPG", "img_1.dng"]
    assert row_of(library, "img_1.dng")[1:] == (4, ("Rex",))
    assert library.albums() == {"Best": 1}
    jpeg(album / "IMG_1.JPG", SHOT, 7)  # developed anew
    index(library)
    assert shown(library) == ["IMG_1.JPG", "IMG_2.JPG"]
    assert row_of(library, "IMG_1.JPG")[1:] == (4, ("Rex",))


@pytest.mark.parametrize("first", ["IMG_1.JPG", "img_1.dng"])
def test_whatever_comes_first(tmp_path: Path, album: Path, first: str) -> None:
    new = tmp_path / "new"
    new.mkdir()
    shutil.copy2(album / first, new / first)
    with Library(tmp_path / "library") as library:
        index(library, new)
        assert shown(library) == [first]
        library.rate(new / first, 3)
        shutil.copytree(album, new, dirs_exist_ok=True)
        index(library)
        assert shown(library) == ["IMG_1.JPG", "IMG_2.JPG"]
        assert row_of(library, "IMG_1.JPG")[1] == 3


@pytest.mark.parametrize(
    ("taken", "one"), [(SHOT, True), (None, True), ("2019:06:06 07:29:58", False)]
)
def test_another_time_is_another_shot(
    library: Library, album: Path, taken: str | None, one: bool
) -> None:
    jpeg(album / "IMG_1.JPG", taken, 7)
    index(library)
    assert shown(library) == ["IMG_1.JPG", "IMG_2.JPG"] + ([] if one else ["img_1.dng"])


def test_names_folders_and_moves(library: Library, album: Path) -> None:
    raw, other = album / "img_1.dng", album / "raw"
    other.mkdir()
    library.rate(raw, 5)
    raw.rename(other / "img_1.dng")  # a folder of its own: two
    index(library)
    assert shown(library) == ["IMG_1.JPG", "IMG_2.JPG", "img_1.dng"]
    assert row_of(library, "IMG_1.JPG")[1] == 5
    (album / "IMG_1.JPG").rename(other / "IMG_1.JPG")
    index(library)
    assert shown(library) == ["IMG_1.JPG", "IMG_2.JPG"]
    (other / "img_1.dng").rename(other / "Rome.dng")
    (other / "IMG_1.JPG").rename(other / "rome.jpg")
    index(library)
    assert shown(library) == ["IMG_2.JPG", "rome.jpg"]
    assert row_of(library, "rome.jpg")[1] == 5
    (other / "rome.heic").write_bytes((other / "rome.jpg").read_bytes() + b"\0")  # which is it?
    index(library)
    assert shown(library) == ["IMG_2.JPG", "Rome.dng", "rome.heic", "rome.jpg"]


def test_a_library_of_the_time_before_is_paired_by_the_next_run(
    library: Library, album: Path
) -> None:
    with library.catalog.write() as connection:
        connection.exec_driver_sql("UPDATE files SET still = NULL, companion_of = NULL")
    assert len(shown(library)) == 3
    before = library.digest()
    index(library)
    assert len(shown(library)) == 2 and library.digest() != before


def test_a_broken_jpeg_leaves_the_raw_in_sight(library: Library, album: Path) -> None:
    (album / "new").mkdir()
    shutil.copyfile(album / "img_1.dng", album / "new" / "IMG_3.dng")
    (album / "new" / "IMG_3.JPG").write_bytes(b"no picture")
    list(library.index())
    assert shown(library) == ["IMG_1.JPG", "IMG_2.JPG", "IMG_3.dng"]


def test_the_trash_takes_all_of_it_or_nothing(library: Library, album: Path) -> None:
    files = {
        name: album / name
        for name in ("IMG_1.JPG", "img_1.dng", "img_1.xmp", "IMG_1.MOV", "img_1.dng.xmp")
    }
    for name in ("img_1.xmp", "IMG_1.MOV", "img_1.dng.xmp"):
        files[name].write_bytes(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    index(library)
    photo_id, _, _ = row_of(library, "IMG_1.JPG")
    assert {os.path.basename(path) for path in library.about(photo_id).beside} == {
        *(b"img_1.dng", b"img_1.dng.xmp", b"img_1.xmp", b"IMG_1.MOV")
    }
    before = {name: file.read_bytes() for name, file in files.items()}
    planned = library.trash_plan([photo_id])
    assert planned == library.trash_plan([files["img_1.dng"], files["IMG_1.JPG"]])
    assert [type(each) for each in planned] == [Planned, Planned]
    assert all(isinstance(each, Planned) and each.only for each in planned)

    files["img_1.dng"].write_bytes(before["img_1.dng"] + b"\0")  # changed, not indexed yet
    refused = list(library.trash([photo_id]))
    assert {type(each) for each in refused} == {Refused} and len(refused) == 2
    assert all(file.exists() for file in files.values())
    files["img_1.dng"].write_bytes(before["img_1.dng"])

    moved = list(library.trash([files["img_1.dng"]]))
    assert {each.path for each in moved} == {os.fsencode(file) for file in files.values()}
    assert {type(each) for each in moved} == {Moved}
    assert not any(file.exists() for file in files.values())
    assert shown(library) == ["IMG_2.JPG"]
    assert library.undo() == "move 1 photo to the trash"
    assert {name: file.read_bytes() for name, file in files.items()} == before
    assert shown(library) == ["IMG_1.JPG", "IMG_2.JPG"]
    index(library)
    assert shown(library) == ["IMG_1.JPG", "IMG_2.JPG"]


def test_a_move_that_fails_half_way_brings_the_first_half_back(
    library: Library, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from photosearch.media import trash

    real = trash.move_away

    def full(path: bytes, place: bytes) -> None:
        if path.endswith(b"JPG"):
            raise PhotoSearchError("disk-full", "The disk is full")
        real(path, place)

    monkeypatch.setattr(trash, "move_away", full)
    with pytest.raises(PhotoSearchError):
        list(library.trash([album / "IMG_1.JPG"]))
    assert (album / "IMG_1.JPG").exists() and (album / "img_1.dng").exists()
    assert shown(library) == ["IMG_1.JPG", "IMG_2.JPG"]


def test_copies_of_all_its_files_stay_together(
    library: Library, album: Path, tmp_path: Path
) -> None:
    clip = album / "IMG_1.mov"
    clip.write_bytes(b"film")
    photo_id, _, _ = row_of(library, "IMG_1.JPG")
    out = tmp_path / "out"
    out.mkdir()
    (out / "img_1.dng").write_bytes(b"another")
    previewer = Previewer(tmp_path / "previews", library.settings)
    for photo in (photo_id, album / "img_1.dng"):
        copies = library.export_photo(previewer, photo, out, None)
        assert [copy.suffix for copy in copies] == [".JPG", ".dng", ".mov"]
        assert len({copy.stem.lower() for copy in copies}) == 1
        assert copies[1].read_bytes() == (album / "img_1.dng").read_bytes()
    assert (out / "img_1.dng").read_bytes() == b"another"
    (copy,) = library.export_photo(previewer, album / "img_1.dng", out, 64)
    previewer.close()
    with Image.open(copy) as small, Image.open(album / "IMG_1.JPG") as whole:
        assert small.size == (64, round(64 * whole.height / whole.width))


def test_cleaning_up_copies_never_loses_the_raw(library: Library, album: Path) -> None:
    backup = album / "backup"
    backup.mkdir()
    for name in ("IMG_1.JPG", "img_1.dng"):
        shutil.copy2(album / name, backup / name)
    index(library)
    (group,) = library.duplicates.groups()
    going = os.fsdecode(group.others[0].file.path)
    keeping = os.fsdecode(group.file.path)
    moved = list(library.duplicates.remove(lambda _: True, ("duplicate",)))
    raws = {os.path.dirname(path): Path(path).with_name("img_1.dng") for path in (going, keeping)}
    assert {os.fsdecode(each.path) for each in moved if isinstance(each, Moved)} == {
        *(going, str(raws[os.path.dirname(going)]))
    }
    list(library.duplicates.undo())
    raws[os.path.dirname(keeping)].unlink()  # now the RAW beside the other is the only one
    index(library)
    (refused,) = library.duplicates.remove(lambda _: True, ("duplicate",))
    assert isinstance(refused, Refused) and "img_1.dng" in refused.why
    assert Path(going).exists() and raws[os.path.dirname(going)].exists()


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        ("a.jpg a.cr2", "a.cr2:a.jpg"),
        ("A.JPG a.CR2 b.nef", "a.CR2:A.JPG"),
        ("a.heic a.dng a.mov a.xmp", "a.dng:a.heic"),
        ("a.jpg a.heic a.dng", ""),
        ("a.jpg a.cr2 a.dng", ""),
        ("a.png a.cr2", ""),
        ("a.b.jpg a.cr2", ""),
    ],
)
def test_one_raw_and_one_picture_of_a_name(names: str, pairs: str) -> None:
    wanted = [pair.split(b":") for pair in pairs.encode().split()]
    assert stills(names.encode().split()) == dict(wanted)


def test_clips_are_called_like_their_still(tmp_path: Path) -> None:
    for name in ("a.heic", "a.MOV", "a.mp4", "b.MOV"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "a.mov").symlink_to("b.MOV")
    found = clips(os.fsencode(tmp_path / "a.heic"))
    assert found == [os.fsencode(tmp_path / name) for name in ("a.MOV", "a.mp4")]

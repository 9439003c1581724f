"""Indexing runs over real folders: what is new is read once, and nothing the disk does loses
anything."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PIL import Image

from photosearch.errors import PhotoSearchError
from photosearch.indexing.run import one_indexer
from photosearch.library import Library
from photosearch.progress import Done, Event, FileFailed, Note, Progress
from tests.conftest import draw


@pytest.fixture
def library(tmp_path: Path, children_end: None) -> Iterator[Library]:
    with Library(tmp_path / "library") as opened:
        yield opened


def index(library: Library, *folders: Path) -> tuple[Done, list[Event]]:
    events = list(library.index(list(folders)))
    assert isinstance(events[-1], Done)
    return events[-1], events


def present(library: Library) -> int:
    return sum(count for _, count, _ in library.roots())


def notes(events: list[Event]) -> list[str]:
    return [event.code for event in events if isinstance(event, Note)]


def test_without_an_encoder_everything_else_is_done(library: Library, album: Path) -> None:
    done, events = index(library, album)
    assert (done.seen, done.new, done.failed) == (6, 6, 0)
    assert notes(events) == ["no-encoder"]
    digest = library.digest()
    assert (digest.photos, digest.files, digest.vector_count) == (6, 6, 0)
    with pytest.raises(PhotoSearchError, match="models download") as caught:
        library.search("a cat")
    assert caught.value.code == "no-encoder"


def test_an_encoder_that_comes_later_fills_only_what_is_missing(
    library: Library, album: Path, tiny_encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(library, album)
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", str(tiny_encoder))
    done, _ = index(library)
    assert (done.seen, done.new, done.failed) == (6, 0, 0)
    assert library.digest().vector_count == 6
    assert len(library.search("anything", 10).matches) == 6


def test_a_second_run_finds_nothing_to_do(
    library: Library, album: Path, with_encoder: Path
) -> None:
    index(library, album)
    before = library.digest()
    done, _ = index(library)
    assert (done.seen, done.new, done.failed) == (6, 0, 0)
    assert library.digest() == before


def test_a_moved_photo_keeps_its_words_and_its_vector(
    library: Library, album: Path, with_encoder: Path
) -> None:
    index(library, album)
    photo = album / "winter" / "0.jpg"
    library.rate(photo, 5)
    with library.catalog.read() as connection:
        stored = connection.exec_driver_sql("SELECT seq, photo_id FROM vectors").all()
    moved = album / "summer" / "renamed.jpg"
    photo.rename(moved)
    index(library)
    with library.catalog.read() as connection:
        assert connection.exec_driver_sql("SELECT seq, photo_id FROM vectors").all() == stored
        stars = connection.exec_driver_sql("SELECT stars FROM ratings").scalars().all()
    assert stars == [5]
    assert str(moved) in [match.path for match in library.search("anything", 10).matches]


def test_a_folder_renamed_away_and_back_loses_nothing(
    library: Library, album: Path, with_encoder: Path
) -> None:
    index(library, album)
    library.rate(album / "summer" / "1.jpg", 4)
    before = library.digest()
    (album / "summer").rename(album.parent / "elsewhere")
    done, _ = index(library)
    assert done.seen == 3 and present(library) == 3
    assert len(library.search("anything", 10).matches) == 3
    (album.parent / "elsewhere").rename(album / "summer")
    done, _ = index(library)
    assert (done.seen, done.new) == (6, 0)
    assert library.digest() == before
    assert len(library.search("anything", 10).matches) == 6


def test_a_root_renamed_away_is_left_alone(
    library: Library, album: Path, with_encoder: Path
) -> None:
    index(library, album)
    before = library.digest()
    album.rename(album.parent / "unplugged")
    done, events = index(library)
    assert notes(events) == ["unreachable"] and done.seen == 0
    assert library.digest() == before
    assert len(library.search("anything", 10).matches) == 6
    (album.parent / "unplugged").rename(album)
    done, _ = index(library)
    assert (done.seen, done.new) == (6, 0)
    assert library.digest() == before


def test_the_empty_place_of_an_unplugged_disk_is_not_an_empty_disk(
    library: Library, album: Path
) -> None:
    index(library, album)
    with library.catalog.write() as connection:  # as if a disk had been mounted there
        connection.exec_driver_sql("UPDATE roots SET mounted = 1")
    for folder in ("summer", "winter"):
        shutil.rmtree(album / folder)
    _, events = index(library)
    assert "unreachable" in notes(events) and present(library) == 6
    library.relocate_root(album, album)  # the user says that the folder itself is meant
    done, events = index(library)
    assert done.seen == 0 and "no-photos" in notes(events)
    assert present(library) == 0


def test_changed_metadata_keeps_the_rating(library: Library, album: Path) -> None:
    index(library, album)
    photo = album / "winter" / "2.jpg"
    library.rate(photo, 3)
    library.tag(photo, "skiing")
    exif = Image.Exif()
    exif[0x010E] = "grandma on the slope"
    exif[0x0112] = 6  # and turned by a viewer, which changes only this tag
    write_metadata(photo, exif)
    done, _ = index(library)
    assert done.new == 1
    words = library.export()
    changed = {row["photo"] for row in words["ratings"]}
    assert len(changed) == 2  # the old content keeps its words, the new one has them too
    assert {row["photo"] for row in words["tags"]} == changed


def write_metadata(photo: Path, exif: Image.Exif) -> None:
    """Put an EXIF block in a JPEG and leave its picture data as they are."""
    block = b"Exif\0\0" + exif.tobytes().removeprefix(b"Exif\0\0")
    data = photo.read_bytes()
    head = b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block
    photo.write_bytes(data[:2] + head + data[2:])


def test_a_photo_turned_in_place_keeps_its_rating(library: Library, album: Path) -> None:
    index(library, album)
    photo = album / "winter" / "2.jpg"
    library.rate(photo, 3)
    with Image.open(photo) as image:
        image.transpose(Image.Transpose.ROTATE_90).save(photo, quality=85)
    index(library)
    assert len(library.export()["ratings"]) == 2


def stars(library: Library, photo: Path) -> list[int]:
    """The rating of the photo that a file holds now."""
    with library.catalog.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT stars FROM ratings JOIN files USING (photo_id) WHERE name = ?",
            (os.fsencode(photo.name),),
        )
        return [row[0] for row in rows]


def test_an_edit_taken_back_has_the_newest_words(library: Library, album: Path) -> None:
    index(library, album)
    photo = album / "winter" / "2.jpg"
    original = photo.read_bytes()
    library.rate(photo, 2)
    write_metadata(photo, Image.Exif())
    index(library)
    assert stars(library, photo) == [2]
    library.rate(photo, 5)
    photo.write_bytes(original)
    index(library)
    assert stars(library, photo) == [5]


def test_undo_reaches_the_photo_that_inherited_the_word(library: Library, album: Path) -> None:
    index(library, album)
    photo = album / "winter" / "2.jpg"
    library.rate(photo, 2)
    write_metadata(photo, Image.Exif())
    index(library)
    library.undo()
    assert stars(library, photo) == [] and library.export()["ratings"] == []


def test_a_file_caught_half_written_keeps_its_words(library: Library, album: Path) -> None:
    index(library, album)
    photo = album / "winter" / "2.jpg"
    library.rate(photo, 4)
    whole = photo.read_bytes()
    photo.write_bytes(whole[: len(whole) // 2])
    done, _ = index(library)
    assert done.failed == 1 and stars(library, photo) == [4]
    photo.write_bytes(whole[:20] + whole[20:] + b"\0")  # the same picture in other bytes
    done, _ = index(library)
    assert done.failed == 0 and stars(library, photo) == [4]


def test_another_picture_at_the_same_path_starts_clean(library: Library, album: Path) -> None:
    index(library, album)
    photo = album / "winter" / "2.jpg"
    library.rate(photo, 3)
    draw(99).save(photo)
    index(library)
    with library.catalog.read() as connection:
        rated = connection.exec_driver_sql(
            "SELECT count(*) FROM ratings JOIN files USING (photo_id)"
        ).scalar()
    assert rated == 0
    assert len(library.export()["ratings"]) == 1


def test_bad_files_are_listed_with_reasons_and_stop_nothing(
    library: Library, album: Path, with_encoder: Path
) -> None:
    (album / "text.jpg").write_text("this is no picture")
    (album / "empty.png").touch()
    whole = (album / "winter" / "0.jpg").read_bytes()
    (album / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (album / "notes.txt").write_text("not looked at")
    done, events = index(library, album)
    assert (done.seen, done.new, done.failed) == (9, 9, 3)
    failed = {Path(e.path).name: e.reason for e in events if isinstance(e, FileFailed)}
    assert set(failed) == {"text.jpg", "empty.png", "cut.jpg"}
    assert failed["empty.png"] == "the file is empty"
    assert "not a picture" in failed["text.jpg"] and "truncated" in failed["cut.jpg"]
    done, _ = index(library)
    assert (done.seen, done.new, done.failed) == (9, 0, 3)  # still named, not read again
    (album / "cut.jpg").write_bytes(whole)
    done, _ = index(library)
    assert (done.new, done.failed) == (1, 2)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that cannot be read")
def test_a_file_that_cannot_be_read_is_tried_again_in_every_run(
    library: Library, album: Path
) -> None:
    (album / "bad-sector.jpg").symlink_to("/proc/self/mem")  # opens, but reading it is an I/O error
    for new in (6, 0):
        done, events = index(library, album)
        assert (done.seen, done.new, done.failed) == (7, new, 1)
        (failed,) = [event for event in events if isinstance(event, FileFailed)]
        assert failed.path.endswith("bad-sector.jpg") and "Input/output error" in failed.reason
    (album / "bad-sector.jpg").unlink()
    draw(60).save(album / "bad-sector.jpg")
    done, _ = index(library)
    assert (done.seen, done.new, done.failed) == (7, 1, 0)


def test_an_encoder_that_cannot_be_loaded_is_named_and_stops_nothing_else(
    library: Library,
    album: Path,
    tiny_encoder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(tiny_encoder, broken)
    (broken / "open_clip_model.safetensors").write_bytes(b"not weights")
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", str(broken))
    done, events = index(library, album)
    assert notes(events) == ["encoder-failed"]
    assert (done.new, done.failed) == (6, 0)
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", str(tiny_encoder))
    index(library)
    assert library.digest().vector_count == 6


def test_copies_are_one_photo_with_several_paths(
    library: Library, album: Path, with_encoder: Path
) -> None:
    shutil.copy(album / "winter" / "0.jpg", album / "copy.jpg")
    index(library, album)
    digest = library.digest()
    assert (digest.photos, digest.files, digest.vector_count) == (6, 7, 6)
    matches = library.search("anything", 10).matches
    assert len(matches) == 6
    assert sorted(len(match.other_paths) for match in matches) == [0, 0, 0, 0, 0, 1]


def test_a_second_indexer_is_refused(library: Library, album: Path) -> None:
    with (
        one_indexer(library.folder),
        pytest.raises(PhotoSearchError, match="indexed already") as caught,
    ):
        index(library, album)
    assert caught.value.code == "indexer-running"
    index(library, album)


def test_a_folder_inside_a_root_is_scanned_as_a_part_of_it(library: Library, album: Path) -> None:
    index(library, album)
    draw(50).save(album / "summer" / "new.jpg")
    draw(51).save(album / "winter" / "new.jpg")
    done, _ = index(library, album / "summer")
    assert (done.seen, done.new) == (4, 1)  # what is new elsewhere in the root waits
    assert [path for path, _, _ in library.roots()] == [str(album)]


def test_a_root_around_a_root_leaves_its_files_to_it(library: Library, album: Path) -> None:
    index(library, album / "summer")
    draw(50).save(album / "summer" / "new.jpg")
    done, _ = index(library, album)
    assert (done.seen, done.new) == (7, 4)  # the root inside is scanned too
    assert [count for _, count, _ in library.roots()] == [3, 4]
    assert library.digest().files == 7


def test_overlapping_and_linked_folders_count_once(library: Library, album: Path) -> None:
    (album.parent / "link").symlink_to(album)
    done, _ = index(library, album, album / "summer", album)
    assert done.seen == 6
    done, _ = index(library, album.parent / "link")
    assert (done.seen, done.new) == (6, 0) and len(library.roots()) == 1


def test_problems_elsewhere_in_the_root_are_not_counted(library: Library, album: Path) -> None:
    (album / "winter" / "bad.jpg").write_text("no picture")
    index(library, album)
    done, _ = index(library, album / "summer")
    assert (done.seen, done.failed) == (3, 0)


def test_a_root_that_goes_away_in_mid_run_is_said(library: Library, album: Path) -> None:
    events = library.index([album])
    seen = [next(events)]
    while not (isinstance(seen[-1], Progress) and seen[-1].stage == "read"):
        seen.append(next(events))
    album.rename(album.parent / "away")
    seen += list(events)
    assert "vanished" in notes(seen)
    (album.parent / "away").rename(album)
    done, _ = index(library)
    assert (done.new, done.failed) == (6, 0)


def test_an_encoder_that_dies_costs_no_photo_for_good(
    library: Library, album: Path, tiny_encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", str(tiny_encoder))
    events = library.index([album])
    for event in events:
        if isinstance(event, Progress) and event.stage == "encode":
            break
    me = psutil.Process()
    killed = [p for p in me.children(recursive=True) if "spawn_main" in " ".join(p.cmdline())]
    for process in killed:
        process.kill()
    rest = list(events)
    assert isinstance(rest[-1], Done)
    done, _ = index(library)
    assert done.failed == 0 and library.digest().vector_count == 6


def test_a_damaged_index_is_made_again(library: Library, album: Path, with_encoder: Path) -> None:
    index(library, album)
    file = library.vectors_folder / "tiny.faiss"
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    index(library)
    assert file.read_bytes() == whole


def test_a_library_inside_the_album_is_no_album(album: Path) -> None:
    (album.parent / "link").symlink_to(album)
    for place in (album / "library", album.parent / "link" / "other"):
        with Library(place) as library:
            index(library, album)
            done, _ = index(library)
            assert done.seen == 6


def test_lost_thumbnails_are_made_again(library: Library, album: Path) -> None:
    index(library, album)
    before = library.digest()
    thumbnails = sorted((library.folder / "thumbnails").rglob("*.jpg"))
    assert len(thumbnails) == 6
    shutil.rmtree(library.folder / "thumbnails")
    done, _ = index(library)
    assert done.new == 0
    assert sorted((library.folder / "thumbnails").rglob("*.jpg")) == thumbnails
    assert library.digest() == before


def test_a_lost_index_is_made_again_from_the_catalog(
    library: Library, album: Path, with_encoder: Path
) -> None:
    index(library, album)
    before = [match.path for match in library.search("anything", 10).matches]
    shutil.rmtree(library.vectors_folder)
    index(library)
    with Library(library.folder) as again:
        assert [match.path for match in again.search("anything", 10).matches] == before
    assert (library.vectors_folder / "tiny.json").is_file()


def test_a_name_that_is_not_text_is_indexed(library: Library, album: Path) -> None:
    odd = os.fsencode(album) + b"/\xff\xfe\n.jpg"
    with open(odd, "wb") as file:
        file.write((album / "winter" / "0.jpg").read_bytes() + b"\0")
    done, _ = index(library, album)
    assert (done.new, done.failed) == (7, 0)
    library.rate(Path(os.fsdecode(odd)), 5)
    assert len(library.export()["ratings"]) == 1


def test_originals_are_never_written(library: Library, album: Path, with_encoder: Path) -> None:
    def state() -> dict[str, tuple[bytes, int]]:
        return {
            str(file): (file.read_bytes(), file.stat().st_mtime_ns)
            for file in album.rglob("*")
            if file.is_file()
        }

    before = state()
    index(library, album)
    library.rate(album / "winter" / "0.jpg", 5)
    library.similar([album / "winter" / "0.jpg"], 3)
    library.undo()
    assert state() == before

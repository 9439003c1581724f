"""Cleaning up an album for real: what is found, what is moved, what comes back."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from PIL import Image, ImageEnhance

from photosearch.catalog import removals
from photosearch.duplicates.groups import Group
from photosearch.duplicates.kinds import DUPLICATE, EDITED_COPY, KINDS
from photosearch.errors import PhotoSearchError
from photosearch.library import Library
from photosearch.media import trash
from photosearch.removal import Moved, Refused
from tests.conftest import draw
from tests.duplicates.conftest import index, state_of


def names(library: Library, *kinds: str) -> dict[str, list[str]]:
    """The groups: the name of what is kept, and those of the others."""
    return {
        os.fsdecode(os.path.basename(group.file.path)): [
            os.fsdecode(os.path.basename(other.file.path)) for other in group.others
        ]
        for group in library.duplicates.groups(kinds or KINDS)
    }


def everything(_: Group) -> bool:
    return True


def remove(library: Library) -> tuple[set[str], dict[str, str]]:
    """Remove all that can be: names of what was moved, and reasons of what was not."""
    results = list(library.duplicates.remove(everything, KINDS))
    moved = {os.fsdecode(os.path.basename(r.path)) for r in results if isinstance(r, Moved)}
    stay = {os.fsdecode(os.path.basename(r.path)): r.why for r in results if isinstance(r, Refused)}
    return moved, stay


def undo(library: Library) -> tuple[int, list[Refused]]:
    results = list(library.duplicates.undo())
    refused = [result for result in results if isinstance(result, Refused)]
    return len(results) - len(refused), refused


COPIES = {"0 small.jpg", "1 copy.jpg", "2 turned.jpg"}


def test_copies_are_found_by_indexing_alone(library: Library) -> None:
    assert names(library) == {
        "0.jpg": ["0 small.jpg"],
        "1.jpg": ["1 copy.jpg"],
        "2.jpg": ["2 turned.jpg"],
    }
    groups = {os.path.basename(group.file.path): group for group in library.duplicates.groups()}
    assert {group.kind for group in groups.values()} == {DUPLICATE}
    assert groups[b"0.jpg"].reasons[0] == "the most pixels (480 × 360)"
    assert [other.why for group in groups.values() for other in group.others] == [
        "the same picture",
        "the same bytes",
        "the same picture, turned by a quarter",
    ]
    assert len(library.search("is:duplicate").matches) == 5


def test_what_was_compared_is_not_compared_again(
    library: Library, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = library.digest()
    index(library)
    assert library.digest() == before
    draw(0, (480, 360)).save(album / "0 again.png")
    asked: list[tuple[int, ...]] = []
    from photosearch.duplicates import stage

    real = stage._hash_tasks

    def noted(parts: stage.Parts, known: object, batch: list[int]) -> object:
        asked.append(tuple(batch))
        return real(parts, known, batch)  # type: ignore[arg-type]

    monkeypatch.setattr(stage, "_hash_tasks", noted)
    index(library)
    assert [len(batch) for batch in asked] == [1]
    assert {"0 small.jpg", "0 again.png", "0.jpg"} in [
        {keep, *others} for keep, others in names(library).items()
    ]


def test_the_same_picture_edited_is_another_kind(library: Library, album: Path) -> None:
    photo = draw(3, (480, 360))
    photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(album / "mirrored.jpg")
    ImageEnhance.Brightness(photo).enhance(0.6).save(album / "dark.jpg")
    photo.convert("L").save(album / "grey.jpg")
    index(library)
    found = {
        os.fsdecode(os.path.basename(other.file.path)): other.why
        for group in library.duplicates.groups([EDITED_COPY])
        for other in group.others
        if group.file.path.endswith(b"/3.jpg")
    }
    assert found == {
        "mirrored.jpg": "mirrored",
        "dark.jpg": "other brightness or colours",
        "grey.jpg": "without colours",
    }
    assert "3.jpg" not in names(library, DUPLICATE)


def test_a_plan_changes_nothing(library: Library, album: Path) -> None:
    before, digest = state_of(album), library.digest()
    planned = list(library.duplicates.plan(everything, KINDS))
    assert {os.fsdecode(os.path.basename(each.path)) for each in planned} == COPIES
    assert state_of(album) == before and library.digest() == digest


def test_near_a_file_the_groups_are_those_among_all(library: Library) -> None:
    everywhere = library.duplicates.groups()
    assert len(everywhere) == 3
    for group in everywhere:
        keep = Path(os.fsdecode(group.file.path))
        assert library.duplicates._chosen(everything, KINDS, keep)[0] == [group]


def test_removed_files_come_back_with_bytes_times_and_words(
    library: Library, album: Path, own_trash: Path
) -> None:
    library.rate(album / "copies" / "0 small.jpg", 5)
    library.favourite(album / "copies" / "0 small.jpg")
    library.tag(album / "copies" / "2 turned.jpg", "kids")
    library.tag(album / "2.jpg", "beach")
    with library.catalog.write() as connection:  # a machine's tags are no words to take over
        connection.exec_driver_sql(
            "INSERT INTO tags (photo_id, name, source) SELECT id, 'machine', 'classifier'"
            " FROM photos WHERE width < 400"
        )
    before, words = state_of(album), library.export()
    assert remove(library) == (COPIES, {})
    assert sorted(state_of(album)) == ["0.jpg", "1.jpg", "2.jpg", "3.jpg"]
    assert {file.name for file in (own_trash / "files").iterdir()} == COPIES
    assert len(list((own_trash / "info").iterdir())) == 3
    assert names(library) == {}
    rows = {Path(os.fsdecode(row.path)).name: row for row in library.photo_rows(library.photos())}
    assert (rows["0.jpg"].stars, rows["0.jpg"].favourite) == (5, True)
    assert set(rows["2.jpg"].tags) == {"beach", "kids"}
    index(library)
    assert undo(library) == (3, [])
    assert state_of(album) == before
    after = library.export()
    assert {**after, "exported_at": 0} == {**words, "exported_at": 0}
    assert list((own_trash / "files").iterdir()) == list((own_trash / "info").iterdir()) == []
    assert len(names(library)) == 3
    assert undo(library) == (0, [])


def test_undo_leaves_what_was_said_since(library: Library, album: Path) -> None:
    library.rate(album / "copies" / "0 small.jpg", 5)
    remove(library)
    library.rate(album / "0.jpg", 2)
    undo(library)
    rows = {Path(os.fsdecode(row.path)).name: row for row in library.photo_rows(library.photos())}
    assert (rows["0.jpg"].stars, rows["0 small.jpg"].stars) == (2, 5)


def test_the_user_says_what_to_keep_and_what_is_no_duplicate(library: Library, album: Path) -> None:
    library.duplicates.keep(album / "copies" / "0 small.jpg")
    library.duplicates.keep(album / "copies" / "1 copy.jpg")
    library.duplicates.reject(album / "2.jpg", album / "copies" / "2 turned.jpg")
    assert names(library) == {"0 small.jpg": ["0.jpg"], "1 copy.jpg": ["1.jpg"]}
    with pytest.raises(PhotoSearchError) as caught:
        library.duplicates.reject(album / "1.jpg", album / "copies" / "1 copy.jpg")
    assert caught.value.code == "same-bytes"
    for _ in range(3):
        assert library.undo() is not None
    assert set(names(library)) == {"0.jpg", "1.jpg", "2.jpg"}


def test_rules_are_put_in_order_by_the_user(library: Library) -> None:
    library.duplicates.set_rules(["in:copies"])
    assert set(names(library)) == COPIES
    library.duplicates.set_rules(["-in:copies", "age"])
    assert set(names(library)) == {"0.jpg", "1.jpg", "2.jpg"}
    assert library.duplicates.rules()[:3] == ("-in:copies", "age", "liked")
    with pytest.raises(PhotoSearchError) as caught:
        library.duplicates.set_rules(["beauty"])
    assert caught.value.code == "unknown-rule"
    library.undo()
    assert set(names(library)) == COPIES


def test_nothing_of_a_protected_folder_is_moved(
    library: Library, album: Path, tmp_path: Path
) -> None:
    library.duplicates.protect(album / "copies")
    library.duplicates.set_rules(["resolution"])
    before = state_of(album / "copies")
    remove(library)
    assert state_of(album / "copies") == before
    assert (album / "3.jpg").exists()
    undo(library)
    moved = tmp_path / "moved"
    album.rename(moved)
    library.relocate_root(album, moved)
    assert library.duplicates.protected() == (str(moved / "copies"),)


def test_what_changed_since_it_was_indexed_stays(library: Library, album: Path) -> None:
    (album / "copies" / "0 small.jpg").write_bytes(b"something else")
    (album / "1.jpg").write_bytes(b"what was to be kept is gone")
    (album / "2.jpg").unlink()
    before = state_of(album)
    moved, stay = remove(library)
    assert moved == set() and stay.keys() == COPIES
    assert state_of(album) == before


def test_another_name_of_the_kept_file_stays(library: Library, album: Path) -> None:
    small = album / "copies" / "1 copy.jpg"
    small.unlink()
    os.link(album / "1.jpg", small)
    index(library)
    assert remove(library)[1] == {"1 copy.jpg": "it is the kept file by another name"}


def test_a_half_of_a_motion_photo_stays(library: Library, album: Path) -> None:
    (album / "copies" / "0 small.mov").write_bytes(b"film")
    assert "motion photo" in remove(library)[1]["0 small.jpg"]


def test_raw_and_jpeg_of_one_shot_are_never_offered(library: Library, album: Path) -> None:
    draw(5, (480, 360)).save(album / "5.jpg")
    draw(5, (480, 360)).save(album / "5.png")
    index(library)
    assert "5.png" in names(library) or "5.jpg" in names(library)
    with library.catalog.write() as connection:  # RAW files with a picture are large
        connection.exec_driver_sql("UPDATE photos SET format = 'RAW' WHERE format = 'PNG'")
    assert names(library).keys() == {"0.jpg", "1.jpg", "2.jpg"}


def test_what_was_kept_for_another_is_not_removed_later(library: Library, album: Path) -> None:
    remove(library)  # 0.jpg is kept for "0 small.jpg"
    draw(0, (480, 360)).resize((960, 720)).save(album / "0 large.png")
    index(library)
    with library.catalog.write() as connection:  # as if the two were never compared
        connection.exec_driver_sql(
            "DELETE FROM pairs WHERE photo_a IN (SELECT id FROM photos WHERE width = 240)"
            " OR photo_b IN (SELECT id FROM photos WHERE width = 240)"
        )
    assert "was kept for a photo that is removed" in remove(library)[1]["0.jpg"]
    assert (album / "0.jpg").exists()


def test_what_is_kept_may_give_way_to_what_is_verified_for_all(
    library: Library, album: Path
) -> None:
    remove(library)
    draw(0, (480, 360)).resize((960, 720)).save(album / "0 large.png")
    index(library)
    assert remove(library)[0] == {"0.jpg"}
    assert undo(library)[0] == 1
    assert undo(library)[0] == 3
    assert (album / "copies" / "0 small.jpg").exists()


# --- what goes wrong ---


def test_cut_off_before_the_move_nothing_has_happened(
    library: Library, album: Path, monkeypatch: pytest.MonkeyPatch, own_trash: Path
) -> None:
    before = state_of(album)

    def die(_: bytes, __: bytes) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(trash, "move_away", die)
        remove(library)
    assert state_of(album) == before
    assert undo(library) == (0, [])
    assert remove(library) == (COPIES, {})
    assert undo(library)[0] == 3
    assert state_of(album) == before


def test_cut_off_after_the_move_it_is_known_and_comes_back(
    library: Library, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state_of(album)
    real = trash.move_away

    def move_and_die(path: bytes, place: bytes) -> None:
        real(path, place)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(trash, "move_away", move_and_die)
        remove(library)
    assert len(state_of(album)) == len(before) - 1
    assert undo(library) == (1, [])
    assert state_of(album) == before


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_trash_that_takes_nothing_is_said_in_a_line(
    library: Library, album: Path, monkeypatch: pytest.MonkeyPatch, code: int, own_trash: Path
) -> None:
    before = state_of(album)
    real = os.fsync

    def fails(descriptor: int) -> None:
        if ".trashinfo" in os.readlink(f"/proc/self/fd/{descriptor}"):
            raise OSError(code, os.strerror(code))
        real(descriptor)

    with monkeypatch.context() as patched, pytest.raises(PhotoSearchError) as caught:
        patched.setattr(os, "fsync", fails)
        remove(library)
    assert caught.value.code == ("disk-full" if code == errno.ENOSPC else "no-trash")
    assert state_of(album) == before
    assert list((own_trash / "info").iterdir()) == []
    assert undo(library) == (0, [])


def test_no_trash_at_all_is_said_in_a_line(library: Library, album: Path, own_trash: Path) -> None:
    own_trash.parent.mkdir()
    own_trash.write_text("a file where the trash should be")
    before = state_of(album)
    with pytest.raises(PhotoSearchError) as caught:
        remove(library)
    assert caught.value.code == "no-trash" and state_of(album) == before


def test_an_emptied_trash_is_said_file_by_file(
    library: Library, album: Path, own_trash: Path
) -> None:
    remove(library)
    (own_trash / "files" / "0 small.jpg").unlink()
    count, refused = undo(library)
    assert count == 2 and "not in the trash any more" in refused[0].why
    assert (album / "copies" / "1 copy.jpg").exists()


def test_what_stands_in_the_way_is_not_written_over(library: Library, album: Path) -> None:
    remove(library)
    (album / "copies" / "0 small.jpg").write_text("mine")
    count, refused = undo(library)
    assert count == 2 and "another file of that name" in refused[0].why
    assert (album / "copies" / "0 small.jpg").read_text() == "mine"
    (album / "copies" / "0 small.jpg").unlink()
    assert undo(library) == (1, [])


def test_a_folder_that_is_gone_is_made_again(library: Library, album: Path) -> None:
    before = state_of(album)
    remove(library)
    (album / "copies").rmdir()
    assert undo(library) == (3, [])
    assert state_of(album) == before


def test_the_journal_says_what_became_of_every_file(library: Library) -> None:
    remove(library)
    undo(library)
    with library.catalog.read() as connection:
        rows = removals.in_state(connection, removals.RESTORED)
    assert {os.fsdecode(os.path.basename(row.path)) for row in rows} == COPIES

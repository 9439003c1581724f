"""The walk: what it lists, in which order, and what it survives."""

from __future__ import annotations

import os
import shutil
import socket
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosearch.media.walk import Folder, join, walk

FAR_FUTURE = 10_000_000_000 * 10**9  # nanoseconds: the year 2286, which ext4 can store


def put(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")


def listed(root: Path, start: bytes = b"") -> list[bytes]:
    """The relative paths of all files that a walk lists, in its order."""
    return [
        join(folder.path, entry.name)
        for folder in walk(bytes(root), start)
        for entry in folder.entries
    ]


def folders(root: Path) -> list[bytes]:
    return [folder.path for folder in walk(bytes(root))]


# --- what is listed


def test_parents_come_first_and_names_in_byte_order(tmp_path: Path) -> None:
    put(tmp_path, "b/2.jpg", "b/10.jpg", "b/c/1.jpg", "a/1.jpg", "B/1.jpg", "é/1.jpg", "z.jpg")
    assert folders(tmp_path) == [b"", b"B", b"a", b"b", b"b/c", "é".encode()]
    assert listed(tmp_path) == [
        b"z.jpg",
        b"B/1.jpg",
        b"a/1.jpg",
        b"b/10.jpg",
        b"b/2.jpg",
        b"b/c/1.jpg",
        "é/1.jpg".encode(),
    ]


def test_only_names_of_picture_formats_are_listed_in_any_case(tmp_path: Path) -> None:
    put(tmp_path, "a.JPG", "b.Heic", "c.txt", "d.mp4", "e", "f.jpg.part", "g.tiff", "h.AVIF")
    assert listed(tmp_path) == [b"a.JPG", b"b.Heic", b"g.tiff", b"h.AVIF"]


def test_an_entry_says_what_the_file_system_says(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(b"12345")
    os.utime(file, ns=(1, 1_600_000_000_123_456_789))
    (folder,) = walk(bytes(tmp_path))
    (entry,) = folder.entries
    info = file.stat()
    assert (entry.size, entry.mtime_ns, entry.inode) == (5, info.st_mtime_ns, info.st_ino)


def test_a_time_far_in_the_future_fits_into_64_bits(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.touch()
    os.utime(file, ns=(1, FAR_FUTURE))
    if file.stat().st_mtime_ns < 2**63:
        pytest.skip("this file system has no such times")
    (folder,) = walk(bytes(tmp_path))
    assert folder.entries[0].mtime_ns < 2**63


def test_hidden_and_system_folders_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, ".hidden/1.jpg", ".one.jpg", "@eaDir/1.jpg", "#recycle/1.jpg", "lost+found/1.jpg")
    put(tmp_path, "$RECYCLE.BIN/1.jpg", "System Volume Information/1.jpg", "seen/1.jpg")
    assert folders(tmp_path) == [b"", b"seen"]


def test_a_hidden_root_is_walked_where_it_is_named(tmp_path: Path) -> None:
    put(tmp_path, ".hidden/1.jpg")
    assert listed(tmp_path / ".hidden") == [b"1.jpg"]


def test_a_folder_named_like_a_picture_is_a_folder(tmp_path: Path) -> None:
    put(tmp_path, "trip.jpg/1.jpg")
    assert listed(tmp_path) == [b"trip.jpg/1.jpg"]


def test_a_folder_without_pictures_is_yielded_too(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert list(walk(bytes(tmp_path))) == [Folder(b""), Folder(b"empty")]


def test_a_walk_from_a_start_keeps_paths_relative_to_the_root(tmp_path: Path) -> None:
    put(tmp_path, "a/b/1.jpg", "a/2.jpg", "c/3.jpg")
    assert listed(tmp_path, b"a") == [b"a/2.jpg", b"a/b/1.jpg"]


def test_skip_is_asked_for_absolute_paths_and_leaves_out_what_is_below(tmp_path: Path) -> None:
    put(tmp_path, "a/x/1.jpg", "b/x/1.jpg")
    left_out = bytes(tmp_path / "a")
    found = [folder.path for folder in walk(bytes(tmp_path), skip=left_out.__eq__)]
    assert found == [b"", b"b", b"b/x"]


# --- links


def test_links_to_files_and_folders_are_followed(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/1.jpg", "root/own.jpg")
    (tmp_path / "root" / "album").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "root" / "linked.jpg").symlink_to(tmp_path / "elsewhere" / "1.jpg")
    assert listed(tmp_path / "root") == [b"linked.jpg", b"own.jpg", b"album/1.jpg"]


def test_loops_of_links_end(tmp_path: Path) -> None:
    put(tmp_path, "a/1.jpg", "b/2.jpg")
    (tmp_path / "a" / "root").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(".")
    (tmp_path / "a" / "to_b").symlink_to(tmp_path / "b")
    (tmp_path / "b" / "to_a").symlink_to(tmp_path / "a")
    assert sorted(os.path.basename(path) for path in listed(tmp_path)) == [b"1.jpg", b"2.jpg"]


def test_a_folder_linked_twice_is_visited_once(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/1.jpg")
    (tmp_path / "root").mkdir()
    for name in ("first", "second"):
        (tmp_path / "root" / name).symlink_to(tmp_path / "elsewhere")
    assert listed(tmp_path / "root") == [b"first/1.jpg"]


def test_broken_links_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "good.jpg")
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (tmp_path / "self.jpg").symlink_to("self.jpg")
    (tmp_path / "long.jpg").symlink_to("x" * 300)
    (folder,) = walk(bytes(tmp_path))
    assert [entry.name for entry in folder.entries] == [b"good.jpg"]
    assert folder.problem is None


# --- what cannot be listed or is no file


def test_a_root_that_is_not_there_is_one_folder_with_a_problem(tmp_path: Path) -> None:
    (folder,) = walk(bytes(tmp_path / "gone"))
    assert folder == Folder(b"", problem="No such file or directory")


def test_a_folder_that_vanishes_meanwhile_has_a_problem_and_the_walk_goes_on(
    tmp_path: Path,
) -> None:
    put(tmp_path, "a/1.jpg", "b/2.jpg")
    walking = walk(bytes(tmp_path))
    next(walking)
    shutil.rmtree(tmp_path / "a")
    assert [(folder.path, bool(folder.problem)) for folder in walking] == [
        (b"a", True),
        (b"b", False),
    ]


def test_a_folder_replaced_by_a_file_meanwhile_has_a_problem(tmp_path: Path) -> None:
    put(tmp_path, "a/1.jpg")
    walking = walk(bytes(tmp_path))
    next(walking)
    shutil.rmtree(tmp_path / "a")
    (tmp_path / "a").write_bytes(b"")
    assert list(walking) == [Folder(b"a", problem="Not a directory")]


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """A folder so deep that its deepest path is longer than the system takes."""
    if os.mkdir not in os.supports_dir_fd:
        pytest.skip("such folders cannot be made here")
    top = tmp_path / "deep"
    top.mkdir()
    here = os.open(top, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=here)
        below = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    put(top, "z/1.jpg")
    yield top
    shutil.rmtree(top)


def test_a_path_that_is_too_long_has_a_problem_and_the_walk_goes_on(deep: Path) -> None:
    found = list(walk(bytes(deep)))
    assert [folder.problem for folder in found if folder.problem] == ["File name too long"]
    assert found[-1].path == b"z"


def test_pipes_sockets_and_devices_named_like_pictures_are_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path may be 107 bytes long
    os.mkfifo("pipe.jpg")
    (tmp_path / "device.jpg").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as endpoint:
        endpoint.bind("socket.jpg")
        put(tmp_path, "good.jpg")
        assert listed(tmp_path) == [b"good.jpg"]


# --- names


@pytest.mark.parametrize(
    "name",
    [
        b"latin1 \xe9\xff.jpg",
        b"two\nlines.jpg",
        b"tab\t.jpg",
        b"-rf.jpg",
        b"a\\b.jpg",
        b"\xf0\x9f\x8f\x96.jpg",
        b" .jpg",
        b"%2e%2e.jpg",
        b"x" * 251 + b".jpg",
    ],
)
def test_a_file_name_may_hold_any_bytes(tmp_path: Path, name: bytes) -> None:
    with open(os.path.join(bytes(tmp_path), name), "wb"):
        assert listed(tmp_path) == [name]


def test_a_folder_name_may_hold_any_bytes(tmp_path: Path) -> None:
    folder = os.path.join(bytes(tmp_path), b"\xff\n\xfe")
    os.mkdir(folder)
    with open(os.path.join(folder, b"1.jpg"), "wb"):
        assert listed(tmp_path) == [b"\xff\n\xfe/1.jpg"]


def test_the_shared_hostile_names_are_all_listed(tmp_path: Path, shared_data: Path) -> None:
    with tarfile.open(shared_data / "formats" / "names.tar") as archive:
        archive.extractall(tmp_path, filter="data")
        names = {os.fsencode(item.name) for item in archive if item.isfile()}
    passed_over = {b"names/.hidden.jpg", b"names/noextension"}
    assert set(listed(tmp_path)) == names - passed_over
    assert len(names) >= 31


@given(
    st.lists(st.binary(min_size=1, max_size=5).filter(lambda part: b"/" not in part)),
)
def test_join_puts_one_slash_between_parts(parts: list[bytes]) -> None:
    joined = b""
    for part in parts:
        joined = join(joined, part)
    assert joined == b"/".join(parts)


def test_join_of_the_top_folder_has_one_slash() -> None:
    assert join(b"/", b"a.jpg") == b"/a.jpg"

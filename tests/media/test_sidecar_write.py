"""Sidecars written beside photos: where, how safely, and read back by other programs."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from photosearch.errors import PhotoSearchError
from photosearch.media.sidecar_write import (
    BACKUP,
    Keywords,
    SidecarWriter,
    sidecar_of,
    write_sidecar,
)
from photosearch.media.xmp import read_packet
from photosearch.settings import Settings

DOG = Keywords(("dog", "Großmutter & 雪"), ("animal|pet|dog", "Großmutter & 雪"))


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


@pytest.mark.parametrize(
    ("photo", "there", "raw", "chosen"),
    [
        ("a.jpg", [], False, "a.jpg.xmp"),
        ("a.jpg", ["a.jpg.xmp", "a.xmp"], False, "a.jpg.xmp"),
        ("a.jpg", ["a.xmp"], False, "a.xmp"),  # a.jpg.xmp would hide it
        ("a.jpg", ["A.XMP", "b.jpg.xmp"], False, "A.XMP"),
        ("a.cr2", [], False, "a.cr2.xmp"),
        ("a.cr2", [], True, "a.xmp"),
        ("a.jpg", [], True, "a.jpg.xmp"),
    ],
)
def test_the_sidecar_that_speaks_of_the_photo(
    tmp_path: Path, photo: str, there: list[str], raw: bool, chosen: str
) -> None:
    for name in there:
        (tmp_path / name).touch()
    assert sidecar_of(os.fsencode(tmp_path / photo), raw) == os.fsencode(tmp_path / chosen)


def test_a_new_sidecar_has_no_backup(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg.xmp"
    assert write_sidecar(os.fsencode(file), DOG)
    assert read_packet(file.read_bytes())["dc:subject"] == list(DOG.names)
    assert not write_sidecar(os.fsencode(file), DOG)
    assert names(tmp_path) == ["a.jpg.xmp"]


def test_the_backup_is_what_was_there_before_the_first_change(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg.xmp"
    write_sidecar(os.fsencode(file), Keywords(("old",)))
    first = file.read_bytes()
    file.chmod(0o640)
    write_sidecar(os.fsencode(file), Keywords(("new",)))
    write_sidecar(os.fsencode(file), Keywords(("newer",)))
    assert Path(os.fsdecode(os.fsencode(file) + BACKUP)).read_bytes() == first
    assert file.stat().st_mode & 0o777 == 0o640
    assert read_packet(file.read_bytes())["dc:subject"] == ["old", "new", "newer"]


def test_nothing_to_say_makes_no_file(tmp_path: Path) -> None:
    assert not write_sidecar(os.fsencode(tmp_path / "a.jpg.xmp"), Keywords(()))
    assert names(tmp_path) == []


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.xmp", tmp_path / "a.jpg.xmp"
    write_sidecar(os.fsencode(real), Keywords(("old",)))
    link.symlink_to(real)
    write_sidecar(os.fsencode(link), Keywords(("new",)))
    assert link.is_symlink()
    assert read_packet(real.read_bytes())["dc:subject"] == ["old", "new"]


@pytest.mark.usefixtures("children_end")
def test_the_child_that_writes_says_why_it_could_not(tmp_path: Path) -> None:
    bad, folder = tmp_path / "bad.jpg.xmp", tmp_path / "folder.jpg.xmp"
    bad.write_text("<a>&b;</a>")
    folder.mkdir()
    with SidecarWriter(Settings()) as writer:
        assert writer.write(os.fsencode(tmp_path / "good.jpg.xmp"), DOG)
        with pytest.raises(PhotoSearchError, match=r"bad\.jpg\.xmp was not written") as raised:
            writer.write(os.fsencode(bad), DOG)
        assert raised.value.code == "bad-sidecar"
        for place in (folder, tmp_path / "none" / "a.jpg.xmp"):
            with pytest.raises(PhotoSearchError):
                writer.write(os.fsencode(place), DOG)
    assert bad.read_text() == "<a>&b;</a>"
    assert names(tmp_path) == ["bad.jpg.xmp", "folder.jpg.xmp", "good.jpg.xmp"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_takes_nothing(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PhotoSearchError, match="permission"):
        write_sidecar(os.fsencode(tmp_path / "a.jpg.xmp"), DOG)
    tmp_path.chmod(0o700)


KeywordLists = list[list[str]]


def keywords_by_exiftool(files: list[Path]) -> KeywordLists:
    command = ["exiftool", "-j", "-XMP:Subject", "-XMP:HierarchicalSubject", *map(str, files)]
    done = subprocess.run(command, capture_output=True, check=False)
    found = []
    for row in json.loads(done.stdout):
        both = [row.get("Subject", []), row.get("HierarchicalSubject", [])]
        found.append(
            [str(w) for each in both for w in (each if isinstance(each, list) else [each])]
        )
    return found


def keywords_by_exiv2(files: list[Path]) -> KeywordLists:
    command = ["exiv2", "-PXt", "-K", "Xmp.dc.subject", "-K", "Xmp.lr.hierarchicalSubject"]
    found = []
    for file in files:
        done = subprocess.run([*command, file], capture_output=True, check=False)
        lines = done.stdout.decode("utf-8", "replace").splitlines()
        lines += ["(cannot be read)"] if b"Error" in done.stderr else []
        found.append([word for line in lines for word in line.split(", ")])
    return found


@pytest.mark.parametrize(
    ("program", "read"), [("exiftool", keywords_by_exiftool), ("exiv2", keywords_by_exiv2)]
)
def test_other_programs_read_what_was_written(
    tmp_path: Path, program: str, read: Callable[[list[Path]], KeywordLists]
) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    fresh = tmp_path / "a.jpg.xmp"
    write_sidecar(os.fsencode(fresh), DOG)
    assert read([fresh]) == [[*DOG.names, *DOG.paths]]


@pytest.mark.parametrize(
    ("program", "read"), [("exiftool", keywords_by_exiftool), ("exiv2", keywords_by_exiv2)]
)
def test_other_programs_read_what_was_merged(
    tmp_path: Path, shared_data: Path, program: str, read: Callable[[list[Path]], KeywordLists]
) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    merged: list[tuple[Path, Path]] = []
    for number, file in enumerate(sorted((shared_data / "formats").rglob("*.xmp"))):
        copy = tmp_path / f"{number}.jpg.xmp"
        shutil.copyfile(file, copy)
        with contextlib.suppress(PhotoSearchError):
            write_sidecar(os.fsencode(copy), DOG)
            merged.append((file, copy))
    assert len(merged) >= 15
    before, after = (read(list(files)) for files in zip(*merged, strict=True))
    for (file, _), was, found in zip(merged, before, after, strict=True):
        if "(cannot be read)" not in was:  # made to be odd
            assert {*was, *DOG.names, *DOG.paths} - {""} <= set(found), file

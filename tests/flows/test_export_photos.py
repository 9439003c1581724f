"""Copies of photos in a folder, by running the command."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import Command


@pytest.fixture
def command(here: Command) -> Command:
    """Its commands need no processes of their own."""
    return here


def test_originals_and_sizes_never_write_over_anything(
    command: Command, album: Path, tmp_path: Path
) -> None:
    command("index", album)
    photo, out = album / "winter" / "2.jpg", tmp_path / "for" / "grandma"
    before = photo.read_bytes()
    os.utime(photo, (10**9, 10**9))
    ran = command("export-photos", photo, "--to", out, "--json")
    assert [row["copy"] for row in ran.rows] == [str(out / "2.jpg")]
    assert (out / "2.jpg").read_bytes() == before and (out / "2.jpg").stat().st_mtime == 10**9
    assert command("export-photos", photo, "--to", out, "--side", 100).code == 0
    with Image.open(out / "2 (2).jpg") as small:
        assert small.size == (100, 75) and small.format == "JPEG"
    assert command("export-photos", photo, "--to", photo.parent).code == 0
    assert photo.read_bytes() == before
    assert (photo.parent / "2 (2).jpg").read_bytes() == before
    assert sorted(file.name for file in out.iterdir()) == ["2 (2).jpg", "2.jpg"], "no parts left"


def test_a_file_that_cannot_be_copied_costs_a_line_and_the_others_are_copied(
    command: Command, album: Path, tmp_path: Path
) -> None:
    command("index", album)
    photo, gone, out = album / "winter" / "2.jpg", album / "winter" / "4.jpg", tmp_path / "out"
    gone.unlink()
    for how in ((), ("--side", "64")):
        ran = command("export-photos", gone, photo, "--to", out, *how)
        assert ran.code == 1 and ran.err.count("\n") == 2 and "4.jpg" in ran.err, ran
    assert len(list(out.iterdir())) == 2
    ran = command("export-photos", photo, "--to", photo)
    assert ran.code == 1 and "not a folder" in ran.err
    assert command("export-photos", photo, "--to", out, "--side", 1).code == 2

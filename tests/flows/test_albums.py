"""Albums put together by hand, by running the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Command


@pytest.fixture
def command(here: Command) -> Command:
    """Its commands need no processes of their own."""
    return here


def test_an_album_from_first_to_last(command: Command, album: Path, with_encoder: Path) -> None:
    command("index", album)
    assert "no album" in command("album", "list").out
    photos = [album / "winter" / "2.jpg", album / "summer" / "1.jpg"]
    ran = command("album", "add", "For the wall", *photos, "--json")
    assert [row["path"] for row in ran.rows] == [str(photo) for photo in photos]
    assert command("album", "list", "--json").rows == [{"name": "For the wall", "photos": 2}]
    found = command("search", 'album:"for the wall"', "--json").rows
    assert {row["path"] for row in found} == {str(photo) for photo in photos}
    assert command("album", "remove", "for the wall", photos[0]).code == 0
    assert command("album", "rename", "For the wall", "Hall").code == 0
    assert [row["path"] for row in command("search", "album:hall", "--json").rows] == [
        str(photos[1])
    ]
    assert command("album", "delete", "Hall").code == 0
    assert command("album", "list", "--json").rows == []
    assert "Hall" in command("undo").out
    assert command("album", "list", "--json").rows == [{"name": "Hall", "photos": 1}]


def test_wrong_names_and_files_cost_a_line(command: Command, album: Path) -> None:
    command("index", album)
    for wrong in (
        ("delete", "none"),
        ("remove", "none", album / "winter" / "2.jpg"),
        ("rename", "none", "x"),
        ("add", " ", album / "winter" / "2.jpg"),
        ("add", "x", album / "none.jpg"),
    ):
        ran = command("album", *wrong)
        assert ran.code == 1 and ran.out == "" and ran.err.count("\n") == 1, ran
    assert command("album", "list", "--json").rows == [], "nothing was half done"

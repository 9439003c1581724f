"""Names of folders, and their places on this computer: always one to one."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosearch.catalog import shares
from photosearch.catalog.shares import NOWHERE, Following, Shares
from photosearch.errors import PhotoSearchError

PART = st.sampled_from([b"a", b"ab", b"b", "ü".encode(), b"\xff"])
PATH = st.lists(PART, max_size=4).map(lambda parts: b"/" + b"/".join(parts))
PLACES = st.dictionaries(PATH, PATH, max_size=4)


@given(PLACES, PATH)
def test_there_and_back_is_where_it_was(places: dict[bytes, bytes], path: bytes) -> None:
    told = Shares(places)
    assert told.named(told.here(path)) == path
    assert told.here(told.named(path)) == path


@given(PLACES, st.lists(PATH, unique=True, max_size=6))
def test_no_two_names_have_one_place(places: dict[bytes, bytes], names: list[bytes]) -> None:
    told = Shares(places)
    assert len({told.here(name) for name in names}) == len(names)
    assert len({told.named(place) for place in names}) == len(names)


def test_what_lies_below_a_name_lies_below_its_place() -> None:
    told = Shares({b"/srv/photos": b"/mnt/nas", b"/srv/photos/old": b"/disk"})
    assert told.here(b"/srv/photos") == b"/mnt/nas"
    assert told.here(b"/srv/photos/a/1.jpg") == b"/mnt/nas/a/1.jpg"
    assert told.here(b"/srv/photosets/1.jpg") == b"/srv/photosets/1.jpg"
    assert told.here(b"/srv/photos/old/1.jpg") == b"/disk/1.jpg"
    assert told.named(b"/disk/1.jpg") == b"/srv/photos/old/1.jpg"
    told = Shares({b"/x": b"/"})
    assert told.here(b"/x/y") == b"/y" and told.named(b"/y") == b"/x/y"


def test_two_folders_may_have_changed_places() -> None:
    told = Shares({b"/a": b"/b", b"/b": b"/a"})
    assert told.here(b"/a/1") == b"/b/1" and told.named(b"/a/1") == b"/b/1"


def test_what_would_be_taken_for_another_is_nowhere() -> None:
    told = Shares({b"/a": b"/b"})
    assert told.here(b"/b/1") == NOWHERE + b"/b/1"  # /b of another computer
    assert told.named(b"/a/1") == NOWHERE + b"/a/1"  # /a of this one
    assert told.here(b"/c") == told.named(b"/c") == b"/c"


def test_what_is_told_is_kept_and_followed(tmp_path: Path) -> None:
    following = Following()
    following.look(tmp_path)
    assert following.shares.here(b"/a") == b"/a"
    name, place = b"/photos/\xff \n", "/mnt/ü".encode()
    shares.write(tmp_path, Shares({name: place}, [name]))
    following.look(tmp_path)
    assert following.shares.here(name) == place and following.shares.sure == {name}
    assert os.listdir(tmp_path) == [shares.FILE]
    (tmp_path / shares.FILE).unlink()
    following.look(tmp_path)
    assert following.shares.here(name) == name


@pytest.mark.parametrize("text", ["", "[]", '{"places": {"/a": 1}, "sure": []}', "\xff"])
def test_a_damaged_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / shares.FILE).write_text(text, "latin-1")
    with pytest.raises(PhotoSearchError, match=f"{shares.FILE}.* is damaged"):
        Following().look(tmp_path)


def test_what_is_not_to_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(PhotoSearchError):
        shares.write(tmp_path / "away", Shares({}))
    assert json.dumps(os.listdir(tmp_path)) == "[]"

"""The CSV table: right for whatever reads CSV, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosearch.errors import PhotoSearchError
from photosearch.tagging.album import Tagged
from photosearch.tagging.sheet import HEAD, sheet, write_sheet
from photosearch.tagging.tagger import Tag


def photo(path: bytes, *names: str) -> Tagged:
    return Tagged(path, tuple(Tag(name, 0.5, "user") for name in names), (), ())


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_row_for_each_tag_and_one_for_a_photo_without() -> None:
    rows = read(sheet([photo(b"/a.jpg", "dog", "cat"), photo(b"/b.jpg")]))
    assert rows == [
        list(HEAD),
        ["/a.jpg", "dog", "0.50", "user"],
        ["/a.jpg", "cat", "0.50", "user"],
        ["/b.jpg", "", "", ""],
    ]


@pytest.mark.parametrize(
    "name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "＝1", " =1", "\t=1", "\r=1"]
)
def test_no_cell_begins_a_formula(name: str) -> None:
    (_, row) = read(sheet([photo(b"/a.jpg", name)]))
    assert row[1] == f"'{name}"


@given(st.text(max_size=20), st.binary(min_size=1, max_size=20))
def test_any_name_and_path_is_one_row(name: str, path: bytes) -> None:
    name = name.encode("utf-8", "ignore").decode()
    rows = read(sheet([photo(path, name)]))
    assert len(rows) == 2 and rows[1][1].removeprefix("'") == name.removeprefix("'")
    assert not rows[1][0].startswith(("=", "+", "-", "@"))


def test_a_table_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "tags.csv"
    write_sheet(file, [photo(b"/\xff.jpg", "Käse")])
    assert file.read_bytes().decode().splitlines()[1] == "/\\udcff.jpg,Käse,0.50,user"
    with pytest.raises(PhotoSearchError):
        write_sheet(tmp_path / "none" / "tags.csv", [])
    assert [each.name for each in tmp_path.iterdir()] == ["tags.csv"]

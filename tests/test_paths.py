"""Where things lie, and names that a terminal can show."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosearch.paths import data_dir, encoder_folders, printable, resources
from photosearch.shared import library_folder

any_text = st.text(st.characters()) | st.binary().map(os.fsdecode)


@given(any_text)
def test_what_is_printed_is_one_line_that_any_terminal_can_show(text: str) -> None:
    shown = printable(text)
    assert shown.isprintable()
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")


@given(any_text)
def test_printing_twice_changes_nothing_more(text: str) -> None:
    assert printable(printable(text)) == printable(text)


@given(any_text.filter(str.isprintable))
def test_what_is_printable_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("summer photo.jpg", "summer photo.jpg"),
        ("日本語 é 🏖.jpg", "日本語 é 🏖.jpg"),
        ("two\nlines.jpg", r"two\nlines.jpg"),
        ("tab\tand\rreturn", r"tab\tand\rreturn"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("clear\x9b2J", r"clear\x9b2J"),
        ("rtl_\u202egpj.exe", r"rtl_\u202egpj.exe"),
        ("isolate\u2066", r"isolate\u2066"),
        ("zero\u200bwidth", r"zero\u200bwidth"),
        ("line\u2028separator", r"line\u2028separator"),
        (os.fsdecode(b"latin1 \xe9\xff"), r"latin1 \udce9\udcff"),
        ("\x00\x7f", r"\x00\x7f"),
    ],
)
def test_what_a_name_looks_like(name: str, shown: str) -> None:
    assert printable(name) == shown


def test_a_path_is_shown_like_its_text() -> None:
    assert printable(Path("a") / "b\n.jpg") == os.path.join("a", r"b\n.jpg")


def test_the_data_folder_is_the_platforms_unless_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert data_dir() == tmp_path / "data"
    monkeypatch.delenv("PHOTOSEARCH_DATA")
    assert data_dir().is_absolute()
    assert data_dir().name == "photosearch"


def test_looking_for_the_data_folder_makes_none(tmp_path: Path) -> None:
    data_dir()
    library_folder(None)
    encoder_folders()
    assert not (tmp_path / "data").exists()


def test_the_library_lies_in_the_data_folder_unless_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert library_folder(None) == tmp_path / "data" / "library"
    monkeypatch.setenv("PHOTOSEARCH_LIBRARY", str(tmp_path / "mine"))
    assert library_folder(None) == tmp_path / "mine"


def test_encoders_are_looked_for_where_named_then_with_the_program_then_in_the_downloads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = [resources() / "encoders", tmp_path / "data" / "encoders"]
    assert encoder_folders() == own
    named = os.pathsep.join(["", "/one", "", "/two words", ""])
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", named)
    assert encoder_folders() == [Path("/one"), Path("/two words"), *own]


def test_the_resources_ship_with_the_program_unless_a_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHOTOSEARCH_RESOURCES", str(tmp_path))
    assert resources() == tmp_path
    monkeypatch.delenv("PHOTOSEARCH_RESOURCES")
    assert (resources() / "models.json").is_file()

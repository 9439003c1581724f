"""Files of the user's own words, friendly and hostile."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosearch.errors import PhotoSearchError
from photosearch.tagging.own_words import MOST, read_words
from photosearch.vocabulary import Concept


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "words.txt"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_names_parents_and_prompts(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "\ufeff# ours\r\nRex\tdog\r\n\r\nred  kite\tHawk\ta red kite\r\n"
        "Rexie\trex\r\nrex\r\ndog\r\n",
    )
    assert read_words(file) == [
        Concept("Rex", "dog"),
        Concept("red kite", "hawk", prompt="a red kite"),
        Concept("Rexie", "Rex"),
    ]


def test_names_that_only_look_dangerous_are_names(tmp_path: Path) -> None:
    names = ['say "cheese"', "it's", "=cmd|' /C calc'!A0", "@sum", "שלום", "مرحبا", "a,b;c", "👩‍👧"]
    assert [each.name for each in read_words(written(tmp_path, "\n".join(names)))] == names


def test_ten_thousand_words(tmp_path: Path) -> None:
    assert (
        len(read_words(written(tmp_path, "\n".join(f"word {n}" for n in range(10_000))))) == 10_000
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("dog\nright\u202eleft\n", "line 2"),
        ("bell\x07", "line 1"),
        ("x" * 101, "line 1"),
        ("Rex\twolfhound of ours", "is none"),
        ("a\tdog\tb\tc", "three columns"),
        ("a\tdog\t" + "b" * 300, "prompt"),
        (b"\xff\xfe\x00a", "no UTF-8"),
        ("", "empty"),
        ("\n".join(f"w{n}" for n in range(MOST + 1)), "more than"),
        (b"a" * ((8 << 20) + 1), "larger"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line(
    tmp_path: Path, text: str | bytes, why: str
) -> None:
    with pytest.raises(PhotoSearchError, match=why) as raised:
        read_words(written(tmp_path, text))
    assert raised.value.code == "bad-vocabulary"


def test_no_file(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "none"):
        with pytest.raises(PhotoSearchError):
            read_words(place)


@given(st.text(max_size=200))
def test_any_text_is_words_or_an_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.getbasetemp() / "any.txt"
    file.write_text(text, "utf-8", newline="")
    try:
        found = read_words(file)
    except PhotoSearchError:
        return
    assert all(each.name.isprintable() or "\u200d" in each.name for each in found)

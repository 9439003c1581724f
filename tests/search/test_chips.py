"""The parts of a query as it stands: each can be taken out, and filters put in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosearch.catalog.filters import Filter
from photosearch.search.chips import chips, toggled, without
from photosearch.search.language import parse

PIECES = (
    "dog",
    "snow",
    "-",
    "2:",
    "+",
    "OR",
    "AND",
    "NOT",
    "(",
    ")",
    '"',
    "tag:kids",
    " ",
    "in:a b",
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("the kids at the beach", [("words", "the kids at the beach")]),
        ("dog -snow 2019", [("words", "dog"), ("words", "-snow"), ("filter", "on:2019")]),
        ("dog + red car", [("words", "dog"), ("words", "red car")]),
        ('-tag:"a b" x', [("filter", "-tag:a b"), ("words", "x")]),
        ('like:"/a  b.jpg" at night', [("like", "/a  b.jpg"), ("words", "at night")]),
        ("(cat OR dog) NOT in:work 2020-06", [("group", "(cat OR dog)"), ("group", "NOT in:work")]),
        ("cat OR dog", [("group", "cat OR dog")]),
        ("  ", []),
    ],
)
def test_parts(text: str, parts: list[tuple[str, str]]) -> None:
    found = [
        (chip.kind, f"{'-' * chip.minus}{chip.field}{':' * bool(chip.field)}{chip.value}")
        for chip in chips(text)
    ]
    assert found[: len(parts)] == parts


def test_a_part_taken_out_leaves_the_others() -> None:
    text = 'dog -snow like:"/a  b.jpg" tag:kids 2019'
    left = [without(text, chip) for chip in chips(text)]
    assert left[0] == '-snow like:"/a  b.jpg" tag:kids 2019'
    assert left[3] == 'dog -snow like:"/a  b.jpg" 2019'
    assert left[4] == 'dog -snow like:"/a  b.jpg" tag:kids'


def test_a_filter_is_put_in_and_taken_out() -> None:
    kids = Filter("tag", "our Kids")
    assert toggled("a dog", kids) == 'a dog tag:"our Kids"'
    assert toggled('a dog TAG:"our kids" 2019', kids) == "a dog 2019"
    assert toggled("", kids) == 'tag:"our Kids"'


def test_a_time_takes_the_place_of_another() -> None:
    assert toggled("dog 2019 tag:kids", Filter("on", "2020-06")) == "dog tag:kids on:2020-06"
    assert toggled("dog on:2020-06", Filter("on", "2020-06")) == "dog"


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_has_parts_that_lie_one_after_the_other(text: str) -> None:
    at = 0
    for chip in chips(text):
        assert at <= chip.start < chip.end <= len(text)
        at = chip.end
        without(text, chip)


@given(st.sampled_from(["dog", "dog -snow tag:a", "(a OR b)"]), st.sampled_from(["kids", "a b"]))
def test_a_filter_twice_toggled_is_as_before(text: str, value: str) -> None:
    wanted = Filter("tag", value)
    there = toggled(text, wanted)
    assert wanted in parse(there).query.conditions
    assert toggled(there, wanted) == text

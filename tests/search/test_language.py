"""The query language: what each form means, that a query survives being written and read, and that
no text whatever breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photosearch.catalog.filters import AllOf, AnyOf, Condition, Filter, Not
from photosearch.search.language import (
    LONGEST,
    Either,
    Like,
    Phrase,
    Query,
    Term,
    format_query,
    parse,
)

DOG, CAT = Phrase("dog"), Phrase("cat")
KIDS, ITALY = Filter("tag", "kids"), Filter("in", "italy")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Query()),
        ("  the  kids\tat the beach ", Query((Phrase("the kids at the beach"),))),
        ("dog + at the beach", Query((DOG, Phrase("at the beach")))),
        ("dog -snow", Query((DOG, Phrase("snow", -1)))),
        ('dog -"a red car"', Query((DOG, Phrase("a red car", -1)))),
        ("-2:snow dog", Query((Phrase("snow", -2), DOG))),
        ("2:golden retriever + beach", Query((Phrase("golden retriever", 2), Phrase("beach")))),
        ('0.5:"two words" dog', Query((Phrase("two words", 0.5), DOG))),
        ("dog OR cat", Query((Either((DOG, CAT)),))),
        ("(dog OR cat) in:italy", Query((Either((DOG, CAT)),), (ITALY,))),
        ("NOT dog", Query((Phrase("dog", -1),))),
        ("dog in:italy brown", Query((Phrase("dog brown"),), (ITALY,))),
        ("dog AND tag:kids AND in:italy", Query((DOG,), (KIDS, ITALY))),
        ("tag:kids OR in:italy", Query((), (AnyOf((KIDS, ITALY)),))),
        ("NOT (tag:kids in:italy)", Query((), (Not(AllOf((KIDS, ITALY))),))),
        ("-tag:kids", Query((), (Not(KIDS),))),
        ('CAMERA:"canon  eos"', Query((), (Filter("camera", "canon eos"),))),
        ("near:-1.5,2,10 dog", Query((DOG,), (Filter("near", "-1.5,2,10"),))),
        ("dog 2019", Query((DOG,), (Filter("on", "2019"),))),
        ("2019-06 dog", Query((DOG,), (Filter("on", "2019-06"),))),
        ('"2019"', Query((Phrase("2019"),))),
        ("like:/a/b(1).jpg at night", Query((Like("/a/b(1).jpg"), Phrase("at night")))),
        ('-like:"/a b.jpg"', Query((Like("/a b.jpg", -1),))),
        ("x-ray mother-in-law", Query((Phrase("x-ray mother-in-law"),))),
        ("or not and", Query((Phrase("or not and"),))),
        ("what: a colour:red thing", Query((Phrase("what: a colour:red thing"),))),
        ("生日蛋糕 größe", Query((Phrase("生日蛋糕 größe"),))),
    ],
)
def test_what_a_text_means(text: str, query: Query) -> None:
    parsed = parse(text)
    assert (parsed.query, parsed.mistakes) == (query, ())


@pytest.mark.parametrize(
    ("text", "rest", "start", "end", "expected"),
    [
        ("dog rating:>9", Query((DOG,)), 4, 13, "stars from 0 to 5"),
        ("dog after:soon", Query((DOG,)), 4, 14, "a year, month or day"),
        ("dog on:2019-13", Query((DOG,)), 4, 14, "a year, month or day"),
        ("dog near:rome", Query((DOG,)), 4, 13, "a position and kilometres"),
        ("size:big dog", Query((DOG,)), 0, 8, "a file size"),
        ("dog is:blue", Query((DOG,)), 4, 11, "one of favourite"),
        ("dog in:", Query((DOG,)), 4, 7, "a part of a folder's path"),
        ("dog like:", Query((DOG,)), 4, 9, "the path of a photo"),
        ('dog ""', Query((DOG,)), 4, 6, "between the quotation marks"),
        ('"dog', Query((DOG,)), 0, 1, "second quotation mark"),
        ("dog OR", Query((DOG,)), 4, 6, "after OR"),
        ("OR dog", Query((DOG,)), 0, 2, "before OR"),
        ("dog NOT", Query((DOG,)), 4, 7, "after NOT"),
        ("(dog", Query((DOG,)), 0, 1, "closing bracket"),
        ("dog)", Query((DOG,)), 3, 4, "opening bracket"),
        ("dog ()", Query((DOG,)), 4, 5, "between the brackets"),
        ("0:cat dog", Query((DOG,)), 0, 5, "weight above 0"),
        ("dog OR tag:kids", Query((DOG,), (KIDS,)), 0, 15, "not between both"),
    ],
)
def test_a_mistake_is_named_and_the_rest_is_meant(
    text: str, rest: Query, start: int, end: int, expected: str
) -> None:
    parsed = parse(text)
    assert parsed.query == rest
    (mistake,) = parsed.mistakes
    assert (mistake.start, mistake.end) == (start, end)
    assert expected in mistake.text


def test_what_is_too_long_or_too_deep_is_cut() -> None:
    parsed = parse("dog " * LONGEST)
    assert parsed.mistakes[0].start == LONGEST and parsed.query.terms
    parsed = parse("(" * 100 + "dog" + ")" * 100)
    assert parsed.query == Query((DOG,)) and parsed.mistakes
    assert parse("NOT " * 101 + "tag:kids").mistakes


_words = st.text(st.characters(exclude_characters='"', exclude_categories=["Cs"]), max_size=12)
_words = _words.map(lambda text: " ".join(text.split())).filter(bool)
_tricky = st.sampled_from(
    ["OR", "NOT dog", "2019", "a:b", "in:x", "-x", "+y", "2:z", "(a", "b)", "like:q", "- a", "1:"]
)
_above = st.sampled_from([1.0, 2.0, 0.5, 3.25])


def _terms(weights: st.SearchStrategy[float]) -> st.SearchStrategy[Term]:
    phrases = st.builds(Phrase, _words | _tricky, weights)
    return phrases | st.builds(Like, _words, weights)


_VALUES = {
    **{"after": "2019", "before": "last summer", "on": "2019-06", "in": "a b", "tag": "(kids)"},
    "album": "for the wall",
    **{"lens": "50mm", "place": "Rome", "has": "gps", "near": "48.86,2.35,10"},
    **{"camera": "Canon", "type": "png", "rating": ">3", "size": "<2mb", "is": "favourite"},
}
_filters = st.sampled_from(sorted(_VALUES)).map(lambda name: Filter(name, _VALUES[name]))


def _compound(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    """As a text can say it: conditions side by side are not bracketed where that says nothing."""
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    both = st.builds(AllOf, several)
    either = st.lists(inner | both, min_size=2, max_size=3).map(tuple)
    return st.builds(Not, inner | both) | st.builds(AnyOf, either)


_either = st.builds(Either, st.lists(_terms(_above), min_size=2, max_size=3).map(tuple))
_queries = st.builds(
    Query,
    st.lists(_terms(_above | _above.map(lambda weight: -weight)) | _either, max_size=4).map(tuple),
    st.lists(st.recursive(_filters, _compound, max_leaves=6), max_size=3).map(tuple),
)


@settings(max_examples=500, deadline=None)
@given(_queries)
def test_a_query_survives_its_text(query: Query) -> None:
    parsed = parse(format_query(query))
    assert (parsed.query, parsed.mistakes) == (query, ())


_pieces = st.sampled_from(
    [
        *('"', "(", ")", "OR", "NOT", "AND", "-", "+", "2:", "0:", "in:", "like:", "dog", "2019"),
        *("rating:>3", 'tag:"', "::", "-(", '"a b"', "on:x", "\x00", "\ud800", "'; DROP TABLE"),
    ]
)
HOSTILE = (
    st.text(st.characters(), max_size=60)
    | st.lists(_pieces, max_size=14).map(" ".join)
    | st.lists(st.sampled_from(list('"()-+:2 aORNT')), max_size=20).map("".join)
)


@settings(max_examples=1500, deadline=None)
@given(HOSTILE)
def test_no_text_breaks_it(text: str) -> None:
    parsed = parse(text)
    assert parse(format_query(parsed.query)).query == parsed.query
    assert all(0 <= mistake.start <= mistake.end <= len(text) for mistake in parsed.mistakes)

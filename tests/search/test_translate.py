"""Queries of Chinese and German names, for an encoder that knows English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosearch.search.language import parse
from photosearch.search.translate import in_english, translate
from photosearch.vocabulary import builtin_vocabulary


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Hund", "dog"),
        ("hunde", "dog"),
        ("Hund am Strand", "dog and beach"),
        ("Käse und Brot", "cheese and bread"),
        ("kaese", "cheese"),
        ("golden retriever", None),  # English as well
        ("kurze Hose", "shorts"),  # the longest name, not its parts
        ("狗", "dog"),
        ("海滩上的狗", "beach and dog"),
        ("生日蛋糕", "birthday cake"),
        ("小狗 雪", "dog and snow"),
        ("小熊猫", "red panda"),  # not bear and cat
        ("Rock", None),
        ("See", None),
        ("Kind im Schnee", "child and snow"),
        ("Fußball", "soccer, people playing football"),
        ("the dog", None),
        ("dog", None),
        ("Hund ohne Leine", None),
        ("我的车库", None),
        ("und", None),
        ("的", None),
        ("", None),
        ("狗" * 300, None),
    ],
)
def test_phrases(typed: str, asked: str | None) -> None:
    assert in_english(typed) == asked


def test_an_encoder_that_knows_the_language_is_asked_as_it_was_typed() -> None:
    assert in_english("Hund", ("en", "de")) is None
    assert in_english("狗", ("zh",)) is None
    assert in_english("狗", ("de",)) == "dog"


def test_each_phrase_of_a_query_by_itself() -> None:
    query = parse("2:Hund + the beach -Katze (狗 OR cat) tag:Hund").query
    found = translate(query, ("en",))
    assert found.query == parse("2:dog + the beach -cat (dog OR cat) tag:Hund").query
    assert found.changes == (("Hund", "dog"), ("Katze", "cat"), ("狗", "dog"))
    assert found.note is not None
    assert "“Hund” as “dog”" in found.note
    untouched = translate(parse("a dog").query, ("en",))
    assert untouched.note is None and untouched.query == parse("a dog").query


def test_every_name_alone_finds_its_concept() -> None:
    english = {
        word.casefold()
        for concept in builtin_vocabulary().concepts
        for word in (concept.name, *concept.synonyms)
    }
    for concept in builtin_vocabulary().concepts:
        for name in concept.chinese:
            if any("\u3400" <= char <= "\u9fff" for char in name):
                assert in_english(name) == concept.phrases[0], name
        for name in concept.german:
            if name.casefold() not in english:
                assert in_english(name) in (concept.phrases[0], None), name


@given(st.text(max_size=60))
def test_any_text_is_looked_at(text: str) -> None:
    found = in_english(text)
    known = {concept.phrases[0] for concept in builtin_vocabulary().concepts}
    assert found is None or set(found.split(" and ")) <= known

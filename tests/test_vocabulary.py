"""The vocabulary that ships is whole, and says what it is asked."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from photosearch.encoders.registry import find_encoder
from photosearch.errors import PhotoSearchError
from photosearch.vocabulary import (
    Concept,
    Vocabulary,
    builtin_vocabulary,
    class_concepts,
    templates,
)

CHINESE = re.compile(r"[\u3400-\u9fff]")


def test_every_concept_has_its_names_in_three_languages() -> None:
    concepts = builtin_vocabulary().concepts
    assert len(concepts) >= 500
    for concept in concepts:
        assert concept.german and concept.chinese, concept
        for name in (concept.name, *concept.german, *concept.chinese, *concept.synonyms):
            assert name == " ".join(name.split()) and name.isprintable(), concept
            assert "," not in name or name == concept.prompt, concept
        # some Chinese names are Latin letters in China, too
        assert any(map(CHINESE.search, concept.chinese)) or not concept.chinese[0].isalpha()
        assert not any(map(CHINESE.search, (concept.name, *concept.german)))


@pytest.mark.parametrize("language", ["english", "german", "chinese"])
def test_a_name_means_one_concept(language: str) -> None:
    counts: Counter[str] = Counter()
    for concept in builtin_vocabulary().concepts:
        english = (concept.name, *concept.synonyms)
        names = {"english": english, "german": concept.german, "chinese": concept.chinese}
        counts.update(name.casefold() for name in names[language])
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_concept_leads_to_the_top() -> None:
    vocabulary = builtin_vocabulary()
    assert vocabulary.line("puppy") == ("puppy", "dog", "pet", "animal")
    assert max(len(vocabulary.line(name)) for name in vocabulary.names) <= 5


@pytest.mark.usefixtures("with_builtin")
def test_the_classes_are_those_of_the_built_in_encoder() -> None:
    encoder = find_encoder("pocket-v2")
    assert encoder is not None and encoder.beliefs is not None
    names = set(builtin_vocabulary().names)
    for classifier in encoder.beliefs.classifiers:
        concepts = class_concepts(classifier.name)
        assert concepts.keys() <= set(classifier.classes)
        assert len(concepts) > 0.95 * len(set(classifier.classes))
        assert set(concepts.values()) <= names
    assert class_concepts("imagenet")["kite"] == "hawk"  # ImageNet's kite is the bird
    assert class_concepts("everyday")["kite"] == "kite"


def test_templates_have_a_place_for_the_words() -> None:
    assert all(template.count("{}") == 1 for template in templates())


@pytest.mark.parametrize(
    "concepts",
    [
        (Concept("a"), Concept("a")),
        (Concept("a", "b"),),
        (Concept("a", "b"), Concept("b", "a")),
        (Concept("a", "a"),),
    ],
)
def test_what_is_no_forest_is_refused(concepts: tuple[Concept, ...]) -> None:
    with pytest.raises(ValueError, match=r"“|two"):
        Vocabulary(concepts)


def test_own_concepts_go_beside_those_there_are() -> None:
    vocabulary = Vocabulary((Concept("dog"),)).extended([Concept("DOG"), Concept("Rex", "dog")])
    assert vocabulary.names == ("dog", "Rex")


def test_a_broken_table_is_named(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHOTOSEARCH_RESOURCES", str(tmp_path_factory.mktemp("none")))
    builtin_vocabulary.cache_clear()
    with pytest.raises(PhotoSearchError, match=r"concepts\.tsv"):
        builtin_vocabulary()

"""The window's languages: which is chosen, what it says then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from photosearch.gui import translations, words
from photosearch.gui.translations import choose

THERE = ["en", "de", "pt_BR", "zh_CN"]


@pytest.mark.parametrize(
    ("wanted", "system", "language"),
    [
        ("de", ["zh-CN"], "de"),
        ("en", ["de-DE"], "en"),
        ("system", ["de-AT", "en-GB"], "de"),
        ("system", ["en-GB", "de-DE"], "en"),
        ("system", ["zh-Hans-SG"], "zh_CN"),
        ("system", ["zh-TW", "de"], "de"),
        ("system", ["pt-PT"], "pt_BR"),
        ("system", ["fi-FI", "C"], "en"),
        ("system", [], "en"),
        ("klingon", ["fi"], "en"),
    ],
)
def test_the_first_language_that_is_there_is_chosen(
    wanted: str, system: list[str], language: str
) -> None:
    assert choose(wanted, system, THERE) == language


@pytest.fixture
def english_again(qapp: QApplication) -> Iterator[QApplication]:
    """Takes all translators away, and the locale back."""
    locale = QLocale()
    yield qapp
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(locale)


def test_english_needs_no_file(english_again: QApplication) -> None:
    assert translations.install(english_again, "en") == "en"
    assert words.photos(12345) == "12,345 photos"
    assert not english_again.findChildren(QTranslator)


@pytest.mark.parametrize(("language", "name"), [("de", "Deutsch"), ("zh_CN", "简体中文")])
def test_languages_are_found_by_their_files_and_named_in_themselves(
    language: str, name: str
) -> None:
    assert translations.languages()[0] == "en"
    assert language in translations.languages()
    assert translations.name_of(language) == name


def test_qt_says_its_own_words_too(english_again: QApplication) -> None:
    assert translations.install(english_again, "de") == "de"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    assert words.number(12345) == "12.345"


def test_a_folder_without_languages_is_english(
    english_again: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHOTOSEARCH_RESOURCES", str(tmp_path))
    assert translations.languages() == ["en"]
    assert translations.install(english_again, "de") == "en"

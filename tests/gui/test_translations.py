"""The window's languages: which is chosen, what it says then."""

from __future__ import annotations

import ast
import re
import runpy
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photosearch.gui import translations, words
from photosearch.gui.engine_words import in_window
from photosearch.gui.translations import choose
from tests.gui.conftest import PATIENCE, OpenWindow

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


ROOT = Path(__file__).parent.parent.parent
FILES = sorted((ROOT / "resources" / "translations").glob("*.ts"))
TOOLS = runpy.run_path(str(ROOT / "packaging" / "translations.py"))
update, release, sources = (TOOLS[name] for name in ("update", "release", "sources"))
PLACES = re.compile(r"\{\w+\}")


def messages_of(file: Path) -> list[tuple[str, str, str]]:
    """Context, source and translation ("" where it is not finished) of each message."""
    found = []
    for context in ElementTree.parse(file).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            said = message.find("translation")
            done = said is not None and said.get("type") is None
            text = (said.text or "") if said is not None and done else ""
            found.append((name, message.findtext("source") or "", text))
    return found


def test_both_languages_are_there() -> None:
    assert {"photosearch_de.ts", "photosearch_zh_CN.ts"} <= {file.name for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_text_of_the_window_is_translated(file: Path, tmp_path: Path) -> None:
    """`make translations` mends what is out of date; then what is not finished is to be done."""
    work = tmp_path / file.name
    shutil.copyfile(file, work)
    update([work])
    assert work.read_text("utf-8") == file.read_text("utf-8"), "run `make translations`"
    messages = messages_of(file)
    assert len(messages) > 400
    assert [source for _, source, said in messages if not said] == []
    for _, source, said in messages:
        assert sorted(PLACES.findall(source)) == sorted(PLACES.findall(said)), source
        assert source.count("\n") == said.count("\n"), source
        assert ("&" in source) == ("&" in said), source
    release(work, work.with_suffix(".qm"))
    assert work.with_suffix(".qm").read_bytes() == file.with_suffix(".qm").read_bytes(), (
        "run `make translations`"
    )


MARKED = ("preferences.py", "engine_words.py")
"""Translate what is marked elsewhere, by QT_TRANSLATE_NOOP."""


def test_every_text_is_said_where_qts_tools_find_it(tmp_path: Path) -> None:
    """A literal in `self.tr(…)` of its class, or in `translate("context", …)`."""
    known = {(context, source) for context, source, _ in messages_of(FILES[0])}
    assert all(context for context, _ in known)
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else ""
            name = function.id if isinstance(function, ast.Name) else name
            place = f"{file.name}:{node.lineno}"
            if name == "tr":
                assert isinstance(function, ast.Attribute), place
                assert isinstance(node.args[0], ast.Constant), place
                assert any(source == node.args[0].value for _, source in known), place
            elif name == "translate" and file.name not in MARKED:
                assert all(isinstance(each, ast.Constant) for each in node.args[:2]), place


@pytest.mark.parametrize(
    ("language", "menu", "said"),
    [("de", "&Datei", "Bereit zum Suchen"), ("zh_CN", "文件(&F)", "可以搜索")],
)
def test_a_window_speaks_it(
    english_again: QApplication,
    open_window: OpenWindow,
    library: Path,
    qtbot: QtBot,
    language: str,
    menu: str,
    said: str,
) -> None:
    translations.install(english_again, language)
    window = open_window(library)
    assert window.menuBar().actions()[0].text() == menu
    qtbot.waitUntil(lambda: window.browser.status.left.text() == said, timeout=PATIENCE)
    source_of = {text: source for _, source, text in messages_of(FILES[0]) if language == "de"}
    for action in window.actions_.findChildren(QAction):
        if language == "de" and action.text().strip("★"):
            assert action.text() in source_of, action.text()


def test_what_the_engine_says_is_said_in_the_language_of_the_window(
    english_again: QApplication,
) -> None:
    said = ["looks like “a dog”", "decoding took longer than 60 seconds", "rate 2 photos 4"]
    said += ["a sentence that nobody knows", "looks like “{what}”"]
    assert [in_window(each) for each in said] == said
    translations.install(english_again, "de")
    assert [in_window(each) for each in said] == [
        "sieht aus wie „a dog“",
        "das Öffnen dauerte länger als 60 Sekunden",
        "2 Fotos mit 4 bewertet",
        "a sentence that nobody knows",
        "sieht aus wie „{what}“",
    ]

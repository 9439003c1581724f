"""The window in a person's language: the texts of `resources/translations`, and Qt's own.

A language is a file there: `photosearch_de.ts` with its texts, and `photosearch_de.qm`, which
`make translations` makes of it and which is read here. English is in the program itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from photosearch.paths import resources

SYSTEM, ENGLISH = "system", "en"
_PREFIX = "photosearch_"


def folder() -> Path:
    """Where the texts lie."""
    return resources() / "translations"


def languages() -> list[str]:
    """The languages there are, as QLocale writes them (`de`, `zh_CN`); English is the first."""
    found = sorted(file.stem.removeprefix(_PREFIX) for file in folder().glob(f"{_PREFIX}*.qm"))
    return [ENGLISH, *found]


def name_of(language: str) -> str:
    """What a language calls itself."""
    if language == ENGLISH:
        return "English"
    name = QLocale(language).nativeLanguageName()
    return name[:1].upper() + name[1:]


def choose(wanted: str, system: Sequence[str], there: Sequence[str]) -> str:
    """The language to use, one of `there`: the one that is wanted, or (`system`) the first of the
    system's, the dearest first, that is there, in whatever country; English where none is."""
    if wanted in there:
        return wanted
    for tag in system:
        locale = QLocale(tag)
        alike = [each for each in there if _script(QLocale(each)) == _script(locale)]
        exact = [each for each in alike if each == locale.name()]
        if alike:
            return (exact or alike)[0]
    return ENGLISH


def install(app: QCoreApplication, wanted: str = SYSTEM) -> str:
    """Have the program speak the language that `wanted` names (see `choose`), which is returned.
    Numbers and dates are written its way too; in the system's way where the system chose it."""
    system = QLocale.system()
    language = choose(wanted, system.uiLanguages(), languages())
    if wanted == language:
        QLocale.setDefault(QLocale(language))
    if language != ENGLISH:
        of_qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        for file in (of_qt / f"qtbase_{language}.qm", folder() / f"{_PREFIX}{language}.qm"):
            translator = QTranslator(app)
            if translator.load(str(file)):
                app.installTranslator(translator)
    return language


def _script(locale: QLocale) -> tuple[QLocale.Language, QLocale.Script]:
    return locale.language(), locale.script()

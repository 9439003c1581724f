"""The panels that have nothing to do with the photos that are picked: made when they are first
wanted, one of each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QMainWindow

from photosearch.gui import translations
from photosearch.gui.downloads import Downloads
from photosearch.gui.models import ModelsPanel
from photosearch.gui.preferences import Choice, PreferencesPanel
from photosearch.gui.session import Session
from photosearch.gui.settings import WindowSettings


class Panels(QObject):
    """`look_wanted()`: the folders are to be looked through anew."""

    look_wanted = Signal()

    def __init__(
        self,
        library: Path,
        session: Session,
        settings: WindowSettings,
        choose_theme: Callable[[str], None],
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._session, self._settings, self._window = session, settings, window
        self._choose_theme = choose_theme
        self.downloads = Downloads(library, self)
        self.settings: PreferencesPanel | None = None
        self.models: ModelsPanel | None = None

    def show_settings(self) -> None:
        """How the program does its work, and how the window speaks."""
        if self.settings is None:
            self.settings = PreferencesPanel(self._choices(), self._window)
        self.settings.look()
        _raise(self.settings)

    def show_models(self) -> None:
        """Which models there are to find photos by."""
        if self.models is None:
            self.models = ModelsPanel(self._session.engine, self.downloads, self._window)
            self.models.look_wanted.connect(self.look_wanted)
        self.models.look()
        _raise(self.models)

    def close(self) -> None:
        """The window closes."""
        for panel in (self.settings, self.models):
            if panel is not None:
                panel.close()
        self.downloads.close()

    def _choices(self) -> list[Choice]:
        named = [(each, translations.name_of(each)) for each in translations.languages()]
        language = Choice(
            self.tr("Language"),
            self.tr("Holds when PhotoSearch is started again."),
            [(translations.SYSTEM, self.tr("As the system")), *named],
            lambda: self._settings.language,
            lambda name: setattr(self._settings, "language", name),
        )
        names = (("system", self.tr("As the system")), ("light", self.tr("Light")))
        looks = Choice(
            self.tr("Looks"),
            self.tr("Light, dark, or whatever the system is set to. Holds at once."),
            [*names, ("dark", self.tr("Dark"))],
            lambda: self._settings.theme,
            self._choose_theme,
        )
        return [language, looks]


def _raise(panel: QDialog) -> None:
    panel.show()
    panel.raise_()
    panel.activateWindow()

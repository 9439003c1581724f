"""The panels that have nothing to do with the photos that are picked: made when they are first
wanted, one of each."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QMainWindow, QWidget

from photosearch.engine.replies import DemoAlbum, Error, Reply
from photosearch.engine.requests import LayOutDemo
from photosearch.engine.starting import program
from photosearch.gui import desktop, dialogs, translations
from photosearch.gui.downloads import Downloads
from photosearch.gui.session import Session
from photosearch.gui.settings import WindowSettings

if TYPE_CHECKING:  # they are imported when they are first wanted
    from photosearch.gui.about import AboutPanel
    from photosearch.gui.models import ModelsPanel
    from photosearch.gui.preferences import Choice, PreferencesPanel
    from photosearch.gui.problems import ProblemsPanel
    from photosearch.gui.shortcuts import ShortcutSheet


class Panels(QObject):
    """`look_wanted()`: the folders are to be looked through anew; `first_chosen(path)`: a folder
    was chosen on the first page; `trouble(Error)`: something did not work."""

    look_wanted = Signal()
    first_chosen = Signal(str)
    trouble = Signal(object)

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
        self._library = library
        self._choose_theme = choose_theme
        self.downloads = Downloads(library, self)
        self.dialog: QWidget | None = None
        self.settings: PreferencesPanel | None = None
        self.models: ModelsPanel | None = None
        self.problems: ProblemsPanel | None = None
        self.keys: ShortcutSheet | None = None
        self.about: AboutPanel | None = None

    def show_settings(self) -> None:
        """How the program does its work, and how the window speaks."""
        if self.settings is None:
            from photosearch.gui.preferences import PreferencesPanel

            self.settings = PreferencesPanel(self._choices(), self._window)
        self.settings.look()
        bring_up(self.settings)

    def show_models(self) -> None:
        """Which models there are to find photos by."""
        if self.models is None:
            from photosearch.gui.models import ModelsPanel

            self.models = ModelsPanel(self._session.engine, self.downloads, self._window)
            self.models.look_wanted.connect(self.look_wanted)
        self.models.look()
        bring_up(self.models)

    def show_problems(self) -> None:
        """The files that could not be read as photos."""
        if self.problems is None:
            from photosearch.gui.problems import ProblemsPanel

            self.problems = ProblemsPanel(self._session.engine, self._window)
            self.problems.look_wanted.connect(self.look_wanted)
            self._session.run_ended.connect(self.problems.look)
        self.problems.look()
        bring_up(self.problems)

    def show_keys(self) -> None:
        """What can be done, by which keys."""
        if self.keys is None:
            from photosearch.gui.shortcuts import ShortcutSheet

            self.keys = ShortcutSheet(self._window.menuBar(), self._window)
        self.keys.look()
        bring_up(self.keys)

    def show_about(self) -> None:
        """What this program is."""
        if self.about is None:
            from photosearch.gui.about import AboutPanel

            self.about = AboutPanel(self._session.engine, self._library, self._window)
        self.about.look()
        bring_up(self.about)

    def choose_first(self) -> None:
        """Have a person choose one more folder on the first page."""
        home = os.path.expanduser("~")
        self.dialog = dialogs.choose_folder(self._window, home, self.first_chosen.emit)

    def show_demo(self) -> None:
        """Open the demo: its photos, in a library and a window of their own."""

        def laid_out(reply: Reply) -> None:
            if isinstance(reply, Error):
                self.trouble.emit(reply)
            elif isinstance(reply, DemoAlbum):
                library = Path(reply.library)
                if not library.exists():  # its window begins with what is not finished
                    self._settings.keep_unfinished(library, [(reply.album,)])
                    self._settings.sync()
                desktop.start(program(library))

        self._session.engine.ask(LayOutDemo(), laid_out)

    def close(self) -> None:
        """The window closes."""
        for panel in (self.settings, self.models, self.problems, self.keys, self.about):
            if panel is not None:
                panel.close()
        self.downloads.close()

    def _choices(self) -> list[Choice]:
        from photosearch.gui.preferences import Choice

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


def bring_up(panel: QDialog) -> None:
    """Have a panel on the screen, before all others."""
    panel.show()
    panel.raise_()
    panel.activateWindow()

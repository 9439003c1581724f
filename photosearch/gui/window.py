"""The main window: menus and actions around the browser, folders, and how it is closed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from photosearch.gui import dialogs, news, situation, style
from photosearch.gui.actions import Actions
from photosearch.gui.browser import Browser
from photosearch.gui.indexer import Ending
from photosearch.gui.panels import Panels, bring_up
from photosearch.gui.panes import Panes
from photosearch.gui.session import Session
from photosearch.gui.settings import WindowSettings
from photosearch.settings import stored

if TYPE_CHECKING:  # panels are imported when they are first wanted
    from photosearch.gui.duplicates import DuplicatesPanel
    from photosearch.gui.folders import FoldersPanel
    from photosearch.gui.searches import SearchesPanel
    from photosearch.gui.tags import TagsPanel
    from photosearch.gui.teach import TeachPanel


class MainWindow(QMainWindow):
    """The window of a library. `closing()`: it will be gone, and its library is free;
    `results_painted()`: the photos that were asked for are on the screen, with their pictures."""

    closing = Signal()
    results_painted = Signal()

    def __init__(self, library: Path) -> None:
        """Start the engine. Raises OSError where that cannot be."""
        super().__init__()
        self.library = library
        self.session = Session(library, self)
        self.session.begin()  # it is looked for while the rest is built
        self.settings = WindowSettings()
        self.browser = Browser(self.session)
        self.dialog: QWidget | None = None
        self.duplicates: DuplicatesPanel | None = None
        self.folders: FoldersPanel | None = None
        self.tags: TagsPanel | None = None
        self.teaching: TeachPanel | None = None
        self.searches: SearchesPanel | None = None
        self._background: bool | None = None
        self._closed = False
        self.setCentralWidget(self.browser)
        self.panels = Panels(library, self.session, self.settings, self.choose_theme, self)
        self.actions_ = Actions(self, self.browser, self)
        self.actions_.fill(self.menuBar())
        self.setWindowTitle("PhotoSearch")
        self.setAcceptDrops(True)
        if not self.settings.restore_geometry(self):
            self.resize(1180, 780)
        self.browser.grid.set_side(self.settings.thumbnail_side)
        self.panes = Panes(self.browser, self.settings)
        self._connect()
        self._show_possible()
        self.browser.field.setFocus()
        for mistake in stored().mistakes:
            self.browser.say(f"{mistake}.", warning=True)
        news.tell(self)
        for folders in self.settings.unfinished(library):
            self.session.indexer.start(folders)

    def _connect(self) -> None:
        browser, session = self.browser, self.session
        session.run_ended.connect(self._show_ending)
        session.indexer.changed.connect(self._show_possible)
        browser.add.clicked.connect(self.choose_folder)
        browser.picked.connect(self._show_possible)
        browser.menu_wanted.connect(self.menu)
        browser.wanted.connect(self._do)
        browser.sidebar.acted.connect(self._do)
        browser.details.tags_wanted.connect(self.show_tags)
        browser.results_painted.connect(self.results_painted)
        self.panels.look_wanted.connect(self.look_for_new)
        browser.first_page.set_library(self.library)
        browser.first_page.chosen.connect(self.add_folders)
        browser.first_page.another_wanted.connect(self.panels.choose_first)
        browser.first_page.demo_wanted.connect(self.panels.show_demo)
        self.panels.first_chosen.connect(browser.first_page.add)
        self.panels.trouble.connect(session.trouble)
        browser.grid.side_changed.connect(self._keep_side)
        session.deeds.changed.connect(self._look_again)
        browser.full_wanted.connect(self.toggle_full_screen)

    def search_for(self, text: str) -> None:
        """Search, as if a person had typed it and pressed Enter."""
        self.browser.search_for(text)

    def come_to_front(self) -> None:
        """Somebody wants to see this window."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "actions_"):
            self.actions_.recolour()

    # --- actions ---

    def _do(self, act: str) -> None:
        """What a page or the side bar offers."""
        {
            "choose": self.choose_folder,
            "look": self.look_for_new,
            "again": self.session.again,
            "restart": self.session.again,
            "all": self.browser.show_all,
            "duplicates": self.show_duplicates,
            "problems": self.panels.show_problems,
        }[act]()

    def _show_possible(self) -> None:
        """What can be done depends on what is picked, and on what goes on."""
        browser, actions = self.browser, self.actions_
        first = browser.first()
        for action in actions.on_photos():
            action.setEnabled(first is not None)
        row = None if first is None else self.session.photos.row_of(first)
        actions.favourite.setChecked(bool(row and row.favourite))
        actions.why.setChecked(browser.viewing and browser.viewer.why.on)
        for action in (actions.next, actions.previous):
            action.setEnabled(browser.viewing)
        actions.back.setEnabled(browser.viewing or self.session.results.has_before)
        run = self.session.indexer.run
        paused = run is not None and run.state == "paused"
        actions.sidebar.setChecked(self.panes.sidebar_wanted)
        actions.details.setChecked(self.panes.details_wanted)
        for name, action in actions.themes.items():
            action.setChecked(name == self.settings.theme)
        actions.pause.setText(self.tr("Go on") if paused else self.tr("Pause"))
        for action in (actions.pause, actions.stop):
            action.setEnabled(run is not None and run.state != "stopping")

    def menu(self, where: QPoint) -> None:
        """Open the menu of the photos that are picked, at a point of the screen."""
        if self.browser.first() is not None:
            menu = self.actions_.photo_menu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.dialog = menu
            menu.popup(where)

    def _keep_side(self, side: int) -> None:
        self.settings.thumbnail_side = side

    # --- folders ---

    def choose_folder(self) -> None:
        """Have a person choose a folder to add."""
        start = os.path.dirname(self.settings.folder) or os.path.expanduser("~")
        self.dialog = dialogs.choose_folder(self, start, self.add_folder)

    def add_folder(self, path: str) -> None:
        """Add a folder's photos to the library."""
        self.add_folders([path])

    def add_folders(self, paths: list[str]) -> None:
        """Add the photos of folders to the library."""
        self.settings.folder = paths[-1]
        self.browser.banner_place.hide()
        self.session.indexer.start(paths)

    def look_for_new(self) -> None:
        """Look through all folders for what is new."""
        state = self.session.state
        if state is not None and state.roots:
            self.browser.banner_place.hide()
            self.session.indexer.start()
        else:
            self.choose_folder()

    def show_duplicates(self) -> None:
        """Show what is twice, in a window of its own."""
        if self.duplicates is None:
            from photosearch.gui.duplicates import DuplicatesPanel

            self.duplicates = DuplicatesPanel(self.session.engine, self.session.pictures, self)
            self.duplicates.changed.connect(self.session.photos_moved)
        bring_up(self.duplicates)
        self.duplicates.look()

    def show_tags(self) -> None:
        """Show the tags of the photos that are picked."""
        if self.tags is None:
            from photosearch.gui.tags import TagsPanel

            self.tags = TagsPanel(self.session.engine, self)
            self.tags.search_for.connect(self.search_for)
            self.tags.changed.connect(self.session.photos.refresh)
            self.tags.changed.connect(self.session.said)
            self.browser.picked.connect(self._show_tags_of_picked)
        bring_up(self.tags)
        self._show_tags_of_picked()

    def _show_tags_of_picked(self) -> None:
        if self.tags is not None and self.tags.isVisible():
            self.tags.show_photos(self.browser.targets())

    def show_teaching(self) -> None:
        """Teach a tag by the photos that are picked."""
        if self.teaching is None:
            from photosearch.gui.teach import TeachPanel

            self.teaching = TeachPanel(self.session.engine, self.session.pictures, self)
            self.teaching.search_for.connect(self.search_for)
            self.browser.picked.connect(self._teach_picked)
        bring_up(self.teaching)
        self._teach_picked()
        self.teaching.look()

    def _teach_picked(self) -> None:
        if self.teaching is not None and self.teaching.isVisible():
            self.teaching.set_photos(self.browser.targets())

    def show_searches(self) -> None:
        """Show the saved searches, where the present one can be kept."""
        if self.searches is None:
            from photosearch.gui.searches import SearchesPanel

            self.searches = SearchesPanel(self.session.engine, self)
            self.searches.chosen.connect(self.search_for)
        bring_up(self.searches)
        self.searches.look(" ".join(self.browser.field.text().split()))

    def show_folders(self) -> None:
        """Show the folders, and what is left out."""
        if self.folders is None:
            from photosearch.gui.folders import FoldersPanel

            self.folders = FoldersPanel(self.session.engine, self)
            self.folders.look_again.connect(self.look_for_new)
            self.session.run_ended.connect(self.folders.look)
        bring_up(self.folders)
        self.folders.look()

    def _look_again(self) -> None:
        """What panels show may be another now."""
        for panel in (self.duplicates, self.folders, self.teaching):
            if panel is not None and panel.isVisible():
                panel.look()
        if self.searches is not None and self.searches.isVisible():
            self.searches.look(" ".join(self.browser.field.text().split()))
        self._show_tags_of_picked()

    def pause_or_go_on(self) -> None:
        """Let the run rest, or go on."""
        run = self.session.indexer.run
        if run is not None and run.state == "paused":
            self.session.indexer.resume()
        elif run is not None:
            self.session.indexer.pause()

    def stop_run(self) -> None:
        """End the run."""
        self.session.indexer.stop()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is not None:  # a photo of ours, on its way to another program
            return
        if any(os.path.exists(url.toLocalFile()) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls()]
        if self.open_paths(paths, self.browser.field.text()):
            event.acceptProposedAction()

    def open_paths(self, paths: Sequence[str], words: str = "") -> bool:
        """Add the folders among `paths`; where there are none, search for photos like the first
        photo (and `words`). False where there is nothing that can be opened."""
        folders = [path for path in paths if os.path.isdir(path)]
        if folders:
            self.settings.folder = folders[-1]
            self.session.indexer.start(folders)
            return True
        photo = next((path for path in paths if os.path.isfile(path) and '"' not in path), None)
        if photo is not None:
            self.search_for(f'like:"{photo}" {words}'.strip())
        return photo is not None

    def _show_ending(self, ending: Ending | None) -> None:
        text = situation.ending(ending)
        if text is None:
            return
        early = ending is not None and ending.kind in ("died", "error", "stopped")
        self.browser.say(
            text,
            warning=early and ending is not None and ending.kind != "stopped",
            button=self.tr("Go on") if early else "",
            act=self.session.indexer.go_on if early else None,
        )

    # --- the window itself ---

    def toggle_sidebar(self) -> None:
        """Show the side bar, or no longer."""
        self.panes.toggle_sidebar()
        self._show_possible()

    def toggle_details(self) -> None:
        """Show the details, or no longer."""
        self.panes.toggle_details()
        self._show_possible()

    def choose_theme(self, name: str) -> None:
        """Look light, dark, or as the system says (`system`)."""
        self.settings.theme = name
        if isinstance(app := QApplication.instance(), QApplication):
            style.choose(app, name)
        self._show_possible()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or no longer."""
        full = self.isFullScreen()
        self.menuBar().setVisible(full)
        self.browser.status.setVisible(full)
        self.browser.viewer.set_bare(not full)
        self.browser.picked.emit()  # what stands around the photo depends on it
        self.showNormal() if full else self.showFullScreen()

    def quit(self) -> None:
        """Close the window."""
        self.close()

    def quit_now(self) -> None:
        """Close without a question: a run of ours stops, and goes on the next time."""
        self.ask_nothing()
        self.close()

    def ask_nothing(self) -> None:
        """From now on there is nobody to answer questions."""
        self._background = False

    def _close_with(self, background: bool) -> None:
        self._background = background
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closed:
            event.accept()
            return
        if self.session.indexer.ours and self._background is None:
            event.ignore()
            self.dialog = dialogs.ask_before_closing(
                self, lambda: self._close_with(True), lambda: self._close_with(False)
            )
            return
        event.accept()
        self._closed = True
        background = bool(self._background)
        left = self.session.indexer.left_by_closing(background=background)
        self.settings.keep_unfinished(self.library, left)
        self.settings.keep_geometry(self)
        self.settings.sync()
        for panel in (self.duplicates, self.folders, self.tags, self.teaching, self.searches):
            if panel is not None:
                panel.close()
        self.panels.close()
        self.actions_.views.stop()
        self.hide()
        self.closing.emit()
        self.panes.stop()
        self.browser.stop()
        self.session.close(background=background)

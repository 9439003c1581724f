"""Every action of the window: its words, icon, keys, and the menus it is in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from photosearch.gui import icons
from photosearch.gui.browser import Browser
from photosearch.gui.panels import Panels
from photosearch.gui.photo_actions import PhotoActions
from photosearch.gui.view_actions import ViewActions


class Doer(Protocol):
    """Does what has nothing to do with photos (the main window)."""

    panels: Panels

    def choose_folder(self) -> None: ...
    def look_for_new(self) -> None: ...
    def show_duplicates(self) -> None: ...
    def show_folders(self) -> None: ...
    def show_tags(self) -> None: ...
    def show_teaching(self) -> None: ...
    def show_searches(self) -> None: ...
    def toggle_full_screen(self) -> None: ...
    def toggle_sidebar(self) -> None: ...
    def toggle_details(self) -> None: ...
    def choose_theme(self, name: str) -> None: ...
    def pause_or_go_on(self) -> None: ...
    def stop_run(self) -> None: ...
    def quit(self) -> None: ...


class Actions(QObject):
    """The actions of a window. Those on photos work where the grid or the large view has the
    focus, so that their one-key shortcuts do not get in the way of typing."""

    def __init__(self, window: QWidget, photos: Browser, doer: Doer) -> None:
        super().__init__(window)
        self._window, self._grid, self._viewer = window, photos.grid, photos.viewer
        self._photos = photos
        self._named: dict[QAction, str] = {}
        add, on_photos = self._add, self._add_on_photos
        self.add_folder = add(self.tr("Add folder…"), "add-folder", ["Ctrl+O"], doer.choose_folder)
        self.look = add(self.tr("Look for new photos"), "refresh", ["F5"], doer.look_for_new)
        self.duplicates = add(self.tr("Duplicates…"), "", ["Ctrl+D"], doer.show_duplicates)
        self.folders = add(self.tr("Folders…"), "", ["Ctrl+L"], doer.show_folders)
        self.find = add(self.tr("Search"), "search", ["Ctrl+F"], photos.search)
        self.undo = add(self.tr("Take back"), "undo", ["Ctrl+Z"], photos.undo)
        self.bigger = add(
            self.tr("Larger thumbnails"), "bigger", ["Ctrl++", "Ctrl+="], lambda: photos.zoom(1)
        )
        self.smaller = add(
            self.tr("Smaller thumbnails"), "smaller", ["Ctrl+-"], lambda: photos.zoom(-1)
        )
        self.searches = add(self.tr("Saved searches…"), "", ["Ctrl+Shift+S"], doer.show_searches)
        self.teach = add(self.tr("Teach a tag…"), "", ["Ctrl+T"], doer.show_teaching)
        self.unfold = add(self.tr("Show near-duplicates"), "", ["Ctrl+Shift+D"], self._unfold)
        self.unfold.setCheckable(True)
        self.full_screen = add(self.tr("Full screen"), "", ["F11"], doer.toggle_full_screen)
        self.sidebar = add(self.tr("Side bar"), "sidebar", ["F9"], doer.toggle_sidebar)
        self.details = add(self.tr("Details"), "details", ["F8"], doer.toggle_details)
        themes = {
            "system": self.tr("As the system"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
        }
        self.themes = {
            name: add(text, "", [], lambda name=name: doer.choose_theme(name))  # type: ignore[misc]
            for name, text in themes.items()
        }
        for action in (self.sidebar, self.details, *self.themes.values()):
            action.setCheckable(True)
        self.pause = add(self.tr("Pause"), "pause", ["Ctrl+P"], doer.pause_or_go_on)
        self.stop = add(self.tr("Stop"), "stop", ["Ctrl+."], doer.stop_run)
        self._add_panels(doer.panels)
        self.quit = add(self.tr("Quit"), "", ["Ctrl+Q"], doer.quit)
        self.back = add(self.tr("Back"), "back", ["Alt+Left"], photos.back)
        self.leave = on_photos(self.tr("Back to what was before"), "", ["Esc"], photos.back)
        self.view = on_photos(
            self.tr("Large view"), "view", ["Return", "Enter", "Space"], photos.toggle_view
        )
        self.next = on_photos(self.tr("Next photo"), "next", ["Right"], lambda: photos.step(1))
        self.previous = on_photos(
            self.tr("Previous photo"), "back", ["Left"], lambda: photos.step(-1)
        )
        for action in (self.next, self.previous):
            self._grid.removeAction(action)  # whose arrows lead to all sides
        self.similar = on_photos(
            self.tr("Find similar"), "similar", ["Ctrl+Shift+F"], photos.similar
        )
        self.similar_part = on_photos(
            self.tr("Find what is like a part of it…"), "part", ["R"], photos.pick_region
        )
        self.why = on_photos(self.tr("Why this photo?"), "why", ["W"], photos.toggle_why)
        self.why.setCheckable(True)
        self.open = on_photos(self.tr("Open"), "open", ["Ctrl+Return"], photos.open)
        self.show_in_folder = on_photos(
            self.tr("Show in folder"), "folder", ["Ctrl+R"], photos.show_in_folder
        )
        self.copy_picture = on_photos(
            self.tr("Copy picture"), "copy", ["Ctrl+C"], photos.copy_picture
        )
        self.copy_paths = on_photos(self.tr("Copy path"), "", ["Ctrl+Shift+C"], photos.copy_paths)
        self.select_all = on_photos(self.tr("Select all"), "", ["Ctrl+A"], photos.select_all)
        self.favourite = on_photos(self.tr("Favourite"), "heart", ["F"], photos.toggle_favourite)
        self.favourite.setCheckable(True)
        self.tags = on_photos(self.tr("Tags…"), "", ["T"], doer.show_tags)
        self.stars = [
            on_photos(
                self.tr("No stars") if not count else "★" * count,
                "",
                [str(count)],
                lambda count=count: photos.rate(count),  # type: ignore[misc]
            )
            for count in range(6)
        ]
        self.more = PhotoActions(window, photos, on_photos)
        self.views = ViewActions(window, photos, on_photos)
        QTimer.singleShot(0, self, self.recolour)  # nobody sees a menu before

    def _add_panels(self, panels: Panels) -> None:
        add = self._add
        self.models = add(self.tr("Models…"), "", ["Ctrl+M"], panels.show_models)
        self.settings = add(self.tr("Settings…"), "", ["Ctrl+,"], panels.show_settings)
        self.problems = add(self.tr("Problem files…"), "", ["Ctrl+Shift+E"], panels.show_problems)
        self.keys = add(self.tr("Keys…"), "", ["?", "Ctrl+/"], panels.show_keys)
        self.about = add(self.tr("About PhotoSearch"), "", ["F1"], panels.show_about)

    def on_photos(self) -> list[QAction]:
        """The actions that need a photo."""
        return [
            *(
                self.view,
                self.similar,
                self.similar_part,
                self.why,
                self.open,
                self.show_in_folder,
                self.copy_picture,
            ),
            *(self.copy_paths, self.favourite, self.tags, *self.stars),
            *self.more.all(),
        ]

    def _unfold(self) -> None:
        self._photos.fold(not self.unfold.isChecked())

    def recolour(self) -> None:
        """Draw the icons in the colours of the window."""
        colours, role = self._window.palette(), QPalette.ColorRole.WindowText
        faint = colours.color(QPalette.ColorGroup.Disabled, role)
        for action, name in self._named.items():
            action.setIcon(icons.icon(name, colours.color(role), faint))

    def fill(self, bar: QMenuBar) -> None:
        """Put all actions into the menus."""
        file = bar.addMenu(self.tr("&File"))
        _put(file, self.add_folder, self.look, self.folders, self.problems, None)
        _put(file, self.duplicates, None)
        _put(file, self.pause, self.stop, None, self.quit)
        edit = bar.addMenu(self.tr("&Edit"))
        _put(edit, self.undo, None, self.copy_picture, self.copy_paths, self.select_all)
        _put(edit, None, self.find, self.searches, None, self.models, self.settings)
        view = bar.addMenu(self.tr("&View"))
        _put(
            view,
            self.view,
            self.previous,
            self.next,
            self.back,
            None,
            self.bigger,
            self.smaller,
            self.unfold,
            None,
            self.sidebar,
            self.details,
        )
        self.views.fill(view)
        view.addSeparator()
        looks = view.addMenu(self.tr("Looks"))
        _put(looks, *self.themes.values())
        _put(view, None, self.full_screen)
        photo = bar.addMenu(self.tr("&Photo"))
        self._put_photo(photo)
        photo.addSeparator()
        self.more.fill(photo, programs=False)
        help_ = bar.addMenu(self.tr("&Help"))
        _put(help_, self.keys, self.about)

    def photo_menu(self, parent: QWidget) -> QMenu:
        """The menu on a photo."""
        menu = QMenu(parent)
        _put(menu, self.similar, self.similar_part, self.why, self.view)
        _put(menu, self.views.compare, self.views.slide_show, None)
        self._put_photo(menu, with_similar=False)
        _put(menu, None, self.copy_picture, self.copy_paths)
        self.more.fill(menu, programs=False)
        return menu

    def _put_photo(self, menu: QMenu, *, with_similar: bool = True) -> None:
        if with_similar:
            _put(menu, self.similar, self.similar_part, self.why, None)
        _put(menu, self.open, self.more.open_with, self.show_in_folder, None)
        stars = menu.addMenu(self.tr("Rating"))
        _put(stars, *reversed(self.stars))
        _put(menu, self.favourite, self.tags, self.teach)

    def _add(self, text: str, icon: str, keys: list[str], slot: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _=False: slot())
        if icon:
            self._named[action] = icon
        self._window.addAction(action)
        return action

    def _add_on_photos(
        self, text: str, icon: str, keys: list[str], slot: Callable[[], None]
    ) -> QAction:
        action = self._add(text, icon, keys, slot)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._window.removeAction(action)
        self._grid.addAction(action)
        self._viewer.addAction(action)
        return action


def _put(menu: QMenu, *actions: QAction | None) -> None:
    for action in actions:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)

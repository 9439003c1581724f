"""What stands around the photos, kept in step with them: side bar, parts of the query, details."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QInputDialog, QMenu

from photosearch.engine.replies import Error, QueryText, Reply, Said
from photosearch.engine.requests import (
    RemoveAlbum,
    RemoveSearch,
    RenameAlbum,
    Request,
    ToggleFilter,
)
from photosearch.gui.browser import Browser
from photosearch.gui.settings import WindowSettings

_KIND = "toggle"


class Panes(QObject):
    """The panes of a browser. Which of them a person wants is remembered."""

    def __init__(self, browser: Browser, settings: WindowSettings) -> None:
        super().__init__(browser)
        self._browser, self._session, self._settings = browser, browser.session, settings
        self.sidebar_wanted, self.details_wanted = settings.panes
        self.menu: QMenu | None = None
        self.dialog: QInputDialog | None = None
        sidebar, details, chips = browser.sidebar, browser.details, browser.chips
        sidebar.searched.connect(browser.search_for)
        sidebar.toggled.connect(self._toggle)
        sidebar.menu_wanted.connect(self._menu)
        chips.rewritten.connect(self._rewrite)
        chips.read.connect(sidebar.choose)
        details.searched.connect(browser.search_for)
        details.rated.connect(browser.rate)
        details.favoured.connect(browser.toggle_favourite)
        browser.picked.connect(self._show_picked)
        browser.arranging.changed.connect(self._arrange)
        browser.arranging.side_wished.connect(browser.grid.set_side)
        browser.grid.side_changed.connect(browser.arranging.show_side)
        self._session.changed.connect(self._on_changed)
        self._session.said.connect(sidebar.look)
        self._session.run_ended.connect(sidebar.look)
        browser.arranging.show_side(browser.grid.side)
        browser.arranging.set_arrangement(*settings.arrangement)
        self._session.results.arrange(*browser.arranging.arrangement)
        self._on_changed()
        sidebar.look()

    def _menu(self, kind: str, name: str, where: QPoint) -> None:
        """What can be done with an album or a saved search."""
        menu = QMenu(self._browser)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if kind == "album":
            rename = menu.addAction(self.tr("Rename the album…"))
            rename.triggered.connect(lambda: self._ask_name(name))
            remove = menu.addAction(self.tr("Remove the album (its photos stay)"))
            remove.triggered.connect(lambda: self._say(RemoveAlbum(name)))
        else:
            remove = menu.addAction(self.tr("Remove the saved search"))
            remove.triggered.connect(lambda: self._say(RemoveSearch(name)))
        self.menu = menu
        menu.popup(where)

    def _ask_name(self, name: str) -> None:
        dialog = QInputDialog(self._browser)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Rename the album"))
        dialog.setLabelText(self.tr("New name of the album:"))
        dialog.setTextValue(name)
        dialog.textValueSelected.connect(lambda text: self._say(RenameAlbum(name, text)))
        self.dialog = dialog
        dialog.open()

    def _say(self, request: Request) -> None:
        def came(reply: Reply) -> None:
            if isinstance(reply, Error):
                self._session.trouble.emit(reply)
            elif isinstance(reply, Said):
                self._browser.status.say(reply.action or "")
                self._session.said.emit()

        self._session.engine.ask(request, came)

    def toggle_sidebar(self) -> None:
        """Show the side bar, or no longer."""
        self.sidebar_wanted = not self.sidebar_wanted
        self._keep()

    def toggle_details(self) -> None:
        """Show the details, or no longer."""
        self.details_wanted = not self.details_wanted
        self._keep()

    def _keep(self) -> None:
        self._settings.panes = (self.sidebar_wanted, self.details_wanted)
        self._show_possible()

    def _show_possible(self) -> None:
        """Around the large view there are only the details; where no photos are, there is nothing
        to be said of them."""
        browser, state = self._browser, self._session.state
        any_photos = bool(state and state.photos) or bool(self._session.photos.ids)
        viewing = browser.viewing
        browser.top.setVisible(not viewing)
        browser.chips.setVisible(not viewing and bool(browser.chips.buttons))
        browser.sidebar.setVisible(self.sidebar_wanted and any_photos and not viewing)
        alone = viewing and browser.viewer.bare  # the photo, on the whole screen
        browser.details.setVisible(self.details_wanted and any_photos and not alone)

    def _on_changed(self) -> None:
        view, state = self._session.results.view, self._session.state
        self._browser.chips.show_query(view.words if view.kind == "search" else "")
        self._browser.arranging.show_ranked(view.kind != "all")
        self._browser.sidebar.show_total(state.photos if state else 0)
        self._show_possible()

    def _show_picked(self) -> None:
        self._show_possible()
        targets = self._browser.targets()
        match = self._session.photos.match_of(targets[0]) if len(targets) == 1 else None
        self._browser.details.show_photos(targets, match)

    def _arrange(self, order: str, group: str) -> None:
        self._settings.arrangement = (order, group)
        self._session.results.arrange(order, group)

    def _toggle(self, field: str, value: str) -> None:
        """Put a filter into the query, or take it out."""

        def came(reply: Reply) -> None:
            if isinstance(reply, QueryText):
                self._rewrite(reply.text)

        text = self._browser.field.text()
        self._session.engine.ask(ToggleFilter(text, field, value), came, newest=_KIND)

    def _rewrite(self, text: str) -> None:
        """Search for another query, as if a person had typed it; nothing: all photos."""
        if text.strip():
            self._browser.search_for(text)
        else:
            self._browser.show_all()

    def stop(self) -> None:
        """The window closes."""
        self._session.engine.drop(_KIND)
        self._browser.sidebar.stop()
        self._browser.details.stop()
        self._browser.chips.stop()

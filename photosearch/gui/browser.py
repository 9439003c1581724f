"""The photos and the search field: what they show, and what a person does with them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, QTimer, Signal

from photosearch.engine.replies import Error
from photosearch.engine.requests import Region, RememberSearch
from photosearch.gui import situation, words
from photosearch.gui.dialogs import Then
from photosearch.gui.layout import Layout
from photosearch.gui.results import ALL, View
from photosearch.gui.session import Session
from photosearch.gui.suggestions import Suggestions
from photosearch.gui.troubles import sentence
from photosearch.gui.why import Question

_LIKE = 200  # photos at most, that others are to look like
TYPING_MS = 30  # after the last key, until it is searched for


class Browser(Layout):
    """Between the menus and the frame. `picked()`: what actions are for has changed;
    `menu_wanted(where)`: the menu of the photos that are picked, at a point of the screen;
    `full_wanted()`: the whole screen, or no longer;
    `wanted(act)`: what a page offers was chosen; `results_painted()`: the photos that were asked
    for are on the screen, with their pictures."""

    picked = Signal()
    menu_wanted = Signal(QPoint)
    wanted = Signal(str)
    full_wanted = Signal()
    results_painted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.page_name = ""
        self._paint_awaited = False
        self._came_from = 0
        self._shown_before = session.results.shown
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.search_now)
        self.suggestions = Suggestions(self.field, session.engine)
        session.changed.connect(self.show_state)
        session.trouble.connect(self._show_trouble)
        session.results.answered.connect(self._show_answer)
        session.indexer.changed.connect(lambda: self.status.show_run(session.indexer.run))
        session.deeds.done.connect(self.status.say)
        session.engine.search_changed.connect(self.status.show_search)
        session.engine.restarted.connect(self.viewer.again)
        session.photos.rows_came.connect(self.picked)
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._entered)
        self.field.left.connect(self._to_photos)
        self.back_button.clicked.connect(self.back)
        self.grid.opened.connect(self._view)
        self.grid.picked.connect(self.picked)
        self.grid.painted.connect(self._painted)
        self.grid.customContextMenuRequested.connect(
            lambda place: self.menu_wanted.emit(self.grid.viewport().mapToGlobal(place))
        )
        self.viewer.left.connect(self.toggle_view)
        self.viewer.shown.connect(self.picked)
        self.viewer.menu_wanted.connect(self.menu_wanted)
        self.viewer.part_chosen.connect(self.similar)
        self.viewer.bare_left.connect(self.full_wanted)
        self.status.paused.connect(session.indexer.pause)
        self.status.resumed.connect(session.indexer.resume)
        self.status.stopped.connect(session.indexer.stop)
        self.banner.closed.connect(self.banner_place.hide)
        self.show_state()

    def stop(self) -> None:
        """The window closes."""
        self._typing.stop()
        self.viewer.stop()
        self.grid.stop()
        self.status.stop_words()

    # --- what is shown ---

    @property
    def viewing(self) -> bool:
        """Whether a photo is shown large."""
        return self.stack.currentWidget() is self.viewer

    def show_state(self) -> None:
        """Show how everything stands: photos, or a page that says why there are none."""
        now = self.session.situation()
        self._paint_awaited = self._paint_awaited and not now.pending
        page = situation.page(now)
        self.page_name = page.name if page else ""
        if page is None:
            self.middle.setCurrentWidget(self.grid)
            self.heading.setText(situation.heading(now, self.session.results.shown))
            self.heading.setToolTip(self.heading.text())  # it may be cut short
            self.busy.setText(situation.busy(now))
            self.busy.setToolTip(situation.not_understood(now))
        else:
            if self.viewing:
                self.toggle_view()
            act = page.act
            self.page.say(
                page.icon, page.title, page.text, page.button, lambda: self.wanted.emit(act)
            )
            first = page.name == "first"
            self.middle.setCurrentWidget(self.first_page if first else self.page)
        self.back_button.setVisible(self.session.results.has_before)
        self.heading_line.setVisible(page is None)
        self.status.show_run(self.session.indexer.run)
        self.status.show_gone(self.session.gone)
        self.picked.emit()

    def _show_answer(self) -> None:
        place = self.session.photos.place_of(self._came_from) if self._came_from else None
        self._came_from = 0
        if place is not None:
            self.grid.select(place)
        else:
            if self.session.results.shown == self._shown_before:
                self.grid.clearSelection()  # asked once more: the current photo stays so
            else:
                self.grid.deselect()
            self.grid.scrollToTop()
        self._shown_before = self.session.results.shown
        self._paint_awaited = True
        self.grid.viewport().update()

    def _painted(self, whole: bool) -> None:
        if whole and self._paint_awaited:
            self._paint_awaited = False
            self.results_painted.emit()

    def _show_trouble(self, error: Error) -> None:
        self.say(sentence(error), warning=True)

    def say(
        self, text: str, *, warning: bool = False, button: str = "", act: Then | None = None
    ) -> None:
        """Say something over the photos."""
        if self.banner.say(text, warning=warning, button=button, action=act):
            self.banner_place.show()

    # --- searching ---

    def search_for(self, text: str) -> None:
        """Search, as if a person had typed it and pressed Enter."""
        self.field.setText(text)
        self.search_now()

    def search_now(self) -> None:
        """Search for what the field says."""
        self._typing.stop()
        text = " ".join(self.field.text().split())
        if text:
            self.session.results.show(View("search", text))
        elif self.session.results.view.kind == "search":
            self.session.results.show(ALL)

    def _typed(self, text: str) -> None:
        self._paint_awaited = False  # what was asked before is not asked any more
        if text.strip():
            self._typing.start()
        else:
            self.search_now()

    def _entered(self) -> None:
        if asked := " ".join(self.field.text().split()):
            self.session.engine.ask(RememberSearch(asked), lambda _reply: None)
        view = self.session.results.view
        if self._typing.isActive() or view.words != " ".join(self.field.text().split()):
            self.search_now()
        else:
            self._to_photos()

    def fold(self, on: bool) -> None:
        """Show near-duplicates under the best of them, or each by itself."""
        self.session.results.fold(on)

    def _to_photos(self) -> None:
        self.grid.setFocus()
        if self.grid.current() is None and self.session.photos.ids:
            self.grid.select(0)

    def show_all(self) -> None:
        """All photos, whatever was searched for."""
        self._set_words("")
        self.session.results.show(ALL)

    def _set_words(self, text: str) -> None:
        self.field.blockSignals(True)
        self.field.setText(text)
        self.field.blockSignals(False)
        self.field.show_clear()

    def search(self) -> None:
        """Go to the search field."""
        if self.viewing:
            self.toggle_view()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def back(self) -> None:
        """To what was shown before."""
        results = self.session.results
        if self.viewing:
            self.toggle_view()
        elif results.has_before:
            self._came_from = results.view.photo_id
            results.back()
            self._set_words(results.view.words)
            self._typing.stop()
        else:
            self.grid.clearSelection()

    # --- photos ---

    def first(self) -> int | None:
        """The first of the photos that an action is for."""
        return self.viewer.photo if self.viewing else self.grid.first()

    def targets(self) -> list[int]:
        """The photos that an action is for."""
        return [self.viewer.photo] if self.viewing else self.grid.selected()

    def toggle_view(self) -> None:
        """Show the current photo large, or go back to the grid."""
        if not self.viewing:
            place = self.grid.currentIndex().row()
            if place >= 0:
                self._view(place)
            return
        self.stack.setCurrentIndex(0)
        self.viewer.stop()
        if self.viewer.place < len(self.session.photos.ids):
            self.grid.select(self.viewer.place)
        self.grid.setFocus()
        self.picked.emit()

    def _view(self, place: int) -> None:
        self.stack.setCurrentWidget(self.viewer)
        asked = self.session.results.shown
        like = asked.photo_id if asked.kind == "similar" else None
        self.viewer.why.question = Question(asked.words, like)
        self.viewer.show_place(place)
        self.viewer.setFocus()

    def step(self, by: int) -> None:
        """The next photo in the large view."""
        if self.viewing:
            self.viewer.step(by)

    def toggle_why(self) -> None:
        """Show on the photo, large, why it was found; or no longer."""
        if not self.viewing:
            self.toggle_view()
            self.viewer.why.turn(self.viewing)
        else:
            self.viewer.why.turn(not self.viewer.why.on)
        self.picked.emit()

    def pick_region(self) -> None:
        """Let a part of the current photo be drawn, large, to find photos like it."""
        if not self.viewing:
            self.toggle_view()
        if self.viewing:
            self.viewer.pick_region()

    def similar(self, region: Region | None = None) -> None:
        """Find photos like what is picked, or like a part of the current one."""
        photo_id = self.viewer.photo if self.viewing else self.grid.current()
        if photo_id is None:
            return
        row = self.session.photos.row_of(photo_id)
        picked = [] if region is not None else self.targets()[:_LIKE]
        if self.viewing:
            self.toggle_view()
        self._typing.stop()
        name = words.file_name(row.path) if row else self.tr("this one")
        if len(picked) > 1:
            photo_id, *others = picked
            view = View("similar", photo_id=photo_id, name=words.photos(len(picked)))
            self.session.results.show(replace(view, others=tuple(others)))
            return
        self.session.results.show(View("similar", photo_id=photo_id, name=name, region=region))

    def open(self) -> None:
        """With the person's own program."""
        if (photo_id := self.first()) is not None:
            self.session.deeds.open(photo_id)

    def show_in_folder(self) -> None:
        """In the file manager."""
        self.session.deeds.show_in_folder(self.targets())

    def copy_picture(self) -> None:
        """To the clipboard."""
        if (photo_id := self.first()) is not None:
            self.session.deeds.copy_picture(photo_id)

    def copy_paths(self) -> None:
        """To the clipboard."""
        self.session.deeds.copy_paths(self.targets())

    def rate(self, stars: int) -> None:
        """Give what is picked stars."""
        if targets := self.targets():
            self.session.deeds.rate(targets, stars)

    def toggle_favourite(self) -> None:
        """Favourites, if the first of what is picked is none; else no longer."""
        if targets := self.targets():
            row = self.session.photos.row_of(targets[0])
            self.session.deeds.favourite(targets, not (row and row.favourite))

    def undo(self) -> None:
        """Take the last thing said back."""
        self.session.deeds.undo()

    def select_all(self) -> None:
        """All photos of the grid."""
        if not self.viewing:
            self.grid.selectAll()

    def zoom(self, steps: int) -> None:
        """Larger or smaller thumbnails."""
        self.grid.zoom(steps)

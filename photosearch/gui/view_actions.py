"""How photos are looked at: nearer, farther, all of it, two side by side, a slide show."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from photosearch.engine.replies import Row
from photosearch.gui.browser import Browser
from photosearch.gui.compare import ComparePanel
from photosearch.gui.photo_actions import Add
from photosearch.gui.settings import WindowSettings
from photosearch.gui.slide_show import SlideShow


class ViewActions(QObject):
    """The actions. `add` makes one that works where photos have the focus."""

    def __init__(self, window: QWidget, browser: Browser, add: Add) -> None:
        super().__init__(window)
        self._window, self._browser = window, browser
        self.panel: ComparePanel | None = None
        self.slides = SlideShow(browser.viewer)
        self.slides.said.connect(browser.viewer.say)
        self.slides.ended.connect(self._slides_ended)
        self._full_before = False
        canvas = browser.viewer.canvas
        self.nearer = add(self.tr("Nearer"), "bigger", ["+", "="], lambda: canvas.zoom_by(1))
        self.farther = add(self.tr("Farther away"), "smaller", ["-"], lambda: canvas.zoom_by(-1))
        self.whole = add(self.tr("All of it"), "view", ["Ctrl+0"], canvas.fit)
        self.pixels = add(self.tr("Pixel by pixel, or all of it"), "", ["Z"], canvas.toggle)
        self.compare = add(self.tr("Compare two photos"), "", ["C"], self.compare_picked)
        self.slide_show = add(self.tr("Slide show"), "play", ["S"], self.start_slides)
        for action in (self.nearer, self.farther, self.whole, self.pixels):
            browser.grid.removeAction(action)  # only the large view has a near and a far
        browser.picked.connect(self._show_possible)
        self._show_possible()

    def fill(self, menu: QMenu) -> None:
        """Add them to a menu."""
        menu.addSeparator()
        for action in (self.nearer, self.farther, self.whole, self.pixels):
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.compare)
        menu.addAction(self.slide_show)

    def _show_possible(self) -> None:
        viewing = self._browser.viewing
        for action in (self.nearer, self.farther, self.whole, self.pixels):
            action.setEnabled(viewing)
        picked = self._browser.grid.selectionModel().selection()
        two = sum(part.bottom() - part.top() + 1 for part in picked.toList()) == 2
        self.compare.setEnabled(two and not viewing)
        self.slide_show.setEnabled(self._browser.first() is not None)

    def compare_picked(self) -> None:
        """Show the two photos that are picked side by side."""
        targets = self._browser.targets()
        if len(targets) != 2:
            return
        session = self._browser.session
        if self.panel is None:
            self.panel = ComparePanel(session.engine, session.pictures, self._window)
        panel = self.panel

        def then(rows: Sequence[Row]) -> None:
            panel.show()
            panel.raise_()
            panel.activateWindow()
            panel.show_photos(rows)

        session.deeds.with_rows(targets, then)

    def start_slides(self) -> None:
        """Show the photos one after the other, from the current one on, on the whole screen."""
        if self.slides.running:
            self.slides.stop()
            return
        if not self._browser.viewing:
            self._browser.toggle_view()
        if self._browser.viewing:
            self._full_before = self._window.isFullScreen()
            self._browser.viewer.setFocus()
            if not self._full_before:
                self._browser.full_wanted.emit()
            self.slides.start(WindowSettings().slide_seconds)

    def _slides_ended(self) -> None:
        WindowSettings().slide_seconds = self.slides.seconds
        if self._window.isFullScreen() and not self._full_before:
            self._browser.full_wanted.emit()

    def stop(self) -> None:
        """The window closes, and is not shown otherwise before."""
        self._full_before = True
        self.slides.stop()
        if self.panel is not None:
            self.panel.close()

"""All of a window but its widgets: the engine, the photos, the run, and how one follows another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from photosearch.engine.replies import Error, LibraryState, SearchState
from photosearch.gui.deeds import Deeds
from photosearch.gui.engine import GONE, Engine
from photosearch.gui.indexer import Ending, Indexer
from photosearch.gui.library import LibraryWatch
from photosearch.gui.photos import PhotosModel
from photosearch.gui.pictures import PictureReader
from photosearch.gui.results import Results
from photosearch.gui.situation import Situation
from photosearch.gui.thumbnails import Thumbnails


class Session(QObject):
    """`changed()`: something that counts for what is shown; `trouble(Error)`: something went wrong
    that a person should know; `said()`: a person said something of photos; `run_ended(Ending |
    None)`: as `Indexer.ended`."""

    changed = Signal()
    said = Signal()
    trouble = Signal(object)
    run_ended = Signal(object)

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        """Start the engine. Raises OSError where that cannot be."""
        super().__init__(parent)
        self.engine = Engine(library)
        self.photos = PhotosModel(self.engine.ask, self)
        self.thumbnails = Thumbnails(self)
        self.pictures = PictureReader(self)
        self.results = Results(self.engine, self.photos, self)
        self.library = LibraryWatch(self.engine, self)
        self.indexer = Indexer(library, self.engine, self)
        self.deeds = Deeds(self.engine, self.photos, self.pictures, self)
        self.search = SearchState("loading")
        self.given_up = False
        self.gone = False  # the server of a shared library does not answer
        self._died: Error | None = None
        self._run_seen = False
        self._count: int | None = None
        self.engine.search_changed.connect(self._on_search)
        self.engine.restarted.connect(self._on_restarted)
        self.engine.gave_up.connect(self._on_gave_up)
        self.engine.server_gone.connect(self._on_server_gone)
        self.library.changed.connect(self._on_library)
        self.results.changed.connect(self.changed)
        self.results.renewed.connect(self._on_renewed)
        self.indexer.photos_came.connect(self.results.photos_came)
        self.indexer.ended.connect(self._on_run_ended)
        self.indexer.changed.connect(self._on_run_changed)
        self.indexer.refused.connect(self.trouble)
        self.deeds.failed.connect(self._on_failed)
        self.deeds.changed.connect(self.photos_moved)
        for signal in (self.deeds.said, self.deeds.changed):
            signal.connect(self.said)

    def begin(self) -> None:
        """Ask for what is there."""
        self.results.again()
        self.library.look()

    def again(self) -> None:
        """Try once more what did not work."""
        if self.given_up:
            self.given_up = False
            self.engine.restart()
        elif self.library.error is not None:
            self.begin()
        else:
            self.results.again()
        self.changed.emit()

    def situation(self) -> Situation:
        """How everything stands."""
        return Situation(
            self.results.view,
            self.results.pending,
            self.results.error,
            len(self.photos.ids),
            self.library.state,
            self.library.error,
            self.search,
            self.indexer.run,
            self.given_up,
            self.results.mistakes,
            self.photos.good,
            self.results.notes,
            self.results.named,
        )

    @property
    def state(self) -> LibraryState | None:
        """What is known of the library."""
        return self.library.state

    def close(self, *, background: bool) -> None:
        """End everything and wait for that; with `background`, but for our run."""
        self.results.stop()
        self.photos.close()
        self.library.stop()
        self.indexer.close(background=background)
        self.engine.close()
        self.thumbnails.close()
        self.pictures.close()

    def _on_search(self, state: SearchState) -> None:
        self.search = state
        if state.state == "failed" and state.code != GONE:  # which the status bar says
            self.trouble.emit(Error(state.code, state.what, state.todo))
        self.changed.emit()

    def _on_library(self) -> None:
        state = self.library.state
        if state is not None and self.library.error is None:
            if self.gone:
                self._on_server_back()
            self.indexer.found(state.indexer)
            self._watch()
            if self._count not in (None, state.photos):
                self.results.photos_came()
            self._count = state.photos
        self.changed.emit()

    def _on_run_changed(self) -> None:
        seen = self.indexer.run is not None
        if seen != self._run_seen:
            self._run_seen = seen
            self._watch()
            self.changed.emit()

    def _watch(self) -> None:
        """Look every second while a run is at work that tells us nothing itself."""
        state = self.library.state
        others = state is not None and state.indexer is not None
        self.library.watch(not self.indexer.ours and (others or self.indexer.waiting))

    def _on_renewed(self) -> None:
        self.thumbnails.try_again()
        self.photos.refresh()
        self.library.look()

    def photos_moved(self) -> None:
        """Some photos went away, or came back."""
        self.library.look()
        self.results.renew()

    def _on_run_ended(self, ending: Ending | None) -> None:
        self.photos_moved()
        self.run_ended.emit(ending)

    def _on_failed(self, error: Error) -> None:
        if error.code == "engine-died":
            self._died = error  # told when it is known whether it runs again
        else:
            self.trouble.emit(error)

    def _on_restarted(self) -> None:
        what = self.tr("A part of the program stopped and was started again")
        generic = Error("engine-died", what, self.tr("Nothing is lost."))
        self.trouble.emit(self._died or generic)
        self._died = None
        self.search = SearchState("loading")
        self.library.look()
        self.results.forget()
        self.photos.refresh()
        self.changed.emit()

    def _on_server_gone(self) -> None:
        self.library.lost()
        if not self.gone:
            self.gone = True
            self.changed.emit()

    def _on_server_back(self) -> None:
        """Ask again for what was not answered."""
        self.gone = False
        if self.results.error is not None and self.results.error.code == GONE:
            self.results.again()
        else:
            self.results.renew()
        self.photos.refresh()
        self.said.emit()

    def _on_gave_up(self) -> None:
        self.given_up, self._died = True, None
        self.changed.emit()

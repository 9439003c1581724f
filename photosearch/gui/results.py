"""What the grid shows: all photos, the answer to a search, or photos like another one."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from photosearch.engine.replies import (
    Error,
    Group,
    Matches,
    Mistake,
    Photos,
    Reply,
    SearchState,
)
from photosearch.engine.requests import GetPhotos, Region, Request, Search, SearchNames, Similar
from photosearch.gui import words
from photosearch.gui.engine import GONE, Engine
from photosearch.gui.photos import PhotosModel

_SHARE = 0.1  # of the time may go into asking again while photos are added
_PAUSE = {"all": 1.0, "search": 3.0, "similar": 3.0}  # seconds between that, at least
_KIND, _NAMES = "results", "names"


@dataclass(frozen=True)
class View:
    """What is to be seen: `words` of a search; a photo and its `name` of similar ones, `region` of
    those like a part of it, `others` that they are like, too."""

    kind: Literal["all", "search", "similar"]
    words: str = ""
    photo_id: int = 0
    name: str = ""
    region: Region | None = None
    others: tuple[int, ...] = ()


ALL = View("all")


class Results(QObject):
    """Asks for what a view shows and puts it into the model; only the newest answer counts.
    `changed()`: the view, or how it stands; `answered()`: the photos of a view that was asked for
    are in the model; `renewed()`: those of a view that is shown are, again."""

    changed = Signal()
    answered = Signal()
    renewed = Signal()

    def __init__(self, engine: Engine, photos: PhotosModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._photos = engine, photos
        self.view = ALL
        self.shown = ALL  # whose photos are in the model
        self.pending = True
        self.error: Error | None = None
        self.mistakes: tuple[Mistake, ...] = ()  # what of the words was left out
        self.notes: tuple[str, ...] = ()  # what to know of the answer
        self.named = False  # shown is what was found by name, until searching is ready
        self.folded = True  # near-duplicates are, under the best of them
        self.order = self.group = ""  # see `arrange`
        self._loading = True
        self._before: list[View] = []
        self._asked = self._last = 0.0
        self._cost = 0.0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._ask)
        engine.search_changed.connect(self._on_search)

    @property
    def has_before(self) -> bool:
        """Whether `back` leads anywhere else."""
        return self.view != ALL

    def show(self, view: View) -> None:
        """Show another view (or the same anew). From similar photos a way leads back."""
        if view.kind != "similar":
            self._before.clear()
        elif view != self.view:
            self._before.append(self.view)
        self._begin(view)

    def back(self) -> None:
        """Show what was shown before."""
        self._begin(self._before.pop() if self._before else ALL)

    def again(self) -> None:
        """Ask again for what is shown, now."""
        self._begin(self.view)

    def photos_came(self) -> None:
        """There are new photos: show them soon, but not so often that it takes much time."""
        died = self.error is not None and self.error.code == "engine-died"
        if self._again.isActive() or self._engine.waits(_KIND) or died:
            return
        pause = max(_PAUSE[self.view.kind], self._cost / _SHARE)
        left = self._last + pause - time.monotonic()
        self._again.start(max(0, round(left * 1000)))

    def renew(self) -> None:
        """There are new photos, and no more will come: ask again for what is shown."""
        if not self.pending and (self.error is None or self.error.code != "engine-died"):
            self._ask()

    def forget(self) -> None:
        """The engine ended and begins anew: what was under way is not asked for again by itself,
        but for the list of all photos."""
        if self.view == ALL:
            self._begin(ALL)

    def fold(self, on: bool) -> None:
        """Show near-duplicates under the best of them, or each by itself."""
        self.folded = on
        if self.view.kind != "all":
            self._begin(self.view)

    def arrange(self, order: str, group: str) -> None:
        """Show photos in another order ("": the best, or the newest, first; date, oldest, name) and
        in groups ("": none; day, month, folder)."""
        if (order, group) != (self.order, self.group):
            self.order, self.group = order, group
            self._begin(self.view)

    def stop(self) -> None:
        """Ask no more."""
        self._again.stop()
        self._engine.drop(_KIND)
        self._engine.drop(_NAMES)

    def _begin(self, view: View) -> None:
        self.view, self.pending, self.error = view, True, None
        self._ask()
        self.changed.emit()

    def _ask(self) -> None:
        self._again.stop()
        self._asked = time.monotonic()
        view = self.view
        request = self._request(view)
        self._engine.ask(request, lambda reply: self._came(view, reply), newest=_KIND)
        if view.kind == "search" and self._loading and self.pending:
            names = SearchNames(view.words)
            self._engine.ask(names, lambda reply: self._named(view, reply), newest=_NAMES)
        else:
            self._engine.drop(_NAMES)

    def _on_search(self, state: SearchState) -> None:
        self._loading = state.state == "loading"

    def _named(self, view: View, reply: Reply) -> None:
        """What was found by name is shown until the answer is there."""
        if not self.pending or not isinstance(reply, Matches) or not reply.matches:
            return
        self.named, self.shown, self.notes = True, view, ()
        self._photos.set_photos([match.photo_id for match in reply.matches], reply.matches)
        self.changed.emit()

    def _came(self, view: View, reply: Reply) -> None:
        fresh, self.pending = self.pending, False
        self.named = False
        self._engine.drop(_NAMES)
        if isinstance(reply, Photos):
            self.mistakes = self.notes = ()
            self._photos.set_photos(reply.photo_ids, groups=self._groups(reply))
        elif isinstance(reply, Matches):
            self.mistakes, self.notes = reply.mistakes, reply.notes
            ids = [match.photo_id for match in reply.matches]
            self._photos.set_photos(ids, reply.matches, reply.good, self._groups(reply))
        elif isinstance(reply, Error):
            if fresh:
                self.error = reply
                if reply.code != GONE:  # then what is shown stays, until the server is back
                    self._photos.set_photos(())
            self.changed.emit()
            return
        self.error, self.shown = None, view
        self._last = time.monotonic()
        self._cost = self._last - self._asked
        self.changed.emit()
        if fresh:
            self.answered.emit()
        else:
            self.renewed.emit()

    def _request(self, view: View) -> Request:
        order, group = self.order, self.group
        if view.kind == "search":
            return Search(view.words, folded=self.folded, order=order, group=group)
        if view.kind == "similar":
            return Similar(
                view.photo_id,
                region=view.region,
                others=view.others,
                folded=self.folded,
                order=order,
                group=group,
            )
        return GetPhotos(order, group)

    def _groups(self, reply: Photos | Matches) -> tuple[Group, ...]:
        """The groups of an answer, as a person reads them: weak matches are the last one."""
        named = [Group(words.group(self.group, each.name), each.count) for each in reply.groups]
        if isinstance(reply, Photos) or reply.good is None or reply.good == len(reply.matches):
            return tuple(named)
        weak = len(reply.matches) - reply.good
        if not reply.good:
            return (Group(self.tr("What comes nearest"), weak),)
        good = named or [Group(self.tr("Good matches"), reply.good)]
        return (*good, Group(self.tr("Weaker matches"), weak))

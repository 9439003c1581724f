"""The photos of an answer as a Qt model: ids, and rows that come when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from photosearch.engine.replies import Error, Group, Match, Reply, Row, Rows
from photosearch.engine.requests import GetRows, Request
from photosearch.gui import desktop, words
from photosearch.gui.rows import Change, RowStore

Ask = Callable[[Request, Callable[[Reply], None]], None]
Index = QModelIndex | QPersistentModelIndex
_UNDER_WAY = 3  # batches of rows


class Role(IntEnum):
    """What the model knows of a photo beside its name."""

    ID = Qt.ItemDataRole.UserRole
    ROW = Qt.ItemDataRole.UserRole + 1
    PATH = Qt.ItemDataRole.UserRole + 2
    THUMBNAIL = Qt.ItemDataRole.UserRole + 3
    STARS = Qt.ItemDataRole.UserRole + 4
    FAVOURITE = Qt.ItemDataRole.UserRole + 5
    REASONS = Qt.ItemDataRole.UserRole + 6
    SCORE = Qt.ItemDataRole.UserRole + 7
    FOLDED = Qt.ItemDataRole.UserRole + 8


class PhotosModel(QAbstractListModel):
    """Photo ids in order. `rows_came()`: something new is known of photos that were looked at."""

    rows_came = Signal()

    def __init__(self, ask: Ask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._ids: tuple[int, ...] = ()
        self._places: dict[int, int] | None = None  # of all: a fifth of a second for a million
        self._near: dict[int, int] = {}  # of those that are looked at
        self._matches: Mapping[int, Match] = {}
        self.good: int | None = None
        self.groups: tuple[Group, ...] = ()
        self._store = RowStore()
        self._under_way = 0
        self._closed = False
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._send)

    @property
    def ids(self) -> tuple[int, ...]:
        """All photo ids, in order."""
        return self._ids

    def set_photos(
        self,
        ids: Sequence[int],
        matches: Iterable[Match] = (),
        good: int | None = None,
        groups: tuple[Group, ...] = (),
    ) -> None:
        """Show these photos, in this order; the first `good` are good matches (None: that is not
        known), and they stand in `groups`, named as a person reads it (none: they do not). What was
        added or taken away in one piece is told as that, so that views stay where they are."""
        new, old = tuple(ids), self._ids
        self.good = good
        self._matches = {match.photo_id: match for match in matches}
        if groups != self.groups:
            self.beginResetModel()
            self.groups = groups
            self._set(new)
            self.endResetModel()
            self.rows_came.emit()
            return
        if new == old:
            self.rows_came.emit()  # what is known of them may be new
            return
        longer, shorter = (new, old) if len(new) > len(old) else (old, new)
        first = _common_start(longer, shorter)
        count = len(longer) - len(shorter)
        one_piece = bool(shorter) and count > 0 and longer[first + count :] == shorter[first:]
        if not one_piece:
            self.beginResetModel()
            self._set(new)
            self.endResetModel()
        elif longer is new:
            self.beginInsertRows(QModelIndex(), first, first + count - 1)
            self._set(new)
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), first, first + count - 1)
            self._set(new)
            self.endRemoveRows()

    def _set(self, ids: tuple[int, ...]) -> None:
        self._ids = ids
        self._places = None
        self._near = {}

    def place_of(self, photo_id: int) -> int | None:
        """Where a photo stands."""
        if photo_id in self._near:
            return self._near[photo_id]
        if self._places is None:
            self._places = {each: place for place, each in enumerate(self._ids)}
        return self._places.get(photo_id)

    def row_at(self, place: int) -> Row | None:
        """What is known of the photo at a place, without asking for it."""
        return self._store.get(self._ids[place])

    def is_weak(self, place: int) -> bool:
        """Whether the photo at a place is a weak match."""
        return self.good is not None and place >= self.good

    def near(self, photo_id: int) -> int | None:
        """Where a photo stands, if it is one of those that are looked at."""
        return self._near.get(photo_id)

    def match_of(self, photo_id: int) -> Match | None:
        """Why a photo is in the answer; None where nothing was asked for."""
        return self._matches.get(photo_id)

    def folded_at(self, place: int) -> int:
        """How many photos that show nearly the same are folded under the one at a place."""
        match = self._matches.get(self._ids[place])
        return len(match.folded) if match else 0

    def row_of(self, photo_id: int) -> Row | None:
        """What is known of a photo; it is asked for where that is nothing, or old."""
        if self._store.want_also(photo_id):
            self._send_soon()
        return self._store.get(photo_id)

    def is_gone(self, place: int) -> bool:
        """Whether the photo at a place is no more."""
        return self._store.is_gone(self._ids[place])

    def look_at(self, first: int, last: int) -> None:
        """The photos at places `first` to `last` are on the screen: what is not known of them is
        asked for, and nothing else."""
        first = max(0, first)
        looked_at = self._ids[first : last + 1]
        self._near = {photo_id: first + at for at, photo_id in enumerate(looked_at)}
        if self._store.want(looked_at):
            self._send_soon()

    def refresh(self) -> None:
        """What is known may be old: ask again for what is looked at."""
        self._store.refresh()
        self.rows_came.emit()  # a view that paints says what it looks at

    def say(self, photo_ids: Sequence[int], change: Change) -> Callable[[bool], None]:
        """Show at once what a person says of photos; the function that is returned must be told
        whether that could be done."""
        word = self._store.say(photo_ids, change)
        self._changed(photo_ids)

        def answered(done: bool) -> None:
            self._store.answered(word, photo_ids, done=done)
            self._changed(photo_ids)

        return answered

    def close(self) -> None:
        """Ask for nothing any more, whatever is still painted or answered."""
        self._closed = True
        self._turn.stop()

    def _send_soon(self) -> None:
        if not self._closed:
            self._turn.start()

    def _send(self) -> None:
        while self._under_way < _UNDER_WAY:
            batch, photo_ids = self._store.batch()
            if not photo_ids:
                return
            self._under_way += 1
            self._ask(GetRows(photo_ids), partial(self._came, batch, photo_ids))

    def _came(self, batch: int, photo_ids: tuple[int, ...], reply: Reply) -> None:
        self._under_way = max(0, self._under_way - 1)
        if isinstance(reply, Rows):
            self._changed(self._store.arrived(batch, photo_ids, reply.rows))
        else:
            self._store.failed(batch, photo_ids)
        if not isinstance(reply, Error):
            self._send_soon()

    def _changed(self, photo_ids: Sequence[int]) -> None:
        if not photo_ids:
            return
        if len(photo_ids) > 2_000:
            places = [0, len(self._ids) - 1]
        else:  # what was scrolled away asks when it is seen again
            places = [self._near[each] for each in photo_ids if each in self._near]
        if places and self._ids:
            self.dataChanged.emit(self.index(min(places)), self.index(max(places)))
        self.rows_came.emit()

    # --- dragged to other programs ---

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Photos can be dragged."""
        drag = Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | drag

    def mimeTypes(self) -> list[str]:
        """What is dragged: addresses of files."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The files of photos, as far as they are known."""
        data = QMimeData()
        rows = (self._store.get(self._ids[index.row()]) for index in indexes)
        data.setUrls([desktop.url(row.path) for row in rows if row is not None])
        return data

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many photos there are."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is known of a photo; None until it has come."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        photo_id = self._ids[index.row()]
        match = self._matches.get(photo_id)
        if role in _OF_ROW:
            row = self.row_of(photo_id)
            if role == Qt.ItemDataRole.ToolTipRole and row and match:
                return words.tip(row, match.reasons, match.relevance)
            return _OF_ROW[role](row) if row else None
        return (
            {
                Role.ID: photo_id,
                Role.REASONS: match.reasons if match else (),
                Role.SCORE: match.score if match else None,
                Role.FOLDED: len(match.folded) if match else 0,
            }.get(Role(role))
            if role in _OF_MATCH
            else None
        )


_OF_MATCH = frozenset({Role.ID, Role.REASONS, Role.SCORE, Role.FOLDED})
_OF_ROW: Mapping[int, Callable[[Row], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda row: words.file_name(row.path),
    Qt.ItemDataRole.AccessibleTextRole: words.spoken,
    Qt.ItemDataRole.ToolTipRole: words.tip,
    Role.ROW: lambda row: row,
    Role.PATH: lambda row: row.path,
    Role.THUMBNAIL: lambda row: row.thumbnail,
    Role.STARS: lambda row: row.stars,
    Role.FAVOURITE: lambda row: row.favourite,
}


def _common_start(longer: tuple[int, ...], shorter: tuple[int, ...]) -> int:
    """How many ids both begin with; compares slices, as a million ids are too many for Python."""
    low, high = 0, len(shorter)
    while low < high:
        middle = (low + high + 1) // 2
        if longer[low:middle] == shorter[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low

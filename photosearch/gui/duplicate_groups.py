"""The groups of duplicates as a list: thousands of rows, without a widget for any, thumbnails only
of those on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QPaintEvent, QPixmap
from PySide6.QtWidgets import QListView, QWidget

from photosearch.engine.replies import DuplicateGroup
from photosearch.gui import words
from photosearch.gui.lines import Index, Lines
from photosearch.gui.style import RADIUS
from photosearch.gui.thumbnails import Thumbnails, Wanted

KINDS = ("duplicate", "edited-copy", "similar-shot")
_SIDE = 56  # pixels: of a thumbnail
_BYTES = 24 * 1024 * 1024  # of thumbnails


class GroupsModel(QAbstractListModel):
    """The groups of one kind, or of all, a row each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups: tuple[DuplicateGroup, ...] = ()
        """Those that are rows."""
        self.kind = ""
        self._all: tuple[DuplicateGroup, ...] = ()

    def set_groups(self, groups: tuple[DuplicateGroup, ...]) -> None:
        """There are these now, of all kinds."""
        self._all = groups
        self.show_kind(self.kind if self.kind in self.counts() else "")

    def is_of(self, groups: tuple[DuplicateGroup, ...]) -> bool:
        """Whether these are there, of all kinds."""
        return self._all == groups

    def show_kind(self, kind: str) -> None:
        """Have the groups of a kind as rows; "": of all."""
        self.beginResetModel()
        self.kind = kind
        self.groups = tuple(each for each in self._all if kind in ("", each.kind))
        self.endResetModel()

    def counts(self) -> Mapping[str, int]:
        """How many groups there are of each kind that there is."""
        return Counter(each.kind for each in self._all)

    def without(self, row: int, paths: Collection[str]) -> None:
        """Take files out of a group; one of which nothing is left besides what is kept goes."""
        group = self.groups[row]
        left = tuple(other for other in group.others if other.path not in paths)
        new = (replace(group, others=left),) if left else ()
        place = next(at for at, each in enumerate(self._all) if each is group)
        self._all = (*self._all[:place], *new, *self._all[place + 1 :])
        shown = (*self.groups[:row], *new, *self.groups[row + 1 :])
        if new:
            self.groups = shown
            self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        self.groups = shown
        self.endRemoveRows()

    def row_of(self, kind: str, keep: str) -> int | None:
        """Where the group of this kind and kept file is."""
        same = ((group.kind, group.keep.path) == (kind, keep) for group in self.groups)
        return next((row for row, found in enumerate(same) if found), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        return 0 if parent.isValid() else len(self.groups)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        group = self.groups[index.row()]
        name, about = words.file_name(group.keep.path), self._about(group)
        return f"{name}\n{about}" if role == Qt.ItemDataRole.DisplayRole else f"{name}, {about}"

    def _about(self, group: DuplicateGroup) -> str:
        """How many others there are, and what room they take."""
        one, many = {
            "duplicate": (self.tr("1 duplicate"), self.tr("{n} duplicates")),
            "edited-copy": (self.tr("1 edited copy"), self.tr("{n} edited copies")),
            "similar-shot": (self.tr("1 similar shot"), self.tr("{n} similar shots")),
        }[group.kind]
        count = len(group.others)
        what = one if count == 1 else many.format(n=words.number(count))
        freed = sum(other.size for other in group.others if not other.protected)
        if not freed:
            return what
        return self.tr("{what} · frees {size}").format(what=what, size=words.size(freed))


class GroupsList(QListView):
    """The groups, with the photo that is kept of each."""

    def __init__(self, groups: GroupsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups = groups
        self._thumbnails = Thumbnails(self, _BYTES)
        self._thumbnails.came.connect(self.viewport().update)
        self.setModel(groups)
        self.setUniformItemSizes(True)
        self.lines = _GroupLines(self, self._thumbnails, groups)

    def stop(self) -> None:
        """It is not looked at any more."""
        self._thumbnails.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        self._thumbnails.set_side(round(_SIDE * ratio), RADIUS * ratio)
        super().paintEvent(event)
        self._thumbnails.want(self._missing())

    def _missing(self) -> list[Wanted]:
        """The thumbnails of what is on the screen that are to be read."""
        missing, seen = [], self.viewport().rect()
        row = max(self.indexAt(seen.topLeft()).row(), 0)
        while row < len(self._groups.groups):
            if not self.visualRect(self._groups.index(row)).intersects(seen):
                break
            keep = self._groups.groups[row].keep
            if self._thumbnails.get(keep.photo_id, keep.thumbnail)[1]:
                missing.append(Wanted(keep.photo_id, keep.thumbnail))
            row += 1
        return missing


class _GroupLines(Lines):
    """Paints a group."""

    def __init__(self, view: QListView, thumbnails: Thumbnails, groups: GroupsModel) -> None:
        super().__init__(view, _SIDE)
        self._thumbnails, self._groups = thumbnails, groups

    def picture_of(self, index: Index) -> QPixmap | None:
        keep = self._groups.groups[index.row()].keep
        return self._thumbnails.get(keep.photo_id, keep.thumbnail)[0]

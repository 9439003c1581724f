"""The groups of duplicates as a list: thousands of rows, without a widget for any."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from photosearch.engine.replies import DuplicateGroup
from photosearch.gui import words

_Index = QModelIndex | QPersistentModelIndex


class GroupsModel(QAbstractListModel):
    """The groups, a row each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups: tuple[DuplicateGroup, ...] = ()

    def set_groups(self, groups: tuple[DuplicateGroup, ...]) -> None:
        self.beginResetModel()
        self.groups = groups
        self.endResetModel()

    def without(self, row: int, paths: Collection[str]) -> None:
        """Take files out of a group; one of which nothing is left besides what is kept goes."""
        group = self.groups[row]
        left = tuple(other for other in group.others if other.path not in paths)
        if left:
            changed = replace(group, others=left)
            self.groups = (*self.groups[:row], changed, *self.groups[row + 1 :])
            self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        self.groups = (*self.groups[:row], *self.groups[row + 1 :])
        self.endRemoveRows()

    def row_of(self, kind: str, keep: str) -> int | None:
        """Where the group of this kind and kept file is."""
        same = ((group.kind, group.keep.path) == (kind, keep) for group in self.groups)
        return next((row for row, found in enumerate(same) if found), None)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        return 0 if parent.isValid() else len(self.groups)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        group = self.groups[index.row()]
        kind = {
            "duplicate": self.tr("Duplicate"),
            "edited-copy": self.tr("Edited copy"),
            "similar-shot": self.tr("Similar shot"),
        }[group.kind]
        name = words.file_name(group.keep.path)
        return self.tr("{kind}: {name} and {n} more").format(
            kind=kind, name=name, n=words.number(len(group.others))
        )

"""What photos can be narrowed down by, as a Qt model for the side bar: sections, and in them trees
of filters with how many photos each leaves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from photosearch.engine.replies import Album, Facet, Facets, SavedSearch
from photosearch.gui import words
from photosearch.paths import printable

Index = QModelIndex | QPersistentModelIndex
translate = QCoreApplication.translate


class Role(IntEnum):
    """What the side bar is told of an entry beside its name."""

    ENTRY = Qt.ItemDataRole.UserRole
    SECTION = Qt.ItemDataRole.UserRole + 1
    CHOSEN = Qt.ItemDataRole.UserRole + 2


@dataclass
class Entry:
    """A line of the side bar. `key` names it while it is there, for what is unfolded; `act`: what
    it does (`all`, `duplicates`, `problems`), `query`: what it searches for, `filter`: what it
    narrows a query down by (field and value)."""

    name: str
    key: str
    count: int | None = None
    icon: str = ""
    section: bool = False
    act: str = ""
    query: str = ""
    filter: tuple[str, str] | None = None
    inside: list[Entry] = field(default_factory=list)
    parent: Entry | None = field(default=None, compare=False, repr=False)
    row: int = field(default=0, compare=False)


class FacetsModel(QAbstractItemModel):
    """The entries of the side bar."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._top: list[Entry] = []
        self._all: list[Entry] = []
        self._numbers: dict[int, int] = {}
        self._chosen: frozenset[tuple[str, str]] = frozenset()

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these, in the place of all that were."""
        if list(entries) == self._top:
            return
        self.beginResetModel()
        self._top, self._all = list(entries), []
        self._adopt(self._top, None)
        self._numbers = {id(entry): number for number, entry in enumerate(self._all)}
        self.endResetModel()

    def _adopt(self, entries: Sequence[Entry], parent: Entry | None) -> None:
        for row, entry in enumerate(entries):
            entry.parent, entry.row = parent, row
            self._all.append(entry)
            self._adopt(entry.inside, entry)

    def choose(self, filters: Iterable[tuple[str, str]]) -> None:
        """These filters (field, value) are those of the present query."""
        chosen = frozenset((name, value.casefold()) for name, value in filters)
        if chosen != self._chosen:
            self._chosen = chosen
            for entry in self._all:
                if entry.filter is not None:
                    at = self.index_of(entry)
                    self.dataChanged.emit(at, at)

    def entry(self, index: Index) -> Entry:
        """The entry at an index."""
        return self._all[index.internalId()]

    def index_of(self, entry: Entry) -> QModelIndex:
        """Where an entry is."""
        return self.createIndex(entry.row, 0, self._numbers[id(entry)])

    def entries(self) -> Sequence[Entry]:
        """All entries, each before those inside it."""
        return self._all

    def is_chosen(self, entry: Entry) -> bool:
        """Whether the present query has an entry's filter."""
        if entry.filter is None:
            return False
        return (entry.filter[0], entry.filter[1].casefold()) in self._chosen

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Where a line of an entry (or of the top) is."""
        lines = self.entry(parent).inside if parent.isValid() else self._top
        if column != 0 or not 0 <= row < len(lines):
            return QModelIndex()
        return self.createIndex(row, 0, self._numbers[id(lines[row])])

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008
        """The entry that another lies in."""
        above = self.entry(index).parent if index.isValid() else None
        return QModelIndex() if above is None else self.index_of(above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines lie in an entry (or at the top)."""
        return len(self.entry(parent).inside) if parent.isValid() else len(self._top)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Always one."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A section can only be folded."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        enabled, chosen = Qt.ItemFlag.ItemIsEnabled, Qt.ItemFlag.ItemIsSelectable
        return enabled if self.entry(index).section else enabled | chosen

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a line says."""
        if not index.isValid():
            return None
        entry = self.entry(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.filter[1] if entry.filter and entry.filter[0] == "in" else entry.query
        said = {
            int(Qt.ItemDataRole.DisplayRole): entry.name,
            int(Role.ENTRY): entry,
            int(Role.SECTION): entry.section,
            int(Role.CHOSEN): self.is_chosen(entry),
        }
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(entry)
        return said.get(int(role))

    def _spoken(self, entry: Entry) -> str:
        parts = [entry.name]
        if entry.count is not None:
            parts.append(words.photos(entry.count))
        if self.is_chosen(entry):
            parts.append(translate("facets", "chosen"))
        return ", ".join(parts)


SHORT = 8
"""Lines of a section that are shown at first."""


@dataclass(frozen=True)
class Known:
    """What the side bar is made of: how many photos there are, what they can be narrowed down by
    (None: not known yet), saved searches, albums, how many files have a problem."""

    photos: int = 0
    facets: Facets | None = None
    saved: tuple[SavedSearch, ...] = ()
    albums: tuple[Album, ...] = ()
    problems: int = 0


def entries(known: Known, whole: Collection[str] = ()) -> list[Entry]:
    """All lines. Sections with nothing in them are left out; long ones end with a line that shows
    the rest (unless their key is in `whole`)."""
    facets = known.facets
    top = [
        Entry(translate("facets", "All photos"), "all", known.photos, "photos", act="all"),
        Entry(
            translate("facets", "Favourites"),
            "favourites",
            facets.favourites if facets else None,
            "heart",
            filter=("is", "favourite"),
        ),
        Entry(translate("facets", "Duplicates"), "duplicates", None, "copy", act="duplicates"),
    ]
    if known.problems:
        name = translate("facets", "Problem files")
        top.append(Entry(name, "problems", known.problems, "warning", act="problems"))
    if known.saved:
        inside = [
            Entry(each.name, f"saved {each.name}", None, "search", query=each.query)
            for each in known.saved
        ]
        top.append(_section(translate("facets", "Saved searches"), "saved", inside, whole))
    if known.albums:
        inside = [
            Entry(
                each.name, f"album {each.name}", each.count, "photos", filter=("album", each.name)
            )
            for each in known.albums
        ]
        top.append(_section(translate("facets", "Albums"), "albums", inside, whole))
    if facets is None:
        return top
    for name, key, found, icon in (
        (translate("facets", "Timeline"), "months", facets.months, "calendar"),
        (translate("facets", "Folders"), "folders", facets.folders, "folder"),
        (translate("facets", "Tags"), "tags", facets.tags, "tag"),
        (translate("facets", "Places"), "places", facets.places, "place"),
        (translate("facets", "Cameras"), "cameras", facets.cameras, "camera"),
    ):
        if found:
            top.append(_section(name, key, _tree(found, icon), whole))
    return top


def _section(name: str, key: str, inside: list[Entry], whole: Collection[str]) -> Entry:
    if len(inside) > SHORT + 1 and key not in whole:
        more = translate("facets", "Show {n} more").format(n=words.number(len(inside) - SHORT))
        inside = [*inside[:SHORT], Entry(more, f"more {key}", act=f"more {key}")]
    return Entry(name, key, section=True, inside=inside)


def _tree(found: Iterable[Facet], icon: str) -> list[Entry]:
    """Facets, each inside the last one before it that is less deep."""
    top: list[Entry] = []
    open_: list[list[Entry]] = [top]
    for facet in found:
        name = words.month(facet.name) if facet.field == "on" and facet.depth else facet.name
        if facet.field == "in" and not facet.depth:
            name = words.file_name(facet.name.rstrip("/")) or facet.name
        if facet.field == "camera":
            name = words.camera(facet.name)
        entry = Entry(
            printable(name),
            f"{facet.field} {facet.value}",
            facet.count,
            icon if not facet.depth or facet.field == "in" else "",
            filter=(facet.field, facet.value),
        )
        del open_[facet.depth + 1 :]
        open_[-1].append(entry)
        open_.append(entry.inside)
    return top

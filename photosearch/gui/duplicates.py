"""What is twice: a list of groups, two photos of one side by side, and what to do about them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from photosearch.engine.replies import (
    DuplicateFile,
    DuplicateGroup,
    DuplicateGroups,
    Error,
    Reply,
    Said,
    Trashed,
)
from photosearch.engine.requests import (
    GetDuplicates,
    KeepDuplicate,
    RejectDuplicates,
    Request,
    TrashDuplicates,
    Undo,
)
from photosearch.gui import words
from photosearch.gui.duplicate_groups import KINDS, GroupsList, GroupsModel
from photosearch.gui.duplicate_pair import Pair
from photosearch.gui.engine import Engine
from photosearch.gui.engine_words import in_window
from photosearch.gui.pictures import PictureReader
from photosearch.gui.style import SPACE
from photosearch.gui.troubles import in_words, sentence
from photosearch.gui.widgets import (
    News,
    StatePage,
    action_of,
    button_of,
    column_of,
    icon_button_of,
    label_of,
    row_of,
)

_GROUPS = "duplicates' groups"
_PAUSE_MS = 700  # after which all groups are asked for again


class DuplicatesPanel(QDialog):
    """The panel. `changed()`: photos were moved to the trash, or came back."""

    changed = Signal()

    def __init__(self, engine: Engine, pictures: PictureReader, parent: QWidget) -> None:
        super().__init__(parent)
        self._engine = engine
        self._other = 0
        self._at: tuple[str, str] | None = None  # kind and kept file of the group that is shown
        self._path: str | None = None  # the photo on the right
        self.busy = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._soon.timeout.connect(self.look)
        self.model = GroupsModel(self)
        self.list = GroupsList(self.model)
        self.list.setAccessibleName(self.tr("Groups of photos that are twice"))
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(self.tr("Which groups are shown"))
        self.kinds.activated.connect(lambda _: self._choose_kind())
        self.pair = Pair(engine, pictures)
        self.view = self.pair.view
        self.page, self.pages, self.news = StatePage(), QStackedWidget(), News()
        self.keys = label_of("quiet")
        self.keys.setText(
            self.tr(
                "← → other photos · Page Up, Page Down other groups · + − 0 zoom · Shift with"
                " arrows look elsewhere"
            )
        )
        self._add_actions()
        self._build()
        self.pair.before.clicked.connect(self.previous_other.trigger)
        self.pair.after.clicked.connect(self.next_other.trigger)
        self.list.selectionModel().currentChanged.connect(self._on_group)
        self.setWindowTitle(self.tr("Duplicates"))
        self.resize(1240, 780)

    def _add_actions(self) -> None:
        add = partial(action_of, self)
        self.keep = add(self.tr("Keep the right one"), "K", self.keep_other)
        self.reject_ = add(self.tr("Not a duplicate"), "N", self.reject_other)
        self.trash = add(self.tr("Move the others to the trash"), "Delete", self.trash_others)
        self.undo = add(self.tr("Bring back"), "Ctrl+Z", self.undo_trash)
        self.difference = add(self.tr("Show the difference"), "D", self._toggle_difference)
        self.difference.setCheckable(True)
        self.next_other = add(
            self.tr("Next photo of the group"), "Right", lambda: self._step_other(1)
        )
        self.previous_other = add(self.tr("Photo before"), "Left", lambda: self._step_other(-1))
        self.next_group = add(self.tr("Next group"), "PgDown", lambda: self._step_group(1))
        self.previous_group = add(self.tr("Group before"), "PgUp", lambda: self._step_group(-1))
        self.nearer = add(self.tr("Nearer"), "+", lambda: self.view.zoom_by(1))
        self.farther = add(self.tr("Farther"), "-", lambda: self.view.zoom_by(-1))
        self.whole = add(self.tr("Whole photos"), "0", self.view.look_at_all)
        for name, key, across, down in (
            (self.tr("Look farther left"), "Shift+Left", -1, 0),
            (self.tr("Look farther right"), "Shift+Right", 1, 0),
            (self.tr("Look farther up"), "Shift+Up", 0, -1),
            (self.tr("Look farther down"), "Shift+Down", 0, 1),
        ):
            add(name, key, partial(self.view.push, across, down))

    def _build(self) -> None:
        buttons = row_of(self.trash, self.keep, self.reject_, main=self.trash)
        buttons.addWidget(button_of(self.difference))
        looks = QHBoxLayout()
        looks.addWidget(self.keys, 1)
        for icon, action in (
            ("smaller", self.farther),
            ("bigger", self.nearer),
            ("view", self.whole),
        ):
            looks.addWidget(icon_button_of(icon, action))
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(2 * SPACE, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.pair, 1)
        column.addLayout(looks)
        column.addLayout(buttons)
        groups = QWidget()
        column = QVBoxLayout(groups)
        column.setContentsMargins(0, 0, 2 * SPACE, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.kinds)
        column.addWidget(self.list, 1)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(groups)
        split.addWidget(side)
        split.setStretchFactor(1, 1)
        split.setSizes([370, 870])
        self.pages.addWidget(self.page)
        self.pages.addWidget(split)
        foot = QHBoxLayout()
        foot.addWidget(self.news, 1)
        foot.addStretch(0)
        foot.addWidget(button_of(self.undo), 0, Qt.AlignmentFlag.AlignBottom)
        whole = column_of(self)
        whole.addWidget(self.pages, 1)
        whole.addLayout(foot)

    # --- the groups ---

    def look(self) -> None:
        """Ask which groups there are now."""
        if not self.model.groups:
            self.page.say("similar", self.tr("Looking for what is twice…"), "")
            self.pages.setCurrentWidget(self.page)
        self._ask(GetDuplicates(), self._on_groups, newest=_GROUPS)

    @property
    def looking(self) -> bool:
        """Whether the list is asked for, or will be at once."""
        return self._soon.isActive() or self._engine.waits(_GROUPS)

    def group(self) -> DuplicateGroup | None:
        """The group that is looked at."""
        row = self.list.currentIndex().row()
        return self.model.groups[row] if 0 <= row < len(self.model.groups) else None

    def other(self) -> DuplicateFile | None:
        """The photo on the right."""
        group = self.group()
        return group.others[self._other] if group is not None else None

    def _on_groups(self, reply: Reply) -> None:
        if isinstance(reply, Error) and not self.model.groups:
            said = in_words(reply)
            self.page.say("warning", said.what, said.todo, self.tr("Try again"), self.look)
        if not isinstance(reply, DuplicateGroups):
            return
        row, before = max(self.list.currentIndex().row(), 0), self.group()
        if self.model.is_of(reply.groups) and before is not None:
            return
        self.model.set_groups(reply.groups)
        self._go_to(row, before)

    def _go_to(self, row: int, before: DuplicateGroup | None) -> None:
        """The rows are others now: go to the group of before, else to this row."""
        groups = self.model.groups
        if groups:
            same = self.model.row_of(before.kind, before.keep.path) if before else None
            at = min(row, len(groups) - 1) if same is None else same
            self.list.setCurrentIndex(self.model.index(at))
        self._on_group()

    def _choose_kind(self) -> None:
        """Show the groups of the kind that was chosen."""
        before = self.group()
        self.model.show_kind(str(self.kinds.currentData()))
        self._go_to(0, before)

    def _show_kinds(self) -> None:
        """What kinds there are to choose from, and whether there is anything at all."""
        names = {
            "duplicate": self.tr("Duplicates ({n})"),
            "edited-copy": self.tr("Edited copies ({n})"),
            "similar-shot": self.tr("Similar shots ({n})"),
        }
        counts = self.model.counts()
        whole = self.tr("All that is twice ({n})").format(n=words.number(sum(counts.values())))
        shown = [("", whole)]
        shown += [(k, names[k].format(n=words.number(counts[k]))) for k in KINDS if k in counts]
        if shown != [(self.kinds.itemData(n), self.kinds.itemText(n)) for n in range(len(shown))]:
            self.kinds.clear()
            for kind, text in shown:
                self.kinds.addItem(text, kind)
        self.kinds.setCurrentIndex(self.kinds.findData(self.model.kind))
        if not counts:
            text = self.tr(
                "As far as your photos were looked at. New ones are compared as they come in."
            )
            self.page.say("check", self.tr("No photo is twice"), text)
        if counts and self.pages.currentWidget() is self.page:
            self.list.setFocus()
        self.pages.setCurrentIndex(1 if counts else 0)

    def _on_group(self) -> None:
        """Show the group that was gone to; of one that changed, still the same photo, as near."""
        group = self.group()
        if group is not None:
            at = (group.kind, group.keep.path)
            paths = [other.path for other in group.others]
            if at != self._at:
                self._at, self._other = at, 0
                self.view.look_at_all()
            elif self._path in paths:
                self._other = paths.index(self._path)
            self._other = min(self._other, len(paths) - 1)
        self._show_kinds()
        self._show()

    def _step_group(self, by: int) -> None:
        row = self.list.currentIndex().row() + by
        if 0 <= row < len(self.model.groups):
            self.list.setCurrentIndex(self.model.index(row))

    def _step_other(self, by: int) -> None:
        group = self.group()
        if group is not None and 0 <= self._other + by < len(group.others):
            self._other += by
            self._show()

    def _show(self) -> None:
        group, other = self.group(), self.other()
        for action in (self.keep, self.reject_, self.trash, self.difference):
            action.setEnabled(group is not None and not self.busy)
        if group is None or other is None:
            self.pair.clear()
            return
        one, many = self.tr("Move the other to the trash"), self.tr("Move the others to the trash")
        self.trash.setText(one if len(group.others) == 1 else many)
        self._path = other.path
        self.reject_.setEnabled(other.photo_id != group.keep.photo_id and not self.busy)
        self.pair.show_pair(group, self._other)

    def _toggle_difference(self) -> None:
        self.view.set_difference(self.difference.isChecked())
        self._show()

    # --- what to do ---

    def keep_other(self) -> None:
        """Keep the photo on the right instead."""
        if (other := self.other()) is not None:
            self._do(KeepDuplicate(other.path))

    def reject_other(self) -> None:
        """The photo on the right is no duplicate of the one on the left."""
        group, other = self.group(), self.other()
        if group is not None and other is not None and other.photo_id != group.keep.photo_id:
            self._do(RejectDuplicates(group.kind, group.keep.path, other.path))

    def trash_others(self) -> None:
        """Move all but the photo on the left to the trash."""
        if (group := self.group()) is not None:
            self._do(TrashDuplicates(group.kind, group.keep.path))

    def undo_trash(self) -> None:
        """Take the last change back, as everywhere."""
        self._do(Undo())

    def _do(self, request: Request) -> None:
        if self.busy:
            return
        self.busy = True
        self._soon.stop()
        self._engine.drop(_GROUPS)  # it would be of before
        self._show()
        self._ask(request, lambda reply: self._done(request, reply))

    def _done(self, request: Request, reply: Reply) -> None:
        self.busy = False
        if isinstance(reply, Trashed):
            self._later(request, reply.moved)
            self.changed.emit()
            self.news.setText(self._told(reply))
        elif isinstance(reply, Said):
            self._later(request, ())
            self.news.setText(reply.action or "")
            if isinstance(request, Undo):
                self.changed.emit()
                taken = self.tr("Taken back: {what}").format(what=in_window(reply.action or ""))
                self.news.setText(
                    taken if reply.action else self.tr("There is nothing to take back.")
                )
        else:  # of several files, some may have been moved
            self.look()
            self.changed.emit()

    def _later(self, request: Request, moved: Collection[str]) -> None:
        """Show at once what follows from an answer for its group, and ask for all groups when
        nothing more is done: among thousands that takes a second."""
        if isinstance(request, TrashDuplicates | RejectDuplicates):
            row = self.model.row_of(request.kind, request.keep)
            gone = moved
            if isinstance(request, RejectDuplicates) and request.path is not None:
                gone = [request.path]
            if row is not None:
                self.model.without(row, gone)
                self._on_group()
            self._show()
            self._soon.start()
        else:
            self.look()

    def _ask(
        self, request: Request, answered: Callable[[Reply], None], newest: str | None = None
    ) -> None:
        def came(reply: Reply) -> None:
            answered(reply)
            if isinstance(reply, Error):
                self.news.setText(sentence(reply))

        self._engine.ask(request, came, newest)

    def _told(self, reply: Trashed) -> str:
        """What became of files, in words."""
        lines = []
        count = words.number(len(reply.moved))
        if reply.moved:
            moved = self.tr("Files moved to the trash: {n}. Ctrl+Z brings them back.")
            lines.append(moved.format(n=count))
        for refusal in reply.refused:
            name = words.file_name(refusal.path)
            lines.append(self.tr("{name} stays: {why}").format(name=name, why=refusal.why))
        return "\n".join(lines)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._soon.stop()
        self.list.stop()
        self.pair.forget()
        super().closeEvent(event)

"""What is twice: a list of groups, two photos of one side by side, and what to do about them."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QImage
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from photosearch.engine.replies import (
    DuplicateFile,
    DuplicateGroup,
    DuplicateGroups,
    Error,
    Pixels,
    Reply,
    Said,
    Trashed,
)
from photosearch.engine.requests import (
    GetDuplicates,
    KeepDuplicate,
    Preview,
    RejectDuplicates,
    Request,
    TrashDuplicates,
    Undo,
)
from photosearch.gui import words
from photosearch.gui.duplicate_groups import GroupsModel
from photosearch.gui.engine import Engine
from photosearch.gui.pictures import PictureReader
from photosearch.gui.side_by_side import SideBySide
from photosearch.gui.style import SPACE
from photosearch.gui.troubles import sentence
from photosearch.gui.widgets import action_of
from photosearch.paths import printable

_GROUPS = "duplicates' groups"
_PAUSE_MS = 700  # after which all groups are asked for again
_SIDE = 1600  # pixels: as large as a photo is looked at here


class DuplicatesPanel(QDialog):
    """The panel. `changed()`: photos were moved to the trash, or came back."""

    changed = Signal()

    def __init__(self, engine: Engine, pictures: PictureReader, parent: QWidget) -> None:
        super().__init__(parent)
        self._engine, self._pictures = engine, pictures
        self._small: dict[int, QImage] = {}
        self._sharp: dict[int, QImage] = {}
        self._other = 0
        self._at: tuple[str, str] | None = None  # kind and kept file of the group that is shown
        self._path: str | None = None  # the photo on the right
        self.busy = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._soon.timeout.connect(self.look)
        self.model = GroupsModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Groups of photos that are twice"))
        self.view = SideBySide()
        self.view.setAccessibleName(self.tr("The photo to keep, and another one"))
        self.left, self.right, self.news = QLabel(), QLabel(), QLabel()
        self.keys = QLabel(
            self.tr(
                "Page Up, Page Down: other groups.  ← →: other photos of the group.  + − 0: nearer,"
                " farther, whole.  Shift with arrows: look elsewhere."
            )
        )
        for label in (self.left, self.right, self.news, self.keys):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._add_actions()
        self._build()
        self.list.selectionModel().currentChanged.connect(self._on_group)
        self.setWindowTitle(self.tr("Duplicates"))
        self.resize(1100, 700)

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
        captions = QHBoxLayout()
        captions.addWidget(self.left, 1)
        captions.addWidget(self.right, 1)
        buttons = QHBoxLayout()
        self.buttons: dict[QAction, QToolButton] = {}
        for action in (self.keep, self.reject_, self.trash, self.undo, self.difference):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
            self.buttons[action] = button
            buttons.addWidget(button)
        buttons.addStretch(1)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(SPACE, 0, 0, 0)
        column.addLayout(captions)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)
        column.addWidget(self.keys)
        split = QSplitter()
        split.addWidget(self.list)
        split.addWidget(side)
        split.setStretchFactor(1, 1)
        split.setSizes([300, 800])
        whole = QVBoxLayout(self)
        whole.addWidget(split, 1)
        whole.addWidget(self.news)

    # --- the groups ---

    def look(self) -> None:
        """Ask which groups there are now."""
        self._say(self.tr("Looking for what is twice…") if not self.model.groups else None)
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
        if not isinstance(reply, DuplicateGroups):
            return
        row, before = max(self.list.currentIndex().row(), 0), self.group()
        if reply.groups == self.model.groups and before is not None:
            return
        self.model.set_groups(reply.groups)
        if reply.groups:
            self._say(None)
            same = self.model.row_of(before.kind, before.keep.path) if before else None
            index = self.model.index(min(row, len(reply.groups) - 1) if same is None else same)
            self.list.setCurrentIndex(index)
        elif self.news.text() in ("", self.tr("Looking for what is twice…")):
            self._say(self.tr("Nothing is twice, as far as your photos were looked at."))
        self._on_group()

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

    # --- two photos ---

    def _show(self) -> None:
        group, other = self.group(), self.other()
        for action in (self.keep, self.reject_, self.trash, self.difference):
            action.setEnabled(group is not None and not self.busy)
        if group is None or other is None:
            self._forget()
            self.left.clear()
            self.right.clear()
            self.view.show_pictures(QImage(), QImage())
            return
        self._path = other.path
        self.left.setText(self.tr("Keep: {text}").format(text=_described(group.keep)))
        self.left.setToolTip(printable(group.keep.path))
        self.right.setToolTip(printable(other.path))
        place = self.tr("{n} of {all}").format(n=self._other + 1, all=len(group.others))
        stays = self.tr(" (protected: it stays)") if other.protected else ""
        self.right.setText(f"{place}: {_described(other)}{stays}")
        self.reject_.setEnabled(other.photo_id != group.keep.photo_id and not self.busy)
        wanted = {file.photo_id: file for file in (group.keep, other)}
        for kept in (self._small, self._sharp):
            for photo_id in kept.keys() - wanted.keys():
                del kept[photo_id]
        self._paint()
        missing = [file for file in wanted.values() if file.photo_id not in self._sharp]
        for file in missing:
            self._read(file, file.thumbnail, self._small)
        self._ask_for_pixels(missing)

    def _read(self, file: DuplicateFile, picture: str, into: dict[int, QImage]) -> None:
        """Read a picture of a photo, to be shown if the photo still is."""

        def came(image: QImage) -> None:
            both = (self.group(), self.other())
            if both[0] is None or both[1] is None or image.isNull():
                return
            if file.photo_id in (both[0].keep.photo_id, both[1].photo_id):
                into[file.photo_id] = image
                self._paint()

        self._pictures.read(picture, came)

    def _paint(self) -> None:
        group, other = self.group(), self.other()
        if group is not None and other is not None:
            both = (group.keep.photo_id, other.photo_id)
            images = [self._sharp.get(each) or self._small.get(each) or QImage() for each in both]
            self.view.show_pictures(images[0], images[1], other.laid)

    def _ask_for_pixels(self, files: list[DuplicateFile]) -> None:
        """Ask for the photos' own pixels, one after the other: a newer request would take the place
        of one that waits."""
        if not files or not self.isVisible():
            return
        file, *later = files

        def came(reply: Reply) -> None:
            if isinstance(reply, Pixels):
                self._read(file, reply.file, self._sharp)
            self._ask_for_pixels(later)

        request = Preview(file.photo_id, _SIDE, _SIDE)
        self._engine.ask(request, came, newest="duplicates' pixels")

    def _toggle_difference(self) -> None:
        self.view.set_difference(self.difference.isChecked())

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
            self._say(self._told(reply))
        elif isinstance(reply, Said):
            self._later(request, ())
            self._say(reply.action)
            if isinstance(request, Undo):
                self.changed.emit()
                taken = self.tr("Taken back: {what}").format(what=reply.action)
                self._say(taken if reply.action else self.tr("There is nothing to take back."))
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
                self._say(sentence(reply))

        self._engine.ask(request, came, newest)

    def _say(self, text: str | None) -> None:
        if text is not None:
            self.news.setText(text)
        elif self.news.text() == self.tr("Looking for what is twice…"):
            self.news.clear()

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
        self._engine.drop("duplicates' pixels")
        self._forget()
        super().closeEvent(event)

    def _forget(self) -> None:
        self._small.clear()
        self._sharp.clear()


def _described(file: DuplicateFile) -> str:
    """Files that are twice often have one name: the folder tells them apart."""
    name, folder = words.file_name(file.path), words.file_name(os.path.dirname(file.path))
    size = f"{file.size / 1e6:.1f} MB" if file.size >= 1e6 else f"{file.size / 1e3:.0f} kB"
    return f"{name}, {file.width} × {file.height}, {size}, {folder}: {file.why}"

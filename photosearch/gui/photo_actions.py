"""What can be done with picked photos beside looking at and rating them: albums, the trash, copies
in a folder, other programs, leaving a folder out. Each asks what it must, and never waits."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QMessageBox, QWidget

from photosearch.engine.replies import Error, Reply, Row, Said, Trashed, TrashPlan
from photosearch.engine.requests import (
    Exclude,
    GetTrashPlan,
    PutIntoAlbum,
    Request,
    TakeFromAlbum,
    TrashPhotos,
)
from photosearch.gui import desktop, words
from photosearch.gui.albums import AlbumMenu, NewAlbum, album_of
from photosearch.gui.browser import Browser
from photosearch.gui.export import ExportDialog
from photosearch.gui.settings import WindowSettings

Add = Callable[[str, str, list[str], Callable[[], None]], QAction]
_NAMED = 200  # files that a question names
_OPENED = 50  # files that another program is given at once


class PhotoActions(QObject):
    """The actions. `add` makes one that works where photos have the focus."""

    def __init__(self, window: QWidget, browser: Browser, add: Add) -> None:
        super().__init__(window)
        self._window, self._browser = window, browser
        self._session = browser.session
        self.dialog: QDialog | None = None
        self.albums = AlbumMenu(self._session.engine, window)
        self.albums.chosen.connect(self.put_into_album)
        self.albums.new_wanted.connect(self._ask_name)
        self.put = add(self.tr("Put into an album…"), "", ["A"], self._show_albums)
        self.take = add(self.tr("Take out of this album"), "", ["Shift+A"], self.take_from_album)
        self.export = add(self.tr("Copy to a folder…"), "", ["Ctrl+E"], self.export_copies)
        self.open_with = add(self.tr("Open with…"), "", ["Ctrl+Shift+Return"], self.choose_program)
        self.trash = add(self.tr("Move to the trash"), "", ["Delete"], self.move_to_trash)
        self.exclude = add(
            self.tr("Leave its folder out"), "", ["Ctrl+Shift+X"], self.exclude_folder
        )
        browser.picked.connect(self._show_possible)
        self._show_possible()

    def all(self) -> list[QAction]:
        """All that need a photo."""
        return [self.put, self.export, self.open_with, self.trash, self.exclude]

    def fill(self, menu: QMenu, *, programs: bool = True) -> None:
        """Add them to a menu."""
        if programs:
            menu.addAction(self.open_with)
        menu.addAction(self.export)
        menu.addSeparator()
        menu.addMenu(self.albums)
        menu.addAction(self.take)
        menu.addSeparator()
        menu.addAction(self.trash)
        menu.addAction(self.exclude)

    def _show_possible(self) -> None:
        album = album_of(self._session.results.view.words)
        there = self._browser.first() is not None
        self.take.setVisible(album is not None)
        self.take.setEnabled(album is not None and there)
        self.albums.setEnabled(there)

    # --- albums ---

    def _show_albums(self) -> None:
        grid = self._browser.grid
        cell = grid.visualRect(grid.currentIndex())
        here = None if self._browser.viewing else grid.viewport().mapToGlobal(cell.center())
        self.albums.popup(here or QCursor.pos())

    def _ask_name(self, taken: list[str]) -> None:
        dialog = NewAlbum(taken, self._window)
        dialog.named.connect(self.put_into_album)
        self._open(dialog)

    def put_into_album(self, name: str) -> None:
        """Put what is picked into an album."""
        if targets := self._browser.targets():
            self._say(PutIntoAlbum(tuple(targets), name))

    def take_from_album(self) -> None:
        """Take what is picked out of the album that is shown."""
        album = album_of(self._session.results.view.words)
        targets = self._browser.targets()
        if album is not None and targets:
            self._say(TakeFromAlbum(tuple(targets), album))

    # --- the trash ---

    def move_to_trash(self) -> None:
        """Move what is picked to the trash; ask first where a photo is the only one."""
        targets = tuple(self._browser.targets())
        if not targets:
            return

        def planned(reply: Reply) -> None:
            if isinstance(reply, Error):
                self._session.deeds.failed.emit(reply)
            elif isinstance(reply, TrashPlan) and not reply.files:
                self._cannot_trash(reply)
            elif isinstance(reply, TrashPlan) and reply.only:
                self._ask_before_trash(targets, reply)
            elif isinstance(reply, TrashPlan):
                self._trash(targets)

        self._session.engine.ask(GetTrashPlan(targets), planned)

    def _cannot_trash(self, plan: TrashPlan) -> None:
        what = self.tr("The file is not there, or has changed since it was looked at")
        todo = self.tr("Look for new photos first (F5).")
        if plan.refused:
            refusal = plan.refused[0]
            what = self.tr("{name} stays: {why}").format(
                name=words.file_name(refusal.path), why=refusal.why
            )
            todo = ""
        self._session.deeds.failed.emit(Error("refused", what, todo))

    def _ask_before_trash(self, targets: tuple[int, ...], plan: TrashPlan) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Move to the trash"))
        names = [words.file_name(path) for path in plan.only]
        if len(targets) == 1:
            text = self.tr("{name} is the only one: there is no other copy of it in your library.")
            box.setText(text.format(name=names[0]))
        else:
            text = self.tr(
                "{n} of these {all} photos are the only ones: there is no other copy of them in"
                " your library."
            )
            if len(names) == len(targets):
                text = self.tr(
                    "These {n} photos are the only ones: there is no other copy of them in your"
                    " library."
                )
            count, whole = words.number(len(names)), words.number(len(targets))
            box.setText(text.format(n=count, all=whole))
            more = [self.tr("… and more")] if len(names) > _NAMED else []
            box.setDetailedText("\n".join([*names[:_NAMED], *more]))
        box.setInformativeText(
            self.tr("Files in the trash come back with Ctrl+Z, until you empty it.")
        )
        role = QMessageBox.ButtonRole
        move = box.addButton(self.tr("Move to the trash"), role.DestructiveRole)
        keep = box.addButton(self.tr("Keep"), role.RejectRole)
        move.setObjectName("move")
        keep.setObjectName("keep")
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        move.clicked.connect(lambda: self._trash(targets))
        self._open(box)

    def _trash(self, targets: tuple[int, ...]) -> None:
        self._session.deeds.done.emit(self.tr("Moving to the trash…"))

        def came(reply: Reply) -> None:
            if isinstance(reply, Trashed):
                self._session.deeds.done.emit(self._told(reply))
                if reply.refused:
                    refusal = reply.refused[0]
                    name = words.file_name(refusal.path)
                    what = self.tr("{name} stays: {why}").format(name=name, why=refusal.why)
                    self._session.deeds.failed.emit(Error("refused", what, ""))
            elif isinstance(reply, Error):
                self._session.deeds.failed.emit(reply)
            self._session.deeds.changed.emit()

        self._session.engine.ask(TrashPhotos(targets), came)

    def _told(self, reply: Trashed) -> str:
        moved = self.tr("Files moved to the trash: {n}. Ctrl+Z brings them back.")
        text = moved.format(n=words.number(len(reply.moved)))
        if reply.refused:
            stay = self.tr("{n} stay.").format(n=words.number(len(reply.refused)))
            text = f"{text} {stay}"
        return text

    # --- copies, other programs, folders ---

    def export_copies(self) -> None:
        """Copy what is picked to a folder."""
        targets = self._browser.targets()
        if not targets:
            return
        settings = WindowSettings()
        dialog = ExportDialog(self._session.engine, targets, settings.export_folder, self._window)
        dialog.done_saying.connect(self._session.deeds.done)
        dialog.start.clicked.connect(lambda: setattr(settings, "export_folder", dialog.folder))
        self._open(dialog)

    def choose_program(self) -> None:
        """Open what is picked with a program that the person chooses."""
        targets = self._browser.targets()[:_OPENED]
        if not targets:
            return
        settings = WindowSettings()
        dialog = QFileDialog(
            self._window, self.tr("Choose a program"), settings.program or desktop.PROGRAMS
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if settings.program:
            dialog.selectFile(settings.program)

        def chosen(program: str) -> None:
            settings.program = program
            self._session.deeds.with_rows(targets, lambda rows: self._open_with(program, rows))

        dialog.fileSelected.connect(chosen)
        self._open(dialog)

    def _open_with(self, program: str, rows: Sequence[Row]) -> None:
        if not desktop.open_with(program, [row.path for row in rows]):
            what = self.tr("{name} could not be started")
            name = words.file_name(program)
            todo = self.tr("Choose a program.")
            self._session.deeds.failed.emit(Error("no-program", what.format(name=name), todo))

    def exclude_folder(self) -> None:
        """Leave the folder of the current photo out of the library, from the next look on."""
        first = self._browser.first()
        if first is None:
            return

        def then(rows: Sequence[Row]) -> None:
            folder = os.path.dirname(rows[0].path)
            said = self.tr("{folder} is left out when photos are looked for the next time (F5).")
            self._say(Exclude(folder, True), said.format(folder=words.file_name(folder)))

        self._session.deeds.with_rows([first], then)

    def _say(self, request: Request, done: str = "") -> None:
        def came(reply: Reply) -> None:
            deeds = self._session.deeds
            if isinstance(reply, Error):
                deeds.failed.emit(reply)
            elif isinstance(reply, Said):
                deeds.done.emit(done or reply.action or "")
                deeds.changed.emit()

        self._session.engine.ask(request, came)

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()

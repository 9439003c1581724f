"""What went wrong, as the window says it: errors made for a terminal name commands in it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from photosearch.engine.replies import Error
from photosearch.gui.engine_words import in_window

translate = QCoreApplication.translate


def in_words(error: Error) -> Error:
    """The error in the window's words; others stay as they are."""
    words = {
        "nothing-indexed": (
            translate("troubles", "Your photos cannot be searched yet"),
            translate("troubles", "Have them looked through first (F5)."),
        ),
        "no-roots": (
            translate("troubles", "There is no folder to look through yet"),
            translate("troubles", "Choose a folder with photos first."),
        ),
        "no-encoder": (
            translate("troubles", "What understands photos is not on this computer yet"),
            translate(
                "troubles",
                "Choose one under Edit, Models…, where it can be downloaded. Everything but"
                " searching works meanwhile.",
            ),
        ),
        "download-failed": (
            error.what,
            translate("troubles", "Try again later: it goes on from what is here."),
        ),
        "convert-failed": (
            error.what,
            translate("troubles", "Try again: nothing needs to be downloaded twice."),
        ),
        "server-gone": (
            translate("troubles", "The server of this library does not answer"),
            translate("troubles", "It is tried again by itself; what was finished is kept."),
        ),
        "disk-full": (
            error.what,
            translate(
                "troubles", "Free some disk space, then go on; everything finished so far is kept."
            ),
        ),
    }
    what, todo = words.get(error.code, (error.what, error.todo.replace("`", "")))
    return replace(error, what=in_window(what), todo=in_window(todo))


def sentence(error: Error) -> str:
    """The error in one line, in the window's words."""
    said = in_words(error)
    return f"{said.what}. {said.todo}".strip()

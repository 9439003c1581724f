"""Every error that a person can meet: a code, what happened, and what to do."""

from __future__ import annotations

import errno


class PhotoSearchError(Exception):
    """An error to show to a person as one line: `what` happened, and what `todo` about it.

    `code` names the kind for programs (the engine sends it, tests match it); it never changes
    with the wording or the language.
    """

    def __init__(self, code: str, what: str, todo: str = "") -> None:
        super().__init__(code, what, todo)
        self.code = code
        self.what = what
        self.todo = todo

    def __str__(self) -> str:
        return f"{self.what}. {self.todo}".rstrip() if self.todo else f"{self.what}."


DISK_FULL_ERRNOS = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})


def disk_full(place: object, doubt: str = "") -> PhotoSearchError:
    """The error for a disk (or quota) that takes no more bytes while `place` was written; `doubt`
    where it may be something else."""
    return PhotoSearchError(
        "disk-full",
        f"No space left to write {place}{doubt}",
        "Free some disk space and run the command again; everything finished so far is kept.",
    )


def from_os_error(error: OSError, place: object) -> PhotoSearchError:
    """Turn an operating system's error about `place` into one a person can act on."""
    if error.errno in DISK_FULL_ERRNOS:
        return disk_full(place)
    if isinstance(error, PermissionError):
        return PhotoSearchError(
            "no-permission", f"No permission for {place}", "Check who owns it and try again."
        )
    if isinstance(error, FileExistsError | NotADirectoryError):
        return PhotoSearchError("no-folder", f"{place} is no folder", "Name a folder.")
    if isinstance(error, FileNotFoundError):
        return PhotoSearchError("not-found", f"There is no {place}", "Check the path.")
    if isinstance(error, IsADirectoryError):
        return PhotoSearchError("is-folder", f"{place} is a folder", "Name a file.")
    reason = error.strerror or type(error).__name__
    return PhotoSearchError("disk-error", f"{place}: {reason}", "Check the disk and try again.")

"""What the engine answers about duplicates."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photosearch.engine import messages
from photosearch.engine.messages import Reply
from photosearch.errors import PhotoSearchError
from photosearch.library import Library
from photosearch.paths import printable

if TYPE_CHECKING:
    from photosearch.duplicates.groups import Group
    from photosearch.duplicates.removal import Result


def answers(library: Library) -> Mapping[type, Callable[[Any], Reply]]:
    """What answers each kind of request about duplicates."""
    return {
        messages.GetDuplicates: lambda request: _groups(library, request),
        messages.KeepDuplicate: lambda request: _keep(library, request),
        messages.RejectDuplicates: lambda request: _reject(library, request),
        messages.TrashDuplicates: lambda request: _trash(library, request),
        messages.UndoTrash: lambda _: _trashed(library.duplicates.undo()),
    }


def _groups(library: Library, request: messages.GetDuplicates) -> messages.DuplicateGroups:
    kinds = request.kinds
    found = library.duplicates.groups(kinds) if kinds else library.duplicates.groups()
    return messages.DuplicateGroups(tuple(_group(library, group) for group in found))


def _group(library: Library, group: Group) -> messages.DuplicateGroup:
    keep = messages.DuplicateFile(
        group.keep.photo_id,
        os.fsdecode(group.file.path),
        str(library.thumbnails.path(group.keep.content)),
        group.keep.width,
        group.keep.height,
        group.file.size,
        ", ".join(group.reasons),
        False,
    )
    others = (
        messages.DuplicateFile(
            other.copy.photo_id,
            os.fsdecode(other.file.path),
            str(library.thumbnails.path(other.copy.content)),
            other.copy.width,
            other.copy.height,
            other.file.size,
            other.why,
            other.protected,
            other.laid or (),
        )
        for other in group.others
    )
    return messages.DuplicateGroup(group.kind, keep, tuple(others))


def _keep(library: Library, request: messages.KeepDuplicate) -> messages.Said:
    library.duplicates.keep(Path(request.path))
    return messages.Said(f"{_name(request.path)} is kept")


def _reject(library: Library, request: messages.RejectDuplicates) -> messages.Said:
    if request.path is not None:
        library.duplicates.reject(Path(request.keep), Path(request.path))
        return messages.Said(f"{_name(request.path)} is no duplicate")
    named = [
        group
        for group in library.duplicates.groups([request.kind])
        if os.fsdecode(group.file.path) == request.keep
    ]
    if not named:
        raise _gone()
    library.duplicates.reject_group(named[0])
    return messages.Said(f"No duplicates of {_name(request.keep)}")


def _trash(library: Library, request: messages.TrashDuplicates) -> messages.Trashed:
    def chosen(group: Group) -> bool:
        return os.fsdecode(group.file.path) == request.keep

    found = _trashed(library.duplicates.remove(chosen, [request.kind], near=Path(request.keep)))
    if not found.moved and not found.refused:
        raise _gone()
    return found


def _trashed(results: Iterable[Result]) -> messages.Trashed:
    from photosearch.duplicates.removal import Moved, Refused

    found = list(results)
    return messages.Trashed(
        tuple(os.fsdecode(each.path) for each in found if isinstance(each, Moved)),
        tuple(
            messages.Refusal(os.fsdecode(each.path), each.why)
            for each in found
            if isinstance(each, Refused)
        ),
    )


def _gone() -> PhotoSearchError:
    return PhotoSearchError(
        "no-group", "This group is not there any more", "Look at the list again."
    )


def _name(path: str) -> str:
    return printable(os.path.basename(path))

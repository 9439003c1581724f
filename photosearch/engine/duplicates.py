"""What the engine answers about duplicates and the trash."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photosearch.engine import replies, requests
from photosearch.engine.replies import Reply
from photosearch.errors import PhotoSearchError
from photosearch.library import Library
from photosearch.paths import printable

if TYPE_CHECKING:
    from photosearch.duplicates.groups import Group
    from photosearch.removal import Result


def answers(library: Library) -> Mapping[type, Callable[[Any], Reply]]:
    """What answers each kind of request about duplicates."""
    return {
        requests.GetDuplicates: lambda request: _groups(library, request),
        requests.KeepDuplicate: lambda request: _keep(library, request),
        requests.RejectDuplicates: lambda request: _reject(library, request),
        requests.TrashDuplicates: lambda request: _trash(library, request),
        requests.GetTrashPlan: lambda request: _plan(library, request),
        requests.TrashPhotos: lambda request: _trashed(library.trash(request.photo_ids)),
    }


def _groups(library: Library, request: requests.GetDuplicates) -> replies.DuplicateGroups:
    kinds = request.kinds
    found = library.duplicates.groups(kinds) if kinds else library.duplicates.groups()
    thumbnails = library.thumbnail_files(
        copy.content
        for group in found
        for copy in (group.keep, *(other.copy for other in group.others))
    )
    return replies.DuplicateGroups(tuple(_group(thumbnails, group) for group in found))


def _group(thumbnails: Mapping[bytes, Path], group: Group) -> replies.DuplicateGroup:
    keep = replies.DuplicateFile(
        group.keep.photo_id,
        os.fsdecode(group.file.path),
        str(thumbnails[group.keep.content]),
        group.keep.width,
        group.keep.height,
        group.file.size,
        group.reasons,
        False,
    )
    others = (
        replies.DuplicateFile(
            other.copy.photo_id,
            os.fsdecode(other.file.path),
            str(thumbnails[other.copy.content]),
            other.copy.width,
            other.copy.height,
            other.file.size,
            tuple(other.why.split(", ")),
            other.protected,
            other.laid or (),
        )
        for other in group.others
    )
    return replies.DuplicateGroup(group.kind, keep, tuple(others))


def _keep(library: Library, request: requests.KeepDuplicate) -> replies.Said:
    library.duplicates.keep(Path(request.path))
    return replies.Said(f"{_name(request.path)} is kept")


def _reject(library: Library, request: requests.RejectDuplicates) -> replies.Said:
    if request.path is not None:
        library.duplicates.reject(Path(request.keep), Path(request.path))
        return replies.Said(f"{_name(request.path)} is no duplicate")
    named = [
        group
        for group in library.duplicates.groups([request.kind])
        if os.fsdecode(group.file.path) == request.keep
    ]
    if not named:
        raise _gone()
    library.duplicates.reject_group(named[0])
    return replies.Said(f"No duplicates of {_name(request.keep)}")


def _trash(library: Library, request: requests.TrashDuplicates) -> replies.Trashed:
    def chosen(group: Group) -> bool:
        return os.fsdecode(group.file.path) == request.keep

    found = _trashed(library.duplicates.remove(chosen, [request.kind], near=Path(request.keep)))
    if not found.moved and not found.refused:
        raise _gone()
    return found


def _plan(library: Library, request: requests.GetTrashPlan) -> replies.TrashPlan:
    from photosearch.removal import Planned

    found = library.trash_plan(request.photo_ids)
    going = [each for each in found if isinstance(each, Planned)]
    return replies.TrashPlan(
        len(going),
        tuple(os.fsdecode(each.path) for each in going if each.only),
        tuple(
            replies.Refusal(os.fsdecode(each.path), each.why)
            for each in found
            if not isinstance(each, Planned)
        ),
    )


def _trashed(results: Iterable[Result]) -> replies.Trashed:
    from photosearch.removal import Moved, Refused

    found = list(results)
    return replies.Trashed(
        tuple(os.fsdecode(each.path) for each in found if isinstance(each, Moved)),
        tuple(
            replies.Refusal(os.fsdecode(each.path), each.why)
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

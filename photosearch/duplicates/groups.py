"""Groups: a photo to keep and those that were each verified directly against it.

Of each kind of pairs the groups are stars: the best photo takes all its pairs, then the best of
those that still have one left, or are in no group yet. So no photo is removed for one that it was
never compared with; a photo may stand in several groups.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from photosearch.catalog.pairs import Copy, CopyFile, Pair
from photosearch.duplicates.best import Judge, Marks
from photosearch.duplicates.kinds import DUPLICATE, KINDS
from photosearch.duplicates.placing import SAME, Affine, inverted, placed

IDENTICAL = "the same bytes"
_Found = tuple[str, Affine | None]  # why a photo is with another, and how it lies on that


@dataclass(frozen=True)
class Other:
    """A file of a group that is not the one to keep: why it is there, in words (the evidence),
    whether it lies in a protected folder, and how its picture lies on the kept one (None: that is
    not known)."""

    copy: Copy
    file: CopyFile
    why: str
    protected: bool = False
    laid: Affine | None = None


@dataclass(frozen=True)
class Group:
    """A file to keep and the others of its kind; `reasons`: why that one, in words."""

    kind: str
    keep: Copy
    file: CopyFile
    others: tuple[Other, ...]
    reasons: tuple[str, ...]


def marks(pairs: Iterable[Pair]) -> Marks:
    """What the evidence of all pairs says of single photos."""
    edited: set[int] = set()
    sharpness: dict[int, float] = {}
    for pair in pairs:
        both = (pair.photo_a, pair.photo_b)
        which = pair.evidence.get("edited")
        if which is not None:
            edited.add(both[which])
        sharpness.update(zip(both, pair.evidence.get("sharpness", ()), strict=False))
    return Marks(frozenset(edited), sharpness)


def one_shot(first: Copy, second: Copy) -> bool:
    """Whether two photos are the RAW and the developed picture of one shot, as a camera writes them
    side by side: such are never offered."""
    if (first.format == "RAW") == (second.format == "RAW"):
        return False
    return not {_stem(file) for file in first.files}.isdisjoint(map(_stem, second.files))


def _stem(file: CopyFile) -> bytes:
    return os.path.splitext(file.path)[0].lower()


def make_groups(
    pairs: Iterable[Pair],
    copies: Mapping[int, Copy],
    judge: Judge,
    kinds: Collection[str] = KINDS,
) -> list[Group]:
    """The groups of these kinds, by the path of what is kept. `copies` holds the photos of the
    pairs, and those of which there are identical files."""
    neighbours: dict[str, dict[int, dict[int, _Found]]] = {kind: {} for kind in KINDS}
    for pair in pairs:
        first, second = copies.get(pair.photo_a), copies.get(pair.photo_b)
        if first is None or second is None or one_shot(first, second):
            continue
        why = str(pair.evidence.get("why", ""))
        of_kind = neighbours[pair.kind]
        laid = placed(pair.evidence)
        of_kind.setdefault(pair.photo_a, {})[pair.photo_b] = why, laid
        of_kind.setdefault(pair.photo_b, {})[pair.photo_a] = why, laid and inverted(laid)
    groups: list[Group] = []
    for kind in KINDS:
        if kind in kinds:
            groups += _stars(kind, neighbours[kind], copies, judge)
    return sorted(groups, key=lambda group: (KINDS.index(group.kind), group.file.path))


def _stars(
    kind: str,
    neighbours: Mapping[int, Mapping[int, _Found]],
    copies: Mapping[int, Copy],
    judge: Judge,
) -> Iterable[Group]:
    members = set(neighbours)
    if kind == DUPLICATE:
        members |= {copy.photo_id for copy in copies.values() if len(copy.files) > 1}
    order = sorted(
        members, key=lambda each: (judge.score(copies[each], kind), copies[each].content)
    )[::-1]
    rank = {photo_id: place for place, photo_id in enumerate(order)}
    covered: set[int] = set()
    for photo_id in order:
        keep = copies[photo_id]
        file = judge.best_file(keep)
        others = [
            Other(keep, each, IDENTICAL, judge.is_protected(each.path), SAME)
            for each in keep.files
            if kind == DUPLICATE and each != file and photo_id not in covered
        ]
        worse = [other for other in neighbours.get(photo_id, ()) if rank[other] > rank[photo_id]]
        taken = [other for other in worse if other not in covered]
        if not taken and photo_id not in covered:
            taken = worse  # in groups already, but this one would be in none
        covered.update(taken)
        for other in sorted(taken, key=lambda each: rank[each]):
            why, laid = neighbours[photo_id][other]
            for each in copies[other].files:
                protected = judge.is_protected(each.path)
                others.append(Other(copies[other], each, why, protected, laid))
        if others:
            reasons = judge.reasons(keep, [copies[each] for each in taken], kind)
            yield Group(kind, keep, file, tuple(others), reasons)

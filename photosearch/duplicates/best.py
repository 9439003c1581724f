"""Which of several copies is the one to keep, and why, by rules in an order that the user can
change.

A rule gives each copy a number; the copy with the higher one wins, and a later rule decides only
where the earlier ones see no difference. What the user said to keep comes before all rules.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from photosearch.catalog.pairs import Copy, CopyFile
from photosearch.catalog.places import relative_to
from photosearch.duplicates.kinds import DUPLICATE, SIMILAR_SHOT
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable

Score = tuple[float, ...]
_Scores = list[tuple[str, float]]  # by the names of rules, in their order

_ENOUGH = 0.25  # bytes a pixel; more of them show nothing more
_DENSE = {"HEIF": 2.0, "AVIF": 2.0, "JXL": 2.0, "WEBP": 1.5}  # say as much with fewer bytes
_LOSSY, _POOR = {"JPEG", "MPO"}, {"WEBP", "GIF", "BMP"}
_COPY_NAME = re.compile(
    r"\b(copy|kopie|copie|copia)\b|\(\d+\)(?=\.\w+$|$)|whatsapp|[-_ ]edited\b|~\d+(?=\.\w+$)", re.I
)


@dataclass(frozen=True)
class Marks:
    """What comparing said of the photos of all pairs. `edited`: those that bear the marks of an
    edit; `sharpness` by photo id."""

    edited: frozenset[int] = frozenset()
    sharpness: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """A rule: what it scores (of a copy, by what comparing said, for a kind of pairs), and the
    reason in words that it gives for the one it prefers."""

    score: Callable[[Copy, Marks, str], float]
    reason: Callable[[Copy], str]


def _quality(copy: Copy) -> float:
    pixels = max(1, copy.width * copy.height)
    return min(_ENOUGH, round(copy.size / pixels * _DENSE.get(copy.format.upper(), 1.0), 3))


def _format(copy: Copy) -> float:
    name = copy.format.upper()
    if name == "RAW":
        return 3
    return 1 if name in _LOSSY else 0 if name in _POOR else 2


RULES: Mapping[str, Rule] = {
    "liked": Rule(  # of duplicates, whichever is kept takes over what was said of the others
        lambda copy, _, kind: 0 if kind == DUPLICATE else copy.favourite * 10 + copy.stars,
        lambda copy: "your favourite" if copy.favourite else f"you gave it {copy.stars} stars",
    ),
    "unedited": Rule(
        lambda copy, marks, _: copy.photo_id not in marks.edited, lambda _: "not edited"
    ),
    "resolution": Rule(
        lambda copy, _, __: copy.width * copy.height,
        lambda copy: f"the most pixels ({copy.width} × {copy.height})",
    ),
    "quality": Rule(lambda copy, _, __: _quality(copy), lambda _: "the least compressed"),
    "metadata": Rule(
        lambda copy, _, __: copy.facts, lambda _: "says most about when, where and how"
    ),
    "format": Rule(lambda copy, _, __: _format(copy), lambda copy: f"the format {copy.format}"),
    "sharpness": Rule(  # copies of one shot are not told apart by it: noise and edges look sharp
        lambda copy, marks, kind: (
            round(marks.sharpness.get(copy.photo_id, 0.0), 2) if kind == SIMILAR_SHOT else 0.0
        ),
        lambda _: "the sharpest",
    ),
    "name": Rule(
        lambda copy, _, __: max(_plain_name(file) for file in copy.files),
        lambda _: "its name is not that of a copy",
    ),
    "age": Rule(
        lambda copy, _, __: -min(file.mtime_ns for file in copy.files), lambda _: "the oldest file"
    ),
}
"""By name, in the order that holds until the user says another."""

_PATH_RULE = re.compile(r"(-?)in:(.+)")


def check_rules(names: Sequence[str]) -> None:
    """Raise PhotoSearchError (`unknown-rule`) unless all are rules, each once."""
    for name in names:
        if (name not in RULES and not _PATH_RULE.fullmatch(name)) or names.count(name) > 1:
            raise PhotoSearchError(
                "unknown-rule",
                f"“{printable(name[:40])}” is no rule, or is named twice",
                f"There are: {', '.join(RULES)}, and in:TEXT or -in:TEXT for paths with TEXT.",
            )


@dataclass(frozen=True)
class Judge:
    """Decides what to keep. `rules`: names, in order; the rest of RULES follow them. `protected`:
    folders whose files are kept before others, since nothing removes them."""

    rules: tuple[str, ...] = ()
    protected: tuple[bytes, ...] = ()
    marks: Marks = Marks()
    _known: dict[tuple[int, str], _Scores] = field(default_factory=dict, repr=False)

    def score(self, copy: Copy, kind: str) -> Score:
        """The higher, the better."""
        return tuple(score for _, score in self._scores(copy, kind))

    def best_file(self, copy: Copy) -> CopyFile:
        """Of the identical files of a photo, the one to keep."""
        order = [name for name in self.rules if _PATH_RULE.fullmatch(name)]
        return max(
            copy.files,
            key=lambda file: (
                file.path == copy.kept,
                self.is_protected(file.path),
                *(_path_score(name, file.path) for name in order),
                _plain_name(file),
                -file.path.count(b"/"),
                -file.mtime_ns,
                [-byte for byte in file.path],
            ),
        )

    def is_protected(self, path: bytes) -> bool:
        """Whether a file lies in a protected folder."""
        return any(relative_to(folder, path) is not None for folder in self.protected)

    def reasons(self, keep: Copy, others: Sequence[Copy], kind: str) -> tuple[str, ...]:
        """Why this one is kept, in words: what decides against each other copy, then what else is
        in its favour."""
        if not others:
            return self._reasons_of_files(keep)
        mine = self._scores(keep, kind)
        theirs = [self._scores(other, kind) for other in others]
        first = {_first_difference(mine, other) for other in theirs}
        deciding = [name for name, _ in mine if name in first]
        better = [
            name
            for place, (name, score) in enumerate(mine)
            if all(other[place][1] < score for other in theirs)
        ]
        names = dict.fromkeys([*deciding, *better])
        return tuple(self._words(name, keep) for name in names) or ("the first of equals",)

    def _reasons_of_files(self, keep: Copy) -> tuple[str, ...]:
        best = self.best_file(keep)
        if best.path == keep.kept:
            return ("you want it kept",)
        if self.is_protected(best.path):
            return ("it lies in a protected folder",)
        plain = [_plain_name(file) for file in keep.files]
        if min(plain) < max(plain):
            return ("the same bytes; its name is not that of a copy",)
        return ("the same bytes; the first of equals",)

    def _scores(self, copy: Copy, kind: str) -> _Scores:
        scores = self._known.get((copy.photo_id, kind))
        if scores is None:
            scores = self._known[copy.photo_id, kind] = self._new_scores(copy, kind)
        return scores

    def _new_scores(self, copy: Copy, kind: str) -> _Scores:
        scores = [
            ("kept", float(copy.kept is not None)),
            ("protected", float(any(self.is_protected(file.path) for file in copy.files))),
        ]
        for name in dict.fromkeys([*self.rules, *RULES]):
            if name in RULES:
                scores.append((name, float(RULES[name].score(copy, self.marks, kind))))
            else:
                found = max(_path_score(name, file.path) for file in copy.files)
                scores.append((name, float(found)))
        return scores

    def _words(self, name: str, copy: Copy) -> str:
        if name in RULES:
            return RULES[name].reason(copy)
        if name == "kept":
            return "you want it kept"
        if name == "protected":
            return "it lies in a protected folder"
        return f"its path has no “{name[4:]}”" if name[0] == "-" else f"its path has “{name[3:]}”"


def _first_difference(mine: _Scores, other: _Scores) -> str | None:
    """The rule that decides between two copies."""
    pairs = zip(mine, other, strict=True)
    return next((name for (name, score), (_, its) in pairs if score != its), None)


def _path_score(name: str, path: bytes) -> int:
    match = _PATH_RULE.fullmatch(name)
    if match is None:
        return 0
    has = match[2].casefold() in os.fsdecode(path).casefold()
    return int(has != (match[1] == "-"))


def _plain_name(file: CopyFile) -> int:
    """1 unless a file's name is one that copying programs give."""
    name = os.fsdecode(file.path.rpartition(b"/")[2])
    return int(_COPY_NAME.search(name) is None)

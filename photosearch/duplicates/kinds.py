"""From what a comparison found to what it means: the three kinds of pairs, and the reason in words.

*Duplicate*: the same picture, saved again, scaled, or turned by quarters. *Edited copy*: one was
made of the other by cropping, a border, turning, mirroring, or other colours. *Similar shot*: two
exposures of one camera within seconds (a burst). Anything else is no pair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from photosearch.duplicates.placing import SAME, Affine, oriented

DUPLICATE, EDITED_COPY, SIMILAR_SHOT = KINDS = ("duplicate", "edited-copy", "similar-shot")

BURST_SECONDS = 5.0
"""Longest time between two shots of a burst."""

# All measured on copies of half of the test photos (see docs/architecture.md, Duplicates).
_WHOLE, _SURELY_WHOLE = (0.9, 0.85), (0.99, 0.98)  # likeness, detail
_SAME_DIFFERENCE, _SAME_TINT = 15.0, 25.0
_PART_INLIERS, _PART_LIKENESS, _PART_DETAIL = 12, 0.88, 0.75
_SHOT_INLIERS, _SHOT_LIKENESS, _SHOT_COSINE = 15, 0.5, 0.8
_ALL = 0.97  # of a picture, but for what a transform is off by


@dataclass(frozen=True)
class Whole:
    """Two whole pictures laid on each other. `orientation`: the second is turned by so many
    quarters counter-clockwise (`orientation % 4`) after it was mirrored (from 4 on). `likeness`:
    correlation of their brightness, -1 to 1; `detail`: that of what is left when the coarse light
    and dark are taken away. `difference`: the largest one in brightness, `tint`: in any colour, of
    a few cells together, 0 to 255."""

    orientation: int
    likeness: float
    detail: float
    difference: float
    tint: float


@dataclass(frozen=True)
class Part:
    """Where the second picture lies in the first. `inliers`: features that agree; `mirrored`: the
    second was mirrored first; `scale` and `angle` (degrees) of the second as it lies in the first;
    `shared`: how much of the first and of the second picture both show, 0 to 1; `likeness`,
    `detail` of that part as in Whole; `plain`: whether all the rest of the first, of the second
    is of one colour; `laid`: the second, as it is, on the first (see `placing`)."""

    inliers: int
    mirrored: bool
    scale: float
    angle: float
    shared: tuple[float, float]
    likeness: float
    detail: float
    plain: tuple[bool, bool]
    laid: Affine = SAME


@dataclass(frozen=True, slots=True)
class Shot:
    """When and with what a photo was taken: seconds since some moment, and the camera; None where
    that is not known. `exact`: the seconds have a fraction."""

    seconds: float | None = None
    camera: str | None = None
    exact: bool = False


@dataclass(frozen=True)
class Compared:
    """What comparing two photos found. `whole`, `part`: see `compare` (None: not so). `cosine` of
    their CNN features (None: they have none). `same_shape`: their sides have the same proportions,
    laid on each other as `whole` says. `coloured`: the first, the second has colours.
    `sharpness` of the first and the second."""

    whole: Whole
    same_shape: bool
    part: Part | None
    cosine: float | None
    coloured: tuple[bool, bool]
    sharpness: tuple[float, float]


@dataclass(frozen=True)
class Verdict:
    """What two photos are to each other. `why`: in words; `edited`: which of the two, the first or
    the second (0, 1), bears the marks of the edit (None: both or neither)."""

    kind: str
    why: str
    edited: int | None = None


def shot(taken_at: str | None, milliseconds: int | None, source: str | None, camera: str) -> Shot:
    """A Shot of what the catalog knows: `taken_at` local time, ISO 8601; only times at which a
    shutter was released count, not those of a later change."""
    if taken_at is None or "T" not in taken_at or source not in ("sidecar", "shutter", "digitised"):
        return Shot(None, camera or None)
    seconds = (datetime.fromisoformat(taken_at) - datetime(1970, 1, 1)).total_seconds()
    fraction = (milliseconds or 0) / 1000
    return Shot(seconds + fraction, camera or None, milliseconds is not None)


def gap(first: Shot, second: Shot) -> float | None:
    """Seconds between two shots of one camera; None where that cannot be said."""
    if first.seconds is None or second.seconds is None or first.camera is None:
        return None
    if first.camera != second.camera:
        return None
    if first.exact != second.exact:  # a copy may have lost the fraction
        return abs(first.seconds // 1 - second.seconds // 1)
    return abs(first.seconds - second.seconds)


def is_same(whole: Whole, same_shape: bool) -> bool:
    """Whether two whole pictures show the same in the same colours, but for a turn or a mirror."""
    return (
        _is_whole(whole, same_shape, _WHOLE)
        and whole.difference <= _SAME_DIFFERENCE
        and whole.tint <= _SAME_TINT
    )


def _is_whole(whole: Whole, same_shape: bool, least: tuple[float, float]) -> bool:
    return same_shape and whole.likeness >= least[0] and whole.detail >= least[1]


def _is_part(part: Part) -> bool:
    return (
        part.inliers >= _PART_INLIERS
        and part.likeness >= _PART_LIKENESS
        and part.detail >= _PART_DETAIL
    )


def judge(found: Compared, first: Shot, second: Shot) -> Verdict | None:
    """What two photos are to each other, None where they are nothing.

    Two times say that there were two exposures, however alike they look; with one time, a part
    that neither picture has whole says the same.
    """
    apart = gap(first, second)
    near = apart is not None and apart <= BURST_SECONDS
    if near and apart:
        return _similar(found, apart)
    whole, part = found.whole, found.part
    if is_same(whole, found.same_shape):
        return _whole(found)
    # Frames can make unlike pictures correlate: features must agree, too, or nearly all pixels.
    sure = part is not None and _is_part(part)
    if _is_whole(whole, found.same_shape, _WHOLE if sure else _SURELY_WHOLE):
        return _whole(found)
    if part is None or not sure:
        return _similar(found, 0.0) if near else None
    contained = max(part.shared) >= _ALL or True in part.plain
    if near and not contained:
        return _similar(found, 0.0)
    return _part(found, part)


def _whole(found: Compared) -> Verdict:
    """Of two whole pictures that show the same."""
    whole = found.whole
    turned = _TURNED[whole.orientation % 4]
    mirrored, same = whole.orientation >= 4, is_same(whole, found.same_shape)
    if same and not mirrored:
        return Verdict(DUPLICATE, "the same picture" + turned)
    words = ["mirrored" + turned] if mirrored else [turned.removeprefix(", ")] if turned else []
    grey = None if found.coloured[0] == found.coloured[1] else found.coloured.index(False)
    if not same:
        words.append("other brightness or colours" if grey is None else "without colours")
    return Verdict(EDITED_COPY, ", ".join(words), grey)


_TURNED = ("", ", turned by a quarter", ", upside down", ", turned by a quarter")


def _part(found: Compared, part: Part) -> Verdict:
    """Of two pictures of which each has a part of the other."""
    words, edited = [], None
    if True in part.plain:
        edited = part.plain.index(True) if part.plain[0] != part.plain[1] else None
        words.append("with a border or empty corners")
    elif min(part.shared) < _ALL:
        edited = 0 if part.shared[1] < part.shared[0] else 1  # the one of which more is shared
        words.append(f"cropped to {min(part.shared):.0%}")
    if part.mirrored:
        words.append("mirrored")
    degrees = abs(part.angle)
    if degrees >= 1:
        words.append(f"turned by {degrees:.0f}°")
    if found.coloured[0] != found.coloured[1]:
        words.append("without colours")
        edited = found.coloured.index(False) if edited is None else edited
    return Verdict(EDITED_COPY, ", ".join(words) or "retouched", edited)


def _similar(found: Compared, apart: float) -> Verdict | None:
    whole, part = found.whole, found.part
    alike = (
        (found.cosine is not None and found.cosine >= _SHOT_COSINE)
        or (whole.orientation == 0 and whole.likeness >= _WHOLE[0] and whole.detail >= 0.5)
        or (part is not None and part.inliers >= _SHOT_INLIERS and part.likeness >= _SHOT_LIKENESS)
    )
    if not alike:
        return None
    when = "in the same second" if apart < 1 else f"{apart:.0f} s apart"
    return Verdict(SIMILAR_SHOT, f"shot {when} with the same camera")


def compared_from(values: Mapping[str, Any], cosine: float | None) -> Compared:
    """A Compared of what a comparer answered, which came as JSON."""
    part = values["part"]
    if part is not None:
        pairs = {name: tuple(part[name]) for name in ("shared", "plain", "laid")}
        part = Part(**{**part, **pairs})
    first, second = values["coloured"]
    one, other = values["sharpness"]
    whole = Whole(**values["whole"])
    return Compared(whole, values["same_shape"], part, cosine, (first, second), (one, other))


def evidence(found: Compared, verdict: Verdict, distance: int | None) -> dict[str, Any]:
    """What speaks for a pair, as plain values. `distance`: Hamming distance of the perceptual
    hashes, in the orientation in which it is least; `laid`: see `placing.placed`."""
    whole, part = _rounded(asdict(found.whole)), found.part and _rounded(asdict(found.part))
    laid = _laid(found)
    if part:
        del part["laid"]
    cosine = None if found.cosine is None else round(found.cosine, 4)
    return {
        **{"why": verdict.why, "edited": verdict.edited, "distance": distance, "cosine": cosine},
        **{"whole": whole, "part": part},
        "laid": laid and [round(value, 5) for value in laid],
        "sharpness": [round(value, 4) for value in found.sharpness],
    }


def _laid(found: Compared) -> Affine | None:
    """The second picture on the first: the whole one where that fits, else the part that both
    show."""
    if _is_whole(found.whole, found.same_shape, _WHOLE):
        return oriented(found.whole.orientation)
    if found.part is not None and found.part.inliers >= _PART_INLIERS:
        return found.part.laid
    return None


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in values.items()
    }

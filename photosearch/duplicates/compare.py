"""Comparing two pictures: do they show the same shot, and what was done to one of them?

Works on thumbnails, which the indexer made itself. First the two whole pictures are laid on each
other in all eight orientations. Where that fails, local features (ORB, Rublee et al. 2011) that
agree on one turn, scale and shift (RANSAC) say where one picture lies in the other, and the part
that both show is laid on each other. Either way the pixels decide, not the features.

Needs OpenCV and FAISS, and runs in a child process (see `process.py`).
"""

from __future__ import annotations

import math
from functools import cached_property

import cv2
import faiss
import numpy as np
import numpy.typing as npt

from photosearch.duplicates.kinds import Part, Whole
from photosearch.duplicates.placing import Affine

Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Features = tuple[Floats, Bytes]

SIDE = 64  # cells of a whole picture that is laid on another
_FEATURES = 500
_RATIO = 0.8  # a match counts if the second best is so much worse (Lowe 2004)
_LEAST_MATCHES = 8  # before a transform is looked for
_WITHIN = 3.0  # pixels that a feature may lie beside the place where the transform puts it
_DOUBT = 0.002  # by which another orientation must fit better than none
_FLAT = 8.0  # standard deviation (of 255) under which a margin is plain


class Picture:
    """A picture to compare, with what is computed of it once."""

    def __init__(self, pixels: Bytes, features: Features | None = None) -> None:
        """`pixels`: BGR, uint8 (height, width, 3). `features`: where they are known already."""
        self.pixels = pixels
        self.known_features = features
        self.height, self.width = pixels.shape[:2]

    @cached_property
    def grey(self) -> Bytes:
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_BGR2GRAY))

    @cached_property
    def mirrored(self) -> Picture:
        return Picture(np.ascontiguousarray(self.pixels[:, ::-1]))

    @cached_property
    def cells(self) -> Floats:
        """The whole picture in SIDE x SIDE cells, float32 (SIDE, SIDE, 3)."""
        small = cv2.resize(self.pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        return np.asarray(small, np.float32)

    @property
    def features(self) -> Features:
        """Places (n, 2) and ORB descriptors (n, 32)."""
        if self.known_features is None:
            self.known_features = self._find_features()
        return self.known_features

    def _find_features(self) -> Features:
        orb = cv2.ORB_create(_FEATURES, edgeThreshold=16, fastThreshold=6)
        points, descriptors = orb.detectAndCompute(self.grey, None)
        if descriptors is None:
            return np.empty((0, 2), np.float32), np.empty((0, 32), np.uint8)
        return np.array([point.pt for point in points], np.float32), np.asarray(descriptors)

    @cached_property
    def sharpness(self) -> float:
        """How much fine detail there is for the contrast that it has: variance of the Laplacian
        over that of the brightness, of the picture as it is."""
        variance = float(self.grey.var())
        if variance < 1:
            return 0.0
        return float(cv2.Laplacian(self.grey, cv2.CV_32F).var()) / variance

    @cached_property
    def coloured(self) -> bool:
        """Whether it has colours beyond shades of one."""
        chroma = self.cells - self.cells.mean(axis=2, keepdims=True)
        return float(np.abs(chroma - chroma.mean(axis=(0, 1))).mean()) > 2.0


def compare_whole(first: Picture, second: Picture) -> Whole:
    """Lay the whole second picture on the first, in the orientation that fits best."""
    one, grey = first.cells.mean(axis=2), second.cells.mean(axis=2)
    unit, other_unit = _unit(one), _unit(grey)
    # Of a symmetric picture several fit: the plainest is meant.
    best = max(
        range(8),
        key=lambda turn: float((unit * _oriented(other_unit, turn)).sum()) - _DOUBT * (turn > 0),
    )
    laid, other = _oriented(second.cells, best), _oriented(grey, best)
    # Blurred: where sizes were rounded or detail was lost, single cells differ.
    difference = np.abs(cv2.blur(one - other, (3, 3))).max()
    tint = np.abs(cv2.blur(first.cells - laid, (4, 4))).max()
    return Whole(
        best, _correlation(one, other), _detail(one, other), float(difference), float(tint)
    )


def same_shape(first: Picture, second: Picture, orientation: int) -> bool:
    """Whether their sides have the same proportions, up to rounding, in that orientation."""
    width, height = second.width, second.height
    if orientation % 2:
        width, height = height, width
    return abs(math.log(first.width * height / (first.height * width))) < 0.03


def compare_parts(first: Picture, second: Picture, *, mirrored: bool = False) -> Part | None:
    """Find where the second picture (mirrored, if it is to be) lies in the first; None where its
    features do not say."""
    second = second.mirrored if mirrored else second
    places, theirs = _matches(first, second)
    if len(places) < _LEAST_MATCHES:
        return None
    matrix, agree = cv2.estimateAffinePartial2D(
        theirs, places, method=cv2.RANSAC, ransacReprojThreshold=_WITHIN, maxIters=1000
    )
    if matrix is None:
        return None
    inliers = int(agree.sum())
    scale = math.hypot(matrix[0, 0], matrix[1, 0])
    if inliers < _LEAST_MATCHES or not 0.2 < scale < 5:
        return None
    size = (first.width, first.height)
    ones = np.full((second.height, second.width), 255, np.uint8)
    mask = np.asarray(cv2.warpAffine(ones, matrix, size, flags=cv2.INTER_NEAREST)) > 0
    # Its edge pixels are half outside; and blurring would bring in what is not shared.
    inner = np.asarray(cv2.erode(mask.astype(np.uint8), np.ones((7, 7), np.uint8))) > 0
    if inner.mean() < 0.05:
        return None
    laid = cv2.warpAffine(second.grey, matrix, size, borderMode=cv2.BORDER_REPLICATE)
    back = np.asarray(cv2.invertAffineTransform(matrix))
    there = np.full((first.height, first.width), 255, np.uint8)
    covered = np.asarray(cv2.warpAffine(there, back, (second.width, second.height))) > 127
    likeness, detail = _masked(first.grey, np.asarray(laid), inner)
    return Part(
        inliers,
        mirrored,
        scale,
        math.degrees(math.atan2(matrix[1, 0], matrix[0, 0])),
        (float(mask.mean()), float(covered.mean())),
        likeness,
        detail,
        (_plain(first.grey, ~mask), _plain(second.grey, ~covered)),
        _in_parts(np.asarray(matrix), first, second, mirrored),
    )


def _in_parts(matrix: Floats, first: Picture, second: Picture, mirrored: bool) -> Affine:
    """A matrix (2, 3) of pixels, in parts of the sides, from the second as it was before it was
    mirrored."""
    rows = matrix @ np.diag([second.width, second.height, 1.0])
    if mirrored:
        rows = rows @ np.array([[-1.0, 0, 1], [0, 1, 0], [0, 0, 1]])
    a, b, c = (rows[0] / first.width).tolist()
    d, e, f = (rows[1] / first.height).tolist()
    return (a, b, c, d, e, f)


def _matches(first: Picture, second: Picture) -> tuple[Floats, Floats]:
    """Places of features that the two pictures share, (n, 2) each."""
    (places, one), (theirs, other) = first.features, second.features
    nothing = np.empty((0, 2), np.float32)
    if min(len(one), len(other)) < _LEAST_MATCHES:
        return nothing, nothing
    distances, nearest = faiss.knn_hamming(one, other, 2)  # four times as fast as OpenCV's
    good = distances[:, 0] < _RATIO * distances[:, 1]
    return places[good], theirs[nearest[good, 0]]


def _oriented(cells: Floats, orientation: int) -> Floats:
    turned = cells[:, ::-1] if orientation >= 4 else cells
    return np.rot90(turned, orientation % 4)


def _unit(values: Floats) -> Floats:
    centred = values - values.mean()
    return np.asarray(centred / max(float(np.linalg.norm(centred)), 1e-6), np.float32)


def _correlation(one: Floats, other: Floats) -> float:
    return float((_unit(one) * _unit(other)).sum())


def _detail(one: Floats, other: Floats) -> float:
    return _correlation(_fine(one), _fine(other))


def _fine(values: Floats) -> Floats:
    """What is left when the coarse light and dark are taken away."""
    blurred = cv2.GaussianBlur(values, (0, 0), 1.0)
    return np.asarray(blurred - cv2.GaussianBlur(values, (0, 0), 4.0), np.float32)


def _masked(first: Bytes, second: Bytes, mask: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Likeness and detail of the part of two grey pictures where `mask` is true."""
    blurred = [
        np.asarray(cv2.GaussianBlur(each, (0, 0), 1.5), np.float32) for each in (first, second)
    ]
    fine = [each - np.asarray(cv2.GaussianBlur(each, (0, 0), 6.0)) for each in blurred]
    return (
        _correlation(blurred[0][mask], blurred[1][mask]),
        _correlation(fine[0][mask], fine[1][mask]),
    )


def _plain(grey: Bytes, rest: npt.NDArray[np.bool_]) -> bool:
    """Whether the rest of a picture is a border, or the corners that turning left empty: more than
    a seam, of one colour, and unlike what it borders on (else it is a plain background)."""
    seam = np.ones((3, 3), np.uint8)
    inside = np.asarray(cv2.erode(rest.astype(np.uint8), seam)) > 0
    if inside.mean() <= 0.01 or float(grey[inside].std()) >= _FLAT:
        return False
    near = np.asarray(cv2.dilate(rest.astype(np.uint8), seam, iterations=6)) > 0
    beside = near & ~(np.asarray(cv2.dilate(rest.astype(np.uint8), seam, iterations=2)) > 0)
    if not beside.any():
        return False
    unlike = np.abs(grey[beside].astype(np.float32) - float(grey[inside].mean())) > _FLAT
    return bool(unlike.mean() > 0.3)

"""The head of a taught tag: learned from a few examples on frozen unit vectors, in closed form.

Fisher's linear discriminant, with what the library's photos are like as its other class: with
their mean m and covariance C, and the mean p of the examples, the direction is

    w = ((1-s) C + s tr(C)/d I)^-1 (p - m),        and of those that are not it, - ½ (…)^-1 (n - m)

with s = 0.1, more where the library is too small for a covariance of its own,

and a photo's score is w·x in standard deviations of the library, plus how many of these it lies
above the library by the tag's own name, where that is a word to the encoder. Logistic regression
on a few hundred random photos of the library was tried first: of five to ten of a class that are
among them by chance, it learns that the class is not the class; on the 19 classes of the
developers' data with 10 examples each it stayed below the name alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_SHRINK = 0.1
_ENOUGH = 1000  # photos, for which that is enough
_AGAINST = 0.5
_SAME = 0.9995  # cosine
_BETTER = 0.02  # so much better without the tag's name, the head does without it
_FAR = 3.5  # median deviations (2.4 standard deviations of a normal distribution)


@dataclass(frozen=True)
class Background:
    """What the library's photos are like: `sample`, unit vectors (n, dimension)."""

    sample: Floats
    mean: Floats
    inverse: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """A head: score = x · weights + bias; its logistic function is the confidence. `auc`: how often
    an example that it was not fitted on scores above a photo of the library (cross-validated by
    leaving one out; None with fewer than two)."""

    weights: Floats
    bias: float
    auc: float | None

    def confidences(self, vectors: Floats) -> Floats:
        """Of unit vectors (n, dimension): 0 to 1, (n,)."""
        score = np.clip(vectors @ self.weights + self.bias, -30, 30)
        return np.asarray(1 / (1 + np.exp(-score)), np.float32)


def background(sample: Floats) -> Background:
    """From unit vectors of the library's photos (n, dimension), or of a part of them."""
    covariance = np.cov(sample.T).astype(np.float64) if len(sample) > 1 else np.zeros((0, 0))
    side = sample.shape[1]
    if covariance.shape != (side, side):
        covariance = np.zeros((side, side))
    spread = max(float(np.trace(covariance)) / side, 1e-6)
    shrink = max(_SHRINK, 1 - len(sample) / _ENOUGH)
    shrunk = (1 - shrink) * covariance + shrink * spread * np.eye(side)
    return Background(sample, sample.mean(0), np.linalg.inv(shrunk))


def fit(shows: Floats, others: Floats, name: Floats | None, behind: Background) -> Fitted:
    """Learn from unit vectors of photos that show it (at least one) and that do not (maybe none).
    `name`: the unit vector of the tag's name, None where it is no word."""
    own_scores, auc = _left_out(shows, others, name, behind)
    if name is not None and auc is not None:  # a name such as “Rex” says nothing of pictures
        scores, nameless = _left_out(shows, others, None, behind)
        if nameless is not None and nameless > auc + _BETTER:
            name, own_scores, auc = None, scores, nameless
    weights = _direction(shows, others, name, behind)
    library = _others_in(behind, shows) @ weights
    high = float(np.median(own_scores))
    # By the middle half of the library, since among the rest may be more photos that show it.
    usual = float(np.median(library))
    low = min(usual + _FAR * float(np.median(np.abs(library - usual))), high - 0.5)
    middle, width = (high + low) / 2, (high - low) / 4
    return Fitted((weights / width).astype(np.float32), -middle / width, auc)


def _left_out(
    shows: Floats, others: Floats, name: Floats | None, behind: Background
) -> tuple[Floats, float | None]:
    """The score of each example by a head fitted without it, and the share of the library below it,
    on average (None where there is but one)."""
    if len(shows) < 2:
        return shows @ _direction(shows, others, name, behind), None
    library = _others_in(behind, shows)
    scores, below = [], []
    for number in range(len(shows)):
        weights = _direction(np.delete(shows, number, 0), others, name, behind)
        scores.append(float(shows[number] @ weights))
        below.append(float((library @ weights < scores[-1]).mean()))
    return np.array(scores, np.float32), float(np.mean(below))


def _others_in(behind: Background, shows: Floats) -> Floats:
    """The library's photos without the examples themselves (all, where there are no others)."""
    others = behind.sample[(behind.sample @ shows.T).max(1) < _SAME]
    return others if len(others) else behind.sample


def _direction(shows: Floats, others: Floats, name: Floats | None, behind: Background) -> Floats:
    """The weights whose scores have the library's mean at their own and its spread as unit."""
    difference = (shows.mean(0) - behind.mean).astype(np.float64)
    if len(others):
        difference -= _AGAINST * (others.mean(0) - behind.mean)
    weights = _standard(np.asarray(behind.inverse @ difference, np.float32), behind)
    return weights if name is None else weights + _standard(name, behind)


def _standard(weights: Floats, behind: Background) -> Floats:
    spread = float((behind.sample @ weights).std())
    return np.asarray(weights / max(spread, 1e-6), np.float32)


def rows_of(blobs: Sequence[bytes]) -> Floats:
    """Stored rows, little-endian fp16, as float32 (n, numbers)."""
    return np.frombuffer(b"".join(blobs), "<f2").reshape(len(blobs), -1).astype(np.float32)


def quality(auc: float | None, shows: int) -> str:
    """How good a head is, in words for a person."""
    if auc is None:
        return "too few photos to say how well it works; mark some more"
    if auc >= 0.98:
        said = "it tells them apart well"
    elif auc >= 0.93:
        said = "it tells most of them apart"
    elif auc >= 0.8:
        said = "it is often wrong; mark some more photos"
    else:
        return "it cannot tell them apart yet; mark more photos, and some that are not it"
    return said if shows >= 5 else f"{said}, as far as {shows} photos show; 5 are better"

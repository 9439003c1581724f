"""From scores to relevance: how likely it is that a photo shows what was asked for.

For a query q, photos with unit vectors v and scores s = q·v:

- *Against photos.* The scores of the reference photos say what this query gives to photos that have
  nothing to do with it: `above` is the standard score of s among them, `tail` how far s is beyond
  their 99th percentile (in standard deviations), `skew` their third moment: a query whose thing is
  among them has a long tail.
- *Against words.* A photo that is near to everything (a hub) is near to this query, too; so `own`
  is the standard score of s among the photo's scores with neutral words, and `lead1`, `lead5`,
  `lead10` how far s is beyond the best, fifth, tenth of those that mean something else (cosine
  with the query below 0.6). It is CSLS (Conneau et al. 2018) with its two sides kept apart.
- *Against what it looks like.* `like`: the standard score, among the reference photos, of the
  photo's cosine with the query's look: the mean of the reference photos nearest to the query,
  each by the exponential of its standard score (a pseudo-relevant query as of Rocchio 1971).
  `depicted`: the mean standard score of those photos: a query that none of them fits has no look.
- *As a question.* `known`: the cosine with the nearest neutral word; `photos`: log of how many were
  searched (at most MOST, beyond which nothing was fitted), since the best of many strangers is
  better than that of few.

A logistic regression (Platt 1999) of these is the relevance of a single photo. One fitted to an
encoder uses all of them; that for encoders it was not fitted to does without the two of the look,
which differ more from encoder to encoder. Within one answer it
is made to fall with the score by pooling adjacent violators (Ayer et al. 1955), so that a divider
has one place.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from photosearch.encoders.calibration import Reference, Weights

Floats = npt.NDArray[np.float32]

SHARED = (*("above", "tail", "skew", "own", "lead1", "lead5", "lead10", "known", "photos"),)
LOOK = ("like", "depicted")
FEATURES = (*SHARED, *LOOK)

DIVIDER = 0.5
"""Relevance below which a match is a weak one."""

JUDGED = 100
"""Photos of an answer that are judged, at least: what is found does not depend on how many of it
are shown."""

OWN = 2_000
"""Photos from which on a library has a distribution of its own."""

MOST = 2_000
"""Photos of the largest library that the weights were fitted to, in round numbers."""

_LOOK = 20  # reference photos that say what a query looks like
_ITSELF = 0.98  # cosine of photos from which on they are one: a photo does not speak for itself
_OTHER = 0.6  # cosine of two texts below which they mean different things


class Calibration:
    """Judges the answers of one encoder in one library. Use from one thread."""

    def __init__(self, reference: Reference, weights: Weights, own: Floats | None = None) -> None:
        """`own`: vectors, float32 (n, dimension), drawn from a large library, whose usual scores
        then count rather than those of the reference photos."""
        self._reference = reference
        self._weights = weights
        self._own = own
        self._middle: Floats = reference.images.mean(axis=0)
        away = reference.images - self._middle
        self._spread: Floats = away.T @ away / len(away)

    def judge(self, query: Floats, vectors: Floats, searched: int) -> Floats:
        """Relevance, float32 (n,), 0 to 1, of the photos nearest to `query` (unit, float32
        (dimension,)), whose vectors (n, dimension) come best first; `searched`: how many photos
        they are the best of. It never rises."""
        found = self.features(query, vectors, searched)
        logit = self._weights.bias + found @ np.array([*self._weights.weights.values()])
        return falling(1 / (1 + np.exp(-logit)))

    def features(self, query: Floats, vectors: Floats, searched: int) -> Floats:
        """The features that have a weight, in the order of these, float32 (n, len(weights)), of
        photos as in `judge`."""
        scores = vectors @ query
        reference: Floats = self._reference.images @ query
        strangers = self._strangers(query, np.sort(reference))
        mean, spread = float(strangers.mean()), float(strangers.std()) or 1.0
        standard = (strangers - mean) / spread
        words = vectors @ self._reference.prompts.T
        alike = self._reference.prompts @ query
        count = len(scores)
        columns = {
            "above": (scores - mean) / spread,
            "tail": (scores - _quantile(strangers, 0.99)) / spread,
            "skew": np.full(count, (standard * standard * standard).mean()),
            "own": (scores - words.mean(axis=1)) / words.std(axis=1),
            "known": np.full(count, alike.max()),
            "photos": np.full(count, np.log(min(searched, MOST))),
        }
        # Some encoders have all texts near to each other: then the nearer half is not asked.
        words[:, alike > max(_OTHER, np.median(alike))] = -np.inf
        best = np.sort(np.partition(words, words.shape[1] - 10, axis=1)[:, -10:], axis=1)
        columns |= {f"lead{n}": (scores - best[:, -n]) / spread for n in (1, 5, 10)}
        if not self._weights.weights.keys().isdisjoint(LOOK):
            like, depicted = self._look(reference, vectors)
            columns |= {"like": like, "depicted": np.full(count, depicted)}
        wanted = [columns[name] for name in self._weights.weights]
        return np.stack(wanted, axis=1).astype(np.float32)

    def _look(self, scores: Floats, vectors: Floats) -> tuple[Floats, float]:
        """`like` (n,) and `depicted` of photos; `scores`: the query's with the reference photos."""
        images = self._reference.images
        standard = (scores - scores.mean()) / (float(scores.std()) or 1.0)
        count = min(_LOOK, len(images))
        nearest = np.argpartition(-standard, count - 1)[:count]
        shares = np.exp(standard[nearest] - standard[nearest].max())
        looks = (shares * (vectors @ images[nearest].T < _ITSELF)) @ images[nearest]
        looks /= np.maximum(np.linalg.norm(looks, axis=1, keepdims=True), 1e-9)
        look = shares @ images[nearest]
        look /= max(float(np.linalg.norm(look)), 1e-9)
        # Mean and spread of the reference photos' cosines with the look, from their moments.
        usual = self._middle @ look
        spread = float(np.sqrt(max(0.0, look @ self._spread @ look))) or 1.0
        like = (np.einsum("nd,nd->n", vectors, looks) - usual) / spread
        return like, float(standard[nearest].mean())

    def _strangers(self, query: Floats, scores: Floats) -> Floats:
        """The query's scores with photos of all kinds, ascending: `scores`, those with the
        reference photos, ascending. Where the library has a distribution of its own, they are moved
        to its median and to the spread of its lower half: both stay what they are where the thing
        is in many photos of the library."""
        if self._own is None:
            return scores
        low, middle = _quantile(scores, 0.1), _quantile(scores, 0.5)
        own = np.sort(self._own @ query)
        own_low, own_middle = _quantile(own, 0.1), _quantile(own, 0.5)
        stretch = (own_middle - own_low) / max(middle - low, 1e-6)
        moved: Floats = own_middle + (scores - middle) * stretch
        return moved


def _quantile(ascending: Floats, share: float) -> float:
    """As `numpy.quantile`, which costs more than to sort all that is asked of here."""
    at = share * (len(ascending) - 1)
    low, high = ascending[int(at)], ascending[min(int(at) + 1, len(ascending) - 1)]
    return float(low + (high - low) * (at - int(at)))


def falling(values: npt.NDArray[np.floating]) -> Floats:
    """The nearest (least squares) values that never rise: neighbours that do are averaged."""
    blocks: list[tuple[float, int]] = []  # mean and length
    for value in values.tolist():
        mean, length = value, 1
        while blocks and blocks[-1][0] < mean:
            before, count = blocks.pop()
            mean = (mean * length + before * count) / (length + count)
            length += count
        blocks.append((mean, length))
    flat: Floats = np.repeat([mean for mean, _ in blocks], [n for _, n in blocks]).astype(
        np.float32
    )
    return flat

"""The tagger: from what the built-in network saw in a photo to tags, most specific first.

Two taggers behind one door. The *classifiers* say how likely each of their classes is; classes
are mapped to concepts, and where the encoder in use is calibrated, the *zero-shot* z of each
concept's words shifts these chances:

    chance(c) = softmax over c of log(0.3 imagenet(c) + 0.7 everyday(c) + 1e-4) + 0.3 z(c)

(of a network that has but one of the two classifiers, that one counts whole.)

A concept is as likely as all that are kinds of it together; the answer is the most specific one
that is likely enough, with those above it (Deng et al. 2012, “Hedging your bets”). Besides, words
whose z lies above their own threshold are tags: things beside the main one, and users' words, for
which no classifier exists. (The three numbers were chosen on training photos that were held out.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from photosearch.encoders.classifiers import LinearClassifier, load_classifiers
from photosearch.encoders.registry import EncoderFolder
from photosearch.tagging.calibration import USUAL_Z, load_calibration
from photosearch.vocabulary import Concept, Vocabulary, builtin_vocabulary, class_concepts

Floats = npt.NDArray[np.float32]

CLASSIFIER, ZERO_SHOT = "classifier", "zero-shot"
"""Sources of tags."""

LIKELY = 0.5
"""The default threshold: least confidence of a tag."""

_WEIGHTS = {"imagenet": 0.3, "everyday": 0.7}
_FLOOR = 1e-4
_SHIFT = 0.3
_SLOPE = 1.5  # of a zero-shot tag's confidence, which is a half at its threshold
_BLOCK = 64  # photos in one product: always as many, so that no number depends on who is beside


@dataclass(frozen=True)
class Tag:
    """A tag of a photo: `confidence` 0 to 1, `source` says which tagger found it."""

    name: str
    confidence: float
    source: str


class Tagger:
    """Tags photos by their stored features and vectors. Loads no torch, but for `extra` words."""

    def __init__(
        self,
        trunk: EncoderFolder,
        encoder: EncoderFolder | None = None,
        extra: Sequence[Concept] = (),
        encode_texts: Callable[[Sequence[str]], Floats] | None = None,
    ) -> None:
        """`trunk`: whose features and classifiers; `encoder`: whose vectors, where it is
        calibrated; `extra`: the user's own concepts, whose words `encode_texts` makes vectors of.

        Raises PhotoSearchError (`broken-encoder`, `broken-vocabulary`).
        """
        self.vocabulary: Vocabulary = builtin_vocabulary().extended(extra)
        names = self.vocabulary.names
        self._place = {name: place for place, name in enumerate(names)}
        builtin = len(builtin_vocabulary().names)
        lines = [self.vocabulary.line(name) for name in names]
        self._depth = np.array([len(line) for line in lines])
        self._top = [line[-1] for line in lines]
        self._above = np.zeros((builtin, builtin), np.float32)  # [kind, what it is a kind of]
        for place, line in enumerate(lines[:builtin]):
            self._above[place, [self._place[name] for name in line]] = 1.0
        known = [each for each in load_classifiers(trunk) if each.name in _WEIGHTS]
        total = sum(_WEIGHTS[each.name] for each in known)
        self._classifiers = [
            (each, _WEIGHTS[each.name] / total * self._mapping(each, builtin)) for each in known
        ]
        self._calibration = None if encoder is None else load_calibration(encoder.id)
        if self._calibration is not None:
            its = self._calibration
            rows = {name: row for row, name in enumerate(its.names)}
            chosen = [rows[name] for name in names[:builtin]]
            text, self._z = its.text[chosen], its.z[chosen]
            new = self.vocabulary.concepts[builtin:]
            if new and encode_texts is not None:
                words = [concept.phrases[0] for concept in new]
                own = [encode_texts(words[at : at + _BLOCK]) for at in range(0, len(words), _BLOCK)]
                text = np.concatenate([text, *own])
                usual = np.full(len(new), USUAL_Z, np.float32)
                self._z = np.concatenate([self._z, usual])
            self._yardstick = its.yardstick(text)

    @property
    def uses_vectors(self) -> bool:
        """Whether vectors of the encoder add to what features say."""
        return self._calibration is not None

    def _mapping(self, classifier: LinearClassifier, concepts: int) -> Floats:
        """(classes, concepts): 1 where a class is a concept."""
        mapping = np.zeros((len(classifier.classes), concepts), np.float32)
        known = class_concepts(classifier.name)
        for row, name in enumerate(classifier.classes):
            if name in known:
                mapping[row, self._place[known[name]]] = 1.0
        return mapping

    def tag(
        self, features: Floats, vectors: Floats | None = None, likely: float = LIKELY
    ) -> list[list[Tag]]:
        """The tags of photos by their pooled features (n, features) and unit vectors
        (n, dimension; None: not there), of at least the confidence `likely`. The first is the most
        specific of those that the classifiers found."""
        found: list[list[Tag]] = []
        # Products so small gain nothing by threads, which wait by spinning on cores that the
        # readers and the encoder need; and no number depends on how many cores there are.
        with threadpool_limits(1, user_api="blas"):
            for start in range(0, len(features), _BLOCK):
                part = slice(start, start + _BLOCK)
                count = len(features[part])
                beside = None if vectors is None else _padded(vectors[part])
                found += self._block(_padded(features[part]), beside, likely)[:count]
        return found

    def _block(self, features: Floats, vectors: Floats | None, likely: float) -> list[list[Tag]]:
        chance = np.zeros((len(features), len(self._above)), np.float32)
        for classifier, mapping in self._classifiers:
            chance += classifier.probabilities(features) @ mapping
        z = None
        logits = np.log(chance + _FLOOR)
        if vectors is not None and self.uses_vectors:
            z = self._yardstick.z(vectors)
            logits += _SHIFT * z[:, : logits.shape[1]]
        chance = np.exp(logits - logits.max(1, keepdims=True))
        chance = chance / chance.sum(1, keepdims=True) @ self._above
        sure = None if z is None else 1 / (1 + np.exp(-_SLOPE * (z - self._z)))
        return [
            self._tags(chance[row], None if sure is None else sure[row], likely)
            for row in range(len(features))
        ]

    def _tags(self, chance: Floats, sure: Floats | None, likely: float) -> list[Tag]:
        names = self.vocabulary.names
        places = np.flatnonzero(chance >= likely)
        places = places[np.lexsort((-chance[places], -self._depth[places]))]
        found = {
            names[place]: Tag(names[place], _rounded(chance[place]), CLASSIFIER)
            for place in places.tolist()
        }
        if sure is not None:
            more = np.flatnonzero(sure >= likely)
            # Of the kinds of one thing the classifiers decide: what is a cat is no dog besides.
            decided = {self._top[place] for place in places.tolist()}
            for place in more[np.argsort(-sure[more], kind="stable")].tolist():
                if place < len(self._above) and self._top[place] in decided:
                    continue
                tag = Tag(names[place], _rounded(sure[place]), ZERO_SHOT)
                found.setdefault(tag.name, tag)
        return list(found.values())


def _padded(rows: Floats) -> Floats:
    missing = _BLOCK - len(rows)
    rows = np.asarray(rows, np.float32)
    return rows if not missing else np.pad(rows, ((0, missing), (0, 0)))


def _rounded(confidence: np.float32) -> float:
    """Two places, never a certainty."""
    return min(round(float(confidence), 2), 0.99)

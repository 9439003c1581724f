"""The classifiers of an encoder: from pooled features to the chance of every class, in numpy.

An encoder that has them is a *trunk*: its pooled features are stored for every photo, whichever
encoder makes the vectors, and class scores follow from them at any time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from photosearch.encoders.registry import EncoderFolder
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class LinearClassifier:
    """A linear classifier on pooled features. `weight`: (classes, features), `bias`: (classes,),
    `text`: a unit vector of the encoder for each class, (classes, dimension); all float32."""

    name: str
    classes: tuple[str, ...]
    weight: Floats
    bias: Floats
    text: Floats

    def probabilities(self, features: npt.ArrayLike) -> Floats:
        """The chance of each class, float32 (n, classes), of pooled features (n, features) as
        they are stored (see `features_name`): the softmax of weight · features + bias."""
        scores = np.asarray(features, np.float32) @ self.weight.T + self.bias
        chances = np.exp(scores - scores.max(-1, keepdims=True))
        return np.asarray(chances / chances.sum(-1, keepdims=True), np.float32)

    def best(self, features: npt.ArrayLike, count: int) -> list[list[tuple[str, float]]]:
        """For each photo its `count` likeliest classes by name, with their chances, best first."""
        chances = self.probabilities(features)
        order = np.argsort(-chances, axis=-1, kind="stable")[:, :count]
        return [
            [(self.classes[place], float(row[place])) for place in places]
            for row, places in zip(chances, order, strict=True)
        ]


def load_classifiers(folder: EncoderFolder) -> tuple[LinearClassifier, ...]:
    """The classifiers that an encoder's card names; none for most encoders.

    Raises PhotoSearchError (`broken-encoder`) where their file does not fit the card.
    """
    if folder.beliefs is None:
        return ()
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors = load_file(folder.path / folder.beliefs.file)
        found = []
        for card in folder.beliefs.classifiers:
            weight, bias, text = (
                tensors[f"{card.name}.{part}"].astype(np.float32)
                for part in ("weight", "bias", "text")
            )
            if not len(card.classes) == len(weight) == len(bias) == len(text):
                raise ValueError(f"“{card.name}” has not as many classes as names")
            if text.shape[1] != folder.dimension or not 0 < card.top <= len(card.classes):
                raise ValueError(f"“{card.name}” does not fit the encoder")
            found.append(LinearClassifier(card.name, card.classes, weight, bias, text))
    except (OSError, KeyError, ValueError, SafetensorError) as error:
        raise PhotoSearchError(
            "broken-encoder",
            f"The beliefs of the encoder in {printable(folder.path)} cannot be used ({error})",
            "Remove its folder, or install it again.",
        ) from error
    return tuple(found)

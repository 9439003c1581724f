"""What an encoder's cosines mean for tagging: data that `make tags-fit` makes, one file an encoder.

A cosine says nothing by itself: it depends on the encoder and on the words. So each text is judged
against what it scores on many photos: with mean m and covariance C of their vectors, a text t
scores m·t on average, with standard deviation sqrt(t C t), and z is how many of these a photo lies
above it. For every concept the z from which on it was right on training photos is kept.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from photosearch.errors import PhotoSearchError
from photosearch.paths import printable
from photosearch.vocabulary import folder

Floats = npt.NDArray[np.float32]

USUAL_Z = 3.5
"""From which z on a text that was not calibrated is believed."""


@dataclass(frozen=True)
class Calibration:
    """`names`: concepts, with their unit text vectors `text` (concepts, dimension) and thresholds
    `z` (concepts,); `mean` (dimension,) and `covariance` (dimension, dimension) of photos."""

    names: tuple[str, ...]
    text: Floats
    z: Floats
    mean: Floats
    covariance: Floats

    def yardstick(self, text: Floats) -> Yardstick:
        """What is z for texts (m, dimension)."""
        spread = np.sqrt(((text @ self.covariance) * text).sum(1))
        return Yardstick(text, text @ self.mean, np.maximum(spread, 1e-6))


@dataclass(frozen=True)
class Yardstick:
    """For texts (m, dimension): the `mean` and the `spread` of their cosines with photos, (m,)."""

    text: Floats
    mean: Floats
    spread: Floats

    def z(self, vectors: Floats) -> Floats:
        """The z of unit vectors (n, dimension) for the texts: (n, m)."""
        return np.asarray((vectors @ self.text.T - self.mean) / self.spread)


def load_calibration(encoder: str) -> Calibration | None:
    """The calibration of an encoder; None where there is none.

    Raises PhotoSearchError (`broken-vocabulary`)."""
    path = folder() / f"{encoder}.npz"
    if not path.exists():
        return None
    try:
        with np.load(path, allow_pickle=False) as file:
            return Calibration(
                tuple(str(name) for name in file["names"]),
                *(file[key].astype(np.float32) for key in ("text", "z", "mean", "covariance")),
            )
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise PhotoSearchError(
            "broken-vocabulary",
            f"The calibration {printable(path)} cannot be used ({printable(str(error))})",
            "Install PhotoSearch again.",
        ) from error

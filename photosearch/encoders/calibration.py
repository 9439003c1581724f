"""What an encoder's scores are compared with: vectors of photos and of neutral words.

A cosine says little by itself: one encoder gives 0.25 to what is there, another to what is not, and
within one encoder some words are near to every photo. So a score is judged against those of photos
that have nothing to do with the question, and of words that have nothing to do with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from photosearch.paths import resources

Floats = npt.NDArray[np.float32]

WEIGHTS = "calibration.json"


@dataclass(frozen=True)
class Reference:
    """Unit vectors, float32: `images` (m, dimension) of photos of all kinds, `prompts` (n,
    dimension) of the neutral words of `Weights`."""

    images: Floats
    prompts: Floats


@dataclass(frozen=True)
class Weights:
    """How features (see `search.relevance`; one that is not named is not measured) become a
    relevance: a logistic regression, fitted by `packaging/calibration`. `prompts`: neutral words,
    for an encoder that has no vectors of them yet."""

    prompts: tuple[str, ...]
    bias: float
    weights: Mapping[str, float]


@cache
def read_weights(folder: Path | None = None) -> Weights:
    """The weights that came with an encoder, in its folder; else those for all encoders, which
    ship with the program."""
    own = folder / WEIGHTS if folder is not None else None
    file = own if own is not None and own.is_file() else resources() / WEIGHTS
    values = json.loads(file.read_text("utf-8"))
    return Weights(tuple(values["prompts"]), values["bias"], values["weights"])


def load_reference(file: Path) -> Reference | None:
    """The vectors in a file; None where it is not there or is not whole."""
    try:
        tensors = load_file(file)
        images, prompts = (tensors[name].astype(np.float32) for name in ("images", "prompts"))
        return Reference(images * tensors["scales"].astype(np.float32)[:, None], prompts)
    except (OSError, SafetensorError, KeyError):
        return None


def save_reference(reference: Reference, file: Path) -> None:
    """Write the vectors: of the words as fp16, of the photos as int8 with a scale each. The file
    appears when it is whole."""
    part = file.with_name(f"{file.name}.part")
    scales = np.abs(reference.images).max(axis=1) / 127
    images = np.rint(reference.images / scales[:, None]).astype(np.int8)
    prompts = reference.prompts.astype(np.float16)
    save_file({"images": images, "scales": scales.astype(np.float32), "prompts": prompts}, part)
    part.replace(file)

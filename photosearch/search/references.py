"""Where an encoder's calibration comes from: what ships with it, else the user's own library."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from photosearch.encoders.calibration import Reference, load_reference, read_weights
from photosearch.encoders.registry import EncoderFolder
from photosearch.search.relevance import OWN, Calibration
from photosearch.vectors.opening import Index

Floats = npt.NDArray[np.float32]

ENOUGH = 500
"""Photos in a library from which on they can stand for photos of all kinds."""

_SAMPLE = 4_000
_TOGETHER = 32  # words encoded at once


def calibration_of(
    encoder: EncoderFolder,
    index: Index,
    encode_texts: Callable[[Sequence[str]], Floats],
) -> Calibration | None:
    """What judges the answers of an encoder; None where it came without reference vectors and the
    library is too small to stand in for them. `index`: the library's vectors. The neutral words
    of an encoder that came without are encoded once, and kept beside the index."""
    weights = read_weights()
    if encoder.calibration is not None:
        shipped = load_reference(encoder.path / encoder.calibration)
        if shipped is not None and shipped.images.shape[1] == encoder.dimension:
            own = index.sample(OWN) if len(index) >= OWN else None
            return Calibration(shipped, read_weights(encoder.path), own)
    if len(index) < ENOUGH:
        return None
    prompts = _prompts(encoder, index.folder, weights.prompts, encode_texts)
    return Calibration(Reference(index.sample(_SAMPLE), prompts), weights)


def _prompts(
    encoder: EncoderFolder,
    folder: Path,
    prompts: Sequence[str],
    encode_texts: Callable[[Sequence[str]], Floats],
) -> Floats:
    said = "\n".join([encoder.id, *encoder.templates, *prompts]).encode()
    file = folder / f"prompts-{hashlib.blake2b(said, digest_size=8).hexdigest()}.npy"
    try:
        kept: Floats = np.load(file).astype(np.float32)
        if kept.shape == (len(prompts), encoder.dimension):
            return kept
    except (OSError, ValueError, EOFError):
        pass  # not there, or not whole
    parts = [prompts[at : at + _TOGETHER] for at in range(0, len(prompts), _TOGETHER)]
    vectors = np.concatenate([encode_texts(part) for part in parts]).astype(np.float16)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as out:
            np.save(out, vectors)
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)  # a cache: the next time it is tried again
    return vectors.astype(np.float32)

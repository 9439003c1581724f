"""Heat maps as pictures, over their photos."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import numpy.typing as npt
from PIL import Image

from photosearch.explain.heat import Heat
from photosearch.paths import resources

OPACITY = 0.75
"""Of the hottest place."""


@cache
def colours() -> npt.NDArray[np.float32]:
    """The colour of each of 256 values from 0 to 1, float32 (256, 3): from dark blue to yellow,
    always growing lighter, so that eyes that cannot tell colours apart see the order too."""
    listed = json.loads((resources() / "heat.json").read_text("utf-8"))["colours"]
    stops = np.array([[int(each[n : n + 2], 16) for n in (1, 3, 5)] for each in listed], np.float32)
    at = np.linspace(0, len(stops) - 1, 256)
    channels = [np.interp(at, np.arange(len(stops)), stops[:, channel]) for channel in range(3)]
    return np.stack(channels, axis=1).astype(np.float32)


def overlay(picture: Image.Image, heat: Heat) -> Image.Image:
    """An RGB picture of the upright photo with its heat map over it; as it is where the map is
    empty. What is hotter covers more of the photo."""
    if heat.peak is None:
        return picture.copy()
    grid = Image.fromarray(heat.values).resize(picture.size, Image.Resampling.BICUBIC)
    values = np.clip(np.asarray(grid), 0.0, 1.0)
    painted = colours()[(values * 255).round().astype(np.uint8)]
    share = (OPACITY * np.sqrt(values))[..., None]
    mixed = np.asarray(picture, np.float32) * (1 - share) + painted * share
    return Image.fromarray(mixed.round().astype(np.uint8))

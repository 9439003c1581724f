"""Pooled features of the trunk for many photos, computed once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from .device import quick_numbers
from .pictures import Pixels, to_input


@torch.inference_mode()
def trunk_features(
    trunk: nn.Module, pixels: Pixels, size: int, batch: int = 64, flip: bool = False
) -> NDArray[np.float16]:
    """(n, features) at `size` px; `flip` mirrors the photos."""
    trunk.eval()
    device = next(trunk.parameters()).device
    found = []
    for start in range(0, len(pixels), batch):
        part = pixels[start : start + batch]
        inputs = to_input(part[:, :, ::-1] if flip else part, size)
        inputs = inputs.to(device).contiguous(memory_format=torch.channels_last)
        with quick_numbers(device):
            found.append(trunk(inputs).float().cpu().numpy().astype(np.float16))
    return np.concatenate(found)


def cache_features(
    trunk: nn.Module, pixels: Pixels, size: int, target: Path, flip: bool = False
) -> NDArray[np.float16]:
    """`trunk_features`, kept in `target`."""
    if not target.exists():
        partial = target.with_suffix(".partial.npy")
        np.save(partial, trunk_features(trunk, pixels, size, flip=flip))
        partial.rename(target)
    return np.asarray(np.load(target))

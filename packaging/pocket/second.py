"""The second teacher: what a larger ImageNet network says of every training photo.

MobileNetEdgeTPU names more ImageNet photos rightly than the MobileNetV2 that the tower begins
as, but is twice as slow: it looks at each whole photo once, and its logits are kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from .device import quick_numbers
from .pictures import Pixels, to_input
from .trunk import fold_into, read_layers, without_norms

Logits = NDArray[np.float16]

NAME = "mobilenet_edgetpu_100"
FILE = "backbone/mobilenet_edgetpu_224_1.0_uint8.tflite"
SIZE = 193  # at 225 it knows these small photos less well, and is half as sure


def load_second(path: Path) -> tuple[nn.Module, Tensor, Tensor]:
    """(trunk, class weight (1000, 1280), class bias (1000,)), frozen, its norms folded away.

    timm's network has an activation after the first 1 x 1 convolution, the TFLite one has none.
    """
    import timm

    *layers, classifier = read_layers(path)
    trunk = cast(Any, timm.create_model(NAME, pretrained=False, num_classes=0))
    fold_into(trunk, layers)
    trunk.blocks[0][0].bn1.act = nn.Identity()
    light = without_norms(trunk.eval()).requires_grad_(False)
    weight = torch.from_numpy(classifier.weight[1:, :, 0, 0].copy())  # class 0 is the background
    return light, weight, torch.from_numpy(classifier.bias[1:].copy())


@torch.inference_mode()
def cache_logits(
    path: Path, pixels: Pixels, target: Path, device: torch.device, batch: int = 64
) -> Logits:
    """(photos, 1000) logits of the network at `path`, kept in `target`."""
    if not target.exists():
        trunk, weight, bias = load_second(path)
        trunk = trunk.to(device).to(memory_format=torch.channels_last)
        found = []
        for start in range(0, len(pixels), batch):
            inputs = to_input(pixels[start : start + batch], SIZE).to(device)
            inputs = inputs.contiguous(memory_format=torch.channels_last)
            with quick_numbers(device):
                features = trunk(inputs)
            logits = features.float().cpu() @ weight.T + bias
            found.append(logits.numpy().astype(np.float16))
        partial = target.with_suffix(".partial.npy")
        np.save(partial, np.concatenate(found))
        partial.rename(target)
    return np.asarray(np.load(target))

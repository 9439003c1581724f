"""Decoded photos: one uint8 array on disk for all of training, and batches cut from it."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from torch.nn import functional

from .sources import Photo, read_bytes

Pixels = NDArray[np.uint8]


def squash(image: Image.Image, size: int) -> Pixels:
    """The whole photo as a square, (size, size, 3), bicubic, as the tower sees it."""
    square = image.convert("RGB").resize((size, size), Image.Resampling.BICUBIC)
    return np.asarray(square, dtype=np.uint8)


def cache_pictures(data: Path, photos: list[Photo], size: int, target: Path) -> Pixels:
    """Decode all photos into `target` once; returns the array (photos, size, size, 3), mapped."""
    shape = (len(photos), size, size, 3)
    if target.exists():
        return np.lib.format.open_memmap(target, mode="r")
    partial = target.with_suffix(".partial")
    pixels = np.lib.format.open_memmap(partial, mode="w+", dtype=np.uint8, shape=shape)

    def decode(item: tuple[int, bytes]) -> None:
        with Image.open(io.BytesIO(item[1])) as image:
            pixels[item[0]] = squash(image, size)

    with ThreadPoolExecutor(2) as pool:
        for _ in pool.map(decode, read_bytes(data, photos)):
            pass
    pixels.flush()
    partial.rename(target)
    return np.lib.format.open_memmap(target, mode="r")


def to_input(pixels: Pixels, size: int | None = None) -> Tensor:
    """uint8 (n, s, s, 3) to the trunk's input: float (n, 3, size, size) in -1 to 1."""
    batch = torch.from_numpy(np.array(pixels)).permute(0, 3, 1, 2).float()
    batch = batch.div_(127.5).sub_(1.0)
    if size is not None and size != batch.shape[-1]:
        batch = functional.interpolate(
            batch, size=(size, size), mode="bicubic", antialias=True, align_corners=False
        ).clamp_(-1, 1)
    return batch


def augment(pixels: Pixels, size: int, generator: torch.Generator) -> Tensor:
    """Random boxes (55 to 100 % of the area), flips, light and colour; (n, 3, size, size)."""
    batch = to_input(pixels)
    count = len(batch)

    def uniform(low: float, high: float, *shape: int) -> Tensor:
        return torch.rand(*shape, generator=generator) * (high - low) + low

    area = uniform(0.55, 1.0, count)
    ratio = torch.exp(uniform(-0.22, 0.22, count))
    width = (area * ratio).sqrt().clamp(max=1.0)
    height = (area / ratio).sqrt().clamp(max=1.0)
    flip = (torch.rand(count, generator=generator) < 0.5).float() * -2 + 1
    theta = torch.zeros(count, 2, 3)
    theta[:, 0, 0] = width * flip
    theta[:, 1, 1] = height
    theta[:, 0, 2] = uniform(-1, 1, count) * (1 - width)
    theta[:, 1, 2] = uniform(-1, 1, count) * (1 - height)
    grid = functional.affine_grid(theta, [count, 3, size, size], align_corners=False)
    batch = functional.grid_sample(batch, grid, padding_mode="border", align_corners=False)
    grey = batch.mean(dim=1, keepdim=True)
    batch = grey + (batch - grey) * uniform(0.6, 1.3, count, 1, 1, 1)
    batch = batch * uniform(0.75, 1.25, count, 1, 1, 1) + uniform(-0.15, 0.15, count, 3, 1, 1)
    return batch.clamp_(-1, 1)

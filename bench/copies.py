"""Copies of photos as people make them: smaller, squeezed, cropped, turned, retouched. Seeded."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image, ImageEnhance, ImageOps

Dice = random.Random
_PLAIN = ((0, 0, 0), (255, 255, 255), (128, 128, 128), (160, 30, 30))


def _resize(image: Image.Image, dice: Dice) -> Image.Image:
    scale = dice.uniform(0.4, 0.8)
    size = (max(8, round(image.width * scale)), max(8, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS)


def _crop(image: Image.Image, dice: Dice) -> Image.Image:
    """10 to 25 % of each side are cut away, anywhere."""
    width = round(image.width * (1 - dice.uniform(0.10, 0.25)))
    height = round(image.height * (1 - dice.uniform(0.10, 0.25)))
    left, top = dice.randint(0, image.width - width), dice.randint(0, image.height - height)
    return image.crop((left, top, left + width, top + height))


def _border(image: Image.Image, dice: Dice) -> Image.Image:
    width = round(min(image.size) * dice.uniform(0.04, 0.12))
    return ImageOps.expand(image, width, dice.choice(_PLAIN))


def _rotation(image: Image.Image, dice: Dice) -> Image.Image:
    angle = dice.uniform(5, 25) * dice.choice((-1, 1))
    bicubic, expand = Image.Resampling.BICUBIC, dice.random() < 0.5
    return image.rotate(angle, bicubic, expand=expand, fillcolor=dice.choice(_PLAIN[:2]))


def _quarter(image: Image.Image, dice: Dice) -> Image.Image:
    turns = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)
    return image.transpose(dice.choice(turns))


TRANSFORMATIONS: Mapping[str, Callable[[Image.Image, Dice], Image.Image]] = {
    "resize": _resize,
    "jpeg-q30": lambda image, _: image,
    "crop": _crop,
    "border": _border,
    "rotation": _rotation,
    "quarter-turn": _quarter,
    "flip": lambda image, _: ImageOps.mirror(image),
    "grey": lambda image, _: image.convert("L").convert("RGB"),
    "brightness": lambda image, dice: ImageEnhance.Brightness(image).enhance(
        dice.choice((dice.uniform(0.5, 0.8), dice.uniform(1.25, 1.6)))
    ),
}
"""By name: crop and border in share of the sides, rotation 5 to 25 degrees either way."""


def write_copies(photo: Path, name: str, folder: Path) -> None:
    """Write the photo as it is and a copy of each transformation: `<folder>/<kind>/<name>.jpg`."""
    kept = folder / "original" / f"{name}.jpg"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(photo.read_bytes())
    with Image.open(photo) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGB")
    for kind, transform in TRANSFORMATIONS.items():
        dice = random.Random(zlib.crc32(f"{name} {kind}".encode()))
        file = folder / kind / f"{name}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        transform(image, dice).save(file, quality=30 if kind == "jpeg-q30" else 90)

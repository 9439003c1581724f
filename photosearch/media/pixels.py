"""Pixels of any kind as upright 8-bit sRGB."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageCms

from photosearch.errors import PhotoSearchError

_STRIP = 64
_DEEP = ("I;16", "I;16B", "I;16L", "I;16N", "I", "F")
_SEE_THROUGH = ("RGBA", "LA", "PA", "La", "RGBa")

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_INVERSE = {6: 8, 8: 6}  # of the turns; the others undo themselves
_TURNED_ROUND = (3, 6, 8)  # the quarter turns


@dataclass(frozen=True)
class Region:
    """A rectangle of an upright picture, in fractions of its width and height."""

    x: float
    y: float
    width: float
    height: float


def parse_region(text: str) -> Region:
    """The region that `x,y,width,height` means. Raises PhotoSearchError (`bad-region`)."""
    try:
        values = tuple(float(part) for part in text.split(","))
        x, y, width, height = values
    except ValueError:
        x = y = width = height = math.nan
    inside = x >= 0 and y >= 0 and width > 0 and height > 0
    if not (inside and x + width <= 1 + 1e-6 and y + height <= 1 + 1e-6):
        raise PhotoSearchError(
            "bad-region",
            f"“{text}” is no part of a picture",
            "Give x,y,width,height as fractions, such as 0.5,0,0.5,1 for the right half.",
        )
    return Region(x, y, width, height)


def crop(image: Image.Image, region: Region) -> Image.Image:
    """The region of a picture, of at least one pixel."""
    left = min(int(region.x * image.width), image.width - 1)
    top = min(int(region.y * image.height), image.height - 1)
    right = min(image.width, max(left + 1, round((region.x + region.width) * image.width)))
    bottom = min(image.height, max(top + 1, round((region.y + region.height) * image.height)))
    return image.crop((left, top, right, bottom))


def turn(image: Image.Image, orientation: int) -> Image.Image:
    """The picture as EXIF `orientation` (1 to 8) wants it shown; other values turn nothing."""
    how = _TURNS.get(orientation)
    return image if how is None else image.transpose(how)


def turn_back(image: Image.Image, orientation: int) -> Image.Image:
    """The picture before it was turned by `orientation`."""
    return turn(image, _INVERSE.get(orientation, orientation))


def quarters(image: Image.Image) -> list[Image.Image]:
    """The picture turned by one, two and three quarters."""
    return [turn(image, orientation) for orientation in _TURNED_ROUND]


def rgb(image: Image.Image) -> Image.Image:
    """8-bit RGB of any mode: transparent parts on white, 16-bit samples scaled, not clipped."""
    if image.mode == "RGB" and "transparency" not in image.info:
        return image
    if image.mode in _DEEP:
        samples = np.asarray(image, dtype=np.float32)
        top = 65535.0
        if image.mode == "F":
            top = float(samples.max(initial=1.0, where=np.isfinite(samples)))
        eight = np.nan_to_num(samples / top * 255.0, posinf=255.0).clip(0, 255).astype(np.uint8)
        return Image.fromarray(eight).convert("RGB")
    if image.mode in _SEE_THROUGH or "transparency" in image.info:
        coloured = image.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        return Image.alpha_composite(paper, coloured).convert("RGB")
    return image.convert("RGB")


def reduce(image: Image.Image, side: int) -> Image.Image:
    """Scale down by a whole factor, keeping the shortest side at `side` pixels or more; of a long
    strip less, so that no view has more than 64 times the pixels of a square one."""
    too_many = math.ceil(math.sqrt(image.width * image.height / (_STRIP * side * side)))
    factor = max(min(image.size) // side, too_many)
    return image.reduce(factor) if factor > 1 else image


def to_srgb(image: Image.Image, profile: object) -> Image.Image:
    """An RGB picture whose colours are meant by the ICC `profile` (bytes) as sRGB; as it is where
    that is no profile of an RGB picture."""
    if not isinstance(profile, bytes) or not profile or b"sRGB" in profile:
        return image
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if meant.profile.xcolor_space.strip() != "RGB":
            return image
        found = ImageCms.profileToProfile(image, meant, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return image if found is None else found

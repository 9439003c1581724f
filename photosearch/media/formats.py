"""The allow-list of picture formats: which file names are looked at, which decoders may open them.

A file's name only says that it is worth reading; what it is, its first bytes decide, among these
decoders and no others of Pillow's.
"""

from __future__ import annotations

import io

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

SUFFIXES = frozenset(
    {
        *(b".jpg", b".jpeg", b".jpe", b".jfif", b".png", b".webp", b".tif", b".tiff", b".gif"),
        *(b".bmp", b".dib", b".heic", b".heif", b".hif", b".avif"),
    }
)

# Importing a plugin registers its decoder; naming them here keeps Pillow from loading the others.
_PLUGINS = (
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
    TiffImagePlugin,
    GifImagePlugin,
    BmpImagePlugin,
    AvifImagePlugin,
)
DECODERS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF", "HEIF")


def register() -> None:
    """Register the decoders that are not part of Pillow. Call once in a process that decodes."""
    import pi_heif

    Image.MAX_IMAGE_PIXELS = None  # read.decode has a limit of its own
    pi_heif.register_heif_opener()


def open_image(data: bytes) -> Image.Image:
    """Open (not yet decode) a picture by the allow-list.

    Raises what Pillow raises: UnidentifiedImageError where no decoder knows the bytes.
    """
    return Image.open(io.BytesIO(data), formats=DECODERS)

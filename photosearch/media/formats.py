"""The allow-list of picture formats: which decoders may open a file.

A file's name (`suffixes.py`) only says that it is worth reading; what it is, its first bytes
decide, among these decoders and no others of Pillow's.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from photosearch.errors import PhotoSearchError
from photosearch.media import boxes, jxl, raw

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
    Jpeg2KImagePlugin,
)
DECODERS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF", "HEIF", "JPEG2000")
"""Pillow's names of the decoders; JPEG XL and camera RAW are opened by modules of their own."""

_ORIENTATION = 0x0112


@dataclass(frozen=True)
class Opened:
    """An opened picture, decoded only when its pixels are asked for.

    `size`: full size (width, height) before `turn`. `turn`: the EXIF orientation (1 to 8) by which
    its pixels are still to be turned. `orientation`: what the file says of itself, by EXIF or by
    a property of its format; the decoder may have done it already. `undo`: the orientation by which
    the decoder turns (TIFF), to be undone where the pixels as stored are wanted.
    """

    image: Image.Image
    format: str
    size: tuple[int, int]
    turn: int = 1
    orientation: int = 1
    undo: int = 1


def register() -> None:
    """Register the decoders that are not part of Pillow. Call once in a process that decodes."""
    import pi_heif

    Image.MAX_IMAGE_PIXELS = None  # open_picture has a limit of its own
    pi_heif.register_heif_opener()


def open_picture(data: bytes, max_pixels: int) -> Opened:
    """Open a picture by the allow-list.

    Raises PhotoSearchError (`too-many-pixels`) before decoding one of more than `max_pixels`, and
    what the decoders raise: UnidentifiedImageError where none knows the bytes.
    """
    if jxl.is_jxl(data):
        header = jxl.read_header(data)
        _check(header.width, header.height, max_pixels)
        size = (header.width, header.height)
        return Opened(jxl.decode(data), "JXL", size, header.orientation, header.orientation)
    if raw.is_raw(data):
        opened = raw.open_raw(data, max_pixels)
        _check(*opened.image.size, max_pixels)
        return Opened(opened.image, "RAW", opened.size, opened.orientation, opened.orientation)
    image = Image.open(io.BytesIO(data), formats=DECODERS)
    _check(*image.size, max_pixels)
    if image.format in ("HEIF", "AVIF"):
        return _heif(image, data)
    orientation = _exif_orientation(image)
    if image.format == "TIFF":
        return Opened(image, "TIFF", image.size, orientation, orientation, orientation)
    return Opened(image, image.format or "", image.size, orientation, orientation)


def _heif(image: Image.Image, data: bytes) -> Opened:
    """HEIF and AVIF say by properties (irot, imir) how they are to be turned: libheif does it,
    libavif leaves it to us. Their EXIF orientation does not count, but in a HEIC without such
    properties: an iPhone 7 wrote those."""
    asked = boxes.orientation(data)
    if image.format == "AVIF":
        turn = asked or 1
        return Opened(image, "AVIF", image.size, turn, turn)
    if asked is not None:
        return Opened(image, "HEIF", image.size, 1, asked)
    said = image.info.get("original_orientation")  # which pi_heif takes out of the EXIF
    turn = said if isinstance(said, int) and 1 <= said <= 8 else 1
    return Opened(image, "HEIF", image.size, turn, turn)


def _check(width: int, height: int, max_pixels: int) -> None:
    if width * height > max_pixels:
        raise PhotoSearchError(
            "too-many-pixels", f"too large to decode safely ({width} x {height} pixels)"
        )


def _exif_orientation(image: Image.Image) -> int:
    """The EXIF orientation of an opened picture, 1 to 8; 1 where it is none of these."""
    if image.format == "PNG":
        image.load()  # `getexif` would, and what it fails by is said only the first time
    try:
        orientation = image.getexif().get(_ORIENTATION)
    except Exception:  # noqa: BLE001  Pillow's parser raises anything on malformed EXIF
        return 1
    return orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1

"""Camera RAW files: the preview that the camera put in, else the developed picture (LibRaw)."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from PIL import Image, JpegImagePlugin

from photosearch.errors import PhotoSearchError
from photosearch.media import tiff

USEFUL_SIDE = 480
"""Longest side in pixels from which on a preview will do; a smaller one is a mere stamp."""

_SIGNATURES = re.compile(
    rb"FUJIFILMCCD-RAW|FOVb|\0MRM|II(?:R[OS]|U\0)|MMOR|II\x1a\0\0\0HEAPCCDR|....ftypcrx ", re.S
)
_PHOTOMETRIC, _COMPRESSION, _DNG = 0x0106, 0x0103, 0xC612
_OF_THE_SENSOR = {32803, 34892}  # colour filter array, linear RAW
_CAMERAS_OWN = {32767, 32769, 32770, 34713, 65000, 65535}  # Sony, Samsung, Nikon, Kodak, Pentax
_FLIPS = {3: 3, 5: 8, 6: 6}  # LibRaw's turn as an EXIF orientation


@dataclass(frozen=True)
class Raw:
    """An opened RAW file: its picture as stored, the full size of the developed one as stored, and
    the EXIF orientation that turns both upright."""

    image: Image.Image
    size: tuple[int, int]
    orientation: int


def is_raw(data: bytes) -> bool:
    """Whether these are the bytes of a camera RAW file: by its first ones, or (where it looks like
    a TIFF) by tags that only a sensor's data have."""
    if _SIGNATURES.match(data):
        return True
    if data[:4] not in (b"II*\0", b"MM\0*"):
        return False
    if data[8:11] == b"CR\x02" or data[8:12] == b"IIII":  # Canon CR2, Phase One IIQ
        return True
    folders = tiff.read_folders(data)
    if _DNG in folders.main:
        return True
    return any(
        tags.get(_PHOTOMETRIC) in _OF_THE_SENSOR or tags.get(_COMPRESSION) in _CAMERAS_OWN
        for tags in (folders.main, *folders.others)
    )


def open_raw(data: bytes, max_pixels: int) -> Raw:
    """Open a RAW file. A preview is not decoded yet; where there is none of a useful size, the
    sensor's data are developed here, at half size.

    Raises PhotoSearchError (`too-many-pixels`) before developing, and OSError.
    """
    import rawpy

    try:
        return _open(data, max_pixels)
    except rawpy.LibRawError as error:
        why = error.args[0] if error.args else ""
        raise OSError(why.decode() if isinstance(why, bytes) else str(why)) from error


def _open(data: bytes, max_pixels: int) -> Raw:
    import rawpy

    with rawpy.imread(io.BytesIO(data)) as raw:
        sizes = raw.sizes
        size = (sizes.iwidth, sizes.iheight)
        orientation = _FLIPS.get(sizes.flip, 1)
        preview = _preview(raw)
        if preview is None or max(preview.size) < USEFUL_SIDE:
            try:
                return Raw(_developed(raw, size, max_pixels), size, orientation)
            except (rawpy.LibRawError, OSError):
                if preview is None:
                    raise
                size = preview.size  # the stamp is all there is
    if orientation > 4 and (preview.width > preview.height) != (size[0] > size[1]):
        preview = preview.transpose(_BACK[orientation])  # the camera turned it already
    if abs(preview.width * size[1] - preview.height * size[0]) > 0.05 * preview.width * size[1]:
        size = preview.size  # the camera's own crop
    return Raw(preview, size, orientation)


_BACK = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


def _preview(raw: object) -> Image.Image | None:
    import rawpy

    try:
        thumb = raw.extract_thumb()  # type: ignore[attr-defined]
    except rawpy.LibRawError:
        return None
    if thumb.format == rawpy.ThumbFormat.BITMAP:
        return Image.fromarray(thumb.data)
    if thumb.format != rawpy.ThumbFormat.JPEG:
        return None
    try:
        return JpegImagePlugin.JpegImageFile(io.BytesIO(thumb.data))
    except (SyntaxError, OSError, ValueError):
        return None


def _developed(raw: object, size: tuple[int, int], max_pixels: int) -> Image.Image:
    if size[0] * size[1] > max_pixels:
        raise PhotoSearchError(
            "too-many-pixels", f"too large to decode safely ({size[0]} x {size[1]} pixels)"
        )
    samples = raw.postprocess(  # type: ignore[attr-defined]
        half_size=True, use_camera_wb=True, output_bps=8, user_flip=0
    )
    if not samples.any():  # LibRaw gives black for what is missing
        raise OSError("the sensor's data are cut off")
    return Image.fromarray(samples)

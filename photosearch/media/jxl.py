"""JPEG XL: what its first bits say (ISO/IEC 18181-1), and its pixels by libjxl (imagecodecs)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from photosearch.media import boxes

_CONTAINER = b"\0\0\0\x0cJXL \r\n\x87\n"
_CODESTREAM = b"\xff\x0a"
_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
_SIZES = (9, 13, 18, 30)  # bits of a side, by its selector


@dataclass(frozen=True)
class Header:
    """Size as stored, before the turn that `orientation` (as in EXIF) asks for."""

    width: int
    height: int
    orientation: int


def is_jxl(data: bytes) -> bool:
    """Whether the first bytes are those of a JPEG XL file."""
    return data.startswith((_CONTAINER, _CODESTREAM))


def read_header(data: bytes) -> Header:
    """Raises ValueError where there is none."""
    if data.startswith(_CONTAINER):
        data = _codestream(data)
    if not data.startswith(_CODESTREAM):
        raise ValueError("no JPEG XL picture in the file")
    bits = _Bits(data[2:32])
    small = bits.take(1)
    height = _side(bits, small)
    ratio = bits.take(3)
    if ratio:
        above, below = _RATIOS[ratio - 1]
        width = height * above // below
    else:
        width = _side(bits, small)
    orientation = 1
    if not bits.take(1) and bits.take(1):
        orientation = 1 + bits.take(3)
    return Header(width, height, orientation)


def decode(data: bytes) -> Image.Image:
    """The (first) picture as it is stored, not turned. Raises what the decoder raises."""
    from imagecodecs import jpegxl_decode  # a large library: only when there is such a file

    samples = jpegxl_decode(data, keeporientation=True, numthreads=1)
    animated = samples.ndim == 4 or (samples.ndim == 3 and samples.shape[2] > 5)
    return Image.fromarray(_eight_bits(samples[0] if animated else samples))


def _codestream(data: bytes) -> bytes:
    for box in boxes.walk(data):
        if box.kind == b"jxlc":
            return box.body
        if box.kind == b"jxlp":
            return box.body[4:]
    return b""


def _side(bits: _Bits, small: int) -> int:
    if small:
        return 8 * (1 + bits.take(5))
    return 1 + bits.take(_SIZES[bits.take(2)])


class _Bits:
    def __init__(self, data: bytes) -> None:
        self._bits = int.from_bytes(data, "little")

    def take(self, count: int) -> int:
        value = self._bits & ((1 << count) - 1)
        self._bits >>= count
        return value


def _eight_bits(samples: npt.NDArray[np.generic]) -> npt.NDArray[np.uint8]:
    """Samples of any kind as 8-bit ones with 1 (grey), 2 (and alpha), 3 or 4 channels."""
    if samples.ndim == 3:
        channels = samples.shape[2]
        samples = samples[:, :, 0] if channels == 1 else samples[:, :, :4]
    if samples.dtype == np.uint8:
        eight: npt.NDArray[np.uint8] = samples.astype(np.uint8)
    elif np.issubdtype(samples.dtype, np.floating):
        whole = np.nan_to_num(samples.astype(np.float32), posinf=1.0, neginf=0.0)
        eight = (whole.clip(0, 1) * 255 + 0.5).astype(np.uint8)
    else:
        eight = (samples.astype(np.uint32) >> (8 * (samples.dtype.itemsize - 1))).astype(np.uint8)
    return eight

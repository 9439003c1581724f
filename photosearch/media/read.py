"""One read and one decode of a photo file, for everything that wants something of it."""

from __future__ import annotations

import errno
import hashlib
import io
import math
import os
import stat
from dataclasses import dataclass

import imagehash
import numpy as np
from PIL import Image, ImageStat, UnidentifiedImageError

from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.media.facts import Facts, read_facts
from photosearch.media.formats import open_image
from photosearch.media.walk import signed64
from photosearch.paths import printable

THUMBNAIL_SIDE = 320
"""Longest side of a thumbnail, in pixels."""

NO_MEMORY = "decoding it takes more memory than allowed"

_STRIP = 64

_FLAT = 2.0  # standard deviation (of 255) under which a picture has no structure to hash


@dataclass(frozen=True)
class Picture:
    """What one decode yields.

    `view`: the upright picture as RGB bytes (`view_size` = width, height), scaled down to just
    above what was asked for. `phash`: 64-bit perceptual hash of it as a signed integer, None for
    a picture without structure. `pixels`: BLAKE2b-128 of the pixels as stored, before any turn
    that metadata asks for: equal when only metadata changed. `thumbnail`: a JPEG. `turned`: the
    perceptual hashes of it turned by quarters, where they were asked for.
    """

    facts: Facts
    view_size: tuple[int, int]
    view: bytes
    phash: int | None
    pixels: bytes
    thumbnail: bytes
    turned: tuple[int, ...] = ()


@dataclass(frozen=True)
class Reading:
    """One file read: the content's hash and the file's state at that moment, and the picture or
    the reason (one sentence part, for a person) why there is none."""

    content: bytes
    size: int
    mtime_ns: int
    inode: int
    picture: Picture | None
    problem: str | None


def view_side(encoder_side: int) -> int:
    """The shortest side to decode to for an encoder that takes `encoder_side` pixels: 256, or the
    next power of two. Few steps, so that `Picture.pixels` of two readings can be compared."""
    side = 256
    while side < encoder_side:
        side *= 2
    return side


def read_photo(
    path: bytes, side: int, max_pixels: int, max_bytes: int, *, turned: bool = False
) -> Reading:
    """Read the file at `path` once, hash it (BLAKE2b-256) and decode it to a shortest side of at
    least `side` pixels (less only where the photo itself is smaller). `turned` asks for the hashes
    of its quarter turns, which tell whether a changed file shows its old picture turned.

    Raises PhotoSearchError where the bytes cannot be had (codes `no-permission`, `disk-error`,
    `vanished`, `changing`, `too-large`); a picture that cannot be decoded is a Reading with a
    `problem`.
    """
    data, info = _read_bytes(path, max_bytes)
    content = hashlib.blake2b(data, digest_size=32).digest()
    picture, problem = None, None
    try:
        picture = decode(data, side, max_pixels, turned=turned)
    except Exception as error:  # noqa: BLE001  decoders raise anything on malformed files
        problem = _problem(error, data)
    return Reading(
        content, info.st_size, signed64(info.st_mtime_ns), signed64(info.st_ino), picture, problem
    )


def read_preview(path: bytes, box: tuple[int, int], max_pixels: int, max_bytes: int) -> Image.Image:
    """Read a photo file to show it: upright, RGB, to fit into `box` (width, height).

    Raises PhotoSearchError: as `read_photo`, and `undecodable`.
    """
    data, _ = _read_bytes(path, max_bytes)
    try:
        return decode_to_fit(data, box, max_pixels)
    except Exception as error:
        raise PhotoSearchError("undecodable", _problem(error, data)) from error


def _problem(error: Exception, data: bytes) -> str:
    """Why a picture could not be decoded, as a part of a sentence for a person."""
    if isinstance(error, PhotoSearchError):
        return error.what
    if isinstance(error, UnidentifiedImageError):
        return "the file is empty" if not data else "not a picture in a known format"
    if isinstance(error, MemoryError):
        return NO_MEMORY
    return f"damaged or not supported: {printable(str(error))[:200] or type(error).__name__}"


def _read_bytes(path: bytes, max_bytes: int) -> tuple[bytes, os.stat_result]:
    name = printable(os.fsdecode(path))
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise PhotoSearchError("vanished", f"{name} is no file any more")
            if before.st_size > max_bytes:
                size = f"{before.st_size / 1e6:.0f} MB"
                raise PhotoSearchError("too-large", f"the file is larger than allowed ({size})")
            data = file.read(before.st_size + 1)
            after = os.fstat(file.fileno())
    except FileNotFoundError:
        raise PhotoSearchError("vanished", "the file went away while the folder was read") from None
    except IsADirectoryError:
        raise PhotoSearchError("vanished", f"{name} is no file any more") from None
    except MemoryError:
        raise PhotoSearchError("too-large", "reading it takes more memory than allowed") from None
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM):
            raise PhotoSearchError("no-permission", "no permission to read the file") from None
        raise PhotoSearchError("disk-error", from_os_error(error, "reading it").what) from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise PhotoSearchError("changing", "the file changed while it was read")
    return data, before


def _open_without_waiting(path: str, flags: int) -> int:
    # A named pipe that calls itself .jpg must not hold the reader for ever.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def decode(data: bytes, side: int, max_pixels: int, *, turned: bool = False) -> Picture:
    """Decode the bytes of a picture file. Raises what the decoder raises, or PhotoSearchError
    (`too-many-pixels`) before decoding a picture of more than `max_pixels`."""
    image = _opened(data, max_pixels)
    full = image.size
    image.draft("RGB", (side, side))  # decodes a JPEG at 1/2, 1/4 or 1/8 where that will do
    orientation = _orientation(image)
    whole = _stored(image, orientation)
    stored = _reduce(whole, side)
    upright = _turn(stored, orientation)
    facts = read_facts(image, full if orientation < 5 or image.format == "TIFF" else full[::-1])
    view = upright.tobytes()
    return Picture(
        facts,
        upright.size,
        view,
        _perceptual_hash(upright),
        hashlib.blake2b(stored.tobytes(), digest_size=16).digest(),
        _thumbnail(upright),
        _turned_hashes(upright) if turned else (),
    )


def decode_to_fit(data: bytes, box: tuple[int, int], max_pixels: int) -> Image.Image:
    """Decode the bytes of a picture file to an upright RGB picture that fits into `box` (width,
    height); one that is smaller stays so. Raises as `decode`."""
    image = _opened(data, max_pixels)
    orientation = _orientation(image)
    across = box if orientation < 5 or image.format == "TIFF" else box[::-1]
    image.draft("RGB", across)
    upright = _turn(_stored(image, orientation), orientation)
    upright.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return upright


def _opened(data: bytes, max_pixels: int) -> Image.Image:
    image = open_image(data)
    if image.width * image.height > max_pixels:
        raise PhotoSearchError(
            "too-many-pixels",
            f"too large to decode safely ({image.width} x {image.height} pixels)",
        )
    return image


def _stored(image: Image.Image, orientation: int) -> Image.Image:
    """The decoded pixels as they are stored, before the turn that metadata asks for."""
    image.load()
    whole = _rgb(image)
    if image.format == "TIFF":  # Pillow turns these upright as it decodes them
        whole = _turn(whole, _INVERSE.get(orientation, orientation))
    return whole


_INVERSE = {6: 8, 8: 6}  # of the turns; the others undo themselves


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation of an opened picture, 1 to 8; 1 where it is none of these."""
    try:
        orientation = image.getexif().get(0x0112)
    except Exception:  # noqa: BLE001  Pillow's parser raises anything on malformed EXIF
        return 1
    return orientation if orientation in _TURNS and isinstance(orientation, int) else 1


def _rgb(image: Image.Image) -> Image.Image:
    """8-bit RGB of any mode: transparent parts on white, 16-bit samples scaled, not clipped."""
    if image.mode == "RGB" and "transparency" not in image.info:
        return image
    if image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        samples = np.asarray(image, dtype=np.float32)
        top = 65535.0
        if image.mode == "F":
            top = float(samples.max(initial=1.0, where=np.isfinite(samples)))
        eight = np.nan_to_num(samples / top * 255.0, posinf=255.0).clip(0, 255).astype(np.uint8)
        return Image.fromarray(eight).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        coloured = image.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        return Image.alpha_composite(paper, coloured).convert("RGB")
    return image.convert("RGB")


def _reduce(image: Image.Image, side: int) -> Image.Image:
    """Scale down by a whole factor, keeping the shortest side at `side` pixels or more; of a long
    strip less, so that no view has more than 64 times the pixels of a square one."""
    too_many = math.ceil(math.sqrt(image.width * image.height / (_STRIP * side * side)))
    factor = max(min(image.size) // side, too_many)
    return image.reduce(factor) if factor > 1 else image


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _turn(image: Image.Image, orientation: int) -> Image.Image:
    """The picture as EXIF `orientation` (1 to 8) wants it shown; other values turn nothing."""
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _perceptual_hash(image: Image.Image) -> int | None:
    grey = image.convert("L")
    if ImageStat.Stat(grey).stddev[0] < _FLAT:
        return None
    bits = np.packbits(imagehash.phash(grey).hash.ravel())
    return int.from_bytes(bits.tobytes(), "big", signed=True)


def _turned_hashes(image: Image.Image) -> tuple[int, ...]:
    turns = (_TURNS[orientation] for orientation in (3, 6, 8))
    hashes = (_perceptual_hash(image.transpose(turn)) for turn in turns)
    return tuple(value for value in hashes if value is not None)


def _thumbnail(image: Image.Image) -> bytes:
    small = image.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=82)
    return out.getvalue()

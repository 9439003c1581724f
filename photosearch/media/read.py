"""One read and one decode of a photo file, for everything that wants something of it."""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import imagehash
import numpy as np
from PIL import Image, ImageStat, UnidentifiedImageError

from photosearch.errors import PhotoSearchError
from photosearch.media import pixels
from photosearch.media.facts import NO_METADATA, Facts, Metadata
from photosearch.media.file_bytes import read_bytes
from photosearch.media.formats import Opened, open_picture
from photosearch.media.metadata import read_metadata
from photosearch.media.pixels import Region
from photosearch.media.sidecars import read_sidecars
from photosearch.media.walk import signed64
from photosearch.paths import printable

THUMBNAIL_SIDE = 320
"""Longest side of a thumbnail, in pixels."""

NO_MEMORY = "decoding it takes more memory than allowed"

_HASHED = 32  # pixels a side that `imagehash.phash` looks at
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
    the reason (one sentence part, for a person) why there is none; neither where none was asked
    for. `metadata`: what the file and its sidecars say. `sidecars`: size and time of each sidecar
    that was named, None for one that could not be read; `sidecar_problem`: why one could not."""

    content: bytes
    size: int
    mtime_ns: int
    inode: int
    picture: Picture | None
    problem: str | None
    metadata: Metadata = NO_METADATA
    sidecars: tuple[tuple[int, int] | None, ...] = ()
    sidecar_problem: str | None = None


def view_side(encoder_side: int) -> int:
    """The shortest side to decode to for an encoder that takes `encoder_side` pixels: 256, or the
    next power of two. Few steps, so that `Picture.pixels` of two readings can be compared."""
    side = 256
    while side < encoder_side:
        side *= 2
    return side


def read_photo(
    path: bytes,
    side: int,
    max_pixels: int,
    max_bytes: int,
    *,
    turned: bool = False,
    sidecars: Sequence[bytes] = (),
    decoded: bool = True,
    region: Region | None = None,
) -> Reading:
    """Read the file at `path` once, hash it (BLAKE2b-256) and decode it to a shortest side of at
    least `side` pixels (less only where the photo itself is smaller). `turned` asks for the hashes
    of its quarter turns, which tell whether a changed file shows its old picture turned.
    `sidecars`: paths of the XMP files that speak of it; the first that says something is believed.
    Without `decoded` only what it says of itself is read, no picture; with `region` only that part
    of the picture is given.

    Raises PhotoSearchError where the bytes cannot be had (codes `no-permission`, `disk-error`,
    `vanished`, `changing`, `too-large`); a picture that cannot be decoded is a Reading with a
    `problem`.
    """
    data, info = read_bytes(path, max_bytes)
    content = hashlib.blake2b(data, digest_size=32).digest()
    picture, problem = None, None
    beside = read_sidecars(sidecars)
    metadata = read_metadata(data, beside.properties)
    try:
        picture = decode(data, side, max_pixels, turned=turned, region=region) if decoded else None
    except Exception as error:  # noqa: BLE001  decoders raise anything on malformed files
        problem = _problem(error, data)
    state = (info.st_size, signed64(info.st_mtime_ns), signed64(info.st_ino))
    return Reading(content, *state, picture, problem, metadata, beside.states, beside.problem)


def read_preview(path: bytes, box: tuple[int, int], max_pixels: int, max_bytes: int) -> Image.Image:
    """Read a photo file to show it: upright, RGB, to fit into `box` (width, height).

    Raises PhotoSearchError: as `read_photo`, and `undecodable`.
    """
    data, _ = read_bytes(path, max_bytes)
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


def decode(
    data: bytes,
    side: int,
    max_pixels: int,
    *,
    turned: bool = False,
    region: Region | None = None,
) -> Picture:
    """Decode the bytes of a picture file. Raises what the decoder raises, or PhotoSearchError
    (`too-many-pixels`) before decoding a picture of more than `max_pixels`."""
    opened = open_picture(data, max_pixels)
    # Of a part as many pixels are wanted as of the whole.
    whole = side if region is None else math.ceil(side / min(region.width, region.height))
    opened.image.draft("RGB", (whole, whole))  # a JPEG at 1/2, 1/4 or 1/8 where that will do
    stored = pixels.reduce(_stored(opened), whole)
    upright = pixels.to_srgb(pixels.turn(stored, opened.turn), opened.image.info.get("icc_profile"))
    if region is not None:
        upright = pixels.reduce(pixels.crop(upright, region), side)
    full = opened.size if opened.turn < 5 or opened.undo > 1 else opened.size[::-1]
    view = upright.tobytes()
    as_stored = view if stored is upright else stored.tobytes()
    return Picture(
        Facts(*full, opened.format, opened.orientation),
        upright.size,
        view,
        _perceptual_hash(upright),
        hashlib.blake2b(as_stored, digest_size=16).digest(),
        _thumbnail(upright),
        _turned_hashes(upright) if turned else (),
    )


def decode_to_fit(data: bytes, box: tuple[int, int], max_pixels: int) -> Image.Image:
    """Decode the bytes of a picture file to an upright RGB picture that fits into `box` (width,
    height); one that is smaller stays so. Raises as `decode`."""
    opened = open_picture(data, max_pixels)
    opened.image.draft("RGB", box if opened.turn < 5 else box[::-1])
    upright = pixels.turn(_stored(opened), opened.turn)
    upright.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return pixels.to_srgb(upright, opened.image.info.get("icc_profile"))


def _stored(opened: Opened) -> Image.Image:
    """The decoded pixels as they are stored, before the turn that metadata asks for."""
    opened.image.load()
    return pixels.turn_back(pixels.rgb(opened.image), opened.undo)


def orientation_hashes(image: Image.Image) -> tuple[int, ...]:
    """The perceptual hashes of a picture as it is, turned by quarters (three), then of its mirror
    image likewise; none of one without structure."""
    small = _to_hash(image)
    turns = (1, 3, 6, 8, 2, 4, 5, 7)
    return () if small is None else tuple(_hash(pixels.turn(small, turn)) for turn in turns)


def _perceptual_hash(image: Image.Image) -> int | None:
    small = _to_hash(image)
    return None if small is None else _hash(small)


def _turned_hashes(image: Image.Image) -> tuple[int, ...]:
    small = _to_hash(image)
    return () if small is None else tuple(_hash(quarter) for quarter in pixels.quarters(small))


def _to_hash(image: Image.Image) -> Image.Image | None:
    """The few grey pixels that a perceptual hash is made of; None of one without structure."""
    grey = image.convert("L")
    if ImageStat.Stat(grey).stddev[0] < _FLAT:
        return None
    return grey.resize((_HASHED, _HASHED), Image.Resampling.LANCZOS)


def _hash(small: Image.Image) -> int:
    bits = np.packbits(imagehash.phash(small).hash.ravel())
    return int.from_bytes(bits.tobytes(), "big", signed=True)


def _thumbnail(image: Image.Image) -> bytes:
    small = image.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=82)
    return out.getvalue()

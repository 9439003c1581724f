"""One read and one decode: every format, every way up, and what bad files come to."""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageOps

from photosearch.errors import PhotoSearchError
from photosearch.media import suffixes
from photosearch.media.read import THUMBNAIL_SIDE, view_side
from photosearch.media.walk import walk
from tests.conftest import draw
from tests.media.pictures import (
    SAVERS,
    assert_one_line,
    bits_apart,
    difference,
    exif_of,
    picture_of,
    pixels,
    problem_of,
    read,
    thumbnail_of,
    view_of,
)

NO_EXIF = Image.Exif()
TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture stored with an orientation is turned to be shown (EXIF 2.32, tag 0x0112)."""
INVERSE = {**TURNS, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


def stored_as(upright: Image.Image, orientation: int) -> Image.Image:
    """The pixels that a camera stores with `orientation` for what is `upright`."""
    turn = INVERSE[orientation]
    return upright if turn is None else upright.transpose(turn)


def oriented(orientation: object) -> Image.Exif:
    return exif_of({ExifTags.Base.Orientation: orientation})


# --- formats

OF_SUFFIX = {
    **dict.fromkeys([".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"], "JPEG"),
    **dict.fromkeys([".png"], "PNG"),
    **dict.fromkeys([".webp"], "WEBP"),
    **dict.fromkeys([".tif", ".tiff"], "TIFF"),
    **dict.fromkeys([".gif"], "GIF"),
    **dict.fromkeys([".bmp", ".dib"], "BMP"),
    **dict.fromkeys([".avif", ".avifs"], "AVIF"),
    **dict.fromkeys([".jp2", ".j2k", ".j2c", ".jpc", ".jpf", ".jpx"], "JPEG2000"),
}
ELSEWHERE = {".heic", ".heif", ".hif", ".jxl"} | {os.fsdecode(s) for s in suffixes.RAW_SUFFIXES}


def test_every_suffix_has_a_format_in_these_tests() -> None:
    assert {os.fsdecode(name) for name in suffixes.SUFFIXES} == OF_SUFFIX.keys() | ELSEWHERE


@pytest.mark.parametrize("suffix", sorted(OF_SUFFIX))
def test_every_format_is_read(tmp_path: Path, suffix: str) -> None:
    drawn = draw(3)
    file = tmp_path / f"a{suffix}"
    drawn.save(file, OF_SUFFIX[suffix])
    picture = picture_of(file)
    assert picture.facts.format == OF_SUFFIX[suffix]
    assert (picture.facts.width, picture.facts.height) == picture.view_size == (240, 180)
    assert difference(view_of(picture), drawn) < 4


@pytest.mark.parametrize("suffix", [".bmp", ".dib"])
def test_a_bitmap_without_a_file_header_is_read_or_has_a_reason(
    tmp_path: Path, suffix: str
) -> None:
    file = tmp_path / f"a{suffix}"
    draw(3).save(file, "DIB")
    reading = read(file)
    assert reading.picture is not None or reading.problem == "not a picture in a known format"


def test_heic_is_read(shared_data: Path) -> None:
    picture = picture_of(shared_data / "formats" / "heif" / "cheers_1440x960.heic")
    assert (picture.facts.width, picture.facts.height) == (1440, 960)
    assert picture.facts.format == "HEIF"
    assert picture.view_size == (480, 320)


def test_the_bytes_decide_and_not_the_name(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    draw(1).save(file, "PNG")
    assert picture_of(file).facts.format == "PNG"


def test_a_multi_picture_jpeg_shows_its_first(tmp_path: Path) -> None:
    first = draw(1)
    file = tmp_path / "a.jpg"
    first.save(file, "MPO", save_all=True, append_images=[draw(2)], quality=95)
    assert difference(view_of(picture_of(file)), first) < 6


# --- kinds of pixels


def test_sixteen_bit_samples_are_scaled_and_not_clipped(tmp_path: Path) -> None:
    steps = np.linspace(0, 65535, 64 * 48).reshape(48, 64)
    for name in ("a.png", "a.tif"):
        Image.fromarray(steps.astype(np.uint16)).save(tmp_path / name)
        seen = pixels(view_of(picture_of(tmp_path / name)))
        assert np.abs(seen - (steps / 257)[:, :, None]).max() <= 1.0


def test_samples_that_are_fractions_are_shown(tmp_path: Path) -> None:
    steps = np.linspace(0, 1, 64 * 48, dtype=np.float32).reshape(48, 64)
    Image.fromarray(steps).save(tmp_path / "a.tif")
    seen = pixels(view_of(picture_of(tmp_path / "a.tif")))
    assert np.abs(seen - (steps * 255)[:, :, None]).max() <= 1.0


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf])
def test_samples_that_are_no_numbers_do_not_darken_the_others(tmp_path: Path, odd: float) -> None:
    samples = np.ones((48, 64), np.float32)
    samples[0] = odd
    Image.fromarray(samples).save(tmp_path / "a.tif")
    assert pixels(view_of(picture_of(tmp_path / "a.tif")))[1:].min() == 255


def test_black_and_white_is_read(tmp_path: Path) -> None:
    drawn = draw(1).convert("1")
    drawn.save(tmp_path / "a.png")
    assert difference(view_of(picture_of(tmp_path / "a.png")), drawn) == 0


def test_grey_with_alpha_is_shown_on_white(tmp_path: Path) -> None:
    image = Image.new("LA", (60, 40), (0, 255))
    image.paste((0, 0), (0, 0, 30, 40))
    image.save(tmp_path / "a.png")
    seen = pixels(view_of(picture_of(tmp_path / "a.png")))
    assert (seen[:, :30].min(), seen[:, 30:].max()) == (255, 0)


@pytest.mark.parametrize("name", ["a.png", "a.gif"])
def test_a_transparent_colour_of_a_palette_is_white(tmp_path: Path, name: str) -> None:
    image = Image.new("P", (60, 40), 0)
    image.putpalette([0, 0, 0, 200, 10, 10])
    image.paste(1, (30, 0, 60, 40))
    image.save(tmp_path / name, transparency=0)
    seen = pixels(view_of(picture_of(tmp_path / name)))
    assert seen[:, :30].min() == 255
    assert seen[:, 30:].max(axis=(0, 1)).tolist() == [200, 10, 10]


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.tif", "a.avif"])
def test_half_transparent_parts_are_half_white(tmp_path: Path, name: str) -> None:
    Image.new("RGBA", (64, 64), (0, 0, 0, 128)).save(tmp_path / name)
    assert abs(pixels(view_of(picture_of(tmp_path / name))).mean() - 127) < 3


def test_a_cmyk_jpeg_has_its_colours(tmp_path: Path) -> None:
    drawn = draw(2)
    drawn.convert("CMYK").save(tmp_path / "a.jpg", quality=95)
    assert difference(view_of(picture_of(tmp_path / "a.jpg")), drawn) < 6


def test_a_large_cmyk_and_a_large_grey_jpeg_are_scaled_down_too(tmp_path: Path) -> None:
    for mode in ("CMYK", "L"):
        draw(2, (1600, 1200)).convert(mode).save(tmp_path / "a.jpg")
        assert picture_of(tmp_path / "a.jpg").view_size == (400, 300)


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png", "a.avif", "a.tif"])
def test_of_several_frames_the_first_is_shown(tmp_path: Path, name: str) -> None:
    frames = [draw(seed) for seed in (1, 2, 3)]
    frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:])
    picture = picture_of(tmp_path / name)
    assert difference(view_of(picture), frames[0]) < 10
    assert difference(view_of(picture), frames[1]) > 20


# --- the right way up


@pytest.mark.parametrize("format_", SAVERS)
@pytest.mark.parametrize("orientation", TURNS)
def test_every_orientation_is_shown_upright(tmp_path: Path, format_: str, orientation: int) -> None:
    upright = draw(4)
    SAVERS[format_](stored_as(upright, orientation), tmp_path / "a", oriented(orientation))
    picture = picture_of(tmp_path / "a")
    assert (picture.facts.width, picture.facts.height) == upright.size
    assert difference(view_of(picture), upright) < 4
    assert difference(thumbnail_of(picture), upright) < 8


@pytest.mark.parametrize("orientation", [5, 6, 7, 8])
def test_a_large_turned_jpeg_is_upright_after_scaling(tmp_path: Path, orientation: int) -> None:
    upright = draw(4, (1600, 1200))
    SAVERS["JPEG"](stored_as(upright, orientation), tmp_path / "a", oriented(orientation))
    picture = picture_of(tmp_path / "a")
    assert (picture.facts.width, picture.facts.height) == (1600, 1200)
    assert picture.view_size == (400, 300)
    assert difference(view_of(picture), upright.resize((400, 300))) < 8


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_means_nothing_turns_nothing(tmp_path: Path, orientation: int) -> None:
    upright = draw(4)
    SAVERS["JPEG"](upright, tmp_path / "a", oriented(orientation))
    assert difference(view_of(picture_of(tmp_path / "a")), upright) < 4


def test_quarter_turns_have_hashes_of_their_own_where_they_are_asked_for(tmp_path: Path) -> None:
    drawn = draw(5)
    drawn.save(tmp_path / "a.png")
    assert picture_of(tmp_path / "a.png").turned == ()
    turned = picture_of(tmp_path / "a.png", turned=True).turned
    for turn, known in zip((TURNS[3], TURNS[6], TURNS[8]), turned, strict=True):
        assert turn is not None
        drawn.transpose(turn).save(tmp_path / "b.png")
        assert picture_of(tmp_path / "b.png").phash == known


# --- how large


@pytest.mark.parametrize("side", [32, 256, 512])
@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
@pytest.mark.parametrize("size", [(1024, 768), (1023, 1535), (517, 1025), (2000, 520)])
def test_the_view_is_just_above_the_side_that_was_asked_for(
    tmp_path: Path, name: str, size: tuple[int, int], side: int
) -> None:
    draw(1, size).save(tmp_path / name)
    picture = picture_of(tmp_path / name, side)
    assert side <= min(picture.view_size) < 2 * side
    assert (picture.facts.width, picture.facts.height) == size
    shape = picture.view_size[0] / picture.view_size[1]
    assert shape == pytest.approx(size[0] / size[1], rel=0.02)
    assert len(picture.view) == 3 * picture.view_size[0] * picture.view_size[1]


@pytest.mark.parametrize("size", [(255, 255), (1, 1), (100, 2000), (2, 1)])
def test_a_small_picture_is_never_blown_up(tmp_path: Path, size: tuple[int, int]) -> None:
    Image.new("RGB", size, "red").save(tmp_path / "a.png")
    picture = picture_of(tmp_path / "a.png")
    assert picture.view_size == size
    small = thumbnail_of(picture)
    assert small.width <= size[0]
    assert small.height <= size[1]


@pytest.mark.parametrize("size", [(1, 2000), (2000, 1), (3, 5000)])
def test_a_picture_as_thin_as_a_line_is_read(tmp_path: Path, size: tuple[int, int]) -> None:
    Image.new("RGB", size, "red").save(tmp_path / "a.png")
    picture = picture_of(tmp_path / "a.png")
    assert (picture.facts.width, picture.facts.height) == size
    assert max(thumbnail_of(picture).size) == THUMBNAIL_SIDE


def test_the_view_of_a_long_strip_is_bounded(tmp_path: Path) -> None:
    """Else one hostile file makes the parent, which has no memory limit, hold its every pixel."""
    Image.new("1", (200, 200_000)).save(tmp_path / "a.png")
    assert len(picture_of(tmp_path / "a.png").view) < 32_000_000


def test_scaling_down_keeps_the_picture(tmp_path: Path) -> None:
    drawn = draw(1, (1600, 1200))
    for name in ("a.jpg", "a.png"):
        drawn.save(tmp_path / name)
        seen = view_of(picture_of(tmp_path / name))
        assert difference(seen, drawn.resize(seen.size, Image.Resampling.BOX)) < 4


@pytest.mark.parametrize(("asked", "side"), [(0, 256), (224, 256), (256, 256), (257, 512)])
def test_views_come_in_few_sizes(asked: int, side: int) -> None:
    assert view_side(asked) == side


@pytest.mark.parametrize("size", [(640, 480), (480, 640), (3000, 100), (320, 320), (200, 100)])
def test_a_thumbnail_is_a_jpeg_that_fits(tmp_path: Path, size: tuple[int, int]) -> None:
    drawn = draw(1, size)
    drawn.save(tmp_path / "a.png")
    small = thumbnail_of(picture_of(tmp_path / "a.png"))
    assert small.format == "JPEG"
    assert max(small.size) == min(THUMBNAIL_SIDE, max(size))
    assert difference(small, ImageOps.contain(drawn, small.size).resize(small.size)) < 8


# --- identity


def test_the_content_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    draw(1).save(tmp_path / "a.jpg")
    (tmp_path / "bad.jpg").write_bytes(b"no picture")
    for name in ("a.jpg", "bad.jpg"):
        data = (tmp_path / name).read_bytes()
        reading = read(tmp_path / name)
        assert reading.content == hashlib.blake2b(data, digest_size=32).digest()


def test_the_file_state_is_that_of_the_file(tmp_path: Path) -> None:
    draw(1).save(tmp_path / "a.jpg")
    os.utime(tmp_path / "a.jpg", ns=(1, -1_000_000_007))
    reading, info = read(tmp_path / "a.jpg"), (tmp_path / "a.jpg").stat()
    assert reading.size == info.st_size
    assert (reading.mtime_ns, reading.inode) == (info.st_mtime_ns, info.st_ino)


def test_a_time_far_in_the_future_is_that_of_the_walk(tmp_path: Path) -> None:
    """Else the file would be read again by every run."""
    draw(1).save(tmp_path / "a.jpg")
    os.utime(tmp_path / "a.jpg", ns=(1, 10_000_000_000 * 10**9))
    (folder,) = walk(bytes(tmp_path))
    (entry,), reading = folder.entries, read(tmp_path / "a.jpg")
    assert (entry.mtime_ns, entry.inode) == (reading.mtime_ns, reading.inode)
    assert reading.mtime_ns < 2**63


@pytest.mark.parametrize("format_", SAVERS)
def test_the_pixels_are_the_same_where_metadata_alone_changes(tmp_path: Path, format_: str) -> None:
    drawn = draw(6)
    plain, described = tmp_path / "plain", tmp_path / "described"
    SAVERS[format_](drawn, plain, NO_EXIF)
    SAVERS[format_](drawn, described, exif_of({ExifTags.Base.Make: "Acme"}))
    assert picture_of(plain).pixels == picture_of(described).pixels
    assert read(plain).content != read(described).content


@pytest.mark.parametrize("format_", SAVERS)
def test_the_pixels_are_the_same_where_the_orientation_alone_changes(
    tmp_path: Path, format_: str
) -> None:
    drawn = draw(6)
    found = set()
    for orientation in TURNS:
        SAVERS[format_](drawn, tmp_path / "a", oriented(orientation))
        found.add(picture_of(tmp_path / "a").pixels)
    assert len(found) == 1


def test_the_pixels_of_a_large_jpeg_are_the_same_where_its_exif_changes(tmp_path: Path) -> None:
    drawn = draw(6, (1600, 1200))
    drawn.save(tmp_path / "a.jpg")
    drawn.save(tmp_path / "b.jpg", exif=oriented(6))
    assert picture_of(tmp_path / "a.jpg").pixels == picture_of(tmp_path / "b.jpg").pixels


def test_other_pixels_are_other_pixels(tmp_path: Path) -> None:
    drawn = draw(6)
    drawn.save(tmp_path / "a.png")
    drawn.putpixel((5, 5), (1, 2, 3))
    drawn.save(tmp_path / "b.png")
    assert picture_of(tmp_path / "a.png").pixels != picture_of(tmp_path / "b.png").pixels


def test_the_perceptual_hash_survives_saving_again_and_resizing(tmp_path: Path) -> None:
    for seed in range(5):
        drawn = draw(seed, (800, 600))
        drawn.save(tmp_path / "a.png")
        drawn.save(tmp_path / "b.jpg", quality=60)
        drawn.resize((400, 300)).save(tmp_path / "c.webp", quality=60)
        known = picture_of(tmp_path / "a.png").phash
        for name in ("b.jpg", "c.webp"):
            assert bits_apart(known, picture_of(tmp_path / name).phash) <= 6


def test_the_perceptual_hashes_of_other_pictures_are_far_apart(tmp_path: Path) -> None:
    hashes = []
    for seed in range(8):
        draw(seed).save(tmp_path / "a.png")
        hashes.append(picture_of(tmp_path / "a.png").phash)
    apart = [bits_apart(a, b) for i, a in enumerate(hashes) for b in hashes[:i]]
    assert min(apart) >= 12


def test_the_perceptual_hash_fits_a_signed_column(tmp_path: Path) -> None:
    for seed in range(8):
        draw(seed).save(tmp_path / "a.png")
        value = picture_of(tmp_path / "a.png").phash
        assert value is not None
        assert -(2**63) <= value < 2**63


def test_a_picture_of_one_colour_has_no_perceptual_hash(tmp_path: Path) -> None:
    Image.new("RGB", (300, 300), (120, 10, 200)).save(tmp_path / "a.png")
    picture = picture_of(tmp_path / "a.png", turned=True)
    assert (picture.phash, picture.turned) == (None, ())


# --- bad files


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


def encoded(tmp_path: Path, format_: str, size: tuple[int, int] = (240, 180)) -> bytes:
    draw(1, size).save(tmp_path / "whole", format_)
    return (tmp_path / "whole").read_bytes()


NOT_KNOWN = "not a picture in a known format"
NO_PICTURES = {
    "text": b"Dear diary,\n",
    "a PDF": b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n",
    "a PostScript file": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(x) show\n",
    "zeros": bytes(5000),
    "a page": b"<html><img src=http://example.org/></html>",
    "a script": b"#!/bin/sh\nrm -rf ~\n",
    "a jpeg's first bytes": b"\xff\xd8\xff",
    "a png's first bytes": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("kind", NO_PICTURES)
def test_what_is_no_picture_is_said_to_be_none(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a.jpg").write_bytes(NO_PICTURES[kind])
    assert problem_of(tmp_path / "a.jpg") == NOT_KNOWN


@pytest.mark.parametrize(
    "format_", ["ICO", "EPS", "PDF", "PPM", "TGA", "PCX", "SGI", "ICNS", "DDS"]
)
def test_decoders_that_are_not_on_the_list_are_not_used(tmp_path: Path, format_: str) -> None:
    Image.init()
    draw(1, (64, 64)).save(tmp_path / "a.jpg", format_)
    assert problem_of(tmp_path / "a.jpg") == NOT_KNOWN


def test_a_photoshop_file_is_not_opened(tmp_path: Path) -> None:
    head = b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, 10, 10, 8, 3)
    (tmp_path / "a.jpg").write_bytes(head + bytes(12) + struct.pack(">H", 0) + bytes(300))
    assert problem_of(tmp_path / "a.jpg") == NOT_KNOWN


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    assert problem_of(tmp_path / "a.jpg") == "the file is empty"


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "AVIF"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_truncated_picture_has_a_reason(tmp_path: Path, format_: str, part: float) -> None:
    whole = encoded(tmp_path, format_)
    (tmp_path / "a.jpg").write_bytes(whole[: int(len(whole) * part)])
    problem_of(tmp_path / "a.jpg")


def test_a_truncated_jpeg_is_called_truncated(tmp_path: Path) -> None:
    whole = encoded(tmp_path, "JPEG")
    (tmp_path / "a.jpg").write_bytes(whole[:-500])
    assert "truncated" in problem_of(tmp_path / "a.jpg")


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "AVIF"])
@pytest.mark.filterwarnings("ignore")  # decoders warn of what they mend; children cannot print it
def test_flipped_bytes_are_read_or_have_a_reason(tmp_path: Path, format_: str) -> None:
    whole = encoded(tmp_path, format_, (64, 48))
    dice = np.random.default_rng(0)
    for _ in range(25):
        bad = bytearray(whole)
        for place in dice.integers(len(bad), size=5):
            bad[place] ^= 1 << dice.integers(8)
        (tmp_path / "a.jpg").write_bytes(bad)
        reading = read(tmp_path / "a.jpg")
        if reading.picture is None:
            assert_one_line(reading.problem)


@pytest.mark.parametrize("side", [60_000, 2**31 - 1])
def test_a_header_that_claims_too_many_pixels_is_refused_before_decoding(
    tmp_path: Path, side: int
) -> None:
    (tmp_path / "a.png").write_bytes(png_header(side, side))
    assert "too large to decode safely" in problem_of(tmp_path / "a.png")


def test_a_header_that_claims_what_is_not_there_has_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png_header(3000, 2000))
    problem_of(tmp_path / "a.png")


def test_a_small_file_of_many_pixels_is_refused(tmp_path: Path) -> None:
    Image.new("1", (9000, 9000)).save(tmp_path / "bomb.png")
    assert (tmp_path / "bomb.png").stat().st_size < 100_000
    expected = "too large to decode safely (9000 x 9000 pixels)"
    assert problem_of(tmp_path / "bomb.png") == expected


def test_the_limit_on_pixels_is_ours_and_not_pillows(tmp_path: Path) -> None:
    Image.new("1", (10_000, 9_000)).save(tmp_path / "a.png")
    picture = picture_of(tmp_path / "a.png", max_pixels=300_000_000)
    assert (picture.facts.width, picture.facts.height) == (10_000, 9_000)


def test_too_much_text_in_a_png_has_a_reason(tmp_path: Path) -> None:
    text = zlib.compress(bytes(80_000_000))
    data = b"Comment\0\0" + text
    chunk = struct.pack(">I", len(data)) + b"zTXt" + data
    chunk += struct.pack(">I", zlib.crc32(b"zTXt" + data))
    whole = encoded(tmp_path, "PNG")
    (tmp_path / "a.png").write_bytes(whole[:33] + chunk + whole[33:])
    problem_of(tmp_path / "a.png")


# --- files that cannot be read


def code_of(path: Path, **limits: int) -> str:
    with pytest.raises(PhotoSearchError) as caught:
        read(path, **limits)
    assert_one_line(caught.value.what)
    return caught.value.code


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def nothing(path: Path) -> None:
    assert not path.exists()


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [a_folder, a_pipe, a_device, nothing])
def test_what_is_no_file_any_more_has_vanished(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "a.jpg")
    assert code_of(tmp_path / "a.jpg") == "vanished"


def test_a_loop_of_links_is_an_error_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").symlink_to("a.jpg")
    assert code_of(tmp_path / "a.jpg") == "disk-error"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with open(tmp_path / "a.jpg", "wb") as file:
        file.truncate(50_000_001)
    assert code_of(tmp_path / "a.jpg", max_bytes=50_000_000) == "too-large"


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no /proc")
@pytest.mark.parametrize("make", [a_folder, a_pipe, nothing])
def test_no_file_stays_open(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "a.jpg")
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        code_of(tmp_path / "a.jpg")
    assert len(os.listdir("/proc/self/fd")) == before

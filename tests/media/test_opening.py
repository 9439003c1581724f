"""The formats that Pillow alone does not read: JPEG XL, camera RAW; and several in one file."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from photosearch.errors import PhotoSearchError
from photosearch.media import jxl, pixels, raw
from photosearch.media.formats import open_picture
from photosearch.media.read import decode, decode_to_fit
from tests.conftest import draw
from tests.media.pictures import MAX_PIXELS, SIDE, difference, picture_of, problem_of, view_of

imagecodecs = pytest.importorskip("imagecodecs")


def decoded(data: bytes) -> Image.Image:
    picture = decode(data, SIDE, MAX_PIXELS)
    return Image.frombytes("RGB", picture.view_size, picture.view)


def as_jxl(samples: object, **options: object) -> bytes:
    return bytes(imagecodecs.jpegxl_encode(np.asarray(samples), lossless=True, **options))


# --- JPEG XL ---


@pytest.mark.parametrize(
    "size", [(240, 180), (256, 256), (257, 300), (8, 8), (1, 1), (320, 200), (1000, 3), (9000, 2)]
)
def test_the_header_of_a_jpeg_xl_says_its_size(size: tuple[int, int]) -> None:
    header = jxl.read_header(as_jxl(draw(1, (size[0] + 30, size[1] + 30)).crop((0, 0, *size))))
    assert (header.width, header.height, header.orientation) == (*size, 1)


def test_a_jpeg_xl_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.jxl"
    file.write_bytes(as_jxl(draw(3)))
    picture = picture_of(file)
    assert (picture.facts.format, picture.facts.width, picture.facts.height) == ("JXL", 240, 180)
    assert difference(view_of(picture), draw(3)) == 0


@pytest.mark.parametrize(
    "samples",
    [
        np.asarray(draw(3)).astype(np.uint16) * 257,
        np.asarray(draw(3)).astype(np.float32) / 255,
        np.dstack([np.asarray(draw(3)), np.full((180, 240), 255, np.uint8)]),
    ],
    ids=["16 bit", "float", "opaque"],
)
def test_a_jpeg_xl_of_any_samples_looks_the_same(samples: object) -> None:
    assert difference(decoded(as_jxl(samples)), draw(3)) < 1.5


def test_a_grey_jpeg_xl_is_read() -> None:
    grey = draw(3).convert("L")
    assert difference(decoded(as_jxl(grey)), grey.convert("RGB")) == 0


def test_see_through_parts_of_a_jpeg_xl_are_on_white() -> None:
    samples = np.zeros((20, 30, 4), np.uint8)
    assert decoded(as_jxl(samples)).getpixel((5, 5)) == (255, 255, 255)


def test_a_jpeg_xl_of_too_many_pixels_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jxl, "decode", lambda data: pytest.fail("decoded"))
    with pytest.raises(PhotoSearchError, match="240 x 180") as caught:
        open_picture(as_jxl(draw(1)), 1000)
    assert caught.value.code == "too-many-pixels"


def test_a_jpeg_xl_that_is_cut_off_has_a_reason(tmp_path: Path) -> None:
    whole = as_jxl(draw(1))
    for length in (2, 5, 40, len(whole) // 2):
        (tmp_path / "a.jxl").write_bytes(whole[:length])
        assert problem_of(tmp_path / "a.jxl").startswith("damaged or not supported")


def test_eight_turned_jpeg_xl_files_show_one_picture(shared_data: Path) -> None:
    folder = shared_data / "formats" / "orientation"
    upright = decoded((folder / "jxl_orientation_1.jxl").read_bytes())
    for orientation in range(1, 9):
        data = (folder / f"jxl_orientation_{orientation}.jxl").read_bytes()
        assert decode(data, SIDE, MAX_PIXELS).facts.orientation == orientation
        assert difference(decoded(data), upright) < 4
        assert decode_to_fit(data, (240, 240), MAX_PIXELS).size == (240, 80)


# --- camera RAW ---

CFA, LINEAR = 32803, 34892


def dng(
    sensor: npt.NDArray[np.uint16],
    preview: bytes = b"",
    orientation: int = 1,
) -> bytes:
    """A small DNG: a Bayer mosaic of 16 bits, and a JPEG preview in the first folder."""
    height, width = sensor.shape
    entries = [(0xC612, 1, b"\1\4\0\0"), (0x0112, 3, struct.pack("<H", orientation))]
    entries += [(0x010F, 2, b"Acme\0"), (0x0110, 2, b"One\0"), (0xC614, 2, b"Acme One\0")]
    matrix = (1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1)
    entries += [(0xC621, 10, struct.pack("<18i", *matrix)), (0xC65A, 3, struct.pack("<H", 21))]
    entries += [(0xC628, 5, struct.pack("<6I", 1, 1, 1, 1, 1, 1))]
    mosaic = [
        *((0x00FE, 4, struct.pack("<I", 0)), (0x0100, 4, struct.pack("<I", width))),
        *((0x0101, 4, struct.pack("<I", height)), (0x0102, 3, struct.pack("<H", 16))),
        *((0x0103, 3, struct.pack("<H", 1)), (0x0106, 3, struct.pack("<H", CFA))),
        *((0x0115, 3, struct.pack("<H", 1)), (0x0116, 4, struct.pack("<I", height))),
        *((0x828D, 3, struct.pack("<2H", 2, 2)), (0x828E, 1, b"\0\1\1\2")),
        *((0xC61D, 4, struct.pack("<I", 65535)), (0xC61A, 4, struct.pack("<I", 0))),
    ]
    data = bytearray(b"II*\0\0\0\0\0")

    def put(blob: bytes) -> int:
        data.extend(b"\0" * (len(data) % 2))
        data.extend(blob)
        return len(data) - len(blob)

    def folder(tags: list[tuple[int, int, bytes]]) -> int:
        sizes = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 10: 8}
        body = struct.pack("<H", len(tags))
        for tag, kind, value in sorted(tags):
            inline = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack("<I", put(value))
            body += struct.pack("<HHI", tag, kind, len(value) // sizes[kind]) + inline
        return put(body + bytes(4))

    strip = put(sensor.astype("<u2").tobytes())
    mosaic += [(0x0111, 4, struct.pack("<I", strip)), (0x0117, 4, struct.pack("<I", sensor.nbytes))]
    entries.append((0x014A, 4, struct.pack("<I", folder(mosaic))))
    if preview:
        with Image.open(io.BytesIO(preview)) as image:
            across, down = image.size
        entries += [
            *((0x00FE, 4, struct.pack("<I", 1)), (0x0100, 4, struct.pack("<I", across))),
            *((0x0101, 4, struct.pack("<I", down)), (0x0102, 3, struct.pack("<3H", 8, 8, 8))),
            *((0x0103, 3, struct.pack("<H", 7)), (0x0106, 3, struct.pack("<H", 6))),
            *((0x0115, 3, struct.pack("<H", 3)), (0x0116, 4, struct.pack("<I", down))),
            (0x0111, 4, struct.pack("<I", put(preview))),
            (0x0117, 4, struct.pack("<I", len(preview))),
        ]
    data[4:8] = struct.pack("<I", folder(entries))
    return bytes(data)


def mosaic_of(image: Image.Image) -> npt.NDArray[np.uint16]:
    """What a sensor under a red-green-green-blue filter sees, linear light, 16 bits."""
    light = (np.asarray(image.convert("RGB"), np.float64) / 255) ** 2.2
    seen = np.empty(light.shape[:2])
    for row, column, channel in ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 2)):
        seen[row::2, column::2] = light[row::2, column::2, channel]
    found: npt.NDArray[np.uint16] = (seen * 60000).astype(np.uint16)
    return found


def as_jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95)
    return out.getvalue()


PHOTO = draw(5, (1000, 750))


def test_a_raw_file_shows_the_preview_that_the_camera_put_in(tmp_path: Path) -> None:
    file = tmp_path / "a.dng"
    file.write_bytes(dng(mosaic_of(draw(6, (1000, 750))), as_jpeg(PHOTO.resize((800, 600)))))
    picture = picture_of(file)
    assert (picture.facts.format, picture.facts.width, picture.facts.height) == ("RAW", 1000, 750)
    assert difference(view_of(picture), PHOTO.resize(picture.view_size)) < 8


@pytest.mark.parametrize("preview", [b"", as_jpeg(PHOTO.resize((160, 120)))], ids=["none", "stamp"])
def test_a_raw_file_without_a_useful_preview_is_developed(tmp_path: Path, preview: bytes) -> None:
    file = tmp_path / "a.dng"
    file.write_bytes(dng(mosaic_of(PHOTO), preview))
    picture = picture_of(file)
    assert (picture.facts.width, picture.facts.height) == (1000, 750)
    assert picture.view_size == (500, 375)
    shown = np.asarray(view_of(picture).convert("L"), np.float64).ravel()
    meant = np.asarray(PHOTO.resize((500, 375)).convert("L"), np.float64).ravel()
    assert np.corrcoef(shown, meant)[0, 1] > 0.9


@pytest.mark.parametrize("preview", [b"", as_jpeg(PHOTO)], ids=["developed", "preview"])
@pytest.mark.parametrize(("orientation", "undo"), [(3, 3), (6, 8), (8, 6)])
def test_a_turned_raw_file_is_upright(preview: bytes, orientation: int, undo: int) -> None:
    upright = pixels.turn(PHOTO, orientation)
    picture = decode(dng(mosaic_of(PHOTO), preview, orientation), SIDE, MAX_PIXELS)
    assert (picture.facts.width, picture.facts.height) == upright.size
    assert picture.facts.orientation == orientation
    shown = Image.frombytes("RGB", picture.view_size, picture.view).convert("L")
    meant = upright.resize(shown.size).convert("L")
    assert np.corrcoef(np.asarray(shown).ravel(), np.asarray(meant).ravel())[0, 1] > 0.9
    assert pixels.turn(upright, undo).size == PHOTO.size


def test_a_preview_that_the_camera_turned_already_is_not_turned_again() -> None:
    upright = pixels.turn(PHOTO, 6)
    picture = decode(dng(mosaic_of(PHOTO), as_jpeg(upright), 6), SIDE, MAX_PIXELS)
    assert (picture.facts.width, picture.facts.height) == upright.size
    shown = Image.frombytes("RGB", picture.view_size, picture.view)
    assert difference(shown, upright.resize(shown.size)) < 8


def test_a_raw_file_fits_into_a_box_too() -> None:
    for preview in (b"", as_jpeg(PHOTO)):
        assert decode_to_fit(dng(mosaic_of(PHOTO), preview, 6), (300, 300), MAX_PIXELS).size == (
            *(225, 300),
        )


def test_a_raw_file_of_too_many_pixels_is_not_developed() -> None:
    with pytest.raises(PhotoSearchError) as caught:
        open_picture(dng(mosaic_of(PHOTO)), 1000)
    assert caught.value.code == "too-many-pixels"


def test_a_raw_file_that_is_cut_off_has_a_reason(tmp_path: Path) -> None:
    whole = dng(mosaic_of(PHOTO))
    assert raw.is_raw(whole)
    (tmp_path / "a.dng").write_bytes(b"FUJIFILMCCD-RAW" + bytes(200))
    assert problem_of(tmp_path / "a.dng").startswith("damaged or not supported")


def test_a_plain_tiff_is_no_raw_file() -> None:
    for format_ in ("TIFF", "JPEG", "PNG"):
        out = io.BytesIO()
        draw(1).save(out, format_)
        assert not raw.is_raw(out.getvalue())


def test_a_real_raw_file_is_developed(shared_data: Path) -> None:
    """Its preview is a stamp of 256 x 171 pixels."""
    file = shared_data / "formats" / "raw" / "canon_eos_6d.dng"
    picture = picture_of(file)
    assert (picture.facts.width, picture.facts.height) == (1224, 816)
    assert min(picture.view_size) > 171


# --- JPEG 2000, and several pictures in one file ---


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "I;16"])
def test_a_jpeg_2000_of_any_samples_is_read(mode: str) -> None:
    image = draw(3).convert("L" if mode == "I;16" else mode)
    stored = image
    if mode == "I;16":
        stored = Image.fromarray(np.asarray(image).astype(np.uint16) * 257)
    out = io.BytesIO()
    stored.save(out, "JPEG2000")
    assert difference(decoded(out.getvalue()), image.convert("RGB")) < 2


def test_of_several_pictures_in_one_file_the_first_is_shown() -> None:
    out = io.BytesIO()
    draw(1).save(out, "MPO", save_all=True, append_images=[draw(2)], quality=95)
    assert difference(decoded(out.getvalue()), draw(1)) < 4


def test_the_film_behind_a_motion_photo_does_not_matter() -> None:
    film = b"\0\0\0\x18ftypmp42" + bytes(100_000)
    assert difference(decoded(as_jpeg(draw(1)) + film), draw(1)) < 4


def test_colours_are_those_the_profile_means() -> None:
    from PIL import ImageCms

    image = draw(1)
    lab = ImageCms.createProfile("LAB")
    kept = pixels.to_srgb(image, ImageCms.ImageCmsProfile(lab).tobytes())
    assert kept is image  # no profile of an RGB picture
    assert pixels.to_srgb(image, b"garbage") is image
    assert pixels.to_srgb(image, None) is image


def test_wide_colours_are_shown_wide(shared_data: Path) -> None:
    """The same picture, once in Adobe RGB with its profile and once as the browser shows it."""
    file = shared_data / "formats" / "jpeg" / "adobergb_compatible_A98_sample.jpg"
    with Image.open(file) as image:
        plain = image.convert("RGB").resize((145, 221))
    shown = decode_to_fit(file.read_bytes(), (145, 221), MAX_PIXELS)
    saturation = [
        float(np.asarray(each.convert("HSV"), np.float64)[..., 1].mean())
        for each in (shown.resize((145, 221)), plain)
    ]
    assert saturation[0] > saturation[1]


# --- what a reader loads ---


def test_a_reader_loads_the_large_libraries_only_for_files_that_need_them() -> None:
    code = (
        "import sys, photosearch.media.readers, photosearch.media.read;"
        "from photosearch.media import formats; formats.register();"
        "print(*sorted({'imagecodecs', 'rawpy'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == ""

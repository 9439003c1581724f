"""Explaining photos: read in a child, brought back to the upright photo, remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import open_clip
import pytest
from PIL import ExifTags, Image
from torch.nn.functional import avg_pool2d

from photosearch.encoders.encoder import Encoder, seen_part
from photosearch.errors import PhotoSearchError
from photosearch.explain.explainer import Asked, Explainer, Photo
from photosearch.settings import Settings
from tests.conftest import draw

SIDE = 96
ONE = np.array([1, 0], np.float32)
OTHER = np.array([0, 1], np.float32)


@dataclass
class Brightness:
    """Stands for an encoder: its map is how bright the picture is, after open_clip's own
    preprocessing; its first direction is brightness, its second sees nothing."""

    mode: str
    asked: list[int] = field(default_factory=list)
    map_side: int = SIDE
    classes: frozenset[str] = frozenset()
    folder: Any = field(default_factory=lambda: SimpleNamespace(id="brightness"))

    def encode_images(self, images: list[Image.Image]) -> np.ndarray:
        return np.stack([ONE] * len(images))

    def encode_texts(self, texts: list[str]) -> np.ndarray:
        return np.zeros((len(texts), 2), np.float32)

    def seen_part(self, size: tuple[int, int]) -> tuple[float, float, float, float]:
        return seen_part(size, self.mode)

    def relevance(self, image: Image.Image, directions: np.ndarray) -> np.ndarray:
        self.asked.append(len(directions))
        config = open_clip.transform.PreprocessCfg(
            SIDE, mean=(0.0,) * 3, std=(1.0,) * 3, resize_mode=self.mode
        )
        pixels = open_clip.transform.image_transform_v2(config, is_train=False)(image)
        bright = avg_pool2d(pixels.mean(0)[None], 6)[0].numpy()
        return np.stack([bright * max(float(d[0]), 0.0) for d in directions]).astype(np.float32)


@pytest.fixture
def explainer(children_end: None) -> Iterator[Explainer]:
    made = Explainer(Settings(workers=4))
    yield made
    made.close()


def explain(explainer: Explainer, encoder: Brightness, path: Path, *asked: Asked) -> list[Any]:
    return explainer.explain(cast(Encoder, encoder), Photo(bytes(path)), asked)


BRIGHT: Asked = ("bright", (ONE,))


@pytest.mark.parametrize("mode", ["squash", "shortest", "longest"])
def test_the_peak_lies_on_the_bright_spot_in_every_orientation(
    explainer: Explainer, tmp_path: Path, mode: str
) -> None:
    upright = Image.new("RGB", (420, 300), (20, 20, 20))
    x, y = 260, 90  # off the middle, inside the middle square
    upright.paste((255, 255, 255), (x - 18, y - 18, x + 18, y + 18))
    turns = Image.Transpose
    undone = {
        **{1: None, 2: turns.FLIP_LEFT_RIGHT, 3: turns.ROTATE_180, 4: turns.FLIP_TOP_BOTTOM},
        **{5: turns.TRANSPOSE, 6: turns.ROTATE_90, 7: turns.TRANSVERSE, 8: turns.ROTATE_270},
    }
    for orientation, turn in undone.items():
        stored = upright if turn is None else upright.transpose(turn)
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = orientation
        file = tmp_path / f"{mode}-{orientation}.jpg"
        stored.save(file, quality=95, exif=exif)
        (found,) = explain(explainer, Brightness(mode), file, BRIGHT)
        assert found.peak is not None
        assert found.peak == pytest.approx((x / 420, y / 300), abs=0.045), orientation
        rows, columns = found.values.shape
        assert columns / rows == pytest.approx(420 / 300, rel=0.05), "as the upright photo"


def test_all_terms_come_of_one_pass_and_are_remembered(
    explainer: Explainer, tmp_path: Path
) -> None:
    file = tmp_path / "photo.png"
    draw(3).save(file)
    encoder = Brightness("squash")
    both: tuple[Asked, ...] = (BRIGHT, ("dark", (OTHER,)))
    bright, dark = explain(explainer, encoder, file, *both)
    assert encoder.asked == [2]
    assert (bright.term, bright.score, dark.score) == ("bright", 1.0, 0.0)
    assert bright.peak is not None and dark.peak is None and not dark.values.any()
    again = explain(explainer, encoder, file, ("light", (ONE,)), both[1])
    assert encoder.asked == [2] and again[0].term == "light"
    assert (again[0].values == bright.values).all()
    explain(explainer, encoder, file, BRIGHT, ("either", (OTHER, ONE)))
    assert encoder.asked == [2], "of alternatives the nearer one"
    draw(4).save(file)
    explain(explainer, encoder, file, BRIGHT)
    assert encoder.asked == [2, 1], "another picture in the same place"


def test_what_the_catalog_knows_is_believed_only_for_its_own_content(
    explainer: Explainer, tmp_path: Path
) -> None:
    file = tmp_path / "photo.png"
    draw(5).save(file)
    encoder = Brightness("squash")
    stale = Photo(bytes(file), b"not this file's hash", OTHER)
    (found,) = explainer.explain(cast(Encoder, encoder), stale, [BRIGHT])
    assert found.score == 1.0, "the vector of the picture that is there, not of the one before"


@pytest.mark.parametrize("content", [None, b"", b"no picture"])
def test_a_photo_that_cannot_be_read_says_so(
    explainer: Explainer, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "photo.jpg"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(PhotoSearchError) as failed:
        explain(explainer, Brightness("squash"), file, BRIGHT)
    assert failed.value.code in ("vanished", "undecodable")
    assert "photo.jpg" in failed.value.what


def test_a_tag_that_no_classifier_knows(explainer: Explainer, tmp_path: Path) -> None:
    with pytest.raises(PhotoSearchError, match="gryphon"):
        explainer.explain_classes(
            cast(Encoder, Brightness("squash")), Photo(bytes(tmp_path)), ["gryphon"]
        )

"""`make pointing`: do heat maps lie where the things are?

The grid pointing game (Böhle et al. 2021; Rao et al. 2022): pictures of two by two photos of four
different classes; for each class, is the map's peak in its quarter (chance 0.25; an empty map is a
miss), and how much of the map lies there? Beside it Grad-CAM as it was published. Then small things
in whole photos (`small_things.tsv`: boxes marked by hand), and whether maps depend on what was
learned (Adebayo et al. 2018).
"""

from __future__ import annotations

import copy
import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image

from photosearch.encoders.beliefs import Beliefs
from photosearch.encoders.encoder import Encoder
from photosearch.encoders.registry import find_encoder
from photosearch.encoders.relevance import grad_cam, towards, window_map
from photosearch.explain.heat import Floats, Heat, heat
from photosearch.paths import resources

SETS = ("animals151", "caltech101", "dog_cat", "flower_photos", "fruit_veg", "sports100")
PICTURES = 500
SIDE = 480  # pixels of a picture of four
SMALL = Path(__file__).parent / "small_things.tsv"
WHOLE = (0.0, 0.0, 1.0, 1.0)

Maps = Callable[[Image.Image, list[str]], list[Heat]]


@dataclass(frozen=True)
class Shown:
    """A photo and what it shows."""

    path: Path
    name: str


class Ways:
    """The ways to make maps that are compared."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        words = json.loads((resources() / "heat.json").read_text("utf-8"))["neutral"]
        self._neutral: Floats = encoder.encode_texts(words).mean(axis=0)
        self._texts: dict[str, Floats] = {}

    def ours(self, picture: Image.Image, names: list[str]) -> list[Heat]:
        """As the program does it."""
        directions = np.stack([self.text(name) - self._neutral for name in names])
        seen = self.encoder.relevance(picture, directions)
        return [heat("", 0.0, each, WHOLE, picture.size) for each in seen]

    def raw(self, picture: Image.Image, names: list[str]) -> list[Heat]:
        """Grad-CAM on the last stage, at the encoder's own size, of the cosine alone."""
        wanted = torch.from_numpy(np.stack([self.text(name) for name in names]))
        maps, _ = grad_cam(*self.tower, self.pixels(picture), towards(wanted))
        return [heat("", 0.0, each.relu().numpy(), WHOLE, picture.size) for each in maps]

    def coarse(self, picture: Image.Image, names: list[str], *, learned: bool = True) -> Floats:
        """Our maps before the floor, at the encoder's own size; of shuffled weights where not
        `learned`."""
        wanted = torch.from_numpy(np.stack([self.text(name) - self._neutral for name in names]))
        visual, beliefs = self.tower if learned else (self.shuffled, self.tower[1])
        maps = window_map(visual, beliefs, self.pixels(picture), towards(wanted))
        found: Floats = maps.numpy()
        return found

    def text(self, name: str) -> Floats:
        if name not in self._texts:
            self._texts[name] = self.encoder.encode_texts([name])[0]
        return self._texts[name]

    def pixels(self, picture: Image.Image) -> torch.Tensor:
        return self.encoder._pixels([picture])

    @property
    def tower(self) -> tuple[Any, Beliefs]:
        """The image tower and its beliefs."""
        return self.encoder._model.visual, self.encoder._beliefs

    @cached_property
    def shuffled(self) -> torch.nn.Module:
        """The image tower with the numbers of each of its tensors in another order."""
        tower: torch.nn.Module = copy.deepcopy(self.encoder._model.visual)
        dice = torch.Generator().manual_seed(0)
        for value in tower.parameters():
            order = torch.randperm(value.numel(), generator=dice)
            value.copy_(value.flatten()[order].reshape(value.shape))
        return tower


def labelled(data: Path, ways: Ways) -> tuple[list[Shown], list[Shown]]:
    """The photos of the object sets, and those of them that the encoder classifies right."""
    rows = [line.split("\t") for line in (data / "eval/labels.tsv").read_text().splitlines()[1:]]
    every, right = [], []
    for name in SETS:
        own = [Shown(data / path, label) for set_, path, label in rows if set_ == name]
        classes = sorted({shown.name for shown in own})
        texts = np.stack([ways.text(each) for each in classes])
        for shown in own:
            vector = ways.encoder.encode_images([opened(shown.path)])[0]
            every.append(shown)
            if classes[int((texts @ vector).argmax())] == shown.name:
                right.append(shown)
    return every, right


def fours(photos: list[Shown], seed: int) -> Iterator[list[Shown]]:
    """Four photos of different classes, PICTURES times."""
    dice = random.Random(seed)
    made = 0
    while made < PICTURES:
        four = dice.sample(photos, 4)
        if len({shown.name for shown in four}) == 4:
            made += 1
            yield four


def pointing(
    photos: list[Shown], ways: dict[str, Maps], seed: int
) -> dict[str, tuple[float, float]]:
    """For each way: the share of peaks in the right quarter, the mean share of the map there."""
    peaks: dict[str, list[float]] = {name: [] for name in ways}
    masses: dict[str, list[float]] = {name: [] for name in ways}
    for four in fours(photos, seed):
        picture, half = Image.new("RGB", (SIDE, SIDE)), SIDE // 2
        for place, shown in enumerate(four):
            part = opened(shown.path).resize((half, half), Image.Resampling.BICUBIC)
            picture.paste(part, (place % 2 * half, place // 2 * half))
        for name, maps in ways.items():
            for place, found in enumerate(maps(picture, [shown.name for shown in four])):
                left, top = place % 2 / 2, place // 2 / 2
                peaks[name].append(inside(found, (left, top, left + 0.5, top + 0.5)))
                masses[name].append(mass(found, place))
    return {name: (float(np.mean(peaks[name])), float(np.mean(masses[name]))) for name in ways}


def inside(found: Heat, box: tuple[float, ...]) -> bool:
    """Whether the peak lies in a box (left, top, right, bottom); that of an empty map does not."""
    if found.peak is None:
        return False
    (x, y), (left, top, right, bottom) = found.peak, box
    return left <= x < right and top <= y < bottom


def mass(found: Heat, place: int) -> float:
    """The share of the map in a quarter; 0 of an empty one."""
    rows, columns = (side // 2 for side in found.values.shape)
    top, left = place // 2 * rows, place % 2 * columns
    whole = float(found.values.sum())
    return (
        float(found.values[top : top + rows, left : left + columns].sum()) / whole if whole else 0.0
    )


def small_things(data: Path) -> Iterator[tuple[Image.Image, str, tuple[float, ...]]]:
    """Photos, what small thing is in each, and its box as fractions."""
    for line in SMALL.read_text("utf-8").splitlines()[1:]:
        path, words, *box = line.split("\t")
        yield opened(data / "photos" / path), words, tuple(map(float, box))


def rank_correlation(one: Floats, other: Floats) -> float:
    ranks = [each.ravel().argsort().argsort() for each in (one, other)]
    return float(np.asarray(np.corrcoef(np.stack(ranks)))[0, 1])


def opened(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("RGB")


def main(data: Path) -> None:
    folder = find_encoder(None)
    assert folder is not None
    ways = Ways(Encoder(folder))
    if SMALL.exists():
        found = list(small_things(data))
        for name, maps in (("ours", ways.ours), ("the last stage's own map", ways.raw)):
            hits = [inside(maps(image, [words])[0], box) for image, words, box in found]
            print(f"small things, {name}: {sum(hits)} of {len(hits)} peaks inside", flush=True)
        alike = [
            rank_correlation(
                ways.coarse(image, [words]), ways.coarse(image, [words], learned=False)
            )
            for image, words, _ in found
        ]
        print(f"shuffled weights: rank correlation {np.mean(alike):.3f} (mean of {len(alike)})")
    every, right = labelled(data, ways)
    print(f"{len(every)} photos of things, {len(right)} of them classified right", flush=True)
    for name, photos in (("classified right", right), ("all", every)):
        for way, (peak, share) in pointing(
            photos, {"ours": ways.ours, "Grad-CAM, nothing subtracted": ways.raw}, 0
        ).items():
            print(f"{name}, {way}: peak {peak:.3f} mass {share:.3f}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

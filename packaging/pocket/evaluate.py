"""The figures of an encoder folder on photos, captions and classes that were not trained on."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import metrics
from .encoder import Encoder, FolderEncoder
from .metrics import Recall

# Sets of labels.tsv with enough classes to mean something (left out: one of one, one of three).
ZERO_SHOT_SETS = (
    "animals151", "caltech101", "capydata_sports", "clothing_full", "dog_cat", "flower_photos",
    "flowers102_part", "fruit_veg", "grocery_store", "intel_scenes", "rooms", "sports100",
    "sun_scenes", "weather_small",
)  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """What one encoder reaches."""

    to_photo: Recall
    to_photo_coco: Recall
    to_caption: Recall
    to_caption_coco: Recall
    zero_shot: dict[str, float]
    imagenet1: float
    imagenet5: float
    photos_a_second: float
    text_ms: float

    @property
    def zero_shot_mean(self) -> float:
        """Mean of the sets."""
        return float(np.mean(list(self.zero_shot.values())))


def rows(path: Path) -> list[list[str]]:
    """The rows of a tab-separated file, its header left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


def evaluate(encoder: Encoder, data: Path) -> Figures:
    """Everything; photos are encoded once, which also gives the speed (decoding included)."""
    photos = sorted((data / "photos").glob("*/*.jpg"))
    place = {photo.relative_to(data).as_posix(): i for i, photo in enumerate(photos)}
    started = time.perf_counter()
    images = encoder.encode_images(photos)
    speed = len(photos) / (time.perf_counter() - started)
    coco = [row for row in rows(data / "eval" / "captions.tsv") if row[0] == "coco"]
    owner = np.array([place[row[1]] for row in coco])
    texts = encoder.encode_texts([row[2] for row in coco])
    alone, inside = np.unique(owner, return_inverse=True)
    labels = rows(data / "eval" / "labels.tsv")
    zero_shot = {}
    for name in ZERO_SHOT_SETS:
        own = [row for row in labels if row[0] == name]
        classes = sorted({row[2] for row in own})
        shown = images[[place[row[1]] for row in own]]
        truth = np.array([classes.index(row[2]) for row in own])
        zero_shot[name] = metrics.top_k(shown, encoder.encode_texts(classes), truth)
    thousand = rows(data / "eval" / "imagenet.tsv")
    shown = encoder.encode_images([data / row[0] for row in thousand])
    classes_text = encoder.encode_texts([row[1] for row in thousand])
    order = np.arange(len(thousand))
    return Figures(
        metrics.text_to_image(texts, images, owner),
        metrics.text_to_image(texts, images[alone], inside),
        metrics.image_to_text(texts, images, owner),
        metrics.image_to_text(texts, images[alone], inside),
        zero_shot,
        metrics.top_k(shown, classes_text, order),
        metrics.top_k(shown, classes_text, order, 5),
        speed,
        text_milliseconds(encoder),
    )


def text_milliseconds(encoder: Encoder, repeats: int = 20) -> float:
    """Median time of one short query."""
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        encoder.encode_texts(["a dog on the beach"])
        times.append(time.perf_counter() - started)
    return float(np.median(times) * 1000)


def table(columns: dict[str, Figures], folders: dict[str, Path]) -> str:
    """A Markdown table, one column an encoder."""
    lines = ["| figure | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]

    def line(title: str, cells: list[str]) -> None:
        lines.append(f"| {title} | " + " | ".join(cells) + " |")

    found = list(columns.values())
    line("caption → photo R@1/5/10, all photos", [str(item.to_photo) for item in found])
    line("the same, coco photos alone", [str(item.to_photo_coco) for item in found])
    line("photo → caption R@1/5/10", [str(item.to_caption) for item in found])
    line("zero-shot top-1, mean of the sets", [f"{item.zero_shot_mean:.1f}" for item in found])
    for name in ZERO_SHOT_SETS:
        line(f"- {name}", [f"{item.zero_shot[name]:.1f}" for item in found])
    line("ImageNet top-1 / 5", [f"{item.imagenet1:.1f} / {item.imagenet5:.1f}" for item in found])
    line("photos/s (decoding included)", [f"{item.photos_a_second:.0f}" for item in found])
    line("one query, ms", [f"{item.text_ms:.1f}" for item in found])
    sizes = [sum(path.stat().st_size for path in folders[name].iterdir()) for name in columns]
    line("size on disk, MB", [f"{size / 1e6:.1f}" for size in sizes])
    return "\n".join(lines)


def compare(folder: Path, data: Path, other: Path | None = None) -> str:
    """The table of `folder` with and without beliefs, and of `other` beside it."""
    columns = {
        "with beliefs": evaluate(FolderEncoder(folder), data),
        "without": evaluate(FolderEncoder(folder, believing=False), data),
    }
    folders = {"with beliefs": folder, "without": folder}
    if other is not None:
        columns[other.name] = evaluate(FolderEncoder(other), data)
        folders[other.name] = other
    return table(columns, folders)

"""`make duplicates-eval`, second part: bursts and unlike photos with equal times, made here; and
how often two unrelated photos of one class are said to be one shot."""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

import numpy as np
from PIL import Image

from bench.indexing import PHOTOS
from photosearch.catalog import pairs, places
from photosearch.library import Library

FRAMES = 3
_CLASSES, _CLASS_SIZE = 6, 60


def write_burst(photo: Path, folder: Path, dice: random.Random, taken: datetime) -> None:
    """FRAMES pictures of one scene: the camera moved and zoomed a little, each with its noise, 0.3
    to 2 seconds apart."""
    folder.mkdir(parents=True, exist_ok=True)
    with Image.open(photo) as opened:
        whole = opened.convert("RGB")
    for number in range(FRAMES):
        zoom = dice.uniform(0.86, 0.94)
        width, height = round(whole.width * zoom), round(whole.height * zoom)
        left = dice.randint(0, whole.width - width)
        top = dice.randint(0, whole.height - height)
        frame = whole.crop((left, top, left + width, top + height)).resize((320, 240))
        noise = np.random.default_rng(dice.randrange(2**32)).normal(0, 6, (240, 320, 3))
        pixels = np.clip(np.asarray(frame, np.float32) + noise, 0, 255).astype(np.uint8)
        _save(Image.fromarray(pixels), folder / f"{number}.jpg", taken)
        taken += timedelta(seconds=dice.uniform(0.3, 2))


def _save(image: Image.Image, file: Path, taken: datetime) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Made", "Camera 1"
    shutter = exif.get_ifd(0x8769)
    shutter[0x9003] = f"{taken:%Y:%m:%d %H:%M:%S}"
    shutter[0x9291] = f"{taken.microsecond // 1000:03}"
    image.save(file, quality=90, exif=exif)


def lay_out(album: Path, folder: Path, count: int) -> None:
    """`count` bursts, and as many groups of unlike photos (of other albums) with equal times."""
    dice = random.Random(17)
    found = sorted(album.rglob("*.jpg"))
    dice.shuffle(found)
    bursts, others = found[:count], found[count : count + FRAMES * count]
    for number, photo in enumerate(bursts):
        taken = datetime(2020, 1, 1) + timedelta(hours=number, milliseconds=dice.randrange(1000))
        write_burst(photo, folder / "burst" / f"{number:03}", dice, taken)
    for number in range(count):
        taken = datetime(2021, 1, 1) + timedelta(hours=number)
        place = folder / "unlike" / f"{number:03}"
        place.mkdir(parents=True, exist_ok=True)
        for photo in others[number * FRAMES : number * FRAMES + FRAMES]:
            with Image.open(photo) as image:
                _save(image.convert("RGB"), place / f"{photo.parent.name}-{photo.name}", taken)


def lay_out_classes(labels: Path, folder: Path) -> None:
    """Photos of the largest classes, a folder each."""
    by_class: dict[str, list[str]] = {}
    for line in labels.read_text().splitlines()[1:]:
        group, path, label = line.split("\t")
        by_class.setdefault(f"{group} {label}", []).append(path)
    largest = sorted(by_class, key=lambda name: (-len(by_class[name]), name))[:8]
    for name in largest:
        for path in sorted(by_class[name])[:_CLASS_SIZE]:
            file = folder / "class" / name.replace("/", "-") / path.replace("/", "-")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes((labels.parent.parent / path).read_bytes())


def lay_out_training(train: Path, folder: Path) -> None:
    """The largest classes of the training photos, whole: many pairs of unrelated photos."""
    by_class: dict[str, list[tuple[str, str]]] = {}
    for line in (train / "index.jsonl").read_text().splitlines():
        row = json.loads(line)
        if "label" in row:
            name = f"{row['set']} {row['label']}"
            by_class.setdefault(name, []).append((row["shard"], row["key"]))
    for name in sorted(by_class, key=lambda name: (-len(by_class[name]), name))[:_CLASSES]:
        place = folder / "class" / f"training {name}"
        place.mkdir(parents=True)
        for shard, keys in groupby(sorted(by_class[name]), key=lambda each: each[0]):
            with tarfile.open(train / shard) as packed:
                for _, key in keys:
                    member = packed.extractfile(key)
                    assert member is not None
                    (place / f"{shard}-{key}").write_bytes(member.read())


def report(library: Path) -> None:
    """Print recall and precision of similar shots, and the false pairs of a million."""
    with Library(library) as opened, opened.catalog.read() as connection:
        said = list(pairs.live_pairs(connection))
        everything = places.paths_of(
            connection, [look.photo_id for look in pairs.looks(connection)]
        )
    groups = {
        photo_id: Path(paths[0].decode()).parts[-3:-1]
        for photo_id, paths in everything.items()
        if paths
    }
    sizes = Counter(groups.values())
    true = Counter[str]()
    for kind in ("burst", "unlike", "class"):
        possible = sum(n * (n - 1) // 2 for group, n in sizes.items() if group[0] == kind)
        within = [
            pair
            for pair in said
            if groups[pair.photo_a] == groups[pair.photo_b] and groups[pair.photo_a][0] == kind
        ]
        true[kind] = len(within)
        kinds = dict(Counter(pair.kind for pair in within))
        print(f"{kind}: {len(within)} of {possible} pairs said, {kinds}")
        if kind == "class" and possible:
            print(f"  {len(within) / possible * 1e6:.0f} of a million")
            for pair in within:
                print("  ", [everything[each][0].decode() for each in (pair.photo_a, pair.photo_b)])
    similar = [pair for pair in said if pair.kind == "similar-shot"]
    right = [pair for pair in similar if groups[pair.photo_a] == groups[pair.photo_b]]
    right = [pair for pair in right if groups[pair.photo_a][0] == "burst"]
    possible = sum(n * (n - 1) // 2 for group, n in sizes.items() if group[0] == "burst")
    precision = len(right) / len(similar) if similar else 1.0
    print(f"similar shots: recall {len(right) / possible:.3f}, precision {precision:.4f}")
    for pair in similar:
        if pair not in right:
            print("false:", [everything[each][0].decode() for each in (pair.photo_a, pair.photo_b)])


def main() -> None:
    """Make the photos, index them, and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, default=PHOTOS)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--work", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = given.work or Path(folder)
        lay_out(given.photos, work / "shots", given.count)
        lay_out_classes(given.photos.parent / "eval" / "labels.tsv", work / "shots")
        lay_out_training(given.photos.parent / "train", work / "shots")
        library = work / "library"
        command = [sys.executable, "-m", "photosearch", "--library", str(library)]
        subprocess.run(
            [*command, "index", str(work / "shots"), "--json"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        report(library)


if __name__ == "__main__":
    main()

"""How fast an album is indexed. Photos are the developers' where they are beside the checkout, else
drawn ones; figures of the two are not comparable."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from PIL import Image

from bench.figure import Figure, figure, median
from photosearch.children import FOR_MODELS

PHOTOS = Path(__file__).parent.parent.parent / "shared" / "data" / "photos"


def index(album: Path, library: Path) -> float:
    """Seconds that the program says an indexing run took."""
    command = [sys.executable, "-m", "photosearch", "--library", str(library)]
    command += ["index", str(album), "--json"]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    done = json.loads(out.splitlines()[-1])
    assert done["failed"] == 0, done
    return float(done["seconds"])


def indexing(work: Path) -> Iterator[Figure]:
    """A first run against bare decoding and encoding of the same photos, one after the other on
    all cores; a second run against the first, and against a bare walk."""
    album = an_album(work)
    files = [str(file) for file in sorted(album.rglob("*.jpg"))]
    first = index(album, work / "library")
    again = statistics.median(index(album, work / "library") for _ in range(3))
    cores = len(os.sched_getaffinity(0))
    with get_context("spawn").Pool(cores) as pool:
        pool.map(_decode, files[:8])  # the children are up
        start = time.perf_counter()
        pool.map(_decode, files, chunksize=32)
        decode = time.perf_counter() - start
    yield figure("second_run", again, "s (bound: a tenth of the first)", first / 10)
    yield figure(
        "second_run_to_walk", again, "s (bound: scandir + stat)", median(bare_walk(album), 5)
    )
    encode = _bare_encode(len(files))
    if encode is not None:
        ceiling = len(files) / (decode + encode)
        yield figure("first_run", len(files) / first, "photos/s", ceiling)


def _decode(file: str) -> None:
    with Image.open(file) as image:
        image.draft("RGB", (256, 256))
        image.load()


def bare_walk(album: Path) -> Callable[[], None]:
    def walk(folder: str) -> None:
        with os.scandir(folder) as listing:
            for item in listing:
                if item.is_dir():
                    walk(item.path)
                else:
                    item.stat()

    return lambda: walk(str(album))


def _bare_encode(photos: int) -> float | None:
    """Seconds for the image tower alone to encode so many ready tensors, in batches of 32."""
    from photosearch.encoders.registry import find_encoder

    folder = find_encoder(None)
    if folder is None:
        return None
    code = (
        "import open_clip, torch, time, sys\n"
        "path, side = sys.argv[1], int(sys.argv[2])\n"
        "model = open_clip.create_model_from_pretrained('local-dir:' + path)[0].eval()\n"
        "pixels = torch.rand(32, 3, side, side)\n"
        "times = []\n"
        "with torch.inference_mode():\n"
        "    for _ in range(12):\n"
        "        start = time.perf_counter(); model.encode_image(pixels)\n"
        "        times.append(time.perf_counter() - start)\n"
        "print(sorted(times[2:])[5])"
    )
    command = [sys.executable, "-c", code, str(folder.path), str(folder.image_side)]
    environment = {**os.environ, **FOR_MODELS}
    out = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return float(out.stdout.splitlines()[-1]) * photos / 32


def an_album(work: Path) -> Path:
    """The developers' photos, or drawn ones in `work`; in folders."""
    return PHOTOS if PHOTOS.is_dir() else _drawn(work / "album", 400)


def _drawn(album: Path, count: int) -> Path:
    if album.is_dir():
        return album
    dice = np.random.default_rng(0)
    for number in range(count):
        file = album / f"{number % 4}" / f"{number}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        coarse = Image.fromarray(dice.integers(0, 256, (12, 16, 3), dtype=np.uint8))
        coarse.resize((1600, 1200), Image.Resampling.BICUBIC).save(file)
    return album

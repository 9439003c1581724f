"""Indexing photos of 12 megapixels against the sum of its parts, each alone on all cores, without
the program's code.

The cores are shared by all parts, so no run can be quicker than one after the other:
ceiling = 1 / (1/decode + 1/encode + 1/rest).
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from PIL import Image

from bench.figure import Figure, figure
from bench.indexing import an_album
from photosearch.children import FOR_MODELS
from photosearch.encoders.registry import EncoderFolder, find_encoder, read_folder

SIDE = 256  # pixels: the shortest side that a 225-pixel encoder and a thumbnail need
SIZE = (4000, 3000)
CORES = len(os.sched_getaffinity(0))


def speed(work: Path) -> Iterator[Figure]:
    """The built-in encoder over 200 photos, an open_clip ViT-B-32 of random weights over 100."""
    album = work / "twelve"
    tile(an_album(work), album, 200)
    files = [str(file) for file in sorted(album.glob("*.jpg"))]
    builtin = find_encoder(None)
    if builtin is not None:
        yield from against_parts("", builtin, files, work)
    vit = read_folder(random_vit(work / "vit-b-32"))
    yield from against_parts("_vit_b_32", vit, files[:100], work)


def against_parts(
    name: str, encoder: EncoderFolder, files: list[str], work: Path
) -> Iterator[Figure]:
    """One end-to-end run of the program, and each part alone just before it."""
    with get_context("spawn").Pool(CORES) as pool:
        pool.map(decode, files[: 2 * CORES])
        decoding = len(files) / _seconds(lambda: pool.map(decode, files, chunksize=4))
        rest = len(files) / (
            _seconds(lambda: pool.map(rest_of, files, chunksize=4)) + insert(work, len(files))
        )
    encoding = bare_encode(encoder)
    run = indexed(encoder, files, work)
    ceiling = 1 / (1 / decoding + 1 / encoding + 1 / rest)
    yield figure(f"decode_alone{name}", decoding, "photos/s", ceiling)
    yield figure(f"encode_alone{name}", encoding, "photos/s", ceiling)
    yield figure(f"rest_alone{name}", rest, "photos/s", ceiling)
    yield figure(f"indexing{name}", run.steady, "photos/s, models loaded", ceiling)
    yield figure(f"indexing_whole_run{name}", run.whole, "photos/s, with the start", ceiling)


@dataclass(frozen=True)
class Run:
    """Photos a second of one run: from the first to the last that was encoded, and from the start
    of the process to its end."""

    steady: float
    whole: float


def indexed(encoder: EncoderFolder, files: list[str], work: Path) -> Run:
    """Index files (by links to them in a folder of their own) into a new library."""
    place = work / f"run-{time.time_ns()}"
    (place / "album").mkdir(parents=True)
    for file in files:
        os.link(file, place / "album" / Path(file).name)
    command = [sys.executable, "-m", "photosearch", "--library", str(place / "library")]
    environment = {**os.environ, "PHOTOSEARCH_ENCODERS": str(encoder.path)}
    begun = time.perf_counter()
    seen: list[tuple[float, int]] = []
    with subprocess.Popen(
        [*command, "index", str(place / "album"), "--json"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as run:
        assert run.stdout is not None
        for line in run.stdout:
            row = json.loads(line)
            if row["event"] == "progress" and row["stage"] == "encode" and row["done"]:
                seen.append((time.perf_counter(), row["done"]))
    assert row["event"] == "done" and row["failed"] == 0 and row["new"] == len(files), row
    whole = time.perf_counter() - begun
    (start, first), (end, last) = seen[0], next(each for each in seen if each[1] == len(files))
    return Run((last - first) / (end - start), len(files) / whole)


def decode(file: str) -> None:
    """Pillow's scaled decode."""
    with Image.open(file) as image:
        image.draft("RGB", (SIDE, SIDE))
        image.load()


def rest_of(file: str) -> None:
    """Reading, hashing, and a thumbnail of a picture of the size that a scaled decode gives."""
    data = Path(file).read_bytes()
    hashlib.blake2b(data, digest_size=32).digest()
    small = Image.effect_noise((SIZE[0] // 8, SIZE[1] // 8), 60).convert("RGB")
    small.thumbnail((320, 320), Image.Resampling.LANCZOS)
    small.save(io.BytesIO(), "JPEG", quality=82)


def insert(work: Path, count: int) -> float:
    """Seconds for so many vectors in one bare insert."""
    rows = [(number, os.urandom(768)) for number in range(count)]
    connection = sqlite3.connect(work / f"bare-{time.time_ns()}.sqlite")
    connection.execute("CREATE TABLE vectors (id INTEGER PRIMARY KEY, vector BLOB)")
    with connection:
        taken = _seconds(lambda: connection.executemany("INSERT INTO vectors VALUES (?, ?)", rows))
    connection.close()
    return taken


def bare_encode(encoder: EncoderFolder) -> float:
    """Photos a second of the image tower alone on ready tensors, at the best of some batch sizes,
    with the allocator's best settings."""
    code = (
        "import open_clip, torch, time, sys\n"
        "path, side = sys.argv[1], int(sys.argv[2])\n"
        "model = open_clip.create_model_from_pretrained('local-dir:' + path)[0].eval()\n"
        "best = 0.0\n"
        "with torch.inference_mode():\n"
        "    for batch in (8, 16, 32, 64):\n"
        "        pixels = torch.rand(batch, 3, side, side)\n"
        "        model.encode_image(pixels)\n"
        "        times = []\n"
        "        for _ in range(5):\n"
        "            start = time.perf_counter(); model.encode_image(pixels)\n"
        "            times.append(time.perf_counter() - start)\n"
        "        best = max(best, batch / sorted(times)[2])\n"
        "print(best)"
    )
    command = [sys.executable, "-c", code, str(encoder.path), str(encoder.image_side)]
    environment = {**os.environ, **FOR_MODELS}
    out = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return float(out.stdout.splitlines()[-1])


def tile(photos: Path, album: Path, count: int) -> None:
    """Write `count` distinct JPEGs of 12 megapixels to `album`, each a wall of real photos."""
    album.mkdir(exist_ok=True)
    sources = [str(file) for file in sorted(photos.rglob("*.jpg"))]
    wanted = [(sources, number, str(album / f"{number:04}.jpg")) for number in range(count)]
    with get_context("spawn").Pool(CORES) as pool:
        pool.starmap(_wall, [each for each in wanted if not Path(each[2]).exists()], chunksize=4)


def _wall(sources: list[str], number: int, to: str) -> None:
    wall = Image.new("RGB", SIZE)
    x = y = height = 0
    place = number * 11
    while y < SIZE[1]:
        with Image.open(sources[place % len(sources)]) as photo:
            part = photo.convert("RGB")
        wall.paste(part, (x, y))
        x, height, place = x + part.width, max(height, part.height), place + 1
        if x >= SIZE[0]:
            x, y, height = 0, y + height, 0
    wall.save(to, quality=90)


def random_vit(path: Path) -> Path:
    """The folder of a ViT-B-32 with random weights."""
    import open_clip
    import torch
    from safetensors.torch import save_file

    path.mkdir(exist_ok=True)
    config = open_clip.get_model_config("ViT-B-32")
    torch.manual_seed(0)
    save_file(open_clip.CLIP(**config).state_dict(), str(path / "open_clip_model.safetensors"))
    (path / "open_clip_config.json").write_text(json.dumps({"model_cfg": config}))
    (path / "encoder.json").write_text(json.dumps({"id": "vit-b-32-random"}))
    return path


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start

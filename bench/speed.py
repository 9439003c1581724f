"""Indexing photos of 12 megapixels against the sum of its parts, each alone on all cores, without
the program's code.

The cores are shared by all parts, so no run can be quicker than one after the other:
ceiling = 1 / (1/decode + 1/encode + 1/rest).
"""

from __future__ import annotations

import functools
import hashlib
import io
import json
import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psutil
from PIL import Image

from bench.figure import Figure, figure
from bench.indexing import an_album
from photosearch.children import FOR_MODELS
from photosearch.encoders.registry import EncoderFolder, find_encoder, read_folder
from photosearch.library import Library

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
    """One end-to-end run of the program, and each part alone just before it; in photos a second,
    and in CPU seconds, which say the same where the machine is not ours alone."""
    with Parts() as parts:
        parts.measure(lambda pool: pool.map(decode, files, chunksize=4))
        decoding = parts.last
        parts.measure(lambda pool: pool.map(rest_of, files, chunksize=4))
        rest = parts.last
    rest = rest.plus(insert(work, len(files)))
    encoding = bare_encode(encoder, len(files))
    start = indexed(encoder, files[: 2 * CORES], work).whole
    run = indexed(encoder, files, work)
    sum_ = decoding.plus(encoding).plus(rest)
    count = len(files)
    for part, cost in (("decode", decoding), ("encode", encoding), ("rest", rest)):
        yield figure(f"{part}_alone{name}", count / cost.wall, "photos/s", count / sum_.wall)
    yield figure(f"indexing{name}", run.steady, "photos/s, once models are up", count / sum_.wall)
    yield figure(
        f"indexing_whole{name}", count / run.whole.wall, "photos/s, with start", count / sum_.wall
    )
    cpu = (run.whole.cpu - start.cpu) * count / (count - 2 * CORES)
    yield figure(f"indexing_cpu{name}", count / cpu, "photos/CPU s, no start", count / sum_.cpu)
    yield figure(f"start_cpu{name}", start.cpu, "CPU s (bound: the sum of parts)", sum_.cpu)


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, and of the processors, of some work on all cores."""

    wall: float
    cpu: float

    def plus(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu)


class Parts:
    """As many processes as there are cores, to measure a part in."""

    def __enter__(self) -> Parts:
        self._pool = get_context("spawn").Pool(CORES)
        self._pool.map(warm_up, range(4 * CORES), chunksize=1)
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.terminate()

    def measure(self, action: Callable[[Any], object]) -> None:
        """What an action costs; `last` then has it."""
        before = self._cpu()
        wall = _seconds(lambda: action(self._pool))
        self.last = Cost(wall, self._cpu() - before)

    def _cpu(self) -> float:
        """Of all processes of the pool."""
        workers = psutil.Process().children()
        return float(sum(sum(worker.cpu_times()[:2]) for worker in workers))


def warm_up(_: int) -> None:
    """What a process loads once."""
    Image.init()
    _ready()
    time.sleep(0.1)


@dataclass(frozen=True)
class Run:
    """`steady`: photos a second from the first to the last that was encoded; `whole`: of the
    process and its children from start to end."""

    steady: float
    whole: Cost


def indexed(encoder: EncoderFolder, files: list[str], work: Path) -> Run:
    """Index files (by links to them in a folder of their own) into a new library, without the
    stages after reading and encoding: the walls share photos, so that each is compared with two
    dozen others, which no album asks for (`bench.grouping` and `bench.tagging` measure those)."""
    place = work / f"run-{time.time_ns()}"
    (place / "album").mkdir(parents=True)
    with Library(place / "library") as library:
        for stage in ("duplicates", "tags"):
            library.switch_stage(stage, False)
    for file in files:
        os.link(file, place / "album" / Path(file).name)
    command = [sys.executable, "-m", "photosearch", "--library", str(place / "library")]
    environment = {**os.environ, "PHOTOSEARCH_ENCODERS": str(encoder.path)}
    begun, cpu = time.perf_counter(), children_cpu()
    seen = [(begun, 0)]
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
    whole = Cost(time.perf_counter() - begun, children_cpu() - cpu)
    (start, first), (end, last) = seen[1], next(each for each in seen if each[1] == len(files))
    return Run((last - first) / max(end - start, 1e-9), whole)


def children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def decode(file: str) -> None:
    """Pillow's scaled decode."""
    with Image.open(file) as image:
        image.draft("RGB", (SIDE, SIDE))
        image.load()


def rest_of(file: str) -> None:
    """Reading, hashing, and a thumbnail of a picture of the size that a scaled decode gives."""
    data = Path(file).read_bytes()
    hashlib.blake2b(data, digest_size=32).digest()
    small = _ready().copy()
    small.thumbnail((320, 320), Image.Resampling.LANCZOS)
    small.save(io.BytesIO(), "JPEG", quality=82)


@functools.cache
def _ready() -> Image.Image:
    return Image.effect_noise((SIZE[0] // 8, SIZE[1] // 8), 60).convert("RGB")


def insert(work: Path, count: int) -> Cost:
    """So many vectors in one bare insert."""
    rows = [(number, os.urandom(768)) for number in range(count)]
    connection = sqlite3.connect(work / f"bare-{time.time_ns()}.sqlite")
    connection.execute("CREATE TABLE vectors (id INTEGER PRIMARY KEY, vector BLOB)")
    cpu = time.process_time()
    with connection:
        wall = _seconds(lambda: connection.executemany("INSERT INTO vectors VALUES (?, ?)", rows))
    cpu = time.process_time() - cpu
    connection.close()
    return Cost(wall, cpu)


def bare_encode(encoder: EncoderFolder, count: int) -> Cost:
    """The image tower alone on ready tensors, at the best of some batch sizes, with the
    allocator's best settings; the median of some batches, for `count` photos."""
    code = (
        "import open_clip, torch, time, sys\n"
        "path, side = sys.argv[1], int(sys.argv[2])\n"
        "model = open_clip.create_model_from_pretrained('local-dir:' + path)[0].eval()\n"
        "found = []\n"
        "with torch.inference_mode():\n"
        "    for batch in (8, 16, 32, 64):\n"
        "        pixels = torch.rand(batch, 3, side, side)\n"
        "        model.encode_image(pixels)\n"
        "        for _ in range(5):\n"
        "            wall, cpu = time.perf_counter(), time.process_time()\n"
        "            model.encode_image(pixels)\n"
        "            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu\n"
        "            found.append((batch, wall / batch, cpu / batch))\n"
        "middle = lambda batch, at: sorted(f[at] for f in found if f[0] == batch)[2]\n"
        "best = min((8, 16, 32, 64), key=lambda batch: middle(batch, 1))\n"
        "print(middle(best, 1), middle(best, 2))"
    )
    command = [sys.executable, "-c", code, str(encoder.path), str(encoder.image_side)]
    environment = {**os.environ, **FOR_MODELS}
    out = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    wall, cpu = map(float, out.stdout.splitlines()[-1].split())
    return Cost(wall * count, cpu * count)


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

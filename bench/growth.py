"""Whether a photo costs as much among 50,000 as among 5,000, and whether memory grows.

The photos are small and made: coarse colours of chance, each a picture of its own, so that none is
more like another the more there are. The encoder is a small network with random weights and a
classifier (as the built-in one has), since what is measured is the catalog and the stages around
the model, not the model. To such a network all pictures look alike, so duplicates are not looked
for: how that grows is what `bench.grouping` measures.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import psutil
from PIL import Image

from bench.figure import Figure, figure
from bench.speed import CORES, children_cpu
from photosearch.library import Library
from tests.believer import make_believer

FEW, SOME, MANY = 5_000, 10_000, 50_000
_PER_FOLDER = 500
_LOOK = 1.0  # seconds between two looks at the memory


def growth(work: Path) -> Iterator[Figure]:
    """CPU seconds a photo of 50,000 against 5,000; memory after 50,000 against 10,000."""
    encoder = work / "believer"
    encoder.mkdir()
    make_believer(encoder)
    few, some, many = (indexed(work, encoder, count) for count in (FEW, SOME, MANY))
    yield figure("cpu_a_photo", many.cpu / MANY * 1e3, "ms of 50,000 (5,000)", few.cpu / FEW * 1e3)
    for name in many.stages:
        both = many.stages[name] / MANY * 1e3, few.stages.get(name, 0.0) / FEW * 1e3
        yield figure(f"  {name}", both[0], "ms of 50,000, by the clock (5,000)", both[1] or 1e-9)
    yield figure("memory", many.memory / 1e6, "MB after 50,000 (10,000)", some.memory / 1e6)
    yield figure("memory_peak", many.peak / 1e6, "MB of 50,000 (10,000)", some.peak / 1e6)


@dataclass(frozen=True)
class Run:
    """`cpu`: seconds of the process and its children; `memory`: bytes resident in the process at
    its end, and at its `peak`, both less those of the vector indexes; `stages`: seconds by the
    clock from the end of the one before."""

    cpu: float
    memory: int
    peak: int
    stages: dict[str, float]


def indexed(work: Path, encoder: Path, count: int) -> Run:
    """Index so many photos into a new library."""
    album = work / f"small-{count}"
    draw_all(album, count)
    library = work / f"library-{count}"
    with Library(library) as opened:
        opened.switch_stage("duplicates", False)
    command = [sys.executable, "-m", "photosearch", "--library", str(library)]
    environment = {**os.environ, "PHOTOSEARCH_ENCODERS": str(encoder)}
    environment["PHOTOSEARCH_RESOURCES"] = str(_without_encoders(work))
    cpu, peak, resident, looked = children_cpu(), 0, 0, 0.0
    stages: dict[str, float] = {}
    before = time.monotonic()
    with subprocess.Popen(
        [*command, "index", str(album), "--json"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as run:
        assert run.stdout is not None
        process = psutil.Process(run.pid)
        for line in run.stdout:
            row = json.loads(line)
            now = time.monotonic()
            if row["event"] == "progress":
                stages[row["stage"]] = stages.get(row["stage"], 0.0) + now - before
                before = now
            if now - looked > _LOOK or row["event"] == "done":
                looked, resident = now, process.memory_info().rss
                peak = max(peak, resident)
    assert row["event"] == "done" and row["failed"] == 0 and row["new"] == count, row
    saved = (library / "vectors").glob("*.*s")
    index = sum(file.stat().st_size for file in saved if file.suffix in (".faiss", ".ids"))
    return Run(children_cpu() - cpu, resident - index, peak - index, stages)


def draw_all(album: Path, count: int) -> None:
    """`count` small JPEGs in `album`, in folders."""
    for number in range(0, count, _PER_FOLDER):
        (album / f"{number // _PER_FOLDER:03}").mkdir(parents=True, exist_ok=True)
    wanted = [
        (number, str(album / f"{number // _PER_FOLDER:03}/{number}.jpg")) for number in range(count)
    ]
    with get_context("spawn").Pool(CORES) as pool:
        pool.starmap(_draw, wanted, chunksize=200)


def _draw(number: int, to: str) -> None:
    dice = np.random.default_rng(number)
    coarse = Image.fromarray(dice.integers(0, 256, (6, 8, 3), dtype=np.uint8))
    coarse.resize((160, 120), Image.Resampling.BICUBIC).save(to, quality=80)


def _without_encoders(work: Path) -> Path:
    """What ships with the program, but for its encoders."""
    folder = work / "resources"
    folder.mkdir(exist_ok=True)
    for file in (Path(__file__).parent.parent / "resources").iterdir():
        if file.name != "encoders" and not (folder / file.name).exists():
            (folder / file.name).symlink_to(file)
    return folder

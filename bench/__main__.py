"""`make bench`: measure, print, and write bench.json; `python -m bench NAME` only one part."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from bench.asking import asking
from bench.engine import engine
from bench.explaining import explaining
from bench.figure import Figure, figure, median
from bench.grouping import grouping
from bench.growth import growth
from bench.indexers import indexers
from bench.indexing import indexing
from bench.rescan import rescan
from bench.reviewing import reviewing
from bench.searching import searching
from bench.shared import shared
from bench.speed import speed
from bench.tagging import tagging
from bench.watching import watching
from bench.window import window


def start_up(_: Path) -> Iterator[Figure]:
    """`photosearch --help` beyond the start of bare Python; the bound is half a second."""

    def run(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)

    bare = median(run("-c", "pass"), 9)
    help_ = median(run("-m", "photosearch", "--help"), 9)
    yield figure("help_beyond_bare_python", max(help_ - bare, 0.0), "s", 0.5)


def main() -> None:
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        parts = (
            *(start_up, indexing, speed, rescan, growth, searching, asking, shared, indexers),
            *(explaining, engine, window, grouping, reviewing, tagging, watching),
        )
        wanted = sys.argv[1:] or [part.__name__ for part in parts]
        for part in (each(work) for each in parts if each.__name__ in wanted):
            for found in part:
                print(
                    f"{found.name:28} {found.value:10.4g} {found.unit:34}"
                    f" bound {found.bound:8.4g}  ratio {found.ratio:6.3f}",
                    flush=True,
                )
                figures.append(asdict(found))
    Path("bench.json").write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()

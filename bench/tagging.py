"""How fast a folder that is in no library is tagged, beside the encoder alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure, figure
from bench.indexing import an_album
from bench.speed import bare_encode
from photosearch.encoders.registry import find_encoder


def tagging(work: Path) -> Iterator[Figure]:
    """`photosearch tag FOLDER --csv` from start to end, against the image tower alone on ready
    tensors just before and just after; and once more, when all is known, against the first."""
    encoder = find_encoder(None)
    if encoder is None:
        return
    album = an_album(work)
    count = sum(1 for _ in album.rglob("*.jpg"))
    before = bare_encode(encoder, count).wall
    first = tag(album, work, count)
    bare = (before + bare_encode(encoder, count).wall) / 2
    yield figure("tag_folder", count / first, "photos/s (bound: bare encoder)", count / bare)
    again = tag(album, work, count)
    yield figure("tag_folder_again", again, "s (bound: a tenth of the first)", first / 10)


def tag(album: Path, work: Path, count: int) -> float:
    """Seconds of the command; what it keeps of photos in no library is in `work`."""
    sheet = work / "tags.csv"
    command = [sys.executable, "-m", "photosearch", "tag", str(album), "--csv", str(sheet)]
    places = {"PHOTOSEARCH_DATA": str(work / "data")}
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **places})
    seconds = time.perf_counter() - start
    named = {line.partition(",")[0] for line in sheet.read_text("utf-8").splitlines()[1:]}
    assert len(named) >= count, (len(named), count)
    return seconds

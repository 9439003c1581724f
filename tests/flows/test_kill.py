"""The plug is pulled: an indexing run killed at random moments, in every stage, by its process
group or its parent alone, goes on to hold what an uninterrupted run holds."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import psutil
import pytest

from photosearch.catalog.embeddings import StoredVectors
from photosearch.library import Library
from tests.conftest import draw

# Each stage, in both ways; `make soak` asks for more.
KILLS = int(os.environ.get("PHOTOSEARCH_TEST_KILLS", "8"))
SEED = os.environ.get("PHOTOSEARCH_TEST_SEED", "1")
PHOTOS = 24 * KILLS
STAGES = ("read", "encode", "scan", "index")


def start(library: Path, album: Path, mark: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "photosearch", "--library", library, "index", album, "--json"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        env={**os.environ, "PHOTOSEARCH_TEST_MARK": mark, "PHOTOSEARCH_ENCODE_BATCH": "8"},
    )


def marked(mark: str) -> list[psutil.Process]:
    """Every process that was started by a run with this mark."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("PHOTOSEARCH_TEST_MARK") == mark:
                found.append(process)
        except psutil.Error:
            continue
    return found


def run_and_kill(run: subprocess.Popen[str], stage: str, rows: int, group: bool) -> str | None:
    """Let it print `rows` rows of `stage` progress, then kill it; the stage of its last row, or
    None where it was done before."""
    last = None
    assert run.stdout is not None
    for line in run.stdout:
        row = json.loads(line)
        if row["event"] == "done":
            last = None
            break
        if row["event"] != "progress":
            continue
        last = row["stage"]
        rows -= last == stage
        if rows <= 0:
            break
    if group:
        os.killpg(run.pid, signal.SIGKILL)
    else:
        run.kill()
    run.wait()
    run.stdout.close()
    return last


def vectors_of(library: Library) -> dict[bytes, np.ndarray]:
    with library.catalog.read() as connection:
        rows = connection.exec_driver_sql("SELECT id, hash FROM photos").all()
        names = {row[0]: row[1] for row in rows}
    found: dict[bytes, np.ndarray] = {}
    for _, ids, blob in StoredVectors(library.catalog, "tiny").after(0):
        matrix = np.frombuffer(blob, "<f2").reshape(len(ids), -1).astype(np.float32)
        found |= {names[photo]: row for photo, row in zip(ids, matrix, strict=True)}
    return found


@pytest.mark.usefixtures("with_encoder")
def test_killed_many_times_it_ends_as_if_never_killed(tmp_path: Path) -> None:
    dice = random.Random(SEED)
    album = tmp_path / "album"
    for number in range(PHOTOS):
        file = album / f"{number % 5}" / f"{number}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        draw(number, (96, 72)).save(file)
    (album / "0" / "bad.jpg").write_text("no picture")
    hit = []
    for kill in range(KILLS):
        mark = f"{tmp_path}-{kill}"
        stage = STAGES[kill % len(STAGES)]
        if stage == "index":  # a lost cache, so that there is an index to make
            shutil.rmtree(tmp_path / "killed" / "vectors", ignore_errors=True)
        run = start(tmp_path / "killed", album, mark)
        hit.append(run_and_kill(run, stage, dice.randint(1, 3), group=kill // len(STAGES) % 2 == 0))
        _, left = psutil.wait_procs(marked(mark), timeout=5)
        assert not left, f"kill {kill}: {left} outlived the run"
    assert len(set(hit) - {None}) >= 3, hit
    runs = [start(tmp_path / name, album, "last") for name in ("killed", "whole")]
    for run in runs:
        out, _ = run.communicate()
        done = json.loads(out.splitlines()[-1])
        assert (done["event"], done["seen"], done["failed"]) == ("done", PHOTOS + 1, 1)
    with Library(tmp_path / "killed") as killed, Library(tmp_path / "whole") as whole:
        assert killed.digest() == whole.digest()
        mine, theirs = vectors_of(killed), vectors_of(whole)
        assert mine.keys() == theirs.keys() and len(mine) == PHOTOS
        for photo, vector in mine.items():
            other = theirs[photo]
            cosine = vector @ other / np.linalg.norm(vector) / np.linalg.norm(other)
            assert cosine >= 0.9999
        assert killed.catalog.integrity() == []

"""The plug is pulled while a folder is tagged: run again, it gives the table of a whole run."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import draw
from tests.flows.test_kill import KILLS, SEED

PHOTOS = 48


def start(album: Path, sheet: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "photosearch", "tag", album, "--csv", sheet],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "PHOTOSEARCH_DATA": str(sheet.parent), "PHOTOSEARCH_ENCODE_BATCH": "8"},
    )


def vectors_in(folder: Path) -> int:
    """How many rows of numbers are committed in the library that the command keeps."""
    for catalog in folder.glob("tagging/*/catalog.sqlite"):
        try:
            with closing(sqlite3.connect(f"file:{catalog}?mode=ro", uri=True)) as connection:
                return int(connection.execute("SELECT count(*) FROM vectors").fetchone()[0])
        except sqlite3.Error:  # it is being made
            break
    return 0


@pytest.mark.usefixtures("with_builtin")
def test_a_killed_run_goes_on_to_the_same_table(tmp_path: Path) -> None:
    dice = random.Random(SEED)
    album, whole, killed = (tmp_path / name for name in ("album", "whole", "killed"))
    for folder in (album, whole, killed):
        folder.mkdir()
    for number in range(PHOTOS):
        draw(number, (96, 72)).save(album / f"{number:02}.jpg")
    assert start(album, whole / "tags.csv").wait() == 0
    expected = (whole / "tags.csv").read_bytes()
    assert expected.count(b".jpg") >= PHOTOS
    for number in range(max(2, KILLS // 5)):
        wanted = vectors_in(killed) + dice.randint(0, PHOTOS)
        run = start(album, killed / "tags.csv")
        while run.poll() is None and vectors_in(killed) <= wanted:
            try:
                run.wait(0.01)
            except subprocess.TimeoutExpired:
                continue
        if run.returncode is None:  # else it was done before
            if number % 2:
                os.killpg(run.pid, signal.SIGKILL)
            else:
                run.kill()
        run.wait()
        if run.returncode == 0:
            assert (killed / "tags.csv").read_bytes() == expected
            shutil.rmtree(killed / "tagging")
    assert start(album, killed / "tags.csv").wait() == 0
    assert (killed / "tags.csv").read_bytes() == expected

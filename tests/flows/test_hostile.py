"""Hostile files through a whole run: none ends it, each is indexed or listed with its reason.
`make soak` takes all 6,746; the suite every hundredth."""

from __future__ import annotations

import os
import tarfile
import threading
import time
from pathlib import Path

import pytest

from photosearch.library import Library
from photosearch.media.suffixes import SUFFIXES
from photosearch.progress import Done

SOAK = bool(os.environ.get("PHOTOSEARCH_TEST_SOAK"))


@pytest.mark.usefixtures("children_end")
def test_every_hostile_file_is_indexed_or_listed(shared_data: Path, tmp_path: Path) -> None:
    album = tmp_path / "album"
    with tarfile.open(shared_data / "corrupt.tar.xz") as archive:
        members = [member for member in archive if member.isfile()]
        wanted = members if SOAK else members[::100]
        archive.extractall(album, wanted, filter="data")
    files = {
        os.fsencode(file)
        for file in album.rglob("*")
        if file.is_file() and os.path.splitext(os.fsencode(file.name))[1].lower() in SUFFIXES
    }
    with Library(tmp_path / "library") as library:
        done = list(library.index([album]))[-1]
        assert isinstance(done, Done)
        with library.catalog.read() as connection:
            shown = connection.exec_driver_sql(
                "SELECT roots.path, folders.path, files.name FROM files"
                " JOIN folders ON folders.id = folder_id JOIN roots ON roots.id = root_id"
                " JOIN photos ON photos.id = photo_id"
                " WHERE photos.width IS NOT NULL AND problem IS NULL"
            ).all()
        read = {b"/".join(part for part in row if part) for row in shown}
        listed = {problem.path for problem in library.problems()}
        assert all(problem.reason for problem in library.problems())
        hidden = {path for path in files if any(p.startswith(b".") for p in path.split(b"/"))}
        assert files - hidden <= read | listed
        assert len(listed) == done.failed


@pytest.mark.usefixtures("children_end")
def test_a_database_that_another_process_locks_is_waited_for(album: Path, tmp_path: Path) -> None:
    with Library(tmp_path / "library") as library, Library(tmp_path / "library") as other:
        held, let_go = threading.Event(), threading.Event()

        def hold() -> None:
            with other.catalog.write():
                held.set()
                let_go.wait(60)
                time.sleep(10 if SOAK else 0.5)  # the lock's own length, nothing is awaited by it

        holder = threading.Thread(target=hold)
        events = library.index([album])
        next(events)
        holder.start()
        held.wait(60)
        let_go.set()
        done = list(events)[-1]
        holder.join()
        assert isinstance(done, Done) and (done.new, done.failed) == (6, 0)

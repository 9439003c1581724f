"""Companions: kept in step with what the scans and the readings find, whatever their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from photosearch.catalog.curate import add_root, rate
from photosearch.catalog.database import Catalog, open_catalog
from photosearch.catalog.items import companions, settle
from photosearch.catalog.places import Changes, apply_changes, compare_folder, known_folders
from photosearch.catalog.schema import files, photos
from photosearch.media.beside import stills
from tests.catalog.rows import ALBUM, Entry, content, record, rolled_back, root_id, stars
from tests.postgres import Keeping

NAMES = ("a.jpg", "A.heic", "a.cr2", "a.dng", "b.jpg", "b.cr2")
DATES = (None, "2020-01-01T10:00:00", "2020-01-01T10:00:01", "2020-01-01")


@dataclass
class Album:
    """A folder on a disk, and the catalog that follows it."""

    connection: Connection
    there: dict[str, int] = field(default_factory=dict)  # what was last written to each file

    def scan(self) -> None:
        beside = stills([name.encode() for name in self.there])
        entries = [
            Entry(name.encode(), mtime_ns=version, still=beside.get(name.encode()))
            for name, version in sorted(self.there.items())
        ]
        root = root_id(self.connection)
        known = known_folders(self.connection, root)
        changes = Changes()
        compare_folder(self.connection, known.get(b""), b"", entries, changes)
        apply_changes(self.connection, root, known, changes)
        settle(self.connection, changes.of_known())

    def read(self, name: str, taken_at: str | None, width: int | None) -> None:
        row = self.connection.execute(select(files).where(files.c.name == name.encode())).first()
        if row is None or row.missing_since is not None:
            return
        holds = f"{name} {taken_at} {width}"
        dated = {"taken_at": taken_at, "taken_source": "shutter"}
        record(self.connection, row.id, holds, turned=(), width=width, **dated)
        settle(self.connection, [row.id])


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, str, int, str | None, int | None]:
    """What happens to a file: written, gone, or read to hold something."""
    what = draw(st.sampled_from(["write", "write", "read", "read", "read", "lose"]))
    return (
        *(what, draw(st.sampled_from(NAMES)), draw(st.integers(1, 3))),
        *(draw(st.sampled_from(DATES)), draw(st.sampled_from([None, 4, 4]))),
    )


def expected(connection: Connection, there: dict[str, int]) -> dict[bytes, int]:
    """The photo in the picture to which each RAW belongs, by the rule itself."""
    rows = {
        row.name: row
        for row in connection.execute(
            select(files.c.name, photos).join(photos, photos.c.id == files.c.photo_id)
        )
    }
    found = {}
    for raw, still in stills([name.encode() for name in there]).items():
        if raw not in rows or still not in rows or rows[still].width is None:
            continue
        times = {each for each in (rows[raw].taken_at, rows[still].taken_at) if each}
        if len([each for each in times if len(each) == len("2020-01-01T10:00:00")]) < 2:
            found[raw] = rows[still].id
    return found


@pytest.fixture(scope="module")
def shared(kept_in: Keeping, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    """A catalog for many examples, each of which leaves nothing behind."""
    catalog = open_catalog(kept_in(tmp_path_factory.mktemp("items")))
    with catalog.write() as connection:
        add_root(connection, ALBUM)
    yield catalog
    catalog.close()


@given(taken=st.lists(steps(), max_size=20))
def test_it_does_not_matter_what_came_first(
    shared: Catalog, taken: list[tuple[str, str, int, str | None, int | None]]
) -> None:
    with rolled_back(shared) as connection:
        album = Album(connection)
        for what, name, version, date, width in taken:
            if what == "read":
                album.read(name, date, width)
                continue
            if what == "write":
                album.there[name] = version
            else:
                album.there.pop(name, None)
            album.scan()
        rows = connection.execute(
            select(files.c.name, files.c.companion_of).where(
                files.c.companion_of.is_not(None), files.c.missing_since.is_(None)
            )
        )
        wanted = expected(connection, album.there)
        assert {row.name: row.companion_of for row in rows} == wanted
        listed = companions(connection, wanted.values())
        assert {each.path.rpartition(b"/")[2] for each in listed} == wanted.keys()


def test_words_go_over_and_come_back(connection: Connection) -> None:
    album = Album(connection, {"a.jpg": 1, "a.cr2": 1})
    album.scan()
    for name in album.there:
        album.read(name, None, 4)
    jpeg, raw = (content(f"{name} None 4") for name in album.there)
    rate(connection, [jpeg], 5, "a")
    assert stars(connection) == {jpeg.hex(): 5}
    del album.there["a.jpg"]
    album.scan()
    assert stars(connection) == {jpeg.hex(): 5, raw.hex(): 5}
    album.there["a.jpg"] = 1
    album.scan()
    rate(connection, [jpeg], 0, "a")
    del album.there["a.jpg"]
    album.scan()
    assert stars(connection) == {}, "what was taken back stays taken back"

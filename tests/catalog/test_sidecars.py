"""Sidecars in the catalog: noticed by themselves, and only the metadata stage runs for them."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, select

from photosearch.catalog.curate import remove_root
from photosearch.catalog.facts import record_metadata, sidecars_of
from photosearch.catalog.outcomes import DONE, Outcome, Stage, photos_lacking, set_outcomes
from photosearch.catalog.places import Changes, apply_changes, compare_folder, known_folders
from photosearch.catalog.schema import files, outcomes, photos, tags
from photosearch.catalog.sidecars import METADATA, Sidecar
from tests.catalog.rows import ALBUM, Entry, put, record, root_id

STAGES = [Stage("content", "1"), Stage(METADATA, "1")]
XMP = Sidecar(b"a.xmp", 10, 20)


def scan(connection: Connection, *entries: Entry, whole: bool = True) -> Changes:
    """The album's own folder was listed so."""
    root = root_id(connection)
    known = known_folders(connection, root)
    changes = Changes()
    compare_folder(connection, known.get(b""), b"", entries, changes, whole=whole)
    apply_changes(connection, root, known, changes)
    return changes


def finish(connection: Connection, file: bytes = b"a", holds: str = "a") -> int:
    """The file was read, and both stages were run for its photo."""
    file_id = connection.execute(select(files.c.id).where(files.c.name == file)).scalar_one()
    photo_id = record(connection, file_id, holds, width=1)
    set_outcomes(connection, [Outcome(photo_id, stage, DONE) for stage in STAGES])
    return photo_id


def stages_done(connection: Connection) -> set[str]:
    return set(connection.scalars(select(outcomes.c.stage)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, XMP),
        (XMP, None),
        (XMP, Sidecar(b"a.xmp", 11, 20)),
        (XMP, Sidecar(b"a.xmp", 10, 21)),
        (XMP, Sidecar(b"a.jpg.xmp", 10, 20)),
    ],
)
def test_a_sidecar_that_differs_runs_the_metadata_stage_alone(
    connection: Connection, before: Sidecar | None, after: Sidecar | None
) -> None:
    scan(connection, Entry(b"a", sidecar=before))
    photo_id = finish(connection)
    changes = scan(connection, Entry(b"a", sidecar=after))
    assert (len(changes), len(changes.sidecars)) == (1, 1)
    assert stages_done(connection) == {"content"}
    (work,) = photos_lacking(connection, STAGES, [root_id(connection)], 0, 10)
    assert (work.photo_id, work.lacks) == (photo_id, frozenset({METADATA}))
    assert work.sidecars == (() if after is None else (ALBUM + b"/" + after.name,))
    assert len(scan(connection, Entry(b"a", sidecar=after))) == 0


def test_a_folder_that_was_not_listed_whole_loses_no_sidecar(connection: Connection) -> None:
    scan(connection, Entry(b"a", sidecar=XMP))
    finish(connection)
    assert len(scan(connection, Entry(b"a"), whole=False)) == 0
    assert stages_done(connection) == {"content", METADATA}
    changed = Sidecar(b"a.xmp", 11, 20)
    assert len(scan(connection, Entry(b"a", sidecar=changed), whole=False)) == 1


def test_a_copy_with_a_sidecar_that_goes_and_comes_back_has_its_say_again(
    connection: Connection,
) -> None:
    scan(connection, Entry(b"a"), Entry(b"b", sidecar=XMP))
    finish(connection)
    photo_id = finish(connection, b"b")
    for listed, said in (((Entry(b"a"),), 0), ((Entry(b"a"), Entry(b"b", sidecar=XMP)), 1)):
        scan(connection, *listed)
        assert stages_done(connection) == {"content"}
        assert len(sidecars_of(connection, [photo_id]).get(photo_id, [])) == said
        finish(connection)


def test_a_file_without_a_sidecar_that_goes_changes_no_metadata(connection: Connection) -> None:
    scan(connection, Entry(b"a"), Entry(b"b"))
    finish(connection)
    finish(connection, b"b")
    scan(connection, Entry(b"a"))
    assert stages_done(connection) == {"content", METADATA}


def test_sidecars_of_a_photo_are_those_of_its_files_that_are_there(connection: Connection) -> None:
    photo_id = put(connection, ALBUM + b"/none", "a")
    scan(
        connection,
        *(Entry(b"none"), Entry(b"a", sidecar=XMP), Entry(b"a2", sidecar=XMP)),
        Entry(b"b", sidecar=Sidecar(b"b.xmp", 1, 2)),
    )
    for name in (b"a", b"a2", b"b"):
        finish(connection, name)
    first, second = (ALBUM + b"/a.xmp", 10, 20), (ALBUM + b"/b.xmp", 1, 2)
    assert sidecars_of(connection, [photo_id]) == {photo_id: [first, second]}
    remove_root(connection, ALBUM)
    assert sidecars_of(connection, [photo_id]) == {}


def test_keywords_take_the_place_of_those_from_before_and_of_no_other_tags(
    connection: Connection,
) -> None:
    photo_id = put(connection, ALBUM + b"/a", "a")
    connection.execute(
        tags.insert().values(photo_id=photo_id, name="cat", source="classifier", confidence=0.5)
    )
    record_metadata(connection, photo_id, {"caption": "one"}, ["cat", "dog", "dog"])
    record_metadata(connection, photo_id, {"caption": "two"}, ["cat", "sea"])
    found = connection.execute(select(tags.c.name, tags.c.source).order_by(tags.c.source)).all()
    assert {tuple(row) for row in found} == {
        *(("cat", "classifier"), ("cat", "file"), ("sea", "file")),
    }
    assert connection.scalar(select(photos.c.caption)) == "two"

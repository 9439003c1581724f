"""The metadata stage: facts in the catalog, sidecars that come, change and go, and nothing else
done again for them."""

from __future__ import annotations

import dataclasses
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from photosearch.catalog.schema import files, outcomes, photos, tags, vectors
from photosearch.indexing.pipeline import Pipeline
from photosearch.library import Library
from photosearch.media.facts import Metadata
from photosearch.media.read import Reading
from photosearch.progress import Done, FileFailed
from tests.conftest import draw
from tests.seeded import Seeded, packet, seed_album

JOBS = "photosearch.indexing.pipeline._job"


@pytest.fixture
def library(tmp_path: Path, children_end: None) -> Iterator[Library]:
    with Library(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """One photo in a folder of its own, without a word in it."""
    file = tmp_path / "album" / "a.jpg"
    file.parent.mkdir()
    draw(1).save(file)
    return file


def index(library: Library, *folders: Path) -> Done:
    done = list(library.index(list(folders)))[-1]
    assert isinstance(done, Done)
    return done


def problems(library: Library, *folders: Path) -> list[str]:
    return [e.reason for e in library.index(list(folders)) if isinstance(e, FileFailed)]


def say(sidecar: Path, caption: str = "", *keywords: str) -> None:
    """Write a sidecar; each time with another time than before."""
    before = sidecar.stat().st_mtime_ns if sidecar.exists() else 0
    sidecar.write_bytes(packet(Metadata(title="", caption=caption, keywords=keywords)))
    if before:
        os.utime(sidecar, ns=(before + 10**9, before + 10**9))


def captions(library: Library) -> list[str | None]:
    with library.catalog.read() as connection:
        return list(connection.scalars(select(photos.c.caption).order_by(photos.c.id)))


def keywords(library: Library) -> list[str]:
    with library.catalog.read() as connection:
        query = select(tags.c.name).where(tags.c.source == "file").order_by(tags.c.name)
        return list(connection.scalars(query))


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each file that is read from here on, whether its picture is decoded."""
    from photosearch.indexing import pipeline

    found: list[bool] = []
    make = pipeline._job

    def counted(work: object) -> object:
        job = make(work)  # type: ignore[arg-type]
        found.append(job.decoded)
        return job

    monkeypatch.setattr(JOBS, counted)
    return found


# --- the seeded album ---


def photos_for(tmp_path: Path, request: pytest.FixtureRequest) -> list[Path]:
    """Real photos where there are some, else drawn ones."""
    try:
        album = Path(request.getfixturevalue("shared_data")) / "photos"
        return sorted(album.rglob("*.jpg"))[:80]
    except pytest.skip.Exception:
        drawn = [tmp_path / f"{number}.jpg" for number in range(60)]
        for number, file in enumerate(drawn):
            draw(number).save(file)
        return drawn


def read_back(library: Library, seeded: Seeded) -> tuple[Metadata, str, str]:
    """What the catalog says of a photo, and its city and country."""
    names = [field.name for field in dataclasses.fields(Metadata) if field.name != "keywords"]
    with library.catalog.read() as connection:
        found = connection.execute(
            select(photos)
            .join(files, files.c.photo_id == photos.c.id)
            .where(files.c.name == os.fsencode(seeded.file.name))
        ).one()
        query = select(tags.c.name).where(tags.c.photo_id == found.id, tags.c.source == "file")
        said = {name: getattr(found, name) for name in names}
        words = tuple(connection.scalars(query.order_by(tags.c.name)))
    city, country = said.pop("city"), said.pop("country")
    said.pop("region")
    return Metadata(**said, keywords=words), city, country


def test_a_seeded_album_is_read_back_fact_by_fact(
    library: Library, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    album = seed_album(tmp_path / "album", photos_for(tmp_path, request))
    done = index(library, tmp_path / "album")
    assert (done.seen, done.new, done.failed) == (len(album), len(album), 0)
    for seeded in album:
        assert read_back(library, seeded) == (seeded.said, seeded.city, seeded.country)
    years = {seeded.said.taken_at[:4] for seeded in album if seeded.said.taken_at}
    assert len(years) == 20


# --- sidecars ---


def test_a_sidecar_that_changes_runs_the_metadata_stage_alone(
    library: Library, photo: Path, with_encoder: Path, jobs: list[bool]
) -> None:
    say(photo.with_suffix(".xmp"), "first", "one")
    index(library, photo.parent)
    assert (captions(library), keywords(library), jobs) == (["first"], ["one"], [True])
    with library.catalog.read() as connection:
        before = connection.execute(select(vectors)).all()
    say(photo.with_suffix(".xmp"), "second", "two", "three")
    assert index(library).new == 0
    assert (captions(library), keywords(library)) == (["second"], ["three", "two"])
    assert jobs == [True, False]  # read, but not decoded
    with library.catalog.read() as connection:
        assert connection.execute(select(vectors)).all() == before
    index(library)
    assert jobs == [True, False]


def test_a_sidecar_that_comes_and_goes_is_noticed(library: Library, photo: Path) -> None:
    index(library, photo.parent)
    assert captions(library) == [None]
    sidecar = photo.with_name("a.jpg.xmp")
    say(sidecar, "here", "one")
    index(library)
    assert (captions(library), keywords(library)) == (["here"], ["one"])
    sidecar.unlink()
    index(library)
    assert (captions(library), keywords(library)) == ([None], [])


def test_the_sidecar_of_the_very_file_goes_before_the_one_of_the_shot(
    library: Library, photo: Path
) -> None:
    say(photo.with_suffix(".xmp"), "of the shot")
    index(library, photo.parent)
    assert captions(library) == ["of the shot"]
    say(photo.with_name("a.jpg.xmp"), "of the file")
    index(library)
    assert captions(library) == ["of the file"]


def test_a_user_s_tag_stays_when_a_keyword_of_that_name_goes(library: Library, photo: Path) -> None:
    say(photo.with_suffix(".xmp"), "", "one")
    index(library, photo.parent)
    library.tag(photo, "one")
    say(photo.with_suffix(".xmp"), "")
    index(library)
    assert keywords(library) == []
    row = library.photo_rows(library.photos())[0]
    assert row.tags == ("one",)


@pytest.mark.parametrize("order", ["together", "one by one", "the other way"])
def test_two_copies_with_sidecars_of_their_own_say_the_same_in_any_order(
    library: Library, photo: Path, order: str
) -> None:
    copy = photo.with_name("b.jpg")
    both = [photo, copy] if order == "one by one" else [copy, photo]
    shutil.copy(photo, photo.with_name("bytes"))
    photo.unlink()
    for number, file in enumerate(both):
        shutil.copy(file.with_name("bytes"), file)
        say(file.with_suffix(".xmp"), f"of {file.name}", file.name)
        if order != "together" or number == 1:
            index(library, photo.parent)
    assert captions(library) == ["of a.jpg"]
    assert keywords(library) == ["a.jpg"]
    photo.unlink()  # what only the other copy says is what remains
    index(library)
    assert (captions(library), keywords(library)) == (["of b.jpg"], ["b.jpg"])
    assert index(library).new == 0


def test_a_library_of_before_is_filled_without_doing_the_dear_things_again(
    library: Library, photo: Path, with_encoder: Path, jobs: list[bool]
) -> None:
    say(photo.with_suffix(".xmp"), "words", "one")
    index(library, photo.parent)
    whole = library.digest()
    with library.catalog.write() as connection:  # as version 1 and its migration leave it
        before = connection.execute(select(vectors)).all()
        connection.execute(outcomes.delete().where(outcomes.c.stage == "metadata"))
        connection.execute(
            outcomes.update().where(outcomes.c.stage == "content").values(version="1")
        )
        connection.execute(photos.update().values(caption=None, orientation=None, title=None))
        connection.execute(files.update().values(sidecar=None, sidecar_size=None))
        connection.execute(tags.delete())
    assert library.digest() != whole
    assert index(library).new == 0
    assert library.digest() == whole
    with library.catalog.read() as connection:
        assert connection.execute(select(vectors)).all() == before
    assert jobs == [True, True]


BOMB = b"""<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>
<x:xmpmeta xmlns:x='adobe:ns:meta/'>&b;</x:xmpmeta>"""


@pytest.mark.parametrize("content", [BOMB, b"<a><b>", b"\xff\xd8\xff", b"<a>" * 100_000])
def test_a_sidecar_that_cannot_be_used_is_a_problem_and_stops_nothing(
    library: Library, photo: Path, content: bytes
) -> None:
    photo.with_suffix(".xmp").write_bytes(content)
    (reason,) = problems(library, photo.parent)
    assert reason.startswith("its sidecar a.xmp cannot be used: it ")
    assert len(library.photos()) == 1
    say(photo.with_suffix(".xmp"), "good")
    assert problems(library) == []
    assert captions(library) == ["good"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_sidecar_that_may_not_be_read_is_tried_again(library: Library, photo: Path) -> None:
    sidecar = photo.with_suffix(".xmp")
    say(sidecar, "secret")
    sidecar.chmod(0)
    assert len(problems(library, photo.parent)) == 1
    sidecar.chmod(0o600)
    assert problems(library) == []
    assert captions(library) == ["secret"]


def test_a_photo_of_no_known_format_still_says_when_it_was_taken(
    library: Library, tmp_path: Path
) -> None:
    (seeded,) = seed_album(tmp_path / "album", [_drawn(tmp_path / "1.jpg")])
    whole = seeded.file.read_bytes()
    seeded.file.write_bytes(whole[: whole.index(b"\xff\xdb")] + b"\xff\xd9")
    assert len(problems(library, tmp_path / "album")) == 1
    with library.catalog.read() as connection:
        assert connection.scalar(select(photos.c.taken_at)) == seeded.said.taken_at
        statuses = dict(connection.execute(select(outcomes.c.stage, outcomes.c.status)).all())
    assert (statuses["content"], statuses["metadata"]) == ("failed", "done")


def _drawn(file: Path) -> Path:
    draw(1).save(file)
    return file


def test_a_file_that_changed_unseen_is_read_again_whole(
    library: Library, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sidecar's change is seen; that the photo's bytes are others, only when they are read."""
    say(photo.with_suffix(".xmp"), "first")
    index(library, photo.parent)
    info = photo.stat()
    commit = Pipeline._commit_readings

    def other_bytes(pipeline: Pipeline) -> None:
        readings = [
            (work, dataclasses.replace(result, content=b"o" * 32))
            for work, result in pipeline._readings
            if isinstance(result, Reading)
        ]
        pipeline._readings = list(readings)
        commit(pipeline)

    say(photo.with_suffix(".xmp"), "second")
    with monkeypatch.context() as patch:
        patch.setattr(Pipeline, "_commit_readings", other_bytes)
        index(library)
    assert captions(library) == ["first"]
    assert photo.stat().st_mtime_ns == info.st_mtime_ns
    index(library)
    assert captions(library) == ["second"]

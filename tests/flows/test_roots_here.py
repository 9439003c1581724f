"""One shared library on two computers, on which its folder lies at different places."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from photosearch.catalog.schema import removals
from photosearch.catalog.shares import FILE
from photosearch.errors import PhotoSearchError
from photosearch.library import Library
from photosearch.library.copying import copy_library
from photosearch.progress import Done, Event, Note, Progress
from photosearch.shared import SERVER_FILE
from tests.conftest import Command, Ran, draw, draw_album
from tests.flows.test_shared import one_line
from tests.postgres import Databases

On = Callable[..., Ran]


@pytest.fixture(autouse=True)
def own_trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A trash of its own, on the disk of the album."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))


@pytest.fixture
def computers(databases: Databases, tmp_path: Path) -> list[Path]:
    """The folders that one shared library has on two computers."""
    address = databases.new()
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
        (folder / SERVER_FILE).write_text(address)
    return folders


@pytest.fixture
def a(computers: list[Path], album: Path, with_encoder: Path) -> Iterator[Library]:
    """The library on one computer, which has indexed the album."""
    with Library(computers[0]) as library:
        for name in ("vector", "features", "duplicates", "tags"):  # seconds a run
            library.switch_stage(name, False)
        assert index(library, album)[0].new == 6
        yield library


@pytest.fixture
def b(a: Library, computers: list[Path]) -> Iterator[Library]:
    """The library on another."""
    with Library(computers[1]) as library:
        yield library


@pytest.fixture
def share(album: Path, tmp_path: Path) -> Path:
    """The album, as another computer sees it."""
    share = tmp_path / "mnt" / "nas"
    share.parent.mkdir()
    share.symlink_to(album)
    return share


def index(library: Library, *folders: Path) -> tuple[Done, list[Event]]:
    events = list(library.index(list(folders)))
    assert isinstance(events[-1], Done)
    return events[-1], events


def unreachable(events: list[Event]) -> list[str]:
    return [e.text for e in events if isinstance(e, Note) and e.code == "unreachable"]


def paths(library: Library) -> set[str]:
    return {os.fsdecode(row.path) for row in library.photo_rows(library.photos())}


def test_each_computer_sees_the_photos_where_they_lie_on_it(
    a: Library, b: Library, album: Path, share: Path
) -> None:
    a.switch_stage("vector", True)
    index(a)
    a.exclude(str(album / "winter" / "left out.jpg"))
    draw(7).save(album / "winter" / "left out.jpg")
    before = a.digest()
    assert b.place_root(album, share) == str(share)
    assert b.roots() == [(str(share), 6, True)] and b.root_names() == {str(share): str(album)}
    assert a.roots() == [(str(album), 6, True)] and a.root_names() == {}

    done, events = index(b)
    assert (done.seen, done.new, done.failed) == (6, 0, 0)
    assert not any(isinstance(event, Progress) and event.stage == "encode" for event in events)
    assert a.digest() == b.digest() == before

    for library, place, other in ((a, album, share), (b, share, album)):
        assert paths(library) == {
            str(place / f"{'winter' if n % 2 == 0 else 'summer'}/{n}.jpg") for n in range(6)
        }
        assert {Path(m.path).parent.parent for m in library.search("a ball").matches} == {place}
        assert len(library.search(f'in:"{place}/summer"').matches) == 3
        assert not library.search(f'in:"{other}/summer"').matches
        assert f"{place}/summer/" in {each.filter.value for each in library.facets().folders}
        assert library.photo_at(place / "summer" / "1.jpg") in library.photos()
        with pytest.raises(PhotoSearchError, match="not in the library"):
            library.photo_at(other / "winter" / "8.jpg")
        with closing(library.previewer()) as previewer:
            assert library.preview(previewer, library.photos()[0], (100, 100))


def test_what_one_computer_finds_changed_the_other_knows(
    a: Library, b: Library, album: Path, share: Path
) -> None:
    b.place_root(album, share)
    (share / "winter" / "0.jpg").rename(share / "summer" / "new name.jpg")
    draw(9).save(share / "9.jpg")
    (share / "winter" / "2.jpg").unlink()
    assert index(b)[0].new == 2  # files that were read
    assert str(album / "summer" / "new name.jpg") in paths(a)
    assert str(album / "9.jpg") in paths(a)
    assert a.roots() == [(str(album), 6, True)] and len(a.photos()) == 6
    before = a.digest()
    done, _ = index(a)
    assert (done.seen, done.new) == (6, 0) and a.digest() == b.digest() == before


def test_what_is_said_on_one_computer_holds_on_the_other(
    a: Library, b: Library, album: Path, share: Path
) -> None:
    b.place_root(album, share)
    here, there = share / "summer" / "1.jpg", album / "summer" / "1.jpg"
    b.rate(here, 4)
    assert [os.fsdecode(row.path) for row in a.photo_rows(a.photos()) if row.stars == 4] == [
        str(there)
    ]
    assert a.undo() == "rate 1.jpg 4" and not any(r.stars for r in b.photo_rows(b.photos()))

    b.duplicates.protect(share / "winter")
    assert a.duplicates.protected() == (str(album / "winter"),)
    assert b.duplicates.protected() == (str(share / "winter"),)
    b.duplicates.keep(here)
    b.exclude(str(share / "summer" / "scans"))
    assert a.excluded() == [str(album / "summer" / "scans")]
    assert b.excluded() == [str(share / "summer" / "scans")]
    said = a.export()
    assert said["kept"][0]["path"] == str(there)
    assert said["protected_folders"] == [{"path": str(album / "winter")}]
    assert {**b.export(), "exported_at": 0} == {**said, "exported_at": 0}
    assert b.import_(said) == 0
    assert a.undo() == f"leave out {album / 'summer' / 'scans'}"
    assert b.undo() == "keep 1.jpg"
    assert a.undo() == f"protect {album / 'winter'}" and not b.duplicates.protected()

    b.remove_root(share)
    assert not a.roots() and a.undo() == f"remove folder {album}"
    assert b.roots() == [(str(share), 6, True)]


def test_files_go_to_the_trash_and_come_back_where_they_lie(
    a: Library, b: Library, album: Path, share: Path
) -> None:
    b.place_root(album, share)
    b.duplicates.protect(share / "winter")
    photos = [share / "summer" / "1.jpg", share / "winter" / "2.jpg"]
    results = list(b.trash(photos))
    assert {os.fsdecode(each.path) for each in results} == set(map(str, photos))
    assert not photos[0].exists() and photos[1].exists()
    assert len(a.photos()) == 5 and a.roots() == [(str(album), 5, True)]
    assert index(a)[0].seen == 5 and a.digest() == b.digest()
    assert b.undo() == "move 2 photos to the trash" and photos[0].exists()
    assert str(album / "summer" / "1.jpg") in paths(a) and a.roots() == [(str(album), 6, True)]


def test_no_computer_decides_about_the_trash_of_another(
    a: Library, b: Library, album: Path, share: Path
) -> None:
    list(a.trash([album / "summer" / "1.jpg"]))
    with a.catalog.write() as connection:
        connection.exec_driver_sql("UPDATE removals SET place = 'x/trash of that one'")
    with pytest.raises(PhotoSearchError, match="not in the trash of this computer"):
        b.undo()
    with a.catalog.write() as connection:
        connection.exec_driver_sql("UPDATE removals SET state = 'moving'")
    b.undo()
    with a.catalog.read() as connection:
        assert [row.state for row in connection.execute(select(removals))] == ["moving"]


@pytest.mark.parametrize("what", ["away", "empty", "another"])
def test_what_does_not_lie_here_is_left_alone(
    a: Library, b: Library, album: Path, share: Path, tmp_path: Path, what: str
) -> None:
    before = a.digest()
    wrong = tmp_path / "wrong"
    if what != "away":
        wrong.mkdir()
    if what == "another":  # of the same names, two of the photos, and another one of the same size
        draw_album(wrong)
        for file in wrong.rglob("*.jpg"):
            draw(int(file.stem) + 50).save(file)
        known = (album / "winter" / "0.jpg").stat().st_size
        (wrong / "winter" / "0.jpg").write_bytes(b"\xff" * known)
        for file in sorted(album.rglob("*.jpg"))[:2]:
            shutil.copy2(file, wrong / file.relative_to(album))
    with pytest.raises(PhotoSearchError, match=r"There is no|not half of the photos"):
        b.place_root(album, wrong)
    assert not (b.folder / FILE).exists()

    b.place_root(album, share)
    share.unlink()
    if what != "away":
        share.symlink_to(wrong)
    for folders in ([], [share] if what != "away" else []):
        done, events = index(b, *folders)
        words = "does not hold the photos" if what != "away" else "cannot be seen on this computer"
        assert len(unreachable(events)) == 1 and words in unreachable(events)[0]
        assert done.seen == 0 and a.digest() == b.digest() == before
    assert b.roots() == [(str(share), 6, False)] and a.roots() == [(str(album), 6, True)]
    b.place_root(album, None)
    assert b.roots() == [(str(album), 6, True)] and b.root_names() == {}


def test_a_copy_with_other_times_is_known_by_what_is_in_it(
    a: Library, b: Library, album: Path, tmp_path: Path
) -> None:
    shutil.copytree(album, tmp_path / "copy", copy_function=shutil.copy)
    b.place_root(album, tmp_path / "copy")
    before = a.digest()
    assert index(b)[0].seen == 6 and a.digest() == before


def test_a_folder_in_which_everything_was_arranged_anew_is_still_the_one(
    a: Library, album: Path
) -> None:
    for name in ("summer", "winter"):
        (album / name).rename(album / f"the {name}")
    done, events = index(a)
    assert not unreachable(events) and done.seen == 6
    assert {Path(path).parent.name for path in paths(a)} == {"the summer", "the winter"}


def test_where_everything_has_changed_a_person_is_sure(
    a: Library, b: Library, album: Path, share: Path
) -> None:
    for number in range(6):
        file = album / ("summer" if number % 2 else "winter") / f"{number}.jpg"
        file.unlink()
        draw(number + 20).save(file, quality=90)
    assert unreachable(index(a)[1]) and unreachable(index(b)[1])
    with pytest.raises(PhotoSearchError, match="--sure"):
        b.place_root(album, share)
    b.place_root(album, share, sure=True)
    done, events = index(b)
    assert done.new == 6 and not unreachable(events)
    assert unreachable(index(a)[1]) == []
    assert b.root_names() == {str(share): str(album)}


def test_names_that_are_places_of_other_folders_here(
    a: Library, b: Library, album: Path, share: Path, tmp_path: Path
) -> None:
    other = draw_album(tmp_path / "other")
    index(a, other)
    b.place_root(album, share)
    with pytest.raises(PhotoSearchError, match=r"is where .*album lies on this computer"):
        b.place_root(other, share)
    album.rename(tmp_path / "real")
    share.unlink()
    share.symlink_to(tmp_path / "real")
    draw_album(album)  # on this computer that is no folder of the library
    with pytest.raises(PhotoSearchError, match=r"another folder by .*album"):
        index(b, album)
    with pytest.raises(PhotoSearchError, match="no folder of this library"):
        b.place_root(tmp_path / "unknown", share)
    assert [path for path, _, _ in b.roots()] == [str(share), str(other)]
    b.remove_root(share)
    b.place_root(other, share)  # where no folder of the library lies any more
    assert b.roots() == [(str(share), 6, True)]


def test_a_copy_has_the_names(
    a: Library, b: Library, album: Path, share: Path, databases: Databases, tmp_path: Path
) -> None:
    b.place_root(album, share)
    b.duplicates.protect(share / "winter")
    b.duplicates.keep(share / "winter" / "0.jpg")
    list(b.trash([share / "summer" / "1.jpg"]))
    for folder in (tmp_path / "home", tmp_path / "c"):
        if folder.name == "c":  # a computer that has been told where that name lies
            folder.mkdir()
            (folder / SERVER_FILE).write_text(databases.new())
            shutil.copy(b.folder / FILE, folder / FILE)
        for _ in copy_library(b.folder, folder):
            pass
        with Library(folder) as copy:
            place = share if folder.name == "c" else album
            assert copy.digest() == a.digest()
            assert copy.roots() == [(str(place), 5, True)]
            assert copy.duplicates.protected() == (str(place / "winter"),)


def test_by_the_command_line(
    a: Library, album: Path, share: Path, here: Command, computers: list[Path]
) -> None:
    def on_b(*line: object) -> Ran:
        return here("--library", computers[1], *line)

    one_line(on_b("roots", "here", album, computers[1]), "not half of the photos")
    assert on_b("roots", "here", album, share).err == f"On this computer, {album} is {share}.\n"
    root = {"path": str(share), "photos": 6, "reachable": True, "name": str(album)}
    assert on_b("roots", "list", "--json").rows == [root]
    assert f"{share}       6  yes        {album}" in on_b("roots", "list").out
    placed = on_b("roots", "here", share, "--json").rows  # back to where its name says
    assert placed == [{"event": "placed", "name": str(share), "path": str(album)}]
    one_line(here("roots", "here", album, share), "roots relocate OLD NEW")
    (computers[1] / FILE).write_text("{")
    one_line(on_b("roots", "list"), f"{FILE}, which says where")

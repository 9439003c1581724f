"""Every state has a page that says what is the matter and what to do next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from photosearch.engine.replies import Error, LibraryState, Mistake, Root, SearchState
from photosearch.gui.indexer import Ending, Run
from photosearch.gui.pace import Standing
from photosearch.gui.results import ALL, View
from photosearch.gui.situation import Situation, busy, ending, heading, not_understood, page
from photosearch.progress import Done, FileFailed, Note

LIBRARY = LibraryState("/l", (Root("/photos", 9, True),), 9, "tiny", None)
EMPTY = replace(LIBRARY, roots=(Root("/photos", 0, True),), photos=0)
READY, LOADING = SearchState("ready"), SearchState("loading")
DOG, LIKE = View("search", "a dog"), View("similar", photo_id=3, name="IMG_3.jpg")
RUN = Run(True, "running", Standing("read", 1, 9, None, None))
ALL_WELL = Situation(ALL, False, None, 9, LIBRARY, None, READY, None)
DIED = Error("engine-died", "It stopped", "It was started again.")
NONE = replace(ALL_WELL, count=0)


def test_what_was_not_understood_is_named_with_its_reason() -> None:
    view = View("search", "dog rating:>9")
    now = replace(ALL_WELL, view=view, mistakes=(Mistake(4, 13, "Stars were expected."),))
    assert "“rating:>9”" in busy(now)
    assert not_understood(now) == "Stars were expected."
    assert "“rating:>9”" not in busy(replace(now, pending=True))
    nothing = page(replace(now, count=0))
    assert nothing is not None and nothing.text == "Stars were expected."


@pytest.mark.parametrize(
    ("now", "name", "act"),
    [
        (replace(NONE, library=None, pending=True), "starting", ""),
        (replace(NONE, pending=True), "starting", ""),
        (replace(NONE, library=replace(EMPTY, roots=())), "first", ""),
        (replace(NONE, library=EMPTY), "empty", "choose"),
        (replace(NONE, library=replace(EMPTY, roots=(Root("/x", 0, False),))), "away", "look"),
        (replace(NONE, library=EMPTY, run=RUN), "looking", ""),
        (replace(NONE, view=DOG), "nothing-found", "all"),
        (replace(NONE, view=LIKE), "nothing-similar", "all"),
        (replace(NONE, view=DOG, pending=True), "searching", ""),
        (replace(NONE, view=DOG, pending=True, search=LOADING), "getting-ready", ""),
        (replace(NONE, view=DOG, error=DIED), "search-died", "again"),
        (replace(NONE, view=DOG, error=Error("bug", "x", "")), "search-error", "again"),
        (
            replace(
                NONE,
                view=DOG,
                error=Error("no-encoder", "x", ""),
                library=replace(LIBRARY, encoder=None),
            ),
            *("no-search", "all"),
        ),
        (
            replace(NONE, view=DOG, error=Error("nothing-indexed", "x", ""), run=RUN),
            *("too-early", ""),
        ),
        (
            replace(NONE, view=DOG, error=Error("nothing-indexed", "x", ""), library=EMPTY),
            *("nothing-to-search", "choose"),
        ),
        (replace(NONE, library=None, library_error=DIED), "library-error", "again"),
        (replace(ALL_WELL, given_up=True), "given-up", "restart"),
    ],
)
def test_each_state_has_its_page(now: Situation, name: str, act: str) -> None:
    found = page(now)
    assert found is not None and (found.name, found.act) == (name, act)
    assert bool(found.button) == bool(act)
    assert bool(found.title) == (name != "first")  # that page has a widget of its own
    for word in ("encoder", "index", "embedding", "query", "engine", "`"):
        assert word not in found.title + found.text + found.button


def test_photos_need_no_page() -> None:
    assert page(ALL_WELL) is None
    assert page(replace(ALL_WELL, view=DOG, pending=True)) is None  # those of before stay


def test_the_heading_says_what_is_shown() -> None:
    assert heading(replace(ALL_WELL, count=2184), ALL) == "2,184 photos"
    assert heading(replace(ALL_WELL, count=1), ALL) == "1 photo"
    assert heading(replace(ALL_WELL, count=500, view=LIKE), DOG) == "Best 500 for “a dog”"
    assert heading(ALL_WELL, LIKE) == "Photos like IMG_3.jpg"
    assert busy(replace(ALL_WELL, view=DOG, pending=True)) == "Searching…"
    assert "ready" in busy(replace(ALL_WELL, view=DOG, pending=True, search=LOADING))
    assert busy(ALL_WELL) == busy(replace(ALL_WELL, pending=True)) == ""


def test_the_end_of_a_run_is_told_where_a_person_should_know() -> None:
    done = Done(6, 6, 0, 1.0)
    assert ending(None) is None
    assert ending(Ending("done", (), done)) is None
    told = ending(
        Ending("done", (), done, failed=[FileFailed(f"/p/{n}.jpg", "x") for n in range(5)])
    )
    assert told is not None and "5 files" in told and "0.jpg, 1.jpg, 2.jpg…" in told
    told = ending(Ending("done", (), done, notes=[Note("no-photos", "no photos in this folder")]))
    assert told == "No photos in this folder."
    for kind in ("died", "stopped"):
        assert "kept" in (ending(Ending(kind, ())) or "")
    full = Error("disk-full", "No space left to write /x", "Run the command again.")
    told = ending(Ending("error", (), error=full))
    assert told is not None and "No space left" in told and "command" not in told
    assert "background" in (ending(Ending("waiting", ())) or "")

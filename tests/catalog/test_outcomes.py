"""Stages: what is left to do follows from the catalog; the list of problem files."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from photosearch.catalog.contents import mark_pending, record_problem
from photosearch.catalog.curate import add_root
from photosearch.catalog.outcomes import (
    DONE,
    FAILED,
    SKIPPED,
    Outcome,
    Problem,
    Stage,
    count_work,
    pending_files,
    photos_lacking,
    problems,
    set_outcomes,
    stage_counts,
)
from photosearch.catalog.places import active_roots, find_file
from tests.catalog.rows import ALBUM, effort, list_file, lose, put, root_id

CONTENT, VECTOR = Stage("content", "1"), Stage("vector:tiny", "1")
STAGES = [CONTENT, VECTOR]


def file_id_of(connection: Connection, name: str) -> int:
    place = find_file(connection, ALBUM + b"/" + name.encode())
    assert place is not None
    return place.file_id


def finish(connection: Connection, name: str, *stages: Stage) -> int:
    """The file `name` was read, and its photo has been through `stages`."""
    photo_id = put(connection, ALBUM + b"/" + name.encode(), name)
    for stage in stages:
        set_outcomes(connection, [Outcome(photo_id, stage, DONE)])
    return photo_id


def lacking(connection: Connection, *stages: Stage) -> dict[bytes, set[str]]:
    """What each photo lacks, by path; `count_work` must know it too."""
    found = photos_lacking(connection, stages, [root_id(connection)], 0, 100)
    pending = pending_files(connection, [root_id(connection)], 0, 100)
    assert count_work(connection, stages, [root_id(connection)]) == len(found) + len(pending)
    lacks: dict[bytes, set[str]] = {work.path.removeprefix(ALBUM + b"/"): set() for work in found}
    for stage in stages:
        for work in photos_lacking(connection, [stage], [root_id(connection)], 0, 100):
            lacks[work.path.removeprefix(ALBUM + b"/")].add(stage.name)
    return lacks


# --- files to be read ---


def test_a_file_is_to_be_read_until_it_was(connection: Connection) -> None:
    file_id = list_file(connection, ALBUM + b"/x/new")
    (work,) = pending_files(connection, [root_id(connection)], 0, 10)
    assert (work.file_id, work.path, work.changed) == (file_id, ALBUM + b"/x/new", False)
    assert work.photo_id is None
    put(connection, ALBUM + b"/x/new", "a")
    assert pending_files(connection, [root_id(connection)], 0, 10) == []


def test_a_file_to_be_read_again_is_one_that_changed(connection: Connection) -> None:
    finish(connection, "a", *STAGES)
    mark_pending(connection, file_id_of(connection, "a"))
    (work,) = pending_files(connection, [root_id(connection)], 0, 10)
    assert (work.changed, work.photo_id) == (True, None)


def test_files_come_in_pages_each_once(connection: Connection) -> None:
    expected = [list_file(connection, ALBUM + b"/%d" % number) for number in range(7)]
    found: list[int] = []
    while page := pending_files(connection, [root_id(connection)], found[-1] if found else 0, 3):
        found += [work.file_id for work in page]
    assert found == expected


def test_a_page_of_files_costs_the_same_however_many_wait(connection: Connection) -> None:
    def first_page() -> None:
        assert len(pending_files(connection, [root_id(connection)], 0, 10)) == 10

    for number in range(50):
        list_file(connection, ALBUM + b"/x/%d" % number)
    few = effort(connection, first_page)
    for number in range(50, 1000):
        list_file(connection, ALBUM + b"/x/%d" % number)
    assert effort(connection, first_page) <= 2 * few + 5


def test_a_missing_file_is_not_to_be_read(connection: Connection) -> None:
    list_file(connection, ALBUM + b"/gone")
    lose(connection, ALBUM + b"/gone")
    assert pending_files(connection, [root_id(connection)], 0, 10) == []
    assert lacking(connection, *STAGES) == {}


def test_a_file_that_was_given_up_is_not_to_be_read(connection: Connection) -> None:
    list_file(connection, ALBUM + b"/bad")
    record_problem(connection, file_id_of(connection, "bad"), "crashed", give_up=False)
    assert len(pending_files(connection, [root_id(connection)], 0, 10)) == 1
    record_problem(connection, file_id_of(connection, "bad"), "crashed", give_up=True)
    assert pending_files(connection, [root_id(connection)], 0, 10) == []
    assert lacking(connection, *STAGES) == {}


def test_only_files_of_the_roots_asked_for_are_given(connection: Connection) -> None:
    add_root(connection, b"/other")
    list_file(connection, b"/other/new")
    put(connection, b"/other/read", "b")
    put(connection, ALBUM + b"/read", "a")
    ids = [root.id for root in active_roots(connection)]
    for root, pending, known in ((ids[0], 0, ALBUM + b"/read"), (ids[1], 1, b"/other/read")):
        assert len(pending_files(connection, [root], 0, 10)) == pending
        assert [w.path for w in photos_lacking(connection, STAGES, [root], 0, 10)] == [known]
    assert count_work(connection, STAGES, ids) == 3
    assert count_work(connection, STAGES, []) == 0


# --- photos that lack a stage ---


def test_a_photo_lacks_the_stages_it_has_no_outcome_of(connection: Connection) -> None:
    finish(connection, "whole", CONTENT, VECTOR)
    finish(connection, "half", CONTENT)
    finish(connection, "bare")
    assert lacking(connection, *STAGES) == {
        b"half": {"vector:tiny"},
        b"bare": {"content", "vector:tiny"},
    }


@pytest.mark.parametrize("status", [DONE, FAILED, SKIPPED])
def test_whatever_came_of_a_stage_it_is_not_run_again(connection: Connection, status: str) -> None:
    photo_id = finish(connection, "a", CONTENT)
    set_outcomes(connection, [Outcome(photo_id, VECTOR, status, "a reason")])
    assert lacking(connection, *STAGES) == {}


def test_a_raised_version_runs_that_stage_alone_again(connection: Connection) -> None:
    photo_id = finish(connection, "a", *STAGES)
    raised = Stage("vector:tiny", "2")
    assert lacking(connection, CONTENT, raised) == {b"a": {"vector:tiny"}}
    set_outcomes(connection, [Outcome(photo_id, raised, DONE)])
    assert lacking(connection, CONTENT, raised) == {}
    assert stage_counts(connection) == {"content": {"done": 1}, "vector:tiny": {"done": 1}}


def test_outcomes_of_stages_not_asked_for_do_not_count(connection: Connection) -> None:
    finish(connection, "a", CONTENT, Stage("vector:other", "1"), Stage("thumbnail", "1"))
    assert lacking(connection, *STAGES) == {b"a": {"vector:tiny"}}


def test_work_on_a_known_photo_names_it(connection: Connection) -> None:
    photo_id = finish(connection, "a", CONTENT)
    (work,) = photos_lacking(connection, STAGES, [root_id(connection)], 0, 10)
    assert work.photo_id == photo_id
    assert work.file_id == file_id_of(connection, "a")


def test_a_photo_in_several_files_is_one_piece_of_work(connection: Connection) -> None:
    for path in (b"/1", b"/2"):
        put(connection, ALBUM + path, "a")
    assert lacking(connection, *STAGES) == {b"1": {"content", "vector:tiny"}}


@pytest.mark.parametrize("trouble", ["missing", "pending", "problem"])
def test_a_photo_is_read_from_a_file_that_is_in_no_doubt(
    connection: Connection, trouble: str
) -> None:
    for path in (b"/1", b"/2"):
        put(connection, ALBUM + path, "a")
    first = file_id_of(connection, "1")
    if trouble == "missing":
        lose(connection, ALBUM + b"/1")
    elif trouble == "pending":
        mark_pending(connection, first)
    else:
        record_problem(connection, first, "no permission", give_up=True)
    assert lacking(connection, *STAGES).keys() == {b"2"}


def test_photos_come_in_pages_each_once(connection: Connection) -> None:
    expected = [finish(connection, f"{number}") for number in range(7)]
    found: list[int] = []
    while page := photos_lacking(
        connection, STAGES, [root_id(connection)], found[-1] if found else 0, 3
    ):
        found += [work.photo_id for work in page if work.photo_id is not None]
    assert found == expected


def test_a_page_of_photos_costs_the_same_however_many_lack_a_stage(connection: Connection) -> None:
    def first_page() -> None:
        assert len(photos_lacking(connection, STAGES, [root_id(connection)], 0, 10)) == 10

    for number in range(50):
        finish(connection, f"{number}", CONTENT)
    few = effort(connection, first_page)
    for number in range(50, 500):
        finish(connection, f"{number}", CONTENT)
    assert effort(connection, first_page) <= 2 * few + 5


# --- problems ---


def test_problems_are_files_that_are_there_but_could_not_be_indexed_whole(
    connection: Connection,
) -> None:
    finish(connection, "good", *STAGES)
    for name in ("unread", "undecoded", "unencoded", "gone"):
        finish(connection, name, CONTENT)
    record_problem(connection, file_id_of(connection, "unread"), "no permission", give_up=False)
    for name, stage, reason in (
        ("undecoded", CONTENT, "not a picture"),
        ("unencoded", VECTOR, "no usable vector"),
        ("gone", CONTENT, "not a picture"),
    ):
        set_outcomes(
            connection, [Outcome(finish(connection, name, CONTENT), stage, FAILED, reason)]
        )
    lose(connection, ALBUM + b"/gone")
    assert problems(connection, [root_id(connection)]) == [
        Problem(ALBUM + b"/undecoded", "not a picture"),
        Problem(ALBUM + b"/unencoded", "no usable vector"),
        Problem(ALBUM + b"/unread", "no permission"),
    ]
    assert problems(connection, []) == []


def test_a_photo_with_a_failed_stage_is_a_problem_once_for_each_file(
    connection: Connection,
) -> None:
    for path in (b"/1", b"/2"):
        photo_id = put(connection, ALBUM + path, "a")
    set_outcomes(connection, [Outcome(photo_id, CONTENT, FAILED, "truncated")])
    set_outcomes(connection, [Outcome(photo_id, VECTOR, SKIPPED, "truncated")])
    found = [problem.path for problem in problems(connection, [root_id(connection)])]
    assert found == [ALBUM + b"/1", ALBUM + b"/2"]


def test_a_stage_that_succeeds_at_last_is_no_problem(connection: Connection) -> None:
    photo_id = finish(connection, "a", CONTENT)
    set_outcomes(connection, [Outcome(photo_id, VECTOR, FAILED, "out of memory")])
    set_outcomes(connection, [Outcome(photo_id, Stage("vector:tiny", "2"), DONE)])
    assert problems(connection, [root_id(connection)]) == []


def test_stage_counts_are_by_status(connection: Connection) -> None:
    finish(connection, "a", *STAGES)
    photo_id = finish(connection, "b", CONTENT)
    set_outcomes(connection, [Outcome(photo_id, VECTOR, FAILED, "no")])
    assert stage_counts(connection) == {
        "content": {"done": 2},
        "vector:tiny": {"done": 1, "failed": 1},
    }

"""Stage outcomes, the work that follows from them, and the list of problem files.

What is left to do is always derived from the catalog, never from a queue: a photo needs a stage
when it has no outcome of that stage in its present version.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, literal_column, or_, select
from sqlalchemy import func as sql

from photosearch.catalog.facts import sidecars_of
from photosearch.catalog.places import absolute
from photosearch.catalog.portable import replace_rows
from photosearch.catalog.schema import files, folders, outcomes, photos, roots
from photosearch.paths import printable

DONE, FAILED, SKIPPED = "done", "failed", "skipped"

# Written out, not bound: a database uses an index of failures alone only where it sees that it can.
_HAS_FAILED = outcomes.c.status == literal_column(f"'{FAILED}'")


@dataclass(frozen=True)
class Stage:
    """A step that every photo goes through; raising `version` runs it again for all."""

    name: str
    version: str


@dataclass(frozen=True)
class Work:
    """A file to read. `photo_id` is None where its photo is not known, or no longer sure; else that
    photo lacks those named in `lacks`. `changed`: the file held a photo before. `sidecars`: paths
    of the sidecars that have a say: of this file, or (of a known photo) of all its files."""

    file_id: int
    path: bytes
    photo_id: int | None = None
    changed: bool = False
    lacks: frozenset[str] = frozenset()
    sidecars: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Problem:
    """A file that could not be indexed whole, and why."""

    path: bytes
    reason: str


@dataclass(frozen=True)
class Outcome:
    """What a stage did for a photo: `status` is DONE, FAILED or SKIPPED; for the last two, why."""

    photo_id: int
    stage: Stage
    status: str
    reason: str | None = None


def set_outcomes(connection: Connection, found: Iterable[Outcome]) -> None:
    """Record outcomes (in the same transaction as the rows that the stages made)."""
    rows = [
        {
            "photo_id": outcome.photo_id,
            "stage": outcome.stage.name,
            "version": outcome.stage.version,
            "status": outcome.status,
            "reason": None if outcome.reason is None else printable(outcome.reason),
        }
        for outcome in found
    ]
    if rows:
        replace_rows(connection, outcomes, rows)


def pending_files(
    connection: Connection,
    root_ids: Sequence[int],
    after: int,
    limit: int,
    *only: ColumnElement[bool],
) -> list[Work]:
    """Up to `limit` files with an id above `after` whose bytes are to be read; `only` those of
    which some more is true."""
    # Where the roots are asked for by EXISTS, SQLite walks the files by id and stops at `limit`;
    # by a join it would walk the roots, and sort every file of theirs for every page.
    rows = connection.execute(
        _paths(files.c.id, files.c.photo_id, files.c.sidecar)
        .where(files.c.pending, files.c.missing_since.is_(None), files.c.id > after)
        .where(*only, _in_roots(root_ids).correlate(files).exists())
        .order_by(files.c.id)
        .limit(limit)
    )
    return [
        Work(
            file_id,
            absolute(root, folder, name),
            changed=photo_id is not None,
            sidecars=() if sidecar is None else (absolute(root, folder, sidecar),),
        )
        for file_id, photo_id, sidecar, root, folder, name in rows
    ]


def still_pending(connection: Connection, file_ids: Collection[int]) -> list[int]:
    """Which of some files are there, and their bytes still to be read."""
    return list(
        connection.scalars(
            select(files.c.id).where(
                files.c.id.in_(file_ids), files.c.pending, files.c.missing_since.is_(None)
            )
        )
    )


def photos_lacking(
    connection: Connection,
    stages: Sequence[Stage],
    root_ids: Sequence[int],
    after: int,
    limit: int,
    *only: ColumnElement[bool],
) -> list[Work]:
    """Up to `limit` photos with an id above `after` that lack an outcome of some of `stages`, each
    with one file that can be read (never one whose bytes are in doubt); `only` those of which some
    more is true."""
    done = _finished(stages)
    readable = (
        select(sql.min(files.c.id))
        .where(
            files.c.photo_id == photos.c.id,
            ~files.c.pending,
            files.c.problem.is_(None),
            files.c.missing_since.is_(None),
            _in_roots(root_ids).correlate(files).exists(),
        )
        .correlate(photos)
        .scalar_subquery()
    )
    first = (
        select(photos.c.id, readable.label("file_id"))
        .where(
            photos.c.id > after,
            *only,
            readable.is_not(None),
            select(sql.count())
            .where(outcomes.c.photo_id == photos.c.id, done)
            .correlate(photos)
            .scalar_subquery()
            < len(stages),
        )
        .order_by(photos.c.id)
        .limit(limit)
    )
    found = connection.execute(first).all()
    beside = sidecars_of(connection, [photo_id for photo_id, _ in found])
    names = {stage.name for stage in stages}
    work = []
    for photo_id, file_id in found:
        row = connection.execute(_places(root_ids).where(files.c.id == file_id)).one()
        has = select(outcomes.c.stage).where(outcomes.c.photo_id == photo_id, done)
        lacks = frozenset(names.difference(connection.scalars(has)))
        sidecars = tuple(path for path, _, _ in beside.get(photo_id, []))
        work.append(Work(file_id, absolute(*row), photo_id, lacks=lacks, sidecars=sidecars))
    return work


def lacking(
    connection: Connection, stages: Sequence[Stage], photo_ids: Iterable[int]
) -> dict[int, frozenset[str]]:
    """For those of some photos that lack an outcome of some of `stages`, these stages' names."""
    names = frozenset(stage.name for stage in stages)
    lacks = dict.fromkeys(photo_ids, names)
    if not stages:
        return {}
    rows = connection.execute(
        select(outcomes.c.photo_id, outcomes.c.stage).where(
            outcomes.c.photo_id.in_(list(lacks)), _finished(stages)
        )
    )
    for photo_id, stage in rows:
        lacks[photo_id] -= {stage}
    return {photo_id: left for photo_id, left in lacks.items() if left}


def all_have(connection: Connection, stages: Iterable[Stage]) -> bool:
    """Whether every photo has an outcome of each of these stages: by counts alone, each from an
    index, a tenth of what it costs to ask which photos lack one."""
    count = connection.scalar(select(sql.count()).select_from(photos))
    return all(
        connection.scalar(select(sql.count()).where(_finished([stage]))) == count
        for stage in stages
    )


def count_work(connection: Connection, stages: Sequence[Stage], root_ids: Sequence[int]) -> int:
    """How many files `pending_files` and `photos_lacking` would give in all."""
    pending = connection.scalar(
        select(sql.count())
        .select_from(files)
        .join(folders, files.c.folder_id == folders.c.id)
        .where(files.c.pending, files.c.missing_since.is_(None), folders.c.root_id.in_(root_ids))
    )
    if all_have(connection, stages):
        return pending or 0
    enough = (
        select(outcomes.c.photo_id)
        .where(_finished(stages))
        .group_by(outcomes.c.photo_id)
        .having(sql.count() == len(stages))
    )
    lacking = connection.scalar(
        select(sql.count(sql.distinct(files.c.photo_id)))
        .join(folders, files.c.folder_id == folders.c.id)
        .where(
            ~files.c.pending,
            files.c.problem.is_(None),
            files.c.missing_since.is_(None),
            folders.c.root_id.in_(root_ids),
            files.c.photo_id.is_not(None),
            files.c.photo_id.not_in(enough),
        )
    )
    return (pending or 0) + (lacking or 0)


def problems(connection: Connection, root_ids: Sequence[int]) -> list[Problem]:
    """The files that are there but could not be read, decoded or encoded, by path."""
    return sorted((problem for _, problem in _problems(connection, root_ids)), key=_path)


def _path(problem: Problem) -> bytes:
    return problem.path


def _problems(connection: Connection, root_ids: Sequence[int]) -> list[tuple[int, Problem]]:
    """Those files by their ids, in no order."""
    failed = (
        select(outcomes.c.photo_id, sql.min(outcomes.c.reason).label("reason"))
        .where(_HAS_FAILED)
        .group_by(outcomes.c.photo_id)
        .subquery()
    )
    rows = connection.execute(
        _places(root_ids, files.c.id, sql.coalesce(files.c.problem, failed.c.reason))
        .outerjoin(failed, files.c.photo_id == failed.c.photo_id)
        .where(
            files.c.missing_since.is_(None),
            or_(files.c.problem.is_not(None), failed.c.photo_id.is_not(None)),
        )
    )
    return [(row[0], Problem(absolute(*row[2:]), row[1] or "unknown reason")) for row in rows]


def try_again(
    connection: Connection, root_ids: Sequence[int], paths: Collection[bytes] | None = None
) -> int:
    """Have the next run read problem files again, also those that were given up: those at `paths`,
    or all; returns how many. What is known of them stays until then."""
    in_roots = select(folders.c.id).where(folders.c.root_id.in_(root_ids))
    there = [files.c.missing_since.is_(None), files.c.folder_id.in_(in_roots)]
    listed = _problems(connection, root_ids)
    ids = [file_id for file_id, each in listed if paths is None or each.path in paths]
    if paths is not None:
        there.append(files.c.id.in_(ids))
    failed = select(outcomes.c.photo_id).where(_HAS_FAILED)
    held = select(files.c.photo_id).where(files.c.photo_id.in_(failed), *there)
    connection.execute(
        outcomes.delete().where(outcomes.c.status == FAILED, outcomes.c.photo_id.in_(held))
    )
    connection.execute(
        files.update().where(files.c.problem.is_not(None), *there).values(pending=True, attempts=0)
    )
    return len(ids)


def stage_counts(connection: Connection) -> dict[str, dict[str, int]]:
    """For each stage, how many photos have each status."""
    rows = connection.execute(
        select(outcomes.c.stage, outcomes.c.status, sql.count())
        .group_by(outcomes.c.stage, outcomes.c.status)
        .order_by(outcomes.c.stage, outcomes.c.status)
    )
    counts: dict[str, dict[str, int]] = {}
    for stage, status, count in rows:
        counts.setdefault(stage, {})[status] = count
    return counts


def _finished(stages: Iterable[Stage]) -> ColumnElement[bool]:
    return or_(
        *(
            and_(outcomes.c.stage == stage.name, outcomes.c.version == stage.version)
            for stage in stages
        )
    )


def _in_roots(root_ids: Sequence[int]) -> Select[Any]:
    """Select something for a file (the caller correlates `files`) that lies in these roots."""
    return select(folders.c.id).where(
        folders.c.id == files.c.folder_id, folders.c.root_id.in_(root_ids)
    )


def _places(root_ids: Sequence[int], *first: ColumnElement[Any]) -> Select[Any]:
    """Select `first` and the three parts of the path, of files in these roots."""
    return _paths(*first).where(roots.c.id.in_(root_ids))


def _paths(*first: ColumnElement[Any]) -> Select[Any]:
    return (
        select(*first, roots.c.path, folders.c.path, files.c.name)
        .select_from(files)
        .join(folders, files.c.folder_id == folders.c.id)
        .join(roots, folders.c.root_id == roots.c.id)
    )

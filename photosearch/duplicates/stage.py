"""The *duplicates* stage of an indexing run: new photos are compared with what is like them.

What is left to do is what lacks the stage's outcome. Photos that were compared before are looked up
by their keys, never compared with each other again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from photosearch.catalog import pairs
from photosearch.catalog.database import Catalog
from photosearch.catalog.outcomes import DONE, Outcome, Stage, lacking, set_outcomes
from photosearch.catalog.pairs import Look, Pair
from photosearch.duplicates import candidates
from photosearch.duplicates.candidates import (
    DIMENSION,
    Candidates,
    FeatureIndex,
    HashIndex,
    ProjectedVectors,
    ShotIndex,
)
from photosearch.duplicates.kinds import Shot, compared_from, evidence, judge, shot
from photosearch.duplicates.process import Answers, Comparers, Task
from photosearch.errors import from_os_error
from photosearch.media.thumbnails import Thumbnails
from photosearch.paths import printable
from photosearch.progress import Event, Progress
from photosearch.vectors.index import VectorIndex

STAGE = "duplicates"
_VERSION = "1"
_TOGETHER = 256  # photos in one batch: looked up, compared, and recorded in one transaction
_PAIRS = 24  # pairs in one task of a child
_MIRRORED = 0.8  # cosine of features from which on the second may also be mirrored


@dataclass(frozen=True)
class Parts:
    """What the stage works with. `features`: the name under which CNN features are stored, and the
    stage that stores them (None: there are none); `workers`: children that compare."""

    catalog: Catalog
    thumbnails: Thumbnails
    vectors: Path
    features: tuple[str, Stage] | None
    workers: int


def pairs_stage(features: str | None) -> Stage:
    """The stage that compares photos, also by the features stored under this name."""
    return Stage(STAGE, _VERSION if features is None else f"{_VERSION}:{features}")


@dataclass(frozen=True)
class _Known:
    """All photos and the indexes of their keys."""

    looks: Mapping[int, Look]
    shots: Mapping[int, Shot]
    hashes: HashIndex
    times: ShotIndex
    features: FeatureIndex | None


def find_pairs(parts: Parts) -> Iterator[Event]:
    """Compare all photos that were not yet with those that are like them. Yields progress at least
    once a second or so; between two values nothing is uncommitted.

    Raises PhotoSearchError (`disk-full`) where an index cannot be saved.
    """
    plain = pairs_stage(None)
    stage = pairs_stage(parts.features[0]) if parts.features else plain
    with parts.catalog.read() as connection:
        todo = pairs.to_compare(connection, stage)
    if not todo:
        return
    yield Progress(STAGE, 0, len(todo))
    known = _known(parts, len(todo))
    met: dict[int, set[int]] = {}  # of photos still to come: those they were compared with already
    done = 0
    with Comparers(parts.workers) as comparers:
        for start in range(0, len(todo), _TOGETHER):
            turn = todo[start : start + _TOGETHER]
            batch = [photo_id for photo_id in turn if photo_id in known.looks]
            hashes: dict[int, list[int]] = {}
            for number, answers in comparers.work(_hash_tasks(parts, known, batch)):
                for photo_id, answer in zip(batch[number * _PAIRS :], answers, strict=False):
                    if answer is not None:
                        hashes[photo_id] = answer["hashes"]
                yield Progress(STAGE, done, len(todo))
            found = _candidates(known, hashes)
            look_at = {
                pair: far
                for pair, far in found.pairs.items()
                if pair[0] not in met.get(pair[1], ())
            }
            _remember(met, look_at, turn)
            verdicts: list[Pair] = []
            tasks = [list(look_at)[at : at + _PAIRS] for at in range(0, len(look_at), _PAIRS)]
            files = _files(parts, known, chain.from_iterable(look_at))
            work = [_compare_task(files, known, task) for task in tasks]
            for number, answers in comparers.work(work):
                verdicts += _judged(known, tasks[number], answers, look_at)
                yield Progress(STAGE, done, len(todo))
            _record(parts, stage, plain, list(hashes), verdicts)
            done += len(batch)
            yield Progress(STAGE, done, len(todo))


def _remember(
    met: dict[int, set[int]], compared: Iterable[tuple[int, int]], batch: Sequence[int]
) -> None:
    """Note with whom photos that come after a batch were compared, and forget it of the batch. Work
    goes up by id, and the second of a pair is the larger id."""
    for first, second in compared:
        if second > batch[-1]:
            met.setdefault(second, set()).add(first)
    for photo_id in batch:
        met.pop(photo_id, None)


def _known(parts: Parts, queries: int) -> _Known:
    with parts.catalog.read() as connection:
        looks = {look.photo_id: look for look in pairs.looks(connection)}
    shots = {
        look.photo_id: shot(look.taken_at, look.taken_ms, look.taken_source, look.camera)
        for look in looks.values()
    }
    hashed = [(look.photo_id, look.phash) for look in looks.values() if look.phash is not None]
    return _Known(
        looks,
        shots,
        HashIndex(
            np.array([photo_id for photo_id, _ in hashed], np.int64),
            candidates.hash_rows([value for _, value in hashed]),
        ),
        ShotIndex(shots),
        None if parts.features is None else _feature_index(parts, looks, queries),
    )


def _feature_index(parts: Parts, looks: Mapping[int, Look], queries: int) -> FeatureIndex:
    """The features of photos that can be compared: those of photos that are gone are kept, too."""
    assert parts.features is not None
    name = parts.features[0]
    index = VectorIndex(parts.vectors, parts.catalog.id, f"{name}-{DIMENSION}", DIMENSION)
    try:
        if index.update(ProjectedVectors(parts.catalog, name)):
            index.save()
    except OSError as error:
        raise from_os_error(error, printable(parts.vectors)) from error
    there = np.isin(index.ids, np.fromiter(looks, np.int64, len(looks)))
    if there.all():
        return FeatureIndex(index.ids, index.matrix(), queries, index.gpu_copy())
    return FeatureIndex(index.ids[there], index.matrix()[there], queries)


def _files(parts: Parts, known: _Known, photo_ids: Iterable[int]) -> dict[int, Path]:
    """Where the thumbnails of photos lie, once they are there."""
    contents = {photo_id: known.looks[photo_id].content for photo_id in photo_ids}
    try:
        parts.thumbnails.have(contents.values())
    except OSError as error:
        raise from_os_error(error, printable(error.filename or "thumbnails")) from error
    return {photo_id: parts.thumbnails.path(content) for photo_id, content in contents.items()}


def _hash_tasks(parts: Parts, known: _Known, batch: Sequence[int]) -> list[Task]:
    files = list(_files(parts, known, batch).values())
    return [Task(hash=tuple(files[at : at + _PAIRS])) for at in range(0, len(files), _PAIRS)]


def _candidates(known: _Known, hashes: Mapping[int, Sequence[int]]) -> Candidates:
    """What the photos of a batch (by id, with their hashes in all orientations) are worth being
    compared with."""
    found = Candidates()
    owners: list[int] = []
    values: list[int] = []
    for photo_id, turned in hashes.items():
        # Features find mirrored copies as well as hashes do, but not those turned by quarters.
        featured = known.features is not None and photo_id in known.features
        mine = turned[:4] if featured else turned
        owners += [photo_id] * len(mine)
        values += mine
    for number, ids, distances in known.hashes.near(candidates.hash_rows(values)):
        found.add(owners[number], ids, distances)
    for photo_id in hashes:
        found.add(photo_id, known.times.near(photo_id))
    if known.features is not None:
        for photo_id, ids, _ in known.features.near(list(hashes)):
            found.add(photo_id, ids)
    return found


def _ordered(known: _Known, pair: tuple[int, int]) -> tuple[Look, Look]:
    """The two photos of a pair, the one with the lesser hash first: so a comparison does not depend
    on the order in which they were indexed."""
    first, second = (known.looks[photo_id] for photo_id in pair)
    return (first, second) if first.content < second.content else (second, first)


def _compare_task(
    files: Mapping[int, Path], known: _Known, task: Sequence[tuple[int, int]]
) -> Task:
    compare = []
    for pair in task:
        first, second = _ordered(known, pair)
        cosine = known.features.cosine(*pair) if known.features is not None else None
        one, other = files[first.photo_id], files[second.photo_id]
        compare.append((one, other, cosine is None or cosine >= _MIRRORED))
    return Task(compare=tuple(compare))


def _judged(
    known: _Known,
    task: Sequence[tuple[int, int]],
    answers: Answers,
    distances: Mapping[tuple[int, int], int | None],
) -> Iterator[Pair]:
    for pair, answer in zip(task, answers, strict=True):
        if answer is None:
            continue
        first, second = _ordered(known, pair)
        cosine = known.features.cosine(*pair) if known.features is not None else None
        found = compared_from(answer, cosine)
        verdict = judge(found, known.shots[first.photo_id], known.shots[second.photo_id])
        if verdict is not None:
            said = evidence(found, verdict, distances[pair])
            yield Pair(first.photo_id, second.photo_id, verdict.kind, said)


def _record(
    parts: Parts, stage: Stage, plain: Stage, photo_ids: Sequence[int], found: Sequence[Pair]
) -> None:
    """Write down pairs and outcomes. A photo whose features are still to come was compared without
    them: it is looked at again when they are there."""
    with parts.catalog.write() as connection:
        waiting = (
            lacking(connection, [parts.features[1]], photo_ids)
            if parts.features is not None
            else {}
        )
        pairs.add_pairs(connection, found)
        set_outcomes(
            connection,
            [
                Outcome(photo_id, plain if photo_id in waiting else stage, DONE)
                for photo_id in photo_ids
            ],
        )

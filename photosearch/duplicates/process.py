"""Comparers: child processes that look at thumbnails, so that this one loads no OpenCV."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from photosearch.children import FOR_MODELS, Child, receive, send

_SURE = 30  # inliers of which there is no doubt: no other way is tried
_KEPT = 300  # pictures that a child keeps, with what was computed of them: some 0.5 MB each
_KEPT_FEATURES = 5000  # of those it let go: some 20 kB each, and most of the work


@dataclass(frozen=True)
class Task:
    """Thumbnails to hash in all orientations, or pairs of them to compare (with whether the second
    may also be mirrored)."""

    hash: tuple[Path, ...] = ()
    compare: tuple[tuple[Path, Path, bool], ...] = ()


Answers = list[dict[str, Any] | None]
"""One for each thumbnail or pair, in order; None where a thumbnail could not be read."""


class Comparers:
    """Work on tasks in `count` children. Use as a context manager: leaving it ends them."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._children: list[Child] = []

    def __enter__(self) -> Comparers:
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._children:
            child.kill()
        self._children.clear()

    def work(self, tasks: Sequence[Task]) -> Iterator[tuple[int, Answers]]:
        """Do all tasks; yields the number of each with its answers, as they are finished. A task
        whose child died has None for all."""
        left = list(enumerate(tasks))[::-1]
        busy: dict[Child, int] = {}
        idle = list(self._children)
        while left or busy:
            while left and (idle or len(busy) < self._count):
                child = idle.pop() if idle else self._start()
                number, task = left.pop()
                _give(child, task)
                busy[child] = number
            ready = wait([child.connection for child in busy])
            for child in [each for each in busy if each.connection in ready]:
                number = busy.pop(child)
                task = tasks[number]
                try:
                    answers: Answers = receive(child.connection)[0]["answers"]
                    idle.append(child)
                except (EOFError, OSError):
                    self._children.remove(child)
                    child.kill()
                    answers = [None] * (len(task.hash) + len(task.compare))
                yield number, answers

    def _start(self) -> Child:
        # One thread each: there are as many children as cores.
        environment = {**FOR_MODELS, "OMP_NUM_THREADS": "1"}
        child = Child(_main, name="photosearch-comparer", environment=environment)
        self._children.append(child)
        return child


def _give(child: Child, task: Task) -> None:
    files = [*task.hash, *(file for pair in task.compare for file in pair[:2])]
    names = list(dict.fromkeys(files))
    number = {file: index for index, file in enumerate(names)}
    head = {
        "files": [str(file) for file in names],
        "hash": [number[file] for file in task.hash],
        "compare": [[number[one], number[other], mirror] for one, other, mirror in task.compare],
    }
    try:
        send(child.connection, head)
    except OSError:
        return  # it died while idle: whoever waits for its answer sees that


def _main(connection: Connection) -> None:
    """The child: hash and compare until the connection closes."""
    import cv2
    import numpy as np

    from photosearch.duplicates.compare import Features, Picture

    cv2.setNumThreads(1)
    pictures: OrderedDict[str, Picture | None] = OrderedDict()
    features: OrderedDict[str, Features] = OrderedDict()

    def read(file: str) -> Picture | None:
        try:
            data = np.fromfile(file, np.uint8)
        except OSError:
            return None
        pixels = cv2.imdecode(data, cv2.IMREAD_COLOR) if len(data) else None
        return None if pixels is None else Picture(np.asarray(pixels), features.pop(file, None))

    def let_go(file: str, picture: Picture | None) -> None:
        if picture is not None and picture.known_features is not None:
            features[file] = picture.known_features
            if len(features) > _KEPT_FEATURES:
                features.popitem(last=False)

    def picture(file: str) -> Picture | None:
        if file in pictures:
            pictures.move_to_end(file)
        else:
            pictures[file] = read(file)
            if len(pictures) > _KEPT:
                let_go(*pictures.popitem(last=False))
        return pictures[file]

    while True:
        head, _ = receive(connection)
        files = head["files"]
        answers: Answers = [_hashed(picture(files[index])) for index in head["hash"]]
        answers += [
            _compared(picture(files[first]), picture(files[second]), mirror)
            for first, second, mirror in head["compare"]
        ]
        send(connection, {"answers": answers})


def _hashed(picture: Any) -> dict[str, Any] | None:
    if picture is None:
        return None
    from PIL import Image

    from photosearch.media.read import orientation_hashes

    return {"hashes": orientation_hashes(Image.fromarray(picture.pixels[:, :, ::-1]))}


def _compared(first: Any, second: Any, mirror: bool) -> dict[str, Any] | None:
    """The values of a `kinds.Compared` but for the cosine."""
    if first is None or second is None:
        return None
    from photosearch.duplicates.compare import compare_parts, compare_whole, same_shape
    from photosearch.duplicates.kinds import is_same

    whole = compare_whole(first, second)
    shape = same_shape(first, second, whole.orientation)
    part = None
    if not is_same(whole, shape):
        part = compare_parts(first, second)
        if mirror and (part is None or part.inliers < _SURE):
            other = compare_parts(first, second, mirrored=True)
            found = [each for each in (part, other) if each is not None]
            part = max(found, key=lambda each: each.inliers, default=None)
    return {
        "whole": asdict(whole),
        "same_shape": shape,
        "part": part and asdict(part),
        "coloured": [first.coloured, second.coloured],
        "sharpness": [first.sharpness, second.sharpness],
    }

"""A pool of child processes that read and decode photo files under limits.

Each child has at most one file in hand. One that dies or takes too long costs that file alone:
it is reported as a failure with its reason, and another child takes the dead one's place.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from photosearch.children import Child, receive, send
from photosearch.errors import PhotoSearchError
from photosearch.media.facts import Facts, Metadata
from photosearch.media.pixels import Region
from photosearch.media.read import NO_MEMORY, Picture, Reading
from photosearch.settings import Settings

Result = TypeVar("Result")


@dataclass(frozen=True)
class Job:
    """Read the file at `path`; `key` comes back with the result. `turned`, `sidecars`, `decoded`,
    `region`: see `read_photo`."""

    key: int
    path: bytes
    turned: bool = False
    sidecars: tuple[bytes, ...] = ()
    decoded: bool = True
    region: Region | None = None


@dataclass(frozen=True)
class Failure:
    """A file that could not be read. `transient`: trying again may help (it was locked, it changed,
    a child died of it); after some tries the caller should stop."""

    key: int
    code: str
    reason: str
    transient: bool = True


class Readers:
    """Read files in `settings.workers` children, at `side` (see `read_photo`).

    Use as a context manager: leaving it ends the children.
    """

    def __init__(self, settings: Settings, side: int) -> None:
        self._settings = settings
        self._side = side
        self._children: list[Reader[Reading]] = []
        self._waiting: deque[Job] = deque()

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the children."""
        for reader in self._children:
            reader.child.kill()
        self._children.clear()

    @property
    def wanting(self) -> int:
        """How many more jobs keep every child busy with one more waiting for each."""
        in_hand = sum(reader.job is not None for reader in self._children)
        return 2 * self._settings.workers - in_hand - len(self._waiting)

    @property
    def idle(self) -> bool:
        """Nothing is in hand and nothing waits."""
        return not self._waiting and all(reader.job is None for reader in self._children)

    def submit(self, job: Job) -> None:
        """Add a job."""
        self._waiting.append(job)
        self._hand_out()

    def connections(self) -> list[Connection]:
        """What to wait on (with `multiprocessing.connection.wait`) for something to collect."""
        return [reader.child.connection for reader in self._children if reader.job is not None]

    def collect(self, seconds: float) -> Iterator[tuple[Job, Reading | Failure]]:
        """Yield what is finished, waiting up to `seconds` for the first."""
        ready = wait(self.connections(), seconds) if self.connections() else []
        for reader in list(self._children):
            job = reader.job
            if job is None:
                continue
            if reader.child.connection in ready:
                result = reader.take()
            elif time.monotonic() > reader.deadline:
                limit = self._settings.file_seconds
                result = Failure(job.key, "too-slow", f"decoding took longer than {limit} seconds")
            else:
                continue
            if isinstance(result, Failure):
                spent = result.code in ("crashed", "too-slow")
            else:  # what it could not get it still holds
                spent = result.problem == NO_MEMORY
            if spent:
                reader.child.kill()
                self._children.remove(reader)
            self._hand_out()
            yield job, result

    def read(self, path: bytes, region: Region | None = None) -> Reading:
        """Read one file (or a part of it) while nothing else is under way. Raises PhotoSearchError
        where it fails."""
        self.submit(Job(0, path, region=region))
        while True:
            for _, result in self.collect(1.0):
                if isinstance(result, Failure):
                    raise PhotoSearchError(result.code, result.reason)
                return result

    def _hand_out(self) -> None:
        while self._waiting:
            reader = next((each for each in self._children if each.job is None), None)
            if reader is None:
                if len(self._children) >= self._settings.workers:
                    return
                limits = dataclasses.asdict(self._settings)
                reader = Reader(_main, limits, self._side, unpack=_unpack)
                self._children.append(reader)
            job = self._waiting.popleft()
            region = job.region and dataclasses.asdict(job.region)
            wanted = {"turned": job.turned, "decoded": job.decoded, "region": region}
            reader.give(job, wanted, self._settings.file_seconds)


class Reader(Generic[Result]):
    """One child with at most one file in hand."""

    def __init__(
        self,
        main: Callable[..., None],
        *arguments: Any,
        unpack: Callable[[dict[str, Any], list[bytes]], Result],
    ) -> None:
        """Start a child that runs `main(connection, *arguments)`; `unpack` makes what it answers
        into a result."""
        self.child = Child(main, *arguments, name="photosearch-reader")
        self.job: Job | None = None
        self.deadline = 0.0
        self._unpack = unpack

    def give(self, job: Job, head: dict[str, Any], seconds: float) -> None:
        """Hand over a file: `head` says what is wanted of it, within `seconds`."""
        self.job = job
        # The first job also waits for the interpreter to start, which is not the file's fault.
        self.deadline = time.monotonic() + seconds + (30.0 if self.deadline == 0.0 else 0.0)
        with contextlib.suppress(OSError):  # died while idle: `take` sees that and says so
            send(self.child.connection, head, job.path, *job.sidecars)

    def take(self) -> Result | Failure:
        """What came of the file in hand, once the connection has something to receive."""
        assert self.job is not None
        job, self.job = self.job, None
        try:
            head, blobs = receive(self.child.connection)
            if "error" in head:
                return Failure(job.key, head["error"], head["reason"], head["transient"])
            return self._unpack(head, blobs)
        except (EOFError, OSError, ValueError, LookupError, TypeError):  # or what came is no answer
            return Failure(job.key, "crashed", "the decoder crashed on it")


def read_one(path: bytes, settings: Settings, side: int, region: Region | None = None) -> Reading:
    """Read one file (or a part of it) in a child, under the same limits. Raises PhotoSearchError
    where it fails."""
    with Readers(settings, side) as readers:
        return readers.read(path, region)


def _main(connection: Connection, limits: dict[str, Any], side: int) -> None:
    """The child: read what is asked for until the connection closes."""
    from photosearch.media.read import read_photo

    importlib.import_module("scipy.fftpack")  # imagehash would, with the first hash: too late
    settings = Settings(**limits)
    prepare_to_decode(settings)
    while True:
        head, (path, *sidecars) = receive(connection)
        try:
            reading = read_photo(
                path,
                side,
                settings.max_megapixels * 1_000_000,
                settings.max_photo_megabytes << 20,
                turned=head["turned"],
                sidecars=sidecars,
                decoded=head["decoded"],
                region=Region(**head["region"]) if head["region"] else None,
            )
        except PhotoSearchError as error:
            transient = error.code != "too-large"
            answer = {"error": error.code, "reason": error.what, "transient": transient}
            send(connection, answer)
        else:
            send(connection, *_pack(reading))


def prepare_to_decode(settings: Settings) -> None:
    """Set this process's limits and register the decoders: once, in a child that decodes."""
    from photosearch.media import formats

    _limit_memory(settings.worker_gigabytes << 30)
    formats.register()


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:
        return  # Windows: no such limit
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS may refuse
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _pack(reading: Reading) -> tuple[Any, ...]:
    head: dict[str, Any] = {
        "size": reading.size,
        "mtime_ns": reading.mtime_ns,
        "inode": reading.inode,
        "problem": reading.problem,
        "metadata": dataclasses.asdict(reading.metadata),
        "sidecars": reading.sidecars,
        "sidecar_problem": reading.sidecar_problem,
    }
    picture = reading.picture
    if picture is None:
        return head, reading.content
    head["facts"] = dataclasses.asdict(picture.facts)
    head["view_size"] = picture.view_size
    head["phash"] = picture.phash
    head["turned"] = picture.turned
    return head, reading.content, picture.pixels, picture.thumbnail, picture.view


def _unpack(head: dict[str, Any], blobs: list[bytes]) -> Reading:
    picture = None
    if len(blobs) > 1:
        width, height = head["view_size"]
        picture = Picture(
            Facts(**head["facts"]),
            (width, height),
            blobs[3],
            head["phash"],
            blobs[1],
            blobs[2],
            tuple(head["turned"]),
        )
    said = head["metadata"]
    return Reading(
        *(blobs[0], head["size"], head["mtime_ns"], head["inode"], picture, head["problem"]),
        Metadata(**{**said, "keywords": tuple(said["keywords"])}),
        tuple(None if state is None else (state[0], state[1]) for state in head["sidecars"]),
        head["sidecar_problem"],
    )

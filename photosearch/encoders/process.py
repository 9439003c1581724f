"""Image encoders in a child process of their own, so that whoever indexes never waits for torch
to load, and a model that dies takes nothing with it."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from photosearch.children import FOR_MODELS, Child, receive, send
from photosearch.encoders.batching import ROWS, BatchSize, remember, remembered
from photosearch.encoders.loading import load_tower
from photosearch.encoders.registry import EncoderFolder, features_name, read_folder, vectors_name
from photosearch.errors import PhotoSearchError

if TYPE_CHECKING:
    import torch

    from photosearch.encoders.tower import Tower

_MAX_STARTS = 3  # without the model being loaded once: then it is not the photos' fault

BATCH_SECONDS = 600.0
"""A batch that takes longer than this (loading the model included) has hung its encoder."""

AHEAD = 2
"""Batches that may be under way at once: one in the model, one ready for it."""


@dataclass(frozen=True)
class View:
    """Pixels to encode: an upright RGB picture (`size` = width, height) of the photo `photo_id`.
    `wanted`: which rows are to be made of it, by their names in the catalog (the
    `vectors_name` of an encoder, the `features_name` of a trunk)."""

    photo_id: int
    size: tuple[int, int]
    pixels: bytes
    wanted: frozenset[str]


@dataclass(frozen=True)
class Encoded:
    """A batch that is finished. `made`: by the name of the rows, float32 (n, dimension), for each
    view one: unit vectors, or pooled features as they are. `reason`: why some that were wanted are
    not there."""

    views: tuple[View, ...]
    made: Mapping[str, npt.NDArray[np.float32]]
    reason: str = ""

    @property
    def whole(self) -> bool:
        """All that was wanted of each view is there."""
        return all(view.wanted <= self.made.keys() for view in self.views)


class EncoderProcess:
    """Encodes batches of views in a child, in order. Start it early: loading takes seconds."""

    def __init__(
        self, encoder: EncoderFolder | None, trunk: EncoderFolder | None, most: int = 32
    ) -> None:
        """`encoder` makes vectors, `trunk` features; where they are one, of one pass. `most`:
        pictures in a batch."""
        self._folders = (encoder, trunk)
        self._size = BatchSize(most)
        self._device = ""  # known when the models are loaded
        self._child = _start(*self._folders)
        self._under_way: deque[tuple[View, ...]] = deque()
        self._since = 0.0  # when the oldest batch that is under way was begun
        self._starts = 1  # since the last time that a child had loaded the model

    @property
    def connection(self) -> Connection:
        """What to wait on for a finished batch."""
        return self._child.connection

    @property
    def batch(self) -> int:
        """How many pictures the next batch should have."""
        return self._size.size

    @property
    def wanting(self) -> int:
        """How many more batches it can take now."""
        return AHEAD - len(self._under_way)

    @property
    def idle(self) -> bool:
        """No batch is under way."""
        return not self._under_way

    def submit(self, views: tuple[View, ...]) -> None:
        """Hand over a batch."""
        if not self._under_way:
            self._since = time.monotonic()
        self._under_way.append(views)
        wanted = frozenset[str]().union(*(view.wanted for view in views))
        head = {"sizes": [view.size for view in views], "wanted": sorted(wanted)}
        with contextlib.suppress(OSError):  # a dead child: `collect` finds out and says so
            send(self.connection, head, *(view.pixels for view in views))

    def collect(self, seconds: float) -> Encoded | None:
        """The next finished batch, waiting up to `seconds`; None where none is finished.

        A batch that killed the child comes back without vectors, and a new child is started for
        those after it. Raises PhotoSearchError (`broken-encoder`) where the model cannot be loaded.
        """
        if self.idle:
            return None
        try:
            if not self.connection.poll(seconds):
                late = time.monotonic() - self._since > BATCH_SECONDS
                return self._restart() if late else None
            head, blobs = receive(self.connection)
        except (EOFError, OSError):
            return self._restart()
        if "loaded" in head:
            self._starts = 0
            self._know(head["loaded"])
            return None
        if "fatal" in head:
            raise PhotoSearchError("broken-encoder", head["fatal"], head["todo"])
        views = self._under_way.popleft()
        self._since = time.monotonic()
        self._learn(len(views), head["seconds"], head["at_once"])
        made = {
            name: np.frombuffer(blob, np.float32).reshape(len(views), -1)
            for name, blob in zip(head["made"], blobs, strict=True)
        }
        return Encoded(views, made, head["reason"])

    def close(self) -> None:
        """End the child."""
        self._child.kill()

    def _know(self, device: str) -> None:
        """On which device the models are now, and with it what batch is best there."""
        self._device = device
        known = remembered(_names(*self._folders), device)
        if known is not None and not self._size.settled:
            self._size = BatchSize(self._size.most, known, settled=True)

    def _learn(self, count: int, seconds: float, at_once: int | None) -> None:
        """What a batch took, or how many at once memory allowed."""
        if at_once is not None and at_once < count:
            settled = self._size.ran_out(at_once)
        else:
            settled = bool(seconds) and self._size.took(count, seconds)
        if settled:
            remember(_names(*self._folders), self._device, self._size.size)

    def _restart(self) -> Encoded:
        self._child.kill()
        if self._starts >= _MAX_STARTS:
            raise PhotoSearchError(
                "broken-encoder",
                f"The encoder {_names(*self._folders)} ends while it is loaded",
                "Is there too little memory for it? `photosearch doctor` shows more.",
            )
        self._starts += 1
        failed = self._under_way.popleft()
        again = list(self._under_way)
        self._under_way.clear()
        self._child = _start(*self._folders)
        for views in again:
            self.submit(views)
        return Encoded(failed, {}, "the encoder crashed on it")


def _names(*folders: EncoderFolder | None) -> str:
    return " and ".join(dict.fromkeys(folder.id for folder in folders if folder is not None))


def _start(*folders: EncoderFolder | None) -> Child:
    paths = [None if folder is None else str(folder.path) for folder in folders]
    return Child(_main, *paths, name="photosearch-encoder", environment=FOR_MODELS)


@dataclass(frozen=True)
class _Batch:
    """What the models are to do next: for each that is wanted, its pixels, or why they could not
    be prepared. `names`: of the rows that are wanted; `count`: of the views."""

    names: frozenset[str]
    count: int
    prepared: tuple[tuple[Tower, torch.Tensor | Exception], ...]


def _main(connection: Connection, encoder_path: str | None, trunk_path: str | None) -> None:
    """The child: load the models, then encode what comes until the connection closes."""
    # Batches are received in a thread, so that the sender is not held up while the model runs, and
    # prepared in another, so that a GPU has the next one when it is done.
    arrived: queue.Queue[tuple[dict[str, Any], list[bytes]] | None] = queue.Queue()
    threading.Thread(target=_receive_all, args=(connection, arrived), daemon=True).start()
    try:
        paths = dict.fromkeys(Path(path) for path in (encoder_path, trunk_path) if path is not None)
        models = [load_tower(read_folder(path)) for path in paths]
    except PhotoSearchError as error:
        send(connection, {"fatal": error.what, "todo": error.todo})
        return
    except Exception as error:  # noqa: BLE001  an installation that is not whole
        send(connection, {"fatal": f"The encoder cannot be loaded ({error})", "todo": ""})
        return
    send(connection, {"loaded": _device_of(models)})
    ready: queue.Queue[_Batch | None] = queue.Queue(1)
    threading.Thread(target=_prepare_all, args=(models, arrived, ready), daemon=True).start()
    while (batch := ready.get()) is not None:
        made: dict[str, npt.NDArray[np.float32]] = {}
        reason = ""
        begun = time.perf_counter()
        for model, pixels in batch.prepared:  # one that fails leaves the other's work alone
            try:
                if isinstance(pixels, Exception):
                    raise pixels
                made |= _encode(model, pixels, batch.count)
            except Exception as error:  # noqa: BLE001  reported to the parent, which decides
                reason = f"the encoder failed on it ({error})"[:300]
        seconds = 0.0 if reason else time.perf_counter() - begun
        made = {name: rows for name, rows in made.items() if name in batch.names}
        fits = min((model.at_once for model in models if model.at_once is not None), default=None)
        answer = {"made": list(made), "reason": reason, "seconds": seconds, "at_once": fits}
        send(connection, answer, *(rows.tobytes() for rows in made.values()))


def _device_of(models: list[Tower]) -> str:
    """The device that the models are on, by its kind and why it was chosen, which names a GPU."""
    return "; ".join(dict.fromkeys(f"{each.device.name}, {each.device.why}" for each in models))


def _encode(model: Tower, pixels: torch.Tensor, count: int) -> dict[str, npt.NDArray[np.float32]]:
    """What one pass of a model makes of a batch, by the name of the rows."""
    vectors, features = model.encode_prepared(pixels)
    made = {vectors_name(model.folder): vectors[:count]}
    return made if features is None else {**made, features_name(model.folder): features[:count]}


def _prepare_all(
    models: list[Tower],
    arrived: queue.Queue[tuple[dict[str, Any], list[bytes]] | None],
    ready: queue.Queue[_Batch | None],
) -> None:
    while (message := arrived.get()) is not None:
        head, blobs = message
        names = frozenset(head["wanted"])
        wanted = [
            model
            for model in models
            if not {vectors_name(model.folder), features_name(model.folder)}.isdisjoint(names)
        ]
        prepared = tuple((model, _prepare(model, head["sizes"], blobs)) for model in wanted)
        ready.put(_Batch(names, len(blobs), prepared))
    ready.put(None)


def _prepare(model: Tower, sizes: list[list[int]], blobs: list[bytes]) -> torch.Tensor | Exception:
    """The pictures of a batch as a model takes them, or why that cannot be."""
    from PIL import Image

    try:
        images = [
            Image.frombuffer("RGB", (width, height), pixels)
            for (width, height), pixels in zip(sizes, blobs, strict=True)
        ]
        # What a product of matrices comes to in the last bit depends on how many rows it has,
        # modulo the kernel's block. What is tagged must not depend on where a run was interrupted.
        images += images[-1:] * (-len(images) % ROWS)
        return model.prepare(images)
    except Exception as error:  # noqa: BLE001  of this batch alone
        return error


def _receive_all(
    connection: Connection, arrived: queue.Queue[tuple[dict[str, Any], list[bytes]] | None]
) -> None:
    try:
        while True:
            arrived.put(receive(connection))
    except (EOFError, OSError):
        arrived.put(None)

"""An image encoder in a child process of its own, so that whoever indexes never waits for torch
to load, and a model that dies takes nothing with it."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections import deque
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
import numpy.typing as npt

from photosearch.children import FOR_MODELS, Child, receive, send
from photosearch.encoders.registry import EncoderFolder, read_folder
from photosearch.errors import PhotoSearchError

_MAX_STARTS = 3  # without the model being loaded once: then it is not the photos' fault

BATCH_SECONDS = 600.0
"""A batch that takes longer than this (loading the model included) has hung its encoder."""

AHEAD = 2
"""Batches that may be under way at once: one in the model, one ready for it."""


@dataclass(frozen=True)
class View:
    """Pixels to encode: an upright RGB picture (`size` = width, height) of the photo `photo_id`."""

    photo_id: int
    size: tuple[int, int]
    pixels: bytes


@dataclass(frozen=True)
class Encoded:
    """A batch that is finished: unit vectors float32 (n, dimension), or why there are none."""

    views: tuple[View, ...]
    vectors: npt.NDArray[np.float32] | None
    reason: str = ""


class EncoderProcess:
    """Encodes batches of views in a child, in order. Start it early: loading takes seconds."""

    def __init__(self, folder: EncoderFolder) -> None:
        self._folder = folder
        self._child = _start(folder)
        self._under_way: deque[tuple[View, ...]] = deque()
        self._since = 0.0  # when the oldest batch that is under way was begun
        self._starts = 1  # since the last time that a child had loaded the model

    @property
    def connection(self) -> Connection:
        """What to wait on for a finished batch."""
        return self._child.connection

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
        head = {"sizes": [view.size for view in views]}
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
            return None
        if "fatal" in head:
            raise PhotoSearchError("broken-encoder", head["fatal"], head["todo"])
        views = self._under_way.popleft()
        self._since = time.monotonic()
        if "reason" in head:
            return Encoded(views, None, head["reason"])
        vectors = np.frombuffer(blobs[0], np.float32).reshape(len(views), -1)
        return Encoded(views, vectors)

    def close(self) -> None:
        """End the child."""
        self._child.kill()

    def _restart(self) -> Encoded:
        self._child.kill()
        if self._starts >= _MAX_STARTS:
            raise PhotoSearchError(
                "broken-encoder",
                f"The encoder {self._folder.id} ends while it is loaded",
                "Is there too little memory for it? `photosearch doctor` shows more.",
            )
        self._starts += 1
        failed = self._under_way.popleft()
        again = list(self._under_way)
        self._under_way.clear()
        self._child = _start(self._folder)
        for views in again:
            self.submit(views)
        return Encoded(failed, None, "the encoder crashed on it")


def _start(folder: EncoderFolder) -> Child:
    return Child(_main, str(folder.path), name="photosearch-encoder", environment=FOR_MODELS)


def _main(connection: Connection, path: str) -> None:
    """The child: load the model, then encode what comes until the connection closes."""
    from pathlib import Path

    # Batches are received in a thread, so that the sender is not held up while the model runs.
    batches: queue.Queue[tuple[dict[str, Any], list[bytes]] | None] = queue.Queue()
    threading.Thread(target=_receive_all, args=(connection, batches), daemon=True).start()
    try:
        from photosearch.encoders.encoder import Encoder

        encoder = Encoder(read_folder(Path(path)))
    except PhotoSearchError as error:
        send(connection, {"fatal": error.what, "todo": error.todo})
        return
    except Exception as error:  # noqa: BLE001  an installation that is not whole
        send(connection, {"fatal": f"The encoder cannot be loaded ({error})", "todo": ""})
        return
    send(connection, {"loaded": True})
    from PIL import Image

    while (batch := batches.get()) is not None:
        head, blobs = batch
        try:
            images = [
                Image.frombuffer("RGB", tuple(size), pixels)
                for size, pixels in zip(head["sizes"], blobs, strict=True)
            ]
            vectors = encoder.encode_images(images)
        except Exception as error:  # noqa: BLE001  reported to the parent, which decides
            send(connection, {"reason": f"the encoder failed on it ({error})"[:300]})
        else:
            send(connection, {}, vectors.tobytes())


def _receive_all(
    connection: Connection, batches: queue.Queue[tuple[dict[str, Any], list[bytes]] | None]
) -> None:
    try:
        while True:
            batches.put(receive(connection))
    except (EOFError, OSError):
        batches.put(None)

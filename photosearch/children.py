"""Child processes that end with their parent, whatever ends it.

A child is a function in a fresh interpreter (`spawn`: no inherited threads, locks or CUDA state)
with one duplex connection to its parent. What goes over it is JSON and raw bytes, never pickles:
a child that decodes hostile files must not be able to make its parent run anything.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

# For children that run a model; read by the C and OpenMP libraries when a process starts. glibc's
# defaults return every large block to the kernel at once, and torch on a CPU then spends two thirds
# of its time on page faults; OpenMP's threads spin while they wait, on cores that readers need.
# (A reader is better off with the defaults: it would keep the memory of its largest picture.)
FOR_MODELS = {
    "MALLOC_MMAP_THRESHOLD_": "4000000000",
    "MALLOC_TRIM_THRESHOLD_": "8000000000",
    "OMP_WAIT_POLICY": "PASSIVE",
}


class Child:
    """A running child process and the connection to it."""

    def __init__(
        self,
        main: Callable[..., None],
        *arguments: Any,
        name: str,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start `main(connection, *arguments)`; `main` must be importable by its module's name.
        What is set of `environment` already stays as it is."""
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe(duplex=True)
        self.process: SpawnProcess = context.Process(
            target=_enter, args=(main, theirs, *arguments), name=name, daemon=True
        )
        with _interrupts_held(), _added(environment or {}):
            self.process.start()
        theirs.close()

    def kill(self) -> None:
        """End the child now and wait until it is gone. Safe to call twice."""
        self.connection.close()
        self.process.kill()
        self.process.join()

    def stop(self, seconds: float = 5.0) -> None:
        """Let the child end by itself (it sees its connection close), else kill it."""
        self.connection.close()
        self.process.join(seconds)
        self.kill()


@contextlib.contextmanager
def _added(environment: Mapping[str, str]) -> Iterator[None]:
    """For a while this process's environment, which a child inherits, has these values too."""
    mine = {key: value for key, value in environment.items() if key not in os.environ}
    os.environ.update(mine)
    try:
        yield
    finally:
        for key in mine:
            del os.environ[key]


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits: a child that is just starting would die of it before it can leave it to its
    parent."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # it unblocks SIGINT when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _enter(main: Callable[..., None], connection: Connection, *arguments: Any) -> None:
    """What every child does first: outlive no parent, leave Ctrl-C to it, say nothing on its
    terminal (decoders in C print what they like, and stdout belongs to the parent's rows)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    multiprocessing.current_process().daemon = False  # it may have children, which end with it
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in {0, 1, 2} - {connection.fileno()}:
        os.dup2(quiet, stream)
    # The parent closing the connection is how a child is told to end.
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        main(connection, *arguments)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def send(connection: Connection, head: dict[str, Any], *blobs: bytes) -> None:
    """Send one message: a JSON object, and raw bytes that go with it."""
    connection.send_bytes(json.dumps({**head, "blobs": len(blobs)}).encode())
    for blob in blobs:
        connection.send_bytes(blob)


def receive(connection: Connection) -> tuple[dict[str, Any], list[bytes]]:
    """Receive one message that `send` sent. Raises EOFError when the other side is gone."""
    head: dict[str, Any] = json.loads(connection.recv_bytes())
    return head, [connection.recv_bytes() for _ in range(head.pop("blobs"))]

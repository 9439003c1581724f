"""Small products on one thread."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import ThreadpoolController

_controller = functools.cache(ThreadpoolController)  # of the libraries that are loaded by then


@contextmanager
def one_thread() -> Iterator[None]:
    """While this holds (also as a decorator), products of matrices are made by the thread that asks
    for them. OpenBLAS' own threads wait for the next product by spinning, on a core that the text
    tower or the scan of the next search would have."""
    with _controller().limit(limits=1, user_api="blas"):
        yield

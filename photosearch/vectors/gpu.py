"""A flat fp16 copy of an index on a GPU, where one is there and the copy fits.

FAISS's GPU indexes ignore selectors (faiss#3114, #3924) and compute with the query in fp16, so the
copy only names candidates: a few more than are wanted, of which the index on the CPU picks the best
by its own arithmetic. `sure` says when those are the best of all; so the answer is the CPU's, id by
id, whatever the GPU rounds.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]

MOST = 2048
"""Neighbours that FAISS finds at once on a GPU."""

SPARE = 64
"""Candidates beyond those that are wanted."""

ERROR = 1e-3
"""How far the cosine of a query in fp16 with a stored vector may lie from the true one: 2⁻¹¹ for
the query's rounding (by Cauchy and Schwarz, both are of unit length), and as much again for the
sum, which is in fp32."""

_WORK = 64 << 20  # bytes that FAISS takes for its intermediate results
_ROWS = 1 << 20  # vectors that are handed over at once, as fp32
_SHARE = 0.5  # of the free memory: the models want some, too


@dataclass(frozen=True)
class Gpu:
    """A GPU that FAISS and torch both see: its name, and the bytes of its memory that are free."""

    name: str
    free: int


def find_gpu() -> Gpu | None:
    """The GPU there is; None without one, or with a FAISS or torch that cannot use it."""
    if not _can_use_gpus():
        return None
    import torch

    if not torch.cuda.is_available():
        return None
    return Gpu(torch.cuda.get_device_name(0), torch.cuda.mem_get_info(0)[0])


def why_not(count: int, dimension: int, gpu: Gpu | None) -> str | None:
    """Why so many vectors are searched on the CPU, as a part of a sentence; None: the GPU does."""
    if gpu is None:
        return "no GPU that FAISS can use was found"
    if needed(count, dimension) > _SHARE * gpu.free:
        return f"they do not fit beside the models on the GPU ({gpu.name})"
    return None


def needed(count: int, dimension: int) -> int:
    """The bytes of GPU memory that a copy takes while it is made."""
    return 2 * count * dimension + 4 * min(count, _ROWS) * dimension + _WORK


def sure(least: float, last: float) -> bool:
    """Whether no vector beyond the candidates is as near as those that were picked: the `least` of
    their scores lies above all that the `last` candidate's score on the GPU can mean."""
    return least > last + ERROR


class GpuCopy:
    """The copy of one index. Raises RuntimeError where the GPU takes it not, or no more."""

    def __init__(self, index: Any) -> None:
        """`index`: fp16 vectors by inner product (`IndexScalarQuantizer`)."""
        import faiss

        self._resources = faiss.StandardGpuResources()
        self._resources.setTempMemory(_WORK)
        options = faiss.GpuClonerOptions()
        options.useFloat16 = True
        options.use_cuvs = False
        self._copy = faiss.index_cpu_to_gpu(self._resources, 0, index, options)

    def __len__(self) -> int:
        return int(self._copy.ntotal)

    def follow(self, index: Any) -> None:
        """Take over what was added to the index meanwhile."""
        for start in range(len(self), index.ntotal, _ROWS):
            self._copy.add(index.reconstruct_n(start, min(_ROWS, index.ntotal - start)))

    def search(self, rows: Floats, count: int) -> tuple[Floats, Ids]:
        """The `count` (at most MOST) nearest of each row, float32 (n, dimension): their scores on
        the GPU, float32 (n, count), best first, and positions, int64."""
        found: tuple[Floats, Ids] = self._copy.search(rows, count)
        return found


@functools.cache
def _can_use_gpus() -> bool:
    import faiss

    return hasattr(faiss, "StandardGpuResources") and faiss.get_num_gpus() > 0

"""An image network on a device: batches as large as its memory allows, half precision on a GPU,
and none of the GPU's memory while nothing is asked of it. Imports torch; import it late."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image

from photosearch.encoders.registry import EncoderFolder
from photosearch.settings import cores

Floats = npt.NDArray[np.float32]
Made = TypeVar("Made")


@dataclass(frozen=True)
class Device:
    """Where a model runs, and why there."""

    name: str
    why: str


def choose_device() -> Device:
    """CUDA, else Apple's MPS, else the CPU."""
    if torch.cuda.is_available():
        return Device("cuda", f"a GPU is there: {torch.cuda.get_device_name()}")
    if torch.backends.mps.is_available():
        return Device("mps", "an Apple GPU is there")
    return Device("cpu", "no GPU that torch can use was found")


def half_precision(device: Device) -> torch.dtype | None:
    """In what a GPU multiplies: bfloat16, or float16 on those before Ampere, which would only
    emulate it. None: in float32, as everything else does."""
    if device.name != "cuda":
        return None
    real = torch.cuda.is_bf16_supported(including_emulation=False)
    return torch.bfloat16 if real else torch.float16


class Tower:
    """An image network on a device, which takes as many pictures at once as memory allows. Safe to
    use from one thread at a time; `prepare` from another beside it."""

    def __init__(self, folder: EncoderFolder, device: Device | None) -> None:
        self.folder = folder
        self.device = device or choose_device()
        self.at_once: int | None = None
        """Pictures in one pass at most, where memory ran out before."""
        self._half = half_precision(self.device)
        self._resting = False
        self._threads: ThreadPoolExecutor | None = None

    def encode_with_features(self, images: Sequence[Image.Image]) -> tuple[Floats, Floats | None]:
        """Unit vectors, float32 (n, dimension), of upright RGB pictures of any size, and of the
        same pass the tower's pooled features, float32 (n, features), as they are; None for an
        encoder without beliefs. Raises as `encode_prepared`."""
        if not images:
            return np.empty((0, self.folder.dimension), np.float32), None
        return self.encode_prepared(self.prepare(images))

    def prepare(self, images: Sequence[Image.Image]) -> torch.Tensor:
        """Upright RGB pictures of any size as what the network takes, (n, …), by its own
        preprocessing; for CUDA in pinned memory, which a GPU can fetch while the CPU goes on."""
        prepared = self._prepared(images)
        return prepared.pin_memory() if self.device.name == "cuda" else prepared

    def encode_prepared(self, pixels: torch.Tensor) -> tuple[Floats, Floats | None]:
        """As `encode_with_features`, of one picture or more that `prepare` made ready.

        Where memory runs out, half as many pictures go through the model at once, from then on; on
        a GPU that has no room for one, it moves to the CPU. Raises torch.OutOfMemoryError where
        one picture is too much for that, too.
        """
        self._wake()
        found: list[tuple[Floats, Floats | None]] = []
        done = 0
        while done < len(pixels):
            part = pixels[done : done + (self.at_once or len(pixels))]
            try:
                found.append(self._pass(part))
                done += len(part)
            except torch.OutOfMemoryError:
                if len(part) > 1:
                    self.at_once = len(part) // 2
                elif self.device.name != "cpu":
                    self._move_to_cpu(f"the memory of {self.device.name} was too small")
                else:
                    raise
        features = [each[1] for each in found if each[1] is not None]
        return (
            np.concatenate([each[0] for each in found]),
            np.concatenate(features) if features else None,
        )

    def rest(self) -> None:
        """Give the GPU's memory back: the model waits in the computer's own until it is needed."""
        if self.device.name != "cpu" and not self._resting:
            self._resting = True
            self._put("cpu")
            _empty_cache(self.device)

    @torch.inference_mode()
    def _pass(self, pixels: torch.Tensor) -> tuple[Floats, Floats | None]:
        vectors, features = self._forward(pixels.to(self.device.name, non_blocking=True))
        unit: Floats = vectors.cpu().numpy()
        return unit, None if features is None else features.cpu().numpy()

    def _prepared(self, images: Sequence[Image.Image]) -> torch.Tensor:
        """What `prepare` gives, in ordinary memory."""
        raise NotImplementedError

    def _forward(self, pixels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Unit vectors and features, float32, both on the device, of what `_prepared` gave."""
        raise NotImplementedError

    def _put(self, device: str) -> None:
        """Move the model to where `device` names."""
        raise NotImplementedError

    def _wake(self) -> None:
        """Bring the model back from its rest; to stay on the CPU where the GPU takes it no more."""
        if not self._resting:
            return
        self._resting = False
        try:
            self._put(self.device.name)
        except (RuntimeError, AssertionError) as error:  # it is full, or gone
            self._move_to_cpu(f"{self.device.name} took the model no more ({str(error)[:100]})")

    def _move_to_cpu(self, why: str) -> None:
        before, self.device = self.device, Device("cpu", why)
        self.at_once = self._half = None
        self._put("cpu")
        _empty_cache(before)

    def _autocast(self) -> torch.autocast:
        half = self._half
        return torch.autocast(self.device.name, dtype=half, enabled=half is not None)

    def _each(self, preprocess: Any, images: Sequence[Image.Image]) -> list[Any]:
        """The preprocessing of each picture: beside a GPU, which would wait for it, on all cores
        (Pillow lets go of Python's lock)."""
        if self.device.name == "cpu" or len(images) == 1:
            return [preprocess(image) for image in images]
        if self._threads is None:
            self._threads = ThreadPoolExecutor(cores(), thread_name_prefix="prepare")
        return list(self._threads.map(preprocess, images))


def _empty_cache(device: Device) -> None:
    """Give back what torch keeps of a device's memory for what comes next."""
    if device.name == "cuda":
        torch.cuda.empty_cache()  # does nothing where CUDA was never used
    elif device.name == "mps":
        torch.mps.empty_cache()

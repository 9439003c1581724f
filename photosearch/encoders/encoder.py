"""One encoder, loaded: pictures and words to unit vectors. Imports torch; import it late."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

# Before open_clip brings the hub libraries in: nothing here may open a connection.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_OFFLINE"] = "1"

import numpy as np
import numpy.typing as npt
import open_clip
import torch
from PIL import Image

from photosearch.encoders.beliefs import load_beliefs, pooled_features
from photosearch.encoders.fuse import fused
from photosearch.encoders.registry import EncoderFolder
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable

Floats = npt.NDArray[np.float32]


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


class Encoder:
    """A loaded encoder. Safe to use from one thread at a time."""

    def __init__(
        self, folder: EncoderFolder, device: Device | None = None, *, fuse: bool = False
    ) -> None:
        """Load both towers onto the device. `fuse`: make its convolutions quicker where it can be
        done (see `fuse.py`), for who encodes many pictures and needs no gradients.

        Raises PhotoSearchError (`broken-encoder`) where open_clip cannot load the folder.
        """
        self.folder = folder
        self.device = device or choose_device()
        source = f"local-dir:{folder.path}"
        try:
            model, preprocess = open_clip.create_model_from_pretrained(
                source, device=self.device.name
            )
            self._tokenizer = open_clip.get_tokenizer(source)
        except Exception as error:
            raise PhotoSearchError(
                "broken-encoder",
                f"The encoder {folder.id} in {printable(folder.path)} cannot be loaded"
                f" ({printable(str(error))[:300]})",
                "Remove its folder, or download it again with `photosearch models download`.",
            ) from error
        self._beliefs = load_beliefs(folder, self.device.name)
        self._model = model.eval()
        trunk = getattr(self._model.visual, "trunk", None)
        if fuse and trunk is not None and self.device.name == "cpu":
            self._model.visual.trunk = fused(trunk, folder.image_side)
        self._preprocess = preprocess
        steps = getattr(preprocess, "transforms", [])
        self._normalise = None
        if [type(step).__name__ for step in steps[-2:]] == ["ToTensor", "Normalize"]:
            # The last two are done for a whole batch at once, with the same arithmetic.
            self._preprocess = type(preprocess)(steps[:-2])
            self._normalise = steps[-1]

    def encode_images(self, images: Sequence[Image.Image]) -> Floats:
        """Unit vectors, float32 (n, dimension), of upright RGB pictures of any size."""
        return self.encode_with_features(images)[0]

    @torch.inference_mode()
    def encode_with_features(self, images: Sequence[Image.Image]) -> tuple[Floats, Floats | None]:
        """As `encode_images`, and of the same pass the tower's pooled features, float32
        (n, features), as they are; None for an encoder without beliefs."""
        if not images:
            return np.empty((0, self.folder.dimension), np.float32), None
        pixels = self._pixels(images)
        with self._autocast():
            if not self._beliefs.classifiers:
                return _unit(self._model.encode_image(pixels)), None
            with pooled_features(self._model) as pooled:
                vectors = self._model.encode_image(pixels)
        features: Floats = pooled[0].float().cpu().numpy()
        return _unit(self._beliefs.add_to(vectors, pooled[0])), features

    def _pixels(self, images: Sequence[Image.Image]) -> torch.Tensor:
        """What the image tower takes, float32 (n, 3, side, side), by the folder's preprocessing."""
        prepared = [self._preprocess(image) for image in images]
        if self._normalise is None:
            return torch.stack(prepared).to(self.device.name)
        bytes_ = torch.from_numpy(np.stack([np.asarray(image) for image in prepared]))
        pixels = bytes_.to(self.device.name).permute(0, 3, 1, 2).float().div_(255)
        mean, std = (
            torch.tensor(numbers, device=self.device.name).view(1, 3, 1, 1)
            for numbers in (self._normalise.mean, self._normalise.std)
        )
        return pixels.sub_(mean).div_(std)

    def encode_view(self, size: tuple[int, int], pixels: bytes) -> Floats:
        """The unit vector, float32 (dimension,), of one picture given as RGB bytes."""
        unit: Floats = self.encode_images([Image.frombytes("RGB", size, pixels)])[0]
        return unit

    @torch.inference_mode()
    def encode_texts(self, texts: Sequence[str]) -> Floats:
        """Unit vectors, float32 (n, dimension), of texts: for each the mean over the encoder's
        prompt templates."""
        total = np.zeros((len(texts), self.folder.dimension), np.float32)
        for template in self.folder.templates:
            tokens = self._tokenizer([template.replace("{}", text) for text in texts])
            with self._autocast():
                vectors = self._model.encode_text(tokens.to(self.device.name))
            total += _unit(vectors)
        unit: Floats = total / np.linalg.norm(total, axis=1, keepdims=True)
        return unit

    def _autocast(self) -> torch.autocast:
        on_gpu = self.device.name == "cuda"
        return torch.autocast(self.device.name, dtype=torch.bfloat16, enabled=on_gpu)


def _unit(vectors: torch.Tensor) -> Floats:
    unit: Floats = torch.nn.functional.normalize(vectors.float(), dim=-1).cpu().numpy()
    return unit

"""One encoder, loaded: pictures and words to unit vectors. Imports torch; import it late."""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from typing import Any

# Before open_clip brings the hub libraries in: nothing here may open a connection.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_OFFLINE"] = "1"

import numpy as np
import torch
from PIL import Image

from photosearch.encoders.beliefs import load_beliefs, pooled_features
from photosearch.encoders.fuse import fused
from photosearch.encoders.imports import WithoutRandomWeights, without_compiler
from photosearch.encoders.registry import EncoderFolder
from photosearch.encoders.relevance import Read, is_mean_pooled, quick_tower, relevance, towards
from photosearch.encoders.texts import encode_text
from photosearch.encoders.tower import Device, Floats, Tower
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable

with without_compiler():
    import open_clip
    from torchvision.transforms import Normalize, ToTensor

Part = tuple[float, float, float, float]

CLASS_FLOOR = 0.1
"""How likely a class must be at a place to be on its map."""


class Encoder(Tower):
    """A loaded encoder. Safe to use from one thread at a time."""

    def __init__(
        self, folder: EncoderFolder, device: Device | None = None, *, fuse: bool = False
    ) -> None:
        """Load both towers onto the device. `fuse`: make its convolutions quicker where it can be
        done (see `fuse.py`), for who encodes many pictures and needs no gradients.

        Raises PhotoSearchError (`broken-encoder`) where open_clip cannot load the folder.
        """
        super().__init__(folder, device)
        source = f"local-dir:{folder.path}"
        try:
            with WithoutRandomWeights():
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
        self._model = model.eval().requires_grad_(False)
        trunk = getattr(self._model.visual, "trunk", None)
        if fuse and trunk is not None and self.device.name == "cpu":
            self._model.visual.trunk = fused(trunk, folder.image_side)
        self._preprocess = preprocess
        steps = getattr(preprocess, "transforms", [])
        self._normalise: Any = None
        if len(steps) > 1 and isinstance(steps[-2], ToTensor) and isinstance(steps[-1], Normalize):
            # The last two are done for a whole batch at once, with the same arithmetic.
            self._preprocess = type(preprocess)(steps[:-2])
            self._normalise = steps[-1]

    def encode_images(self, images: Sequence[Image.Image]) -> Floats:
        """Unit vectors, float32 (n, dimension), of upright RGB pictures of any size."""
        return self.encode_with_features(images)[0]

    def _put(self, device: str) -> None:
        self._model = self._model.to(device)
        self._beliefs = load_beliefs(self.folder, device)
        for kept in ("_map_tower", "_usual"):
            self.__dict__.pop(kept, None)

    def _forward(self, pixels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        pixels = self._normalised(pixels)
        with self._autocast():
            if not self._beliefs.classifiers:
                return _unit(self._model.encode_image(pixels)), None
            with pooled_features(self._model) as pooled:
                vectors = self._model.encode_image(pixels)
        return _unit(self._beliefs.add_to(vectors, pooled[0])), pooled[0].float()

    def _prepared(self, images: Sequence[Image.Image]) -> torch.Tensor:
        prepared = self._each(self._preprocess, images)
        if self._normalise is None:
            return torch.stack(prepared)
        return torch.from_numpy(np.stack([np.asarray(image) for image in prepared]))

    def _pixels(self, images: Sequence[Image.Image]) -> torch.Tensor:
        """What the image tower takes, float32 (n, 3, side, side), of pictures, on the device."""
        return self._normalised(self.prepare(images).to(self.device.name))

    def _normalised(self, pixels: torch.Tensor) -> torch.Tensor:
        """The same, of what `_prepared` gave."""
        if self._normalise is None:
            return pixels
        pixels = pixels.permute(0, 3, 1, 2).contiguous().float().div_(255)
        mean, std = self._usual
        return pixels.sub_(mean).div_(std)

    @functools.cached_property
    def _usual(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Mean and standard deviation of colours, (1, 3, 1, 1), on the device: to bring them there
        for each batch would wait until its pixels, which are on their way, are there."""
        mean, std = (
            torch.tensor(numbers, device=self.device.name).view(1, 3, 1, 1)
            for numbers in (self._normalise.mean, self._normalise.std)
        )
        return mean, std

    def encode_view(self, size: tuple[int, int], pixels: bytes) -> Floats:
        """The unit vector, float32 (dimension,), of one picture given as RGB bytes."""
        unit: Floats = self.encode_images([Image.frombytes("RGB", size, pixels)])[0]
        return unit

    @torch.inference_mode()
    def encode_texts(self, texts: Sequence[str]) -> Floats:
        """Unit vectors, float32 (n, dimension), of texts: for each the mean over the encoder's
        prompt templates."""
        self._wake()
        total = np.zeros((len(texts), self.folder.dimension), np.float32)
        for template in self.folder.templates:
            tokens = self._tokenizer([template.replace("{}", text) for text in texts])
            with self._autocast():
                vectors = encode_text(self._model, tokens, self.device.name)
            total += _unit(vectors).cpu().numpy()
        unit: Floats = total / np.linalg.norm(total, axis=1, keepdims=True)
        return unit

    def relevance(self, image: Image.Image, directions: Floats) -> Floats:
        """Where an upright RGB picture speaks for `directions`, float32 (k, dimension): maps,
        float32 (k, rows, columns), of what is above the folder's floor (see `relevance.py`), of
        the part of it that `seen_part` names.

        Raises PhotoSearchError (`no-maps`) where the image tower is of a kind that is not known.
        """
        self._wake()
        wanted = torch.from_numpy(np.asarray(directions, np.float32)).to(self.device.name)
        return self._map(image, towards(wanted), self.folder.floor)

    def class_relevance(
        self, image: Image.Image, names: Sequence[str]
    ) -> tuple[Floats, list[float]]:
        """As `relevance`, for classes that the encoder's classifiers know (`classes`): maps of how
        likely each is at a place (what is above CLASS_FLOOR), and for the whole picture."""
        known = {
            name: (classifier, number)
            for classifier in reversed(self._beliefs.classifiers)
            for number, name in enumerate(classifier.classes)
        }
        found = [known[name] for name in names]

        def read(_: torch.Tensor, pooled: torch.Tensor) -> torch.Tensor:
            return torch.stack([each.probabilities(pooled)[:, n] for each, n in found], dim=1)

        self._wake()
        with torch.inference_mode(), pooled_features(self._model) as pooled:
            vectors = self._model.encode_image(self._pixels([image]))
        return self._map(image, read, CLASS_FLOOR), read(vectors, pooled[0])[0].tolist()

    @property
    def classes(self) -> set[str]:
        """The classes that the encoder's classifiers know."""
        return {name for each in self._beliefs.classifiers for name in each.classes}

    def seen_part(self, size: tuple[int, int]) -> Part:
        """The part of a picture of `size` (width, height) that the encoder sees."""
        config = open_clip.get_model_preprocess_cfg(self._model)
        return seen_part(size, config.get("resize_mode", "shortest"))

    @property
    def map_side(self) -> int:
        """The side in pixels at which pictures are looked at for maps: where the tower takes any
        size, twice the one it is used with (the grid of its places twice as fine)."""
        side = self.folder.image_side
        if not is_mean_pooled(self._model.visual):
            return side
        return 2 * side - side % 2  # 32n + 1 stays of that form: the padding is then exact

    @functools.cached_property
    def _map_tower(self) -> Any:
        visual = self._model.visual
        if self.device.name != "cpu" or not is_mean_pooled(visual):
            return visual
        return quick_tower(visual, self.map_side)

    def _map(self, image: Image.Image, read: Read, floor: float) -> Floats:
        config = {**open_clip.get_model_preprocess_cfg(self._model), "size": self.map_side}
        preprocess = open_clip.transform.image_transform_v2(
            open_clip.transform.PreprocessCfg(**config), is_train=False
        )
        pixels = preprocess(image)[None].to(self.device.name)
        maps = relevance(self._map_tower, self._beliefs, pixels, read, floor)
        found: Floats = maps.float().cpu().numpy()
        return found


def seen_part(size: tuple[int, int], resize_mode: str) -> Part:
    """The part of a picture of `size` (width, height) that open_clip's preprocessing leaves: left,
    top, right, bottom as fractions of it; beyond 0 to 1 where a border is put around it."""
    if resize_mode == "squash":
        return (0.0, 0.0, 1.0, 1.0)
    side = min(size) if resize_mode == "shortest" else max(size)
    across, down = side / size[0], side / size[1]
    return ((1 - across) / 2, (1 - down) / 2, (1 + across) / 2, (1 + down) / 2)


def _unit(vectors: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.normalize(vectors.float(), dim=-1)

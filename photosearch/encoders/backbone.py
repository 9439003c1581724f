"""Torchvision's classifying networks: a second tagger, beside the built-in network.

Such a backbone has no words and makes no vectors: it is a *trunk* (see `classifiers.py`). Its
pooled features are stored for every photo, and its last layer, which `convert.py` saves as a
classifier, says from them how likely each of ImageNet's 1,000 classes is. Imports torch; import it
late.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from PIL import Image
from safetensors.torch import load_file

from photosearch.encoders.imports import without_compiler
from photosearch.encoders.registry import BACKBONE_WEIGHTS, IMAGENET, EncoderFolder
from photosearch.encoders.tower import Device, Tower
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable

with without_compiler():
    import torchvision
    from torchvision.models import WeightsEnum

_RENAMED = {
    "Cardigan": "cardigan welsh corgi",
    "cardigan": "cardigan sweater",
    "crane": "construction crane",
    "maillot": "maillot swimsuit",
    "maillot tank suit": "one piece maillot tank suit",
}
"""Classes whose names in torchvision's list could be taken for each other, or something else."""


class Backbone(Tower):
    """A loaded backbone, whose vectors have no numbers. Safe to use from one thread at a time."""

    def __init__(self, folder: EncoderFolder, device: Device | None = None) -> None:
        """Load it onto the device.

        Raises PhotoSearchError (`broken-encoder`) where its weights do not fit.
        """
        super().__init__(folder, device)
        card = folder.backbone
        assert card is not None
        try:
            self._transforms = own_weights(card.arch, card.weights).transforms()
            model = network(card.arch)
            headless(model)
            saved = load_file(folder.path / BACKBONE_WEIGHTS)
            own = {n: each for n, each in saved.items() if not n.startswith(f"{IMAGENET}.")}
            model.load_state_dict(own, assign=True)
        except Exception as error:
            raise PhotoSearchError(
                "broken-encoder",
                f"The network {folder.id} in {printable(folder.path)} cannot be loaded"
                f" ({printable(str(error))[:300]})",
                "Remove its folder, or download it again with `photosearch models download`.",
            ) from error
        self._model = model.eval().requires_grad_(False).to(self.device.name)

    def _prepared(self, images: Sequence[Image.Image]) -> torch.Tensor:
        return torch.stack(self._each(self._transforms, images))

    def _forward(self, pixels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        with self._autocast():
            features = self._model(pixels).float()
        return features.new_empty((len(pixels), 0)), features

    def _put(self, device: str) -> None:
        self._model = self._model.to(device)


def network(arch: str) -> torch.nn.Module:
    """The architecture, its weights still to be assigned. Raises ValueError for an unknown one."""
    with torch.device("meta"):
        model: torch.nn.Module = torchvision.models.get_model(arch, weights=None)
    return model


def own_weights(arch: str, name: str) -> WeightsEnum:
    """What torchvision says of some weights: their preprocessing, classes, figures.

    Raises ValueError, KeyError where it does not know them."""
    found: WeightsEnum = torchvision.models.get_model_weights(arch)[name]
    return found


def headless(model: torch.nn.Module) -> torch.nn.Linear:
    """Take the last layer off a network, which then gives its pooled features; returns it."""
    layers = {n: each for n, each in model.named_modules() if isinstance(each, torch.nn.Linear)}
    name, head = layers.popitem()
    model.set_submodule(name, torch.nn.Identity())
    return head


def class_names(weights: WeightsEnum) -> list[str]:
    """The classes as the vocabulary's `classes.tsv` names them."""
    names = weights.meta["categories"]
    return [_RENAMED.get(name) or name.lower().replace("-", " ") for name in names]

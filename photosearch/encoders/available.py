"""Which encoders and backbones can be downloaded: a list that is data, `resources/models.json`."""

from __future__ import annotations

import difflib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from photosearch.errors import PhotoSearchError
from photosearch.paths import data_dir, printable, resources

OVERRIDE = "PHOTOSEARCH_MODELS"
"""Environment variable naming a file to read in place of the list that ships."""

TEMPLATES = ("{}", "a photo of {}")
"""Prompts of a model whose entry names none: the words as typed, and as CLIP was trained."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
OPEN_CLIP, TORCHVISION = "open_clip", "torchvision"

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Quality:
    """Published figures in percent, None where nobody published one.

    `imagenet_top1`: accuracy (of encoders zero-shot); `flickr30k_r1`, `coco_r1`: a caption's own
    photo found first among the test photos; `source`: who says so.
    """

    imagenet_top1: float | None = None
    flickr30k_r1: float | None = None
    coco_r1: float | None = None
    source: str = ""


@dataclass(frozen=True)
class AvailableModel:
    """A model that can be downloaded, pinned by the SHA-256 of its one file.

    Exactly one of `arch` (open_clip's name for the architecture, with its activation: OpenAI's
    weights need the `-quickgelu` ones) and `model_cfg` (the same, spelled out) is set.
    `preprocess`: mean, std, interpolation and resize_mode, as open_clip's own tag states them;
    `size`: bytes of the download; `image_gflops`: of one photo through the image tower.

    `library`: OPEN_CLIP; or TORCHVISION, for a backbone, which tags and cannot search: `arch` and
    `tag` are then torchvision's names of the architecture and its weights, whose own preprocessing
    counts (see `backbone.py`).
    """

    name: str
    url: str
    sha256: str
    licence: str
    languages: tuple[str, ...]
    preprocess: dict[str, Any]
    arch: str | None = None
    model_cfg: dict[str, Any] | None = None
    tag: str | None = None
    size: int | None = None
    templates: tuple[str, ...] = TEMPLATES
    quality: Quality = Quality()
    image_gflops: float | None = None
    library: str = OPEN_CLIP

    @property
    def folder(self) -> Path:
        """Where this model becomes an encoder, once it is downloaded."""
        return data_dir() / "encoders" / self.name

    @property
    def is_safetensors(self) -> bool:
        """The file needs no conversion."""
        return self.url.partition("?")[0].endswith(".safetensors")


def available_models() -> list[AvailableModel]:
    """The models that can be had, quickest first.

    Read from the list that ships, or from the file that `PHOTOSEARCH_MODELS` names (for a mirror
    of one's own). Raises PhotoSearchError (`bad-model-list`) for a file that cannot be used.
    """
    override = os.environ.get(OVERRIDE)
    path = Path(override) if override else resources() / "models.json"
    try:
        entries = json.loads(path.read_text("utf-8"))["models"]
        models = [_model(entry) for entry in entries]
        names = [model.name for model in models]
        _require(len(names) == len(set(names)), "two models have one name")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        missing = f"{error} is missing" if isinstance(error, KeyError) else error
        raise PhotoSearchError(
            "bad-model-list",
            f"The list of models {printable(path)} cannot be used ({printable(str(missing))})",
            f"Correct or unset {OVERRIDE}." if override else "Install PhotoSearch again.",
        ) from error
    return models


def find_model(name: str) -> AvailableModel:
    """The model with this name. Raises PhotoSearchError (`unknown-model`), naming the closest."""
    models = {model.name: model for model in available_models()}
    if name in models:
        return models[name]
    lower = {known.lower(): known for known in models}
    close = difflib.get_close_matches(name.lower(), lower, n=1, cutoff=0.5)
    meant = f"Did you mean {lower[close[0]]}? " if close else ""
    raise PhotoSearchError(
        "unknown-model",
        f"There is no model named {printable(name)}",
        f"{meant}`photosearch models list` shows what can be had.",
    )


def _model(entry: dict[str, Any]) -> AvailableModel:
    fields = dict(entry)
    for name in ("languages", "templates"):
        if name in fields:
            values = fields[name]
            _require(_strings(values), f"{name} is no list of strings")
            fields[name] = tuple(values)
    if "quality" in fields:
        fields["quality"] = Quality(**fields["quality"])
    model = AvailableModel(**fields)
    _require(_strings([model.name, model.url, model.sha256, model.licence]), "a value is no string")
    _require(bool(_NAME.fullmatch(model.name)), f"{model.name!r} is no name for a folder")
    _require(bool(_SHA256.fullmatch(model.sha256)), f"{model.name} has no SHA-256 of 64 hex digits")
    _require(model.url.startswith(("https://", "http://")), f"{model.name} has no http(s) address")
    _require((model.arch is None) != (model.model_cfg is None), f"{model.name}: arch or model_cfg")
    _require(model.library in (OPEN_CLIP, TORCHVISION), f"{model.name}: of no library known here")
    if model.library == TORCHVISION:
        _require(bool(model.arch and model.tag), f"{model.name}: a backbone needs arch and tag")
    _require(isinstance(model.preprocess, dict), f"{model.name}: preprocess is no object")
    _require(
        model.size is None or (isinstance(model.size, int) and model.size > 0),
        f"{model.name}: size is no number of bytes",
    )
    return model


def _strings(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _require(right: bool, otherwise: str) -> None:
    if not right:
        raise ValueError(otherwise)

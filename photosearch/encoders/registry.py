"""Which encoders and backbones are on this computer: a folder each, found without loading any
model."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from photosearch.errors import PhotoSearchError
from photosearch.paths import encoder_folders, printable

CONFIG = "open_clip_config.json"
WEIGHTS = "open_clip_model.safetensors"
CARD = "encoder.json"
BACKBONE = "torchvision_config.json"
BACKBONE_WEIGHTS = "torchvision_model.safetensors"
_PARTS = (CARD, CONFIG, WEIGHTS, BACKBONE, BACKBONE_WEIGHTS)

IMAGENET = "imagenet"
"""The name of a classifier of ImageNet's 1,000 classes."""

DEFAULT_FLOOR = 0.03
"""Of encoders that state none. Not measured: CLIP's cosines with right and wrong words lie about
0.05 to 0.1 apart."""


@dataclass(frozen=True)
class ClassifierCard:
    """A classifier on the image tower's pooled features: `weight` of what it adds to the vector,
    `top`: how many of its best classes it adds, and the names of its classes."""

    name: str
    weight: float
    top: int
    classes: tuple[str, ...]


@dataclass(frozen=True)
class BeliefsCard:
    """The classifiers of an encoder (see `beliefs.py`) and the file that holds their numbers."""

    file: str
    classifiers: tuple[ClassifierCard, ...]


@dataclass(frozen=True)
class BackboneCard:
    """A classifying network of torchvision's: the names of its architecture and of its weights."""

    arch: str
    weights: str


@dataclass(frozen=True)
class EncoderFolder:
    """An encoder on disk, as its files describe it.

    `dimension`: of its vectors; `image_side`: longest side in pixels of what its image tower
    takes; `templates`: prompts with `{}` for the words, of which a text's vector is the mean;
    `floor`: how much nearer (cosine) to some words than to none in particular a place of a photo
    must be to be on their map; `calibration`: the file with its reference vectors (see
    `calibration.py`), where it has one; `backbone`: set where it is no encoder but a network that
    only classifies (see `backbone.py`), which has features and classes, and vectors of no numbers;
    `vectors_of`: an earlier encoder with the very same image side, whose vectors of photos are
    this one's, too: a library that has them, or has chosen it, goes on with this one.
    """

    id: str
    name: str
    path: Path
    licence: str
    languages: tuple[str, ...]
    templates: tuple[str, ...]
    dimension: int
    image_side: int
    beliefs: BeliefsCard | None = None
    floor: float = DEFAULT_FLOOR
    calibration: str | None = None
    backbone: BackboneCard | None = None
    vectors_of: str | None = None


def installed_encoders() -> list[EncoderFolder]:
    """The encoders that can be loaded, in the order in which their folders are searched; of two
    with one id, the first. Broken folders are left out (`broken_encoders` names them)."""
    return [each for each in _installed() if each.backbone is None]


def installed_backbones() -> list[EncoderFolder]:
    """The networks of torchvision's that can tag photos, as `installed_encoders`."""
    return [each for each in _installed() if each.backbone is not None]


def broken_encoders() -> list[str]:
    """A sentence for each folder that looks like an encoder but cannot be used."""
    broken = []
    for path in _candidates():
        try:
            read_folder(path)
        except PhotoSearchError as error:
            broken.append(error.what)
    return broken


def find_encoder(id_: str | None) -> EncoderFolder | None:
    """The installed encoder with this id, or that which took its place; None stands for the first
    there is."""
    return _named(installed_encoders(), id_)


def find_network(id_: str) -> EncoderFolder | None:
    """The installed encoder or backbone with this id, or that which took its place."""
    return _named(_installed(), id_)


def find_trunk(id_: str | None = None) -> EncoderFolder | None:
    """The network whose pooled features are stored for every photo, and which tags them: the one
    with this id; where it is None or not here, the first encoder there is with classifiers (see
    `classifiers.py`), which is the one that ships."""
    known = [each for each in _installed() if each.beliefs is not None]
    named = None if id_ is None else _named(known, id_)
    return named or next((each for each in known if each.backbone is None), None)


def vectors_name(encoder: EncoderFolder) -> str:
    """The name under which an encoder's vectors of photos lie in the catalog: its id, or that of
    the earlier encoder that made the same."""
    return encoder.vectors_of or encoder.id


def features_name(trunk: EncoderFolder) -> str:
    """The name under which a trunk's pooled features lie in the catalog, beside the encoders'
    vectors: little-endian fp16, as they leave the pooling, not normalised."""
    return f"{vectors_name(trunk)}:features"


def no_encoder(id_: str | None = None) -> PhotoSearchError:
    """The error for a search that has no encoder: what is missing and how to get it."""
    what = "There is no encoder to search with" if id_ is None else f"Encoder {id_} is not here"
    return PhotoSearchError(
        "no-encoder",
        what,
        "`photosearch models list` shows what can be had; `photosearch models download NAME`"
        " fetches one (or name a folder that holds one in PHOTOSEARCH_ENCODERS).",
    )


def read_folder(path: Path) -> EncoderFolder:
    """Read what the folder of an encoder, or of a backbone, says about itself.

    Raises PhotoSearchError (`broken-encoder`) where a file is missing or malformed.
    """
    return _read_folder(path, tuple(_state(path / name) for name in _PARTS))


def _state(file: Path) -> tuple[int, int] | None:
    try:
        info = file.stat()
    except OSError:
        return None
    return info.st_mtime_ns, info.st_size


@functools.lru_cache(64)  # every search asks which encoder answers
def _read_folder(path: Path, _: tuple[tuple[int, int] | None, ...]) -> EncoderFolder:
    try:
        card: dict[str, Any] = {}
        if (path / CARD).exists():
            card = json.loads((path / CARD).read_text("utf-8"))
        if (path / BACKBONE).is_file():
            return _read_backbone(path, card)
        config: dict[str, Any] = json.loads((path / CONFIG).read_text("utf-8"))
        model = config["model_cfg"]
        size = config.get("preprocess_cfg", {}).get("size") or model["vision_cfg"]["image_size"]
        if not (path / WEIGHTS).is_file():
            raise FileNotFoundError(f"{WEIGHTS} is missing")
        return EncoderFolder(
            id=str(card.get("id", path.name)),
            name=str(card.get("name", path.name)),
            path=path,
            licence=str(card.get("licence", "not stated")),
            languages=tuple(card.get("languages", ["en"])),
            templates=_templates(card),
            dimension=int(model["embed_dim"]),
            image_side=max(size) if isinstance(size, list) else int(size),
            beliefs=_read_beliefs(card.get("beliefs")),
            floor=float(card.get("floor", DEFAULT_FLOOR)),
            calibration=Path(card["calibration"]).name if "calibration" in card else None,
            vectors_of=str(card["vectors_of"]) if "vectors_of" in card else None,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PhotoSearchError(
            "broken-encoder",
            f"The encoder folder {printable(path)} cannot be used ({error})",
            "Remove it, or download it again with `photosearch models download`.",
        ) from error


def _read_backbone(path: Path, card: dict[str, Any]) -> EncoderFolder:
    config = json.loads((path / BACKBONE).read_text("utf-8"))
    if not (path / BACKBONE_WEIGHTS).is_file():
        raise FileNotFoundError(f"{BACKBONE_WEIGHTS} is missing")
    classifier = ClassifierCard(IMAGENET, 0.0, 1, tuple(str(name) for name in config["classes"]))
    return EncoderFolder(
        id=str(card.get("id", path.name)),
        name=str(card.get("name", path.name)),
        path=path,
        licence=str(card.get("licence", "not stated")),
        languages=(),
        templates=(),
        dimension=0,
        image_side=int(config["side"]),
        beliefs=BeliefsCard(BACKBONE_WEIGHTS, (classifier,)),
        backbone=BackboneCard(str(config["arch"]), str(config["weights"])),
    )


def _read_beliefs(card: dict[str, Any] | None) -> BeliefsCard | None:
    if card is None:
        return None
    classifiers = tuple(
        ClassifierCard(str(c["name"]), float(c["weight"]), int(c["top"]), tuple(c["classes"]))
        for c in card["classifiers"]
    )
    return BeliefsCard(Path(card["file"]).name, classifiers)


def _templates(card: dict[str, Any]) -> tuple[str, ...]:
    templates = card.get("templates", ["{}"])
    if not isinstance(templates, list) or not templates:
        raise ValueError("templates is no list of prompts")
    if not all(isinstance(each, str) and "{}" in each for each in templates):
        raise ValueError("a template has no {} for the words")
    return tuple(templates)


def _named(among: list[EncoderFolder], id_: str | None) -> EncoderFolder | None:
    """The one with this id, else the first that has its vectors; None stands for the first."""
    heirs = (each for each in among if vectors_name(each) == id_)
    return next((each for each in among if id_ is None or each.id == id_), next(heirs, None))


def _installed() -> list[EncoderFolder]:
    found: dict[str, EncoderFolder] = {}
    for path in _candidates():
        try:
            encoder = read_folder(path)
        except PhotoSearchError:
            continue
        found.setdefault(encoder.id, encoder)
    return list(found.values())


def _candidates() -> Iterator[Path]:
    for folder in encoder_folders():
        try:
            if _is_candidate(folder):
                yield folder
            elif folder.is_dir():
                yield from sorted(each for each in folder.iterdir() if _is_candidate(each))
        except OSError:
            continue


def _is_candidate(folder: Path) -> bool:
    return (folder / CONFIG).is_file() or (folder / BACKBONE).is_file()

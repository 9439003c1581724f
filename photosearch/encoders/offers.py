"""All models there are to choose from: those that are here, and those that can be downloaded."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from photosearch.encoders.available import OPEN_CLIP, Quality, available_models
from photosearch.encoders.download import discard, host_of, partial_file
from photosearch.encoders.registry import (
    EncoderFolder,
    find_network,
    installed_backbones,
    installed_encoders,
)
from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.paths import data_dir, printable


@dataclass(frozen=True)
class Offer:
    """A model. `searches`: it is an encoder, else it only tags. `path`: where it is, None: not on
    this computer. `removable`: it was downloaded. `size`: bytes of the download, None: not known;
    `partly`: bytes of it that are here already; `host`: what a download connects to ("": it cannot
    be downloaded). `image_gflops`: work for a photo, None: not known."""

    name: str
    title: str
    searches: bool
    licence: str
    languages: tuple[str, ...]
    path: Path | None
    removable: bool
    size: int | None
    partly: int
    host: str
    quality: Quality
    image_gflops: float | None


def offers() -> list[Offer]:
    """All models: those that cannot be downloaded (such as the built-in one) first, then as
    `available_models`, which says what is raised."""
    here = {each.id: each for each in [*installed_encoders(), *installed_backbones()]}
    listed = available_models()
    others = [here[id_] for id_ in here if id_ not in {model.name for model in listed}]
    found = [
        Offer(
            each.id,
            each.name,
            each.backbone is None,
            each.licence,
            each.languages,
            each.path,
            _removable(each),
            None,
            0,
            "",
            Quality(),
            None,
        )
        for each in others
    ]
    for model in listed:
        there = here.get(model.name)
        found.append(
            Offer(
                model.name,
                model.name,
                model.library == OPEN_CLIP,
                model.licence,
                model.languages,
                there.path if there else None,
                there is not None and _removable(there),
                model.size,
                0 if there else _size(partial_file(model)),
                host_of(model.url),
                model.quality,
                model.image_gflops,
            )
        )
    return found


def remove(name: str) -> bool:
    """Delete a downloaded model, or what there is of one; whether there was anything.

    Raises PhotoSearchError (`not-removable` for one that was not downloaded; disk errors).
    """
    found = find_network(name)
    partly = [partial_file(each) for each in available_models() if each.name == name]
    if found is not None and not _removable(found):
        raise PhotoSearchError(
            "not-removable",
            f"{name} was not downloaded by PhotoSearch",
            f"It lies in {printable(found.path)}.",
        )
    was = found is not None or any(_size(each) for each in partly)
    try:
        for part in partly:
            discard(part)
        if found is not None:
            going = data_dir() / "encoders" / ".partial" / f"{found.path.name}.going"
            going.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(going, ignore_errors=True)
            found.path.rename(going)  # gone at once, also for who looks while it is deleted
            shutil.rmtree(going)
    except OSError as error:
        raise from_os_error(error, printable(error.filename or data_dir())) from error
    return was


def _removable(folder: EncoderFolder) -> bool:
    return folder.path.parent == data_dir() / "encoders"


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0

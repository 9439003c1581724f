"""The stages of an indexing run. Raising a version runs that stage again for every photo."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from photosearch.catalog import sidecars
from photosearch.catalog.outcomes import Stage
from photosearch.catalog.thumbnails import STAGE
from photosearch.encoders.registry import EncoderFolder, features_name, vectors_name
from photosearch.media.thumbnails import Thumbnails

CONTENT = Stage("content", "2")
"""Size, hashes: what one decode says of a photo."""

METADATA = Stage(sidecars.METADATA, "2")
"""What a photo says of itself, in its file and its sidecars, and the place where it was taken."""

SWITCHES = ("metadata", "thumbnail", "vector", "features", "duplicates", "tags")
"""Kinds of stages that can be switched off; *content* is what all others stand on."""

KINDS = (CONTENT.name, *SWITCHES)
"""All kinds of stages."""


def encoded_stages(encoder: EncoderFolder | None, trunk: EncoderFolder | None) -> dict[str, Stage]:
    """The stages of the encoder process, by the names of the rows that they make."""
    found = {}
    if encoder is not None:
        found[vectors_name(encoder)] = vector_stage(encoder)
    if trunk is not None:
        found[features_name(trunk)] = features_stage(trunk)
    return found


def all_stages(
    thumbnails: Thumbnails,
    encoder: EncoderFolder | None,
    trunk: EncoderFolder | None,
    off: Collection[str],
) -> list[Stage]:
    """The stages that every photo goes through."""
    encoded = encoded_stages(encoder, trunk).values()
    return switched_on([CONTENT, METADATA, thumbnail_stage(thumbnails), *encoded], off)


def switched_on(stages: Iterable[Stage], off: Collection[str]) -> list[Stage]:
    """Those of some stages whose kind (the name, up to a colon) is not off."""
    return [stage for stage in stages if stage.name.partition(":")[0] not in off]


def thumbnail_stage(thumbnails: Thumbnails) -> Stage:
    """Thumbnails are a cache: where its folder was lost, its new stamp runs the stage again; but
    those that are kept for all computers are made once."""
    return Stage(STAGE, thumbnails.stamp())


def tried_again(stage: Stage) -> Stage:
    """The stage under a version that no run wants: what failed under it for a reason that may pass
    (too little memory, an encoder that died) is listed as failed, and tried again in every run."""
    return Stage(stage.name, "try-again")


def vector_stage(encoder: EncoderFolder) -> Stage:
    """The stage that makes an encoder's vectors; those with the same image side share one."""
    return Stage(f"vector:{vectors_name(encoder)}", "1")


def features_stage(trunk: EncoderFolder) -> Stage:
    """The stage that keeps the pooled features of the built-in network's trunk."""
    return Stage(f"features:{vectors_name(trunk)}", "1")

"""Loading models. torch and what comes with it are imported when a model is wanted, not before."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from photosearch.encoders.registry import EncoderFolder

if TYPE_CHECKING:
    from photosearch.encoders.encoder import Encoder
    from photosearch.encoders.tower import Tower


def load_encoder(folder: EncoderFolder, *, fuse: bool = False) -> Encoder:
    """The encoder in a folder, ready. `fuse`, errors: as `Encoder`."""
    with _without_collector():
        from photosearch.encoders.encoder import Encoder
    return Encoder(folder, fuse=fuse)


def load_tower(folder: EncoderFolder) -> Tower:
    """The encoder or backbone in a folder, ready for many pictures. Raises PhotoSearchError
    (`broken-encoder`)."""
    if folder.backbone is None:
        return load_encoder(folder, fuse=True)
    with _without_collector():
        from photosearch.encoders.backbone import Backbone
    return Backbone(folder)


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """While this holds, torch is imported without a search for garbage among the half million
    objects that it brings, which all stay: a seventh of the time. Nor are they searched later."""
    if "torch" in sys.modules or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()

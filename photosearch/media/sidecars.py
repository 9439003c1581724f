"""Sidecars: XMP files beside photos, which say of them what was not written into the photos."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from photosearch.errors import PhotoSearchError
from photosearch.media import xmp
from photosearch.media.file_bytes import read_bytes
from photosearch.media.walk import signed64
from photosearch.media.xmp import MalformedXmp, Properties
from photosearch.paths import printable

_LARGEST = 16 << 20


@dataclass
class Beside:
    """What the sidecars of a photo say (of each property, the first that has it is believed), size
    and time of each (None where it could not be read), and why one could not be used."""

    properties: Properties = field(default_factory=dict)
    states: tuple[tuple[int, int] | None, ...] = ()
    problem: str | None = None


def read_sidecars(paths: Sequence[bytes]) -> Beside:
    """Read the sidecars at these paths. Never raises."""
    found = Beside()
    for path in paths:
        state = None
        try:
            data, info = read_bytes(path, _LARGEST)
            state = (info.st_size, signed64(info.st_mtime_ns))
            for name, values in xmp.read_packet(data).items():
                found.properties.setdefault(name, values)
        except (PhotoSearchError, MalformedXmp) as error:
            why = error.what if isinstance(error, PhotoSearchError) else str(error)
            name = printable(os.fsdecode(path.rpartition(b"/")[2]))
            found.problem = f"its sidecar {name} cannot be used: {why}"
        found.states += (state,)
    return found

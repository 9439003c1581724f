"""The doctor: what is here, what is in order, what is missing and what to do about it."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from photosearch import __version__
from photosearch.catalog import outcomes, places
from photosearch.catalog.embeddings import StoredVectors
from photosearch.catalog.outcomes import FAILED
from photosearch.encoders.registry import (
    broken_encoders,
    installed_encoders,
    no_encoder,
    vectors_name,
)
from photosearch.library import Library
from photosearch.paths import printable
from photosearch.vectors.opening import how_searched, is_saved

OK, WARN, BAD = "ok", "warn", "bad"

_PACKAGES = ("torch", "torchvision", "open_clip_torch", "SQLAlchemy", "pillow", "pi_heif", "numpy")
_LOW_DISK = 2 << 30  # bytes


@dataclass(frozen=True)
class Check:
    """One finding. `status`: ok, warn (works, but see `todo`), bad (something is broken)."""

    name: str
    status: str
    text: str
    todo: str = ""


def examine(library: Library) -> Iterator[Check]:
    """Look at everything; each finding as soon as it is there."""
    yield _versions(library)
    yield _device()
    yield from _encoders(library)
    yield from _catalog(library)
    yield from _roots(library)
    yield _disk(library)


def _versions(library: Library) -> Check:
    found = [f"PhotoSearch {__version__}", f"Python {platform.python_version()}"]
    found += [f"{name} {_version(name)}" for name in _PACKAGES]
    found.append(f"faiss {_version('faiss-gpu') or _version('faiss-cpu')}")
    found.append(library.catalog.program)
    return Check("versions", OK, ", ".join(found))


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _device() -> Check:
    try:
        from photosearch.encoders.tower import choose_device, half_precision

        device = choose_device()
    except ImportError as error:
        return Check("device", BAD, f"torch cannot be loaded ({error})", "Install it again.")
    half = half_precision(device)
    with_ = "" if half is None else f", which multiplies in {str(half).removeprefix('torch.')}"
    return Check("device", OK, f"{device.name}: {device.why}{with_}")


def _search_device(library: Library, dimension: int, source: StoredVectors) -> Check:
    """Where the window's searches look through the vectors."""
    try:
        text = how_searched(library.vectors_folder, dimension, source)
    except (ImportError, RuntimeError) as error:
        return Check("vector search", BAD, f"FAISS cannot be used ({error})", "Install it again.")
    return Check("vector search", OK, text)


def _encoders(library: Library) -> Iterator[Check]:
    for encoder in installed_encoders():
        text = (
            f"{encoder.id}: {encoder.dimension} numbers a photo, licence {encoder.licence},"
            f" in {printable(encoder.path)}"
        )
        yield Check("encoder", OK, text)
    for problem in broken_encoders():
        yield Check("encoder", BAD, problem, "Remove the folder, or download the encoder again.")
    in_use = library.encoder_folder()
    if in_use is None:
        missing = no_encoder(library.catalog.setting("encoder"))
        yield Check("encoder in use", WARN, missing.what, missing.todo)
        return
    yield Check("encoder in use", OK, in_use.id)
    name = vectors_name(in_use)
    source = StoredVectors(library.catalog, name)
    count, _ = source.count()
    known = (library.vectors_folder, library.catalog.id, name, in_use.dimension, source)
    if is_saved(*known, thorough=True):
        yield Check("vector index", OK, f"in step with the catalog, {count} vectors")
    else:
        todo = "The next `photosearch index` saves it; until then each search does without."
        yield Check("vector index", WARN, f"behind the catalog ({count} vectors)", todo)
    yield _search_device(library, in_use.dimension, source)


def _catalog(library: Library) -> Iterator[Check]:
    problems = library.catalog.integrity()
    place = library.catalog.place
    if problems:
        todo = "Put back a copy from the 'backups' folder, or move it away and index again."
        yield Check("catalog", BAD, f"{place} is damaged: {problems[0]}", todo)
    else:
        yield Check("catalog", OK, f"{place} is sound")
    with library.catalog.read() as connection:
        stages = outcomes.stage_counts(connection)
        roots = [root.id for root in places.active_roots(connection)]
        failed = len(outcomes.problems(connection, roots))
    for stage, counts in stages.items():
        text = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
        if FAILED in counts:
            todo = "`photosearch index` tries again what may pass, and names each with its reason."
            yield Check(f"stage {stage}", WARN, text, todo)
        else:
            yield Check(f"stage {stage}", OK, text)
    if failed:
        todo = "`photosearch index --json` names each with its reason."
        yield Check("problem files", WARN, f"{failed} files could not be indexed whole", todo)


def _roots(library: Library) -> Iterator[Check]:
    for path, count, there in library.roots():
        text = f"{printable(path)}: {count} photos"
        if there:
            yield Check("folder", OK, text)
        else:
            how = "here NAME PATH" if library.catalog.several else "relocate OLD NEW"
            todo = f"Connect its disk, or say where it is now: `photosearch roots {how}`."
            yield Check("folder", WARN, f"{text}, cannot be seen now; they are kept", todo)


def _disk(library: Library) -> Check:
    free = shutil.disk_usage(library.folder).free
    text = f"{free / 1e9:.1f} GB free where the library lies ({printable(library.folder)})"
    if free < _LOW_DISK:
        return Check("disk", WARN, text, "Free some space before indexing many photos.")
    return Check("disk", OK, text)

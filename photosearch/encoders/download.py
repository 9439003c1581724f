"""Downloading an encoder: the one place of the program that opens a connection to a stranger.

The file is kept in part when anything goes wrong and goes on from there the next time; it counts
only once its SHA-256 is the pinned one. The finished encoder's folder appears all at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import ipaddress
import json
import os
import shutil
import time
from collections.abc import Generator, Iterator
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from photosearch import __version__
from photosearch.children import Child, receive
from photosearch.encoders import convert
from photosearch.encoders.available import AvailableModel
from photosearch.encoders.registry import CARD, read_folder
from photosearch.errors import PhotoSearchError, disk_full, from_os_error
from photosearch.paths import printable
from photosearch.progress import Progress

if TYPE_CHECKING:
    from requests import Response, Session

CHUNK = 1 << 17
"""Bytes read and written at a time: small enough to show progress on a slow line."""

TIMEOUT = (15.0, 60.0)
"""Seconds to wait for a connection, and for the next bytes of an answer."""

REDIRECTS = 5

CONVERT_SECONDS = 1800.0
"""A conversion that takes longer than this many is given up."""


def is_installed(folder: Path) -> bool:
    """Whether `folder` is a usable encoder: downloading it again would do nothing."""
    try:
        read_folder(folder)
    except PhotoSearchError:
        return False
    return True


def download(
    model: AvailableModel, folder: Path, *, convert_seconds: float = CONVERT_SECONDS
) -> Generator[Progress, None, None]:
    """Make `folder` (see `AvailableModel.folder`) the encoder `model`; nothing where it is one.

    Yields progress: stage `download` in bytes, then `convert` while the weights are read and
    checked. Closing the iterator stops the work and keeps what is there for the next time.

    Raises PhotoSearchError: `download-failed` (network; what came so far is kept), `wrong-hash`
    (it is deleted), `bad-weights`, `disk-full`, `download-running` (another process does it).
    """
    if is_installed(folder):
        return
    import filelock

    part = partial_file(model, folder)
    partial, making = part.parent, part.with_suffix(".making")
    try:
        partial.mkdir(parents=True, exist_ok=True)
        # Not bound to a thread: the iterator may be closed from another one.
        lock = filelock.FileLock(partial / f"{model.name}.lock", timeout=0, thread_local=False)
        with lock:
            if is_installed(folder):  # by another process, just now
                return
            _check_space(model, part)
            yield from fetch(model, part)
            try:
                yield from _convert(model, part, making, convert_seconds)
                _install(model, making, folder)
            except PhotoSearchError as error:
                if error.code == convert.BAD_WEIGHTS:  # the pinned file itself: no use in keeping
                    discard(part)
                raise
            finally:
                shutil.rmtree(making, ignore_errors=True)
            discard(part)
    except filelock.Timeout as error:
        raise PhotoSearchError(
            "download-running",
            f"{model.name} is being downloaded by another process",
            "Wait for it to finish.",
        ) from error
    except OSError as error:
        raise from_os_error(error, printable(error.filename or partial)) from error


def partial_file(model: AvailableModel, folder: Path | None = None) -> Path:
    """Where a model's download is kept until it is whole: out of sight of the registry, on the disk
    of its `folder`."""
    return (folder or model.folder).parent / ".partial" / f"{model.name}.part"


def fetch(model: AvailableModel, part: Path) -> Generator[Progress, None, None]:
    """Bring the file `part` to all of the model's bytes, going on from those it holds.

    Returns when its SHA-256 is the pinned one; raises PhotoSearchError as `download` does.
    """
    import requests

    etag = _prepare(model, part)
    have, digest = _hash_existing(part)
    if digest.hexdigest() == model.sha256:
        return
    with contextlib.ExitStack() as stack:
        session = stack.enter_context(requests.Session())
        response, start = _ask(session, model, have, etag)
        stack.callback(response.close)
        if start == 0:
            digest = hashlib.sha256()
            _remember(model, part, response.headers.get("ETag"))
        length = response.headers.get("Content-Length", "")
        total = start + int(length) if length.isdecimal() else model.size
        file = stack.enter_context(open(part, "ab" if start else "wb", buffering=0))
        done = start
        for chunk in _chunks(response, model):
            _write(file, chunk, part)
            digest.update(chunk)
            done += len(chunk)
            if total is not None and done > total:
                break  # a server without end must not fill the disk
            yield Progress("download", done, total, "bytes")
    if digest.hexdigest() == model.sha256:
        return
    if done < (model.size or 0):
        raise _failed(model, f"the answer ended after {done:,} of {model.size:,} bytes")
    discard(part)
    raise PhotoSearchError(
        "wrong-hash",
        f"What {host_of(model.url)} sent for {model.name} is not the file that PhotoSearch knows"
        " (its SHA-256 differs); it was deleted",
        "Try again; if it stays so, the file there was changed: choose another model.",
    )


def host_of(url: str) -> str:
    """The host that downloading `url` connects to, with its port where that is unusual."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _check_space(model: AvailableModel, part: Path) -> None:
    """Raise `disk-full` now where the download and what is made of it cannot fit."""
    if model.size is None:
        return
    copies = 0 if model.is_safetensors else 2  # the readable copy of an archive, and the result
    have = part.stat().st_size if part.exists() else 0
    needed = model.size * (1 + copies) - have
    free = shutil.disk_usage(part.parent).free
    if free < needed:
        raise PhotoSearchError(
            "disk-full",
            f"{model.name} needs {needed / 1e6:,.0f} MB in {printable(part.parent.parent)},"
            f" where {free / 1e6:,.0f} MB are free",
            "Free some disk space and run the command again.",
        )


# Asking the server


def _ask(
    session: Session, model: AvailableModel, have: int, etag: str | None
) -> tuple[Response, int]:
    """The answer to read from, and at which byte of the file it starts (`have` or 0)."""
    response = _get(session, model, have, etag)
    if have and response.status_code == 206 and _goes_on(response, have, etag):
        return response, have
    if have and response.status_code in (206, 416):  # another part, or none: the file is another
        response.close()
        response = _get(session, model, 0, None)
    if response.status_code != 200:
        response.close()
        raise _failed(model, f"the server answers {response.status_code} {response.reason}")
    return response, 0


def _goes_on(response: Response, have: int, etag: str | None) -> bool:
    if etag is not None and response.headers.get("ETag", etag) != etag:
        return False
    return response.headers.get("Content-Range", "").startswith(f"bytes {have}-")


def _get(session: Session, model: AvailableModel, have: int, etag: str | None) -> Response:
    """GET the file from byte `have` on, following redirects that stay encrypted."""
    import requests

    headers = {"User-Agent": f"PhotoSearch/{__version__}", "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
        if etag is not None and not etag.startswith("W/"):  # a weak one cannot vouch for bytes
            headers["If-Range"] = etag
    url = model.url
    for _ in range(REDIRECTS + 1):
        _check_encrypted(url, model)
        try:
            response = session.get(
                url, headers=headers, stream=True, timeout=TIMEOUT, allow_redirects=False
            )
        except (requests.RequestException, ValueError) as error:
            raise _failed(model, _reason(error)) from error
        if not response.is_redirect:
            return response
        url = urljoin(url, response.headers["Location"])
        response.close()
    raise _failed(model, f"more than {REDIRECTS} redirects")


def _check_encrypted(url: str, model: AvailableModel) -> None:
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or "")):
        return
    raise PhotoSearchError(
        "download-failed",
        f"{model.name} would come from {printable(parts.scheme)}://{printable(host_of(url))},"
        " which is not encrypted",
        "Only https is used, but for this computer itself; correct the list of models.",
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _chunks(response: Response, model: AvailableModel) -> Iterator[bytes]:
    import requests

    try:
        yield from response.iter_content(CHUNK)
    except requests.RequestException as error:
        raise _failed(model, f"the connection broke: {_reason(error)}") from error


def _failed(model: AvailableModel, why: str) -> PhotoSearchError:
    return PhotoSearchError(
        "download-failed",
        f"{model.name} could not be downloaded from {host_of(model.url)} ({why})",
        "Run the command again later: it goes on from what is there.",
    )


def _reason(error: Exception) -> str:
    """What went wrong in a person's words, out of requests' nested ones."""
    cause: BaseException = error
    while (inner := cause.__cause__ or cause.__context__) is not None:
        cause = inner
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return printable(" ".join(str(cause).split())[:160]) or type(error).__name__


# The file that is there in part, and what is known of it


def _prepare(model: AvailableModel, part: Path) -> str | None:
    """Drop a part of some other file; else the ETag that the server gave for the one it is of."""
    try:
        state: dict[str, Any] = json.loads(_state(part).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        state = {}
    if state.get("sha256") == model.sha256:
        etag = state.get("etag")
        return etag if isinstance(etag, str) else None
    discard(part)
    return None


def _remember(model: AvailableModel, part: Path, etag: str | None) -> None:
    state = {"sha256": model.sha256, "etag": etag}
    try:
        _state(part).write_text(json.dumps(state), "utf-8")
    except OSError as error:
        raise from_os_error(error, printable(part)) from error


def _hash_existing(part: Path) -> tuple[int, hashlib._Hash]:
    digest = hashlib.sha256()
    have = 0
    with contextlib.suppress(FileNotFoundError), open(part, "rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
            have += len(chunk)
    return have, digest


def _write(file: FileIO, chunk: bytes, part: Path) -> None:
    rest = memoryview(chunk)
    try:
        while rest:  # a disk that fills up takes a part of the bytes before it refuses
            rest = rest[file.write(rest) :]
    except OSError as error:
        raise from_os_error(error, printable(part)) from error


def discard(part: Path) -> None:
    """Delete what there is of a download."""
    part.unlink(missing_ok=True)
    _state(part).unlink(missing_ok=True)


def _state(part: Path) -> Path:
    return part.with_suffix(".json")


# From the download to the encoder


def _convert(
    model: AvailableModel, part: Path, making: Path, seconds: float
) -> Generator[Progress, None, None]:
    """Let a child make the encoder's files in `making`."""
    shutil.rmtree(making, ignore_errors=True)
    wanted = {
        "name": model.name,
        "library": model.library,
        "arch": model.arch,
        "tag": model.tag,
        "model_cfg": model.model_cfg,
        "preprocess": model.preprocess,
        "safetensors": model.is_safetensors,
    }
    deadline = time.monotonic() + seconds
    child = Child(
        convert.main, str(part), str(making), json.dumps(wanted), name="photosearch-convert"
    )
    try:
        yield Progress("convert", 0, 1, "models")
        while not child.connection.poll(0.25):
            if time.monotonic() > deadline:
                raise _unconverted(model, f"it took longer than {seconds:.0f} seconds")
            yield Progress("convert", 0, 1, "models")
        answer, _ = receive(child.connection)
    except (EOFError, ConnectionResetError) as error:
        raise _unconverted(model, "the converting process ended, perhaps for memory") from error
    finally:
        child.kill()
    if answer.get("code") == convert.DISK_FULL:
        raise disk_full(printable(making))
    if answer.get("code") == convert.BAD_WEIGHTS:
        raise PhotoSearchError(convert.BAD_WEIGHTS, answer["what"], answer["todo"])
    if "code" in answer:
        raise _unconverted(model, answer["what"])
    yield Progress("convert", 1, 1, "models")


def _unconverted(model: AvailableModel, why: str) -> PhotoSearchError:
    return PhotoSearchError(
        "convert-failed",
        f"{model.name} was downloaded but could not be made an encoder ({why})",
        "Run the command again: nothing needs to be downloaded twice.",
    )


def _install(model: AvailableModel, making: Path, folder: Path) -> None:
    """Let the finished folder appear in its place, all at once and safely on the disk."""
    card = {
        "id": model.name,
        "name": model.name,
        "licence": model.licence,
        "languages": list(model.languages),
        "templates": list(model.templates),
    }
    (making / CARD).write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", "utf-8")
    for made in making.iterdir():
        with open(made, "rb+") as file:
            os.fsync(file.fileno())
    if folder.exists():  # no usable encoder, or there would have been nothing to do
        shutil.rmtree(folder)
    making.rename(folder)
    if os.name == "posix":  # elsewhere a folder cannot be opened
        descriptor = os.open(folder.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

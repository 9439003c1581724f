"""Which library is meant: a folder, or the address of a shared one on a server.

A shared library, too, has a folder on this computer, for its caches; the address stands in it. So
the folder is all that the rest of the program, and its children, need to know.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.paths import data_dir, default_library, printable

SERVER_FILE = "catalog.server"
"""In the folder of a shared library: its address."""

_SCHEMES = ("postgresql://", "postgres://")


def library_folder(name: str | None) -> Path:
    """The folder of the library that a person names: by its folder, or by an address such as
    postgresql://HOST/NAME; None: the one used where no other is named.

    Raises PhotoSearchError: `password-shown` for an address with a password in it.
    """
    name = name or default_library()
    if not name.startswith(_SCHEMES):
        return Path(name)
    _check(name)
    words = re.sub(r"[^\w.-]+", "-", name.partition("://")[2].partition("?")[0]).strip("-")
    number = hashlib.blake2b(name.encode("utf-8", "surrogateescape"), digest_size=5).hexdigest()
    folder = data_dir() / "shared" / f"{words[:60]}-{number}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if address_of(folder) != name:
            (folder / SERVER_FILE).write_text(name, "utf-8", "surrogateescape")
    except OSError as error:
        raise from_os_error(error, printable(folder)) from error
    return folder


def address_of(folder: Path) -> str | None:
    """The address of the shared library whose caches a folder holds; None: it is no such folder."""
    try:
        return (folder / SERVER_FILE).read_text("utf-8", "surrogateescape")
    except (FileNotFoundError, NotADirectoryError):
        return None


def _check(address: str) -> None:
    try:
        parts = urlsplit(address)
        shown = parts.password is not None or any(
            "password" in key for key in parse_qs(parts.query)
        )
    except ValueError:
        raise PhotoSearchError(
            "bad-address",
            "This is no address of a library",
            "Give it as postgresql://HOST/NAME.",
        ) from None
    if shown:  # and not a word of it in the message
        raise PhotoSearchError(
            "password-shown",
            "The address of a shared library must not hold a password: others can read it in the"
            " list of processes",
            "Put it into ~/.pgpass or a service file, as docs/shared-library.md shows.",
        )

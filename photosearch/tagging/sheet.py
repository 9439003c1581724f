"""Tags as a CSV table that any spreadsheet opens, and that makes none run anything."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from pathlib import Path

from photosearch.errors import from_os_error
from photosearch.paths import printable
from photosearch.tagging.album import Tagged

HEAD = ("path", "tag", "confidence", "source")

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def sheet(photos: Iterable[Tagged]) -> str:
    """The table: a row for each tag of each photo; a photo without any has one row without a tag.
    RFC 4180, lines end in CRLF. Bytes of names that are no text are written as `\\xff`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for photo in photos:
        path = _cell(os.fsdecode(photo.path).encode("utf-8", "backslashreplace").decode())
        for tag in photo.tags:
            writer.writerow((path, _cell(tag.name), f"{tag.confidence:.2f}", tag.source))
        if not photo.tags:
            writer.writerow((path, "", "", ""))
    return out.getvalue()


def write_sheet(file: Path, photos: Iterable[Tagged]) -> None:
    """Write the table, whole or not at all. Raises PhotoSearchError (`no-permission`, …)."""
    text = sheet(photos)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise from_os_error(error, printable(file)) from error


def _cell(text: str) -> str:
    """Text that a spreadsheet takes for text: what would begin a formula has an apostrophe before
    it (OWASP, “CSV injection”)."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text

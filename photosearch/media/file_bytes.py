"""Reading a file's bytes once, as one state of it: nothing is written, nothing waits for ever."""

from __future__ import annotations

import errno
import os
import stat

from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.paths import printable


def read_bytes(path: bytes, max_bytes: int) -> tuple[bytes, os.stat_result]:
    """The bytes of a file, and its state when they were read.

    Raises PhotoSearchError: `no-permission`, `disk-error`, `vanished`, `changing`, `too-large`.
    """
    name = printable(os.fsdecode(path))
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise PhotoSearchError("vanished", f"{name} is no file any more")
            if before.st_size > max_bytes:
                size = f"{before.st_size / 1e6:.0f} MB"
                raise PhotoSearchError("too-large", f"the file is larger than allowed ({size})")
            data = file.read(before.st_size + 1)
            after = os.fstat(file.fileno())
    except FileNotFoundError:
        raise PhotoSearchError("vanished", "the file went away while the folder was read") from None
    except IsADirectoryError:
        raise PhotoSearchError("vanished", f"{name} is no file any more") from None
    except MemoryError:
        raise PhotoSearchError("too-large", "reading it takes more memory than allowed") from None
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM):
            raise PhotoSearchError("no-permission", "no permission to read the file") from None
        raise PhotoSearchError("disk-error", from_os_error(error, "reading it").what) from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise PhotoSearchError("changing", "the file changed while it was read")
    return data, before


def _open_without_waiting(path: str, flags: int) -> int:
    # A named pipe that calls itself .jpg must not hold the reader for ever.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))

"""Where the folders of a shared library lie on this computer.

The catalog calls a folder by the path at which it was first added. That is its *name*: another
computer may have the same folder at another *place*, and then says so in a small file beside its
caches. Names are what is written down (in the journal and in what is exported, too), places what
programs open: a column of the type `Place` takes and gives places of this computer, and keeps
names. An embedded library is one computer's, and has places alone.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Column, ColumnElement, Connection, Dialect, LargeBinary, type_coerce
from sqlalchemy.types import TypeDecorator

from photosearch.errors import PhotoSearchError, from_os_error
from photosearch.paths import printable

FILE = "roots-here.json"
"""In the folder of a shared library on this computer: where its folders lie here."""

NOWHERE = b"/not-on-this-computer"
"""Before a name whose place would be another folder's, so that no two are ever taken for one."""

_REMEMBERED = 4096  # paths: mostly those of folders, again and again


class Shares:
    """Names, and the place of each on this computer. What lies below a name lies below its place;
    the longest name counts. What is below no name has its name for a place.

    Names and places are always one to one: where that would give two names one place, or a place
    two names, the one that is meant less directly is put below NOWHERE.
    """

    def __init__(self, places: Mapping[bytes, bytes], sure: Collection[bytes] = ()) -> None:
        """`sure`: names of which a person has said that the place is right, whatever is there."""
        self.places = dict(places)
        self.sure = frozenset(sure)
        self._here = _longest_first(self.places.items())
        self._named = _longest_first((place, name) for name, place in self.places.items())
        self.here = functools.lru_cache(_REMEMBERED)(self._place_of)
        """The place of a name on this computer."""
        self.named = functools.lru_cache(_REMEMBERED)(self._name_of)
        """The name of a place of this computer."""

    def _place_of(self, name: bytes) -> bytes:
        return _exchanged(name, self._here, self._named)

    def _name_of(self, place: bytes) -> bytes:
        return _exchanged(place, self._named, self._here)


_Pairs = list[tuple[bytes, bytes]]


def _longest_first(pairs: Iterable[tuple[bytes, bytes]]) -> _Pairs:
    return sorted(pairs, key=lambda pair: len(pair[0]), reverse=True)


def _exchanged(path: bytes, there: _Pairs, back: _Pairs) -> bytes:
    hidden = path.removeprefix(NOWHERE)
    if hidden != path and _moved(_moved(hidden, back), there) != hidden:
        return hidden
    found = _moved(path, there)
    return found if _moved(found, back) == path else NOWHERE + path


def _moved(path: bytes, pairs: _Pairs) -> bytes:
    for old, new in pairs:
        if path == old:
            return new
        head = old.rstrip(b"/") + b"/"
        if path.startswith(head):
            return new.rstrip(b"/") + b"/" + path[len(head) :]
    return path


_EMPTY = Shares({})


class Following:
    """What the file says, read again whenever somebody wrote it."""

    def __init__(self) -> None:
        self.shares = _EMPTY
        self._read: object = None

    def look(self, folder: Path) -> None:
        """Read the file of the library in a folder, if it is another one than before. Raises
        PhotoSearchError (`bad-shares`)."""
        try:
            state = os.stat(folder / FILE)
            mark: object = (folder, state.st_ino, state.st_mtime_ns, state.st_size)
        except FileNotFoundError:
            mark = None
        if mark != self._read:
            self.shares = read(folder)
            self._read = mark


_FOLLOWED: WeakKeyDictionary[Dialect, Following] = WeakKeyDictionary()


def follow(dialect: Dialect) -> Following:
    """Have all columns of the type `Place` that are asked for in this dialect of an engine, of
    which nothing was asked yet, take and give places of this computer."""
    return _FOLLOWED.setdefault(dialect, Following())


def of(connection: Connection) -> Shares:
    """The shares of the library that a connection leads to."""
    followed = _FOLLOWED.get(connection.dialect)
    return _EMPTY if followed is None else followed.shares


class Name(bytes):
    """A path that is a name already."""


class Place(TypeDecorator[bytes]):
    """An absolute path: kept as a name, taken and given as a place of this computer."""

    impl = LargeBinary
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[bytes | None], Any] | None:
        """A place, or a `Name`, as its name."""
        kept = super().bind_processor(dialect)
        followed = _FOLLOWED.get(dialect)
        if followed is None:
            return kept

        def named(path: bytes | None) -> Any:
            if isinstance(path, Name):
                path = bytes(path)
            elif path is not None:
                path = followed.shares.named(path)
            return path if kept is None else kept(path)

        return named

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """A name as its place."""
        given = super().result_processor(dialect, coltype)
        followed = _FOLLOWED.get(dialect)
        if followed is None:
            return given

        def placed(value: Any) -> bytes | None:
            name = value if given is None else given(value)
            return None if name is None else followed.shares.here(name)

        return placed


class _Named(TypeDecorator[bytes]):
    """The same, given as it is kept."""

    impl = LargeBinary
    cache_ok = True

    def process_result_value(self, value: bytes | None, _: Dialect) -> Name | None:
        return None if value is None else Name(value)


def as_kept(column: Column[Any]) -> ColumnElement[Any]:
    """A column to be selected or compared as it is kept: the same on each computer."""
    return type_coerce(column, _Named()) if isinstance(column.type, Place) else column


def read(folder: Path) -> Shares:
    """What the file says, in the folder of a library. Raises PhotoSearchError (`bad-shares`)."""
    file = folder / FILE
    try:
        said = json.loads(file.read_text("ascii"))
        places = {os.fsencode(name): os.fsencode(path) for name, path in said["places"].items()}
        return Shares(places, [os.fsencode(name) for name in said["sure"]])
    except FileNotFoundError:
        return _EMPTY
    except OSError as error:
        raise from_os_error(error, printable(file)) from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise PhotoSearchError(
            "bad-shares",
            f"{printable(file)}, which says where the library's folders lie here, is damaged",
            "Delete it, and say it again with `photosearch roots here`.",
        ) from error


def write(folder: Path, shares: Shares) -> None:
    """Write the file, in the folder of a library. Raises PhotoSearchError: disk errors."""
    file = folder / FILE
    part = file.with_name(f"{FILE}.part")
    said = {
        "places": {os.fsdecode(name): os.fsdecode(at) for name, at in shares.places.items()},
        "sure": sorted(map(os.fsdecode, shares.sure)),
    }
    try:
        with part.open("w", encoding="ascii") as out:
            json.dump(said, out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise from_os_error(error, printable(file)) from error

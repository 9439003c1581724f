"""What the window and the engine say to each other, as lines: typed values (`requests.py`,
`replies.py`), one JSON object a line.

A line is `{"v": 1, "id": 7, "type": "Search", "words": "a dog"}`. A request's id comes back with
its reply; what the engine says unasked has the id 0. Paths are text as `os.fsdecode` gives it: a
name that is no text survives the way, since JSON escapes what it cannot say.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache, partial
from typing import Any, Union, get_args, get_origin, get_type_hints

from photosearch.engine.replies import Event, Reply
from photosearch.engine.requests import Request
from photosearch.errors import PhotoSearchError

VERSION = 1
"""Raised with every change that an older side would misunderstand."""

Message = Request | Reply | Event

_KINDS: dict[str, type] = {kind.__name__: kind for kind in get_args(Message)}


def encode(message: Message, number: int = 0) -> bytes:
    """The line of a message, with its newline. `number`: the id of the request it belongs to."""
    head = {"v": VERSION, "id": number, "type": type(message).__name__}
    return json.dumps({**head, **_plain(message)}, separators=(",", ":")).encode() + b"\n"


def decode(line: bytes | str) -> tuple[int, Message]:
    """The request id and the message of a line.

    Raises PhotoSearchError (`bad-message`) for one that is not whole, of another version, or of a
    kind that is not known; `number_of` still gives its id where it has one.
    """
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        raise _bad("it is no JSON") from None
    if not isinstance(values, dict):
        raise _bad("it is no JSON object")
    version, name, number = (values.get(key) for key in ("v", "type", "id"))
    if type(version) is not int or version != VERSION:
        raise _bad(f"it is of version {_shown(version)}, not {VERSION}")
    kind = _KINDS.get(name) if isinstance(name, str) else None
    if kind is None or type(number) is not int:
        raise _bad(f"its type ({_shown(name)}) or id is not known")
    try:
        return number, _reader(kind)(values)
    except (TypeError, OverflowError) as error:
        raise _bad(f"{kind.__name__}: {error}") from None


def addressed(line: bytes, number: int) -> bytes:
    """A line that `encode` gave for nobody (id 0), as one for a request: what was found in a child
    is passed on as it is."""
    assert line.startswith(_FOR_NOBODY)
    return b'{"v":%d,"id":%d,' % (VERSION, number) + line[len(_FOR_NOBODY) :]


_FOR_NOBODY = b'{"v":%d,"id":0,' % VERSION


def number_of(line: bytes | str) -> int:
    """The id of a line that may not be a whole message; 0 where it has none."""
    try:
        number = json.loads(line)["id"]
    except (ValueError, TypeError, LookupError, RecursionError):
        return 0
    return number if type(number) is int else 0


def _plain(value: Any) -> Any:
    """As `dataclasses.asdict`, which copies each of a million ids."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value] if value and is_dataclass(value[0]) else value
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def _shown(value: Any) -> str:
    """A value that may be anything, as a short part of a sentence."""
    if isinstance(value, dict | list):
        return f"a {type(value).__name__}"
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def _bad(why: str) -> PhotoSearchError:
    return PhotoSearchError("bad-message", f"A message was not understood: {why}")


def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """What makes of a value as JSON gave it one of the type `hint`; fields that are not known are
    left out, those with a default may be missing. It raises TypeError, OverflowError."""
    if is_dataclass(hint) and isinstance(hint, type):
        readers = [(name, _reader(each)) for name, each in _hints(hint).items()]
        return partial(_object, hint, readers)
    if get_origin(hint) is tuple:
        return partial(_tuple, get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):  # only `X | None` is used
        read = _reader(get_args(hint)[0])
        return lambda value: None if value is None else read(value)
    return partial(_plainly, hint)


def _object(kind: type, readers: list[tuple[str, Callable[[Any], Any]]], value: Any) -> Any:
    if not isinstance(value, dict):
        raise TypeError(f"{_shown(value)} is no object")
    return kind(**{name: read(value[name]) for name, read in readers if name in value})


def _tuple(item: Any, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{_shown(value)} is no list")
    if item in (int, float, str) and set(map(type, value)) <= {item}:
        return tuple(value)
    return tuple(map(_reader(item), value))


def _plainly(kind: type, value: Any) -> Any:
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise TypeError(f"{_shown(value)} is no {kind.__name__}")
    return value

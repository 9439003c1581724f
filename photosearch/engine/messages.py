"""What the window and the engine say to each other: typed values, one JSON object a line.

A line is `{"v": 1, "id": 7, "type": "Search", "words": "a dog"}`. A request's id comes back with
its reply; what the engine says unasked has the id 0. Paths are text as `os.fsdecode` gives it: a
name that is no text survives the way, since JSON escapes what it cannot say.
"""

from __future__ import annotations

import json
import types
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from photosearch.errors import PhotoSearchError

VERSION = 1
"""Raised with every change that an older side would misunderstand."""


# --- requests ---


@dataclass(frozen=True)
class GetLibrary:
    """What is in the library, and what goes on in it? Answered by LibraryState."""


@dataclass(frozen=True)
class GetPhotos:
    """Which photos are there, the newest first? Answered by Photos."""


@dataclass(frozen=True)
class GetRows:
    """What is known of these photos? Answered by Rows; one that is no more is left out."""

    photo_ids: tuple[int, ...]


@dataclass(frozen=True)
class Search:
    """What does a query (see `search.language`) find? Answered by Matches. A newer Search or
    Similar takes the place of one that was not begun (which is answered by an error `superseded`).
    """

    words: str
    top_k: int = 500
    folded: bool = True


@dataclass(frozen=True)
class SearchNames:
    """What does a query find by what is written of photos (names, tags, captions, places)? Needs
    no encoder: asked while that is being loaded. Answered by Matches."""

    words: str
    top_k: int = 500


@dataclass(frozen=True)
class Suggest:
    """How could a query go on, of which `text` has been typed, with `cursor` characters before the
    cursor? Answered by Suggestions."""

    text: str
    cursor: int


@dataclass(frozen=True)
class GetSearches:
    """Which searches are saved? Answered by Searches."""


@dataclass(frozen=True)
class SaveSearch:
    """Keep a query under a name. Answered by Said."""

    name: str
    query: str


@dataclass(frozen=True)
class RemoveSearch:
    """Forget a saved search. Answered by Said."""

    name: str


@dataclass(frozen=True)
class RememberSearch:
    """A person asked this, and may want it suggested again. Answered by Said."""

    words: str


@dataclass(frozen=True)
class Region:
    """A rectangle of an upright photo, in fractions of its width and height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Similar:
    """Which photos look most like this one, or like a part of it? Answered by Matches."""

    photo_id: int
    top_k: int = 500
    region: Region | None = None


@dataclass(frozen=True)
class Explain:
    """Where does a photo show what `words` ask for, or look like the photo `like`? Answered by
    Explanation. A newer one takes the place of one that was not begun; searches go first."""

    photo_id: int
    words: str = ""
    like: int | None = None


@dataclass(frozen=True)
class Preview:
    """Decode a photo so that it fills a box of `width` x `height` pixels. Answered by Pixels.
    `ahead`: it is not looked at yet, but may be soon; it waits for those that are. A newer one of
    the same kind takes the place of one that was not begun."""

    photo_id: int
    width: int
    height: int
    ahead: bool = False


@dataclass(frozen=True)
class Rate:
    """Give photos 1 to 5 stars (0: none). One undo takes all of it back. Answered by Said."""

    photo_ids: tuple[int, ...]
    stars: int


@dataclass(frozen=True)
class GetTags:
    """Which tags has this photo? Answered by Tags."""

    photo_id: int


@dataclass(frozen=True)
class TagPhotos:
    """Give photos a tag (or confirm one that was found), or take it away: then it does not come
    back. One undo takes all of it back. Answered by Said."""

    photo_ids: tuple[int, ...]
    name: str
    on: bool


@dataclass(frozen=True)
class Teach:
    """Mark photos as ones that show a tag, or as ones that do not; it is learned from them with the
    next Learn. Answered by Said."""

    photo_ids: tuple[int, ...]
    name: str
    shows: bool


@dataclass(frozen=True)
class UndoTeach:
    """Take the last teaching back. Answered by Said."""


@dataclass(frozen=True)
class Learn:
    """Learn the taught tags from their examples: how well is each known, and of which photos is
    `name` least sure? With `find`, all photos are looked through for them, too. Answered by
    Lessons. A newer one takes the place of one that was not begun; searches go first."""

    name: str = ""
    find: bool = False


@dataclass(frozen=True)
class Favourite:
    """Make photos favourites, or no longer. Answered by Said."""

    photo_ids: tuple[int, ...]
    on: bool


@dataclass(frozen=True)
class Undo:
    """Take the last thing said back. Answered by Said (of nothing where there is nothing)."""


@dataclass(frozen=True)
class SteerIndexer:
    """Tell the indexer of this library, whoever started it: `pause`, `resume` or `stop`. Answered
    by Said."""

    word: str


@dataclass(frozen=True)
class GetDuplicates:
    """What is twice, of these kinds (none: of all)? Answered by DuplicateGroups."""

    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeepDuplicate:
    """Of every group that this file is in, it is the one to keep. Answered by Said."""

    path: str


@dataclass(frozen=True)
class RejectDuplicates:
    """The others of a group (named by its kind and what is kept) are no duplicates of that; with
    `path`, only this one is not. Answered by Said."""

    kind: str
    keep: str
    path: str | None = None


@dataclass(frozen=True)
class TrashDuplicates:
    """Move the others of a group to the trash. Answered by Trashed."""

    kind: str
    keep: str


@dataclass(frozen=True)
class UndoTrash:
    """Bring back what was moved to the trash last. Answered by Trashed."""


@dataclass(frozen=True)
class GetFolders:
    """Which folders are there, what is left out, what could not be read? Answered by Folders."""


@dataclass(frozen=True)
class TryAgain:
    """Have the next run read all problem files once more. Answered by Said."""


@dataclass(frozen=True)
class Exclude:
    """Leave a folder (by its path) or files (by a name with wildcards) out of all folders, or no
    longer. Answered by Said."""

    pattern: str
    on: bool


@dataclass(frozen=True)
class Cancel:
    """The reply to the request `request` is not wanted any more (an error `cancelled` is its
    answer, unless it has been answered already). Has no answer of its own."""

    request: int


# --- replies ---


@dataclass(frozen=True)
class IndexerState:
    """An indexing run that goes on: `state` is running or paused; `done` of `total` (None: not
    known yet) units of `stage` are finished."""

    state: str
    stage: str
    done: int
    total: int | None


@dataclass(frozen=True)
class Root:
    """A folder of the library; `reachable`: it can be seen now."""

    path: str
    photos: int
    reachable: bool


@dataclass(frozen=True)
class ProblemFile:
    """A file that could not be indexed whole, and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class Folders:
    """The folders of the library, the patterns of what is left out of them, and the files in them
    that could not be indexed whole."""

    roots: tuple[Root, ...]
    excluded: tuple[str, ...]
    problems: tuple[ProblemFile, ...]


@dataclass(frozen=True)
class LibraryState:
    """The library: its folder, its roots, how many photos it can show, the encoder in use (None:
    not on this computer), and the run that is going on (None: none)."""

    folder: str
    roots: tuple[Root, ...]
    photos: int
    encoder: str | None
    indexer: IndexerState | None


@dataclass(frozen=True)
class Photos:
    """Photo ids, in order."""

    photo_ids: tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """A photo to show. `path`: one of its files; `thumbnail`: where its small picture lies (a
    cache: it may not be there yet); sizes in pixels, upright; `stars` 0 where it was not rated;
    `present`: its file was there when the folder was last looked at."""

    photo_id: int
    path: str
    thumbnail: str
    width: int
    height: int
    taken_at: str | None
    stars: int
    favourite: bool
    tags: tuple[str, ...]
    present: bool


@dataclass(frozen=True)
class Rows:
    """Rows of photos, in the order in which they were asked for."""

    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Match:
    """A photo of an answer: how like (cosine; None where only filters were asked for), and why it
    is there; `relevance`: how likely it is what was meant, 0 to 1 (None: that cannot be told);
    `folded`: photos that show nearly the same and are not in the answer themselves."""

    photo_id: int
    score: float | None
    reasons: tuple[str, ...]
    relevance: float | None = None
    folded: tuple[int, ...] = ()


@dataclass(frozen=True)
class Mistake:
    """Something in a query that was not understood: `start` and `end` in its text, and what was
    expected, as a sentence."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Matches:
    """The answer to a search, best first, and what of the query was left out of it. `good`: how
    many, the first ones, are good matches (0: none; None: that cannot be told); `notes`: what to
    know of it, a sentence each."""

    matches: tuple[Match, ...]
    mistakes: tuple[Mistake, ...] = ()
    good: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestions:
    """Whole queries to take the place of what was typed, the likeliest first."""

    queries: tuple[str, ...]


@dataclass(frozen=True)
class SavedSearch:
    """A query under a name."""

    name: str
    query: str


@dataclass(frozen=True)
class Searches:
    """The saved searches, by name."""

    searches: tuple[SavedSearch, ...]


@dataclass(frozen=True)
class HeatMap:
    """Where a photo shows `term`. `score`: cosine of the whole photo with it; `values`: row by row,
    `columns` in each, over the whole upright photo, 0 to 1; without any where nothing stands out.
    """

    term: str
    score: float
    columns: int
    values: tuple[float, ...]


@dataclass(frozen=True)
class Explanation:
    """The heat maps of a photo: for all that was asked, then for its parts."""

    maps: tuple[HeatMap, ...]


@dataclass(frozen=True)
class Pixels:
    """A decoded photo: `file` is a PPM picture (raw RGB) that may be deleted when newer ones are
    made; its size in pixels."""

    file: str
    width: int
    height: int


@dataclass(frozen=True)
class DuplicateFile:
    """A file of a group. `thumbnail` as in Row; upright size in pixels, size in bytes; `why` it is
    in the group (of what is kept: why that is); `protected`: nothing removes it; `laid`: how its
    picture lies on the kept one, six numbers (see `duplicates.placing`), none: not known."""

    photo_id: int
    path: str
    thumbnail: str
    width: int
    height: int
    size: int
    why: str
    protected: bool
    laid: tuple[float, ...] = ()


@dataclass(frozen=True)
class DuplicateGroup:
    """A file to keep and the others of its group; `kind`: duplicate, edited-copy, similar-shot."""

    kind: str
    keep: DuplicateFile
    others: tuple[DuplicateFile, ...]


@dataclass(frozen=True)
class DuplicateGroups:
    """All groups, by kind."""

    groups: tuple[DuplicateGroup, ...]


@dataclass(frozen=True)
class Refusal:
    """A file that stays where it is, and why."""

    path: str
    why: str


@dataclass(frozen=True)
class Trashed:
    """Files that were moved to the trash, or back from it, and those that were not."""

    moved: tuple[str, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True)
class TagOf:
    """A tag of a photo: `source` is user, file, taught, classifier or zero-shot; `confidence` is
    None where a person gave it."""

    name: str
    source: str
    confidence: float | None


@dataclass(frozen=True)
class Tags:
    """The tags of a photo: those of people first, then the surest."""

    tags: tuple[TagOf, ...]


@dataclass(frozen=True)
class Lesson:
    """A taught tag: how many photos were marked as showing it and as not, and how well it is known,
    in words. `uncertain`: the photos that it is least sure of, where they were asked for."""

    name: str
    shows: int
    others: int
    quality: str
    uncertain: tuple[int, ...]


@dataclass(frozen=True)
class Lessons:
    """The taught tags, by name."""

    lessons: tuple[Lesson, ...]


@dataclass(frozen=True)
class Said:
    """It was done. `action`: what, in words, for a person (None: there was nothing to do)."""

    action: str | None


@dataclass(frozen=True)
class Error:
    """It could not be done: see `PhotoSearchError`."""

    code: str
    what: str
    todo: str


# --- said unasked ---


@dataclass(frozen=True)
class SearchState:
    """How searching stands: `state` is loading, ready or failed (then why: see Error)."""

    state: str
    code: str = ""
    what: str = ""
    todo: str = ""


def as_message(error: PhotoSearchError) -> Error:
    """An error as what is sent of it."""
    return Error(error.code, error.what, error.todo)


Request = (
    GetLibrary
    | GetPhotos
    | GetRows
    | Search
    | SearchNames
    | Suggest
    | GetSearches
    | SaveSearch
    | RemoveSearch
    | RememberSearch
    | Similar
    | Explain
    | Preview
    | Rate
    | Favourite
    | GetTags
    | TagPhotos
    | Teach
    | UndoTeach
    | Learn
    | Undo
    | SteerIndexer
    | GetDuplicates
    | KeepDuplicate
    | RejectDuplicates
    | TrashDuplicates
    | UndoTrash
    | GetFolders
    | TryAgain
    | Exclude
    | Cancel
)
Reply = (
    LibraryState
    | Photos
    | Rows
    | Matches
    | Suggestions
    | Searches
    | Explanation
    | Pixels
    | DuplicateGroups
    | Trashed
    | Folders
    | Tags
    | Lessons
    | Said
    | Error
)
Event = SearchState
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
        return number, _value(kind, values)
    except (TypeError, OverflowError) as error:
        raise _bad(f"{kind.__name__}: {error}") from None


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


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _value(hint: Any, value: Any) -> Any:
    """`value` as JSON gave it, as a value of the type `hint`; fields that are not known are left
    out, those with a default may be missing. Raises TypeError, OverflowError."""
    if is_dataclass(hint) and isinstance(hint, type):
        if not isinstance(value, dict):
            raise TypeError(f"{_shown(value)} is no object")
        known = {name: each for name, each in _hints(hint).items() if name in value}
        return hint(**{name: _value(each, value[name]) for name, each in known.items()})
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise TypeError(f"{_shown(value)} is no list")
        item = get_args(hint)[0]
        if item in (int, float, str) and set(map(type, value)) <= {item}:
            return tuple(value)
        return tuple(_value(item, each) for each in value)
    if get_origin(hint) in (Union, types.UnionType):  # only `X | None` is used
        return None if value is None else _value(get_args(hint)[0], value)
    if hint is float and type(value) is int:
        return float(value)
    if type(value) is not hint:
        raise TypeError(f"{_shown(value)} is no {hint.__name__}")
    return value

"""What the engine answers to the window, and what it says unasked."""

from __future__ import annotations

from photosearch.engine.values import value
from photosearch.errors import PhotoSearchError


@value
class IndexerState:
    """An indexing run that goes on: `state` is running or paused; `done` of `total` (None: not
    known yet) units of `stage` are finished."""

    state: str
    stage: str
    done: int
    total: int | None


@value
class Root:
    """A folder of the library; `reachable`: it can be seen now."""

    path: str
    photos: int
    reachable: bool


@value
class ProblemFile:
    """A file that could not be indexed whole, and why."""

    path: str
    reason: str


@value
class Folders:
    """The folders of the library, the patterns of what is left out of them, and the files in them
    that could not be indexed whole."""

    roots: tuple[Root, ...]
    excluded: tuple[str, ...]
    problems: tuple[ProblemFile, ...]


@value
class Model:
    """A model, see `encoders.offers.Offer`. `path`: "" where it is not on this computer; `imagenet`
    and `coco`: published figures in percent, see `encoders.available.Quality`."""

    name: str
    title: str
    searches: bool
    licence: str
    languages: tuple[str, ...]
    path: str
    removable: bool
    size: int | None
    partly: int
    host: str
    imagenet: float | None
    coco: float | None
    gflops: float | None


@value
class Models:
    """All models; the names of those in use: the one that `searches`, and the one that `tags`
    ("" for none)."""

    models: tuple[Model, ...]
    searches: str
    tags: str


@value
class DemoAlbum:
    """The demo: the folder of its photos, and the library they are for."""

    album: str
    library: str


@value
class LibraryState:
    """The library: its folder, its roots, how many photos it can show, the encoder in use (None:
    not on this computer), and the run that is going on (None: none)."""

    folder: str
    roots: tuple[Root, ...]
    photos: int
    encoder: str | None
    indexer: IndexerState | None


@value
class Group:
    """So many photos, one after the other, that have a day, month or folder in common (its `name`;
    "" of those without one)."""

    name: str
    count: int


@value
class Photos:
    """Photo ids, in order, and the groups they stand in (none: they were not asked for)."""

    photo_ids: tuple[int, ...]
    groups: tuple[Group, ...] = ()


@value
class Facet:
    """A filter (`field` and `value` of the query language), what a person calls it, how many photos
    it leaves, and in how many others it lies."""

    field: str
    value: str
    name: str
    count: int
    depth: int


@value
class Facets:
    """What all photos can be narrowed down by (see `catalog.facets`)."""

    folders: tuple[Facet, ...]
    months: tuple[Facet, ...]
    tags: tuple[Facet, ...]
    cameras: tuple[Facet, ...]
    places: tuple[Facet, ...]
    favourites: int


@value
class FileOf:
    """A file of a photo; `present`: it was there when its folder was last looked at."""

    path: str
    present: bool


@value
class TagOf:
    """A tag of a photo: `source` is user, file, taught, classifier or zero-shot; `confidence` is
    None where a person gave it."""

    name: str
    source: str
    confidence: float | None


@value
class About:
    """All that is known of a photo: units and `beside` as in `catalog.about`; numbers that are not
    known are None, texts empty."""

    photo_id: int
    files: tuple[FileOf, ...]
    beside: tuple[str, ...]
    width: int
    height: int
    bytes: int
    format: str
    taken_at: str | None
    camera: str
    lens: str
    exposure_time: float | None
    f_number: float | None
    iso: int | None
    focal_length: float | None
    latitude: float | None
    longitude: float | None
    places: tuple[str, ...]
    title: str
    caption: str
    rating: int
    favourite: bool
    tags: tuple[TagOf, ...]


@value
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


@value
class Rows:
    """Rows of photos, in the order in which they were asked for."""

    rows: tuple[Row, ...]


@value
class Match:
    """A photo of an answer: how like (cosine; None where only filters were asked for), and why it
    is there; `relevance`: how likely it is what was meant, 0 to 1 (None: that cannot be told);
    `folded`: photos that show nearly the same and are not in the answer themselves."""

    photo_id: int
    score: float | None
    reasons: tuple[str, ...]
    relevance: float | None = None
    folded: tuple[int, ...] = ()


@value
class Mistake:
    """Something in a query that was not understood: `start` and `end` in its text, and what was
    expected, as a sentence."""

    start: int
    end: int
    text: str


@value
class Matches:
    """The answer to a search, best first, and what of the query was left out of it. `good`: how
    many, the first ones, are good matches (0: none; None: that cannot be told); `notes`: what to
    know of it, a sentence each; `groups`: of the good ones (of all, where that cannot be told), in
    which they stand, where they were asked for."""

    matches: tuple[Match, ...]
    mistakes: tuple[Mistake, ...] = ()
    good: int | None = None
    notes: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()


@value
class Chip:
    """A part of a query. `kind`: words, filter, like, or group (with brackets, NOT or OR); `field`
    and `value` of a filter, else its text; `minus`: the opposite is asked for; `without`: the
    query's text without it."""

    kind: str
    field: str
    value: str
    minus: bool
    without: str


@value
class Chips:
    """The parts of a query, in order."""

    chips: tuple[Chip, ...]


@value
class QueryText:
    """A query as it would be typed."""

    text: str


@value
class Suggestions:
    """Whole queries to take the place of what was typed, the likeliest first."""

    queries: tuple[str, ...]


@value
class SavedSearch:
    """A query under a name."""

    name: str
    query: str


@value
class Searches:
    """The saved searches, by name."""

    searches: tuple[SavedSearch, ...]


@value
class HeatMap:
    """Where a photo shows `term`. `score`: cosine of the whole photo with it; `values`: row by row,
    `columns` in each, over the whole upright photo, 0 to 1; without any where nothing stands out.
    """

    term: str
    score: float
    columns: int
    values: tuple[float, ...]


@value
class Explanation:
    """The heat maps of a photo: for all that was asked, then for its parts."""

    maps: tuple[HeatMap, ...]


@value
class Pixels:
    """A decoded photo: `file` is a PPM picture (raw RGB) that may be deleted when newer ones are
    made; its size in pixels."""

    file: str
    width: int
    height: int


@value
class DuplicateFile:
    """A file of a group. `thumbnail` as in Row; upright size in pixels, size in bytes; `why` it is
    in the group (of what is kept: the reasons for that); `protected`: nothing removes it;
    `laid`: how its picture lies on the kept one, six numbers (see `duplicates.placing`), none: not
    known."""

    photo_id: int
    path: str
    thumbnail: str
    width: int
    height: int
    size: int
    why: tuple[str, ...]
    protected: bool
    laid: tuple[float, ...] = ()


@value
class DuplicateGroup:
    """A file to keep and the others of its group; `kind`: duplicate, edited-copy, similar-shot."""

    kind: str
    keep: DuplicateFile
    others: tuple[DuplicateFile, ...]


@value
class DuplicateGroups:
    """All groups, by kind."""

    groups: tuple[DuplicateGroup, ...]


@value
class Refusal:
    """A file that stays where it is, and why."""

    path: str
    why: str


@value
class Trashed:
    """Files that were moved to the trash, and those that were not."""

    moved: tuple[str, ...]
    refused: tuple[Refusal, ...]


@value
class Tags:
    """The tags of a photo: those of people first, then the surest."""

    tags: tuple[TagOf, ...]


@value
class Lesson:
    """A taught tag: how many photos were marked as showing it and as not, and how well it is known,
    in words. `uncertain`: the photos that it is least sure of, where they were asked for."""

    name: str
    shows: int
    others: int
    quality: str
    uncertain: tuple[int, ...]


@value
class Lessons:
    """The taught tags, by name."""

    lessons: tuple[Lesson, ...]


@value
class TrashPlan:
    """What would be moved: so many files; `only`: those of photos of which no other copy stays;
    `refused`: what would stay."""

    files: int
    only: tuple[str, ...]
    refused: tuple[Refusal, ...]


@value
class Exported:
    """The copy of a photo that was made."""

    path: str


@value
class Album:
    """An album, and how many photos of it can be shown."""

    name: str
    count: int


@value
class Albums:
    """The albums, by name."""

    albums: tuple[Album, ...]


@value
class Said:
    """It was done. `action`: what, in words, for a person (None: there was nothing to do)."""

    action: str | None


@value
class Error:
    """It could not be done: see `PhotoSearchError`."""

    code: str
    what: str
    todo: str


# --- said unasked ---


@value
class SearchState:
    """How searching stands: `state` is loading, ready (with which encoder, on which device: cpu,
    cuda, mps) or failed (then why: see Error)."""

    state: str
    code: str = ""
    what: str = ""
    todo: str = ""
    encoder: str = ""
    device: str = ""


def as_message(error: PhotoSearchError) -> Error:
    """An error as what is sent of it."""
    return Error(error.code, error.what, error.todo)


Reply = (
    LibraryState
    | Photos
    | Facets
    | About
    | Chips
    | QueryText
    | Rows
    | Matches
    | Suggestions
    | Searches
    | Explanation
    | Pixels
    | DuplicateGroups
    | Trashed
    | Folders
    | Models
    | DemoAlbum
    | Tags
    | Lessons
    | Albums
    | TrashPlan
    | Exported
    | Said
    | Error
)
Event = SearchState

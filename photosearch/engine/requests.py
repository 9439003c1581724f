"""What the window asks of the engine."""

from __future__ import annotations

from photosearch.engine.values import value


@value
class GetLibrary:
    """What is in the library, and what goes on in it? Answered by LibraryState."""


@value
class GetPhotos:
    """Which photos are there? `order`, `group`: see `catalog.arrange`; as they come: the newest
    first. Answered by Photos."""

    order: str = ""
    group: str = ""


@value
class GetFacets:
    """What can all photos be narrowed down by? Answered by Facets."""


@value
class GetPhoto:
    """What is known of this photo? Answered by About."""

    photo_id: int


@value
class GetRows:
    """What is known of these photos? Answered by Rows; one that is no more is left out."""

    photo_ids: tuple[int, ...]


@value
class Search:
    """What does a query (see `search.language`) find? Answered by Matches. A newer Search or
    Similar takes the place of one that was not begun (which is answered by an error `superseded`).
    """

    words: str
    top_k: int = 500
    folded: bool = True
    order: str = ""
    group: str = ""


@value
class ReadQuery:
    """What parts has a query's text? Answered by Chips."""

    text: str


@value
class ToggleFilter:
    """What is a query's text with a filter more, or without it if it has it? Answered by
    QueryText."""

    text: str
    field: str
    value: str


@value
class SearchNames:
    """What does a query find by what is written of photos (names, tags, captions, places)? Needs
    no encoder: asked while that is being loaded. Answered by Matches."""

    words: str
    top_k: int = 500


@value
class Suggest:
    """How could a query go on, of which `text` has been typed, with `cursor` characters before the
    cursor? Answered by Suggestions."""

    text: str
    cursor: int


@value
class GetSearches:
    """Which searches are saved? Answered by Searches."""


@value
class SaveSearch:
    """Keep a query under a name. Answered by Said."""

    name: str
    query: str


@value
class RemoveSearch:
    """Forget a saved search. Answered by Said."""

    name: str


@value
class RememberSearch:
    """A person asked this, and may want it suggested again. Answered by Said."""

    words: str


@value
class Region:
    """A rectangle of an upright photo, in fractions of its width and height."""

    x: float
    y: float
    width: float
    height: float


@value
class Similar:
    """Which photos look most like this one, or like a part of it, or (without a region) like this
    one and these `others`? Answered by Matches."""

    photo_id: int
    top_k: int = 500
    region: Region | None = None
    folded: bool = True
    order: str = ""
    group: str = ""
    others: tuple[int, ...] = ()


@value
class Explain:
    """Where does a photo show what `words` ask for, or look like the photo `like`? Answered by
    Explanation. A newer one takes the place of one that was not begun; searches go first."""

    photo_id: int
    words: str = ""
    like: int | None = None


@value
class Preview:
    """Decode a photo so that it fills a box of `width` x `height` pixels. Answered by Pixels.
    `ahead`: it is not looked at yet, but may be soon; it waits for those that are. A newer one of
    the same kind takes the place of one that was not begun."""

    photo_id: int
    width: int
    height: int
    ahead: bool = False


@value
class Rate:
    """Give photos 1 to 5 stars (0: none). One undo takes all of it back. Answered by Said."""

    photo_ids: tuple[int, ...]
    stars: int


@value
class GetTags:
    """Which tags has this photo? Answered by Tags."""

    photo_id: int


@value
class TagPhotos:
    """Give photos a tag (or confirm one that was found), or take it away: then it does not come
    back. One undo takes all of it back. Answered by Said."""

    photo_ids: tuple[int, ...]
    name: str
    on: bool


@value
class Teach:
    """Mark photos as ones that show a tag, or as ones that do not; it is learned from them with the
    next Learn. Answered by Said."""

    photo_ids: tuple[int, ...]
    name: str
    shows: bool


@value
class Learn:
    """Learn the taught tags from their examples: how well is each known, and of which photos is
    `name` least sure? With `find`, all photos are looked through for them, too. Answered by
    Lessons. A newer one takes the place of one that was not begun; searches go first."""

    name: str = ""
    find: bool = False


@value
class Favourite:
    """Make photos favourites, or no longer. Answered by Said."""

    photo_ids: tuple[int, ...]
    on: bool


@value
class Undo:
    """Take the last change back, whatever it was, also photos moved to the trash. Answered by Said
    (of nothing where there is nothing)."""


@value
class SteerIndexer:
    """Tell the indexer of this library, whoever started it: `pause`, `resume` or `stop`. Answered
    by Said."""

    word: str


@value
class GetDuplicates:
    """What is twice, of these kinds (none: of all)? Answered by DuplicateGroups."""

    kinds: tuple[str, ...] = ()


@value
class KeepDuplicate:
    """Of every group that this file is in, it is the one to keep. Answered by Said."""

    path: str


@value
class RejectDuplicates:
    """The others of a group (named by its kind and what is kept) are no duplicates of that; with
    `path`, only this one is not. Answered by Said."""

    kind: str
    keep: str
    path: str | None = None


@value
class TrashDuplicates:
    """Move the others of a group to the trash. Answered by Trashed."""

    kind: str
    keep: str


@value
class GetFolders:
    """Which folders are there, what is left out, what could not be read? Answered by Folders."""


@value
class TryAgain:
    """Have the next run read these problem files once more (none: all). Answered by Said."""

    paths: tuple[str, ...] = ()


@value
class Exclude:
    """Leave a folder (by its path) or files (by a name with wildcards) out of all folders, or no
    longer. Answered by Said."""

    pattern: str
    on: bool


@value
class GetAlbums:
    """Which albums are there? Answered by Albums."""


@value
class PutIntoAlbum:
    """Put photos into an album, made where there is none of that name. One undo takes all of it
    back. Answered by Said."""

    photo_ids: tuple[int, ...]
    name: str


@value
class TakeFromAlbum:
    """Take photos out of an album. Answered by Said."""

    photo_ids: tuple[int, ...]
    name: str


@value
class RemoveAlbum:
    """Forget an album; its photos stay. Answered by Said."""

    name: str


@value
class RenameAlbum:
    """Give an album another name. Answered by Said."""

    name: str
    new: str


@value
class GetTrashPlan:
    """What would happen if these photos were moved to the trash? Answered by TrashPlan."""

    photo_ids: tuple[int, ...]


@value
class TrashPhotos:
    """Move photos to the trash, all their files. One undo brings all of it back. Answered by
    Trashed."""

    photo_ids: tuple[int, ...]


@value
class ExportPhoto:
    """Copy a photo into a folder: the file as it is, or, with `side`, a JPEG whose longest side has
    at most so many pixels. Nothing is written over. Answered by Exported."""

    photo_id: int
    folder: str
    side: int | None = None


@value
class GetModels:
    """Which models are there to choose from, which are in use? Answered by Models."""


@value
class UseModel:
    """Search, or tag, with this model from the next run on. Answered by Said."""

    name: str


@value
class RemoveModel:
    """Delete a downloaded model, or what there is of one. Answered by Said."""

    name: str


@value
class LayOutDemo:
    """Lay out the photos of the demo. Answered by DemoAlbum."""


@value
class Cancel:
    """The reply to the request `request` is not wanted any more (an error `cancelled` is its
    answer, unless it has been answered already). Has no answer of its own."""

    request: int


Request = (
    GetLibrary
    | GetPhotos
    | GetFacets
    | GetPhoto
    | GetRows
    | Search
    | SearchNames
    | ReadQuery
    | ToggleFilter
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
    | Learn
    | Undo
    | SteerIndexer
    | GetDuplicates
    | KeepDuplicate
    | RejectDuplicates
    | TrashDuplicates
    | GetFolders
    | TryAgain
    | Exclude
    | GetAlbums
    | PutIntoAlbum
    | TakeFromAlbum
    | RemoveAlbum
    | RenameAlbum
    | GetTrashPlan
    | TrashPhotos
    | ExportPhoto
    | GetModels
    | UseModel
    | RemoveModel
    | LayOutDemo
    | Cancel
)

"""The engine: answers the window's messages, each kind in a lane of its own.

A lane is a thread with a queue, so that rows are answered while a rating waits for its turn to
write, while a photo is decoded, and while the model loads. Model work is not even in this process
(see `finder.py`). The engine ends when its standard input does.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from photosearch import demo
from photosearch.engine import looking, messages, replies, requests
from photosearch.engine.duplicates import answers
from photosearch.engine.finder import Finder, as_matches
from photosearch.engine.messages import Message
from photosearch.engine.replies import Error, Reply, SearchState
from photosearch.engine.requests import Request
from photosearch.errors import PhotoSearchError
from photosearch.indexing.control import WORDS
from photosearch.library import Library

Handler = Callable[[Any], Reply | bytes]
"""Gives a reply, or its line as a child wrote it (`messages.addressed`)."""


class Lane:
    """A thread that answers requests one after the other. In a lane where `newest` counts, a
    request takes the place of one that waits; but where it is one of `_PATIENT` only that of
    another such, and all others go before it."""

    def __init__(
        self,
        name: str,
        answer: Callable[[int, Message | bytes], None],
        *,
        newest: bool = False,
        first: Callable[[], None] | None = None,
        last: Callable[[], None] | None = None,
    ) -> None:
        """`first` and `last` are called in the thread before and after all requests."""
        self._answer = answer
        self._newest = newest
        self._first, self._last = first, last
        self._waiting: deque[tuple[int, Request, Handler]] = deque()
        self._now = 0
        self._cancelled: set[int] = set()
        self._closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, name=f"lane-{name}", daemon=True)
        self._thread.start()

    def add(self, number: int, request: Request, handler: Handler) -> None:
        """Have a request answered."""
        with self._changed:
            patient = isinstance(request, _PATIENT)
            replaced = [
                item
                for item in self._waiting
                if self._newest and _patience(item[1]) == _patience(request)
            ]
            for item in replaced:
                self._waiting.remove(item)
            if self._newest and not patient:
                self._waiting.appendleft((number, request, handler))
            else:
                self._waiting.append((number, request, handler))
            self._changed.notify()
        for old, *_ in replaced:
            self._answer(old, Error("superseded", "A newer one took its place", ""))

    def cancel(self, number: int) -> None:
        """Leave a request without its answer, if it is in this lane and was not answered yet."""
        with self._changed:
            found = [item for item in self._waiting if item[0] == number]
            for item in found:
                self._waiting.remove(item)
            if self._now == number:
                self._cancelled.add(number)
        if found:
            self._answer(number, _CANCELLED)

    def close(self) -> None:
        """Begin nothing more (what waits in a lane where `newest` counts is dropped, the rest is
        still done)."""
        with self._changed:
            self._closed = True
            if self._newest:
                self._waiting.clear()
            self._changed.notify()

    def ended(self, seconds: float) -> bool:
        """Whether its thread has ended, waiting up to `seconds`."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        if self._first is not None:
            self._first()
        while (item := self._next()) is not None:
            number, request, handler = item
            reply: Reply | bytes
            try:
                reply = handler(request)
            except PhotoSearchError as error:
                reply = replies.as_message(error)
            except Exception as error:  # noqa: BLE001  our mistake: said, and the engine goes on
                if os.environ.get("PHOTOSEARCH_DEBUG"):
                    sys.excepthook(type(error), error, error.__traceback__)
                what = f"Something went wrong inside PhotoSearch ({type(error).__name__}: {error})"
                reply = Error("bug", what, "Nothing is lost.")
            with self._changed:
                if number in self._cancelled:
                    reply = _CANCELLED
                self._cancelled.clear()
                self._now = 0
            self._answer(number, reply)
        if self._last is not None:
            self._last()

    def _next(self) -> tuple[int, Request, Handler] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            if not self._waiting:
                return None
            item = self._waiting.popleft()
            self._now = item[0]
            return item


_FIRST_LOOK = 1.0  # seconds that a window may take until it has its photos
_PATIENT = (requests.Explain, requests.Learn)


def _patience(request: Request) -> type | None:
    return type(request) if isinstance(request, _PATIENT) else None


_CANCELLED = Error("cancelled", "It was not wanted any more", "")


class Engine:
    """The engine of one library: lanes and what they do."""

    def __init__(self, library: Library, say: Callable[[int, Message | bytes], None]) -> None:
        self._library = library
        self._finder = Finder(library.folder, lambda state: say(0, state))
        self._now, self._ahead = library.previewer(), library.previewer()
        self._out = library.previewer()
        state, read, write = (Lane(name, say) for name in ("state", "read", "write"))
        self._looked = threading.Event()  # a window's first photos can be shown
        find = Lane("find", say, newest=True, first=self._load, last=self._finder.close)
        names = Lane("names", say, newest=True)
        typing = Lane("typing", say, newest=True)
        now = Lane("preview", say, newest=True, last=self._now.close)
        ahead = Lane("ahead", say, newest=True, last=self._ahead.close)
        twice, look = Lane("duplicates", say), Lane("look", say, first=self._first_look)
        out = Lane("export", say, newest=True, last=self._out.close)
        self._lanes = [state, read, write, find, names, typing, now, ahead, twice, look, out]
        self._handlers: Mapping[type, tuple[Lane, Handler]] = {
            requests.GetLibrary: (state, self._state),
            requests.GetPhotos: (state, self._photos),
            requests.GetRows: (read, self._rows),
            requests.Search: (find, self._finder.answer),
            requests.Similar: (find, self._finder.answer),
            requests.Explain: (find, self._finder.answer),
            requests.Learn: (find, self._finder.answer),
            requests.SearchNames: (names, self._names),
            requests.Suggest: (typing, self._suggest),
            requests.GetSearches: (read, self._searches),
            requests.SaveSearch: (write, self._save_search),
            requests.RemoveSearch: (write, self._remove_search),
            requests.RememberSearch: (write, self._remember_search),
            requests.Rate: (write, self._rate),
            requests.Favourite: (write, self._favourite),
            requests.GetTags: (read, self._tags),
            requests.TagPhotos: (write, self._tag_photos),
            requests.Teach: (write, self._teach),
            requests.Undo: (write, self._undo),
            requests.SteerIndexer: (write, self._steer),
            requests.GetFolders: (state, self._folders),
            requests.TryAgain: (write, self._try_again),
            requests.Exclude: (write, self._exclude),
            requests.GetModels: (read, self._models),
            requests.UseModel: (write, self._use_model),
            requests.RemoveModel: (write, self._remove_model),
            requests.LayOutDemo: (write, _lay_out_demo),
            requests.Preview: (now, self._preview),
            requests.ExportPhoto: (out, self._export),
            requests.GetAlbums: (read, self._albums),
            requests.PutIntoAlbum: (write, self._put_into_album),
            requests.TakeFromAlbum: (write, self._take_from_album),
            requests.RemoveAlbum: (write, self._remove_album),
            requests.RenameAlbum: (write, self._rename_album),
            # What is looked for may take a while; what is said keeps its order, for undo.
            **{
                kind: (twice if kind is requests.GetDuplicates else write, answer)
                for kind, answer in answers(library).items()
            },
            **{kind: (look, answer) for kind, answer in looking.answers(library).items()},
            **{kind: (read, answer) for kind, answer in looking.query_answers().items()},
        }
        self._aheads, self._find = ahead, find

    def take(self, number: int, request: Request) -> None:
        """Have a request answered, in its lane."""
        if isinstance(request, requests.Cancel):
            for lane in self._lanes:
                lane.cancel(request.request)
            return
        lane, handler = self._handlers[type(request)]
        if lane is self._find:
            self._looked.set()
        if isinstance(request, requests.Preview) and request.ahead:
            lane = self._aheads
        lane.add(number, request, handler)

    def _first_look(self) -> None:
        """Wait until a window that has just been opened has its photos: what else it wants, and
        the model, need the processor, too."""
        self._looked.wait(_FIRST_LOOK)

    def _load(self) -> None:
        self._first_look()
        self._finder.start()

    def close(self) -> None:
        """End all lanes, once what the user said is written, and the children they keep."""
        self._looked.set()
        for lane in self._lanes:
            lane.close()
        for lane in self._lanes:
            while not lane.ended(0.1):
                for part in (self._finder, self._now, self._ahead, self._out):
                    part.kill()  # its lane may wait for it

    def _state(self, _: requests.GetLibrary) -> replies.LibraryState:
        library = self._library
        encoder, run = library.encoder_folder(), library.indexing()
        return replies.LibraryState(
            str(library.folder),
            tuple(replies.Root(*root) for root in library.roots()),
            library.photo_count(),
            encoder.id if encoder else None,
            replies.IndexerState(run.state, run.stage, run.done, run.total) if run else None,
        )

    def _photos(self, request: requests.GetPhotos) -> replies.Photos:
        found = looking.photos(self._library, request.order, request.group)
        if not found.photo_ids:
            self._looked.set()
        return found

    def _rows(self, request: requests.GetRows) -> replies.Rows:
        found = self._library.photo_rows(request.photo_ids)
        thumbnails = self._library.thumbnail_files(row.content for row in found)
        rows = tuple(
            replies.Row(
                row.photo_id,
                os.fsdecode(row.path),
                str(thumbnails[row.content]),
                row.width,
                row.height,
                row.taken_at,
                row.stars,
                row.favourite,
                row.tags,
                row.present,
            )
            for row in found
        )
        self._looked.set()
        return replies.Rows(rows)

    def _names(self, request: requests.SearchNames) -> replies.Matches:
        return as_matches(self._library.search_names(request.words, request.top_k))

    def _suggest(self, request: requests.Suggest) -> replies.Suggestions:
        return replies.Suggestions(self._library.suggest(request.text, request.cursor).queries)

    def _searches(self, _: requests.GetSearches) -> replies.Searches:
        found = self._library.saved_searches()
        return replies.Searches(tuple(replies.SavedSearch(*each) for each in found.items()))

    def _save_search(self, request: requests.SaveSearch) -> replies.Said:
        return replies.Said(self._library.save_search(request.name, request.query))

    def _remove_search(self, request: requests.RemoveSearch) -> replies.Said:
        self._library.remove_search(request.name)
        return replies.Said(request.name)

    def _remember_search(self, request: requests.RememberSearch) -> replies.Said:
        self._library.remember_search(request.words)
        return replies.Said(None)

    def _rate(self, request: requests.Rate) -> replies.Said:
        return replies.Said(self._library.rate_photos(request.photo_ids, request.stars))

    def _tags(self, request: requests.GetTags) -> replies.Tags:
        found = self._library.tag_rows(request.photo_id)
        return replies.Tags(
            tuple(replies.TagOf(tag.name, tag.source, tag.confidence) for tag in found)
        )

    def _tag_photos(self, request: requests.TagPhotos) -> replies.Said:
        return replies.Said(self._library.tag_photos(request.photo_ids, request.name, request.on))

    def _teach(self, request: requests.Teach) -> replies.Said:
        return replies.Said(
            self._library.teach_photos(request.photo_ids, request.name, request.shows)
        )

    def _favourite(self, request: requests.Favourite) -> replies.Said:
        return replies.Said(self._library.favourite_photos(request.photo_ids, request.on))

    def _undo(self, _: requests.Undo) -> replies.Said:
        return replies.Said(self._library.undo())

    def _steer(self, request: requests.SteerIndexer) -> replies.Said:
        if request.word not in WORDS:
            raise PhotoSearchError("bad-message", f"An indexer cannot be told “{request.word}”")
        return replies.Said(request.word if self._library.steer_indexer(request.word) else None)

    def _folders(self, _: requests.GetFolders) -> replies.Folders:
        library = self._library
        return replies.Folders(
            tuple(replies.Root(*root) for root in library.roots()),
            tuple(library.excluded()),
            tuple(
                replies.ProblemFile(os.fsdecode(problem.path), problem.reason)
                for problem in library.problems()
            ),
        )

    def _try_again(self, request: requests.TryAgain) -> replies.Said:
        paths = [Path(path) for path in request.paths] or None
        return replies.Said(f"try {self._library.try_again(paths)} files again")

    def _exclude(self, request: requests.Exclude) -> replies.Said:
        return replies.Said(self._library.exclude(request.pattern, request.on))

    def _models(self, _: requests.GetModels) -> replies.Models:
        encoder, trunk = self._library.encoder_folder(), self._library.trunk()
        return replies.Models(
            tuple(
                replies.Model(
                    each.name,
                    each.title,
                    each.searches,
                    each.licence,
                    each.languages,
                    str(each.path or ""),
                    each.removable,
                    each.size,
                    each.partly,
                    each.host,
                    each.quality.imagenet_top1,
                    each.quality.coco_r1,
                    each.image_gflops,
                )
                for each in self._library.models()
            ),
            encoder.id if encoder else "",
            trunk.id if trunk else "",
        )

    def _use_model(self, request: requests.UseModel) -> replies.Said:
        return replies.Said(self._library.use_encoder(request.name).id)

    def _remove_model(self, request: requests.RemoveModel) -> replies.Said:
        return replies.Said(request.name if self._library.remove_model(request.name) else None)

    def _preview(self, request: requests.Preview) -> replies.Pixels:
        previewer = self._ahead if request.ahead else self._now
        box = (request.width, request.height)
        made = self._library.preview(previewer, request.photo_id, box)
        return replies.Pixels(str(made.file), made.width, made.height)

    # --- albums ---

    def _albums(self, _: requests.GetAlbums) -> replies.Albums:
        found = self._library.albums()
        return replies.Albums(tuple(replies.Album(*each) for each in found.items()))

    def _put_into_album(self, request: requests.PutIntoAlbum) -> replies.Said:
        return replies.Said(self._library.put_into_album(request.photo_ids, request.name))

    def _take_from_album(self, request: requests.TakeFromAlbum) -> replies.Said:
        return replies.Said(self._library.take_from_album(request.photo_ids, request.name))

    def _remove_album(self, request: requests.RemoveAlbum) -> replies.Said:
        return replies.Said(self._library.remove_album(request.name))

    def _rename_album(self, request: requests.RenameAlbum) -> replies.Said:
        return replies.Said(self._library.rename_album(request.name, request.new))

    def _export(self, request: requests.ExportPhoto) -> replies.Exported:
        folder = Path(request.folder)
        made = self._library.export_photo(self._out, request.photo_id, folder, request.side)
        return replies.Exported(str(made[0]))


def _lay_out_demo(_: requests.LayOutDemo) -> replies.DemoAlbum:
    folder = demo.folder()
    album = demo.lay_out_album(demo.plan()["photos"], folder / "album")
    return replies.DemoAlbum(str(album), str(folder / "library"))


def serve(folder: Path, asked: BinaryIO, said: BinaryIO) -> None:
    """Answer requests, a line each of `asked`, with lines in `said`, until they end. A library that
    cannot be opened is the answer to each; how it stands is then found out anew whenever a window
    asks for that."""
    talking = threading.Lock()

    def say(number: int, message: Message | bytes) -> None:
        if isinstance(message, bytes):
            line = messages.addressed(message, number)
        else:
            line = messages.encode(message, number)
        with talking, contextlib.suppress(OSError):  # nobody listens: requests end, too
            said.write(line)
            said.flush()

    lines: Iterator[bytes] = iter(asked)
    try:
        library = Library(folder)
    except PhotoSearchError as error:
        say(0, SearchState("failed", error.code, error.what, error.todo))
        opened = _open_later(folder, error, lines, say)
        if opened is None:
            return
        library, first = opened
        lines = itertools.chain([first], lines)
    with library:
        engine = Engine(library, say)
        try:
            for line in lines:
                try:
                    number, request = messages.decode(line)
                    if not isinstance(request, Request):
                        raise PhotoSearchError("bad-message", "Only requests can be answered")
                except PhotoSearchError as error:
                    say(messages.number_of(line), replies.as_message(error))
                    continue
                engine.take(number, request)
        finally:
            engine.close()


def _open_later(
    folder: Path,
    refused: PhotoSearchError,
    lines: Iterator[bytes],
    say: Callable[[int, Message], None],
) -> tuple[Library, bytes] | None:
    """Answer with why a library cannot be opened, until it can; it, and the line that is not
    answered yet. None: nothing more is asked."""
    for line in lines:
        try:
            if isinstance(messages.decode(line)[1], requests.GetLibrary):
                return Library(folder), line
        except PhotoSearchError as error:
            refused = error if error.code != "bad-message" else refused
        say(messages.number_of(line), replies.as_message(refused))
    return None

"""Which state the window is in where it has no photos to show, and what it says then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from photosearch.engine.replies import Error, LibraryState, Mistake, SearchState
from photosearch.gui import words
from photosearch.gui.indexer import Ending, Run
from photosearch.gui.results import View
from photosearch.gui.troubles import in_words, sentence
from photosearch.paths import printable

translate = QCoreApplication.translate
Act = Literal["", "choose", "look", "again", "restart", "all"]

_SHORT = 40  # characters of what a person typed that are said again


@dataclass(frozen=True)
class Situation:
    """All that counts."""

    view: View
    pending: bool
    error: Error | None
    count: int
    library: LibraryState | None
    library_error: Error | None
    search: SearchState
    run: Run | None
    given_up: bool = False
    mistakes: tuple[Mistake, ...] = ()
    good: int | None = None
    notes: tuple[str, ...] = ()
    named: bool = False


@dataclass(frozen=True)
class Page:
    """An icon, what is the matter, what to do next, and the button that does it."""

    name: str
    icon: str
    title: str
    text: str = ""
    button: str = ""
    act: Act = ""


def page(now: Situation) -> Page | None:
    """The page for a situation; None: there are photos to show."""
    if now.given_up or (now.library is None and now.library_error is not None):
        return _not_ready(now)
    if now.count:
        return None
    if now.view.kind == "all":
        return _without_photos(now)
    if now.error is not None:
        return _of_failed_search(now, now.error)
    return _pending(now) if now.pending else _nothing_found(now)


def _not_ready(now: Situation) -> Page:
    if now.library_error is not None and not now.given_up:
        return _of_error("library-error", now.library_error)
    return Page(
        "given-up",
        "warning",
        translate("pages", "PhotoSearch could not be made ready"),
        translate(
            "pages",
            "A part of the program that it needs ends again and again. Is there too little"
            " memory or disk space? Your photos, ratings and favourites are safe.",
        ),
        translate("pages", "Try again"),
        "restart",
    )


def _nothing_found(now: Situation) -> Page:
    if now.view.kind == "similar":
        return Page(
            "nothing-similar",
            "search",
            translate("pages", "No photo like this one was found"),
            _hint_of_run(now) or translate("pages", "It seems to be the only one of its kind."),
            translate("pages", "Show all photos"),
            "all",
        )
    return Page(
        "nothing-found",
        "search",
        translate("pages", "Nothing found for “{words}”").format(words=now.view.words),
        not_understood(now)
        or _hint_of_run(now)
        or translate("pages", "Try other words: say what is to be seen in the photo."),
        translate("pages", "Show all photos"),
        "all",
    )


def _without_photos(now: Situation) -> Page | None:
    if now.library is None:
        return Page("starting", "photos", translate("pages", "Getting your photos…"))
    if now.run is not None:
        paused = now.run.state == "paused"
        return Page(
            "looking",
            "photos",
            translate("pages", "Paused")
            if paused
            else translate("pages", "Looking through your folder…"),
            translate("pages", "It goes on when you say so.")
            if paused
            else translate(
                "pages",
                "The first photos appear here in a moment, and you can search while the others"
                " are added.",
            ),
        )
    if now.library.photos:  # they are being asked for
        return Page("starting", "photos", translate("pages", "Getting your photos…"))
    if not now.library.roots:
        return Page("first", "photos", "")  # FirstPage says it
    away = [root for root in now.library.roots if not root.reachable]
    if away:
        return Page(
            "away",
            "folder",
            translate("pages", "Your folder cannot be seen just now"),
            translate("pages", "{folder} is not there. Is its disk connected?").format(
                folder=printable(away[0].path)
            ),
            translate("pages", "Look again"),
            "look",
        )
    return Page(
        "empty",
        "folder",
        translate("pages", "There are no photos yet in {folder}").format(
            folder=printable(now.library.roots[-1].path)
        ),
        translate("pages", "Put some there and look again (F5), or choose another folder."),
        translate("pages", "Choose a folder…"),
        "choose",
    )


def _pending(now: Situation) -> Page:
    if now.search.state == "loading":
        return Page(
            "getting-ready",
            "search",
            translate("pages", "Getting ready to search…"),
            translate("pages", "This takes some seconds when the program has just been started."),
        )
    return Page("searching", "search", translate("pages", "Searching…"))


def _of_failed_search(now: Situation, error: Error) -> Page:
    if error.code == "engine-died":
        return Page(
            "search-died",
            "warning",
            translate("pages", "This was not finished"),
            sentence(error),
            translate("pages", "Try again"),
            "again",
        )
    if error.code == "nothing-indexed" and now.run is not None:
        return Page(
            "too-early",
            "photos",
            translate("pages", "Your photos are still being understood"),
            translate("pages", "What is found appears here as soon as the first ones are."),
        )
    if now.library is not None and now.library.encoder is None:
        return Page(
            "no-search",
            "search",
            translate("pages", "Searching is not possible yet"),
            sentence(error),
            translate("pages", "Show all photos"),
            "all",
        )
    if not now.library or not now.library.photos:
        return Page(
            "nothing-to-search",
            "photos",
            translate("pages", "There are no photos to search yet"),
            _hint_of_run(now) or translate("pages", "Choose a folder with photos first."),
            "" if now.run else translate("pages", "Choose a folder…"),
            "" if now.run else "choose",
        )
    return _of_error("search-error", error)


def _of_error(name: str, error: Error) -> Page:
    said = in_words(error)
    return Page(
        name,
        "warning",
        said.what,
        said.todo,
        translate("pages", "Try again"),
        "again",
    )


def _hint_of_run(now: Situation) -> str:
    if now.run is None:
        return ""
    return translate("pages", "Photos are still being added; they will be found then.")


def heading(now: Situation, shown: View) -> str:
    """What the photos on the screen are: those of the view `shown`."""
    if shown.kind == "similar":
        of_part = translate("pages", "Photos like this part of {name}")
        said = translate("pages", "Photos like {name}") if shown.region is None else of_part
        return said.format(name=shown.name)
    if shown.kind == "search":
        return _heading_of_search(now).format(
            n=words.number(now.count), good=words.number(now.good or 0), words=shown.words
        )
    return words.photos(now.count) if now.count else ""


def _heading_of_search(now: Situation) -> str:
    if now.named:
        return translate("pages", "{n} found by name for “{words}”")
    if now.good is None or now.good == now.count:
        return translate("pages", "Best {n} for “{words}”")
    if not now.good:
        return translate("pages", "Nothing fits “{words}” well")
    if now.good == 1:
        return translate("pages", "1 good match for “{words}”")
    return translate("pages", "{good} good matches for “{words}”")


def busy(now: Situation) -> str:
    """What is being waited for, beside the photos of before; else what was not understood."""
    if not now.pending and now.mistakes:
        first = now.mistakes[0]
        what = printable(now.view.words[first.start : first.end])
        what = what if len(what) <= _SHORT else f"{what[:_SHORT]}…"
        return translate("pages", "“{what}” was left out").format(what=what)
    if not now.pending and now.notes:
        return now.notes[0]
    if not now.pending or now.view.kind == "all":
        return ""
    if now.search.state == "loading":
        return translate("pages", "Getting ready to search…")
    return translate("pages", "Searching…")


def not_understood(now: Situation) -> str:
    """Why something was left out of a search, and what to know of its answer."""
    return "\n".join([*(mistake.text for mistake in now.mistakes), *now.notes])


def ending(how: Ending | None) -> str | None:
    """What to say when a run is over; None: nothing, since all is well."""
    if how is None or how.kind == "waiting":
        return (
            None
            if how is None
            else translate(
                "pages",
                "Photos are being added already, by a run in the background. This folder is looked"
                " through when that is done.",
            )
        )
    if how.kind == "died":
        return translate(
            "pages", "Adding photos stopped unexpectedly. Everything finished so far is kept."
        )
    if how.kind == "stopped":
        return translate("pages", "Stopped. Everything finished so far is kept.")
    if how.error is not None:
        return sentence(how.error)
    parts = [f"{note.text[:1].upper()}{note.text[1:]}." for note in how.notes]
    if how.failed:
        one = translate("pages", "1 file could not be read as a photo: {names}.")
        many = translate("pages", "{n} files could not be read as photos: {names}.")
        names = ", ".join(words.file_name(each.path) for each in how.failed[:3])
        more = "…" if len(how.failed) > 3 else ""
        text = one if len(how.failed) == 1 else many
        parts.append(text.format(n=words.number(len(how.failed)), names=names + more))
    return " ".join(parts) or None

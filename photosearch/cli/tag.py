"""`photosearch tag` and `photosearch teach`: tags that the program finds, is taught, and writes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from photosearch.cli.index import show
from photosearch.cli.output import Json, open_library, row, say, table, warn
from photosearch.errors import PhotoSearchError
from photosearch.paths import data_dir, printable
from photosearch.progress import Done, FileFailed, Note

if TYPE_CHECKING:
    from photosearch.library import Library
    from photosearch.tagging.album import Tagged
    from photosearch.tagging.teach import Lesson


_MANY = 1000  # words, of which it is said that they take a while


class _PathsFirst(TyperGroup):
    """`tag FOLDER` is `tag photos FOLDER`: what is no command is a folder."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["photos", *args]
        return super().parse_args(ctx, args)


tag_app = typer.Typer(
    cls=_PathsFirst,
    help="Tag photos: `photosearch tag [FOLDER…]` (`photosearch tag photos --help` shows its"
    " options), or by hand.",
    no_args_is_help=False,
)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(tag_app, name="tag")
    app.command("teach")(teach)


@tag_app.command("photos")
def tag_photos(  # noqa: PLR0917  its options
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders of photos, in the library or not; none: all of the library."),
    ] = None,
    vocabulary: Annotated[
        Path | None,
        typer.Option(help="A file of your own words to look for, too, one a line."),
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0.05, max=1.0, help="Leave out tags that are less sure.")
    ] = 0.5,
    csv: Annotated[Path | None, typer.Option(help="Write a table: path, tag, ….")] = None,
    xmp: Annotated[
        bool, typer.Option("--xmp", help="Write the tags into XMP sidecars beside the photos.")
    ] = False,
    raw_sidecars: Annotated[
        bool,
        typer.Option("--raw-sidecars", help="With --xmp: photo.xmp beside camera RAW files."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be written.")
    ] = False,
    json: Json = False,
) -> None:
    """Find tags for photos. Stopped at any moment, it goes on where it was when run again."""
    from photosearch.tagging.own_words import read_words

    extra = read_words(vocabulary) if vocabulary is not None else []
    if csv is not None and csv.is_dir():
        raise PhotoSearchError("is-folder", f"{printable(csv)} is a folder", "Name a file.")
    folders = [os.fsencode(os.path.abspath(path)) for path in paths or []]
    with _library_of(context, paths or []) as library:
        _look(library, paths or [], json)
        if len(extra) >= _MANY:
            warn(f"Making {len(extra):,} words ready; ten thousand take a minute or two.")
        found = library.tags.photos(folders, extra, min_confidence)
        if csv is None and not xmp:
            _print(found, json)
            return
        rows = list(found)
        if csv is not None:
            if not dry_run:
                from photosearch.tagging.sheet import write_sheet

                write_sheet(csv, rows)
            _did(json, "csv", path=os.path.abspath(csv), photos=len(rows), written=not dry_run)
        if xmp:
            _write_sidecars(library, rows, raw_sidecars=raw_sidecars, dry_run=dry_run, json=json)
        elif json:
            _print(iter(rows), json)


def _library_of(context: typer.Context, paths: Sequence[Path]) -> Library:
    """The library that all folders are in; else one of its own in the data folder, which keeps
    what was found of photos that are in no library, so that a run can go on."""
    from photosearch.catalog.database import is_library
    from photosearch.catalog.places import as_stored, relative_to
    from photosearch.library import Library

    if not paths or is_library(context.obj):
        library = open_library(context)
        roots = [as_stored(Path(path)) for path, _, _ in library.roots()]
        if all(
            any(relative_to(root, as_stored(path)) is not None for root in roots) for path in paths
        ):
            return library
        library.close()
    named = b"\0".join(sorted(as_stored(path) for path in paths))
    folder = data_dir() / "tagging" / hashlib.blake2b(named, digest_size=10).hexdigest()
    library = Library(folder)
    for stage in ("thumbnail", "duplicates", "tags"):
        library.switch_stage(stage, False)
    return library


def _look(library: Library, paths: Sequence[Path], json: bool) -> None:
    """Read and encode what was not yet; progress goes to where it does not disturb rows."""
    events = library.index(list(paths))
    if not json:
        show(event for event in events if not isinstance(event, Done))
        return
    for event in events:
        if isinstance(event, FileFailed):
            warn(f"{printable(event.path)}: {event.reason}")
        elif isinstance(event, Note):
            warn(event.text)


def _print(found: Iterator[Tagged], json: bool) -> None:
    for photo in found:
        path = os.fsdecode(photo.path)
        if json:
            row(path=path, tags=[vars(tag) for tag in photo.tags])
        else:
            tags = ", ".join(f"{printable(tag.name)} {tag.confidence:.2f}" for tag in photo.tags)
            say(f"{printable(path)}: {tags or '(nothing sure enough)'}")


def _write_sidecars(
    library: Library, rows: Sequence[Tagged], *, raw_sidecars: bool, dry_run: bool, json: bool
) -> None:
    from photosearch.media.sidecar_write import Keywords, SidecarWriter, sidecar_of

    written = failed = 0
    with ExitStack() as stack:
        writer = stack.enter_context(SidecarWriter(library.settings))
        for photo in rows:
            names = tuple(tag.name for tag in photo.tags if tag.source != "file")
            try:
                sidecar = sidecar_of(photo.path, raw_sidecars)
                if dry_run:
                    changed = bool(names)
                else:
                    changed = writer.write(sidecar, Keywords(names, photo.paths, photo.rejected))
            except PhotoSearchError as error:
                if error.code == "disk-full":
                    raise
                failed += 1
                warn(f"{printable(os.fsdecode(photo.path))}: {error.what}")
                continue
            written += changed
            if changed and (json or dry_run):
                where = os.fsdecode(sidecar)
                if json:
                    row(event="dry-run" if dry_run else "written", path=where, tags=names)
                else:
                    say(printable(where))
    if not json:
        verb = "would be written" if dry_run else "written"
        say(f"{written} sidecars {verb}, {failed} failed.")
    if failed:
        raise typer.Exit(1)


@tag_app.command("add")
def add_tag(context: typer.Context, photo: Path, name: str, json: Json = False) -> None:
    """Give a photo a tag, or confirm one that was found."""
    with open_library(context) as library:
        name = library.tag(photo, name)
    _did(json, "tagged", path=os.path.abspath(photo), tag=name)


@tag_app.command("remove")
def remove_tag(context: typer.Context, photo: Path, name: str, json: Json = False) -> None:
    """Take a tag away from a photo. One that the program found does not come back."""
    with open_library(context) as library:
        name = library.tag(photo, name, on=False)
    _did(json, "untagged", path=os.path.abspath(photo), tag=name)


@tag_app.command("list")
def list_tags(
    context: typer.Context,
    photo: Annotated[Path | None, typer.Argument(help="None: all tags of the library.")] = None,
    json: Json = False,
) -> None:
    """List the tags of a photo and who gave them, or all tags and how many photos have them."""
    with open_library(context) as library:
        if photo is None:
            for name, count in library.tag_names():
                if json:
                    row(tag=name, photos=count)
                else:
                    say(f"{count:>7}  {printable(name)}")
            return
        found = library.tags_at(photo)
    for tag in found:
        if json:
            row(tag=tag.name, source=tag.source, encoder=tag.encoder, confidence=tag.confidence)
        else:
            sure = "" if tag.confidence is None else f", {tag.confidence:.2f}"
            say(f"{printable(tag.name)} ({tag.source}{sure})")


def _did(json: bool, event: str, **values: object) -> None:
    if json:
        row(event=event, **values)
    elif event == "csv":
        verb = "written to" if values["written"] else "would be written to"
        say(f"{values['photos']} photos {verb} {printable(str(values['path']))}")


# --- taught tags ---


def teach(  # noqa: PLR0917  its options
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The tag; or `list`, or `undo`.")],
    yes: Annotated[
        list[Path] | None, typer.Option(help="A photo that shows it (again for each).")
    ] = None,
    no: Annotated[
        list[Path] | None, typer.Option(help="A photo that does not (again for each).")
    ] = None,
    more: Annotated[list[Path] | None, typer.Argument(hidden=True)] = None,
    json: Json = False,
) -> None:
    """Teach a tag by photos that show it (five are enough), and see how well it is known.

    `photosearch teach list` lists the taught tags, `photosearch teach undo` takes the last teaching
    back.
    """
    with open_library(context) as library:
        if name in ("list", "undo") and not (yes or no or more):
            _list_lessons(library, json) if name == "list" else _undo_lesson(library, json)
            return
        if not yes and not no:
            raise typer.BadParameter("name photos that show it: --yes PHOTO", param_hint="--yes")
        lesson = library.teach(name, [*(yes or []), *(more or [])], no or [])
        _say_lesson(library, lesson, json)


def _say_lesson(library: Library, lesson: Lesson, json: bool) -> None:
    paths = [os.fsdecode(each.path) for each in library.photo_rows(lesson.uncertain)]
    if json:
        values = {"shows": lesson.shows, "others": lesson.others, "quality": lesson.quality}
        row(event="taught", tag=lesson.name, **values, uncertain=paths)
        return
    say(f"“{lesson.name}”: {lesson.shows} photos show it, {lesson.others} do not;")
    say(f"{lesson.quality}.")
    if paths:
        say("Least sure of these; mark them next with --yes or --no:")
        for path in paths:
            say(f"  {printable(path)}")


def _list_lessons(library: Library, json: bool) -> None:
    found = library.tags.lessons()
    if json:
        for each in found:
            row(tag=each.name, shows=each.shows, others=each.others, quality=each.quality)
    elif found:
        rows = [[each.name, str(each.shows), str(each.others), each.quality] for each in found]
        table(["tag", "show it", "do not", "how well"], rows, right=[1, 2])
    else:
        say("No tag was taught yet: `photosearch teach NAME --yes PHOTO --yes PHOTO …`")


def _undo_lesson(library: Library, json: bool) -> None:
    action = library.tags.take_back()
    if action is not None:
        library.tags.learn(find=True)
    if json:
        row(event="undone", action=action)
    else:
        say("There is nothing to undo." if action is None else f"Undone: {printable(action)}")

"""`photosearch models`: encoders and taggers, and the one command that uses the network."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from photosearch.cli.output import Json, open_library, row, say, table, warn
from photosearch.errors import PhotoSearchError
from photosearch.paths import printable

if TYPE_CHECKING:
    from photosearch.encoders.available import AvailableModel
    from photosearch.progress import Progress

app = typer.Typer(
    help="Encoders and taggers: those that are here, and those that can be downloaded.",
    no_args_is_help=True,
)

ROW_SECONDS = 0.25
"""Progress rows are at least so far apart."""


@app.command("list")
def list_models(json: Json = False) -> None:
    """Show what can be had (quality, speed, size, licence) and what is here."""
    from photosearch.encoders.available import OPEN_CLIP, TORCHVISION, available_models
    from photosearch.encoders.registry import installed_backbones, installed_encoders

    models = available_models()
    here = {each.id: each for each in [*installed_encoders(), *installed_backbones()]}
    others = [here[id_] for id_ in here if id_ not in {model.name for model in models}]
    if json:
        for encoder in others:
            row(
                name=encoder.id,
                installed=True,
                path=str(encoder.path),
                licence=encoder.licence,
                languages=encoder.languages,
                kind=_kind(tags=encoder.backbone is not None),
            )
        for model in models:
            _print_model(model, here[model.name].path if model.name in here else None)
        return
    lines: list[tuple[str, ...]] = [
        (encoder.id, "here", "", "", "", "", encoder.licence) for encoder in others
    ]
    for library, kind in ((OPEN_CLIP, "Encoder"), (TORCHVISION, "Tagger")):
        lines += [_cells(model, model.name in here) for model in models if model.library == library]
        head = (kind, "Here", "ImageNet %", "COCO %", "GFLOPs", "MB", "Licence")
        table(head, lines, right=(2, 3, 4, 5))
        say()
        lines = []
    say(
        "ImageNet: of 1,000 kinds of things, named right at once. COCO: a caption's own photo found"
        " first among 5,000. Both as published. GFLOPs: work for one photo, less is quicker. MB: to"
        " download; where there is no number, the server tells. Taggers know ImageNet's kinds of"
        " things and no words: they tag photos in place of the built-in network, the encoder still"
        " searches."
    )
    say("`photosearch models download NAME` fetches one; nothing else here uses the network.")


@app.command("download")
def download(
    name: Annotated[str, typer.Argument(help="One of `photosearch models list`.")],
    json: Json = False,
    control: Annotated[
        bool, typer.Option("--control", help="Stop when standard input ends.")
    ] = False,
) -> None:
    """Download an encoder or a tagger and make it ready; run it again to go on after a break."""
    from photosearch.encoders.available import find_model
    from photosearch.encoders.download import download as download_model
    from photosearch.encoders.download import host_of, is_installed

    model = find_model(name)
    if control:
        Thread(target=_stop_with_input, name="control", daemon=True).start()
    already = is_installed(model.folder)
    if not already:
        host = host_of(model.url)
        if json:
            row(event="connect", model=model.name, host=host, bytes=model.size)
        else:
            size = "size told by the server" if model.size is None else f"{model.size / 1e6:.0f} MB"
            warn(f"Downloading {model.name} from {host} ({size}). Licence: {model.licence}.")
        with closing(download_model(model, model.folder)) as steps:
            if json:
                _print_progress(steps)
            else:
                _show(steps)
    if json:
        row(event="done", model=model.name, path=str(model.folder), downloaded=not already)
    else:
        verb = "is already" if already else "is now"
        say(f"{model.name} {verb} in {printable(model.folder)}")


@app.command("use")
def use(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The name of an encoder or tagger that is here.")],
    json: Json = False,
) -> None:
    """Choose the encoder or the tagger of this library; the next `photosearch index` uses it. The
    encoder before it answers until then, and keeps its vectors."""
    with open_library(context) as library:
        folder = library.use_encoder(name)
        answers = library.answering_encoder()
    if json:
        answering = None if answers is None else answers.id
        row(event="using", model=folder.id, path=str(folder.path), answering=answering)
    elif folder.backbone is not None:
        say(f"{folder.id} now tags the photos of this library, with the next `photosearch index`.")
    else:
        until = "" if answers in (None, folder) else f"; until then {answers.id} answers"
        say(f"This library now uses {folder.id}. `photosearch index` makes its vectors{until}.")


@app.command("remove")
def remove(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The name of a model that was downloaded.")],
    json: Json = False,
) -> None:
    """Delete a downloaded model, or what there is of one; it can be downloaded again."""
    with open_library(context) as library:
        removed = library.remove_model(name)
    if json:
        row(event="removed", model=name, removed=removed)
    else:
        say(f"{printable(name)} {'is deleted' if removed else 'is not here'}.")


def _stop_with_input() -> None:
    """End as by Ctrl-C when whoever started this closes our input, or is gone."""
    # Unbuffered: Python aborts where it ends while a thread waits in `sys.stdin`'s buffer.
    with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as words:
        while words.read(1 << 10):
            pass
    os.kill(os.getpid(), signal.SIGTERM)


def _kind(*, tags: bool) -> str:
    return "tagger" if tags else "encoder"


def _cells(model: AvailableModel, here: bool) -> tuple[str, ...]:
    return (
        model.name,
        "here" if here else "",
        _figure(model.quality.imagenet_top1),
        _figure(model.quality.coco_r1),
        _figure(model.image_gflops),
        "" if model.size is None else f"{model.size / 1e6:.0f}",
        model.licence,
    )


def _print_model(model: AvailableModel, path: Path | None) -> None:
    from photosearch.encoders.available import OPEN_CLIP

    row(
        name=model.name,
        installed=path is not None,
        path=None if path is None else str(path),
        licence=model.licence,
        languages=model.languages,
        bytes=model.size,
        url=model.url,
        imagenet_top1=model.quality.imagenet_top1,
        flickr30k_r1=model.quality.flickr30k_r1,
        coco_r1=model.quality.coco_r1,
        quality_source=model.quality.source,
        image_gflops=model.image_gflops,
        kind=_kind(tags=model.library != OPEN_CLIP),
    )


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _print_progress(steps: Iterator[Progress]) -> None:
    last: tuple[str, float] | None = None
    try:
        for step in steps:
            now = time.monotonic()
            if last is None or last[0] != step.stage or now - last[1] >= ROW_SECONDS:
                row(event="progress", stage=step.stage, done=step.done, total=step.total)
                last = (step.stage, now)
    except PhotoSearchError as error:
        row(event="error", code=error.code, what=error.what, todo=error.todo)
        raise


def _show(steps: Iterator[Progress]) -> None:
    """Bars for a person, on stderr."""
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description:>13}"),
        BarColumn(),
        TextColumn("{task.fields[amount]}"),
        TimeRemainingColumn(),
    )
    names = {"download": "Downloading", "convert": "Checking"}
    tasks: dict[str, TaskID] = {}
    with Bars(*columns, console=Console(stderr=True)) as bars:
        for step in steps:
            if step.stage not in tasks:
                tasks[step.stage] = bars.add_task(names[step.stage], total=None, amount="")
            if step.unit == "bytes":
                total = "?" if step.total is None else f"{step.total / 1e6:.0f}"
                amount = f"{step.done / 1e6:.0f} of {total} MB"
                bars.update(tasks[step.stage], completed=step.done, total=step.total, amount=amount)
            elif step.done == step.total:  # checking has no halves: until then the bar only moves
                bars.update(tasks[step.stage], total=1, completed=1)

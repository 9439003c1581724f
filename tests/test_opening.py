"""What is started without the command line's parser, and that it is the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from photosearch import opening
from photosearch.shared import library_folder

Started = tuple[str, Path, list[str]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Started]:
    """What was started in the place of windows and engines."""
    told: list[Started] = []

    def window(library: Path, paths: Sequence[str] = ()) -> int:
        told.append(("window", library, list(paths)))
        return 0

    def engine(library: Path) -> int:
        told.append(("engine", library, []))
        return 0

    monkeypatch.setattr(opening, "open_window", window)
    monkeypatch.setattr(opening, "serve_engine", engine)
    return told


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ("window", None, [])),
        (["window"], ("window", None, [])),
        (["window", "a folder", "b.jpg"], ("window", None, ["a folder", "b.jpg"])),
        (["--library", "L"], ("window", "L", [])),
        (["--library", "L", "window", "b.jpg"], ("window", "L", ["b.jpg"])),
        (["--library", "engine", "engine"], ("engine", "engine", [])),
        (["engine"], ("engine", None, [])),
    ],
)
def test_what_the_desktop_and_the_window_say_is_understood(
    started: list[Started], arguments: list[str], expected: tuple[str, str | None, list[str]]
) -> None:
    call = opening.opened_by(arguments)
    assert call is not None
    assert call() == 0
    name, library, paths = expected
    assert started == [(name, Path(library) if library else library_folder(None), paths)]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--library"],
        ["--library", ""],
        ["--library", "--help"],
        ["--library=L"],
        ["--version"],
        ["search", "a dog"],
        ["window", "--help"],
        ["window", "--", "-b.jpg"],
        ["engine", "more"],
        ["Window"],
    ],
)
def test_everything_else_is_left_to_the_parser(arguments: list[str]) -> None:
    assert opening.opened_by(arguments) is None

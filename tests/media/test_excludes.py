"""What a pattern leaves out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from photosearch.errors import PhotoSearchError
from photosearch.media.excludes import excluder, tidy_pattern
from photosearch.media.walk import walk
from tests.conftest import draw


def test_names_and_paths(album: Path) -> None:
    draw(1).save(album / "summer" / "scan.png")
    (album / "winter" / "Exports").mkdir()
    draw(2).save(album / "winter" / "Exports" / "out.jpg")

    def found(*patterns: str) -> set[str]:
        skip = excluder([tidy_pattern(pattern) for pattern in patterns])
        folders = walk(os.fsencode(album), skip=skip)
        return {os.fsdecode(entry.name) for folder in folders for entry in folder.entries}

    everything = {*(f"{number}.jpg" for number in range(6)), "scan.png", "out.jpg"}
    assert found() == everything
    assert found("*.PNG") == everything - {"scan.png"}
    assert found("exports") == everything - {"out.jpg"}
    assert found(str(album / "summer")) == {"0.jpg", "2.jpg", "4.jpg", "out.jpg"}
    assert found(f"{album}/summer/", "[0-3].jpg") == {"4.jpg", "out.jpg"}
    assert found(str(album / "summer" / "1.jpg")) == everything - {"1.jpg"}


@pytest.mark.parametrize("pattern", ["", " ", "*", "*.*", "/", "a\nb"])
def test_what_would_leave_out_all_or_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(PhotoSearchError) as caught:
        tidy_pattern(pattern)
    assert caught.value.code == "bad-pattern"

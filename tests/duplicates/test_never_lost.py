"""Whatever a person does in whatever order: of every picture a file is left, what is protected
stays, and undo brings back bytes, place, time and words."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from photosearch.duplicates.groups import Group
from photosearch.duplicates.kinds import KINDS
from photosearch.library import Library
from photosearch.removal import Moved
from tests.duplicates.conftest import index, state_of

PLACES = ("", "copies", "new")


class Album(RuleBasedStateMachine):
    """The album of conftest. Which picture a file shows, the digit in its name says."""

    world: Path

    @initialize()
    def begin(self) -> None:
        shutil.rmtree(self.world)
        shutil.copytree(self.world.with_name("kept"), self.world)
        shutil.rmtree(self.world.with_name("share"), ignore_errors=True)
        self.album = self.world / "album"
        self.library = Library(self.world / "library")
        self.removed: list[tuple[dict[str, tuple[bytes, int]], dict[str, Any]]] = []
        self.names = 0

    def teardown(self) -> None:
        if hasattr(self, "library"):
            self.library.close()

    def files(self) -> list[Path]:
        return sorted(file for file in self.album.rglob("*.jpg"))

    @rule(data=st.data(), stars=st.integers(0, 5))
    def rate(self, data: st.DataObject, stars: int) -> None:
        self._known(lambda: self.library.rate(data.draw(st.sampled_from(self.files())), stars))

    @rule(data=st.data())
    def keep(self, data: st.DataObject) -> None:
        self._known(lambda: self.library.duplicates.keep(data.draw(st.sampled_from(self.files()))))

    @rule(data=st.data())
    def reject(self, data: st.DataObject) -> None:
        both = [data.draw(st.sampled_from(self.files())) for _ in range(2)]
        self._known(lambda: self.library.duplicates.reject(*both))

    @rule(place=st.sampled_from(PLACES), on=st.booleans())
    def protect(self, place: str, on: bool) -> None:
        self.library.duplicates.protect(self.album / place, on)

    @rule(first=st.sampled_from(["age", "-in:copies", "in:copies", "quality"]))
    def order(self, first: str) -> None:
        self.library.duplicates.set_rules([first])

    @rule(data=st.data(), place=st.sampled_from(PLACES))
    def rename(self, data: st.DataObject, place: str) -> None:
        file = data.draw(st.sampled_from(self.files()))
        self.names += 1
        (self.album / place).mkdir(exist_ok=True)
        file.rename(self.album / place / f"{file.name[0]} renamed {self.names}.jpg")

    @rule()
    def rescan(self) -> None:
        index(self.library)

    @rule(data=st.data(), merge=st.booleans())
    def trash(self, data: st.DataObject, merge: bool) -> None:
        kinds = data.draw(st.sampled_from([*([kind] for kind in KINDS), list(KINDS)]))
        before, words = state_of(self.album), self._words()

        def chosen(_: Group) -> bool:
            return data.draw(st.booleans())

        results = list(self.library.duplicates.remove(chosen, kinds, merge=merge))
        moved = {
            str(Path(os.fsdecode(result.path)).relative_to(self.album))
            for result in results
            if isinstance(result, Moved)
        }
        after = state_of(self.album)
        assert after == {path: state for path, state in before.items() if path not in moved}
        for path in moved:
            for folder in self.library.duplicates.protected():
                assert not (self.album / path).is_relative_to(folder)
        if moved:
            self.removed.append(({path: before[path] for path in moved}, words))

    @precondition(lambda self: self.removed)
    @rule()
    def undo(self) -> None:
        files, _ = self.removed.pop()
        before = state_of(self.album)
        assert all(isinstance(result, Moved) for result in self.library.duplicates.undo())
        assert state_of(self.album) == {**before, **files}

    @rule()
    def trash_and_undo(self) -> None:
        before, words = state_of(self.album), self._words()
        moved = [
            result
            for result in self.library.duplicates.remove(lambda _: True, KINDS)
            if isinstance(result, Moved)
        ]
        if moved:
            list(self.library.duplicates.undo())
        assert state_of(self.album) == before and self._words() == words

    @invariant()
    def of_every_picture_a_file_is_left(self) -> None:
        if hasattr(self, "album"):
            assert {file.name[0] for file in self.files()} == {"0", "1", "2", "3"}

    def _words(self) -> dict[str, Any]:
        return {**self.library.export(), "exported_at": None}

    def _known(self, act: Callable[[], object]) -> None:
        """Do what may be refused, of a file that was renamed and not yet seen again."""
        from photosearch.errors import PhotoSearchError

        try:
            act()
        except PhotoSearchError as error:
            assert error.code in ("not-in-library", "same-bytes")


def test_no_sequence_loses_anything(indexed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(indexed.with_name("share")))
    Album.world = indexed
    examples = int(os.environ.get("PHOTOSEARCH_TEST_SEQUENCES", "12"))  # `make soak` asks for more
    run_state_machine_as_test(
        Album,
        settings=settings(
            max_examples=examples,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

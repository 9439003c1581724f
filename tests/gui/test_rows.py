"""What is shown of photos, whatever order answers come in."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from photosearch.engine.replies import Row
from photosearch.gui.rows import Change, RowStore

IDS = list(range(1, 9))


def row(photo_id: int, stars: int = 0) -> Row:
    return Row(photo_id, f"/p/{photo_id}.jpg", f"/t/{photo_id}", 4, 3, None, stars, False, (), True)


class Rows(RuleBasedStateMachine):
    """An engine that answers when it likes: what a read sees is true at some time between question
    and answer (here: at one of the two)."""

    def __init__(self) -> None:
        super().__init__()
        self.store = RowStore(kept=6)
        self.truth = {photo_id: row(photo_id) for photo_id in IDS}
        self.reads: list[tuple[int, tuple[int, ...], list[Row] | None]] = []
        self.writes: list[tuple[int, int, int]] = []

    @rule(first=st.integers(0, 7), count=st.integers(1, 8), early=st.booleans())
    def look(self, first: int, count: int, early: bool) -> None:
        if self.store.want(IDS[first : first + count]):
            batch, photo_ids = self.store.batch()
            assert photo_ids
            self.reads.append((batch, photo_ids, self.see(photo_ids) if early else None))

    @precondition(lambda self: self.reads)
    @rule(data=st.data(), fails=st.sampled_from([False, False, False, True]))
    def answer(self, data: st.DataObject, fails: bool) -> None:
        at = data.draw(st.integers(0, len(self.reads) - 1))
        batch, photo_ids, seen = self.reads.pop(at)
        if fails:
            self.store.failed(batch, photo_ids)
        else:
            self.store.arrived(batch, photo_ids, self.see(photo_ids) if seen is None else seen)

    def see(self, photo_ids: tuple[int, ...]) -> list[Row]:
        return [self.truth[each] for each in photo_ids if each in self.truth]

    @rule(photo_id=st.sampled_from(IDS), stars=st.integers(0, 5))
    def say(self, photo_id: int, stars: int) -> None:
        self.writes.append((self.store.say([photo_id], Change(stars=stars)), photo_id, stars))

    @precondition(lambda self: self.writes)
    @rule(fails=st.booleans())
    def written(self, fails: bool) -> None:
        word, photo_id, stars = self.writes.pop(0)
        if not fails and photo_id in self.truth:
            self.truth[photo_id] = replace(self.truth[photo_id], stars=stars)
        self.store.answered(word, [photo_id], done=not fails)

    @rule(photo_id=st.sampled_from(IDS), stars=st.integers(0, 5))
    def changes_elsewhere(self, photo_id: int, stars: int) -> None:
        self.truth[photo_id] = row(photo_id, stars)
        self.store.refresh()

    @rule(photo_id=st.sampled_from(IDS))
    def goes(self, photo_id: int) -> None:
        self.truth.pop(photo_id, None)
        self.store.refresh()

    @invariant()
    def what_was_said_is_shown(self) -> None:
        for photo_id in IDS:
            said = [stars for _, of, stars in self.writes if of == photo_id]
            shown = self.store.get(photo_id)
            if said and shown is not None:
                assert shown.stars == said[-1]

    @invariant()
    def what_is_not_asked_for_again_is_true(self) -> None:
        said = {of for _, of, _ in self.writes}
        for photo_id in self.store._fresh - said:
            assert self.store.get(photo_id) == self.truth.get(photo_id)
        for photo_id in self.store._gone - said:
            assert photo_id not in self.truth

    def teardown(self) -> None:
        """In the end what is shown is true, and nothing more is asked for."""
        while self.writes:
            self.written(fails=False)
        for batch, photo_ids, seen in self.reads:
            self.store.arrived(batch, photo_ids, self.see(photo_ids) if seen is None else seen)
        for photo_id in IDS:
            if self.store.want([photo_id]):
                batch, photo_ids = self.store.batch()
                self.store.arrived(batch, photo_ids, self.see(photo_ids))
            if photo_id in self.truth:
                assert self.store.get(photo_id) == self.truth[photo_id]
            else:
                assert self.store.is_gone(photo_id)
            assert not self.store.want([photo_id])


TestRows = Rows.TestCase
TestRows.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)


def test_what_scrolled_away_is_not_asked_for() -> None:
    store = RowStore()
    store.want(range(1000))
    store.want([5000, 5001])
    assert store.batch()[1] == (5000, 5001)
    assert store.batch()[1] == ()


def test_one_that_is_looked_at_beside_the_screen_is_asked_for() -> None:
    store = RowStore()
    assert store.want_also(7)
    store.want([1])
    assert store.batch()[1] == (7, 1)
    assert not store.want_also(7)


def test_no_more_rows_are_kept_than_granted() -> None:
    store = RowStore(kept=100)
    for start in range(0, 1000, 50):
        store.want(range(start, start + 50))
        batch, photo_ids = store.batch()
        store.arrived(batch, photo_ids, [row(each) for each in photo_ids])
    assert sum(store.get(each) is not None for each in range(1000)) == 100
    assert store.want([0]) and not store.want([999])

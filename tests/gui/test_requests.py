"""Answers come in any order; of a kind of which only the newest counts, only its answer does."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from photosearch.engine.replies import Photos, Reply
from photosearch.gui.requests import Requests


@given(st.lists(st.sampled_from(["search", "library", None])), st.randoms(use_true_random=False))
def test_the_newest_counts_in_any_order_of_answers(kinds: list[str | None], dice: Random) -> None:
    requests, heard = Requests(), list[int]()
    waiting: list[int] = []
    newest: dict[str, int] = {}
    for number, kind in enumerate(kinds, 1):
        replaced = requests.add(number, lambda reply: heard.append(_number(reply)), kind)
        before = newest.get(kind) if kind else None
        assert replaced == (before if before in waiting else None)
        if kind:
            newest[kind] = number
        waiting.append(number)
        if dice.random() < 0.3:
            some = waiting.pop(dice.randrange(len(waiting)))
            requests.arrived(some, Photos((some,)))
    heard_before = list(heard)
    dice.shuffle(waiting)
    for number in waiting:
        requests.arrived(number, Photos((number,)))
    wanted = [n for n in waiting if not (kind := kinds[n - 1]) or newest[kind] == n]
    assert heard[len(heard_before) :] == wanted
    for number in range(1, len(kinds) + 1):  # nothing is answered twice
        requests.arrived(number, Photos((number,)))
    assert len(heard) == len(heard_before) + len(wanted)


def test_what_is_dropped_is_not_answered() -> None:
    requests, heard = Requests(), list[Reply]()
    assert requests.drop("search") is None
    requests.add(1, heard.append, "search")
    assert requests.waits("search")
    assert requests.drop("search") == 1
    assert not requests.waits("search")
    requests.arrived(1, Photos(()))
    assert heard == []


def _number(reply: Reply) -> int:
    assert isinstance(reply, Photos)
    return reply.photo_ids[0]

"""The size of batches, found by trying."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosearch.encoders.batching import ROWS, BatchSize, remember, remembered


def find(size: BatchSize, seconds: Callable[[int], float]) -> list[int]:
    """Use it until it is settled; the sizes that were used."""
    used: list[int] = []
    while not size.settled:
        used.append(size.size)
        assert len(used) < 1000
        size.took(size.size, seconds(size.size))
    return used


def test_it_doubles_until_that_makes_it_no_quicker() -> None:
    size = BatchSize(256)
    used = find(size, lambda count: 1.0 + 0.001 * max(0, count - 64) * 16)
    assert list(dict.fromkeys(used)) == [8, 16, 32, 64, 128]
    assert (size.size, size.settled) == (64, True)


def test_where_one_takes_as_long_as_another_it_stays_small() -> None:
    size = BatchSize(256)
    assert set(find(size, lambda count: 0.01 * count)) == {8, 16}
    assert size.size == 8


def test_the_quickest_of_some_passes_counts() -> None:
    """The first pass of a size sets things up, and takes long."""
    size, passes = BatchSize(16), {8: iter((9.0, 0.8, 0.9)), 16: iter((9.0, 0.9, 1.0))}
    find(size, lambda count: next(passes[count]))
    assert size.size == 16


def test_batches_of_other_sizes_say_nothing() -> None:
    size = BatchSize(64)
    for _ in range(9):
        assert not size.took(5, 0.0001)
    assert (size.size, size.settled) == (8, False)


@given(st.integers(1, 4096), st.integers(0, 4096), st.floats(0.001, 10))
def test_it_is_never_more_than_allowed_and_ends(most: int, fixed: int, each: float) -> None:
    size = BatchSize(most)
    used = find(size, lambda count: fixed + each * count)
    assert max([*used, size.size]) <= max(most, 1)


@given(st.integers(1, 300))
def test_what_memory_does_not_take_is_not_tried_again(fits: int) -> None:
    size = BatchSize(256, 64)
    assert size.ran_out(fits)
    assert size.settled
    assert size.size % ROWS == 0 and size.size <= max(ROWS, min(64, fits))
    assert not size.ran_out(1)
    assert size.size == ROWS


def test_what_was_found_is_kept_for_each_encoder_and_device(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHOTOSEARCH_DATA", str(tmp_path / "new"))
    assert remembered("a", "cuda") is None
    remember("a", "cuda", 128)
    remember("a", "cpu", 16)
    remember("b", "cuda", 64)
    assert (remembered("a", "cuda"), remembered("a", "cpu"), remembered("b", "cuda")) == (
        *(128, 16),
        64,
    )
    assert remembered("b", "cpu") is None
    (tmp_path / "new" / "batches.json").write_text("[" * 100_000)
    assert remembered("a", "cuda") is None
    remember("a", "cuda", 32)
    assert remembered("a", "cuda") == 32

"""How fast a run is and how long it takes."""

from __future__ import annotations

import pytest

from photosearch.gui.pace import Pace


def test_speed_and_time_left() -> None:
    pace = Pace()
    for second in range(6):
        pace.add("read", second * 20, 1000, now=float(second))
    now = pace.standing(5.0)
    assert (now.stage, now.done, now.total) == ("read", 100, 1000)
    assert now.per_second == pytest.approx(20)
    assert now.seconds_left == pytest.approx(45)


def test_nothing_is_said_too_early_or_without_a_total() -> None:
    pace = Pace()
    assert pace.standing(0.0).per_second is None
    pace.add("scan", 10, None, now=0.0)
    pace.add("scan", 500, None, now=1.0)
    assert pace.standing(1.0).per_second is None
    pace.add("scan", 900, None, now=3.0)
    now = pace.standing(3.0)
    assert now.per_second is not None and now.seconds_left is None


def test_only_the_last_ten_seconds_count() -> None:
    pace, done = Pace(), 0
    for second in range(60):
        done += 100 if second < 30 else 2
        pace.add("read", done, 10_000, now=float(second))
    assert pace.standing(59.0).per_second == pytest.approx(2, rel=0.2)


def test_a_run_that_stalls_gets_slower() -> None:
    pace = Pace()
    for second in range(10):
        pace.add("read", second * 10, 1000, now=float(second))
    before, after = pace.standing(9.0).per_second, pace.standing(30.0).per_second
    assert before is not None and after is not None and after < before / 2


def test_a_pause_does_not_count() -> None:
    pace = Pace()
    for second in range(5):
        pace.add("read", second * 10, 1000, now=float(second))
    pace.halt()
    assert pace.standing(100.0).per_second is None
    for second in range(100, 105):
        pace.add("read", 50 + (second - 100) * 10, 1000, now=float(second))
    assert pace.standing(104.0).per_second == pytest.approx(10)


def test_understanding_counts_out_of_all_that_will_be_read() -> None:
    pace = Pace()
    pace.add("scan", 1000, None, now=0.0)
    pace.add("read", 64, 1000, now=1.0)
    assert pace.standing(1.0).stage == "read"
    pace.add("encode", 32, 64, now=2.0)
    pace.add("read", 96, 1000, now=3.0)  # they take turns; the words on the screen must not
    now = pace.standing(3.0)
    assert (now.stage, now.done, now.total) == ("encode", 32, 1000)
    pace.add("read", 1000, 1000, now=4.0)  # some had been understood before
    assert pace.standing(4.0).total == 64
    pace.add("index", 0, 64, now=5.0)
    assert pace.standing(5.0).stage == "index"

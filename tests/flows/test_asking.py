"""What a search says of its answer, and searches under a name, by running the commands."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Command, draw


def test_how_relevant_and_why(
    command: Command, here: Command, album: Path, with_builtin: None
) -> None:
    draw(1).save(album / "again.jpg", quality=80)  # nearly the same as 1.jpg
    assert here("index", album).code == 0
    ran = command("search", "a red boat 2:water -snow", "--json", "-n", 9)
    assert ran.code == 0 and len(ran.rows) == 6, ran
    relevance = [row["relevance"] for row in ran.rows]
    assert all(0 <= each <= 1 for each in relevance)
    assert relevance == sorted(relevance, reverse=True)
    for row in ran.rows:
        assert row["good"] == (row["relevance"] >= 0.5)
        parts = {part["text"]: part["weight"] for part in row["parts"]}
        assert parts["water"] == 2 * parts["a red boat"] > 0 > parts["snow"]
        score = sum(part["weight"] * part["score"] for part in row["parts"])
        assert (score > 0) == (row["score"] > 0)
    (folded,) = [row["folded"] for row in ran.rows if row["folded"]]
    assert len(folded) == 1
    assert len(here("search", "a red boat", "--unfold", "--json", "-n", 9).rows) == 7

    least = relevance[2]
    above = here(
        *("search", "a red boat 2:water -snow", "--json", "-n", 9, "--min-relevance", least)
    )
    assert [row["relevance"] for row in above.rows] == [each for each in relevance if each >= least]
    ran = here("search", "a red boat 2:water -snow in:summer", "--why", "-n", 2)
    assert ran.code == 0
    for said in ("relevance", "in:summer", "water +", "snow -", " x "):
        assert said in ran.out, ran.out
    assert here("search", "a boat", "--min-relevance", 1.1).code == 2

    another = album / "winter" / "2.jpg"
    assert len(here("similar", another, "--json").rows) == 5
    assert len(here("similar", another, "--unfold", "--json").rows) == 6

    ran = here("similar", album / "summer" / "1.jpg", "--region", "0,0,0.5,0.5", "--json")
    assert ran.code == 0 and len(ran.rows) == 6
    other = here("similar", album / "summer" / "1.jpg", "--region", "0.5,0.5,0.5,0.5", "--json")
    assert [row["score"] for row in ran.rows] != [row["score"] for row in other.rows]
    ran = here("similar", album / "summer" / "1.jpg", "--region", "0.9,0,0.5,1")
    assert ran.code != 0 and "0.9,0,0.5,1" in ran.err and ran.err.count("\n") == 1


def test_an_encoder_that_is_not_calibrated_says_so(
    here: Command, album: Path, with_encoder: Path
) -> None:
    here("index", album)
    ran = here("search", "a boat", "--min-relevance", 0.5)
    assert ran.code == 1 and ran.out == "" and ran.err.count("\n") == 1
    assert "how relevant" in ran.err and "calibrated" in ran.err


def test_searches_under_a_name(here: Command, album: Path, with_encoder: Path) -> None:
    here("index", album)
    assert here("searches", "save", "summers", "in:summer").code == 0
    (row,) = here("searches", "list", "--json").rows
    assert row["name"] == "summers" and row["query"] == "in:summer"
    ran = here("searches", "show", "summers", "--json")
    before = {row["path"] for row in ran.rows}
    assert len(before) == 3
    draw(50).save(album / "summer" / "new.jpg")
    here("index", album)
    after = {row["path"] for row in here("searches", "show", "summers", "--json").rows}
    assert after - before == {str(album / "summer" / "new.jpg")}, "it stays up to date"
    assert here("searches", "save", "summers", "in:winter").code == 0
    assert [row["query"] for row in here("searches", "list", "--json").rows] == ["in:winter"]
    assert here("searches", "remove", "summers").code == 0
    assert here("searches", "list", "--json").rows == []
    for gone in (("show", "summers"), ("remove", "summers")):
        ran = here("searches", *gone)
        assert ran.code == 1 and "summers" in ran.err and ran.err.count("\n") == 1

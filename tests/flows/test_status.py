"""How far indexing is, what stands in its way, and what is left out: as a user asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Command, draw


@pytest.mark.usefixtures("with_encoder")
def test_problems_are_listed_and_tried_again(command: Command, album: Path) -> None:
    bad = album / "winter" / "bad.jpg"
    bad.write_bytes(b"no picture")
    assert command("problems").out == "No problems.\n"
    command("index", album)
    (row,) = command("problems", "--json").rows
    assert row == {"path": str(bad), "reason": "not a picture in a known format"}
    status = command("status", "--json").rows[0]
    assert (status["run"], status["photos"], status["todo"], status["problems"]) == (None, 6, 0, 1)
    assert status["stages"]["vector:tiny"] == {"done": 6, "skipped": 1}
    assert "tries 1 files again" in command("problems", "--try-again").out
    assert command("status", "--json").rows[0]["todo"] == 1
    assert command("index", "--json").rows[-1]["failed"] == 1  # still no picture
    draw(77).save(bad)
    command("problems", "--try-again")
    assert command("index", "--json").rows[-1]["failed"] == 0
    assert command("problems", "--json").rows == []
    said = command("status").out
    assert "7 photos, 0 still to do, 0 files with problems." in said and "vector:tiny" in said


def test_what_is_left_out_is_gone_until_it_is_let_in_again(command: Command, album: Path) -> None:
    command("index", album)
    command("roots", "exclude", album / "winter")
    command("roots", "exclude", "1.JPG")
    rows = command("roots", "excluded", "--json").rows
    assert [row["pattern"] for row in rows] == [str(album / "winter"), "1.JPG"]
    assert command("index", "--json").rows[-1]["seen"] == 2
    assert command("status", "--json").rows[0]["photos"] == 2
    command("roots", "include", "1.JPG")
    command("undo")  # let it in: left out again
    assert command("index", "--json").rows[-1]["seen"] == 2
    command("roots", "include", "1.JPG")
    command("roots", "include", album / "winter")
    done = command("index", "--json").rows[-1]
    assert (done["seen"], done["new"]) == (6, 0)
    assert command("status", "--json").rows[0]["photos"] == 6
    refused = command("roots", "exclude", "*")
    assert refused.code == 1 and "cannot be left out" in refused.err
    assert command("roots", "include", "never.jpg").code == 1


def test_stages_are_switched(command: Command) -> None:
    assert all(row["on"] for row in command("stages", "--json").rows)
    rows = command("stages", "--off", "features", "--json").rows
    assert {row["stage"] for row in rows if not row["on"]} == {"features"}
    assert "Switched off: features." in command("status").out
    assert all(row["on"] for row in command("stages", "--on", "features", "--json").rows)
    assert command("stages", "--off", "content").code == 1

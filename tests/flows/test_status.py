"""How far indexing is, what stands in its way, and what is left out: as a user asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Command


@pytest.mark.usefixtures("with_encoder")
def test_as_a_user_asks_for_it(command: Command, album: Path) -> None:
    bad = album / "winter" / "bad.jpg"
    bad.write_bytes(b"no picture")
    command("index", album)
    (row,) = command("problems", "--json").rows
    assert row == {"path": str(bad), "reason": "not a picture in a known format"}
    assert "tries 1 files again" in command("problems", "--try-again").out
    rows = command("stages", "--off", "features", "--json").rows
    assert [row["stage"] for row in rows if not row["on"]] == ["features"]
    command("roots", "exclude", "1.JPG")
    assert command("roots", "excluded", "--json").rows == [{"pattern": "1.JPG"}]
    status = command("status", "--json").rows[0]
    assert (status["run"], status["photos"], status["todo"], status["problems"]) == (None, 6, 1, 0)
    assert status["stages"]["vector:tiny"] == {"done": 6, "skipped": 1}
    said = command("status").out
    assert "6 photos, 1 still to do, 0 files with problems." in said
    assert "Switched off: features." in said
    assert command("roots", "exclude", "*").code == 1

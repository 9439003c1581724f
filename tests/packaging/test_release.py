"""What `make release` checks and writes."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))

from release.__main__ import missing_changes, write_sums


@pytest.mark.parametrize(
    ("changelog", "problem"),
    [
        ("# Changelog\n\n## 1.2.0 (2026-11-26)\n\n- New\n\n## 1.1.0 (2025-01-01)\n", None),
        ("# Changelog\n\n## 1.2.0 (unreleased)\n", "no date"),
        ("# Changelog\n\n## 1.2.0\n", "no date"),
        ("# Changelog\n\n## 1.1.0 (2025-01-01)\n", "does not begin"),
        ("", "does not begin"),
    ],
)
def test_the_changelog_must_be_the_releases(changelog: str, problem: str | None) -> None:
    found = missing_changes("1.2.0", changelog)
    assert found == [] if problem is None else problem in found[0]


def test_checksums_are_of_all_files(tmp_path: Path) -> None:
    for name in ("b.whl", "a.deb", "SHA256SUMS"):
        (tmp_path / name).write_text(name)
    write_sums(tmp_path)
    sums = [hashlib.sha256(name.encode()).hexdigest() for name in ("a.deb", "b.whl")]
    assert (tmp_path / "SHA256SUMS").read_text() == f"{sums[0]}  a.deb\n{sums[1]}  b.whl\n"

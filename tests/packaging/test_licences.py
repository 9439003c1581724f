"""What PhotoSearch requires has licences that are allowed; one that has not fails here."""

from __future__ import annotations

import sys
from importlib.metadata import Distribution, PathDistribution, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

from release import licences  # noqa: E402


@pytest.fixture(scope="module")
def everything() -> dict[str, Distribution]:
    return licences.required()


def test_all_that_is_required_is_allowed(everything: dict[str, Distribution]) -> None:
    assert {"photosearch", "torch", "pyside6-essentials", "idna"} <= set(everything)
    assert "pytest" not in everything and "hatchling" not in everything
    assert licences.refused(everything.values()) == {}


@pytest.mark.skipif(sys.platform != "linux", reason="NOTICE lists what Linux requires")
def test_notice_names_them_all(everything: dict[str, Distribution]) -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    listed = {line.partition(":")[0] for line in notice.splitlines() if line.startswith("  ")}
    missing = {f"  {name}" for name in everything} - listed - {"  photosearch"}
    assert not missing, "write them there: make notice"


def made_up(folder: Path, name: str, *lines: str) -> Distribution:
    """An installed distribution that says of itself what `lines` say."""
    made = folder / f"{name}-1.0.dist-info"
    made.mkdir(exist_ok=True)
    head = ["Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0"]
    (made / "METADATA").write_text("\n".join([*head, *lines]) + "\n")
    return PathDistribution(made)


@pytest.mark.parametrize(
    "lines",
    [
        ["License-Expression: GPL-3.0-or-later"],
        ["License-Expression: MIT AND GPL-2.0-only"],
        ["License-Expression: (MIT OR Apache-2.0) AND AGPL-3.0-only"],
        ["License: GPLv3"],
        ["License: MIT", "Classifier: License :: OSI Approved :: GNU General Public License (GPL)"],
        ["License: " + "GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007 " * 4],
        ["License: LicenseRef-NVIDIA-Proprietary"],
        ["Classifier: License :: OSI Approved"],
        [],
    ],
)
def test_a_wheel_under_another_licence_fails_also_far_away(
    lines: list[str], tmp_path: Path, everything: dict[str, Distribution]
) -> None:
    between = made_up(tmp_path, "between", "License: MIT", "Requires-Dist: Far_Away; extra == 'x'")
    world = {**everything, "between": between, "far-away": made_up(tmp_path, "far-away", *lines)}
    needing = "Requires-Dist: photosearch", "Requires-Dist: between[x]", "License: MIT"
    world["needing"] = made_up(tmp_path, "needing", *needing)
    found = licences.required("needing", world.__getitem__)
    assert list(licences.refused(found.values())) == ["far-away"]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("free", "License-Expression: LGPL-3.0-only OR GPL-3.0-only"),
        ("free", "License-Expression: MIT AND Apache-2.0 WITH LLVM-exception"),
        ("nvidia-new", "License: LicenseRef-NVIDIA-Proprietary"),
    ],
)
def test_what_may_be_required(name: str, line: str, tmp_path: Path) -> None:
    assert licences.refused([made_up(tmp_path, name, line)]) == {}


def test_texts_of_licences_are_collected() -> None:
    texts = licences.texts({name: distribution(name) for name in ("typer", "pi-heif")})
    assert "typer" in texts and "Permission is hereby granted" in texts
    assert "libde265" in texts  # what pi-heif's wheel contains

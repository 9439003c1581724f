"""The wheel and the source archive: whole, and the same bytes wherever they are built."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import photosearch

ROOT = Path(photosearch.__file__).parent.parent


def build(project: Path, place: Path, umask: int) -> dict[str, bytes]:
    """What hatchling builds of `project` with what is installed here, offline: bytes by name."""
    line = [sys.executable, "-m", "hatchling", "build", "-d", str(place)]
    subprocess.run(line, cwd=project, check=True, capture_output=True, umask=umask)
    return {file.name: file.read_bytes() for file in place.iterdir()}


@pytest.mark.skipif(os.name == "nt", reason="umask")
def test_two_builds_are_equal_and_whole(tmp_path: Path) -> None:
    first = build(ROOT, tmp_path / "one", 0o022)
    version = photosearch.__version__
    wheel, archive = f"photosearch-{version}-py3-none-any.whl", f"photosearch-{version}.tar.gz"
    assert set(first) == {wheel, archive}

    with tarfile.open(tmp_path / "one" / archive) as packed:
        packed.extractall(tmp_path / "another place", filter="data")
    unpacked = tmp_path / "another place" / f"photosearch-{version}"
    assert build(unpacked, tmp_path / "two", 0o077) == first

    with zipfile.ZipFile(tmp_path / "one" / wheel) as packed_wheel:
        files = {info.filename: info.file_size for info in packed_wheel.infolist()}
        meta = f"photosearch-{version}.dist-info"
        commands = packed_wheel.read(f"{meta}/entry_points.txt").decode()
    assert f"{meta}/licenses/NOTICE" in files and "photosearch/CHANGELOG.md" in files
    assert "photosearch = photosearch.__main__:main\n" in commands
    assert "photosearch-gui = photosearch.__main__:main_window\n" in commands
    for part in ("photosearch", "resources"):
        for file in (ROOT / part).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                inside = file.relative_to(ROOT)
                inside = inside if part == "photosearch" else Path("photosearch") / inside
                assert files[inside.as_posix()] == file.stat().st_size

"""Make a release: `make release`. Everything is checked first; the results lie in `dist/`.

Its wheel, source archive, .deb, SBOM (CycloneDX), the licences of what it requires, and SHA256SUMS.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import photosearch

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "dist"


def main(arguments: list[str]) -> None:
    """Check (`check`), or complete (`complete`) what lies in `dist/`."""
    if arguments == ["check"]:
        problems = [*unclean_tree(), *missing_changes(photosearch.__version__)]
        if problems:
            sys.exit("\n".join(problems))
        return
    write_sbom(DIST / f"photosearch-{photosearch.__version__}.cdx.json")
    write_sums(DIST)


def unclean_tree() -> list[str]:
    """What is changed and not committed."""
    line = ["git", "status", "--porcelain"]
    said = subprocess.run(line, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [f"Not committed: {change}" for change in said.splitlines()]


def missing_changes(version: str, changelog: str | None = None) -> list[str]:
    """Why the changelog is not that of this version's release."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8") if changelog is None else changelog
    newest = re.search(r"^## (\S+) ?(.*)$", text, re.MULTILINE)
    if newest is None or newest[1] != version:
        return [f"CHANGELOG.md does not begin with {version}"]
    if not re.fullmatch(r"\(\d{4}-\d\d-\d\d\)", newest[2]):
        return [f"CHANGELOG.md has no date for {version}: {newest[2] or 'nothing'}"]
    return []


def write_sbom(file: Path) -> None:
    """What the .deb contains, as CycloneDX 1.6, without what differs from one build to the next."""
    line = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible"]
    line += ["--pyproject", str(ROOT / "pyproject.toml"), "--output-file", str(file)]
    line += ["--spec-version", "1.6", str(ROOT / "build/deb/opt/photosearch/bin/python")]
    subprocess.run(line, check=True)


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS of the files in `folder`, as `sha256sum -c` reads it."""
    lines = []
    for file in sorted(folder.iterdir()):
        if file.is_file() and file.name != "SHA256SUMS":
            with file.open("rb") as opened:
                lines.append(f"{hashlib.file_digest(opened, 'sha256').hexdigest()}  {file.name}\n")
    (folder / "SHA256SUMS").write_text("".join(lines))


if __name__ == "__main__":
    main(sys.argv[1:])

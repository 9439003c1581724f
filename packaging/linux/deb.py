"""Make the .deb: `python packaging/linux/deb.py [--cuda] [PIP OPTIONS]`, into `dist/`.

A virtual environment of its own under /opt/photosearch, for the Python of the Debian or Ubuntu on
which it is built (which so gets its security updates from there; the package depends on exactly
that minor version). Without `--cuda` torch is one without CUDA (see `without_cuda.py`) and FAISS is
faiss-cpu. What nothing of the program uses is left out: the rest of Qt, of the three packages of
which the demo takes pictures, headers, tests. No maintainer script but for bytecode that root may
have made; what the user has lies in the home folder and is not touched.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from desktop import icons  # noqa: E402
from release import licences  # noqa: E402

import photosearch  # noqa: E402
from linux import prune, without_cuda  # noqa: E402

HOME = Path("opt/photosearch")
COMMANDS = ("photosearch", "photosearch-gui")
EPOCH = 1_577_836_800  # seconds: 2020-01-01, the time of all files where SOURCE_DATE_EPOCH is none

DEPENDS = """
libc6 (>= 2.31), libstdc++6, libgcc-s1, libegl1, libgl1, libopengl0, libdbus-1-3, libfontconfig1,
libfreetype6, libglib2.0-0 | libglib2.0-0t64, libx11-xcb1, libxcb-cursor0, libxcb-glx0,
libxcb-icccm4, libxcb-image0, libxcb-keysyms1, libxcb-randr0, libxcb-render-util0, libxcb-render0,
libxcb-shape0, libxcb-shm0, libxcb-sync1, libxcb-util1, libxcb-xfixes0, libxcb-xkb1,
libxkbcommon-x11-0, libxkbcommon0, libwayland-client0, libwayland-cursor0, libwayland-egl1, zlib1g,
libzstd1, fonts-dejavu-core | fonts-liberation | fonts-noto-core, hicolor-icon-theme
"""

CONTROL = """\
Package: photosearch
Version: {version}
Architecture: amd64
Maintainer: The PhotoSearch authors <maintainers@photosearch.invalid>
Installed-Size: {kilobytes}
Depends: {python}, {python}-venv | lib{python}-stdlib, {depends}
Recommends: xdg-utils
Section: graphics
Priority: optional
Description: find your own photos by saying what is in them
 Photos are looked at once, on this computer, and are then found by what they
 show, by what they look like, by date, place and camera. Nothing is sent
 anywhere, and photos are never changed.
"""

POSTRM = """\
#!/bin/sh
# Bytecode that root had Python write is of no package. The users' libraries, in their homes, stay.
set -e
if [ "$1" = remove ] || [ "$1" = purge ]; then
    rm -rf /opt/photosearch
fi
"""


def main() -> None:
    """Build, prune, pack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuda", action="store_true", help="with CUDA: several GB more")
    parser.add_argument("--python", default="/usr/bin/python3", help="the system's Python")
    parser.add_argument("--wheel", type=Path, required=True, help="what to install")
    options, pip_options = parser.parse_known_args()
    stage = ROOT / "build" / "deb"
    shutil.rmtree(stage, ignore_errors=True)
    python = Path(os.path.realpath(options.python)).name  # python3.11
    site = make_environment(stage, options, python, pip_options)
    size("as installed", stage)
    everything = licences.required(find=lambda name: _in(site, name, cuda=options.cuda))
    wrong = licences.refused(everything.values())
    if wrong:
        sys.exit(f"Not allowed in the package: {wrong}")
    document = stage / "usr/share/doc/photosearch"
    document.mkdir(parents=True)
    (document / "THIRD-PARTY-LICENCES.txt").write_text(licences.texts(everything), "utf-8")
    if not options.cuda:
        without_cuda.main(site)
        size("without CUDA", stage)
    prune.main(site)
    size("without what nothing uses", stage)
    lay_out(stage, document, python)
    pack(stage, python)


def make_environment(
    stage: Path, options: argparse.Namespace, python: str, pip_options: list[str]
) -> Path:
    """Make and fill the virtual environment; returns its site-packages."""
    home = stage / HOME
    run("/usr/bin/" + python, "-m", "venv", "--without-pip", home)
    site = home / "lib" / python / "site-packages"
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        home / "bin" / "python",
        "install",
        "--quiet",
    ]
    pip += ["--no-compile", "--disable-pip-version-check", *pip_options]
    run(*pip, "--no-deps", options.wheel)
    needs = PathDistribution(next(site.glob("photosearch-*.dist-info"))).requires or []
    wanted = [need for need in needs if "extra ==" not in need]
    if not options.cuda:
        wanted = [need for need in wanted if not need.startswith("faiss-")] + ["faiss-cpu"]
    run(*pip, "-c", ROOT / "constraints.txt", *wanted)
    return site


def lay_out(stage: Path, document: Path, python: str) -> None:
    """Put everything in its place: commands, the desktop's files, documents, bytecode."""
    home = stage / HOME
    for file in (home / "bin").iterdir():
        if not file.name.startswith("python"):
            file.unlink()
    for name, function in zip(COMMANDS, ("main", "main_window"), strict=True):
        command = home / "bin" / name
        command.write_text(
            f"#!/{HOME}/bin/python -P\nfrom photosearch.__main__ import {function}\n\n"
            f'if __name__ == "__main__":  # children load this file, too\n    {function}()\n'
        )
        command.chmod(0o755)
        link = stage / "usr/bin" / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(Path("/") / HOME / "bin" / name)
    config = home / "pyvenv.cfg"
    config.write_text(config.read_text().replace(str(stage), ""))
    icons.write(stage / "icons")
    share = stage / "usr/share"
    shutil.copytree(stage / "icons/icons", share / "icons")
    shutil.rmtree(stage / "icons")
    for folder, ending in (("applications", "desktop"), ("metainfo", "metainfo.xml")):
        (share / folder).mkdir()
        name = f"{icons.APP_ID}.{ending}"
        shutil.copyfile(ROOT / "packaging/desktop" / name, share / folder / name)
    shutil.copyfile(ROOT / "NOTICE", document / "copyright")
    with (document / "changelog.gz").open("wb") as packed:
        packed.write(gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0))
    # Compiled here, since nobody but root could write it later; never compared with the source.
    line: list[str | Path] = [
        "-m",
        "compileall",
        "-q",
        "-s",
        stage,
        "-p",
        "/",
        "--invalidation-mode",
    ]
    run(home / "bin/python", *line, "unchecked-hash", home / "lib", check=False)
    size("with bytecode", stage)


def pack(stage: Path, python: str) -> None:
    """Write the package."""
    files = [file for file in sorted(stage.rglob("*")) if file.is_file() and not file.is_symlink()]
    control = stage / "DEBIAN"
    control.mkdir()
    kilobytes = sum(file.stat().st_size for file in files) // 1024
    (control / "control").write_text(
        CONTROL.format(
            version=photosearch.__version__,
            kilobytes=kilobytes,
            python=python,
            depends=" ".join(DEPENDS.split()),
        )
    )
    sums = (f"{_md5(file)}  {file.relative_to(stage)}\n" for file in files)
    (control / "md5sums").write_text("".join(sums))
    (control / "postrm").write_text(POSTRM)
    (control / "postrm").chmod(0o755)
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH") or EPOCH)
    for path in [stage, *stage.rglob("*")]:
        os.utime(path, (epoch, epoch), follow_symlinks=False)
    target = ROOT / "dist" / f"photosearch_{photosearch.__version__}_amd64.deb"
    target.parent.mkdir(exist_ok=True)
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch)
    run("dpkg-deb", "--root-owner-group", "-Zzstd", "-z3", "--build", stage, target)
    print(f"{target.name}: {target.stat().st_size / 1e6:.0f} MB")


def size(what: str, folder: Path) -> None:
    """Say how much is there."""
    said = subprocess.run(["du", "-sm", folder], check=True, capture_output=True, text=True).stdout
    print(f"{what}: {said.split()[0]} MB", flush=True)


def run(*line: str | Path, check: bool = True) -> None:
    """Run a command."""
    subprocess.run(line, check=check, stdout=sys.stderr)


def _md5(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _in(site: Path, name: str, *, cuda: bool) -> Distribution:
    name = "faiss-cpu" if name == "faiss-gpu" and not cuda else name
    for found in Distribution.discover(name=name, path=[str(site)]):
        return found
    raise ValueError(f"{name} is not in {site}")


if __name__ == "__main__":
    main()

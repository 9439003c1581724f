"""Make an installed torch one without CUDA: `python without_cuda.py SITE_PACKAGES`.

The index has torch for Linux on x86-64 only with CUDA, 4.2 GB of it. Those libraries are named as
needed by torch's own, so it cannot be loaded where they are merely deleted. In their place come
stubs of some kilobytes with the names that are asked for, whose functions all answer "no device"
(100, cudaErrorNoDevice): what CUDA's own `lib64/stubs` are. torch then finds no graphics card, as
on any computer without one. Its kernels for them are overwritten with zeros, which pack to nothing.
Needs gcc and binutils.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_CUDA = ("nvidia*", "triton*", "cuda*")  # triton compiles kernels for graphics cards
_OPENED_BY_NAME = ("libtorch_cuda_linalg.so", "libcaffe2_nvrtc.so")  # only where there is a device
_KERNELS = re.compile(r"\.nv_fatbin\s+\S+\s+\S+\s+([0-9a-f]+)\s+([0-9a-f]+)")


@dataclass(frozen=True, order=True)
class Symbol:
    """One name that a library offers; `size` in bytes (of data)."""

    name: str
    version: str
    is_code: bool
    size: int


def main(site: Path) -> None:
    """Replace what is CUDA in the packages in `site`. Raises CalledProcessError where the tools for
    that fail, ValueError where there is no torch with CUDA."""
    folder = site / "torch" / "lib"
    if not (folder / "libtorch_cuda.so").is_file():
        raise ValueError(f"{folder} has no CUDA")
    for name in _OPENED_BY_NAME:
        (folder / name).unlink()
    cuda = {file.name: file for top in _CUDA for file in site.glob(f"{top}/**/*.so*")}
    wanted: dict[str, set[Symbol]] = defaultdict(set)
    for package in ("torch", "torchvision"):
        for file in (site / package).rglob("*.so*"):
            undefined = _undefined(file)
            for name in set(_needed(file)) & set(cuda):
                wanted[name] |= {each for each in _offered(cuda[name]) if each.name in undefined}
    for name, symbols in sorted(wanted.items()):
        _make_stub(folder / name, symbols)
        print(f"{name}: {len(symbols)} names")
    _forget_kernels(folder / "libtorch_cuda.so")
    for pattern in _CUDA:
        for found in site.glob(pattern):
            shutil.rmtree(found)


def _run(*line: str | Path) -> str:
    return subprocess.run(line, check=True, capture_output=True, text=True).stdout


def _needed(file: Path) -> list[str]:
    return re.findall(r"\(NEEDED\).*\[(.*)\]", _run("readelf", "-d", file))


def _undefined(file: Path) -> set[str]:
    lines = _run("nm", "-D", "--undefined-only", file).splitlines()
    return {line.split()[-1].partition("@")[0] for line in lines}


@cache
def _offered(file: Path) -> set[Symbol]:
    found = set()
    for line in _run("nm", "-D", "-S", "--defined-only", file).splitlines():
        parts = line.split()
        name, _, version = parts[-1].partition("@")
        size = int(parts[1], 16) if len(parts) == 4 else 8
        if not name.startswith("_Z"):  # their interfaces are C; what is C++ is a copy of others'
            found.add(Symbol(name, version.strip("@"), parts[-2] in "TtWi", size))
    return found


def _make_stub(file: Path, symbols: set[Symbol]) -> None:
    code = ['\t.section .note.GNU-stack,"",@progbits\n']
    versions: dict[str, list[str]] = defaultdict(list)
    for each in sorted(symbols):
        section, what = ("text", "function") if each.is_code else ("data", "object")
        code.append(f"\t.{section}\n\t.globl {each.name}\n\t.type {each.name}, @{what}\n")
        zeros = f"\t.size {each.name}, {each.size}\n\t.zero {each.size}\n"
        code.append(f"\t.balign 16\n{each.name}:\n")
        code.append("\tmovl $100, %eax\n\tret\n" if each.is_code else zeros)
        versions[each.version].append(each.name)
    named = (f"{name} {{ {'; '.join(of)}; }};\n" for name, of in versions.items() if name)
    line = ["gcc", "-shared", "-nostdlib", "-Wl,-s", f"-Wl,-soname,{file.name}", "-x", "assembler"]
    with tempfile.NamedTemporaryFile("w", suffix=".map") as script:
        if script.write("".join(named)):
            script.flush()
            line.append(f"-Wl,--version-script={script.name}")
        subprocess.run([*line, "-o", str(file), "-"], input="".join(code), text=True, check=True)


def _forget_kernels(file: Path) -> None:
    """Overwrite the code for graphics cards, in a copy that takes the file's place."""
    match = _KERNELS.search(_run("readelf", "-SW", file))
    if match is None:
        raise ValueError(f"{file} has no .nv_fatbin")
    offset, size = (int(number, 16) for number in match.groups())
    copy = file.with_name(f".{file.name}")
    shutil.copy2(file, copy)
    with copy.open("rb+") as bytes_:
        bytes_.seek(offset)
        for start in range(0, size, 1 << 20):
            bytes_.write(bytes(min(1 << 20, size - start)))
    copy.replace(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

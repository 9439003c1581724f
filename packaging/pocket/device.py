"""Where training runs: the CPU, or an NVIDIA GPU with the same steps in bf16."""

from __future__ import annotations

import torch

NAMES = ("auto", "cpu", "cuda")
CPU = torch.device("cpu")


def pick(name: str) -> torch.device:
    """`auto` takes a GPU where there is one; `cuda` without one is an error, not a slow run."""
    if name not in NAMES:
        raise ValueError(f"no device is called {name!r}: {', '.join(NAMES)}")
    there = torch.cuda.is_available()
    if name == "cuda" and not there:
        raise ValueError("--device cuda: torch finds no CUDA device here")
    return torch.device("cuda" if name == "cuda" or (name == "auto" and there) else "cpu")

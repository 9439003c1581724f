"""Where training runs: the CPU, or an NVIDIA GPU; in bf16 where that is quick."""

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


def quick_numbers(device: torch.device) -> torch.autocast:
    """A context in which networks run in bf16, if `device` has instructions for it.

    A CPU without them emulates bf16, many times slower than fp32.
    """
    able = device.type != "cpu" or bool(torch.cpu._is_avx512_bf16_supported())
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=able)

"""Checkpoints of a training stage: what can be resumed, written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import torch


class Stateful(Protocol):
    """A module, an optimiser or a schedule."""

    def state_dict(self) -> dict[str, Any]: ...

    def load_state_dict(self, state_dict: dict[str, Any], /) -> Any: ...


class Checkpoints:
    """One file in `folder` with the state of `parts` and the number of steps done."""

    def __init__(self, folder: Path, parts: dict[str, Any]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "last.pt"
        self.parts: dict[str, Stateful] = parts

    def save(self, steps: int) -> None:
        """Write all parts; a crash half way leaves the former file."""
        state = {name: part.state_dict() for name, part in self.parts.items()}
        partial = self.path.with_suffix(".partial")
        torch.save({"steps": steps, "parts": state}, partial)
        partial.rename(self.path)

    def load(self) -> int:
        """Read the file back where there is one; returns the steps done (0 without a file)."""
        if not self.path.exists():
            return 0
        # To the CPU first: every part copies what it reads to where it is.
        state = torch.load(self.path, weights_only=True, map_location="cpu")
        for name, part in self.parts.items():
            part.load_state_dict(state["parts"][name])
        return int(state["steps"])

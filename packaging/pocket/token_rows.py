"""Rows of tokens that no training text has, so that a rare word says something, too.

Half of the alphabet's tokens occur in none of the texts. What the rows of the others have become is
nearly a linear map of the teacher's vectors of the tokens as words: that map (ridge regression, one
for ends of words and one for other pieces) gives the missing rows. Those of whole words then learn
from two texts each, the word and a photo of it, while the rest of the tower stands still.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from . import text_tower, towers
from .teacher import TextTargets, Vectors

TEMPLATES = ("{}", "a photo of a {}")
_SPECIAL = (towers.END_TOKEN - 1, towers.END_TOKEN)


@dataclass(frozen=True)
class RowSettings:
    """How the missing rows are found and how long they learn."""

    ridge: float = 0.3
    longer: float = 1.15  # ridge regression makes them too short
    steps: int = 260
    batch: int = 384
    rate: float = 1.5e-3
    scale: float = 20.0
    seed: int = 2


def token_words() -> dict[int, tuple[str, bool]]:
    """Each token of the alphabet as a word, and whether a word ends with it."""
    from open_clip import SimpleTokenizer

    decoder = SimpleTokenizer().decoder
    return {
        number: (piece.replace("</w>", "").strip() or ".", piece.endswith("</w>"))
        for number, piece in decoder.items()
        if number not in _SPECIAL
    }


def word_texts() -> list[str]:
    """What the teacher is asked: every token as a word, whole words framed as well."""
    words = token_words().values()
    whole = [word for word, ends in words if ends and word.isalpha() and len(word) > 2]
    return list(
        dict.fromkeys([*(word for word, _ in words), *(TEMPLATES[1].format(w) for w in whole)])
    )


def missing_rows(model: nn.Module) -> NDArray[np.int64]:
    """Numbers of the tokens whose rows are zero."""
    rows = cast(Tensor, cast(Any, model).token_embedding.weight)
    return np.flatnonzero((rows == 0).all(dim=1).numpy())


def guess_rows(
    model: nn.Module, missing: NDArray[np.int64], targets: TextTargets, settings: RowSettings
) -> None:
    """Fill the rows `missing` by the map that gives the others, in place."""
    words = token_words()
    weight = cast(Tensor, cast(Any, model).token_embedding.weight)
    rows = weight.detach().numpy()
    lacking = set(missing.tolist())
    for kind in (True, False):
        numbers = [number for number, (_, ends) in words.items() if ends is kind]
        vectors = targets.of([words[number][0] for number in numbers])
        known = np.array([number not in lacking for number in numbers])
        wide = np.hstack([vectors, np.ones((len(vectors), 1), np.float32)]).astype(np.float64)
        left = wide[known].T @ wide[known] + settings.ridge * np.eye(wide.shape[1])
        found = np.linalg.solve(left, wide[known].T @ rows[numbers][known])
        asked = np.array(numbers)[~known]
        with torch.no_grad():
            guessed = wide[~known] @ found * settings.longer
            weight[asked] = torch.from_numpy(guessed.astype(np.float32))


def train_rows(
    model: nn.Module,
    missing: NDArray[np.int64],
    targets: TextTargets,
    metric: Vectors | None,
    settings: RowSettings,
) -> None:
    """Let the rows `missing` of whole words learn, in place; nothing else moves."""
    words = token_words()
    asked = [words[number][0] for number in missing if number in words and words[number][1]]
    texts = [template.format(word) for word in asked for template in TEMPLATES]
    texts = [text for text in texts if text in targets.row]
    numbers = towers.tokenize(texts)
    lengths, wanted = towers.token_lengths(numbers), torch.from_numpy(targets.of(texts))
    rows = cast(nn.Embedding, cast(Any, model).token_embedding)
    free = torch.zeros(len(rows.weight), 1)
    free[missing] = 1
    held = [value for value in model.parameters() if value.requires_grad]
    model.requires_grad_(False)
    rows.requires_grad_(True)
    optimiser = torch.optim.Adam(rows.parameters(), settings.rate, betas=(0.9, 0.99), fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, settings.rate, total_steps=settings.steps, cycle_momentum=False
    )
    mapped = None if metric is None else torch.from_numpy(metric)
    even = np.ones(len(texts))
    stream = text_tower.batches(lengths, even, settings.batch, settings.seed)
    for _, drawn in zip(range(settings.steps), stream, strict=False):
        cut = torch.from_numpy(numbers[drawn, : lengths[drawn].max()].astype(np.int64))
        found, right = towers.encode_text(model, cut), wanted[drawn]
        loss = text_tower.distil_loss(found, right, settings.scale, mapped)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        cast(Tensor, rows.weight.grad).mul_(free)
        optimiser.step()
        schedule.step()
    for value in held:
        value.requires_grad_(True)

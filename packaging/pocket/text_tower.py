"""The text tower, distilled from the teacher's vectors.

Loss: 4 (1 - cosine) plus the divergence of the batch's similarities from the teacher's. Token
rows start from the teacher's vectors of the tokens as words, reduced by PCA, and the projection
from its transpose: the tower begins near a bag of words instead of at noise.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from . import towers
from .checkpoint import Checkpoints
from .device import CPU, quick_numbers
from .teacher import Vectors, teacher_vectors, unit


@dataclass(frozen=True)
class TextSettings:
    """How long and how fast the tower learns."""

    steps: int = 3400
    batch: int = 512
    rate: float = 1.5e-3
    warm_up: float = 0.06
    scale: float = 20.0
    average: float = 0.0  # of the running mean of the weights, which is what a round leaves
    seed: int = 1
    save_every: int = 200


def warm_start(model: nn.Module, tokens: towers.Tokens, width: int = 256) -> None:
    """Token rows and projection from the teacher's vectors of the single tokens."""
    from open_clip import SimpleTokenizer

    text = cast(Any, model)
    decoder = SimpleTokenizer().decoder
    seen = [int(number) for number in np.unique(tokens) if 0 < number < towers.END_TOKEN - 1]
    words = [decoder[number].replace("</w>", "").strip() or "." for number in seen]
    vectors = teacher_vectors(words)
    vectors = unit(vectors - vectors.mean(axis=0))
    _, _, basis = np.linalg.svd(vectors.T @ vectors)
    basis = basis[:width].astype(np.float32)
    with torch.no_grad():
        rows = torch.zeros_like(text.token_embedding.weight)
        rows[seen] = torch.from_numpy(vectors @ basis.T) * 0.6
        for number in (towers.END_TOKEN - 1, towers.END_TOKEN):
            rows[number] = text.token_embedding.weight[number]
        text.token_embedding.weight.copy_(rows)
        text.text_projection.copy_(torch.from_numpy(basis))


def batches(
    lengths: NDArray[np.int64], weights: NDArray[np.float64], size: int, seed: int
) -> Iterator[NDArray[np.int64]]:
    """Endless batches of rows of like length, drawn by weight; the same for the same seed."""
    rng = np.random.default_rng(seed)
    chance = weights / weights.sum()
    while True:
        drawn = rng.choice(len(lengths), size=size * 64, p=chance)
        drawn = drawn[np.argsort(lengths[drawn] + rng.random(len(drawn)))]
        for group in rng.permutation(64):
            yield drawn[group * size : (group + 1) * size]


def distil_loss(
    found: Tensor, wanted: Tensor, scale: float, metric: Tensor | None = None
) -> Tensor:
    """4 (1 - cosine) and the KL of in-batch similarities, both (n, d); where there is a text map
    `metric`, the same behind it is added: there the vectors are used."""
    found = functional.normalize(found, dim=-1)
    near = 4 * (1 - (found * wanted).sum(dim=-1)).mean()
    off = -1e4 * torch.eye(len(found), device=found.device)
    theirs = functional.softmax(scale * wanted @ wanted.T + off, dim=-1)
    ours = functional.log_softmax(scale * found @ found.T + off, dim=-1)
    loss = near + functional.kl_div(ours, theirs, reduction="batchmean")
    if metric is None:
        return loss
    return loss + distil_loss(found @ metric, functional.normalize(wanted @ metric, dim=-1), scale)


def train_text_tower(
    model: nn.Module,
    tokens: towers.Tokens,
    targets: Vectors,
    weights: NDArray[np.float64],
    *,
    settings: TextSettings,
    folder: Path,
    metric: Vectors | None = None,
    device: torch.device = CPU,
) -> None:
    """Train the text part of `model` in place; resumes from the last checkpoint in `folder`.

    With `metric`, the text map that the tower will be used with, it learns what the teacher's
    vectors are before the map and what they are after it, both alike.
    """
    text = cast(Any, model)
    seen, tokens = _compact(tokens)
    whole = text.token_embedding
    text.token_embedding = nn.Embedding(len(seen), whole.weight.shape[1])
    text.token_embedding.weight.data.copy_(whole.weight[seen])
    model.to(device)
    parameters = _learned(model)
    decayed = [p for p in parameters if p.ndim == 2 and p is not text.token_embedding.weight]
    plain = [p for p in parameters if not any(p is other for other in decayed)]
    optimiser = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0.0}],
        lr=settings.rate,
        betas=(0.9, 0.98),
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, settings.rate, total_steps=settings.steps, pct_start=settings.warm_up
    )
    averaged = deepcopy(model)
    mean = _learned(averaged)
    parts_of_run = {"model": model, "averaged": averaged, "optimiser": optimiser}
    saved = Checkpoints(folder, {**parts_of_run, "schedule": schedule})
    mapped = None if metric is None else torch.from_numpy(metric).to(device)
    lengths = towers.token_lengths(tokens)
    done = saved.load()
    stream = batches(lengths, weights, settings.batch, settings.seed)
    for step in range(settings.steps):
        rows = next(stream)
        if step < done:
            continue  # the same rows are drawn again, so that a resumed run is the same run
        cut = torch.from_numpy(tokens[rows, : lengths[rows].max()].astype(np.int64))
        with quick_numbers(device):
            found = towers.encode_text(model, cut.to(device))
        wanted = torch.from_numpy(targets[rows]).to(device)
        loss = distil_loss(found.float(), wanted, settings.scale, mapped)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        schedule.step()
        keep = min(settings.average, step / (step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(mean, parameters, 1 - keep)
        if (step + 1) % settings.save_every == 0 or step + 1 == settings.steps:
            saved.save(step + 1)
            print(f"text {step + 1}/{settings.steps} loss {loss.item():.4f}", flush=True)
    with torch.no_grad():
        torch._foreach_copy_(parameters, mean)
        model.cpu()
        whole.weight[seen] = text.token_embedding.weight
    text.token_embedding = whole


def _learned(model: nn.Module) -> list[Tensor]:
    """The parameters of the text part, but for the temperature."""
    text = cast(Any, model)
    parts = [text.token_embedding, text.transformer, text.ln_final]
    found = [value for part in parts for value in part.parameters()]
    return [*found, text.positional_embedding, text.text_projection]


def _compact(tokens: towers.Tokens) -> tuple[Tensor, towers.Tokens]:
    """The token numbers in use, ascending, and `tokens` renumbered to their places.

    Half of the rows are never seen: they are left out while training, and stay. The order stays,
    so the end token is still the largest.
    """
    seen = np.unique(np.append(tokens, 0))
    places = np.zeros(int(seen[-1]) + 1, dtype=np.uint16)
    places[seen] = np.arange(len(seen))
    return torch.from_numpy(seen.astype(np.int64)), places[tokens]

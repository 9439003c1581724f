"""A text tower on short texts. Imports torch.

CLIP's text towers are causal and take a text's vector from its end token (Radford et al. 2021), so
what is written after it, the padding to 77 tokens, changes nothing but the time: a query has ten.
"""

from __future__ import annotations

from typing import Any

import torch
from torch.func import functional_call

_STEP = 8  # tokens: a length that is new costs the processor's library time to prepare for


def encode_text(model: Any, tokens: torch.Tensor, device: str) -> torch.Tensor:
    """What open_clip's `model.encode_text` on `device` makes of `tokens`, int64 (n, length), but
    for its length, (n, dimension): of towers of that kind without most of the padding."""
    mask = getattr(model, "attn_mask", None)
    if mask is None or model.text_pool_type != "argmax" or not len(tokens):
        whole: torch.Tensor = model.encode_text(tokens.to(device))
        return whole
    end = int(tokens.argmax(dim=-1).max()) + 1
    length = min(-(-end // _STEP) * _STEP, tokens.shape[1])
    shorter = {
        "positional_embedding": model.positional_embedding[:length],
        "attn_mask": mask[:length, :length],
    }
    text = {"text": tokens[:, :length].to(device)}
    found: torch.Tensor = functional_call(model, shorter, kwargs=text, tie_weights=False)[1]
    return found

"""The two towers as open_clip builds them: config, model, tokenizer, and a faster text pass."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from .trunk import TRUNK

WIDTH = 384  # of the shared space: that of the teacher's vectors
CONTEXT = 32
END_TOKEN = 49407  # the largest number: open_clip pools the text there
IMAGE_SIZE = 193
LAYERS = 4  # of the text tower

Tokens = NDArray[np.uint16]


def config(image_size: int = IMAGE_SIZE) -> dict[str, Any]:
    """The open_clip_config.json of the product."""
    return {
        "model_cfg": {
            "embed_dim": WIDTH,
            "vision_cfg": {
                "timm_model_name": TRUNK,
                "timm_model_pretrained": False,
                "timm_pool": "avg",
                "timm_proj": "mlp",
                "timm_proj_bias": True,
                "timm_drop": 0.0,
                "image_size": image_size,
            },
            "text_cfg": {
                "context_length": CONTEXT,
                "vocab_size": END_TOKEN + 1,
                "width": 256,
                "heads": 4,
                "layers": LAYERS,
            },
        },
        "preprocess_cfg": {
            "mean": [0.5, 0.5, 0.5],
            "std": [0.5, 0.5, 0.5],
            "interpolation": "bicubic",
            "resize_mode": "squash",
        },
    }


def build_model(seed: int, image_size: int = IMAGE_SIZE) -> nn.Module:
    """An open_clip CLIP of our shape, random weights from `seed`."""
    from open_clip.model import CLIP

    torch.manual_seed(seed)
    shape = config(image_size)["model_cfg"]
    return cast(nn.Module, CLIP(WIDTH, shape["vision_cfg"], shape["text_cfg"]))


def tokenize(texts: list[str]) -> Tokens:
    """(n, CONTEXT) token numbers, zero after the end token."""
    from open_clip import SimpleTokenizer

    tokenizer = SimpleTokenizer(context_length=CONTEXT)
    rows = [tokenizer(texts[i : i + 4096]).numpy() for i in range(0, len(texts), 4096)]
    return np.concatenate(rows).astype(np.uint16)


def token_lengths(tokens: Tokens) -> NDArray[np.int64]:
    """Tokens of each text, start and end included."""
    return np.asarray((tokens != 0).sum(axis=1), dtype=np.int64)


def encode_text(model: nn.Module, tokens: Tensor) -> Tensor:
    """(n, WIDTH), not normalised; `tokens` may be cut after the longest text's end."""
    return pool_text(model, tokens) @ cast(Tensor, cast(Any, model).text_projection)


def pool_text(model: nn.Module, tokens: Tensor) -> Tensor:
    """(n, 256): what the text projection is given.

    Attention is causal, so what follows the end token cannot change the result: this is
    open_clip's encode_text without the padding, and with plain products in the attention, whose
    backward pass is twice as fast on a CPU at these lengths (a test holds the two equal).
    """
    text = cast(Any, model)
    length = tokens.shape[1]
    stream = text.token_embedding(tokens) + text.positional_embedding[:length]
    mask = text.attn_mask[:length, :length]
    for block in text.transformer.resblocks:
        stream = stream + _attend(block.attn, block.ln_1(stream), mask)
        stream = stream + block.mlp(block.ln_2(stream))
    ends = tokens.argmax(dim=-1)
    places = torch.arange(len(tokens), device=tokens.device)
    return cast(Tensor, text.ln_final(stream[places, ends]))


def _attend(attention: Any, stream: Tensor, mask: Tensor) -> Tensor:
    """Causal self-attention of an nn.MultiheadAttention, (n, length, width) to the same."""
    count, length, width = stream.shape
    heads = attention.num_heads
    packed = functional.linear(stream, attention.in_proj_weight, attention.in_proj_bias)
    query, key, value = (
        part.reshape(count, length, heads, width // heads).transpose(1, 2).flatten(0, 1)
        for part in packed.chunk(3, dim=-1)
    )
    scores = torch.bmm(query, key.transpose(1, 2)) * (width // heads) ** -0.5
    chance = functional.softmax(scores + mask, dim=-1).to(value.dtype)
    mixed = torch.bmm(chance, value).reshape(count, heads, length, width // heads)
    found: Tensor = attention.out_proj(mixed.transpose(1, 2).flatten(2))
    return found


def load_text(model: nn.Module, state: dict[str, Tensor]) -> None:
    """Read a text tower into `model`, in place."""
    own = {name: value for name, value in state.items() if not name.startswith("visual.")}
    missing = model.load_state_dict(own, strict=False)
    lacking = [name for name in missing.missing_keys if not name.startswith("visual.")]
    if missing.unexpected_keys or lacking:
        raise ValueError(f"not a text tower of ours: {[*missing.unexpected_keys, *lacking][:3]}")


def scaled(projection: Tensor) -> Tensor:
    """A text projection at the size of an untrained one; only its direction counts."""
    return projection / projection.square().mean().sqrt() * 0.05


@torch.inference_mode()
def text_vectors(model: nn.Module, tokens: Tokens, batch: int = 512) -> NDArray[np.float32]:
    """(n, WIDTH) unit vectors of tokenised texts, batched by like length."""
    lengths = token_lengths(tokens)
    order = np.argsort(lengths, kind="stable")
    device = next(model.parameters()).device
    found = np.zeros((len(tokens), WIDTH), dtype=np.float32)
    for start in range(0, len(order), batch):
        rows = order[start : start + batch]
        cut = torch.from_numpy(tokens[rows, : lengths[rows[-1]]].astype(np.int64))
        vectors = encode_text(model, cut.to(device)).float()
        found[rows] = functional.normalize(vectors, dim=-1).cpu().numpy()
    return found

"""Where in a picture an encoder sees something: maps of relevance. Imports torch; import it late.

What is asked for is a *direction* of the encoder's space: the vector of some words (or of another
photo) minus a neutral one. A map says how much each place of the picture speaks for it, in cosines.
How it is found depends on the image tower:

- *Convolutional, pooled by the mean* (MobileNet, ConvNeXt, MobileCLIP): the tower's own head, run
  on windows of the last stage's features instead of on their mean over the whole picture, gives a
  vector for each place (as FC-CLIP does with masks, Yu et al. 2023); its product with the direction
  is the map. Sharpened by the stage before, which has four times as many places: gradient times
  activation there (LayerCAM, Jiang et al. 2021) of all that is above the floor.
- *Convolutional, pooled by attention* (RN50): Grad-CAM on the last stage (Selvaraju et al. 2017).
- *Transformers*: the values of the last attention, by the gradient of what it gives to the pooled
  token, and by how near their keys are to its query (Grad-ECLIP, Zhao et al. 2024).

The last two are no cosines by themselves: they are scaled so that their peak is the product of the
whole picture's vector with the direction.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import Module
from torch.nn.functional import avg_pool2d, interpolate, linear, normalize

from photosearch.encoders.beliefs import Beliefs
from photosearch.encoders.fuse import fused
from photosearch.errors import PhotoSearchError

WINDOWS = (1, 3)
"""Sides of the windows, in places of the last stage, whose vectors are averaged."""

Read = Callable[[Tensor, Tensor], Tensor]
"""From unit vectors (n, dimension) and pooled features (n, features) to what is asked for, (n, k).
"""


def towards(directions: Tensor) -> Read:
    """How far vectors point in `directions`, (k, dimension)."""
    return lambda vectors, _: vectors @ directions.T


@dataclass(frozen=True)
class Tower:
    """The two parts of a timm image tower, as open_clip's `TimmModel` names them."""

    trunk: Module
    head: Module


def quick_tower(visual: Any, side: int) -> Any:
    """A mean-pooled tower for pictures of `side`, quicker on a CPU where no gradients are needed:
    up to the stage before the last."""
    stage = visual.trunk.feature_info[-2]["module"]
    return Tower(fused(visual.trunk, side, until=stage), visual.head)


def is_mean_pooled(visual: Any) -> bool:
    """Whether an image tower is convolutional and pools by the mean: then it takes pictures of any
    size, and what it sees at a place is a vector."""
    trunk: Any = getattr(visual, "trunk", None)
    return hasattr(trunk, "feature_info") and not (_is_transformer(trunk) or _has_pool(visual))


@torch.enable_grad()
def relevance(visual: Any, beliefs: Beliefs, pixels: Tensor, read: Read, floor: float) -> Tensor:
    """Maps, float32 (k, rows, columns), of one preprocessed picture (1, 3, side, side): how much is
    above `floor`, and 0 elsewhere. One pass through the tower, whatever k is.

    Raises PhotoSearchError (`no-maps`) for a tower of a kind that is not known here.
    """
    if is_mean_pooled(visual):
        with _leaf_at(_stage_before_last(visual)) as before:
            coarse = window_map(visual, beliefs, pixels, read)
        return _to_middles(_sharpen((coarse - floor).relu(), before[0]), pixels)
    contributions, whole = _contributions(visual, pixels, read)
    peaks = contributions.amax((1, 2), keepdim=True).clamp_min(1e-12)
    scaled = contributions.relu() / peaks * whole[:, None, None]
    return (scaled - floor).relu().detach()


def window_map(visual: Any, beliefs: Beliefs, pixels: Tensor, read: Read) -> Tensor:
    """What `read` gives at each place of the last stage of a mean-pooled tower, (k, rows, columns),
    without any floor: the mean over WINDOWS."""
    features = visual.trunk.forward_features(pixels)
    maps = []
    for side in WINDOWS:
        # Gradients by the smallest windows are enough to sharpen by, and the larger ones cost more.
        with torch.set_grad_enabled(torch.is_grad_enabled() and side == min(WINDOWS)):
            windows = avg_pool2d(features, side, 1, side // 2, count_include_pad=False)
            places = windows[0].flatten(1).T[:, :, None, None]  # each a picture of one place
            maps.append(read(*_finish(visual, beliefs, places)))
    return torch.stack(maps).mean(0).T.reshape(-1, *features.shape[2:])


def grad_cam(visual: Any, beliefs: Beliefs, pixels: Tensor, read: Read) -> tuple[Tensor, Tensor]:
    """Grad-CAM on the last stage of a convolutional tower: maps (k, rows, columns), signed, and
    what `read` gives for the whole picture, (k,)."""
    with torch.no_grad():
        features = _last_stage(visual, pixels)
    features.requires_grad_(True)
    whole = read(*_finish(visual, beliefs, features))[0]
    gradients = _gradients(whole, features)
    maps = torch.einsum("kc,chw->khw", gradients.mean((2, 3)), features[0])
    return _to_middles(maps.detach(), pixels), whole.detach()


def token_map(visual: Any, pixels: Tensor, read: Read) -> tuple[Tensor, Tensor]:
    """The gradient-weighted map over the tokens of a transformer's last attention: as `grad_cam`.

    With g the gradient by what the attention gives to the pooled token, before its projection, and
    q that token's query: λ(q, k_i) g·v_i for token i, with λ the cosine of q and the key, stretched
    to 0 to 1 over the picture.
    """
    attention = _last_attention(visual)
    with _inputs_of(attention) as tokens, _leaf_at(getattr(attention, "proj", attention)) as given:
        vectors = normalize(visual(pixels).float(), dim=-1)
    whole = read(vectors, vectors)[0]
    gradients = _gradients(whole, given[0])[:, 0, :]
    with torch.no_grad():
        query, keys, values, projection = _attention(attention, tokens[0][0])
        side = math.isqrt(len(keys))
        keys, values = keys[-side * side :], values[-side * side :]  # without class tokens
        near = torch.cosine_similarity(keys, query[None], dim=-1)
        near = (near - near.min()) / (near.max() - near.min()).clamp_min(1e-12)
        maps = (gradients @ projection @ values.T) * near
    return maps.reshape(-1, side, side), whole.detach()


def _contributions(visual: Module, pixels: Tensor, read: Read) -> tuple[Tensor, Tensor]:
    trunk = getattr(visual, "trunk", visual)
    if hasattr(visual, "attnpool") or (_has_pool(visual) and not _is_transformer(trunk)):
        return grad_cam(visual, Beliefs(), pixels, read)
    if _is_transformer(trunk):
        return token_map(visual, pixels, read)
    raise PhotoSearchError(
        "no-maps",
        "This encoder cannot show what it sees where",
        "Choose another one with `photosearch models use NAME`.",
    )


def _is_transformer(trunk: Module) -> bool:
    if hasattr(trunk, "transformer"):  # open_clip's own
        return getattr(trunk, "attn_pool", None) is None
    return hasattr(trunk, "blocks") and hasattr(trunk, "patch_embed")  # timm's


def _has_pool(visual: Any) -> bool:
    return "pool" in dict(visual.head.named_children()) if hasattr(visual, "head") else False


# --- the two halves of a convolutional tower ---


def _last_stage(visual: Any, pixels: Tensor) -> Tensor:
    """The features of the last stage, (1, channels, rows, columns)."""
    if hasattr(visual, "trunk"):
        features: Tensor = visual.trunk.forward_features(pixels)
        return features
    for stage in (visual.stem, visual.layer1, visual.layer2, visual.layer3, visual.layer4):
        pixels = stage(pixels)
    return pixels


def _finish(visual: Any, beliefs: Beliefs, features: Tensor) -> tuple[Tensor, Tensor]:
    """Unit vectors and pooled features of features (n, channels, rows, columns)."""
    if not hasattr(visual, "trunk"):
        vectors = normalize(visual.attnpool(features).float(), dim=-1)
        return vectors, vectors
    pooled = visual.trunk.forward_head(features)
    return beliefs.add_to(visual.head(pooled), pooled), pooled


def _stage_before_last(visual: Any) -> Module:
    stages = [stage["module"] for stage in visual.trunk.feature_info]
    module: Module = visual.trunk.get_submodule(stages[-2])
    return module


def _sharpen(maps: Tensor, before: Tensor) -> Tensor:
    """Maps at the places of the stage `before` (1, channels, rows, columns), weighted by gradient
    times activation there (smoothed, its peak 1)."""
    corners = _is_at_corners(before)
    fine = interpolate(maps[None], before.shape[2:], mode="bilinear", align_corners=corners)
    gradients = _gradients(maps.sum((1, 2)), before)
    with torch.no_grad():
        weights = torch.einsum("kchw,chw->khw", gradients, before[0]).relu()
        weights = avg_pool2d(weights, 3, 1, 1, count_include_pad=False)
        weights = weights / weights.amax((1, 2), keepdim=True).clamp_min(1e-12)
        return fine[0].detach() * weights


def _is_at_corners(picture: Tensor) -> bool:
    """Whether the outer places of a convolutional tower's stages lie on the edges of the picture,
    as they do where sides are odd (32n + 1), and not half a place inside."""
    return picture.shape[-1] % 2 == 1


def _to_middles(maps: Tensor, pixels: Tensor) -> Tensor:
    """Maps whose places divide the picture evenly, as its pixels do."""
    return avg_pool2d(maps, 2, 1) if _is_at_corners(pixels) else maps


# --- looking into a tower while it works ---


def _gradients(values: Tensor, by: Tensor) -> Tensor:
    """The gradients of values (k,), each by a tensor (1, …): (k, …)."""
    return torch.cat([torch.autograd.grad(each, by, retain_graph=True)[0] for each in values])


@contextmanager
def _leaf_at(module: Module) -> Iterator[list[Tensor]]:
    """While this is open, what a module gives is kept in the list, and gradients can be taken by
    it; what lies before it takes no part in them."""
    seen: list[Tensor] = []

    def keep(_module: Module, _inputs: Any, output: Any) -> Any:
        first = output[0] if isinstance(output, tuple) else output
        seen.append(first.detach().requires_grad_(True))
        return (seen[-1], *output[1:]) if isinstance(output, tuple) else seen[-1]

    hook = module.register_forward_hook(keep)
    try:
        yield seen
    finally:
        hook.remove()


@contextmanager
def _inputs_of(module: Module) -> Iterator[list[Tensor]]:
    """While this is open, what goes into a module is kept in the list."""
    seen: list[Tensor] = []
    hook = module.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    try:
        yield seen
    finally:
        hook.remove()


def _last_attention(visual: Any) -> Module:
    """What mixes the tokens last: attention pooling, or the last block's attention."""
    trunk = getattr(visual, "trunk", visual)
    module: Module
    if hasattr(trunk, "transformer"):
        module = trunk.transformer.resblocks[-1].attn
    elif getattr(trunk, "attn_pool", None) is not None:
        module = trunk.attn_pool
    else:
        module = trunk.blocks[-1].attn
    return module


def _attention(module: Any, tokens: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The pooled token's query (width,), keys and values (n, width) of tokens (n, width), and the
    weight of the projection that follows, (width, width)."""
    if isinstance(module, torch.nn.MultiheadAttention):
        query, key, value = linear(tokens, module.in_proj_weight, module.in_proj_bias).chunk(3, -1)
        return query[0], key, value, module.out_proj.weight
    if hasattr(module, "latent"):
        key, value = module.kv(tokens).chunk(2, -1)
        return module.q(module.latent)[0, 0], key, value, module.proj.weight
    query, key, value = module.qkv(tokens).chunk(3, -1)
    return query[0], key, value, module.proj.weight

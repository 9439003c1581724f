"""The backbone: an 8-bit TFLite MobileNetV2 read into timm's `mobilenetv2_100`.

TensorFlow pads "same", timm (as open_clip builds it) pads evenly on both sides. At an input whose
side is 1 more than a multiple of 32 (161, 193, 225) every map that a stride of 2 meets has an odd
side, where "same" padding *is* even padding: there the two networks are one function, and nothing
has to be won back by training.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

TRUNK = "mobilenetv2_100"
FEATURES = 1280
_CONVOLUTIONS = ("CONV_2D", "DEPTHWISE_CONV_2D")


@dataclass(frozen=True)
class Layer:
    """One convolution with its batch norm folded in: weight (out, in, h, w), bias (out,)."""

    weight: NDArray[np.float32]
    bias: NDArray[np.float32]


def read_layers(path: Path) -> list[Layer]:
    """The convolutions of a TFLite network in order of execution, de-quantised."""
    from ai_edge_litert.interpreter import Interpreter, OpResolverType

    interpreter = Interpreter(
        model_path=str(path),
        experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
    )
    interpreter.allocate_tensors()
    details = {entry["index"]: entry for entry in interpreter.get_tensor_details()}
    layers = []
    for operation in interpreter._get_ops_details():
        if operation["op_name"] not in _CONVOLUTIONS:
            continue
        _, weight_at, bias_at = (int(index) for index in operation["inputs"])
        weight = dequantise(interpreter.get_tensor(weight_at), details[weight_at])
        bias = dequantise(interpreter.get_tensor(bias_at), details[bias_at])
        # TFLite stores (out, h, w, in), a depthwise one (1, h, w, channels).
        order = (0, 3, 1, 2) if operation["op_name"] == "CONV_2D" else (3, 0, 1, 2)
        layers.append(Layer(np.ascontiguousarray(weight.transpose(order)), bias))
    return layers


def dequantise(values: NDArray[Any], detail: dict[str, Any]) -> NDArray[np.float32]:
    """scale * (q - zero point), with one scale a tensor."""
    scale, zero = detail["quantization"]
    return np.asarray((values.astype(np.float64) - zero) * scale, dtype=np.float32)


def fold_into(trunk: nn.Module, layers: list[Layer]) -> None:
    """Write folded convolutions into conv + batch norm pairs, in the module's own order.

    The batch norm becomes a plain affine: mean 0, variance 1 - eps, weight 1, bias the layer's.
    """
    modules = list(trunk.modules())
    convolutions = [module for module in modules if isinstance(module, nn.Conv2d)]
    norms = [module for module in modules if isinstance(module, nn.BatchNorm2d)]
    if not len(convolutions) == len(norms) == len(layers):
        raise ValueError(
            f"{len(layers)} layers do not fit {len(convolutions)} convolutions, {len(norms)} norms"
        )
    with torch.no_grad():
        for convolution, norm, layer in zip(convolutions, norms, layers, strict=True):
            convolution.weight.copy_(torch.from_numpy(layer.weight))
            norm.bias.copy_(torch.from_numpy(layer.bias))
            norm.weight.fill_(1.0)
            if norm.running_mean is None or norm.running_var is None:
                raise ValueError("batch norm without statistics")
            norm.running_mean.zero_()
            norm.running_var.fill_(1.0 - norm.eps)


def build_trunk() -> nn.Module:
    """timm's trunk as open_clip builds it, without the classifier: photo to (n, 1280)."""
    import timm

    module: nn.Module = timm.create_model(TRUNK, pretrained=False, num_classes=0)
    return module


def load_backbone(path: Path) -> tuple[nn.Module, Tensor, Tensor]:
    """(trunk, class weight (1000, 1280), class bias (1000,)) of a TFLite ImageNet network."""
    *layers, classifier = read_layers(path)
    trunk = build_trunk()
    fold_into(trunk, layers)
    weight = torch.from_numpy(classifier.weight[1:, :, 0, 0].copy())  # class 0 is the background
    return trunk.eval(), weight, torch.from_numpy(classifier.bias[1:].copy())


def without_norms(trunk: nn.Module) -> nn.Module:
    """A copy of a folded trunk whose batch norms are plain biases in the convolutions.

    The same function, and a third faster forward and back; `with_norms` is the way back.
    """
    light = deepcopy(trunk)
    for convolution, (owner, name, norm) in zip(_convolutions(light), _norms(light), strict=True):
        convolution.bias = nn.Parameter(norm.bias.detach().clone())
        setattr(owner, name, norm.act)
    return light


def with_norms(light: nn.Module, like: nn.Module) -> nn.Module:
    """A copy of `like` with the weights of `light`."""
    trunk = deepcopy(like)
    with torch.no_grad():
        for target, source in zip(_convolutions(trunk), _convolutions(light), strict=True):
            target.weight.copy_(source.weight)
        for (_, _, norm), source in zip(_norms(trunk), _convolutions(light), strict=True):
            if source.bias is None:
                raise ValueError("a light trunk has a bias in every convolution")
            norm.bias.copy_(source.bias)
    return trunk


def _convolutions(trunk: nn.Module) -> list[nn.Conv2d]:
    return [module for module in trunk.modules() if isinstance(module, nn.Conv2d)]


def _norms(trunk: nn.Module) -> list[tuple[nn.Module, str, Any]]:
    """(owner, attribute, batch norm with its activation `act`), in the order of the modules."""
    found = []
    for path, module in trunk.named_modules():
        if isinstance(module, nn.BatchNorm2d):
            owner, _, name = path.rpartition(".")
            found.append((trunk.get_submodule(owner), name, module))
    return found


def moved(before: Any, after: Any) -> dict[str, float]:
    """How far each stage of a trunk is from where it was: the distance by the norm, in per cent.

    Weights and biases of all convolutions of a stage, taken as one vector.
    """
    found = {}
    light, now = without_norms(before), without_norms(after)
    parts = ["conv_stem", *(f"blocks.{place}" for place in range(len(before.blocks))), "conv_head"]
    for name in parts:
        first, last = (
            torch.cat([value.detach().flatten() for value in part.get_submodule(name).parameters()])
            for part in (light, now)
        )
        found[name] = float((last - first).norm() / first.norm()) * 100
    return found

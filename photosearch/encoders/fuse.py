"""Convolutions made quicker for a CPU that runs a network many thousand times.

A convolution, the batch norm behind it and its activation become one call of oneDNN. The norm is
folded into the weights (Jacob et al. 2018, section 3.2), and the activation is applied while a
value is still in a register, so the picture's maps go through memory once, not three times. What
is fused has no gradients. Imports torch; import it late.
"""

from __future__ import annotations

import copy

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

_ACTIVATIONS: dict[type[nn.Module], tuple[str, list[float]]] = {
    nn.Identity: ("none", []),
    nn.ReLU: ("relu", []),
    nn.ReLU6: ("hardtanh", [0.0, 6.0]),
}
"""By the name and the numbers that oneDNN's call knows them by."""


class _Fused(nn.Module):
    def __init__(self, convolution: nn.Conv2d, activation: str, numbers: list[float]) -> None:
        super().__init__()
        assert convolution.bias is not None
        weight = convolution.weight.detach().contiguous(memory_format=torch.channels_last)
        self.register_buffer("weight", weight)
        self.register_buffer("bias", convolution.bias.detach())
        self._how = (
            *(convolution.padding, convolution.stride, convolution.dilation, convolution.groups),
            *(activation, numbers, ""),
        )

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = torch.ops.mkldnn._convolution_pointwise(
            maps, self.weight, self.bias, *self._how
        )
        return found


def fused(network: nn.Module, side: int, until: str = "") -> nn.Module:
    """`network` (float32, in `eval()`, on the CPU; takes (n, 3, side, side)) with its convolutions
    fused, those after its module `until` left as they are; itself where nothing can be. Modules are
    taken to run in the order in which they are listed, as is usual; so what comes out is compared
    once, and where it differs, nothing is done.
    """
    if not hasattr(torch.ops.mkldnn, "_convolution_pointwise"):
        return network
    quick = copy.deepcopy(network)
    last = quick.get_submodule(until) if until else None
    if not _fuse_children(quick, last):
        return network
    probe = torch.rand(1, 3, side, side, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        expected = network(probe)
        try:
            close = torch.allclose(quick(probe), expected, rtol=1e-3, atol=1e-3)
        except RuntimeError:
            close = False
    return quick if close else network


def _fuse_children(parent: nn.Module, last: nn.Module | None) -> int:
    """Fuse what can be among the children of a module, and theirs, up to the `last`; how many
    were."""
    count = 0
    before: tuple[str, nn.Module] | None = None
    for name, child in list(parent.named_children()):
        activation = getattr(child, "act", nn.Identity())
        if (
            before is not None
            and isinstance(child, nn.BatchNorm2d)
            and type(before[1]) is nn.Conv2d
            and not isinstance(before[1].padding, str)
            and before[1].padding_mode == "zeros"
            and type(activation) in _ACTIVATIONS
        ):
            folded = fuse_conv_bn_eval(before[1], child)
            setattr(parent, before[0], _Fused(folded, *_ACTIVATIONS[type(activation)]))
            setattr(parent, name, nn.Identity())
            count += 1
        else:
            count += _fuse_children(child, last)
        before = (name, child)
        if last is not None and any(each is last for each in child.modules()):
            break
    return count

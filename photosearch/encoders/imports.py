"""Model libraries without what is never used of them."""

from __future__ import annotations

import contextlib
import sys
import types
from collections.abc import Iterator
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

_COMPILER = "torch._dynamo"
_RANDOM = {"erfinv_", "kaiming_normal_", "kaiming_uniform_", "normal_", "trunc_normal_"} | {
    *("uniform_", "xavier_normal_", "xavier_uniform_")
}


@contextlib.contextmanager
def without_compiler() -> Iterator[None]:
    """While this holds, torchvision and timm are imported without torch's compiler.

    They ask it for little: whether `roi_align` can be compiled (they are told no), and that one
    function of an architecture be left as it is. Nothing is compiled here, and the compiler's
    import takes almost half of the time in which a model gets ready. Afterwards it can be
    imported as ever.
    """
    if _COMPILER in sys.modules:
        yield
        return
    compiler: Any = types.ModuleType(_COMPILER)
    utils: Any = types.ModuleType(f"{_COMPILER}.utils")
    compiler.disable = lambda function, *_, **__: function
    utils.is_compile_supported = lambda _device: False
    compiler.utils = utils
    sys.modules |= {_COMPILER: compiler, utils.__name__: utils}
    torch._dynamo = compiler
    try:
        yield
    finally:
        del sys.modules[_COMPILER], sys.modules[utils.__name__], torch._dynamo


class WithoutRandomWeights(TorchFunctionMode):
    """While this holds, new networks are not filled with random numbers: for who loads all of their
    weights next, which takes a fifth of the time then."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """What a function of torch's does meanwhile."""
        kwargs = kwargs or {}
        if getattr(func, "__name__", "") in _RANDOM:
            return args[0] if args else kwargs["tensor"]
        return func(*args, **kwargs)

"""Imports of the model libraries without what a model's child never uses of them."""

from __future__ import annotations

import contextlib
import sys
import types
from collections.abc import Iterator
from typing import Any

import torch

_COMPILER = "torch._dynamo"


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

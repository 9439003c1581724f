"""What a model's child imports."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys
import photosearch.encoders.MODULE
assert not any(name.startswith("torch._dynamo") for name in sys.modules), "compiler imported"
import open_clip, torch, torchvision
assert open_clip.timm_model.timm is not None
assert torch.compile(lambda x: x + 1, backend="eager")(torch.ones(2)).tolist() == [2, 2]
import torch._dynamo.utils
assert torch._dynamo.utils.is_compile_supported("cpu")
boxes = torch.tensor([[0.0, 0.0, 0.0, 2.0, 2.0]])
assert torchvision.ops.roi_align(torch.ones(1, 1, 4, 4), boxes, 1).item() == 1
"""


@pytest.mark.parametrize("module", ["encoder", "backbone"])
def test_the_compiler_is_left_out_and_can_be_imported_afterwards(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.replace("MODULE", module)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr

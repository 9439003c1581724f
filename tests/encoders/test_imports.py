"""What a model's child imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from photosearch.encoders.encoder import Encoder
from photosearch.encoders.imports import WithoutRandomWeights
from photosearch.encoders.registry import WEIGHTS, read_folder

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


LOADING = """
import gc, sys
from pathlib import Path
from photosearch.encoders.loading import load_encoder
from photosearch.encoders.registry import read_folder
assert "torch" not in sys.modules
load_encoder(read_folder(Path(sys.argv[1])))
assert gc.isenabled() and gc.get_freeze_count() > 100_000
"""


def test_what_is_imported_for_a_model_is_never_searched_for_garbage(tiny_encoder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADING, str(tiny_encoder)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_no_random_weights_are_made_for_a_network_whose_own_come_next(tiny_encoder: Path) -> None:
    before = torch.get_rng_state()
    with WithoutRandomWeights():
        layer = torch.nn.Linear(3, 3)
        torch.nn.init.trunc_normal_(layer.weight)
        torch.nn.init.ones_(layer.bias)
    assert torch.equal(torch.get_rng_state(), before)
    assert layer.bias.tolist() == [1, 1, 1]
    torch.nn.init.normal_(layer.weight)
    assert not torch.equal(torch.get_rng_state(), before)
    loaded = Encoder(read_folder(tiny_encoder))._model.state_dict()
    stored = load_file(tiny_encoder / WEIGHTS)
    assert loaded.keys() == stored.keys()
    assert all(torch.equal(loaded[name].cpu(), stored[name]) for name in stored)

"""Fused convolutions: the same numbers, or the network as it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from photosearch.encoders.encoder import Encoder
from photosearch.encoders.fuse import fused
from photosearch.encoders.registry import find_trunk
from photosearch.encoders.tower import Device
from tests.conftest import draw

CPU = Device("cpu", "a test")


def settled(*layers: nn.Module) -> nn.Sequential:
    """Layers whose norms have seen something."""
    torch.manual_seed(0)
    network = nn.Sequential(*layers).train()
    for _ in range(3):
        network(torch.rand(4, 3, 32, 32))
    return network.eval()


@pytest.mark.parametrize("activation", [nn.ReLU, nn.ReLU6, nn.SiLU, nn.Identity])
def test_it_computes_what_it_did(activation: type[nn.Module]) -> None:
    network = settled(
        nn.Conv2d(3, 8, 3, stride=2, padding=1, bias=False),
        nn.BatchNorm2d(8),
        activation(),
        nn.Conv2d(8, 8, 3, padding=1, groups=8),
        nn.BatchNorm2d(8),
        activation(),
    )
    quick = fused(network, 32)
    assert quick is not network
    pictures = torch.rand(5, 3, 32, 32)
    with torch.inference_mode():
        torch.testing.assert_close(quick(pictures), network(pictures), rtol=1e-4, atol=1e-5)


def test_a_network_that_runs_in_another_order_is_left_alone() -> None:
    class Odd(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.convolution = nn.Conv2d(3, 3, 1)
            self.norm = nn.BatchNorm2d(3)
            self.norm.running_mean = torch.tensor([5.0, 6.0, 7.0])

        def forward(self, pictures: torch.Tensor) -> torch.Tensor:
            maps: torch.Tensor = self.convolution(torch.relu(self.norm(pictures)))
            return maps

    network = Odd().eval()
    assert fused(network, 8) is network
    assert isinstance(network.norm, nn.BatchNorm2d)


def test_nothing_to_fuse_is_no_error() -> None:
    network = nn.Sequential(nn.Conv2d(3, 4, 3)).eval()
    assert fused(network, 8) is network


@pytest.mark.usefixtures("with_builtin")
def test_the_encoder_that_ships_gives_the_same_vectors_and_features() -> None:
    trunk = find_trunk()
    assert trunk is not None
    pictures = [draw(number, (300 + number, 260)) for number in range(3)]
    plain = Encoder(trunk, CPU).encode_with_features(pictures)
    quick = Encoder(trunk, CPU, fuse=True).encode_with_features(pictures)
    assert plain[1] is not None and quick[1] is not None
    np.testing.assert_allclose(quick[0], plain[0], atol=1e-5)
    np.testing.assert_allclose(quick[1], plain[1], atol=1e-3)


def test_preprocessing_a_batch_at_once_is_the_folders_own(tiny_encoder: Path) -> None:
    import open_clip

    from photosearch.encoders.registry import read_folder

    pictures = [draw(number, (90 + number, 70)) for number in range(3)]
    _, preprocess = open_clip.create_model_from_pretrained(f"local-dir:{tiny_encoder}")
    expected = torch.stack([preprocess(picture) for picture in pictures])
    pixels = Encoder(read_folder(tiny_encoder), CPU)._pixels(pictures)
    assert torch.equal(pixels, expected)

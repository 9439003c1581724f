"""What only a GPU can show (`make test-gpu`); skipped without one that torch can use."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from photosearch.encoders.encoder import Encoder
from photosearch.encoders.registry import find_trunk
from photosearch.encoders.tower import Device, choose_device
from tests.conftest import draw
from tests.encoders.test_memory import with_room_for

pytestmark = [
    pytest.mark.skipif(not torch.cuda.is_available(), reason="no GPU that torch can use"),
    pytest.mark.usefixtures("with_builtin"),
]

BF16 = 1e-2
"""Cosine distance that 8 bits of mantissa may cost a unit vector on its way through a network."""


def encoder_on(device: Device) -> Encoder:
    trunk = find_trunk()
    assert trunk is not None
    return Encoder(trunk, device)


def test_the_gpu_is_chosen() -> None:
    assert choose_device().name == "cuda"


def test_vectors_are_those_of_the_cpu() -> None:
    pictures = [draw(number) for number in range(16)]
    here = encoder_on(Device("cpu", "a test")).encode_images(pictures)
    there = encoder_on(choose_device()).encode_images(pictures)
    assert (np.sum(here * there, axis=1) > 1 - BF16).all()


def test_without_memory_it_goes_on_on_the_cpu() -> None:
    pictures = [draw(number) for number in range(4)]
    expected = encoder_on(Device("cpu", "a test")).encode_images(pictures)
    encoder = encoder_on(choose_device())
    hook_sizes = with_room_for(encoder, 4)
    encoder.encode_images(pictures)
    assert hook_sizes == [4]
    model = encoder._model

    def full(_module: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        if inputs[0].is_cuda:
            raise torch.OutOfMemoryError("a test")

    model.visual.register_forward_pre_hook(full)
    vectors = encoder.encode_images(pictures)
    assert encoder.device.name == "cpu"
    np.testing.assert_allclose(vectors, expected, atol=1e-4)

"""Too little memory for a batch: halves, down to one. Real batches come to a real model; only the
limit is made up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from photosearch.encoders.encoder import Encoder
from photosearch.encoders.registry import read_folder
from photosearch.encoders.tower import Device
from tests.conftest import draw


def with_room_for(encoder: Encoder, most: int) -> list[int]:
    """From now on its image tower runs out of memory where more than `most` pictures come at once;
    the sizes of the batches that came."""
    sizes: list[int] = []

    def check(_module: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        sizes.append(len(inputs[0]))
        if len(inputs[0]) > most:
            raise torch.OutOfMemoryError("a test")

    encoder._model.visual.register_forward_pre_hook(check)
    return sizes


@pytest.fixture(params=["tiny_encoder", "believer"])
def load(request: pytest.FixtureRequest) -> Callable[[], Encoder]:
    folder: Path = request.getfixturevalue(request.param)
    return lambda: Encoder(read_folder(folder), Device("cpu", "a test"))


def test_a_batch_that_is_too_large_is_halved_until_it_fits(load: Callable[[], Encoder]) -> None:
    pictures = [draw(number, (70, 60)) for number in range(11)]
    expected = load().encode_with_features(pictures)
    encoder = load()
    sizes = with_room_for(encoder, 3)
    vectors, features = encoder.encode_with_features(pictures)
    np.testing.assert_allclose(vectors, expected[0], atol=1e-5)
    if expected[1] is not None:
        assert features is not None
        np.testing.assert_allclose(features, expected[1], atol=1e-4)
    assert sizes == [11, 5, 2, 2, 2, 2, 2, 1]
    sizes.clear()
    encoder.encode_images(pictures[:4])
    assert sizes == [2, 2]  # it remembers


def test_one_picture_that_is_too_much_is_an_error(load: Callable[[], Encoder]) -> None:
    encoder = load()
    with_room_for(encoder, 0)
    with pytest.raises(torch.OutOfMemoryError):
        encoder.encode_images([draw(1), draw(2)])


def test_after_a_rest_it_is_where_it_was_or_on_the_cpu(load: Callable[[], Encoder]) -> None:
    """On a machine without a GPU, one that had gone while the model rested: it goes on."""
    pictures = [draw(number, (70, 60)) for number in range(3)]
    expected = load().encode_with_features(pictures)
    text = load().encode_texts(["a photo"])
    encoder = load()
    encoder.rest()  # on the CPU there is nothing to give back
    np.testing.assert_array_equal(encoder.encode_images(pictures), expected[0])
    encoder.device = Device("cuda", "a test")
    encoder.rest()
    assert next(encoder._model.parameters()).device.type == "cpu"
    np.testing.assert_allclose(encoder.encode_texts(["a photo"]), text, atol=1e-2)
    np.testing.assert_allclose(encoder.encode_images(pictures), expected[0], atol=1e-2)
    assert encoder.device.name == ("cuda" if torch.cuda.is_available() else "cpu")

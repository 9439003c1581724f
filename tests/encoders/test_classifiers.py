"""Class scores of pooled features, in numpy: as the torch ones that go into the vectors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from photosearch.encoders.beliefs import load_beliefs
from photosearch.encoders.classifiers import load_classifiers
from photosearch.encoders.encoder import Encoder
from photosearch.encoders.registry import features_name, find_trunk, read_folder
from photosearch.encoders.tower import Device
from tests.conftest import draw


def test_chances_are_those_of_the_beliefs(believer: Path) -> None:
    folder = read_folder(believer)
    encoder = Encoder(folder, Device("cpu", "a test"))
    _, features = encoder.encode_with_features([draw(1), draw(2), draw(3)])
    assert features is not None and features.shape[0] == 3
    (mine,), (theirs,) = load_classifiers(folder), load_beliefs(folder, "cpu").classifiers
    stored = features.astype("<f2")
    chances = mine.probabilities(stored)
    expected = theirs.probabilities(torch.from_numpy(stored.astype(np.float32)))
    np.testing.assert_allclose(chances, expected.numpy(), atol=1e-6)
    np.testing.assert_allclose(chances.sum(1), 1.0, atol=1e-5)
    best = mine.best(stored, 2)
    for row, named in zip(chances, best, strict=True):
        assert [name for name, _ in named] == [mine.classes[n] for n in np.argsort(-row)[:2]]
        assert [chance for _, chance in named] == sorted(row, reverse=True)[:2]


def test_an_encoder_without_beliefs_has_none(tiny_encoder: Path) -> None:
    assert load_classifiers(read_folder(tiny_encoder)) == ()
    _, features = Encoder(read_folder(tiny_encoder)).encode_with_features([draw(1)])
    assert features is None


def test_the_trunk_is_the_first_with_classifiers(
    tiny_encoder: Path, believer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", str(tiny_encoder))
    assert find_trunk() is None
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", f"{tiny_encoder}:{believer}")
    trunk = find_trunk()
    assert trunk is not None and features_name(trunk) == "believer:features"


@pytest.mark.usefixtures("with_builtin")
def test_the_one_that_ships_knows_a_cat_without_torch() -> None:
    trunk = find_trunk()
    assert trunk is not None
    assert [each.name for each in load_classifiers(trunk)] == ["imagenet", "everyday"]
    code = (
        "import sys; from photosearch.encoders.registry import find_trunk;"
        "from photosearch.encoders.classifiers import load_classifiers;"
        "load_classifiers(find_trunk()); assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

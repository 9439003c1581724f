"""Torchvision's networks as taggers: random weights of the real architectures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
import torchvision

from photosearch.encoders.available import TORCHVISION, AvailableModel, available_models
from photosearch.encoders.backbone import Backbone, class_names, own_weights
from photosearch.encoders.classifiers import load_classifiers
from photosearch.encoders.convert import make_folder
from photosearch.encoders.registry import find_trunk, installed_backbones, read_folder
from photosearch.encoders.tower import Device
from photosearch.errors import PhotoSearchError
from tests.conftest import draw


@pytest.fixture(autouse=True)
def _builtin(with_builtin: None) -> None:
    """The list of models that ships."""


def backbones() -> dict[str, AvailableModel]:
    return {each.arch or "": each for each in available_models() if each.library == TORCHVISION}


ARCHS = ("resnet50", "efficientnet_v2_s", "convnext_tiny", "mobilenet_v3_large")


def test_the_list_says_what_torchvision_says() -> None:
    found = backbones()
    assert sorted(found) == sorted(ARCHS)
    for arch, model in found.items():
        assert model.tag is not None
        says = own_weights(arch, model.tag)
        assert says.url == model.url
        # Torchvision tells eight digits of the digest, in the name of the file.
        assert model.url.endswith(f"-{model.sha256[:8]}.pth")
        assert model.quality.imagenet_top1 is not None and model.image_gflops is not None
        assert (
            abs(says.meta["_metrics"]["ImageNet-1K"]["acc@1"] - model.quality.imagenet_top1) < 0.1
        )
        assert abs(says.meta["_ops"] - model.image_gflops) < 0.1
        assert model.size is None or abs(says.meta["_file_size"] - model.size / 2**20) < 0.001


@pytest.mark.parametrize("arch", ARCHS)
def test_chances_are_those_of_torchvisions_own_model(
    arch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(0)
    model = torchvision.models.get_model(arch)
    file, folder = tmp_path / "download.pth", tmp_path / arch
    torch.save(model.state_dict(), file)
    listed = backbones()[arch]
    assert listed.tag is not None
    wanted = {"library": TORCHVISION, "arch": arch, "tag": listed.tag, "safetensors": False}
    make_folder(file, folder, wanted)
    monkeypatch.setenv("PHOTOSEARCH_ENCODERS", str(folder))
    (card,) = installed_backbones()
    assert card == read_folder(folder) == find_trunk(arch)
    assert find_trunk() != card  # it tags only where it was chosen

    photos = [draw(1, (500, 400)), draw(2, (400, 700))]
    backbone = Backbone(card, Device("cpu", "a test"))
    vectors, features = backbone.encode_with_features(photos)
    assert vectors.shape == (2, 0) and features is not None
    (classifier,) = load_classifiers(card)
    transforms = own_weights(arch, listed.tag).transforms()
    model.eval()
    with torch.inference_mode():
        expected = model(torch.stack([transforms(photo) for photo in photos])).softmax(-1)
    np.testing.assert_allclose(classifier.probabilities(features), expected.numpy(), atol=1e-5)
    for photo, row in zip(photos, features, strict=True):  # no batch statistics
        _, alone = backbone.encode_with_features([photo])
        assert alone is not None
        np.testing.assert_allclose(alone[0], row, atol=1e-3)
    assert max(transforms.resize_size[0], transforms.crop_size[0]) == card.image_side


def test_classes_are_named_as_those_of_the_built_in_network() -> None:
    trunk = find_trunk()
    assert trunk is not None and trunk.beliefs is not None
    ours = next(each for each in trunk.beliefs.classifiers if each.name == "imagenet").classes
    for arch, model in backbones().items():
        assert tuple(class_names(own_weights(arch, model.tag or ""))) == ours


def test_weights_that_do_not_fit_are_named(tmp_path: Path) -> None:
    file = tmp_path / "download.pth"
    wanted = {"library": TORCHVISION, "tag": "IMAGENET1K_V2", "safetensors": False}
    for arch, tensors in (
        ("resnet50", {"fc.weight": torch.zeros(3)}),
        ("no such network", {"fc.weight": torch.zeros(3)}),
    ):
        torch.save(tensors, file)
        with pytest.raises(PhotoSearchError) as raised:
            make_folder(file, tmp_path / "made", {**wanted, "arch": arch})
        assert raised.value.code == "bad-weights"

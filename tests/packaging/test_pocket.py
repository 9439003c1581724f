"""The parts of the encoder's recipe."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from .toy import ROOT, fake_targets, toy_folder  # first: it skips, and finds the recipe

import torch  # isort: skip
from pocket import (  # isort: skip
    beliefs,
    corpus,
    device,
    draws,
    export,
    metrics,
    objective,
    pictures,
    second,
    sources,
    start,
    token_rows,
    towers,
    trunk,
    words,
)
from pocket.encoder import FolderEncoder  # isort: skip
from pocket.teacher import unit  # isort: skip

DATA = ROOT.parent / "shared" / "data"
BACKBONE = DATA / "backbone" / "mobilenet_v2_1.0_224_quant.tflite"
needs_backbone = pytest.mark.skipif(not BACKBONE.exists(), reason="no ../shared/data beside this")


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A data folder of twelve small photos."""
    return toy_folder(tmp_path)


def test_a_map_is_found_from_what_it_did() -> None:
    rng = np.random.default_rng(0)
    plain = unit(rng.normal(size=(400, 24)).astype(np.float32))
    true = np.eye(24) + 0.1 * rng.normal(size=(24, 24))
    mapped = unit((plain @ true).astype(np.float32))
    found = start.fit_map(plain, mapped, hold=0.01)
    assert float((unit(plain @ found) * mapped).sum(axis=1).min()) > 0.999


def test_only_a_text_tower_of_ours_is_read() -> None:
    model = towers.build_model(2)
    with pytest.raises(ValueError, match="not a text tower"):
        towers.load_text(model, {**model.state_dict(), "transformer.other": torch.zeros(1)})
    with pytest.raises(ValueError, match="not a text tower"):
        towers.load_text(model, {"text_projection": torch.zeros(256, towers.WIDTH)})


def test_rows_that_no_text_has_follow_the_others() -> None:
    words = token_rows.token_words()
    numbers = np.random.default_rng(0).permutation(list(words))[:3000]
    chosen = {int(number): words[int(number)] for number in numbers}
    texts = [form for word, _ in chosen.values() for form in (word, f"a photo of a {word}")]
    targets = fake_targets(list(dict.fromkeys(texts)))
    model: Any = towers.build_model(1)
    rng = np.random.default_rng(1)
    true = {kind: rng.normal(size=(towers.WIDTH + 1, 256)) for kind in (True, False)}
    weight = model.token_embedding.weight
    with torch.no_grad():
        for number, (word, ends) in chosen.items():
            wide = np.append(targets.of([word])[0], 1.0)
            weight[number] = torch.from_numpy((wide @ true[ends]).astype(np.float32))
        wanted = weight.detach().clone()
        missing = np.sort(numbers[:200])
        weight[missing] = 0
    assert token_rows.missing_rows(model).tolist() == missing.tolist()
    settings = token_rows.RowSettings(ridge=1e-6, longer=1.0, steps=2, batch=8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(token_rows, "token_words", lambda: chosen)
        token_rows.guess_rows(model, missing, targets, settings)
        torch.testing.assert_close(weight, wanted, rtol=1e-2, atol=1e-2)
        before = {name: value.clone() for name, value in model.state_dict().items()}
        token_rows.train_rows(model, missing, targets, None, settings)
    moved = (before["token_embedding.weight"] != weight).any(dim=1).numpy()
    whole = [number for number in missing if chosen[int(number)][1]]
    assert 0 < moved.sum() <= 16
    assert set(np.flatnonzero(moved)) <= set(whole)
    del before["token_embedding.weight"]
    assert all(torch.equal(value, model.state_dict()[name]) for name, value in before.items())
    assert all(value.requires_grad for value in model.parameters())


def test_memory_keeps_the_last_photos_and_never_blames_the_same_one(toy: Path) -> None:
    read = corpus.read_corpus(toy)
    targets = fake_targets(corpus.every_text(read))
    names = targets.of_names(read.names, words.NAME_TEMPLATES)
    space = objective.TextSpace(targets.vectors, names, corpus.imagenet_targets(read, targets))
    said = draws.sayings(read, targets, np.array([0]))
    rng = np.random.default_rng(0)
    batch = draws.draw(said, len(read.names), 8, rng)
    images = torch.nn.functional.normalize(torch.randn(8, towers.WIDTH), dim=-1)
    memory = objective.Memory(10, towers.WIDTH)
    others = targets.vectors[:4]
    alone = objective.captions_loss(images, space, batch, others, 20.0)
    torch.testing.assert_close(
        objective.captions_loss(images, space, batch, others, 20.0, memory), alone
    )  # an empty memory says nothing
    memory.add(images, space, batch)
    memory.add(images, space, batch)
    assert (memory.photos.numpy() == np.tile(batch.photos, 2)[:10]).all()
    memory.photos.fill_(999)
    memory.texts.zero_()
    wider = objective.captions_loss(images, space, batch, others, 20.0, memory)
    assert wider > alone


def test_devices_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert device.pick("auto") == device.pick("cpu") == device.CPU
    with pytest.raises(ValueError, match="no CUDA device"):
        device.pick("cuda")
    with pytest.raises(ValueError, match="no device is called"):
        device.pick("tpu")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert device.pick("auto").type == "cuda"


def test_moved_tells_how_far_a_stage_went() -> None:
    torch.manual_seed(0)
    first = trunk.build_trunk().eval()
    last: Any = deepcopy(first)
    with torch.no_grad():
        for value in last.blocks[2].parameters():
            value.mul_(1.01)
    found = trunk.moved(first, last)
    assert found["conv_stem"] == found["blocks.1"] == 0
    assert found["blocks.2"] > 0.5


def test_own_text_pass_is_open_clips() -> None:
    model: Any = towers.build_model(1).eval()
    numbers = torch.from_numpy(towers.tokenize(["a dog on a beach", "boats"]).astype(np.int64))
    with torch.no_grad():
        theirs, ours = model.encode_text(numbers), towers.encode_text(model, numbers[:, :8])
    torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-5)


def test_folding_away_the_norms_changes_nothing() -> None:
    torch.manual_seed(0)
    whole = trunk.build_trunk().eval()
    layers = [
        trunk.Layer(
            module.weight.detach().numpy(),
            np.linspace(-0.1, 0.1, module.out_channels, dtype=np.float32),
        )
        for module in whole.modules()
        if isinstance(module, torch.nn.Conv2d)
    ]
    trunk.fold_into(whole, layers)
    photo = torch.randn(1, 3, 65, 65)
    with torch.no_grad():
        wanted = whole(photo)
        torch.testing.assert_close(trunk.without_norms(whole)(photo), wanted, rtol=1e-4, atol=1e-5)
        back = trunk.with_norms(trunk.without_norms(whole), whole)
        assert torch.equal(back(photo), wanted)


@needs_backbone
@pytest.mark.parametrize("teacher", ["first", "second"])
def test_converted_backbones_agree_with_tflite(teacher: str) -> None:
    litert = pytest.importorskip("ai_edge_litert.interpreter")
    paths = sorted((DATA / "eval" / "imagenet").glob("*.jpg"))[:12]
    file = BACKBONE if teacher == "first" else DATA / second.FILE
    interpreter = litert.Interpreter(model_path=str(file))
    interpreter.allocate_tensors()
    load = trunk.load_backbone if teacher == "first" else second.load_second
    whole, weight, bias = load(file)
    same = 0
    for path in paths:
        with Image.open(path) as photo:
            small, odd = pictures.squash(photo, 224), pictures.squash(photo, 225)
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], small[None])
        interpreter.invoke()
        theirs = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])[0, 1:]
        with torch.no_grad():
            ours = (whole(pictures.to_input(odd[None])) @ weight.T + bias)[0]
        same += int(ours.argmax()) in np.argsort(-theirs.astype(np.int64), kind="stable")[:3]
    assert same >= 11


@needs_backbone
def test_second_teacher_is_asked_once(tmp_path: Path) -> None:
    pytest.importorskip("ai_edge_litert.interpreter")
    photos = np.zeros((3, 48, 48, 3), dtype=np.uint8)
    kept = tmp_path / "second.npy"
    first = second.cache_logits(DATA / second.FILE, photos, kept, device.CPU)
    assert first.shape == (3, 1000)
    again = second.cache_logits(tmp_path / "none", photos, kept, device.CPU)
    assert np.array_equal(first, again)


def test_export_is_an_open_clip_folder_with_beliefs(tmp_path: Path) -> None:
    model = towers.build_model(1, 65)
    items = [beliefs.Classifier("few", 0.4, 2, ("dog", "cat", "boat"))]
    belief = beliefs.Beliefs(items, trunk.FEATURES, towers.WIDTH)
    belief.text("few").copy_(torch.from_numpy(fake_targets(["a", "b", "c"]).vectors))
    metric = torch.eye(towers.WIDTH) + 0.01 * torch.randn(towers.WIDTH, towers.WIDTH)
    export.export(tmp_path / "made", model, belief, metric, image_size=65)
    photo = tmp_path / "photo.png"
    Image.new("RGB", (80, 60), (200, 30, 30)).save(photo)
    plain = FolderEncoder(tmp_path / "made", believing=False)
    whole = FolderEncoder(tmp_path / "made")
    vector, believed = plain.encode_images([photo]), whole.encode_images([photo])
    np.testing.assert_allclose(np.linalg.norm(believed, axis=1), 1, rtol=1e-5)
    assert float((vector * believed).sum()) < 0.9999
    texts = plain.encode_texts(["a dog"])
    mapped = towers.text_vectors(model, towers.tokenize(["a dog"])) @ metric.numpy()
    assert float((texts * unit(mapped)).sum()) > 0.999


def test_export_refuses_what_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(ValueError, match="over the limits"):
        export.check_size(tmp_path, 25_000_001)


def test_draws_follow_the_weighting(toy: Path) -> None:
    read = corpus.read_corpus(toy)
    said = draws.sayings(read, fake_targets(corpus.every_text(read)), np.array([1]))
    assert said.chance[1] == 0  # held out
    rng = np.random.default_rng(0)
    batch = draws.draw(said, len(read.names), 4000, rng)
    captioned = np.isin(batch.photos, [5, 9]).mean()  # two of three captioned photos are left
    assert 0.3 < captioned < 0.5
    assert (batch.classes[np.isin(batch.photos, [5, 9])] == -1).all()
    assert batch.seen.sum(axis=1).max() == 3


def test_words_cut_phrases_and_find_hypernyms() -> None:
    found = words.phrases("A small brown dog sitting on a red sofa near the window.")
    assert found == ["a small brown dog", "a red sofa", "the window"]
    above = words.hypernyms()
    assert (above[207], above[817], above[933]) == ("dog", "car", "food")


def test_names_are_as_people_type_them(toy: Path) -> None:
    assert sources.plain("Long-Horned_beetle") == "long horned beetle"
    assert sources.imagenet_synonyms(toy)[134][0] == "crane bird"


def test_metrics() -> None:
    images = np.eye(4, dtype=np.float32)
    texts = np.array([[1, 0, 0, 0], [0.8, 0.6, 0, 0]], dtype=np.float32)
    owner = np.array([0, 1])
    assert metrics.text_to_image(texts, images, owner) == metrics.Recall(50.0, 100.0, 100.0)
    assert metrics.image_to_text(texts, images, owner).at1 == 100.0
    assert metrics.top_k(images, images, np.array([0, 1, 3, 2])) == 50.0

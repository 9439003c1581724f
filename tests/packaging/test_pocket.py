"""The encoder's recipe on a toy set: trained for real for a few steps."""

from __future__ import annotations

import io
import json
import lzma
import sys
import tarfile
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
timm = pytest.importorskip("timm", reason="the recipe's build-time packages are not installed")
pytest.importorskip("open_clip", reason="the recipe's build-time packages are not installed")

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

from PIL import Image  # noqa: E402
from pocket import (  # noqa: E402
    beliefs,
    corpus,
    draws,
    export,
    head,
    metrics,
    objective,
    pictures,
    sources,
    stages,
    teacher,
    text_tower,
    towers,
    trunk,
    tune,
    words,
)
from pocket.encoder import FolderEncoder  # noqa: E402
from pocket.teacher import TextTargets, unit  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
BACKBONE = DATA / "backbone" / "mobilenet_v2_1.0_224_quant.tflite"
needs_backbone = pytest.mark.skipif(not BACKBONE.exists(), reason="no ../shared/data beside this")

LABELS = ("dog", "cat", "red ball")


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A data folder of twelve small photos in the layout of the real one."""
    folder = tmp_path / "data"
    (folder / "train").mkdir(parents=True)
    (folder / "backbone").mkdir()
    rng = np.random.default_rng(0)
    rows = []
    with tarfile.open(folder / "train" / "shard-000.tar", "w") as archive:
        for number in range(12):
            pixels = rng.integers(0, 255, (40, 50, 3), dtype=np.uint8)
            buffer = io.BytesIO()
            Image.fromarray(pixels).save(buffer, "WEBP")
            entry = tarfile.TarInfo(f"{number:06}.webp")
            entry.size = buffer.tell()
            buffer.seek(0)
            archive.addfile(entry, buffer)
            said: dict[str, Any] = {"label": LABELS[number % 3]}
            if number % 4 == 1:
                said = {"captions": [f"a dog number {number} with a ball on the grass"]}
            if number % 4 == 2:
                said = {"labels": ["sky", "water", LABELS[number % 3]]}
            rows.append({"shard": "shard-000.tar", "key": entry.name, "set": "coco_toy", **said})
    index = "\n".join(json.dumps(row) for row in rows)
    (folder / "train" / "index.jsonl").write_text(index + "\n", encoding="utf-8")
    texts = "kind\ttext\ncaption\ta man in a boat\ncaption\ttwo dogs run\nnoun\tboat\n"
    with lzma.open(folder / "train" / "texts.tsv.xz", "wt", encoding="utf-8") as out:
        out.write(texts)
    names = ["background", *(f"class{number}, other name {number}" for number in range(1000))]
    (folder / "backbone" / "imagenet_labels.txt").write_text("\n".join(names), encoding="utf-8")
    return folder


def fake_targets(texts: list[str]) -> TextTargets:
    """Vectors that stand for the teacher's: random, the same for the same list."""
    rng = np.random.default_rng(1)
    vectors = unit(rng.normal(size=(len(texts), towers.WIDTH)).astype(np.float32))
    return TextTargets(texts, vectors, np.zeros(towers.WIDTH, dtype=np.float32))


def image_side(toy: Path, folder: Path, steps: int) -> dict[str, Any]:
    """Head and fine-tuning on the toy set; the weights that come out."""
    read = corpus.read_corpus(toy)
    targets = fake_targets(corpus.every_text(read))
    names = targets.of_names(read.names, words.NAME_TEMPLATES)
    space = objective.TextSpace(
        targets.vectors, names, corpus.imagenet_targets(read, targets, above=0.2)
    )
    said = draws.sayings(read, targets, np.array([0]))
    captions = np.array([targets.row[caption] for caption in read.captions])
    visual: Any = towers.build_model(5).visual
    items = [
        beliefs.Classifier("imagenet", 0.5, 5, tuple(n[0] for n in read.imagenet)),
        beliefs.Classifier("everyday", 0.3, 2, tuple(read.names)),
    ]
    torch.manual_seed(0)
    belief = beliefs.Beliefs(items, trunk.FEATURES, towers.WIDTH)
    belief.text("imagenet").copy_(space.imagenet)
    belief.text("everyday").copy_(space.names)
    rng = np.random.default_rng(3)
    views = [rng.random((12, trunk.FEATURES)).astype(np.float16)]
    everyday: Any = belief.layers["everyday"]
    head.train_everyday(everyday, views, said, len(names), steps=2, batch=8)
    settings = head.HeadSettings(steps=2, batch=8)
    lessons = objective.Lessons(space, said, captions, objective.Weights())
    head.train_head(visual.head, belief, lessons, views, settings)
    exact: Any = belief.layers["imagenet"]
    backbone = tune.Backbone(
        deepcopy(visual.trunk), exact.weight.detach().clone(), exact.bias.detach().clone()
    )
    pixels = pictures.cache_pictures(toy, read.photos, 48, folder.parent / "pictures.npy")
    short = tune.TuneSettings(steps=steps, batch=4, size=33, frozen=0, save_every=2)
    averaged = tune.tune(
        visual, belief, lessons, pixels, backbone=backbone, settings=short, folder=folder
    )
    return {
        f"{part}.{name}": value
        for part, module in averaged.items()
        for name, value in module.state_dict().items()
    }


def test_image_side_is_repeatable_and_resumes(toy: Path, tmp_path: Path) -> None:
    whole = image_side(toy, tmp_path / "a", 4)
    again = image_side(toy, tmp_path / "b", 4)
    assert whole.keys() == again.keys()
    assert all(torch.equal(whole[name], again[name]) for name in whole)
    # Stop b's twin after two of the four steps: what follows resumes from its checkpoint.
    halted = tmp_path / "c"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tune, "_average", _stop_after(2, tune._average))
        with pytest.raises(KeyboardInterrupt):
            image_side(toy, halted, 4)
    assert torch.load(halted / "last.pt", weights_only=True)["steps"] == 2
    resumed = image_side(toy, halted, 4)
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def _stop_after(steps: int, average: Any) -> Any:
    seen: list[int] = []

    def stopping(*given: Any) -> None:
        if len(seen) == steps:
            raise KeyboardInterrupt
        seen.append(1)
        average(*given)

    return stopping


def test_whole_recipe_on_the_toy_set(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vectors(texts: list[str], batch: int = 256) -> Any:
        return fake_targets(texts).vectors

    def backbone(recipe: stages.Recipe) -> tune.Backbone:
        torch.manual_seed(0)
        classifier = torch.nn.Linear(trunk.FEATURES, 1000)
        return tune.Backbone(
            trunk.build_trunk().eval(), classifier.weight.detach(), classifier.bias.detach()
        )

    monkeypatch.setattr(teacher, "teacher_vectors", vectors)
    monkeypatch.setattr(text_tower, "teacher_vectors", vectors)
    monkeypatch.setattr(stages, "backbone", backbone)
    text = text_tower.TextSettings(steps=1, batch=8)
    recipe = stages.Recipe(
        toy,
        tmp_path / "work",
        text_first=text,
        text_second=text,
        text_third=text,
        text_fourth=text,
        head=head.HeadSettings(steps=1, batch=8),
        tune_late=tune.TuneSettings(steps=1, batch=2, size=33),
        tune_all=tune.TuneSettings(steps=1, batch=2, size=33, frozen=0),
        share=0.5,
    )
    recipe.work.mkdir()
    base = stages.ground(recipe)
    stages.train_text(recipe, base)
    stages.train_head(recipe, base)
    stages.fine_tune(recipe, base)
    made = tmp_path / "made"
    stages.ship(recipe, base, made, stages.SHIPPED)
    described = json.loads((made / "encoder.json").read_text(encoding="utf-8"))
    assert (described["id"], described["languages"]) == ("pocket-v1", ["en"])
    weights = {item["name"]: item["weight"] for item in described["beliefs"]["classifiers"]}
    assert weights == stages.SHIPPED
    assert FolderEncoder(made).encode_texts(["a dog", "a boat"]).shape == (2, towers.WIDTH)
    cosine, nearest = stages.check_text(recipe, base, ["a dog", "a boat"])
    assert -1 <= cosine <= 1
    assert 0 <= nearest <= 1


def test_text_tower_learns_repeats_and_resumes(tmp_path: Path) -> None:
    texts = [f"a {thing} number {n}" for thing in ("dog", "boat", "tree") for n in range(20)]
    targets = fake_targets(texts)
    numbers = towers.tokenize(texts)
    settings = text_tower.TextSettings(steps=6, batch=16, save_every=3)

    def run(folder: str, steps: text_tower.TextSettings) -> Any:
        model = towers.build_model(1)
        text_tower.train_text_tower(
            model,
            numbers,
            targets.vectors,
            np.ones(len(texts)),
            settings=steps,
            folder=tmp_path / folder,
        )
        return model

    first, second = run("a", settings), run("b", settings)
    for name, value in first.state_dict().items():
        assert torch.equal(value, second.state_dict()[name]), name
    untaught = towers.text_vectors(towers.build_model(1), numbers)
    taught = towers.text_vectors(first, numbers)
    assert (taught * targets.vectors).sum() > (untaught * targets.vectors).sum()
    resumed = run("a", settings)  # the run is over: nothing is left to do, nothing changes
    assert torch.equal(resumed.text_projection, first.text_projection)


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
def test_converted_backbone_agrees_with_tflite() -> None:
    litert = pytest.importorskip("ai_edge_litert.interpreter")
    paths = sorted((DATA / "eval" / "imagenet").glob("*.jpg"))[:12]
    interpreter = litert.Interpreter(model_path=str(BACKBONE))
    interpreter.allocate_tensors()
    whole, weight, bias = trunk.load_backbone(BACKBONE)
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


def test_head_settings_can_be_shortened() -> None:
    assert replace(head.HeadSettings(), steps=3).steps == 3

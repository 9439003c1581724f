"""The encoder's recipe on a toy set: trained for real for a few steps."""

from __future__ import annotations

import json
import shutil
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from .toy import fake_targets, toy_folder  # first: it skips, and finds the recipe

import torch  # isort: skip
from pocket import (  # isort: skip
    beliefs,
    corpus,
    draws,
    export,
    head,
    held,
    objective,
    pictures,
    recipe,
    stages,
    start,
    teacher,
    text_stage,
    text_tower,
    token_rows,
    towers,
    trunk,
    tune,
    words,
)
from pocket.encoder import FolderEncoder  # isort: skip
from safetensors.torch import load_file  # isort: skip


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A data folder of twelve small photos."""
    return toy_folder(tmp_path)


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
    short = tune.TuneSettings(steps=steps, batch=4, size=33, memory=6, save_every=2)
    averaged = tune.tune(
        visual,
        belief,
        lessons,
        pixels,
        backbone=backbone,
        second=rng.normal(size=(12, 1000)).astype(np.float16),
        settings=short,
        folder=folder,
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


@pytest.fixture
def toy_recipe(toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> recipe.Recipe:
    """The whole recipe on the toy set, one step a round, random vectors for the teachers'."""

    def vectors(texts: list[str], batch: int = 256) -> Any:
        return fake_targets(texts).vectors

    def backbone(given: recipe.Recipe) -> tune.Backbone:
        torch.manual_seed(0)
        classifier = torch.nn.Linear(trunk.FEATURES, 1000)
        return tune.Backbone(
            trunk.build_trunk().eval(), classifier.weight.detach(), classifier.bias.detach()
        )

    def logits(given: recipe.Recipe, pixels: Any) -> Any:
        return np.random.default_rng(5).normal(size=(len(pixels), 1000)).astype(np.float16)

    monkeypatch.setattr(teacher, "teacher_vectors", vectors)
    monkeypatch.setattr(text_tower, "teacher_vectors", vectors)
    monkeypatch.setattr(stages, "backbone", backbone)
    monkeypatch.setattr(stages, "second_logits", logits)
    monkeypatch.setattr(draws, "hold_out", lambda corpus: np.array([0, 1, 3]))
    alphabet = list(token_rows.token_words().items())
    few = dict(alphabet[::200])
    monkeypatch.setattr(token_rows, "token_words", lambda: few)
    rounds = [text_tower.TextSettings(steps=1, batch=8, seed=seed) for seed in range(5)]
    short = tune.TuneSettings(steps=1, batch=2, size=33)
    made = recipe.Recipe(
        toy,
        tmp_path / "work",
        text=tuple(rounds),
        rows=token_rows.RowSettings(steps=1, batch=8),
        head=head.HeadSettings(steps=1, everyday_steps=2, batch=8),
        tune=short,
    )
    made.work.mkdir()
    return made


def run_all(given: recipe.Recipe, out: Path) -> recipe.Ground:
    """Every stage, as `python -m pocket all` runs them."""
    base = recipe.ground(given)
    text_stage.train_text(given, base)
    stages.train_head(given, base)
    stages.fine_tune(given, base)
    stages.ship(given, base, out, stages.weigh(given, base))
    return base


def test_whole_recipe_on_the_toy_set_and_on_from_there(
    toy_recipe: recipe.Recipe, tmp_path: Path
) -> None:
    made = tmp_path / "made"
    base = run_all(toy_recipe, made)
    described = json.loads((made / "encoder.json").read_text(encoding="utf-8"))
    assert (described["id"], described["languages"]) == ("pocket-v3", ["en"])
    weights = {item["name"]: item["weight"] for item in described["beliefs"]["classifiers"]}
    assert all(weights[name] in held.GRID[name] for name in weights)
    assert FolderEncoder(made).encode_texts(["a dog", "a boat"]).shape == (2, towers.WIDTH)
    cosine, nearest = text_stage.check_text(toy_recipe, base, ["a dog", "a boat"])
    assert -1 <= cosine <= 1
    assert 0 <= nearest <= 1
    _goes_on(toy_recipe, made, tmp_path / "again", tmp_path)


def _goes_on(toy_recipe: recipe.Recipe, first: Path, again: Path, tmp_path: Path) -> None:
    """What a product says, the start says: its map taken out and put in again changes little."""
    last = replace(toy_recipe.text[-1], steps=3, average=0.5)  # of one step the rate is nothing
    onward = replace(
        toy_recipe, start=first, work=tmp_path / "onward", text=(*toy_recipe.text[:-1], last)
    )
    onward.work.mkdir()
    base = run_all(onward, again)
    assert not list(onward.work.glob("features-*"))  # the head was read, not trained
    assert [path.name for path in onward.work.glob("text-*")] == ["text-4"]  # the last alone
    _part_of_the_way(onward, base, first, tmp_path / "whole")
    _only_the_text_differs(onward, base, first, tmp_path / "retext")
    visual, belief, space = stages.load(onward, base, "head")
    before, learned, known = stages.tuned(toy_recipe, base)
    # fp16 on the way. The toy's few class names do not span the space: the map is judged by them.
    for ours, theirs in ((visual, before), (belief, learned)):
        for name, value in ours.state_dict().items():
            torch.testing.assert_close(value, theirs.state_dict()[name], rtol=1e-2, atol=1e-3)
    names = belief.text("imagenet")
    assert (space.mapped(names) * known.mapped(names)).sum(dim=1).min() > 0.999
    strange = replace(base.corpus, names=["other", *base.corpus.names[1:]])
    with pytest.raises(ValueError, match="classes of everyday"):
        start.read_map(first, replace(base, corpus=strange).classes())


def _part_of_the_way(onward: recipe.Recipe, base: recipe.Ground, first: Path, work: Path) -> None:
    """The text tower lies 0.35 of the way from the start to where its round, run again, ends."""
    run = replace(onward, work=work, text_share=1.0)
    shutil.copytree(onward.work, work, ignore=shutil.ignore_patterns("text*"))
    text_stage.train_text(run, base)
    began = load_file(first / export.WEIGHTS)
    made, ended = (torch.load(r.work / "text.pt", weights_only=True) for r in (onward, run))
    kept = {name for name in made if name.startswith(("transformer.", "ln_final."))}
    assert len(kept) == 4 * 12 + 2
    for name in kept:
        assert torch.equal(made[name], began[name].float().lerp(ended[name], 0.35)), name
    assert any(not torch.equal(made[name], ended[name]) for name in kept)


def test_a_start_that_has_all_rows_keeps_them(toy_recipe: recipe.Recipe) -> None:
    base = recipe.ground(toy_recipe)
    model: Any = towers.build_model(1)
    before = model.token_embedding.weight.detach().clone()
    text_stage.fill_rows(toy_recipe, base, model, None)
    assert torch.equal(model.token_embedding.weight, before)


def _only_the_text_differs(
    onward: recipe.Recipe, base: recipe.Ground, first: Path, made: Path
) -> None:
    text_stage.ship_text(onward, base, made)
    ours, theirs = (load_file(each / export.WEIGHTS) for each in (made, first))
    same = {name for name, value in ours.items() if torch.equal(value, theirs[name])}
    assert {name for name in ours if name.startswith("visual.")} <= same
    assert not {"text_projection", "token_embedding.weight"} & same
    assert (made / "beliefs.safetensors").read_bytes() == (
        first / "beliefs.safetensors"
    ).read_bytes()
    read = json.loads((made / "encoder.json").read_text(encoding="utf-8"))
    card = json.loads((first / "encoder.json").read_text(encoding="utf-8"))
    assert read == {**card, "vectors_of": card["id"]}
    assert FolderEncoder(made).encode_texts(["a dog"]).shape == (1, towers.WIDTH)


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

"""A toy data folder and stand-ins for the teachers; skips where the recipe cannot be tested."""

from __future__ import annotations

import io
import json
import lzma
import sys
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

for name in ("torch", "timm", "open_clip"):
    pytest.importorskip(name, reason="the recipe's build-time packages are not installed")

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

from PIL import Image  # noqa: E402
from pocket import towers  # noqa: E402
from pocket.teacher import TextTargets, unit  # noqa: E402

LABELS = ("dog", "cat", "red ball")


def toy_folder(tmp_path: Path) -> Path:
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

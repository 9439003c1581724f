"""From a typed query to rows of photos: 10,000 to a million photos, 384 and 512 dimensions."""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from bench.figure import Figure, figure, median
from bench.made import made_library
from photosearch.encoders.registry import EncoderFolder, find_encoder, read_folder
from photosearch.library import Library
from photosearch.settings import cores

_COUNTS = (10_000, 100_000, 1_000_000)
_WORDS = ("dog", "beach", "a red car", "kids", "snow", "birthday", "boat", "cat", "flower", "tree")
_TURNS = 3  # of all words


def asking(work: Path) -> Iterator[Figure]:
    """p50 and p95 of a whole search, against the text tower alone plus the best bare scan of as
    many vectors (one FAISS pass, or shards over all cores, in the same run); and with a filter that
    keeps 10,000 photos. `PHOTOSEARCH_BENCH_MOST` leaves larger libraries out."""
    most = int(os.environ.get("PHOTOSEARCH_BENCH_MOST", _COUNTS[-1]))
    builtin = find_encoder(None)
    for encoder in (builtin, _wide(work / "wide")):
        for count in _COUNTS if encoder is not None else ():
            if count <= most and encoder is not None:
                yield from _at(work / f"asking-{encoder.dimension}", count, encoder)


def _at(work: Path, count: int, encoder: EncoderFolder) -> Iterator[Figure]:
    work.mkdir(exist_ok=True)
    name = f"ask_{count // 1000}k_{encoder.dimension}"
    folder = made_library(work, count, encoder, thumbnails=False)
    before = os.environ.get("PHOTOSEARCH_ENCODERS")
    os.environ["PHOTOSEARCH_ENCODERS"] = str(encoder.path)
    try:
        with Library(folder) as library:
            library.use_encoder(encoder.id)
            library.warm_up()
            times = _times(library.search)
            filtered = _times(lambda words: library.search(f"{words} in:album-00"))
            tower = _tower(library)
    finally:
        if before is None:
            del os.environ["PHOTOSEARCH_ENCODERS"]
        else:
            os.environ["PHOTOSEARCH_ENCODERS"] = before
    scan = _best_scan(count, encoder.dimension)
    unit = "s (bound: tower + best scan)"
    yield figure(f"{name}_p50", statistics.median(times), unit, tower + scan)
    yield figure(f"{name}_p95", statistics.quantiles(times, n=20)[-1], unit, tower + scan)
    if count >= 100_000:
        unit = "s (bound: without the filter)"
        yield figure(
            f"{name}_filtered", statistics.median(filtered), unit, statistics.median(times)
        )


def _times(ask: Callable[[str], object]) -> list[float]:
    ask("a first one")
    times = []
    for turn in range(_TURNS):
        for words in _WORDS:
            fresh = f"{words} {turn}{'abcdefghij'[turn]}"  # no vector is kept of these words
            began = time.perf_counter()
            ask(fresh)
            times.append(time.perf_counter() - began)
    return times


def _tower(library: Library) -> float:
    """Seconds of the text tower alone, for one query."""
    from photosearch.encoders.encoder import Encoder

    encoder = Encoder(library.needed_encoder())
    return median(lambda: encoder.encode_texts(["a red car 1b"]), 15)


def _best_scan(count: int, dimension: int) -> float:
    """Seconds of the better of one FAISS pass and one over shards, a thread each."""
    import faiss

    dice = np.random.default_rng(1)

    def made(size: int) -> faiss.IndexScalarQuantizer:
        kind = faiss.ScalarQuantizer.QT_fp16
        index = faiss.IndexScalarQuantizer(dimension, kind, faiss.METRIC_INNER_PRODUCT)
        while index.ntotal < size:
            part = dice.standard_normal((min(50_000, size - index.ntotal), dimension))
            index.add(part.astype(np.float32))
        return index

    shards = [made(count // cores()) for _ in range(cores())]
    query = dice.standard_normal((1, dimension)).astype(np.float32)
    with ThreadPoolExecutor(len(shards)) as pool:
        split = median(lambda: list(pool.map(lambda s: s.search(query, 100), shards)), 9)
    one = median(lambda: [shard.search(query, 100) for shard in shards], 9)
    return min(split, one)


def _wide(folder: Path) -> EncoderFolder:
    """An encoder of 512 dimensions, of the built-in text tower's size, with random weights."""
    import open_clip
    import torch
    from safetensors.torch import save_file

    text = {"context_length": 32, "vocab_size": 49408, "width": 256, "heads": 4, "layers": 4}
    vision = {"image_size": 64, "layers": 1, "width": 64, "patch_size": 16}
    config = {"embed_dim": 512, "vision_cfg": vision, "text_cfg": text}
    folder.mkdir(exist_ok=True)
    torch.manual_seed(0)
    save_file(open_clip.CLIP(**config).state_dict(), str(folder / "open_clip_model.safetensors"))
    usual = {"mean": [0.5] * 3, "std": [0.5] * 3}
    whole = {"model_cfg": config, "preprocess_cfg": usual}
    (folder / "open_clip_config.json").write_text(json.dumps(whole))
    (folder / "encoder.json").write_text(json.dumps({"id": "wide"}))
    return read_folder(folder)

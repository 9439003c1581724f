"""What only a GPU can show (`make test-gpu`); skipped without one that torch can use."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import torch

from photosearch.doctor import examine
from photosearch.duplicates.candidates import DIMENSION, FeatureIndex
from photosearch.encoders.encoder import Encoder
from photosearch.encoders.process import EncoderProcess, View
from photosearch.encoders.registry import EncoderFolder, find_trunk, read_folder, vectors_name
from photosearch.encoders.tower import Device, choose_device, half_precision
from photosearch.library import Library
from photosearch.vectors.gpu import Floats, GpuCopy, find_gpu
from photosearch.vectors.index import VectorIndex
from tests.conftest import draw
from tests.encoders.test_memory import with_room_for

pytestmark = [
    pytest.mark.skipif(not torch.cuda.is_available(), reason="no GPU that torch can use"),
    pytest.mark.usefixtures("with_builtin"),
]

BF16 = 1e-2
"""Cosine distance that 8 bits of mantissa may cost a unit vector on its way through a network."""


def trunk_folder() -> EncoderFolder:
    trunk = find_trunk()
    assert trunk is not None
    return trunk


def encoder_on(device: Device) -> Encoder:
    return Encoder(trunk_folder(), device)


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


def test_at_rest_it_holds_no_memory_of_the_gpu_and_comes_back() -> None:
    pictures = [draw(number) for number in range(4)]
    before = torch.cuda.memory_reserved()
    encoder = encoder_on(choose_device())
    vectors = encoder.encode_images(pictures)
    assert torch.cuda.memory_reserved() > before
    encoder.rest()
    assert torch.cuda.memory_reserved() <= before
    np.testing.assert_allclose(encoder.encode_images(pictures), vectors, atol=1e-3)
    assert encoder.device.name == "cuda"


def test_what_is_prepared_lies_in_pinned_memory() -> None:
    encoder = encoder_on(choose_device())
    assert encoder.prepare([draw(1), draw(2)]).is_pinned()


def test_the_size_of_batches_is_found() -> None:
    picture = draw(1)
    trunk = trunk_folder()
    view = View(1, picture.size, picture.tobytes(), frozenset({vectors_name(trunk)}))
    with closing(EncoderProcess(trunk, trunk, most=64)) as process:
        while not process._size.settled:
            process.submit((view,) * process.batch)
            while process.collect(10.0) is None:
                pass
        assert process._device.startswith("cuda")


@pytest.mark.parametrize("which", ["trunk", "vit"])
def test_encoding_reaches_four_fifths_of_a_bare_forward_loop(which: str, tmp_path: Path) -> None:
    """Of ready pixels: from the computer's memory to vectors in it, against the image tower alone
    on pixels that lie on the GPU, in the same precision."""
    from bench.speed import random_vit

    folder = trunk_folder() if which == "trunk" else read_folder(random_vit(tmp_path / "vit"))
    encoder = Encoder(folder, choose_device())
    batch, passes = 256, 20
    pixels = encoder.prepare([draw(number) for number in range(16)] * (batch // 16))
    ready = encoder._normalised(pixels.to("cuda"))

    @torch.inference_mode()
    def bare() -> None:
        with torch.autocast("cuda", dtype=half_precision(encoder.device)):
            for _ in range(passes):
                encoder._model.encode_image(ready)
        torch.cuda.synchronize()

    def ours() -> None:
        for _ in range(passes):
            encoder.encode_prepared(pixels)

    assert quickest(bare) >= 0.8 * quickest(ours)


def quickest(action: Callable[[], None]) -> float:
    """Seconds of the quickest of five turns, after one that does not count."""
    action()
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


class Source:
    """Random unit vectors as the catalog gives them."""

    def __init__(self, count: int, dimension: int) -> None:
        vectors = np.random.default_rng(0).standard_normal((count, dimension), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        self.vectors = vectors.astype("<f2")

    def count(self, generation: int | None = None) -> tuple[int, int]:
        there = len(self.vectors) if generation is None else generation
        return there, len(self.vectors)

    def after(self, generation: int) -> Iterator[tuple[int, list[int], bytes]]:
        ids = list(range(generation + 1, len(self.vectors) + 1))
        if ids:
            yield len(self.vectors), ids, self.vectors[generation:].tobytes()


def unit_rows(count: int, dimension: int) -> Floats:
    rows = np.random.default_rng(1).standard_normal((count, dimension), dtype=np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@pytest.mark.parametrize(("count", "dimension"), [(300, 8), (200_000, 384), (50_000, 512)])
def test_a_copy_of_the_index_names_the_same_photos(
    tmp_path: Path, count: int, dimension: int
) -> None:
    source = Source(count, dimension)
    plain, index = (VectorIndex(tmp_path, "c", name, dimension) for name in ("plain", "copied"))
    plain.update(source)
    index.update(source)
    index.use_gpu()
    for row in unit_rows(20, dimension):
        for top_k, without in ((1, ()), (100, ()), (100, (1, 2, 3))):
            expected = plain.search(row, top_k, without=without)
            found = index.search(row, top_k, without=without)
            np.testing.assert_array_equal(found[0], expected[0])
            np.testing.assert_array_equal(found[1], expected[1])
    assert isinstance(index._copy, GpuCopy)
    only = range(1, 50)
    np.testing.assert_array_equal(
        index.search(row, 10, only=only)[0], plain.search(row, 10, only=only)[0]
    )
    index.rest()
    assert index._copy is None
    np.testing.assert_array_equal(index.search(row, 10)[0], plain.search(row, 10)[0])


def test_a_copy_follows_what_is_added(tmp_path: Path) -> None:
    source = Source(5000, 64)
    first = Source(5000, 64)
    first.vectors = first.vectors[:3000]
    index = VectorIndex(tmp_path, "c", "e", 64)
    index.update(first)
    index.use_gpu()
    index.search(unit_rows(1, 64)[0], 5)
    index.update(source)
    newest = source.vectors[4321].astype(np.float32)
    assert index.search(newest, 1)[0].tolist() == [4322]
    assert index._copy is not None and len(index._copy) == 5000


def test_candidates_for_duplicates_are_the_same(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path, "c", "e", DIMENSION)
    index.update(Source(10_000, DIMENSION))
    copy = index.gpu_copy()
    assert copy is not None
    here = FeatureIndex(index.ids, index.matrix(), 10)
    there = FeatureIndex(index.ids, index.matrix(), 10, copy)
    asked = list(range(1, 400))
    for one, other in zip(here.near(asked), there.near(asked), strict=True):
        assert one[0] == other[0]
        np.testing.assert_array_equal(one[1], other[1])
        np.testing.assert_allclose(one[2], other[2], atol=1e-5)


def test_the_windows_search_uses_it_and_the_doctor_says_so(tmp_path: Path, album: Path) -> None:
    with Library(tmp_path / "library") as library:
        for _ in library.index([album]):
            pass
        before = [match.photo_id for match in library.search("a red circle").matches]
        assert library.warm_up()[1] == "cuda"
        found = [match.photo_id for match in library.search("a red circle").matches]
        assert found == before
        index = library._answers.searcher().index
        assert isinstance(index, VectorIndex) and index._copy is not None
        library.rest()
        assert index._copy is None
        assert [match.photo_id for match in library.search("a red circle").matches] == before
        said = {check.name: check.text for check in examine(library)}
    gpu = find_gpu()
    assert gpu is not None
    assert said["vector search"].startswith(f"on the GPU: {gpu.name}")
    assert said["device"].startswith("cuda: ")
